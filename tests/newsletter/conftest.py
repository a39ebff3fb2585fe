import pytest

from tests.newsletter import factories


@pytest.fixture
def main(home):
    """The main sign-up page, alone."""
    return factories.main_page(home)


@pytest.fixture
def ask(client, main):
    """Post the form as a browser of this site does."""

    def post(courriel="Ada@Example.org", **fields):
        return client.post(
            "/newsletter/inscription/", {"courriel": courriel, "landing": main.pk} | fields,
            headers={"Sec-Fetch-Site": "same-origin"},
        )  # fmt: skip

    return post
