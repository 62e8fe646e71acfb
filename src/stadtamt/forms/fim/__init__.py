"""From a data schema of FIM to a form of the house: pages, words, rules, code lists. Pure."""

from stadtamt.forms.fim.importing import FimImport, FimRefused, FormSource, form_source, import_schema

__all__ = ["FimImport", "FimRefused", "FormSource", "form_source", "import_schema"]
