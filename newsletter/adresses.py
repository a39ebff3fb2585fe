"""Addresses below /newsletter/ that are not pages."""

# No sign-up page may take one of these as its slug (see `newsletter.urls`).
RESERVEES = frozenset({"inscription", "verification", "confirmer", "desinscription"})
