"""Forms and submissions for other systems: JSON Schema, answers in its shape, XDatenfelder. Pure."""

from stadtamt.forms.exchange.answers import as_document
from stadtamt.forms.exchange.json_schema import json_schema
from stadtamt.forms.exchange.xdatenfelder import as_xdatenfelder

__all__ = ["as_document", "as_xdatenfelder", "json_schema"]
