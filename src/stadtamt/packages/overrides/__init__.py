"""A town's named deviations, put on the author's package. Pure: data in, a package out."""

from stadtamt.packages.overrides.applying import apply, in_order, put
from stadtamt.packages.overrides.errors import Code, OverrideRefused

__all__ = ["Code", "OverrideRefused", "apply", "in_order", "put"]
