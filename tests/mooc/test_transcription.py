"""Transcript files to turns of speech, and back."""

from pathlib import Path

import pytest

from mooc.transcription import SousTitre, Tour, TranscriptionError, read_transcript, srt, texte, vtt
from mooc.transcription.fichier import read_cues

FICHIERS = Path(__file__).parent / "fichiers"
MARKS_IN_MID_SENTENCE = 9


def read(text: str, extension: str) -> list[Tour]:
    return read_transcript(text.encode(), f"entretien.{extension}")


# --- plain text


def test_a_mark_after_a_full_stop_changes_the_voice():
    turns = read("Bonjour à tous. >> Bonjour. >> Merci d’être là.", "txt")
    assert [turn.texte for turn in turns] == ["Bonjour à tous.", "Bonjour.", "Merci d’être là."]
    assert not any(turn.enchainement_incertain for turn in turns)


def test_a_mark_in_mid_sentence_is_joined_and_flagged():
    turns = read("L’alliance rassemble des >> acteurs différents. >> Oui.", "txt")
    assert [(turn.texte, turn.enchainement_incertain) for turn in turns] == [
        ("L’alliance rassemble des acteurs différents.", True),
        ("Oui.", False),
    ]


def test_a_mark_before_a_capital_is_followed_even_without_punctuation():
    turns = read("Je voulais dire >> Pardon, je vous coupe.", "txt")
    assert len(turns) == 2


def test_a_sound_stays_inside_its_turn_and_hides_no_sentence_end():
    turns = read(
        ">> C’est le sujet. [MUSIQUE] >> et voilà la suite. >> nous avons [RIRES] >> [TOUX] gagné. >> Fin [MUSIQUE].",
        "txt",
    )
    assert [turn.texte for turn in turns] == [
        "C’est le sujet. [MUSIQUE]",
        "et voilà la suite.",
        "nous avons [RIRES] [TOUX] gagné.",
        "Fin [MUSIQUE].",
    ]


def test_a_text_gives_no_name_and_no_time():
    turns = read("Marie : bonjour. >> Paul dit : bonjour, il est 10:30.", "txt")
    assert {turn.locuteur for turn in turns} == {""}
    assert {(turn.debut, turn.fin, turn.role) for turn in turns} == {(None, None, "autre")}


def test_a_text_without_marks_is_cut_by_paragraph():
    assert [turn.texte for turn in read("Un paragraphe\nsur deux lignes.\n\nUn autre.", "txt")] == [
        "Un paragraphe sur deux lignes.",
        "Un autre.",
    ]


def test_a_long_interview_keeps_every_word():
    sentence = (
        ">> Le territoire rassemble des acteurs qui ne se >> connaissent pas toujours. >> Et pourtant, ils agissent. "
    )
    text = sentence * 60
    assert len(text.split()) > 900
    turns = read(text, "txt")
    assert " ".join(turn.texte for turn in turns).split() == text.replace(">>", " ").split()
    assert sum(turn.enchainement_incertain for turn in turns) == 60
    assert len(turns) == 120


def test_an_interview_of_nine_hundred_words_is_turns_of_whole_sentences():
    content = (FICHIERS / "entretien-d-essai.txt").read_bytes()
    words = content.decode().replace(">>", " ").split()
    assert len(words) >= 900
    turns = read_transcript(content, "entretien-d-essai.txt")
    assert [word for turn in turns for word in turn.texte.split()] == words
    assert all(turn.texte[0].isupper() and turn.texte.rstrip("»] ")[-1:] in ".?!SE" for turn in turns)
    joined = [turn.texte for turn in turns if turn.enchainement_incertain]
    assert len(joined) == MARKS_IN_MID_SENTENCE - 1, "one turn holds two of them"
    assert any("ce qui manque autour d’eux." in text for text in joined)
    assert {turn.locuteur for turn in turns} == {""}
    assert {turn.debut for turn in turns} == {turn.fin for turn in turns} == {None}
    sounds = ["[MUSIQUE]", "[RIRES]", "[SOUPIR]", "[RIRES]", "[APPLAUDISSEMENTS]", "[RIRES]", "[MUSIQUE]"]
    assert [word for turn in turns for word in turn.texte.split() if word.startswith("[")] == sounds


def test_empty_marks_make_no_empty_turn():
    assert [turn.texte for turn in read(">> >>\n>> Oui. >>", "txt")] == ["Oui."]


def test_times_in_a_text_are_refused_with_their_line():
    with pytest.raises(TranscriptionError, match=r"^Ligne 2 : ce texte contient des temps"):
        read("Bonjour\n00:00:01.000 --> 00:00:02.000\nOui", "txt")


# --- WebVTT

