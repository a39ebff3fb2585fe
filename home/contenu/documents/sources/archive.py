"""Office packages (DOCX, ODT) whose bytes depend on their content alone."""

import io
import zipfile

# First date a ZIP archive can hold: no entry says when it was made.
ORIGINE = (1980, 1, 1, 0, 0, 0)


def empaqueter(parties: dict[str, bytes], premiere: str) -> bytes:
    """Pack parts in a deterministic ZIP archive.

    Parts are stored, not compressed: compressed bytes change with the version of zlib.

    Args:
        parties: content by name.
        premiere: name of the part that the format wants first.
    """
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_STORED) as archive:
        for nom in [premiere, *sorted(parties.keys() - {premiere})]:
            entree = zipfile.ZipInfo(nom, ORIGINE)
            entree.create_system = 3  # same value on every system
            entree.external_attr = 0o644 << 16
            archive.writestr(entree, parties[nom])
    return tampon.getvalue()


def deballer(contenu: bytes) -> dict[str, bytes]:
    """Return the parts of an archive by name, without its folders."""
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist() if not nom.endswith("/")}
