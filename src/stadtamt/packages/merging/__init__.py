"""An author's next version under a town's layer: a three-way merge. Pure: data in, data out; nothing is stored here."""

from stadtamt.packages.merging.changes import changes_between
from stadtamt.packages.merging.merge import merge
from stadtamt.packages.merging.result import Change, Conflict, Merge

__all__ = ["Change", "Conflict", "Merge", "changes_between", "merge"]
