"""Fixtures of the kernel's tests."""

from support.database import admin

__all__ = ["admin"]
