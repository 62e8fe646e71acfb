"""Forms and submissions for other systems: JSON Schema, and answers in its shape (as FIT-Connect takes them). Pure."""

from stadtamt.forms.exchange.answers import as_document
from stadtamt.forms.exchange.json_schema import json_schema

__all__ = ["as_document", "json_schema"]
