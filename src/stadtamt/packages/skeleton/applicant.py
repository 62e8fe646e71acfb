"""Who asks, in the form of a data schema: which fields are the name and address, and what must be asked besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stadtamt.forms.schema import Field, Group, Schema, paths
from stadtamt.packages.format.layer import Override

# Fields of the shared building blocks (BOB), which every schema uses for the same thing.
FAMILY, GIVEN = "F60000000227", "F60000000228"
STREET, NUMBER, POSTCODE, PLACE, MAIL = (
    *("F60000000243", "F60000000244", "F60000000246", "F60000000247"),
    "F60000000242",
)
_NAMES = (("vorname", "Vorname", "name", "given-name"), ("nachname", "Nachname", "name", "family-name"))
_ADDRESS = (
    ("strasse", "Straße und Hausnummer", "text", "street-address"),
    ("plz", "Postleitzahl", "postcode", "postal-code"),
    ("ort", "Ort", "text", "address-level2"),
)
_EXAMPLE = {FAMILY: "Müller", GIVEN: "Eva", STREET: "Lindenweg", NUMBER: "3", POSTCODE: "12345", PLACE: "Musterstadt"}
_OWN_EXAMPLE = {"vorname": "Eva", "nachname": "Müller", "strasse": "Lindenweg 3", "plz": "12345", "ort": "Musterstadt"}
PURPOSE = "Damit wir wissen, wem und wohin wir den Bescheid schicken."


@dataclass(frozen=True, slots=True)
class Applicant:
    """[person] of a package, the questions that are added for it, and answers of an invented person to all of it."""

    person: Mapping[str, str | list[str]]
    added: tuple[Override, ...] = ()
    example: Mapping[str, Any] = field(default_factory=dict)
    called: str = ""


def applicant_in(schema: Schema) -> Applicant:
    """The person by the first fitting fields outside of repeated sections, those first that everybody answers.

    Where it is not certain that a name or an address is given (a company asks, the address is one of several kinds),
    a page at the end asks for it, to those only who have not said it yet. So no letter is without a recipient.
    """
    found = _found(schema)
    given, family = found.get(GIVEN, ""), found.get(FAMILY, "")
    person: dict[str, list[str]] = {
        "given_name": [given] if given else [],
        "family_name": [family] if family else [],
        "street": [path for key in (STREET, NUMBER) if (path := found.get(key))],
        "postcode": [found[POSTCODE]] if POSTCODE in found else [],
        "place": [found[PLACE]] if PLACE in found else [],
        "mail": [found[MAIL]] if MAIL in found else [],
    }
    example = {path: _EXAMPLE[key] for key, path in found.items() if key in _EXAMPLE}
    anchor = _anchor(schema, [path for path in (given, family, found.get(PLACE, "")) if path])
    added: list[Override] = []
    if anchor is not None:
        pages = (
            ("name", "Wer stellt den Antrag?", _NAMES, ("given_name", "family_name"), (given, family)),
            (
                "anschrift",
                "Wohin schicken wir den Bescheid?",
                _ADDRESS,
                ("street", "postcode", "place"),
                (found.get(PLACE, ""),),
            ),
        )
        for key, title, fields, parts, known in reversed(pages):
            if any(not path or _doubt(schema, path) for path in known):
                added.append(_page(anchor, key, title, fields, [path for path in known if path]))
                own = [paths.join(anchor.group.path, f"person_{one[0]}") for one in fields]
                for part, path in zip(parts, own, strict=True):
                    person[part].append(path)  # one of them is answered: the page comes where the other is not
                if not all(known):
                    example |= {path: _OWN_EXAMPLE[one[0]] for path, one in zip(own, fields, strict=True)}
    answers: Any = {}
    for path, said in example.items():
        answers = paths.put(answers, path, said)
    named = {part: places[0] if len(places) == 1 else places for part, places in person.items() if places}
    return Applicant(named, tuple(added), answers, "Müller")


@dataclass(frozen=True, slots=True)
class _Anchor:
    key: str
    group: Group


def _anchor(schema: Schema, known: list[str]) -> _Anchor | None:
    """The last page of a section that everybody fills in, after those that may make the question needless."""
    seen = {path: place for place, group in enumerate(schema.groups) for path in _fields_of(group)}
    after = max((seen[path] for path in known), default=0)
    sure = [
        group
        for group in schema.groups[after:]
        if group.questions and not any(_is_open(one) or one.repeated for one in _around(schema, group.path))
    ]
    if not sure:
        return None
    group = min(reversed(sure), key=lambda one: one.path.count(".") + bool(one.path))
    return _Anchor(group.questions[-1].key, group)


def _fields_of(group: Group) -> list[str]:
    return [entry.path for question in group.questions for entry in question.fields]


def _page(anchor: _Anchor, key: str, title: str, fields: tuple[tuple[str, ...], ...], known: list[str]) -> Override:
    """The question, asked where nothing of this was said before."""
    question: dict[str, Any] = {"id": f"person_{key}", "title": title}
    if known:
        question["when"] = " or ".join(f"{path} = null" for path in known)
    question["fields"] = [
        {"id": f"person_{name}", "label": label, "type": kind, "autocomplete": fill, "purpose": PURPOSE}
        for name, label, kind, fill in fields
    ]
    return Override(f"person-{key}", "add", {"after": anchor.key, "question": question})


def _found(schema: Schema) -> dict[str, str]:
    """For each part of a person the path of its field. All of one person: they lie as near each other as can be."""
    order = {path: place for place, path in enumerate(schema.fields)}
    candidates: dict[str, list[str]] = {}
    for path, entry in schema.fields.items():
        if not any(one.repeated for one in _around(schema, entry.group)):
            candidates.setdefault(entry.id, []).append(path)
    found: dict[str, str] = {}
    for key in (FAMILY, GIVEN, PLACE, POSTCODE, STREET, NUMBER, MAIL):
        near = found.get(PLACE) if key in {POSTCODE, STREET, NUMBER} else found.get(FAMILY)
        # A street address rather than a postbox: only the one has a street.
        fitting = [
            path for path in candidates.get(key, []) if key not in {PLACE, POSTCODE} or _has_street(schema, path)
        ]
        if fitting:
            found[key] = min(fitting, key=lambda path: (-_shared(path, near or ""), _doubt(schema, path), order[path]))
    return found


def _has_street(schema: Schema, path: str) -> bool:
    return paths.join(paths.parent(path), STREET) in schema.fields


def _shared(path: str, other: str) -> int:
    """How many steps two paths have in common."""
    steps = list(zip(path.split("."), other.split("."), strict=False))
    return next((place for place, (one, two) in enumerate(steps) if one != two), len(steps))


def _doubt(schema: Schema, path: str) -> int:
    """In how many places it is open whether the field is answered at all."""
    entry = schema.fields[path]
    return int(_is_open(entry)) + sum(_is_open(one) for one in _around(schema, entry.group))


def _is_open(one: Field | Group) -> bool:
    return not one.least or one.when is not None or bool(one.forbids)


def _around(schema: Schema, path: str) -> list[Group]:
    """The section at this path, and all around it."""
    steps = path.split(".") if path else []
    above = (".".join(steps[:length]) for length in range(1, len(steps) + 1))
    return [schema.group_at[one] for one in above if one in schema.group_at]
