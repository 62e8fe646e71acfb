"""Who uses which service: a town that agrees says so, and the registry signs it."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from packages.trust.samples import NOW, Place, archive_of, make_place
from stadtamt.packages.trust import Adoption, RegistryServer, adoptions, problems, sign
from stadtamt.packages.trust.serving import NOTES_OF_ONE_SENDER

SERVICE = "anwohnerparken"
KONSTANZ = Adoption("Konstanz", "083350043043", SERVICE, "1.0.0", NOW.date())
KNOWN = {(SERVICE, "1.0.0"), (SERVICE, "1.1.0")}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path, archive_of(), archive_of(version="1.1.0"))


@pytest.fixture
def address(place: Place) -> Iterator[str]:
    with RegistryServer(place.folder, host="127.0.0.1", port=0, now=lambda: NOW) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def ask(address: str, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    host, port = address.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def send(address: str, body: bytes, kind: str = "application/json") -> tuple[int, bytes]:
    return ask(address, "POST", "/adoptions", body, **{"Content-Type": kind})


def test_a_town_is_shown_after_the_next_signature(place: Place) -> None:
    known = place.known_as("bund")
    known.adopt(KONSTANZ, now=NOW)
    assert known.adoptions(SERVICE, now=NOW) == ()
    assert sign(place.folder, place.keys, now=NOW).adoptions == 1
    assert known.adoptions(SERVICE, now=NOW) == (KONSTANZ,)
    assert known.search("park", now=NOW)[0].users == (KONSTANZ,)
    assert list((place.folder / "inbox").glob("*")) == []


def test_over_the_web_it_is_the_same(place: Place, address: str) -> None:
    known = place.known_as("bund", address=address)
    known.adopt(KONSTANZ, now=NOW)
    sign(place.folder, place.keys, now=NOW)
    assert known.adoptions(SERVICE, now=NOW) == (KONSTANZ,)
    assert known.fetch(SERVICE, "1.0.0", now=NOW) == archive_of()


def test_a_town_has_one_row_for_a_service_the_newest() -> None:
    later = replace(KONSTANZ, version="1.1.0", date=NOW.date() + timedelta(days=1))
    other = replace(KONSTANZ, municipality="Aach", ars="083350001001")
    assert adoptions.merged([later], [KONSTANZ, other]) == (other, later)
    assert adoptions.read_published(adoptions.published([other, later])) == (other, later)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ars": "8335"}, "zwölf Ziffern"),
        ({"ars": "٠٨٣٣٥٠٠٤٣٠٤٣"}, "zwölf Ziffern"),
        ({"municipality": ""}, "Name der Kommune"),
        ({"municipality": "x" * 200}, "Name der Kommune"),
        ({"municipality": "Kon\u202estanz"}, "Name der Kommune"),
        ({"service": "../x"}, "nicht lesbar"),
        ({"version": "latest"}, "nicht lesbar"),
        ({"version": "9.9.9"}, "gibt es im Register nicht"),
        ({"date": "2099-01-01"}, "Zukunft"),
        ({"date": "morgen"}, "nicht lesbar"),
        ({"date": 5}, "müssen Texte sein"),
        ({"mail": "x"}, "braucht genau"),
    ],
)
def test_a_note_that_is_not_in_order_is_refused(tmp_path: Path, change: dict[str, Any], sentence: str) -> None:
    note = json.dumps({**json.loads(KONSTANZ.as_json()), **change}).encode()
    with pytest.raises(problems.AdoptionRefused, match=sentence):
        adoptions.receive(tmp_path, note, known=KNOWN, today=NOW.date())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("note", [b"", b"[", b"[" * 1500, b"[]", b"\xff", b"x" * 3000, b'"x"'])
def test_what_is_no_note_is_refused(tmp_path: Path, note: bytes) -> None:
    with pytest.raises(problems.AdoptionRefused):
        adoptions.receive(tmp_path, note, known=KNOWN, today=NOW.date())
    assert list(tmp_path.iterdir()) == []


def test_a_full_inbox_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adoptions, "MAX_WAITING", 1)
    for _ in range(2):  # the same town may correct itself
        adoptions.receive(tmp_path, KONSTANZ.as_json(), known=KNOWN, today=NOW.date())
    with pytest.raises(problems.AdoptionRefused, match="Eingang des Registers ist voll"):
        adoptions.receive(tmp_path, replace(KONSTANZ, ars="0" * 12).as_json(), known=KNOWN, today=NOW.date())


def test_what_somebody_laid_into_the_inbox_is_read_as_hostile(place: Place) -> None:
    inbox = place.folder / "inbox"
    inbox.mkdir()
    (inbox / "a.json").symlink_to("/etc/passwd")
    (inbox / "b.json").write_bytes(b"[" * 100_000)
    (inbox / "c.json").write_bytes(replace(KONSTANZ, service="hallen").as_json())
    (inbox / "d.json").write_bytes(KONSTANZ.as_json())
    assert sign(place.folder, place.keys, now=NOW).adoptions == 1
    assert list(inbox.iterdir()) == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/metadata",
        "/metadata/",
        "/inbox/x.json",
        "/metadata/../inbox/x.json",
        "/metadata/%2e%2e/x",
        "/../keys/root.json",
        "//etc/passwd",
        "/targets/../../etc/passwd",
        "/metadata/timestamp.json?x=1",
        "/metadata/.timestamp.json",
        "/etc/passwd",
        "http://example.org/metadata/timestamp.json",
    ],
)
def test_nothing_but_the_two_folders_is_served(address: str, path: str) -> None:
    assert ask(address, "GET", path)[0] in (400, 404)


def test_links_and_pipes_are_not_served(place: Place, address: str) -> None:
    place.metadata("x.json").symlink_to("/etc/passwd")
    (place.folder / "targets" / "link").symlink_to(place.keys.folder)
    assert ask(address, "GET", "/metadata/x.json")[0] == 404
    assert ask(address, "GET", "/targets/link/root.json")[0] == 404


def test_a_head_has_no_body_and_other_methods_are_refused(address: str) -> None:
    assert ask(address, "HEAD", "/metadata/timestamp.json") == (200, b"")
    assert ask(address, "DELETE", "/metadata/timestamp.json")[0] == 501
    assert ask(address, "POST", "/metadata/timestamp.json", b"x")[0] == 404


def test_a_note_over_the_web_is_bounded_in_every_way(address: str) -> None:
    assert send(address, b"x" * 5000)[0] == 413
    assert send(address, KONSTANZ.as_json(), "text/plain")[0] == 415
    assert send(address, b"{}")[0] == 400
    codes = [send(address, KONSTANZ.as_json())[0] for _ in range(NOTES_OF_ONE_SENDER)]
    assert codes[0] == 202
    assert codes[-1] == 429


def test_a_refusal_over_the_web_is_told_to_the_town(place: Place, address: str) -> None:
    known = place.known_as("bund", address=address)
    with pytest.raises(problems.AdoptionRefused, match="gibt es im Register nicht in dieser Version"):
        known.adopt(replace(KONSTANZ, version="3.0.0"), now=NOW)


def test_who_says_nothing_is_hung_up_on(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stadtamt.packages.trust.serving.WHOLE_SECONDS", 0.3)
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(b"GET /metadata/timestamp.json HTTP/1.1\r\n")
        assert line.recv(100) == b""


def test_the_day_of_a_note_is_a_day() -> None:
    assert adoptions.read_adoption(json.loads(KONSTANZ.as_json()), today=date(2026, 5, 11)) == KONSTANZ
