"""The floor under a case: its bare SQL, one letter set, one seal made; what no architecture could save.

The statements are recorded once, in this process, while one case goes its whole way, and replayed as they are over
one raw psycopg connection with the same transactions and real commits. Every run happens in a fresh copy of the same
database (CREATE DATABASE … TEMPLATE), so that every id is still free and every COMMIT really writes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from django.db import connection, connections
from django.test import Client
from psycopg import sql

from stadtamt.conf.bench.figures import median
from stadtamt.conf.bench.phone import HOMES, SERVICE, Refused, clear_answers
from stadtamt.conf.bench.recording import Script, recording, replay
from stadtamt.conf.embedded import EmbeddedPostgres
from stadtamt.kernel import clock, jobs, tenancy
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.notices.credentials import credentials_of
from stadtamt.notices.models import LetterTemplate, Notice
from stadtamt.notices.queries import letter_of
from stadtamt.notices.rendering import DEFAULT_ARRANGEMENT, Attachment, render_pdf
from stadtamt.notices.seal import seal_pdf

PRODUCT, BEFORE, TRIAL = "stadtamt", "bench_before", "bench_trial"
MOST_JOBS = 10
LAST_JOB = "postbox.deliver_notice"  # with its commit the notice lies in the postbox; the mail comes after
# What the queue itself asks for each job; the worker sends it over its own connection.
FETCH = "SELECT id, task_name, args FROM procrastinate_fetch_job_v2(NULL::varchar[], %s)"
FINISH = "SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)"


@dataclass(frozen=True, slots=True)
class Floor:
    """Medians in milliseconds, and the sum of the fastest.

    `parts` and `stage_ms` tell how many statements and how long in one plain process.
    """

    sql_ms: float
    letter_ms: float
    seal_ms: float
    fastest_ms: float
    statements: int
    commits: int
    parts: dict[str, int]
    stage_ms: dict[str, float]

    @property
    def total_ms(self) -> float:
        return round(self.sql_ms + self.letter_ms + self.seal_ms, 2)


def measure_floor(server: EmbeddedPostgres, *, runs: int, today: date) -> Floor:
    """Needs Django set up, and nobody else connected to the product's database."""
    connections.close_all()
    _copy(server, PRODUCT, BEFORE)
    script = Script()
    try:
        with _django_on(BEFORE):
            token, revision = _fill_in(today)
        _copy(server, BEFORE, TRIAL)
        with _django_on(TRIAL):
            for attempt in range(2):  # the first warms this process up and is thrown away
                script = Script()
                _go_through(script, token, revision)
                letters, seals = _letter_and_seal(runs if attempt else 1)
                connection.close()
                if not attempt:
                    _copy(server, BEFORE, TRIAL)
        durations = [_replay_once(server, script) for _ in range(runs)]
    finally:
        connections.close_all()
        for name in (TRIAL, BEFORE):
            _drop(server, name)
    stages = {name: round(1000 * seconds, 1) for name, seconds in script.seconds.items()}
    fastest = round(1000 * sum(min(each) for each in (durations, letters, seals)), 2)
    medians = median(durations), median(letters), median(seals)
    return Floor(*medians, fastest, script.statements, script.commits, script.parts, stages)


def _fill_in(today: date) -> tuple[str, str]:
    home = HOMES[0]
    client = Client(headers={"host": home.host})
    place = client.post(f"/leistung/{SERVICE}/beginnen/")["Location"]
    token = place.strip("/").rsplit("/", 1)[-1]
    answers = clear_answers(home, today)
    place = client.get(place)["Location"]
    while not place.endswith("/pruefen/"):
        question = place.rstrip("/").rsplit("/", 1)[-1]
        place = client.post(place, answers[question])["Location"]
    from stadtamt.forms.queries import draft_by_token

    with within(Municipality.objects.get(hosts__host=home.host)):
        return token, str(draft_by_token(token).revision)


