"""Signals between rooms that may not import one another."""

from django.dispatch import Signal

# Sent by mediatheque once the text of a document is stored or its extraction has failed; `document`.
document_extrait = Signal()

# Sent with each change of public content, within its transaction (see `core.version`).
contenu_change = Signal()

# Sent by a room that tells facets about others' pages when they change; `page_ids`, a collection of int.
facettes_changees = Signal()

# Sent when a collection has another parent, and so maybe another privacy, within the same transaction; `collection`.
collection_deplacee = Signal()
