"""A citizen's phone: walks the form over plain HTTP on this machine, and sends."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit

SERVICE = "hundesteuer-anmelden"
CHECK = "pruefen"
MOST_QUESTIONS = 40
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_REVISION = re.compile(r'name="revision" value="(\d+)"')


class Unanswered(Exception):
    """No usable answer came: the connection broke, or the office said that it cannot now."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Refused(Exception):
    """The office answered, but not what this bench expects: the bench or the product is wrong."""


@dataclass(frozen=True, slots=True)
class Home:
    """A town of the demonstration and an address in it."""

    host: str
    postcode: str
    place: str


HOMES = (
    Home("konstanz.localhost", "78462", "Konstanz"),
    Home("hattenhofen.localhost", "73110", "Hattenhofen"),
    Home("bad-boll.localhost", "73087", "Bad Boll"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """`location` is the path of a redirect, `query` what follows its question mark."""

    status: int
    location: str
    query: str
    text: str


@dataclass(frozen=True, slots=True)
class Ready:
    """An application that is filled in: everything that "send" needs, also when it is sent again."""

    home: Home
    token: str
    revision: str
    csrf: str
    cookies: dict[str, str] = field(default_factory=dict)


def clear_answers(home: Home, today: date) -> dict[str, dict[str, str]]:
    """What a person answers whose case is clear: one ordinary dog, held for a week."""
    since = today - timedelta(days=7)
    return {
        "halter-person": {"halter.vorname": "Anna", "halter.nachname": "Müller", "halter.geburtsdatum": "3.4.1985"},
        "anschrift-wohnung": {
            "anschrift.strasse": "Hafenstraße",
            "anschrift.hausnummer": "7a",
            "anschrift.plz": home.postcode,
            "anschrift.ort": home.place,
            "anschrift.hauptwohnung": "true",
        },
        "kontakt-zustellung": {"kontakt.elektronisch": "true", "kontakt.email": "anna@beispiel.invalid"},
        "hund-rufname": {"hund.name": "Bello"},
        "hund-herkunft": {"hund.mischling": "false", "hund.rasse": "Dackel"},
        "hund-rasseliste": {"hund.liste": "nein"},
        "hund-alter": {"hund.geboren": "1.2.2024"},
        "hund-beginn": {"hund.gehalten_seit": f"{since.day}.{since.month}.{since.year}"},
        "weitere-vorhanden": {"weitere.vorhanden": "false"},
        "besonderes-umstaende": {},
    }


class Phone:
    """One session. Every request has a connection of its own, to 127.0.0.1 only."""

    def __init__(self, port: int, home: Home, *, seconds: float = 10.0, cookies: dict[str, str] | None = None) -> None:
        self.port = port
        self.home = home
        self.seconds = seconds
        self.cookies = dict(cookies or {})

    def request(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        """Unanswered when no whole answer arrives in time."""
        headers = {"Host": f"{self.home.host}:{self.port}"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.seconds)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as problem:
            raise Unanswered(type(problem).__name__) from problem
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        if response.status >= 500:
            raise Unanswered(str(response.status))
        place = urlsplit(response.headers.get("Location", ""))
        return Answer(response.status, place.path, place.query, text)

    def fill_in(self, today: date) -> Ready:
        """Begin an application, answer every question, read the check page."""
        page = self.request("GET", f"/leistung/{SERVICE}/")
        csrf = _found(_CSRF, page)
        answers = clear_answers(self.home, today)
        begun = self._redirected(self.request("POST", f"/leistung/{SERVICE}/beginnen/", {"csrfmiddlewaretoken": csrf}))
        draft_path = begun.location
        token = draft_path.strip("/").rsplit("/", 1)[-1]
        location = self._redirected(self.request("GET", draft_path)).location
        for _ in range(MOST_QUESTIONS):
            question = location.rstrip("/").rsplit("/", 1)[-1]
            if question == CHECK:
                return self.read_check(token)
            if question not in answers:
                raise Refused(f"{self.home.host} asks {question}, which a clear case does not answer.")
            answered = self.request("POST", location, {"csrfmiddlewaretoken": csrf, **answers[question]})
            location = self._redirected(answered).location
        raise Refused("The form does not end.")

    def read_check(self, token: str) -> Ready:
        """Open the page before sending; it carries the revision that is sent."""
        page = self.request("GET", f"/antrag/{token}/{CHECK}/")
        return Ready(self.home, token, _found(_REVISION, page), _found(_CSRF, page), dict(self.cookies))

    def send(self, ready: Ready) -> bool:
        """Press "send". True when it was the first time, False when the office had it already."""
        fields = {"csrfmiddlewaretoken": ready.csrf, "revision": ready.revision}
        answer = self.request("POST", f"/antrag/{ready.token}/{CHECK}/", fields)
        if answer.status != 302 or not answer.location.startswith("/vorgang/"):
            raise Refused(f"Sending was answered with {answer.status} {answer.location}")
        return answer.query == "neu=1"

    @staticmethod
    def _redirected(answer: Answer) -> Answer:
        if answer.status != 302:
            raise Refused(f"A page answered {answer.status}: {answer.text[:300]}")
        return answer


def _found(pattern: re.Pattern[str], page: Answer) -> str:
    found = pattern.search(page.text)
    if page.status != 200 or found is None:
        raise Refused(f"A page answered {page.status} without {pattern.pattern}")
    return found.group(1)
