"""What is known before an officer types anything: from the package in force, its sisters, the town, an example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.parameters import Parameter, misfit
from stadtamt.web.desk.offering.fields import Typed, typed_of

# Words every package asks for in the same way, whatever it is about.
TOWN = ("municipality_name", "place", "postcodes", "objection_body")


@dataclass(slots=True)
class Known:
    """Values by parameter, where each comes from (the town's paragraph), and in words for the officer."""

    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)

    def take(self, parameter: Parameter, layer: Layer, origin: str) -> None:
        """What the layer says of the parameter, unless it is known already or does not fit here."""
        value = layer.values.get(parameter.key)
        if parameter.key in self.values or value is None or misfit(parameter, value):
            return
        self.values[parameter.key] = value
        self.sources[parameter.key] = layer.sources.get(parameter.key, "")
        if origin:
            self.origins[parameter.key] = origin


@dataclass(frozen=True, slots=True)
class Beside:
    """Another package of the town: its title, whether it is of the same matter, and the town's layer over it."""

    title: str
    same_matter: bool
    layer: Layer


def known_before(
    parameters: Iterable[Parameter],
    *,
    own: Layer | None,
    beside: Iterable[Beside] = (),
    town: Mapping[str, Any],
    example: tuple[str, Layer] | None = None,
) -> Known:
    """Everything known of the parameters; what is nearest to the town counts. `town`: what the office knows."""
    known, others = Known(), list(beside)
    for parameter in parameters:
        if own is not None:
            known.take(parameter, own, "")
        for other in others:
            # The paragraph of another bylaw says nothing here.
            layer = other.layer if other.same_matter else Layer(values=other.layer.values)
            if other.same_matter or parameter.key in TOWN:
                known.take(parameter, layer, f"Übernommen aus „{other.title}“.")
        known.take(parameter, Layer(values=town), "Aus den Angaben Ihrer Gemeinde.")
        if example is not None and parameter.key not in TOWN:
            known.take(parameter, example[1], f"Wie {example[0]}. Bitte mit Ihrer Satzung vergleichen.")
    return known


def typed_from(parameters: Iterable[Parameter], known: Known) -> dict[str, list[str]]:
    """The page filled in with what is known, and with the author's defaults."""
    typed: dict[str, list[str]] = {}
    for parameter in parameters:
        default = None if parameter.required else parameter.default
        value = known.values.get(parameter.key, default)
        typed |= typed_of(parameter, value, known.sources.get(parameter.key, ""))
    return typed


def brought_up(parameters: Iterable[Parameter], typed: Typed, before: Layer, present: Layer) -> dict[str, list[str]]:
    """The page after others changed what is in force: what nobody typed anew on it says what holds now."""
    page = dict(typed)
    for parameter in parameters:
        default = None if parameter.required else parameter.default
        then, now = (
            typed_of(parameter, layer.values.get(parameter.key, default), layer.sources.get(parameter.key, ""))
            for layer in (before, present)
        )
        source = f"s.{parameter.key}"
        place = f"p.{parameter.key}"
        rows = (f"{place}.", f"n.{parameter.key}")
        on_page = {key for key in page if key == place or key.startswith(rows)}
        if {key: page[key] for key in on_page} == {key: value for key, value in then.items() if key != source}:
            page = {key: value for key, value in page.items() if key not in on_page}
            page |= {key: value for key, value in now.items() if key != source}
        if page.get(source, [""]) == then[source]:
            page[source] = now[source]
    return page


def with_example(
    parameters: Iterable[Parameter], typed: Typed, name: str, layer: Layer
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The page with an example town's figures where nothing was typed yet, and the origins of what was taken."""
    filled, origins = dict(typed), dict[str, str]()
    for parameter in parameters:
        default = typed_of(parameter, None if parameter.required else parameter.default)
        now = {key: typed.get(key, [""]) for key in default}
        if parameter.key in TOWN or now != default:
            continue
        if parameter.type in {"text", "list"} and name in str(layer.values.get(parameter.key)):
            continue  # the other town's name must not get into this one's letters
        known = Known()
        known.take(parameter, layer, f"Wie {name}. Bitte mit Ihrer Satzung vergleichen.")
        if known.values and known.values[parameter.key] != parameter.default:
            filled |= typed_of(parameter, known.values[parameter.key], known.sources[parameter.key])
            origins |= known.origins
    return filled, origins
