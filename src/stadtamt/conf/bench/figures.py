"""Pure reckoning: percentiles and rates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in milliseconds; all zero when nothing was measured."""

    count: int = 0
    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    longest: float = 0.0
    shortest: float = 0.0

    def as_data(self) -> dict[str, float]:
        return asdict(self)


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: the smallest value that at least `share` (0 to 1) of all values do not exceed."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def spread(seconds: Sequence[float]) -> Spread:
    """Percentiles of durations given in seconds."""
    if not seconds:
        return Spread()
    values = [1000 * value for value in seconds]
    parts = [round(percentile(values, share), 1) for share in (0.5, 0.95, 0.99, 1.0, 0.0)]
    return Spread(len(values), *parts)


def median(seconds: Sequence[float]) -> float:
    """The median in milliseconds, by nearest rank."""
    return round(1000 * percentile(seconds, 0.5), 2)
