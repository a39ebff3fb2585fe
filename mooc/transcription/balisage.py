"""Plain text out of the markup that caption files carry."""

import re
from html import unescape

from mooc.transcription.elements import one_line

# Whole elements whose content is not speech; VTT knows none of them, files of the wild carry some.
NOT_SPEECH = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"</?[A-Za-z0-9][^<>]*>")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?(?:\s+([^>]*))?>", re.IGNORECASE)
VOICE_END = re.compile(r"</v\s*>", re.IGNORECASE)
ASS_OVERRIDE = re.compile(r"\{\\[^}]*\}")


def plain(text: str) -> str:
    """`text` without tags, entities decoded, on one line."""
    return one_line(unescape(TAG.sub("", NOT_SPEECH.sub("", ASS_OVERRIDE.sub("", text)))))


def voices(text: str) -> list[tuple[str, str]]:
    """(voice, plain text) of each part of a caption; the voice is empty where `<v Name>` gives none."""
    text = NOT_SPEECH.sub("", text)
    parts, voice, position = [], "", 0
    marks = sorted([*VOICE.finditer(text), *VOICE_END.finditer(text)], key=lambda mark: mark.start())
    for mark in marks:
        parts.append((voice, plain(text[position : mark.start()])))
        voice = plain(mark.group(1) or "") if mark.re is VOICE else ""
        position = mark.end()
    parts.append((voice, plain(text[position:])))
    return [(who, words) for who, words in parts if words]
