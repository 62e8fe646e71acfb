"""A registry from its first key to the archive in a town's hands."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from packages.trust.samples import AUTHOR, NOW, STRANGER, Place, archive_of, make_place
from stadtamt.packages.archive import unpack
from stadtamt.packages.trust import (
    ROLES,
    Registry,
    RegistryKeys,
    RegistryProblem,
    create,
    problems,
    publish,
    registries,
    registry,
    rotate,
    sign,
    withdraw,
)

SERVICE = "anwohnerparken"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path, archive_of())


def test_a_town_finds_a_service_and_gets_its_archive(place: Place) -> None:
    known = place.known_as("bund")
    assert [hit.entry.service for hit in known.search("PARKAUSWEIS", now=NOW)] == [SERVICE]
    assert [hit.entry.service for hit in known.search("vor tür", now=NOW)] == [SERVICE]
    assert known.search("hund", now=NOW) == []
    assert unpack(known.fetch(SERVICE, now=NOW)).key_id == AUTHOR.key_id


def test_the_newest_version_is_fetched_unless_another_is_named(place: Place) -> None:
    place.publish(archive_of(version="1.10.0"), archive_of(version="1.9.0"))
    known = place.known_as("bund")
    assert known.fetch(SERVICE, now=NOW) == archive_of(version="1.10.0")
    assert known.fetch(SERVICE, "1.0.0", now=NOW) == archive_of()
    assert [hit.entry.version for hit in known.search("", now=NOW)] == ["1.10.0"]
    with pytest.raises(problems.NotListed, match=r"nicht in der Version 2\.0\.0"):
        known.fetch(SERVICE, "2.0.0", now=NOW)
    with pytest.raises(problems.NotListed, match="gibt es im Register nicht"):
        known.fetch("hallen", now=NOW)


def test_what_is_known_is_known_after_a_restart(place: Place) -> None:
    place.known_as("bund")
    assert [one.name for one in registries(place.known)] == ["bund"]
    assert registry(place.known, "bund").fetch(SERVICE, now=NOW) == archive_of()
    with pytest.raises(RegistryProblem, match="hier schon bekannt"):
        place.known_as("bund")
    with pytest.raises(RegistryProblem, match="nicht bekannt"):
        registry(place.known, "land")


def test_the_daily_signature_writes_only_the_timestamp(place: Place) -> None:
    known = place.known_as("bund")
    for day in range(1, 4):
        done = sign(place.folder, place.keys, now=NOW + timedelta(days=day))
        assert done.roles == ["timestamp"]
    assert known.refresh(now=NOW + timedelta(days=16))


def test_signed_every_day_a_registry_lives_for_years(place: Place) -> None:
    known = place.known_as("bund")
    for day in range(0, 800, 5):
        now = NOW + timedelta(days=day)
        assert sign(place.folder, place.keys, now=now).renew_by == now + timedelta(days=14)
        if day % 50 == 0:
            assert known.refresh(now=now).entries
    assert len(list(place.metadata("").glob("*.snapshot.json"))) <= 20


@pytest.mark.parametrize("role", ROLES)
def test_a_key_is_exchanged_and_old_readers_follow(place: Place, role: str) -> None:
    known = place.known_as("bund")
    before = place.keys.signer(role, _trusted(place, role)).public_key.keyid
    rotate(place.folder, place.keys, role, now=NOW)
    assert before not in _trusted(place, role)
    assert known.fetch(SERVICE, now=NOW) == archive_of()
    place.publish(archive_of(version="1.1.0"))
    assert known.fetch(SERVICE, now=NOW) == archive_of(version="1.1.0")
    assert sorted(file.name for file in place.keys.folder.glob("*.json")) == sorted(f"{one}.json" for one in ROLES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", range(6))
def test_an_exchange_that_is_cut_off_anywhere_leaves_a_readable_registry(
    place: Place, role: str, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = place.known_as("bund")
    with monkeypatch.context() as patch:
        _fail_after(patch, step)
        try:
            rotate(place.folder, place.keys, role, now=NOW)
        except KeyboardInterrupt:
            assert known.refresh(now=NOW).entries
    sign(place.folder, place.keys, now=NOW)
    rotate(place.folder, place.keys, role, now=NOW)
    assert known.fetch(SERVICE, now=NOW) == archive_of()


def test_without_the_key_of_the_root_a_registry_lives_on_and_says_when_to_bring_it(place: Place) -> None:
    (place.keys.folder / "root.json").unlink()
    assert sign(place.folder, place.keys, now=NOW).warnings == []
    late = sign(place.folder, place.keys, now=NOW + timedelta(days=300))
    assert late.warnings == [
        "Der Vertrauensanker läuft in 65 Tagen ab: Bitte den Schlüssel „root“ bringen und noch einmal unterschreiben."
    ]


def test_a_service_stays_with_its_author_unless_somebody_says_otherwise(place: Place) -> None:
    with pytest.raises(problems.AuthorChanged, match="--new-author"):
        place.publish(archive_of(version="1.1.0", author=STRANGER))
    publish(place.folder, place.keys, [archive_of(version="1.1.0", author=STRANGER)], now=NOW, new_author=True)
    with pytest.raises(problems.AuthorChanged):
        place.publish(archive_of(version="1.2.0"))
    assert unpack(place.known_as("bund").fetch(SERVICE, now=NOW)).key_id == STRANGER.key_id


def test_a_version_is_published_once(place: Place) -> None:
    place.publish(archive_of())
    with pytest.raises(problems.VersionTaken, match="Version erhöhen"):
        place.publish(archive_of(title="Etwas anderes"))


def test_of_many_archives_all_are_taken_or_none(place: Place) -> None:
    before = place.metadata("timestamp.json").read_bytes()
    with pytest.raises(problems.AuthorChanged):
        place.publish(archive_of("hallen"), archive_of(version="1.1.0", author=STRANGER))
    assert place.metadata("timestamp.json").read_bytes() == before
    assert not (place.folder / "targets" / "hallen").exists()


def test_a_withdrawn_version_is_no_longer_offered(place: Place) -> None:
    place.publish(archive_of(version="1.1.0"))
    withdraw(place.folder, place.keys, SERVICE, "1.1.0", now=NOW)
    assert place.known_as("bund").fetch(SERVICE, now=NOW) == archive_of()


def test_a_folder_that_somebody_changed_is_not_signed_again(place: Place) -> None:
    file = next((place.folder / "targets").rglob("*.leistung"))
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(problems.RegistryTampered, match="nicht neu unterschrieben"):
        sign(place.folder, place.keys, now=NOW)


def test_keys_do_not_lie_where_everybody_can_read(tmp_path: Path) -> None:
    with pytest.raises(RegistryProblem, match="dürfen nicht in dem Ordner liegen"):
        create(tmp_path / "r", RegistryKeys(tmp_path / "r" / "keys"), now=NOW)
    place = make_place(tmp_path / "x")
    assert {file.stat().st_mode & 0o777 for file in place.keys.folder.glob("*.json")} == {0o600}


def test_another_registrys_keys_sign_nothing(place: Place, tmp_path: Path) -> None:
    other = make_place(tmp_path / "other")
    with pytest.raises(problems.NotOurs):
        sign(place.folder, other.keys, now=NOW)


def test_many_readers_at_once_do_not_disturb_each_other(place: Place) -> None:
    known = place.known_as("bund")
    found: list[bytes | Exception] = []

    def read(one: Registry) -> None:
        try:
            found.append(one.fetch(SERVICE, now=NOW))
        except Exception as problem:  # the thread's end must tell
            found.append(problem)

    threads = [threading.Thread(target=read, args=(known,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [archive_of()] * 12


def _trusted(place: Place, role: str) -> list[str]:
    from stadtamt.packages.trust import state

    return list(state.load(place.folder).root.signed.roles[role].keyids)


def _fail_after(patch: pytest.MonkeyPatch, steps: int) -> None:
    """The power fails at the given write of a file."""
    from stadtamt.packages.trust import state

    real, left = state.write_file, [steps]

    def write(file: Path, content: bytes) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        real(file, content)

    patch.setattr(state, "write_file", write)
