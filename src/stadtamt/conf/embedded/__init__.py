"""A PostgreSQL of our own inside the data folder, so that one command is enough to try and to run Stadtamt."""

from stadtamt.conf.embedded.binaries import find_binaries
from stadtamt.conf.embedded.errors import AlreadyRunning, PostgresProblem
from stadtamt.conf.embedded.server import EmbeddedPostgres

__all__ = ["AlreadyRunning", "EmbeddedPostgres", "PostgresProblem", "find_binaries"]
