"""Functions that form checks may call besides the language's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stadtamt.forms.schema.given_names import GIVEN_NAMES
from stadtamt.kernel.expressions import Value


def looks_swapped(given: object, family: object) -> bool:
    """Whether first and last name seem to stand in each other's place.

    True only when the family name is a frequent given name and the given name is none: "Müller, Anna" is
    asked back, "Peter Hans" and "Anna Müller" are not.
    """
    if not isinstance(given, str) or not isinstance(family, str):
        return False
    first = given.replace("-", " ").casefold().split()
    last = family.casefold().strip()
    return bool(first) and last in GIVEN_NAMES and not any(part in GIVEN_NAMES for part in first)


def valid_chip_number(text: object) -> bool:
    """Whether the text is a transponder number after ISO 11784: 15 digits, spaces and hyphens aside."""
    digits = str(text).replace(" ", "").replace("-", "") if isinstance(text, str) else ""
    return len(digits) == 15 and digits.isascii() and digits.isdigit()


FORM_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "looks swapped": looks_swapped,
    "valid chip number": valid_chip_number,
}
