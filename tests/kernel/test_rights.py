"""Signing in: password, then a one-time code; every failure counts, and the same sentence for every reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.fernet import InvalidToken
from django.conf import LazySettings

from stadtamt.kernel import clock
from stadtamt.kernel.models import AuditEntry, Municipality, Staff
from stadtamt.kernel.rights import (
    Locked,
    StaffBackend,
    WrongCode,
    WrongPassword,
    actor_for,
    check_code,
    check_password,
    open_secret,
    seal_secret,
)
from stadtamt.kernel.tenancy import within
from support.staff import PASSWORD, SECRET, lay_clerk, present_code


@pytest.fixture
def jana(konstanz: Municipality) -> Staff:
    return lay_clerk(konstanz)


def fail(times: int, username: str = "amt") -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            check_password(username=username, password="falsch")


def test_password_and_code_open_the_door(konstanz: Municipality, jana: Staff) -> None:
    with within(konstanz):
        staff = check_password(username="amt", password=PASSWORD)
        assert check_code(staff_id=str(staff.pk), code=present_code()) == jana
    with within(konstanz):
        entry = AuditEntry.objects.get(action="staff.signed_in")
        assert (entry.actor_id, entry.actor_name) == (str(jana.pk), "Jana Beispiel")


def test_nobody_learns_whether_a_name_exists(konstanz: Municipality, jana: Staff) -> None:
    with within(konstanz):
        with pytest.raises(WrongPassword) as wrong:
            check_password(username="amt", password="falsch")
        with pytest.raises(WrongPassword) as unknown:
            check_password(username="niemand", password=PASSWORD)
    assert wrong.value.sentence == unknown.value.sentence == "Benutzername oder Passwort stimmen nicht."


def test_an_unknown_name_costs_as_much_as_a_wrong_password(
    konstanz: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr("stadtamt.kernel.rights.make_password", lambda password: hashed.append(password) or "")
    with within(konstanz), pytest.raises(WrongPassword):
        check_password(username="niemand", password="geheim")
    assert hashed == ["geheim"]


def test_a_code_works_once(konstanz: Municipality, jana: Staff) -> None:
    with within(konstanz):
        check_code(staff_id=str(jana.pk), code=present_code())
        with pytest.raises(WrongCode):
            check_code(staff_id=str(jana.pk), code=present_code())


def test_an_earlier_code_does_not_work_after_a_later_one(konstanz: Municipality, jana: Staff) -> None:
    with within(konstanz):
        check_code(staff_id=str(jana.pk), code=present_code(1))
        with pytest.raises(WrongCode):
            check_code(staff_id=str(jana.pk), code=present_code(0))


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_a_clock_half_a_minute_off_is_forgiven(konstanz: Municipality, jana: Staff, shift: int) -> None:
    with within(konstanz):
        assert check_code(staff_id=str(jana.pk), code=f" {present_code(shift)[:3]} {present_code(shift)[3:]}") == jana


@pytest.mark.parametrize("code", ["", "000000x", "abcdef", "１２３４５６", "²²²²²²", "9" * 500, "\x00", "-1"])
def test_what_is_no_code_is_refused(konstanz: Municipality, jana: Staff, code: str) -> None:
    with within(konstanz), pytest.raises(WrongCode):
        check_code(staff_id=str(jana.pk), code=code)


@pytest.mark.parametrize("shift", [-2, 2, 100])
def test_an_old_or_future_code_is_refused(konstanz: Municipality, jana: Staff, shift: int) -> None:
    with within(konstanz), pytest.raises(WrongCode):
        check_code(staff_id=str(jana.pk), code=present_code(shift))


def test_five_failures_lock_the_door(konstanz: Municipality, jana: Staff) -> None:
    with within(konstanz):
        fail(5)
        with pytest.raises(Locked) as locked:
            check_password(username="amt", password=PASSWORD)
    assert locked.value.status == 429


def test_four_failures_do_not(konstanz: Municipality, jana: Staff) -> None:
    with within(konstanz):
        fail(4)
        assert check_password(username="amt", password=PASSWORD) == jana


def test_wrong_codes_lock_too_and_count_together_with_wrong_passwords(konstanz: Municipality, jana: Staff) -> None:
    with within(konstanz):
        fail(2)
        for _ in range(3):
            with pytest.raises(WrongCode):
                check_code(staff_id=str(jana.pk), code="000000")
        with pytest.raises(Locked):
            check_code(staff_id=str(jana.pk), code=present_code())
        with pytest.raises(Locked):
            check_password(username="amt", password=PASSWORD)


@pytest.mark.parametrize(("minutes", "free"), [(14, False), (15, True)])
def test_after_fifteen_minutes_the_door_is_free_again(
    konstanz: Municipality, jana: Staff, minutes: int, free: bool
) -> None:
    with within(konstanz):
        fail(5)
        with clock.stopped_at(clock.now() + timedelta(minutes=minutes)):
            if free:
                assert check_password(username="amt", password=PASSWORD) == jana
                return
            with pytest.raises(Locked):
                check_password(username="amt", password=PASSWORD)


def test_a_right_password_alone_does_not_forgive_wrong_codes(konstanz: Municipality, jana: Staff) -> None:
    """Otherwise somebody with the password could try codes for ever."""
    with within(konstanz):
        for _ in range(4):
            check_password(username="amt", password=PASSWORD)
            with pytest.raises(WrongCode):
                check_code(staff_id=str(jana.pk), code="000000")
        check_password(username="amt", password=PASSWORD)
        with pytest.raises(WrongCode):
            check_code(staff_id=str(jana.pk), code="000000")
        with pytest.raises(Locked):
            check_password(username="amt", password=PASSWORD)


def test_a_successful_sign_in_forgets_earlier_failures(konstanz: Municipality, jana: Staff) -> None:
    with within(konstanz):
        fail(4)
        check_code(staff_id=str(jana.pk), code=present_code())
        fail(4)
        assert check_password(username="amt", password=PASSWORD) == jana


def test_every_failure_is_audited(konstanz: Municipality, jana: Staff) -> None:
    with within(konstanz):
        fail(3)
    with within(konstanz):
        assert AuditEntry.objects.filter(action="staff.sign_in_failed", subject_id=str(jana.pk)).count() == 3


def test_who_has_left_cannot_sign_in(konstanz: Municipality, jana: Staff) -> None:
    with within(konstanz):
        Staff.objects.update(is_active=False)
        with pytest.raises(WrongPassword):
            check_password(username="amt", password=PASSWORD)
        assert StaffBackend().get_user(jana.pk) is None


def test_a_clerk_is_nobody_in_the_other_town(konstanz: Municipality, hattenhofen: Municipality, jana: Staff) -> None:
    with within(hattenhofen):
        with pytest.raises(WrongPassword):
            check_password(username="amt", password=PASSWORD)
        assert StaffBackend().get_user(jana.pk) is None


def test_a_clerk_without_a_code_secret_cannot_sign_in(konstanz: Municipality, jana: Staff) -> None:
    with within(konstanz):
        Staff.objects.update(totp_secret=None)
        with pytest.raises(WrongCode):
            check_code(staff_id=str(jana.pk), code=present_code())


def test_secrets_lie_sealed_in_the_database(konstanz: Municipality, jana: Staff) -> None:
    with within(konstanz):
        stored = Staff.objects.get(pk=jana.pk)
        assert SECRET.encode() not in bytes(stored.totp_secret)
        assert PASSWORD not in stored.password
        assert stored.password.startswith("scrypt$")
    assert b"PRIVATE" not in bytes(konstanz.seal_key)


def test_a_sealed_secret_opens_with_the_secret_of_this_installation_only(settings: LazySettings) -> None:
    sealed = seal_secret(b"geheim")
    assert open_secret(sealed) == b"geheim"
    assert seal_secret(b"geheim") != sealed
    settings.SECRET_KEY = "x" * 50
    with pytest.raises(InvalidToken):
        open_secret(sealed)


def test_a_changed_sealed_secret_does_not_open() -> None:
    sealed = bytearray(seal_secret(b"geheim"))
    sealed[20] = ord("A") if sealed[20] != ord("A") else ord("B")
    with pytest.raises(InvalidToken):
        open_secret(bytes(sealed))


def test_the_audit_names_the_person(jana: Staff) -> None:
    actor = actor_for(jana)
    assert (actor.kind, actor.id, actor.name) == ("staff", str(jana.pk), "Jana Beispiel")
