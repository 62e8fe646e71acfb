"""Deeds of the room: a person becomes known."""

from __future__ import annotations

from datetime import date

from stadtamt.citizens.models import Person


def register_person(
    *,
    given_name: str,
    family_name: str,
    birth_date: date | None = None,
    street: str = "",
    postcode: str = "",
    place: str = "",
    mail: str = "",
    electronic: bool = False,
) -> Person:
    """Note a person as they named themselves; names keep every letter.

    Electronic delivery needs a mail address, as the person must be told that something can be fetched.
    """
    return Person.objects.create(
        given_name=given_name,
        family_name=family_name,
        birth_date=birth_date,
        street=street,
        postcode=postcode,
        place=place,
        mail=mail,
        electronic=electronic and bool(mail),
    )
