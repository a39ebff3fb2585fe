"""Times of caption files, in seconds with three decimals."""

import re

from mooc.transcription.elements import TranscriptionError

ARROW = "-->"
# A day: no interview is longer, and a time beyond it is a mistake.
LONGEST = 86_400
# Hours are optional in WebVTT; SRT writes a comma, many files a dot.
VTT_TIME = re.compile(r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})")
SRT_TIME = re.compile(r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]\d)[,.](\d{1,3})")


def read_interval(line: str, number: int, pattern: re.Pattern[str], example: str) -> tuple[float, float]:
    """Start and end written on a timing line; what follows the end (settings, coordinates) is ignored.

    Raises:
        TranscriptionError: the line is not written as `example`, ends before it starts, or beyond a day.
    """
    left, _, right = line.partition(ARROW)
    start = pattern.fullmatch(left.strip())
    end = pattern.fullmatch((right.split() or [""])[0])
    if start is None or end is None:
        raise TranscriptionError(f"temps illisibles « {line.strip()[:80]} » ; attendu : « {example} ».", number)
    debut, fin = _seconds(start), _seconds(end)
    if fin <= debut:
        raise TranscriptionError(f"la fin ne vient pas après le début (« {line.strip()[:80]} »).", number)
    if fin > LONGEST:
        raise TranscriptionError(f"ce temps dépasse une journée (« {line.strip()[:80]} »).", number)
    return debut, fin


def read_caption(
    block: list[tuple[int, str]], pattern: re.Pattern[str], example: str
) -> tuple[float, float, list[tuple[int, str]]]:
    """Start, end and numbered lines of a caption, whose first line may be its number.

    Raises:
        TranscriptionError: without times, with faulty ones, or with those of the next caption in its text.
    """
    number, line = block[0]
    body = block[1:]
    if ARROW not in line:
        if not body or ARROW not in body[0][1]:
            raise TranscriptionError(f"temps attendus, par exemple « {example} ».", body[0][0] if body else number)
        number, line = body[0]
        body = body[1:]
    debut, fin = read_interval(line, number, pattern, example)
    for later, text in body:
        if ARROW in text:
            raise TranscriptionError("il manque une ligne vide avant ces temps.", later)
    return debut, fin, body


def _seconds(match: re.Match[str]) -> float:
    hours, minutes, seconds, thousandths = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + int(thousandths.ljust(3, "0")) / 1000, 3)


def clock(seconds: float, separator: str = ".") -> str:
    """Seconds as `00:02:22.500`, the form of caption files."""
    thousandths = round(seconds * 1000)
    whole, thousandths = divmod(thousandths, 1000)
    minutes, whole = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{whole:02d}{separator}{thousandths:03d}"