RICH = """\ufeffWEBVTT - un titre
Kind: captions

STYLE
::cue { color: red }

REGION
id:fred

NOTE Un commentaire
sur deux lignes

intro
00:01.000 --> 00:04.500 align:start position:10%
<v.fort Question>Qu&apos;est-ce qu&rsquo;une <i>alliance</i> &amp; un <c.mot>partenariat</c>&nbsp;?</v>

2
00:00:04.000 --> 00:00:09.250
<v Réponse>Une <00:00:05.000>dynamique <script>alert("non")</script>collective
[MUSIQUE] &lt;entre&gt; acteurs.

00:00:09.000 --> 00:00:12.000
Une voix que rien ne nomme.
"""


def test_a_rich_vtt_gives_plain_turns_with_voices_and_times():
    turns = read(RICH.replace("\n", "\r\n"), "vtt")
    assert [(turn.locuteur, turn.role, turn.debut, turn.fin, turn.texte) for turn in turns] == [
        ("Question", "question", 1.0, 4.5, "Qu'est-ce qu’une alliance & un partenariat ?"),
        ("Réponse", "reponse", 4.0, 9.25, "Une dynamique collective [MUSIQUE] <entre> acteurs."),
        ("", "autre", 9.0, 12.0, "Une voix que rien ne nomme."),
    ]


def test_two_voices_in_one_caption_are_two_turns():
    turns = read("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana>Oui.</v> <v Bruno>Non.</v>", "vtt")
    assert [(turn.locuteur, turn.texte) for turn in turns] == [("Ana", "Oui."), ("Bruno", "Non.")]


def test_after_a_mark_a_named_caption_lends_its_name_to_nobody():
    turns = read("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana>Oui. >> Non, dit Bruno. >> et puis ?", "vtt")
    assert [(turn.locuteur, turn.texte, turn.debut, turn.fin) for turn in turns] == [
        ("Ana", "Oui.", 1.0, None),
        ("", "Non, dit Bruno.", None, None),
        ("", "et puis ?", None, 4.0),
    ]
    assert not any(turn.enchainement_incertain for turn in turns)


def test_a_mark_that_cuts_the_sentence_of_a_named_voice_is_joined_and_flagged():
    text = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana>&gt;&gt; Nous sommes >> plusieurs.\n"
    (turn,) = read(text, "vtt")
    assert (turn.locuteur, turn.texte, turn.fin) == ("Ana", "Nous sommes plusieurs.", 4.0)
    assert turn.enchainement_incertain


def test_captions_of_one_voice_are_one_turn():
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\n<v Ana>Phrase {n}.\n\n" for n in range(1, 4))
    turns = read(f"WEBVTT\n\n{cues}", "vtt")
    assert [(turn.texte, turn.debut, turn.fin) for turn in turns] == [("Phrase 1. Phrase 2. Phrase 3.", 1.0, 3.9)]


def test_a_long_speech_is_cut_at_a_sentence_end():
    cues = "".join(
        f"00:{n:02d}.000 --> 00:{n:02d}.900\n<v Ana>Une phrase assez longue pour compter, la numéro {n}.\n\n"
        for n in range(40)
    )
    turns = read(f"WEBVTT\n\n{cues}", "vtt")
    assert len(turns) > 4
    assert all(turn.texte.endswith(".") and len(turn.texte) < 400 for turn in turns)


def cues(*parts: tuple[str, str, str]) -> str:
    return "WEBVTT\n\n" + "".join(f"{start} --> {end}\n{text}\n\n" for start, end, text in parts)


def test_captions_that_name_no_voice_stay_one_turn_each():
    text = cues(("00:01.000", "00:02.000", "Premier."), ("00:02.000", "00:03.000", "Puis second."))
    assert [(turn.texte, turn.debut) for turn in read(text, "vtt")] == [("Premier.", 1.0), ("Puis second.", 2.0)]


def test_a_sentence_that_captions_cut_is_one_turn():
    text = cues(("00:01.000", "00:02.000", "Premier,"), ("00:02.000", "00:03.500", "puis second."))
    assert [(turn.texte, turn.debut, turn.fin) for turn in read(text, "vtt")] == [("Premier, puis second.", 1.0, 3.5)]


@pytest.mark.parametrize(
    "second",
    [
        ("00:01.500", "00:03.000", "puis second."),  # they overlap: two voices, maybe
        ("00:09.000", "00:10.000", "puis second."),  # a long silence
        ("00:02.000", "00:03.000", "Puis second."),  # a new sentence
    ],
)
def test_captions_of_one_voice_or_two_are_not_joined_on_a_guess(second):
    assert len(read(cues(("00:01.000", "00:02.000", "Premier,"), second), "vtt")) == 2


