"""A town that offers a released data schema as it comes, and a person who fills it in over HTTP."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.core.files.base import File
from PIL import Image

from stadtamt.forms import queries
from stadtamt.forms.fim import import_schema
from stadtamt.forms.models import Draft
from stadtamt.forms.schema import Field, Question, Situation
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.format.files import Files
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.preparing import prepare
from stadtamt.packages.publishing import publish
from stadtamt.packages.skeleton import skeleton_for_form
from support.applicants import Applicant
from support.citizen import Citizen
from support.real import real_file

MOST_STEPS = 700


@cache
def package_of(name: str) -> Files:
    """The package that `form import --as` makes of this schema."""
    xdf = real_file(f"fim/{name}.schema.xdf.xml").read_bytes()
    lists = {file.name: file.read_bytes() for file in real_file("codelists").glob("*.xml")}
    return skeleton_for_form(name.lower(), document=import_schema(xdf).document, xdf=xdf, code_lists=lists)


def offer(name: str) -> None:
    """The town offers the schema; inside the town."""
    publish(prepare(package_of(name), Layer({}, {}, (), ())))


class Visitor(Citizen):
    """Follows the pages as the portal leads, with answers that an Applicant finds; tries a wrong one on the way."""

    def __init__(self, town: Municipality, name: str, *, seed: int, eager: float) -> None:
        super().__init__()
        self.town, self.name = town, name.lower()
        self.applicant = Applicant(seed, eager=eager)
        self.random = random.Random(seed)
        self.refused: list[tuple[str, str]] = []  # kind of mistake and type of field
        self.pages = 0

    def begin(self) -> str:
        location = self.client.post(f"/leistung/{self.name}/beginnen/")["Location"]
        self.token = location.split("/")[2]
        return str(location)

    def complete(self) -> None:
        """From the first page to the check page."""
        url = self.begin()
        for _ in range(MOST_STEPS):
            if url.endswith("/pruefen/"):
                return
            url = self.step(url)
        raise AssertionError(f"{self.name}: no end after {self.pages} pages, at {url}")

    def step(self, url: str) -> str:
        """One page answered; gives where the portal leads."""
        key = url.split("?", maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
        if key in {"uebersicht", self.token}:
            page = self.client.get(url)
            return str(page["Location"] if page.status_code == 302 else page.context["next_url"])
        with within(self.town):
            situation = queries.situation(self.draft())
            question = next(page for page in situation.pages() if page.key == key)
            texts = self.applicant.texts(situation, question)
            wrong = self.mistake(situation, question, texts)
        if wrong is not None:
            self.try_wrong(url, situation, question, wrong)
        self.pages += 1
        response = self.client.post(url, self.sent(situation, question, texts))
        assert response.status_code == 302, (url, texts, response.context["errors"])
        return str(response["Location"])

    def draft(self) -> Draft:
        return queries.draft_by_token(self.token)

    def sent(self, situation: Situation, question: Question, texts: Mapping[str, list[str]]) -> dict[str, Any]:
        """The inputs of the page, files as files."""
        files = {entry.address for entry in question.fields if entry.type == "file"}
        kept = {name: values for name, values in texts.items() if name not in files}
        chosen = {name: evidence() for name in files if texts.get(name) == ["datei"]}
        return {**kept, **chosen, "shown": [entry.address for entry in question.fields if entry.asked]}

    def mistake(
        self, situation: Situation, question: Question, texts: Mapping[str, list[str]]
    ) -> tuple[Field, str, dict[str, list[str]]] | None:
        """A field of the page with a wrong answer that nobody may accept, and what is wrong with it."""
        now = situation.with_answers(self.applicant.outcome(situation, question, dict(texts)).values)
        asked = [entry for entry in now.fields(question) if entry.asked and entry.type != "file"]
        found = [(entry, kind, wrong) for entry in asked for kind, wrong in mistakes(entry)]
        if not found or question.kind == "more":
            return None
        entry, kind, wrong = self.random.choice(found)
        others = {name: values for name, values in texts.items() if not name.startswith(entry.address)}
        return entry, kind, {**others, **wrong}

    def try_wrong(
        self, url: str, situation: Situation, question: Question, wrong: tuple[Field, str, dict[str, list[str]]]
    ) -> None:
        entry, kind, texts = wrong
        response = self.client.post(url, self.sent(situation, question, texts))
        assert response.status_code == 422, (url, kind, entry.address, texts)
        named = [error["field_id"] for error in response.context["errors"]]
        assert entry.address.replace(".", "-") in named, (kind, entry.address, response.context["errors"])
        self.refused.append((kind, entry.type))


def mistakes(entry: Field) -> list[tuple[str, dict[str, list[str]]]]:
    """Wrong answers to a field, each by a word for what is wrong with it."""
    name = entry.address
    found: list[tuple[str, dict[str, list[str]]]] = []
    if entry.required:
        found.append(("missing", {name: [""]}))
    if entry.type in {"text", "text_latin"}:
        found.append(("too long", {name: ["x" * (entry.max_length + 1)]}))
    if entry.type in {"num", "num_int", "num_currency"}:
        found.append(("no number", {name: ["viele"]}))
        if entry.maximum is not None:
            found.append(("too much", {name: [str(int(entry.maximum) + 1)]}))
    if entry.type == "date":
        found.append(("no day", {f"{name}_day": ["31"], f"{name}_month": ["2"], f"{name}_year": ["2020"]}))
    if entry.type == "bool":
        found.append(("neither", {name: ["vielleicht"]}))
    if entry.type == "select":
        found.append(("not offered", {name: ["gibt es nicht 4711"]}))
    return found


def evidence() -> File[bytes]:
    """A small picture."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(stream, "PNG")
    stream.seek(0)
    return File(stream, name="nachweis.png")
