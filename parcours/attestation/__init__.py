"""« Attestation de suivi (déclarative) »: a PDF that a reader asks for, and a page where anyone checks it.

Nothing is stored: the PDF's address holds a signed token (`jeton`), which knows the name only as a keyed digest. The
name comes by POST, is printed, and is forgotten with the request.
"""