def test_captions_without_any_punctuation_make_turns_of_a_paragraph():
    text = cues(*((f"00:{n:02d}.000", f"00:{n:02d}.900", "des mots sans aucune ponctuation") for n in range(40)))
    turns = read(text, "vtt")
    assert 3 < len(turns) < 8
    assert all(len(turn.texte) <= 320 and turn.debut is not None for turn in turns)


def test_a_named_voice_without_any_punctuation_is_not_one_turn_of_an_hour():
    text = cues(*((f"00:{n:02d}.000", f"00:{n:02d}.900", "<v Ana>des mots sans aucune ponctuation") for n in range(59)))
    turns = read(text, "vtt")
    assert len(turns) == 3
    assert all(len(turn.texte) <= 960 and turn.debut is not None for turn in turns)


def test_a_file_of_more_turns_than_a_page_holds_is_refused():
    with pytest.raises(TranscriptionError, match="1001 tours de parole ; une page en tient 1000"):
        read(">> Oui.\n" * 1001, "txt")


def test_a_change_of_voice_inside_a_caption_invents_no_time():
    text = (
        "WEBVTT\n\n00:01.000 --> 00:04.000\n&gt;&gt; Vous venez. >> Oui, bien\n\n00:04.000 --> 00:06.000\nsûr.\n\n"
        "00:06.000 --> 00:08.000\n>> très volontiers.\n"
    )
    assert [(turn.texte, turn.debut, turn.fin) for turn in read(text, "vtt")] == [
        ("Vous venez.", 1.0, None),
        ("Oui, bien sûr.", None, 6.0),
        ("très volontiers.", 6.0, 8.0),
    ]


@pytest.mark.parametrize(
    ("second", "third"),
    [
        (("00:02.000", "00:03.000", ">> Merci."), ("00:06.000", "00:08.000", "suis ravi.")),  # whose end is it?
        (("00:07.000", "00:08.000", ">> Merci"), ("00:07.500", "00:09.000", "À vous.")),  # they overlap
        (("00:02.000", "00:03.000", ">> Merci"), ("00:05.000", "00:08.000", "à vous.")),  # the first is still on
    ],
)
def test_marked_captions_joined_on_a_doubt_are_flagged(second, third):
    turns = read(cues(("00:01.000", "00:06.000", ">> Bonjour à tous, je"), second, third), "vtt")
    assert [turn.enchainement_incertain for turn in turns] == [False, True]


def test_marked_captions_that_follow_on_are_not_flagged():
    first, second = ("00:01.000", "00:02.000", ">> Bonjour à"), ("00:02.000", "00:03.000", "tous. >> Merci.")
    turns = read(cues(first, second, ("00:03.000", "00:04.000", "Bien.")), "vtt")
    assert [(turn.texte, turn.enchainement_incertain) for turn in turns] == [
        ("Bonjour à tous.", False),
        ("Merci. Bien.", False),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Bonjour", r"^Ligne 1 : un fichier WebVTT commence"),
        ("WEBVTT\n\n00:05.000 --> 00:02.000\nOui", r"^Ligne 3 : la fin ne vient pas après le début"),
        ("WEBVTT\n\n00:05.000 --> 00:05.000\nOui", r"^Ligne 3 : la fin"),
        ("WEBVTT\n\n1\n00:00:01,000 --> 00:00:02,000\nOui", r"^Ligne 4 : temps illisibles"),
        ("WEBVTT\n\n00:01.000 --> \nOui", r"^Ligne 3 : temps illisibles"),
        ("WEBVTT\n\n00:99.000 --> 00:99.500\nOui", r"^Ligne 3 : temps illisibles"),
        ("WEBVTT\n\nune ligne perdue\nune autre", r"^Ligne 4 : temps attendus"),
        (
            "WEBVTT\n\n00:01.000 --> 00:02.000\nOui\n00:03.000 --> 00:04.000\nNon",
            r"^Ligne 5 : il manque une ligne vide",
        ),
        ("WEBVTT\n\n24:00:00.000 --> 24:00:00.001\nOui", r"^Ligne 3 : ce temps dépasse une journée"),
        ("WEBVTT\n\nNOTE rien\n", r"^Le fichier ne contient aucune parole"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nOu\x00i", r"^Ligne 4 : caractère interdit"),
    ],
)
def test_a_faulty_vtt_is_refused_with_its_line(text, message):
    with pytest.raises(TranscriptionError, match=message):
        read(text, "vtt")


def test_a_vtt_that_is_not_utf8_is_refused():
    with pytest.raises(TranscriptionError, match="UTF-8"):
        read_transcript("WEBVTT\n\n00:01.000 --> 00:02.000\nété".encode("cp1252"), "e.vtt")


