"""The compact form: written, read again, and refused where it is not what was written."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.codelists.lists import URI, code_list
from stadtamt.forms.codelists import CodeList, CodeListRefused, Entry, from_data, to_data

DAYS = st.none() | st.dates()
ENTRIES = st.builds(
    Entry, st.text(min_size=1, max_size=9), st.text(max_size=30), DAYS, DAYS, st.lists(st.text(max_size=9)).map(tuple)
)
LISTS = st.builds(
    CodeList,
    uri=st.text(min_size=1, max_size=30),
    version=st.text(max_size=9),
    name=st.text(max_size=30),
    agency=st.text(max_size=9),
    valid_from=DAYS,
    valid_to=DAYS,
    entries=st.lists(ENTRIES, max_size=9, unique_by=lambda entry: entry.code).map(tuple),
    source=st.text(max_size=9),
)


def test_a_plain_list_is_its_codes_and_names() -> None:
    data = to_data(code_list())
    assert list(data) == ["uri", "version", "name", "entries"]
    assert data["entries"][0] == ["A1", "Äpfel"]


def test_days_and_other_names_are_there_where_there_are_any() -> None:
    entry = Entry("1", "Entenreich", valid_to=date(1992, 4, 26), also=("Ente",))
    data = to_data(CodeList(URI, "1", valid_from=date(2024, 8, 1), entries=(entry, Entry("2", "x"))))
    assert data["valid"] == ["2024-08-01", ""]
    assert (data["also"], data["periods"]) == ({"1": ["Ente"]}, {"1": ["", "1992-04-26"]})


@given(LISTS)
def test_a_list_written_and_read_is_the_same(listed: CodeList) -> None:
    assert from_data(json.loads(json.dumps(to_data(listed)))) == listed


@pytest.mark.parametrize(
    "wrong",
    [
        {"uri": ""},
        {"uri": 7},
        {"name": "x" * 1_001},
        {"entries": None},
        {"entries": [["1"]]},
        {"entries": [["1", 2]]},
        {"entries": [["", "x"]]},
        {"entries": [["1", "x"], ["1", "y"]]},
        {"entries": [[str(at), "x"] for at in range(60_001)]},
        {"valid": ["gestern", ""]},
        {"valid": ["2024-01-01"]},
        {"also": []},
        {"also": {"A1": "Apfel"}},
        {"periods": {"A1": 7}},
    ],
)
def test_other_data_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(CodeListRefused) as refused:
        from_data(to_data(code_list()) | wrong)
    assert refused.value.sentence


def test_what_is_no_mapping_is_refused() -> None:
    with pytest.raises(CodeListRefused):
        from_data([])
