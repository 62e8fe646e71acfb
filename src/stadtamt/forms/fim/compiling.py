"""A document of XDatenfelder laid out as a form: groups become sections, their fields pages of a sensible size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stadtamt.forms.conditions import Effect, Reading, write_effect
from stadtamt.forms.conditions.model import Always, Empty, Not, Xor
from stadtamt.forms.fim.fields import brief, called, field_data, often, weight
from stadtamt.forms.xdatenfelder.model import Document, Field, Group, Path, Reference, Structure

PER_PAGE, ON_ONE_PAGE = 6, 8
"""How much stands on a page: an ordinary field counts one, one with several lines or files two. A little more is not
torn apart for one last field, and what is, is torn into pages of like size."""
_ROOT = "Angaben zum Antrag"
MOST_ID = 36


def compile_form(
    document: Document, rules: Iterable[Reading], lists: Mapping[str, dict[str, Any]], *, key: str
) -> tuple[dict[str, Any], list[str]]:
    """The form as data for `read_form`, and German sentences about what could not be taken over as it stands."""
    rules = tuple(rules)
    layout = _Layout(lists, {effect.target for rule in rules for effect in rule.effects if effect.kind == "preset"})
    root = document.root
    parts = (Structure(1, 1, root),) if isinstance(root, Group) else root.parts
    layout.lay((), root.id, _ROOT, parts)
    kept = layout.paths
    readings = [*rules, *layout.choices]
    data: dict[str, Any] = {
        "form": key,
        "version": root.common.identity.version or "1.0.0",
        "schema": {"id": root.id, "version": root.common.identity.version, "name": root.common.name},
        "groups": layout.groups,
        "rules": [_rule_data(one, kept) for one in readings],
        "code_lists": [lists[uri] for uri in sorted(layout.used)],
    }
    return data, layout.noticed


@dataclass(slots=True)
class _Layout:
    """Sections as they are laid one after the other."""

    lists: Mapping[str, dict[str, Any]]
    preset: set[str]  # paths of fields that a rule fills in
    groups: list[dict[str, Any]] = field(default_factory=list)
    noticed: list[str] = field(default_factory=list)
    choices: list[Reading] = field(default_factory=list)  # groups of which one is to be chosen
    used: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    _ids: dict[str, int] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def lay(self, path: Path, name: str, title: str, parts: tuple[Structure, ...], **about: Any) -> None:
        """Lay out what lies directly in a group, then what follows, in the order of the schema."""
        waiting: list[dict[str, Any]] = []
        if path and not (parts and isinstance(parts[0].element, Field)):
            self._section(path, name, title, [], about)
        for part in self._asked(parts, title):
            if isinstance(part.element, Group):
                self._section(path, name, title, waiting, about)
                waiting = []
                self._group(path, part, part.element)
            else:
                waiting += self._field(path, part, part.element)
        self._section(path, name, title, waiting, about)

    def _asked(self, parts: tuple[Structure, ...], title: str) -> Iterable[Structure]:
        """Each id once; what stands in the schema no times at all is left out."""
        seen: set[str] = set()
        for part in parts:
            kind = "Die Gruppe" if isinstance(part.element, Group) else "Das Feld"
            name = f"{kind} {part.element.id} „{' '.join(part.element.common.name.split())}“"
            if part.most == 0:
                self.noticed.append(f"{name} kommt in „{title}“ null Mal vor und entfällt.")
            elif part.element.id in seen:
                self.noticed.append(f"{name} steht in „{title}“ mehrmals; gefragt wird einmal.")
            else:
                seen.add(part.element.id)
                yield part

    def _group(self, above: Path, part: Structure, group: Group) -> None:
        path = (*above, group.id)
        if not any(True for _ in _fields_in(group)):
            self.noticed.append(f"Die Gruppe {group.id} „{group.common.name}“ hat keine Felder und wird nicht gefragt.")
            return
        inside = tuple(_optional(one) for one in group.parts) if group.art == "X" else group.parts
        about: dict[str, Any] = {"count": often(part)}
        if group.common.help_in.strip():
            about["help"] = brief(group.common.help_in)
        if references := _basis((*part.references, *group.common.references)):
            about["basis"] = references
        if group.art == "X":
            about["exclusive"] = True
            self.choices.append(_one_of(group, path))
        self.lay(path, group.id, called(group.common), inside, **about)

    def _field(self, path: Path, part: Structure, entry: Field) -> list[dict[str, Any]]:
        data, noticed = field_data(part, entry, self.lists)
        self.noticed += noticed
        if data is None:
            return []
        if references := _basis((*part.references, *entry.common.references)):
            data["basis"] = references
        if uri := data.get("code_list"):
            self.used.add(str(uri))
        self.paths.add(".".join((*path, entry.id)))
        return [data]

    def _section(self, path: Path, name: str, title: str, fields: list[dict[str, Any]], about: dict[str, Any]) -> None:
        where = ".".join(path)
        first = where not in self._begun
        if not fields and (not first or not path):
            return
        self._begun.add(where)
        self.paths.add(where)
        section: dict[str, Any] = {"id": self._name(path, name), "path": where, "title": title}
        if first:
            section |= about
        elif path:
            section |= {key: value for key, value in about.items() if key == "basis"}
        filled = {path.rpartition(".")[2] for path in self.preset if path.rpartition(".")[0] == where}
        section["questions"] = _pages(title, fields, filled)
        self.groups.append(section)

    def _name(self, path: Path, name: str) -> str:
        """The id of a section: its group and the one above, so that it is the same wherever else the group occurs.

        What a town says of a section must find it again when a later version of the schema has one more.
        """
        wanted = "_".join(path[-2:]) or name
        wanted = wanted if len(wanted) <= MOST_ID else name[:MOST_ID]
        self._ids[wanted] = self._ids.get(wanted, 0) + 1
        return wanted if self._ids[wanted] == 1 else f"{wanted}_{self._ids[wanted]}"


def _pages(title: str, fields: list[dict[str, Any]], filled: set[str]) -> list[dict[str, Any]]:
    """The fields on pages; a page that asks for one thing is headed by it. Shown texts go with what follows them.

    A page is named after its first field, so that its address stays when the pages before it change.

    `filled`: ids of fields that nobody is asked for.
    """
    if not fields:
        return []
    whole = sum(map(weight, fields))
    room = whole if whole <= ON_ONE_PAGE else -(-whole // -(-whole // PER_PAGE))
    pages: list[list[dict[str, Any]]] = [[]]
    waiting: list[dict[str, Any]] = []  # shown texts, until it is known where what follows them stands
    left = room
    for entry in fields:
        size = weight(entry)
        waiting.append(entry)
        if not size:
            continue
        if size > left and any(weight(one) for one in pages[-1]):
            pages.append([])
            left = room
        pages[-1] += waiting
        waiting = []
        left -= size
    pages[-1] += waiting
    made = []
    for number, page in enumerate(pages, 1):
        asked = [one for one in page if one["id"] not in filled]
        made.append({"id": page[0]["id"], "title": _heading(title, number, len(pages), asked), "fields": page})
    return made


def _heading(title: str, number: int, many: int, page: list[dict[str, Any]]) -> str:
    asked = [entry for entry in page if weight(entry)]
    if len(page) == 1 and asked:
        return str(page[0]["label"])
    return title if many == 1 else f"{title} ({number} von {many})"


def _rule_data(rule: Reading, kept: set[str]) -> dict[str, Any]:
    """A rule for the form; effects on what the form does not ask are left out."""
    effects = [write_effect(one) for one in rule.effects if one.target in kept or one.kind == "valid"]
    data = {"id": rule.id, "version": rule.version, "name": rule.name, "at": rule.at, "text": rule.text}
    return {**data, "status": rule.status, "reason": rule.reason, "effects": effects}


def _one_of(group: Group, path: Path) -> Reading:
    """Of the parts of a group of art X exactly one is given."""
    at = ".".join(path)
    several = tuple(Not(Empty(f"{at}.{id}")) for id in dict.fromkeys(part.element.id for part in group.parts))
    message = "Bitte machen Sie genau eine dieser Angaben."
    effect = Effect("valid", at, Xor(several) if len(several) > 1 else Always(), message)
    return Reading(f"{group.id}_X", group.common.identity.version, at, "Genau eine der Angaben.", "machine", (effect,))


def _optional(part: Structure) -> Structure:
    return Structure(0, part.most, part.element, part.references)


def _fields_in(group: Group) -> Iterable[Field]:
    for part in group.parts:
        if isinstance(part.element, Field):
            yield part.element
        else:
            yield from _fields_in(part.element)


def _basis(references: Iterable[Reference]) -> list[dict[str, str]]:
    """The legal bases, each once; of the links only addresses of the web."""
    found: dict[str, str] = {}
    for one in references:
        text = " ".join(one.text.split())
        if text and not found.get(text):
            found[text] = one.link if one.link.startswith(("https://", "http://")) else ""
    return [{"text": text, "link": link} if link else {"text": text} for text, link in found.items()]
