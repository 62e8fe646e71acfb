"""The small parts of the floor: identifiers, codes, money, dates, the clock, the registry."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtamt.kernel import clock
from stadtamt.kernel.dates import long_date, moment, short_date, with_dates
from stadtamt.kernel.errors import Conflict, NotFound, Refusal
from stadtamt.kernel.ids import new_id, readable_code
from stadtamt.kernel.money import euros
from stadtamt.kernel.registry import Registry, RegistryProblem
from stadtamt.kernel.tokens import as_issued, digest, new_token


def test_keys_sort_by_the_time_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = []
    for millisecond in (1, 2, 3_000, 1_800_000_000_000):
        monkeypatch.setattr("time.time_ns", lambda at=millisecond: at * 1_000_000)
        keys.append(new_id())
    assert keys == sorted(keys)
    assert [key.int >> 80 for key in keys] == [1, 2, 3_000, 1_800_000_000_000]


def test_a_key_is_a_uuid_of_version_7() -> None:
    keys = {new_id() for _ in range(500)}
    assert len(keys) == 500
    assert {(key.version, key.variant) for key in keys} == {(7, "specified in RFC 4122")}


def test_a_code_has_no_signs_that_are_misread() -> None:
    code = readable_code(groups=200, length=4)
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){199}[0-9A-HJKMNP-TV-Z]{4}", code)


def test_a_token_has_a_hundred_bits() -> None:
    token = new_token()
    assert len(token.replace("-", "")) * 5 == 100
    assert token != new_token()


def test_a_code_typed_from_paper_becomes_the_code_that_was_given() -> None:
    for typed in ("4f7k 2m9x oalb 7yq3 kd5e", "4F7K2M9XOALB7YQ3KD5E", "4F7K-2M9X-0A1B-7YQ3-KD5E"):
        assert as_issued(typed) == "4F7K-2M9X-0A1B-7YQ3-KD5E"


@pytest.mark.parametrize(
    "written",
    [
        "4f7k-2m9x-0a1b-7yq3-kd5e",
        "4F7K2M9X0A1B7YQ3KD5E",
        " 4F7K 2M9X 0A1B 7YQ3 KD5E ",
        "4F7K-2M9X-OAIB-7YQ3-KD5E",
        "4F7K-2M9X-oalb-7YQ3-KD5E",
        "4F7K–2M9X–0A1B–7YQ3–KD5E",
    ],
)
def test_a_token_copied_from_paper_is_the_same(written: str) -> None:
    assert digest(written) == digest("4F7K-2M9X-0A1B-7YQ3-KD5E")


def test_another_token_is_another() -> None:
    assert digest("4F7K-2M9X-0A1B-7YQ3-KD5E") != digest("4F7K-2M9X-0A1B-7YQ3-KD5F")
    assert "4F7K" not in digest("4F7K-2M9X-0A1B-7YQ3-KD5E")


@given(st.text())
def test_anything_may_be_entered_as_a_token(text: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", digest(text))


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "0,00"),
        (5, "0,05"),
        (6750, "67,50"),
        (-6750, "-67,50"),
        (-5, "-0,05"),
        (100_000, "1.000,00"),
        (123_456_789, "1.234.567,89"),
    ],
)
def test_money_is_written_as_in_a_letter(cents: int, words: str) -> None:
    assert euros(cents) == f"{words}\N{NO-BREAK SPACE}€"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_no_cent_is_lost_in_writing(cents: int) -> None:
    digits = euros(cents).removesuffix("\N{NO-BREAK SPACE}€").replace(".", "").replace(",", "")
    assert int(digits) == cents


def test_dates_are_written_as_people_do() -> None:
    assert long_date(date(2026, 5, 9)) == "9. Mai 2026"
    assert short_date(date(2026, 5, 9)) == "09.05.2026"


@pytest.mark.parametrize(
    ("utc", "words"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29. März 2026, 01:59 Uhr"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29. März 2026, 03:00 Uhr"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25. Oktober 2026, 02:30 Uhr"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25. Oktober 2026, 02:30 Uhr"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "1. Januar 2027, 00:30 Uhr"),
    ],
)
def test_a_moment_is_shown_in_legal_time(utc: datetime, words: str) -> None:
    assert moment(utc) == words


def test_days_in_plain_data_become_dates_again() -> None:
    data = {"a": "2026-05-09", "b": ["2026-05-09", {"c": "9. Mai"}], "d": 1, "e": None, "f": "x 2026-05-09"}
    day = date(2026, 5, 9)
    assert with_dates(data) == {"a": day, "b": [day, {"c": "9. Mai"}], "d": 1, "e": None, "f": "x 2026-05-09"}


def test_a_day_that_does_not_exist_stays_text() -> None:
    assert with_dates({"a": "2026-13-45", "b": "0000-00-00"}) == {"a": "2026-13-45", "b": "0000-00-00"}


def test_the_day_changes_at_midnight_of_legal_time() -> None:
    with clock.stopped_at(datetime(2026, 7, 1, 21, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)
    with clock.stopped_at(datetime(2026, 7, 1, 22, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 2)


def test_the_clock_runs_unless_it_is_stopped() -> None:
    stopped = clock.now()
    assert stopped == datetime(2026, 5, 11, 8, 0, tzinfo=UTC)
    with clock.stopped_at(stopped + timedelta(days=1)):
        assert clock.now() == stopped + timedelta(days=1)
    assert clock.now() == stopped


def test_a_name_is_registered_once() -> None:
    registry: Registry[int] = Registry("tests")
    registry.register("one", 1)
    with pytest.raises(RegistryProblem, match="twice"):
        registry.register("one", 2)
    assert registry.get("one") == 1
    assert list(registry) == ["one"]


def test_a_name_nobody_registered_is_a_problem() -> None:
    with pytest.raises(RegistryProblem, match="'two'"):
        Registry[int]("tests").get("two")


def test_a_refusal_speaks_its_docstring() -> None:
    assert NotFound().sentence == "Diese Seite gibt es nicht. Vielleicht ist der Link unvollständig."
    assert Conflict("Genauer gesagt.").sentence == "Genauer gesagt."


def _refusals(base: type[Refusal]) -> list[type[Refusal]]:
    return [each for sub in base.__subclasses__() for each in (sub, *_refusals(sub))]


def test_every_refusal_speaks_a_german_sentence() -> None:
    import stadtamt.conf.urls  # noqa: F401  # loads every face, and with it every refusal

    refusals = [refusal for refusal in _refusals(Refusal) if refusal.__module__.startswith("stadtamt")]
    assert len(refusals) > 20
    for refusal in refusals:
        sentence = (refusal.__doc__ or "").strip().splitlines()[0]
        assert re.fullmatch(r"[A-ZÄÖÜ].*[.!?]", sentence), refusal
        assert 400 <= refusal.status <= 503
