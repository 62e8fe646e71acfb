"""What the doctor looks at in the database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg

from stadtamt.conf.commandline import roles
from stadtamt.conf.commandline.database import APP, set_up, single_address
from stadtamt.conf.commandline.findings import Finding, bad, good, hint
from stadtamt.conf.embedded.binaries import OLDEST

CLOCK_SECONDS = 2.0
SEAL_DAYS = 60

# Must be read before the municipality of a request is known.
DIRECTORIES = ["kernel_hostname"]

UNFENCED = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'municipality_id' AND NOT a.attisdropped
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
AND c.relname <> ALL (%s) ORDER BY 1
"""


def look() -> Iterator[Finding]:
    """Needs the addresses in the environment."""
    try:
        connection = psycopg.connect(os.environ[APP], connect_timeout=10, autocommit=True)
    except psycopg.OperationalError as problem:
        yield bad(
            "Die Datenbank ist nicht erreichbar.",
            f"Bitte STADTAMT_DATABASE_URL prüfen und ob der Server läuft: {str(problem).strip()}",
        )
        return
    with connection:
        yield version(connection.info.server_version // 10_000)
        yield from role(connection)
        yield clock(connection)
        yield fence(connection)
        yield audit(connection)
    yield from django_state()


def version(major: int) -> Finding:
    if major < OLDEST:
        return bad(f"PostgreSQL {major} ist zu alt.", f"Stadtamt braucht mindestens Version {OLDEST}.")
    return good(f"Die Datenbank antwortet: PostgreSQL {major}")


def role(connection: psycopg.Connection) -> Iterator[Finding]:
    found = roles.objections(connection, single_address=single_address())
    for sentence in found:
        yield bad(sentence, "Bitte eine eigene Rolle für die Anwendung anlegen, siehe docs/operations/index.md.")
    if single_address():
        yield hint(
            "Anwendung und Umbau der Tabellen benutzen dieselbe Datenbankrolle; sie könnte das Protokoll verändern.",
            "Bitte STADTAMT_DATABASE_OWNER_URL mit einer eigenen Rolle setzen, siehe docs/operations/index.md.",
        )
    elif not found:
        yield good("Die Datenbankrolle der Anwendung darf nur, was sie muss.")


def clock(connection: psycopg.Connection) -> Finding:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None  # noqa: S101  SELECT without FROM has one row
    apart = abs((datetime.now(UTC) - row[0]).total_seconds())
    if apart > CLOCK_SECONDS:
        return bad(
            f"Die Uhren von Rechner und Datenbank gehen {apart:.0f} Sekunden auseinander.",
            "Bitte auf beiden die Zeitabgleichung einschalten: timedatectl set-ntp true",
        )
    return good("Die Uhren von Rechner und Datenbank gehen gleich.")


def fence(connection: psycopg.Connection) -> Finding:
    tables = [row[0] for row in connection.execute(UNFENCED, [DIRECTORIES])]
    if tables:
        return bad(
            f"Tabellen ohne Trennung der Kommunen (row-level security): {', '.join(tables)}.",
            "Bitte stadtamt migrate ausführen; bleibt es dabei, ist es ein Fehler im Programm.",
        )
    return good("Jede Tabelle einer Kommune ist in der Datenbank getrennt.")


def audit(connection: psycopg.Connection) -> Finding:
    row = connection.execute(
        "SELECT has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE')"
        " OR has_table_privilege(c.oid, 'TRUNCATE') FROM pg_class c WHERE c.oid = to_regclass(%s)",
        [f"public.{roles.AUDIT_TABLE}"],
    ).fetchone()
    if row is None:
        return bad("Das Protokoll hat noch keine Tabelle.", "Bitte stadtamt migrate ausführen.")
    if row[0] and not single_address():
        return bad("Die Anwendung könnte Einträge des Protokolls ändern.", "Bitte stadtamt migrate ausführen.")
    if row[0]:
        return hint("Das Protokoll ist nur durch seine Prüfsummen geschützt.", "Siehe den Hinweis zur Datenbankrolle.")
    return good("Das Protokoll lässt sich nur verlängern, nicht ändern.")


def django_state() -> Iterator[Finding]:
    """What only the program's own tables can tell."""
    set_up()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield bad(
            f"Die Datenbank ist älter als das Programm: {len(waiting)} Umbauten fehlen.",
            "Bitte stadtamt migrate ausführen.",
        )
        return
    yield good("Die Tabellen passen zu dieser Version.")
    yield from seals(datetime.now(UTC))
    yield from queue()


def seals(now: datetime) -> Iterator[Finding]:
    """Every town needs a certificate for its notices that is not about to end."""
    from cryptography.x509 import load_der_x509_certificate

    from stadtamt.kernel.models import Municipality
    from stadtamt.notices.credentials import credentials_of

    for town in Municipality.objects.order_by("name"):
        if not town.seal_key:
            yield bad(f"{town.name} hat kein Siegel; Bescheide lassen sich nicht erteilen.", "Bitte eines hinterlegen.")
            continue
        try:
            end = load_der_x509_certificate(credentials_of(town).certificate).not_valid_after_utc
        except Exception as problem:  # whatever is wrong with it, the doctor goes on
            yield bad(f"Das Siegel von {town.name} lässt sich nicht öffnen.", f"Stimmt secret.key? ({problem!r})")
            continue
        days = (end - now).days
        if days < 0:
            yield bad(f"Das Siegel von {town.name} ist abgelaufen.", "Bitte ein neues Zertifikat hinterlegen.")
        elif days < SEAL_DAYS:
            yield hint(f"Das Siegel von {town.name} läuft in {days} Tagen ab.", "Bitte ein neues beantragen.")
        else:
            yield good(f"Das Siegel von {town.name} gilt bis {end:%d.%m.%Y}.")


def queue() -> Iterator[Finding]:
    """Jobs that were given up."""
    from stadtamt.kernel import jobs

    failed = jobs.queue_counts().get("failed", 0)
    if failed:
        yield hint(
            f"{failed} Hintergrundaufträge sind endgültig gescheitert.",
            "Bitte die Meldungen des Prozesses »worker« ansehen.",
        )
    else:
        yield good("Kein Hintergrundauftrag ist gescheitert.")
