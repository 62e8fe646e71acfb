"""Counts what is really in the database, in plain SQL as its administrator: no code of the product judges itself."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection
from datetime import UTC
from email import message_from_bytes
from pathlib import Path
from typing import Any

import psycopg

STORED = {
    "submissions": "forms_submission",
    "cases": "cases_case",
    "decisions": "decisions_decision",
    "claims": "payments_claim",
    "notices": "notices_notice",
    "deliveries": "postbox_delivery",
}

WAY = """
    FROM unnest(%s::text[]) AS mark
    LEFT JOIN forms_draft draft ON draft.token_digest = mark
    LEFT JOIN forms_submission submission ON submission.draft_id = draft.id
    LEFT JOIN cases_case matter ON matter.submission_id = submission.id
    LEFT JOIN decisions_decision decision ON decision.case_id = matter.id
    LEFT JOIN payments_claim claim ON claim.case_id = matter.id
    LEFT JOIN notices_notice notice ON notice.decision_id = decision.id
    LEFT JOIN postbox_delivery delivery ON delivery.notice_id = notice.id
"""
# What an acknowledged clear case must have at the end; each missing piece is a lost one.
NEEDED = ("submission", "matter", "decision", "claim", "notice", "delivery")

# What there may be once only, as (table, what it belongs to).
ONCE = {
    "submissions of a draft": ("forms_submission", "draft_id"),
    "cases of a submission": ("cases_case", "submission_id"),
    "runs of a case": ("processes_run", "case_id"),
    "decisions of a case": ("decisions_decision", "case_id"),
    "claims of a case": ("payments_claim", "case_id"),
    "notices of a decision": ("notices_notice", "decision_id"),
    "deliveries of a notice": ("postbox_delivery", "notice_id"),
    "moves of a case into a state": ("cases_statechange", "case_id, after"),
    "steps of a run": ("processes_step", "run_id, step"),
}
# Deeds that the audit trail of a case may tell once only; in `data` or as the subject stands the case.
DEEDS_ONCE = ("claim.raised", "case.decided", "notice.issued", "notice.delivered", "process.started")

# States that no transaction may leave behind.
HALF = {
    "submissions without case": "SELECT count(*) FROM forms_submission s WHERE NOT EXISTS "
    "(SELECT FROM cases_case c WHERE c.submission_id = s.id)",
    "cases without run": "SELECT count(*) FROM cases_case c WHERE NOT EXISTS "
    "(SELECT FROM processes_run r WHERE r.case_id = c.id)",
    "decisions without audit entry": "SELECT count(*) FROM decisions_decision d WHERE NOT EXISTS "
    "(SELECT FROM kernel_auditentry a WHERE a.action = 'case.decided' AND a.subject_id = d.id::text)",
    "cases without audit entry": "SELECT count(*) FROM cases_case c WHERE NOT EXISTS "
    "(SELECT FROM kernel_auditentry a WHERE a.action = 'case.opened' AND a.subject_id = c.id::text)",
    "deliveries of cases not closed": "SELECT count(*) FROM postbox_delivery v JOIN notices_notice n "
    "ON n.id = v.notice_id JOIN decisions_decision d ON d.id = n.decision_id JOIN cases_case c ON c.id = d.case_id "
    "WHERE c.state <> 'closed'",
    "letters that differ from their checksum": "SELECT count(*) FROM notices_notice "
    "WHERE encode(sha256(pdf), 'hex') <> sha256",
}


def count(address: str, *, acknowledged: Collection[str], pressed: Collection[str], mail: Path) -> dict[str, Any]:
    """Everything the verdict rests on, as plain numbers."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET timezone TO 'UTC'")
        stored = {name: _number(connection, f"SELECT count(*) FROM {table}") for name, table in STORED.items()}  # noqa: S608 - names written above
        return {
            "stored": stored,
            "acknowledged": len(acknowledged),
            "never_pressed_but_stored": stored["submissions"] - _present(connection, pressed),
            "lost": {f"without {piece}": _missing(connection, acknowledged, piece) for piece in NEEDED},
            "doubled": _doubled(connection),
            "half": {name: _number(connection, query) for name, query in HALF.items()},
            "jobs": _jobs(connection),
            "chains": _chains(connection),
            "mails": mails(mail),
        }


