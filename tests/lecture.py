"""How tests read a page that the site answers."""

from bs4 import BeautifulSoup


def soup_of(client, address: str) -> BeautifulSoup:
    """The page at this address, which must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")
