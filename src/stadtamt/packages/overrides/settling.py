"""What an author or a town settles about a form that was made of a data schema: rules nobody could read, fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stadtamt.forms.conditions import Effect, NotationRefused, read_effect, write_effect
from stadtamt.forms.schema.paths import within
from stadtamt.forms.schema.reader import RESERVED
from stadtamt.packages.format.form_tree import Data, entries, field_path, fields_in, paths_in
from stadtamt.packages.format.layer import Override
from stadtamt.packages.format.parameters import plain
from stadtamt.packages.overrides.errors import OverrideRefused, check_keys
from stadtamt.packages.overrides.words import same

FORMATS = ("email", "postcode", "name")
_TEXTS = frozenset({"text", "text_latin", *FORMATS})


def rule(form: Any, override: Override, like: str) -> None:
    """A rule of the form as somebody read it: with these effects, or that nothing follows from it for the form."""
    data = override.data
    check_keys(override, {"rule", "at", "decision", "effects", "reason", "was"})
    found = rule_in(form, data)
    if found is None:
        raise OverrideRefused(override, "gone", f"Die Regel „{data.get('rule')}“ gibt es an dieser Stelle nicht.")
    decision, effects, reason = data.get("decision"), data.get("effects", []), data.get("reason", "")
    if decision not in ("machine", "none") or not isinstance(effects, list | tuple) or not isinstance(reason, str):
        raise OverrideRefused(override, "wrong", "„decision“ ist machine (mit „effects“) oder none (mit „reason“).")
    if (decision == "machine") != bool(effects) or (decision == "none" and not reason.strip()):
        wanted = "„machine“ braucht „effects“" if decision == "machine" else "„none“ braucht „reason“, keine „effects“"
        raise OverrideRefused(override, "wrong", f"Die Entscheidung {wanted}.")
    text = str(found.get("text", ""))
    if "was" in data and not _was_seen(str(data["was"]), text):
        raise OverrideRefused(override, "differs", f"Die Regel „{data.get('rule')}“ lautet inzwischen: „{text}“")
    read = [_effect(override, one) for one in effects]
    _check_paths(override, read, paths_in(form))
    settled = {"status": "machine", "effects": [plain(write_effect(one)) for one in read], "reason": reason.strip()}
    found |= settled


def field(form: Any, override: Override, like: str) -> None:
    """What a data schema does not say of a field: why it is asked, what a browser fills in, which form it has."""
    check_keys(override, {"field", "purpose", "autocomplete", "format"})
    path, given = str(override.data.get("field", "")), {key: v for key, v in override.data.items() if key != "field"}
    if not given or not all(isinstance(value, str) and value.strip() for value in given.values()):
        raise OverrideRefused(
            override, "wrong", "„field“ braucht dazu purpose, autocomplete oder format, jeweils Text."
        )
    entry = next((one for group, _, one in fields_in(form) if field_path(group, one) == path), None)
    if entry is None:
        raise OverrideRefused(override, "gone", f"Das Feld „{path}“ gibt es im Formular nicht.")
    wanted = given.pop("format", None)
    if wanted is not None:
        if wanted not in FORMATS or entry.get("type") not in _TEXTS:
            raise OverrideRefused(override, "wrong", f"„format“ gibt es nur für Textfelder: {', '.join(FORMATS)}.")
        entry["type"] = wanted
    entry |= given


def rule_in(form: Any, data: Any) -> Data | None:
    """The rule that is meant, by its id and the path at which it stands."""
    at = str(data.get("at", ""))
    named = [one for one in entries(form, "rules") if one.get("id") == data.get("rule")]
    return next((one for one in named if str(one.get("at") or "") == at), None)


def _was_seen(seen: str, text: str) -> bool:
    """Whether the rule is still as it was seen, or begins so where that ends in „…“. Line breaks do not count."""
    begin = seen.removesuffix("…").split()
    return same(seen, text) or (seen.endswith("…") and bool(begin) and text.split()[: len(begin)] == begin)


def _effect(override: Override, data: Any) -> Effect:
    try:
        return read_effect(data)
    except NotationRefused as problem:
        raise OverrideRefused(override, "wrong", str(problem)) from problem


def _check_paths(override: Override, effects: Iterable[Effect], known: set[str]) -> None:
    """Every effect speaks of what the form asks, and looks at that only."""
    for effect in effects:
        looked = {".".join(path) for path in effect.condition.paths if path[0] not in RESERVED}
        for path in sorted({effect.target, *looked}):
            if not any(within(one, path) for one in known):
                raise OverrideRefused(override, "names", f"Die Regel verwendet „{path}“; das gibt es nicht.")
