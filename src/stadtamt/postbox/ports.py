"""What the room needs from outside: somebody who carries a mail."""

from __future__ import annotations

from collections.abc import Callable

from stadtamt.kernel.registry import Registry

MailCarrier = Callable[[str, str, str, str], None]
"""Takes recipient, subject, text and a key that makes a repetition recognisable; raises when it could not send."""

carriers: Registry[MailCarrier] = Registry("carriers of notifications")
