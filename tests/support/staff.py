"""Members of staff who can sign in, and the signing-in itself."""

from __future__ import annotations

from dataclasses import dataclass

import pyotp
from django.test import Client

from stadtamt.conf import demo
from stadtamt.kernel import clock
from stadtamt.kernel.models import Municipality, Staff
from stadtamt.kernel.models.staff import Role
from stadtamt.kernel.rights import set_totp_secret
from stadtamt.kernel.tenancy import within

PASSWORD = "Ein langes Passwort 7!"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def lay_clerk(
    town: Municipality, *, username: str = demo.CLERK, name: str = "Jana Beispiel", role: Role = Role.CLERK
) -> Staff:
    """A clerk of the town with the password and the code secret above. Not inside the town."""
    with within(town):
        clerk = Staff(username=username, name=name, role=role)
        clerk.set_password(PASSWORD)
        set_totp_secret(clerk, SECRET)
        clerk.save()
    return clerk


def present_code(shift: int = 0) -> str:
    """The one-time code of the standing clock, or of so many half minutes later."""
    return pyotp.TOTP(SECRET).generate_otp(int(clock.now().timestamp()) // 30 + shift)


@dataclass
class Desk:
    """The browser of a clerk, or of the digital officer, signed in."""

    town: Municipality
    host: str = "konstanz.localhost"
    role: Role = Role.CLERK

    def __post_init__(self) -> None:
        name = "lotse" if self.role == Role.OFFICER else demo.CLERK
        self.clerk = lay_clerk(self.town, username=name, role=self.role)
        self.client = Client(headers={"host": self.host})
        self.client.post("/amt/anmelden/", {"username": name, "password": PASSWORD})
        response = self.client.post("/amt/anmelden/code/", {"code": present_code()})
        assert response.status_code == 302, response.content.decode()[:2000]