# --- SubRip


def test_srt_takes_commas_and_dots_coordinates_tags_and_windows_files():
    text = (
        "1\r\n00:00:01,5 --> 00:00:04,000 X1:40 X2:60\r\n<i>Été</i> {\\an8}comme\r\nhiver &amp; printemps\r\n\r\n"
        "2\r\n0:00:04.000 --> 0:00:06.25\r\n<font color=red>Oui</font>\r\n"
    )
    turns = read_transcript(text.encode("cp1252"), "entretien.SRT")
    assert [(turn.texte, turn.debut, turn.fin) for turn in turns] == [
        ("Été comme hiver & printemps", 1.5, 4.0),
        ("Oui", 4.0, 6.25),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1\n00:00:04,000 --> 00:00:01,000\nOui", r"^Ligne 2 : la fin ne vient pas après"),
        ("1\n00:00:01,000 -> 00:00:04,000\nOui", r"^Ligne 2 : temps attendus"),
        ("1\n30:00:01.000 --> 30:00:02.000\nOui", r"^Ligne 2 : ce temps dépasse une journée"),
        ("1\n00:00:01,000 --> 00:00:02,000\nOui\n\n2\nNon", r"^Ligne 6 : temps attendus"),
    ],
)
def test_a_faulty_srt_is_refused_with_its_line(text, message):
    with pytest.raises(TranscriptionError, match=message):
        read(text, "srt")


@pytest.mark.parametrize(("kind", "header"), [("vtt", "WEBVTT\n\n"), ("srt", "\n\n")])
def test_every_fault_is_told_with_its_line_up_to_twenty(kind, header):
    faulty = "1\n00:00:05.000 --> 00:00:02.000\nOui\n\n"
    sound = "2\n00:00:05.000 --> 00:00:06.000\nNon\n\n"
    with pytest.raises(TranscriptionError) as few:
        read(header + faulty + sound + faulty, kind)
    assert [message.partition(" : ")[0] for message in few.value.messages] == ["Ligne 4", "Ligne 12"]
    with pytest.raises(TranscriptionError) as many:
        read(header + faulty * 23, kind)
    assert len(many.value.messages) == 21
    assert many.value.messages[19].startswith("Ligne 80 : la fin")
    assert many.value.messages[20] == "… et 3 autres erreurs."


def test_the_rest_of_a_faulty_srt_caption_is_not_a_fault_of_its_own():
    sound = "2\n00:00:05,000 --> 00:00:06,000\nNon\n\nbien sûr\n\n"
    with pytest.raises(TranscriptionError) as faults:
        read(f"1\n00:00:01,000 -> 00:00:04,000\n\nOui\n\ncertes\n\n{sound}3\nEnfin\n\nbref", "srt")
    assert [message.partition(" : ")[0] for message in faults.value.messages] == ["Ligne 2", "Ligne 15"]


def test_an_unknown_kind_of_file_is_refused():
    with pytest.raises(TranscriptionError, match="Format inconnu"):
        read("Bonjour", "docx")


# --- writers

CUES = [SousTitre(1.0, 2.5, "Oui & <non>", "Ana"), SousTitre(3601.25, 3605.0, "Une phrase.", "")]


def test_captions_survive_being_written_and_read_as_vtt():
    assert vtt.read_cues(vtt.write(CUES)) == CUES


def test_captions_survive_being_written_and_read_as_srt():
    again = read_cues(srt.write(CUES[1:]).encode(), "srt")
    assert again == CUES[1:]


def test_srt_keeps_the_voice_in_the_text_and_writes_commas():
    assert srt.write(CUES).startswith("1\n00:00:01,000 --> 00:00:02,500\nAna : Oui")


@pytest.mark.parametrize(("writer", "kind"), [(vtt, "vtt"), (srt, "srt")])
def test_an_empty_line_inside_a_turn_ends_no_caption(writer, kind):
    turns = [Tour("Une phrase.\n\nUne autre.", debut=1.0, fin=4.0), Tour("La suite.", debut=5.0, fin=6.0)]
    again = read_cues(writer.write(turns).encode(), kind)
    assert [cue.texte for cue in again] == ["Une phrase. Une autre.", "La suite."]


def test_untimed_turns_are_in_the_text_only():
    turns = [Tour("Sans temps."), Tour("Avec.", "Ana", debut=2.0, fin=3.0)]
    assert "Sans temps" not in vtt.write(turns)
    assert "Sans temps" not in srt.write(turns)
    assert texte.write(turns, "Titre") == "Titre\n\nSans temps.\n\n[00:00:02] Ana : Avec.\n"
