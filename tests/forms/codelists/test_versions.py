"""Which version of a list is meant, and which of its entries hold."""

from __future__ import annotations

from datetime import date

from forms.codelists.lists import URI, code_list
from stadtamt.forms.codelists import CodeList, CodeLists, Entry

OLD = code_list("2020", date(2020, 1, 1))
NEW = code_list("2024", date(2024, 8, 1))
LISTS = CodeLists([NEW, OLD])


def found(lists: CodeLists, version: str = "", on: date | None = None) -> tuple[str, bool]:
    result = lists.find(URI, version, on)
    assert result is not None
    return result.code_list.version, result.exact


def test_the_version_asked_for_is_found_whatever_the_day() -> None:
    assert found(LISTS, "2020", date(2026, 1, 1)) == ("2020", True)


def test_instead_of_an_unknown_version_the_one_of_the_day_is_taken() -> None:
    assert found(LISTS, "2019", date(2024, 7, 31)) == ("2020", False)
    assert found(LISTS, "2019", date(2024, 8, 1)) == ("2024", False)


def test_where_none_is_valid_on_the_day_the_newest_is_taken() -> None:
    assert found(LISTS, "2019", date(1999, 1, 1)) == ("2024", False)


def test_a_list_that_has_ended_is_not_valid() -> None:
    ended = code_list("2025", date(2025, 1, 1), date(2025, 6, 30))
    assert found(CodeLists([OLD, ended]), on=date(2025, 6, 30)) == ("2025", True)
    assert found(CodeLists([OLD, ended]), on=date(2025, 7, 1)) == ("2020", True)


def test_without_a_version_the_newest_is_what_was_asked_for() -> None:
    assert found(LISTS) == ("2024", True)


def test_numbers_in_versions_count_as_numbers() -> None:
    assert found(CodeLists([code_list("2.10"), code_list("2.9")])) == ("2.10", True)
    assert [each.version for each in CodeLists([code_list("b"), code_list("1"), code_list("")])] == ["", "1", "b"]


def test_an_unknown_list_is_not_found() -> None:
    assert LISTS.find("urn:elsewhere") is None
    assert LISTS.versions("urn:elsewhere") == ()


def test_of_the_same_version_the_later_one_counts() -> None:
    again = code_list("2024", date(2024, 9, 1))
    assert CodeLists([NEW, again]).versions(URI) == (again,)
    assert len(CodeLists([NEW, again])) == 1


def test_an_entry_holds_from_its_first_to_its_last_day() -> None:
    ended = Entry("1", "Entenreich", date(1950, 1, 1), date(1992, 4, 26))
    after = Entry("2", "Entenland", date(1992, 4, 27))
    states = CodeList(URI, "1", entries=(ended, after))
    assert states.entries_on(date(1992, 4, 26)) == (ended,)
    assert states.entries_on(date(1992, 4, 27)) == (after,)
    assert states.entries_on(date(1949, 12, 31)) == ()


def test_the_day_after_the_last_is_another_day() -> None:
    states = CodeList(URI, "1", entries=(Entry("1", "Entenreich", valid_to=date(1992, 4, 26)),))
    assert states.entries_on(date(1992, 4, 26)) == states.entries
    assert states.entries_on(date(1992, 4, 27)) == ()


def test_days_that_do_not_differ_have_the_same_tuple() -> None:
    """So an index that was built for it is found again."""
    states = CodeList(URI, "1", entries=(Entry("1", "Entenreich", valid_to=date(1992, 4, 26)), Entry("2", "x")))
    assert states.entries_on(date(2020, 1, 1)) is states.entries_on(date(2026, 1, 1))
    assert OLD.entries_on(date(2020, 1, 1)) is OLD.entries


def test_an_entry_that_has_ended_is_still_known_by_its_code() -> None:
    ended = Entry("1", "Entenreich", valid_to=date(1992, 4, 26))
    assert CodeList(URI, "1", entries=(ended,)).entry("1") == ended
    assert CodeList(URI, "1", entries=(ended,)).entry("2") is None


def test_an_entry_for_ever_has_no_day_after() -> None:
    assert CodeList(URI, "1", entries=(Entry("1", "x", valid_to=date.max),)).entries_on(date.max)
