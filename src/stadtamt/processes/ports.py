"""What the room needs from others: activities, registered by name by the stations that do them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from stadtamt.cases.models import Case
from stadtamt.kernel.registry import Registry

Activity = Callable[[Case, dict[str, Any], datetime], dict[str, Any]]
"""Takes the case, the process data and the time; gives what shall be merged into the process data."""

activities: Registry[Activity] = Registry("activities of a process")

# What people can be asked to do in a diagram; the desk and the portal have a page for each.
USER_TASKS = frozenset({"answer", "consult", "decide", "post-notice", "prepare"})
