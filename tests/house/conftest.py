"""Fixtures of the house tests."""

from support.database import admin

__all__ = ["admin"]
