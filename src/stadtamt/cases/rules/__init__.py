"""Pure rules of the case: periods of law and when a letter counts as announced."""

from stadtamt.cases.rules.announcement import Announcement, AnnouncementRule, announce, rules_in_force
from stadtamt.cases.rules.periods import month_end, next_working_day

__all__ = ["Announcement", "AnnouncementRule", "announce", "month_end", "next_working_day", "rules_in_force"]