def verdict(found: dict[str, Any]) -> dict[str, int]:
    """Lost, doubled, half and broken, each as one number; all zero is the promise kept."""
    return {
        "lost": max(found["lost"].values(), default=0),
        "doubled": sum(found["doubled"].values()),
        "half": sum(found["half"].values()) + found["never_pressed_but_stored"],
        "broken_chains": sum(1 for chain in found["chains"].values() if chain["first_wrong"] is not None),
    }


def _number(connection: psycopg.Connection, query: Any, *parameters: Any) -> int:
    row = connection.execute(query, parameters or None).fetchone()
    return int(row[0]) if row else 0


def _missing(connection: psycopg.Connection, marks: Collection[str], piece: str) -> int:
    return _number(connection, f"SELECT count(*) {WAY} WHERE {piece}.id IS NULL", list(marks))


def _present(connection: psycopg.Connection, marks: Collection[str]) -> int:
    query = f"SELECT count(DISTINCT submission.id) {WAY} WHERE submission.id IS NOT NULL"
    return _number(connection, query, list(marks))


def _doubled(connection: psycopg.Connection) -> dict[str, int]:
    found = {}
    for name, (table, columns) in ONCE.items():
        query = f"SELECT count(*) FROM (SELECT FROM {table} GROUP BY {columns} HAVING count(*) > 1) twice"  # noqa: S608 - names written above
        found[name] = _number(connection, query)
    query = """
        SELECT count(*) FROM (
            SELECT FROM kernel_auditentry WHERE action = %s GROUP BY data->>'case' HAVING count(*) > 1
        ) twice
    """
    for deed in DEEDS_ONCE:
        found[f"audit entries {deed} of a case"] = _number(connection, query, deed)
    return found


def _jobs(connection: psycopg.Connection) -> dict[str, int]:
    rows = connection.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1").fetchall()
    return {str(status): int(number) for status, number in rows}


def _chains(connection: psycopg.Connection) -> dict[str, dict[str, int | None]]:
    """Each town's audit chain, reckoned again from the genesis: SHA-256 over the entry and the hash before it."""
    found: dict[str, dict[str, int | None]] = {}
    for town, name in connection.execute("SELECT id, name FROM kernel_municipality ORDER BY name").fetchall():
        previous, expected, wrong = "0" * 64, 1, None
        rows = connection.execute(
            "SELECT municipality_id, sequence, at, action, actor_kind, actor_id, actor_name, subject, subject_id, data,"
            " previous, hash FROM kernel_auditentry WHERE municipality_id = %s ORDER BY sequence",
            [town],
        )
        for row in rows:
            if wrong is None and (row[1] != expected or row[10] != previous or row[11] != entry_hash(row[:11])):
                wrong = int(row[1])
            previous, expected = row[11], expected + 1
        found[str(name)] = {"entries": expected - 1, "first_wrong": wrong}
    return found


def entry_hash(row: tuple[Any, ...]) -> str:
    """The hash of an audit entry from its columns, municipality to previous."""
    content = [str(row[0]), row[1], row[2].astimezone(UTC).isoformat(timespec="microseconds"), *row[3:]]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def mails(folder: Path) -> dict[str, int]:
    """Mails that left; a second one of the same Message-ID is allowed (at least once) and shown once by the reader."""
    keys: Counter[str] = Counter()
    for file in folder.glob("*") if folder.is_dir() else ():
        for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            if key := message_from_bytes(part.lstrip()).get("Message-ID"):
                keys[key] += 1
    return {"sent": keys.total(), "repeated": sum(times - 1 for times in keys.values())}
