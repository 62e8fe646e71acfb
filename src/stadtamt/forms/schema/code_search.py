"""Finding an entry of a code list by what somebody types."""

from __future__ import annotations

from functools import lru_cache

from stadtamt.forms.schema.model import CodeTable


class CodeSearch:
    """A code list made ready for searching, once."""

    def __init__(self, table: CodeTable) -> None:
        self.table = table

    def exact(self, typed: str) -> str | None:
        """The code that was typed, or whose name was; None where it is not certain."""
        wanted = typed.casefold().strip()
        found = [one.value for one in self.table.choices if wanted in (one.value.casefold(), one.label.casefold())]
        return found[0] if len(found) == 1 else None

    def search(self, typed: str) -> list[str]:
        """The codes that may have been meant, the likeliest first."""
        wanted = typed.casefold().strip()
        return [one.value for one in self.table.choices if wanted in one.label.casefold()][:8]


@lru_cache(maxsize=64)
def code_search(table: CodeTable) -> CodeSearch:
    return CodeSearch(table)
