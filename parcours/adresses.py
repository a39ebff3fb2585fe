"""Addresses below /parcours/ that are not pages."""

# No parcours may take one of these as its slug (see `parcours.urls`).
RESERVEES = frozenset({"carnet"})
