"""Who may sign in, and how: password, then a one-time code (TOTP, RFC 6238). Every attempt is counted."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any

import pyotp
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from stadtamt.kernel import audit, clock
from stadtamt.kernel.errors import Refusal, TooMany
from stadtamt.kernel.models import Staff

TRIES = 5
PAUSE = timedelta(minutes=15)
CODE_SECONDS = 30


class WrongPassword(Refusal):
    """Benutzername oder Passwort stimmen nicht."""

    status = 403


class WrongCode(Refusal):
    """Dieser Code stimmt nicht oder ist abgelaufen. Bitte geben Sie den Code ein, den Ihre App jetzt zeigt."""

    status = 403


class Locked(TooMany):
    """Das waren zu viele Versuche. Die Anmeldung ist für 15 Minuten gesperrt."""


class StaffBackend(BaseBackend):
    """Finds the signed-in member of staff; signing in itself is the two deeds below."""

    def get_user(self, user_id: Any) -> Staff | None:
        return Staff.objects.filter(pk=user_id, is_active=True).first()


def actor_for(staff: Staff) -> audit.Actor:
    return audit.Actor("staff", str(staff.pk), staff.name)


def check_password(*, username: str, password: str) -> Staff:
    """The first step. A wrong name costs the same time and gets the same answer as a wrong password.

    The count of failures must survive the refusal: the caller catches it and shows it with the form,
    instead of letting the transaction roll back.
    """
    staff = Staff.objects.select_for_update().filter(username=username, is_active=True).first()
    if staff is None:
        make_password(password)
        raise WrongPassword
    _check_not_locked(staff)
    if not staff.check_password(password):
        _count_failure(staff)
        raise WrongPassword
    return staff


def check_code(*, staff_id: str, code: str) -> Staff:
    """The second step: the code of this or the neighbouring half minute, each code once."""
    staff = Staff.objects.select_for_update().filter(pk=staff_id, is_active=True).first()
    if staff is None:
        raise WrongCode
    _check_not_locked(staff)
    step = _matching_step(staff, code.replace(" ", ""))
    if step is None:
        _count_failure(staff)
        raise WrongCode
    staff.totp_last_step = step
    staff.failed_logins = 0
    staff.save(update_fields=["totp_last_step", "failed_logins"])
    audit.record("staff.signed_in", subject=staff, actor=actor_for(staff))
    return staff


def set_totp_secret(staff: Staff, secret: str) -> None:
    """Store the secret (base32) sealed with the installation's secret."""
    staff.totp_secret = _box().encrypt(secret.encode())


def _matching_step(staff: Staff, code: str) -> int | None:
    if not staff.totp_secret or not code.isdigit():
        return None
    totp = pyotp.TOTP(_box().decrypt(bytes(staff.totp_secret)).decode(), interval=CODE_SECONDS)
    present = int(clock.now().timestamp()) // CODE_SECONDS
    for step in (present, present - 1, present + 1):
        if step > staff.totp_last_step and pyotp.utils.strings_equal(totp.generate_otp(step), code):
            return step
    return None


def _check_not_locked(staff: Staff) -> None:
    if staff.locked_until and staff.locked_until > clock.now():
        raise Locked


def _count_failure(staff: Staff) -> None:
    staff.failed_logins += 1
    if staff.failed_logins >= TRIES:
        staff.failed_logins, staff.locked_until = 0, clock.now() + PAUSE
    staff.save(update_fields=["failed_logins", "locked_until"])
    audit.record("staff.sign_in_failed", subject=staff)


def _box() -> Fernet:
    key = hashlib.scrypt(settings.SECRET_KEY.encode(), salt=b"stadtamt sealed secrets", n=2**14, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(key))


def seal_secret(value: bytes) -> bytes:
    """Encrypt a secret for the database with the installation's secret."""
    return _box().encrypt(value)


def open_secret(value: bytes) -> bytes:
    return _box().decrypt(value)
