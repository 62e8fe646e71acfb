"""Rows of the floor: the towns, their staff, sessions and audit entries."""

from stadtamt.kernel.models.audit import AuditEntry
from stadtamt.kernel.models.municipality import HostName, Municipality
from stadtamt.kernel.models.staff import Session, Staff

__all__ = ["AuditEntry", "HostName", "Municipality", "Session", "Staff"]
