"""A town's named deviations, put on the author's package. Pure: data in, a package out."""

from stadtamt.packages.overrides.applying import apply
from stadtamt.packages.overrides.errors import Code, OverrideRefused
from stadtamt.packages.overrides.words import same

__all__ = ["Code", "OverrideRefused", "apply", "same"]
