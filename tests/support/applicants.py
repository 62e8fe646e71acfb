"""A made-up person who fills in any form: for every page answers that the form takes, found from the form itself."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from stadtamt.forms.codelists import Entry
from stadtamt.forms.schema import Field, Given, PageAnswer, Question, Situation, answer_page, paths

MOST_TRIES = 60
MOST_PAGES = 600
_WORDS = "Anna Bello Çelik Dvořák Ełk Fuß Grün Höhe Ines Jürg Košice Łódź Müller Nuñez Øst Péter Quirin Straße".split()
_DIGITS = re.compile(r"\[([^\]]+)\](?:\{(\d+)(?:,(\d+))?\}|\+)?|\\(.)|(.)")


class Applicant:
    """Random answers from a seed; the same person twice answers the same."""

    def __init__(self, seed: int, *, eager: float = 0.4) -> None:
        self.random = random.Random(seed)
        self.eager = eager  # how often something optional is answered

    def texts(self, situation: Situation, question: Question) -> dict[str, list[str]]:
        """Answers to one page that the form accepts, by input name, found by trying what its checks say."""
        eager = self.eager
        try:
            for tried in range(MOST_TRIES):
                self.eager = max(eager, min(1.0, tried / 10))  # who was refused says more
                texts = self.one_try(situation, question)
                if self.outcome(situation, question, texts).accepted:
                    return texts
        finally:
            self.eager = eager
        outcome = self.outcome(situation, question, texts)
        raise AssertionError(f"{question.key}: {outcome.errors} {outcome.appeared} {texts}")

    def outcome(self, situation: Situation, question: Question, texts: dict[str, list[str]]) -> PageAnswer:
        files = {
            entry.address: [
                {"id": f"datei-{number}", "name": "x.pdf", "size": 1} for number in range(max(1, entry.least))
            ]
            for entry in situation.fields(question)
            if entry.type == "file" and entry.address in texts
        }
        return answer_page(situation, question, Given(texts, None, files), confirmed=frozenset())

    def one_try(self, situation: Situation, question: Question) -> dict[str, list[str]]:
        texts: dict[str, list[str]] = {}
        current = situation
        for _ in range(4):  # fields that appear by an answer on the same page
            for entry in current.fields(question):
                if entry.asked and not any(name.startswith(entry.address) for name in texts):
                    texts |= self.answer(current, entry)
            found = self.outcome(situation, question, texts)
            if found.accepted:
                break
            current = situation.with_answers(found.values)
        return texts

    def answer(self, situation: Situation, entry: Field) -> dict[str, list[str]]:
        """The inputs of one field; an optional one may stay empty."""
        if not entry.required and not entry.opens and self.random.random() > self.eager:
            return {entry.address: [""]}
        if entry.type in {"date", "datetime"}:
            day = self.day()
            parts = {"day": day.day, "month": day.month, "year": day.year}
            named = {f"{entry.address}_{key}": [str(value)] for key, value in parts.items()}
            return {**named, f"{entry.address}_time": ["14:30"]} if entry.type == "datetime" else named
        if entry.address.endswith("_mehr"):
            return {entry.address: ["true" if self.random.random() < 0.2 else "false"]}
        if entry.type == "file":
            return {entry.address: ["datei"]}
        if entry.several:
            return {entry.address: self.several(situation, entry)}
        return {entry.address: [self.text(situation, entry)]}

    def several(self, situation: Situation, entry: Field) -> list[str]:
        if entry.type == "select" and not entry.code_list:
            offered = [choice.value for choice in situation.choices(entry)]
            least = entry.least if not entry.opens else int(self.random.random() < self.eager)
            many = min(len(offered), max(least, self.random.randint(least, least + 1)))
            return self.random.sample(offered, many)
        wanted = max(entry.least, 1) + (self.random.random() < 0.3 and entry.most != entry.least)
        drawn = [self.text(situation, entry) for _ in range(20 * wanted)]
        return list(dict.fromkeys(drawn))[:wanted]

    def text(self, situation: Situation, entry: Field) -> str:
        if entry.type == "bool":
            chance = self.eager if entry.opens else 0.5
            return "true" if self.random.random() < chance else "false"
        if entry.code_list:
            one: Entry = self.random.choice(situation.code_list(entry))
            return one.code
        if entry.type == "select":
            return self.random.choice(situation.choices(entry)).value
        if entry.type in {"num", "num_int", "num_currency"}:
            return self.number(entry)
        if entry.type == "time":
            return f"{self.random.randint(0, 23)}:{self.random.randint(0, 59):02d}"
        return self.words(entry)

    def number(self, entry: Field) -> str:
        least = entry.minimum if entry.minimum is not None else Decimal(0)
        most = entry.maximum if entry.maximum is not None else least + 40
        return str(self.random.randint(int(least), int(most)))

    def words(self, entry: Field) -> str:
        if entry.format == "email":
            return f"person{self.random.randint(1, 99)}@beispiel.de"
        if entry.pattern:
            return "".join(self.from_pattern(entry.pattern))
        if entry.format == "postcode":
            return f"{self.random.randint(1067, 99998):05d}"
        words = " ".join(self.random.sample(_WORDS, self.random.randint(1, 3)))
        words += "x" * max(0, entry.min_length - len(words))
        return words[: entry.max_length].strip() or "A"

    def from_pattern(self, pattern: str) -> Iterator[str]:
        """A text for the simple patterns that forms carry: classes, counts, the first of several ways."""
        pattern = re.sub(r"\(([^()|]*)\|[^()]*\)", r"\1", pattern).rstrip("$").lstrip("^")
        for signs, least, most, escaped, plain in _DIGITS.findall(pattern):
            if signs:
                many = self.random.randint(int(least or 1), int(most or least or 1))
                yield "".join(self.random.choice(_members(signs)) for _ in range(max(1, many)))
            else:
                yield escaped or plain

    def day(self) -> date:
        return date(1950, 1, 1) + timedelta(days=self.random.randint(0, 25_000))


def _members(signs: str) -> str:
    ranges = re.findall(r"(\w)-(\w)", signs)
    found = "".join(chr(code) for first, last in ranges for code in range(ord(first), ord(last) + 1))
    return found or re.sub(r"[^\w]", "", signs) or string.digits


def fill_in(situation: Situation, applicant: Applicant) -> Situation:
    """The same form with every page answered, one after the other as they come."""
    answered: set[str] = set()
    for _ in range(MOST_PAGES):
        page = next((page for page in situation.pages() if page.key not in answered), None)
        if page is None:
            return situation
        answered.add(page.key)
        texts = applicant.texts(situation, page)
        situation = situation.with_answers(applicant.outcome(situation, page, texts).values)
        if page.kind == "more" and texts[page.fields[0].address] == ["true"]:
            many = len(paths.lookup(situation.answers, page.place) or [{}])
            situation = situation.with_answers({paths.join(page.place, many + 1): {}})
            answered.discard(page.key)
    raise AssertionError("no end of pages")
