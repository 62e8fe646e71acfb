"""Code lists: reading genericode, choosing the version, finding an entry by typing. Pure."""

from stadtamt.forms.codelists.data import from_data, to_data
from stadtamt.forms.codelists.genericode import read_genericode
from stadtamt.forms.codelists.model import CodeList, CodeListRefused, Column, Entry
from stadtamt.forms.codelists.search import Index, exact, search
from stadtamt.forms.codelists.versions import CodeLists, Found

__all__ = [
    "CodeList",
    "CodeListRefused",
    "CodeLists",
    "Column",
    "Entry",
    "Found",
    "Index",
    "exact",
    "from_data",
    "read_genericode",
    "search",
    "to_data",
]
