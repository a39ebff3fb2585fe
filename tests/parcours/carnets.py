"""Notebooks as Hypothesis draws them: few pages, so that two notebooks often speak of the same."""

import uuid

from hypothesis import strategies as st

from parcours.carnet.progres import MAX_MS, MAX_POSITION_S

MAINTENANT = 1_795_000_000_000
PAGES = [str(uuid.UUID(int=rank)) for rank in range(6)]
# Small times meet often; the others are those of people, of fast clocks and of broken ones.
temps = st.one_of(
    st.integers(0, 3), st.integers(MAINTENANT - 10, MAINTENANT + 10), st.integers(MAINTENANT, MAINTENANT + 10**10),
    st.integers(0, MAX_MS),
)  # fmt: skip
marques = st.tuples(temps, temps, st.integers(0, MAX_POSITION_S), temps)
carnets = st.dictionaries(st.sampled_from(PAGES), marques, max_size=4)
