"""Why a deviation cannot be put on a package."""

from __future__ import annotations

from typing import Literal

from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.layer import Override

type Code = Literal["wrong", "twice", "gone", "required", "needed", "taken", "names", "differs"]
"""wrong: badly written. twice: another one does the same. gone: what it speaks of is not there. required: the field
must be asked. needed: something reads the answer. taken: the id exists. names: it reads what is not there. differs:
the author's words are others than the town saw."""


class OverrideRefused(PackageProblem):
    """Diese Abweichung passt nicht zum Leistungspaket."""

    def __init__(self, override: Override, code: Code, reason: str) -> None:
        self.override = override.id
        self.code = code
        self.reason = reason
        super().__init__("Abweichungen", f"Abweichung „{override.id}“: {reason}")


def check_keys(override: Override, known: set[str]) -> None:
    """Raises OverrideRefused for something said that this kind does not know."""
    for key in override.data:
        if key not in known:
            raise OverrideRefused(override, "wrong", f"Die Angabe „{key}“ gibt es hier nicht.")