def _go_through(script: Script, token: str, revision: str) -> None:
    """Send the application and work off its jobs, in this process, as web server and worker do."""
    client = Client(headers={"host": HOMES[0].host})
    Municipality.objects.count()  # the connection exists before anything is measured
    with recording(script) as stage:
        with stage("Absenden"):
            response = client.post(f"/antrag/{token}/pruefen/", {"revision": revision})
        if response.status_code != 302:
            raise Refused(f"Sending was answered with {response.status_code}.")
        for _ in range(MOST_JOBS):
            job = _ask_queue(FETCH, None)
            if job is None or job[0] is None:
                break
            identity, name, arguments = job
            with stage(name):
                jobs.run_by_name(name, json.loads(arguments) if isinstance(arguments, str) else arguments)
                if name == LAST_JOB:
                    return
                _ask_queue(FINISH, identity)
    raise Refused("The case came to no delivery.")


def _ask_queue(query: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchone()


def _letter_and_seal(runs: int) -> tuple[list[float], list[float]]:
    """Set and seal the letter of the recorded case again and again; seconds."""
    letters, seals = [], []
    town = Municipality.objects.get(hosts__host=HOMES[0].host)
    with within(town):
        notice = Notice.objects.select_related("decision__case__service").get()
        letter, decision = letter_of(notice), notice.decision
        template = LetterTemplate.objects.filter(key=decision.case.package).order_by("order").first()
        arrangement = (template.arrangement if template else "") or DEFAULT_ARRANGEMENT
        computation = json.dumps(decision.assessment, ensure_ascii=False, indent=1).encode()
        attachment = Attachment("berechnung.json", computation, "application/json", "Berechnung in Maschinenform")
        seal = credentials_of(tenancy.current())
    for _ in range(runs):
        start = time.perf_counter()
        pdf = render_pdf(letter=letter, arrangement=arrangement, attachments=[attachment], when=clock.now())
        middle = time.perf_counter()
        seal_pdf(pdf=pdf, credentials=seal, reason="Bescheid", when=clock.now())
        letters.append(middle - start)
        seals.append(time.perf_counter() - middle)
    return letters, seals


def _replay_once(server: EmbeddedPostgres, script: Script) -> float:
    _copy(server, BEFORE, TRIAL)
    with psycopg.connect(server.url(role="app", database=TRIAL)) as raw:
        replay(script, raw, commit=False)
        # The rolled-back trial has used up job numbers; sequences do not roll back.
        with psycopg.connect(server.url(role="admin", database=TRIAL), autocommit=True) as admin:
            _reset_sequences(admin, server)
        return replay(script, raw)


def _reset_sequences(admin: psycopg.Connection, server: EmbeddedPostgres) -> None:
    query = "SELECT schemaname, sequencename, last_value FROM pg_sequences"
    with psycopg.connect(server.url(role="admin", database=BEFORE)) as before:
        rows = before.execute(query).fetchall()
    for schema, name, value in rows:
        place = f'"{schema}"."{name}"'
        admin.execute("SELECT setval(%s, %s, %s)", [place, value or 1, value is not None])


@contextmanager
def _django_on(name: str) -> Iterator[None]:
    """Point this process's Django at another database of the server."""
    wrapper = connections["default"]
    wrapper.close()
    usual = wrapper.settings_dict["NAME"]
    wrapper.settings_dict["NAME"] = name
    try:
        yield
    finally:
        wrapper.close()
        wrapper.settings_dict["NAME"] = usual


def _copy(server: EmbeddedPostgres, source: str, target: str) -> None:
    """A fresh copy; one of the same name goes first."""
    _drop(server, target)
    with psycopg.connect(server.url(role="admin", database="postgres"), autocommit=True) as admin:
        query = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
        admin.execute(sql.SQL(query).format(sql.Identifier(target), sql.Identifier(source)))


def _drop(server: EmbeddedPostgres, name: str) -> None:
    with psycopg.connect(server.url(role="admin", database="postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
