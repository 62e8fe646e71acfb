"""Reads the environment and fails loudly: a value that cannot be used stops the start with a sentence."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class EnvironmentProblem(Exception):
    """A setting from the environment cannot be used."""


def env_text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def env_path(name: str, default: Path) -> Path:
    return Path(os.environ[name]).expanduser().resolve() if os.environ.get(name) else default


def env_list(name: str, default: list[str]) -> list[str]:
    """Values separated by commas."""
    text = os.environ.get(name)
    return default if text is None else [part.strip() for part in text.split(",") if part.strip()]


def env_bool(name: str, *, default: bool) -> bool:
    """``1`` or ``0``; anything else is refused, so that a typing error does not switch off a protection."""
    text = os.environ.get(name)
    if text is None or text == "":
        return default
    if text not in {"0", "1"}:
        raise EnvironmentProblem(f"{name} must be 0 or 1, not {text!r}.")
    return text == "1"


def env_secret(name: str, file: Path) -> str:
    """The secret from the environment, else from the file; a missing file is made with a random secret.

    There is no default secret in the code, so no two installations can share one.
    """
    if os.environ.get(name):
        return _long_enough(os.environ[name], name)
    try:
        return _long_enough(file.read_text().strip(), str(file))
    except FileNotFoundError:
        pass
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = secrets.token_urlsafe(48)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _long_enough(file.read_text().strip(), str(file))
    with os.fdopen(handle, "w") as stream:
        stream.write(fresh)
    return fresh


def _long_enough(secret: str, source: str) -> str:
    if len(secret) < 32:
        raise EnvironmentProblem(f"The secret in {source} is too short: it needs at least 32 characters.")
    return secret


def database_from_url(url: str) -> dict[str, Any]:
    """Django's settings for ``postgresql://user:password@host:port/name?host=/socket/folder``."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise EnvironmentProblem(f"The database address must begin with postgresql://, not {parts.scheme}://.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "stadtamt",
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {**query, "pool": False},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Transaction-mode poolers keep no cursor and no prepared statement between two transactions.
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
