"""What a form asks of a person, in figures: to compare it before and after something was left out. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from stadtamt.forms.schema.model import Schema
from stadtamt.forms.schema.review import as_seen
from stadtamt.forms.schema.sections import tally_of
from stadtamt.forms.schema.situation import Situation


@dataclass(frozen=True, slots=True)
class Burden:
    """Pages that are shown and questions that are asked."""

    pages: int
    questions: int

    @property
    def words(self) -> str:
        pages = "1 Seite" if self.pages == 1 else f"{self.pages} Seiten"
        return f"{pages}, {'1 Frage' if self.questions == 1 else f'{self.questions} Fragen'}"


def extent_of(schema: Schema) -> Burden:
    """Everything that may be asked at all, of whomever; what is repeated counts once."""
    pages = [[entry for entry in page.fields if entry.asked] for page in schema.questions()]
    return Burden(sum(bool(page) for page in pages), sum(len(page) for page in pages))


def burden_of(situation: Situation) -> Burden:
    """What this person sees who goes through all pages and wants nothing that is optional.

    Without answers: somebody typical. What a rule would ask for because of an answer does not count then.
    """
    seen = as_seen(situation)
    pages = [page for page in seen.pages() if page.kind != "more"]
    return Burden(len(pages), sum(tally_of(seen, page).questions for page in pages))
