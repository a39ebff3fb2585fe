"""A parcours to take away: PDF booklet, EPUB, ZIP.

`contenu` reads what everybody may read, once, as plain values; `pdf`, `epub` and `archive` lay them out; `depot`
keeps the results on disk under the digest of their content; `packs` builds each at most once.
"""
