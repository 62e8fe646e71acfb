"""Rules of FIM written in German sentences, read into conditions. Pure: what is not certain stays unclear."""

from stadtamt.forms.freetext.reading import read_rules

__all__ = ["read_rules"]
