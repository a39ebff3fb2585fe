"""A real video of as many megabytes as wanted, of which the disk holds a few hundred kilobytes.

Its second half is put after a hole (a `free` box, which players skip): whoever seeks there must ask for those bytes.
"""

import struct
from itertools import accumulate
from pathlib import Path

# Boxes that hold the tables of samples, the outermost first.
NESTED = (b"moov", b"trak", b"mdia", b"minf", b"stbl")


def _find(data: bytes, kind: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the first box of a kind begins and ends, among those of a range."""
    while start < end:
        size, name = struct.unpack(">I4s", data[start : start + 8])
        if name == kind:
            return start, start + size
        start += size
    raise ValueError(f"no box {kind!r}")


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def _table(kind: bytes, *numbers: int, count: int) -> bytes:
    return _box(kind, struct.pack(f">II{len(numbers)}I", 0, count, *numbers))


def allonger(source: Path, cible: Path, octets: int) -> None:
    """Write at `cible` the same video, about `octets` long: one track, cut in two at one of its whole images."""
    data = source.read_bytes()
    places, start, end = [], 0, len(data)
    for kind in NESTED:
        place = _find(data, kind, start, end)
        places.append(place)
        start, end = place[0] + 8, place[1]
    boxes = {kind: _find(data, kind, start, end) for kind in (b"stsz", b"stss", b"stsc", b"stco")}
    number = struct.unpack(">I", data[boxes[b"stsz"][0] + 16 : boxes[b"stsz"][0] + 20])[0]
    sizes = struct.unpack(f">{number}I", data[boxes[b"stsz"][0] + 20 : boxes[b"stsz"][1]])
    keys = struct.unpack(
        f">{(boxes[b'stss'][1] - boxes[b'stss'][0] - 16) // 4}I", data[boxes[b"stss"][0] + 16 : boxes[b"stss"][1]]
    )
    first = min((key - 1 for key in keys[1:]), key=lambda key: abs(key - number // 2))
    before = list(accumulate(sizes))[first - 1]
    speech = _find(data, b"mdat", 0, len(data))[0] + 8

    # One more chunk: sixteen bytes more in the tables, which come before the images.
    growth = 16
    hole = octets - len(data)
    chunks = (speech + growth, speech + growth + before + hole + 8)
    new = {
        b"stsc": _table(b"stsc", 1, first, 1, 2, number - first, 1, count=2),
        b"stco": _table(b"stco", *chunks, count=2),
    }
    table = b"".join(
        new.get(data[place + 4 : place + 8], data[place : place + struct.unpack(">I", data[place : place + 4])[0]])
        for place in _places(data, start, end)
    )
    for kind, (start, end) in zip(reversed(NESTED), reversed(places), strict=True):
        inner = places[NESTED.index(kind) + 1] if kind != b"stbl" else None
        table = _box(kind, table if inner is None else data[start + 8 : inner[0]] + table + data[inner[1] : end])

    moov = places[0]
    with cible.open("wb") as file:
        file.write(data[: moov[0]] + table + data[moov[1] : speech - 8])
        file.write(struct.pack(">I4s", before + 8, b"mdat") + data[speech : speech + before])
        file.write(struct.pack(">I4s", hole, b"free"))
        file.seek(hole - 8, 1)
        file.write(_box(b"mdat", data[speech + before :]))


def _places(data: bytes, start: int, end: int) -> list[int]:
    places = []
    while start < end:
        places.append(start)
        start += struct.unpack(">I", data[start : start + 4])[0]
    return places
