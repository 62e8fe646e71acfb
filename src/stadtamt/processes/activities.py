"""What a diagram may name behind ``stadtamt:`` — the one list, for the check of a package. Pure.

The stations register what happens by itself (`ports.activities`); a test holds both against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CITIZEN_LANE = "Bürgerin oder Bürger"


@dataclass(frozen=True, slots=True)
class KnownActivity:
    """`kind` of the place it stands at; `sets` are the process data it leaves behind; `citizen`: not the office's."""

    kind: Literal["service", "user"]
    sets: tuple[str, ...] = ()
    citizen: bool = False


KNOWN: Mapping[str, KnownActivity] = {
    "assess": KnownActivity("service", ("clear", "electronic", "kind")),
    "decide-automatically": KnownActivity("service", ("outcome",)),
    "ask-citizen": KnownActivity("service", ("asked",)),
    "issue-notice": KnownActivity("service"),
    "deliver": KnownActivity("service"),
    "deliver-by-post": KnownActivity("service"),
    "answer": KnownActivity("user", citizen=True),
    "consult": KnownActivity("user", ("agrees",)),
    "decide": KnownActivity("user", ("outcome",)),
    "post-notice": KnownActivity("user"),
    "prepare": KnownActivity("user"),
}
