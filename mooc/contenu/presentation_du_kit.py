"""Make the video « Présentation du kit en questions et réponses », its poster and its transcript.

Usage, from the root of the repository (ffmpeg with libx264, Pillow and PyYAML are needed):

    python mooc/contenu/presentation_du_kit.py

It reads `presentation-du-kit.yaml`, beside this script, and writes beside it:

- `presentation-du-kit.vtt`: one cue per line of dialogue, with its voice;
- `presentation-du-kit-affiche.jpg`: the poster, 1280 x 720;
- `presentation-du-kit.mp4`: silent H.264 video, one drawn slide per theme.

The transcript always comes out the same. The bytes of the pictures depend on the version of Pillow, those of
the video on the version of ffmpeg: rebuild them when the text changes, and look at them before committing.
The drawings live in `presentation_du_kit_planches.py`.
"""

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import presentation_du_kit_planches as planches
import yaml

ICI = Path(__file__).resolve().parent
NOM = "presentation-du-kit"
VOIX = {"Q": "Question", "R": "Réponse"}

VITESSE = 14.0  # characters per second; 17 is the most a reader follows with ease
MINIMUM = 2.6  # seconds on screen for the shortest cue
SILENCE = 0.4  # seconds between two cues
SILENCE_PLANCHE = 1.2  # seconds between two slides, to look at the new one
DEBUT = 2.0  # seconds of title before the first cue
FIN = 2.5  # seconds after the last cue
IMAGES_PAR_SECONDE = 10


@dataclass(frozen=True)
class Replique:
    """A line of dialogue: times in seconds, voice, text."""

    debut: float
    fin: float
    voix: str
    texte: str


def francais(texte: str) -> str:
    """Return the text with curly apostrophes and no-break spaces."""
    texte = texte.replace("'", "\u2019")
    texte = re.sub(r" (?=[;!?])", "\u202f", texte)
    texte = re.sub(r" (?=:)", "\u00a0", texte)
    return texte.replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def minuter(sequences: list[dict[str, Any]]) -> tuple[list[Replique], list[float]]:
    """Place every line in time.

    Returns:
        The timed lines, and the duration of each slide in seconds.
    """
    repliques: list[Replique] = []
    durees: list[float] = []
    instant = DEBUT
    depart = 0.0
    for sequence in sequences:
        for entree in sequence["repliques"]:
            ((cle, brut),) = entree.items()
            texte = francais(brut)
            # Tenths of a second: slide changes fall on a frame of the video.
            fin = round(instant + max(MINIMUM, len(texte) / VITESSE), 1)
            repliques.append(Replique(round(instant, 1), fin, VOIX[cle], texte))
            instant = fin + SILENCE
        instant = round(instant - SILENCE + SILENCE_PLANCHE, 1)
        passage = round(instant - SILENCE_PLANCHE / 2, 1)
        durees.append(round(passage - depart, 1))
        depart = passage
    total = round(repliques[-1].fin + FIN, 1)
    durees[-1] = round(total - sum(durees[:-1]), 1)
    return repliques, durees


def horodatage(secondes: float) -> str:
    """Write a time as WebVTT wants it."""
    millisecondes = round(secondes * 1000)
    minutes, reste = divmod(millisecondes, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{reste // 1000:02}.{reste % 1000:03}"


def transcription(contenu: dict[str, Any], repliques: list[Replique]) -> str:
    """Return the WebVTT file."""
    titre, mention = francais(contenu["titre"]), francais(contenu["mention"])
    blocs = [f"WEBVTT - {titre}", f"NOTE\n{mention}. Voix sans nom, aucun témoin."]
    blocs += [
        f"{rang}\n{horodatage(r.debut)} --> {horodatage(r.fin)}\n<v {r.voix}>{r.texte}"
        for rang, r in enumerate(repliques, start=1)
    ]
    return "\n\n".join(blocs) + "\n"


def filmer(images: list[Path], durees: list[float], cible: Path) -> None:
    """Assemble still slides into a silent video.

    Raises:
        subprocess.CalledProcessError: when ffmpeg fails.
    """
    commande = ["ffmpeg", "-y", "-loglevel", "error"]
    for image, duree in zip(images, durees, strict=True):
        commande += ["-loop", "1", "-framerate", str(IMAGES_PAR_SECONDE), "-t", str(duree), "-i", str(image)]
    entrees = "".join(f"[{rang}:v]" for rang in range(len(images)))
    # BT.709 is declared as well as applied: otherwise players guess, and the site's colours shift.
    couleurs = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    commande += ["-filter_complex", f"{entrees}concat=n={len(images)}:v=1:a=0,{couleurs}[v]", "-map", "[v]"]
    commande += [
        "-c:v",
        "libx264",
        "-preset",
        "veryslow",
        "-tune",
        "stillimage",
        "-crf",
        "27",
        "-threads",
        "1",
    ]
    commande += ["-g", str(IMAGES_PAR_SECONDE * 60), "-profile:v", "high", "-level", "3.1"]
    debuts = [str(round(sum(durees[:rang]), 1)) for rang in range(len(durees))]
    commande += ["-force_key_frames", ",".join(debuts)]
    commande += [
        "-colorspace",
        "bt709",
        "-color_primaries",
        "bt709",
        "-color_trc",
        "bt709",
        "-color_range",
        "tv",
    ]
    commande += ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1"]
    commande += ["-metadata:s:v:0", "language=fra", "-movflags", "+faststart", str(cible)]
    subprocess.run(commande, check=True)


def main() -> None:
    """Write the transcript, the poster and the video."""
    contenu = yaml.safe_load((ICI / f"{NOM}.yaml").read_text(encoding="utf-8"))
    sequences = contenu["planches"]
    repliques, durees = minuter(sequences)
    (ICI / f"{NOM}.vtt").write_text(transcription(contenu, repliques), encoding="utf-8")

    mention = francais(contenu["mention"])
    dessins = [
        planches.dessiner(
            francais(sequence["titre"]),
            [francais(point) for point in sequence["points"]],
            sequence["dessin"],
            mention,
            (rang, len(sequences)),
        )
        for rang, sequence in enumerate(sequences, start=1)
    ]
    dessins[0].save(ICI / f"{NOM}-affiche.jpg", quality=45, optimize=True, progressive=True)
    with tempfile.TemporaryDirectory() as temporaire:
        images = [Path(temporaire) / f"{rang:02}.png" for rang in range(len(dessins))]
        for dessin, image in zip(dessins, images, strict=True):
            dessin.save(image)
        filmer(images, durees, ICI / f"{NOM}.mp4")
    print(f"{len(repliques)} répliques, {len(dessins)} planches, {sum(durees):.1f} secondes.")


if __name__ == "__main__":
    main()
