"""A dog, its keeper and what the office knows of them: the scope of a letter, and the dog tax letters themselves."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from stadtamt.notices.composing import Letter, compose, read_letter

PACKAGE = Path(__file__).parents[2] / "services" / "hundesteuer-anmelden"
LONG_NAME = (
    "Prinzessin Mária-Ángyalka Ľudmila Şeyma-Nur van der Groß-Łódź-Đorđević y Muñoz-Ñandú-Ćirić-Ħal-Għargħur-Ģībietis"
)

WORDS = """
letter: probe
subject: "Bescheid über {answers.hund.name}"
blocks:
  - kind: operative
    text: "Wir setzen {money(assessment.total_cents)} fest."
  - kind: remedy
"""


@cache
def parameters() -> dict[str, Any]:
    """The parameters of Konstanz."""
    entries = tomllib.loads((PACKAGE / "parameters" / "konstanz.toml").read_text())["parameters"]
    return {key: entry["value"] for key, entry in entries.items()}


def position(year: int = 2026, months: int = 7, **other: Any) -> dict[str, Any]:
    return {
        "year": year,
        "from": dt.date(year, 13 - months, 1),
        "to": dt.date(year, 12, 31),
        "months": months,
        "annual_cents": 12000,
        "amount_cents": 1000 * months,
        "rate_text": "erster Hund",
        "paragraph": "§ 5 Abs. 2 Satz 1 Nr. 1",
        **other,
    }


def assessment(**other: Any) -> dict[str, Any]:
    return {
        "kind": "taxed",
        "begin": dt.date(2026, 6, 1),
        "late": False,
        "registration_deadline": dt.date(2026, 6, 6),
        "positions": [position()],
        "total_cents": 7000,
        "paragraphs": ["§ 3 Abs. 1", "§ 5 Abs. 2 Satz 1 Nr. 1"],
        "annual_cents_next": 12000,
        **other,
    }


def decision(**other: Any) -> dict[str, Any]:
    return {
        "date": dt.date(2026, 5, 9),
        "outcome": "granted",
        "grounds": "",
        "automated": True,
        "legal_basis": "§ 155 Abs. 4 AO",
        "clerk": "",
        **other,
    }


def scope(**other: Any) -> dict[str, Any]:
    """What a letter may speak of, as when a notice is issued."""
    lines = ["Kanzleistraße 15", "78462 Konstanz"]
    return {
        "town": {
            "name": "Stadt Konstanz",
            "office": "Kämmerei – Steueramt",
            "address": lines,
            "phone": "07531 900-0",
            "mail": "steueramt@konstanz.example",
            "web": "www.konstanz.example",
            "iban": "DE02120300000000202051",
            "bank": "Sparkasse Bodensee",
            "bic": "",
            "creditor": "Stadt Konstanz",
        },
        "case": {"number": "KN-2026-000123", "submitted_on": dt.date(2026, 5, 6)},
        "person": {"name": ["Ayşe Yılmaz"], "address": ["Marktstätte 1", "78462 Konstanz"]},
        "answers": {
            "hund": {"name": "Bello", "rasse": "Dackel", "liste": "nein", "gehalten_seit": dt.date(2026, 5, 6)},
            "weitere": {"vorhanden": False},
            "besonderes": {"umstaende": None},
            "befreiung": {},
            "diensthund": {},
        },
        "parameters": parameters(),
        "assessment": assessment(),
        "decision": decision(),
        "delivery": {
            "channel": "electronic",
            "expected_announcement": dt.date(2026, 5, 13),
            "due": dt.date(2026, 6, 15),
        },
        "payment": {"reference": "RF18539007547034", "amount_cents": 7000, "due": dt.date(2026, 6, 15)},
        "remedy": {
            "body": "Stadt Konstanz, Kämmerei – Steueramt",
            "seat": "Konstanz",
            "address": lines,
            "period_text": "innerhalb eines Monats nach Bekanntgabe",
            "paragraph": "§§ 68, 70 VwGO, § 3 Abs. 3 Nr. 4 KAG",
        },
        "verify": {"url": "https://konstanz.example/echtheit/", "code": "7QK4-M2PX-9RTD"},
        **other,
    }


def probe(words: str = WORDS, **other: Any) -> Letter:
    """A letter of the given words."""
    return compose(read_letter(words), scope(**other))


def dog_letter(name: str, **other: Any) -> Letter:
    """A letter of the dog tax package."""
    path = PACKAGE / "letters" / f"{name}.yaml"
    return compose(read_letter(path.read_text(), path=path.name), scope(**other))


def words_of(letter: Letter) -> str:
    """All words of a letter's blocks, for a glance."""
    return repr([block.as_data() for block in letter.blocks])
