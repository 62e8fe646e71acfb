"""YAML from packages: the safe subset, without aliases (which blow up) and without doubled keys (which hide)."""

from __future__ import annotations

import json
from typing import Any

import yaml

from stadtamt.kernel.faults import yaml_fault

MAX_CHARACTERS = 500_000
MAX_DEPTH = 50


class YamlRefused(Exception):
    """Die YAML-Datei kann nicht gelesen werden."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuses doubled keys in JSON."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise YamlRefused("Ein Name kommt zweimal vor.")
    return found


class _StrictLoader(yaml.CSafeLoader):
    """Refuses doubled keys; leaves dates as text, as the form decides what a date is."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise YamlRefused(f"Zeile {key.start_mark.line + 1}: Ein Name darf keine Liste sein.")
            if key.value in seen:
                raise YamlRefused(f"Zeile {key.start_mark.line + 1}: „{key.value}“ kommt zweimal vor.")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(source: str, *, max_characters: int = MAX_CHARACTERS) -> Any:
    """Plain dicts, lists, strings, numbers and booleans. Raises YamlRefused with the line.

    JSON, which is YAML too, is read by its own reader: what machines write is large, and that one is faster.
    """
    if len(source) > max_characters:
        raise YamlRefused("Die Datei ist zu groß.")
    if source.startswith("{"):
        try:
            return json.loads(source, object_pairs_hook=_once)
        except (json.JSONDecodeError, RecursionError):
            pass  # a flow mapping of YAML begins the same way
    try:
        check_structure(source)
        return yaml.load(source, Loader=_StrictLoader)  # noqa: S506  # a subclass of the safe loader
    except (yaml.YAMLError, ValueError, TypeError, KeyError, AttributeError) as problem:
        # Besides YAML's own: the errors of wrongly marked values, such as ``!!int x``.
        mark = getattr(problem, "problem_mark", None)
        line = f"Zeile {mark.line + 1}: " if mark else ""
        raise YamlRefused(f"{line}{yaml_fault(getattr(problem, 'problem', None))}") from problem


def check_structure(source: str) -> None:
    """Raises YamlRefused for aliases and great depth, or YAML's own error.

    A first pass that builds nothing: the loaders follow aliases and any depth before they could be asked.
    """
    depth = 0
    for event in yaml.parse(source, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise YamlRefused(f"Zeile {line}: Verweise (*name) sind nicht erlaubt.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise YamlRefused(f"Zeile {line}: Die Datei ist zu tief verschachtelt.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
