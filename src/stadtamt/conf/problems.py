"""The base of everything that ends a command with one sentence."""

from __future__ import annotations


class Problem(Exception):
    """Der Befehl kann nicht ausgeführt werden."""
