"""What a reader, or a machine, finds in an answer."""

import json
import re


def text_of(response) -> str:
    """The visible text, spaces as plain spaces."""
    html = response.content.decode()
    html = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def json_ld(response, kind: str) -> dict:
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)
    assert data, "the page has no structured data"
    return next(item for item in json.loads(data[1])["@graph"] if item["@type"] == kind)
