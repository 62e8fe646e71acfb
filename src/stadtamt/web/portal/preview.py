"""A preview written as a folder of pages that need no server: the portal's own templates, with links made relative."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from stadtamt.forms.schema import Question, Situation
from stadtamt.forms.wording import answer_groups, occurrence_words
from stadtamt.kernel.money import euros
from stadtamt.notices.rendering import DEFAULT_ARRANGEMENT, render_pdf
from stadtamt.packages.preview import LetterView, PageView, Preview
from stadtamt.web.answers import summary
from stadtamt.web.portal.entrance import CHANNELS
from stadtamt.web.portal.fields import field_id, field_view, is_shown, reasons

INDEX, SERVICE, CHECK = "index.html", "leistung.html", "pruefen.html"
_WITHIN = re.compile(r'(href|src|action)="/(static/)?([^"]*)"')


def plain_files() -> None:
    """Static files under their own names; to be called once, before the first page is rendered."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def write_preview(preview: Preview, out: Path) -> list[str]:
    """Write all pages, letters and what they need into the folder; gives the names of the pages."""
    out.mkdir(parents=True, exist_ok=True)
    frame = {"town": preview.situation.town, "language": preview.language, "demo": False}
    written = []
    for name, content in (*_pages(preview, frame), *_letters(preview, frame)):
        (out / name).write_bytes(content)
        written.append(name)
    for finder in get_finders():
        for name, storage in finder.list([]):
            target = out / "static" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with storage.open(name) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
    return written


def _pages(preview: Preview, frame: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    yield INDEX, _rendered("preview/index.html", frame | _index(preview))
    yield SERVICE, _rendered("portal/service.html", frame | _service(preview))
    for number, view in enumerate(preview.pages):
        following = preview.pages[number + 1] if number + 1 < len(preview.pages) else None
        context = frame | _question(preview, view, _name(following.question) if following else CHECK)
        yield _name(view.question), _rendered("preview/question.html", context)
    yield CHECK, _rendered("portal/check.html", frame | _check(preview))


def _letters(preview: Preview, frame: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    for view in preview.letters:
        if view.letter is None:
            continue
        pdf = f"brief-{view.id}.pdf"
        context = {"title": view.letter.subject, "letter": view.letter, "pdf_url": pdf, "case": view.case}
        yield f"brief-{view.id}.html", _rendered("preview/letter.html", frame | context | {"when": view.when})
        yield pdf, render_pdf(letter=view.letter, arrangement=view.arrangement or DEFAULT_ARRANGEMENT)


def _index(preview: Preview) -> dict[str, Any]:
    situation = preview.situation
    pages = [{"title": "Seite der Leistung", "url": SERVICE}]
    asked = {(question.group, question.id) for question in situation.pages()}
    for view in preview.pages:
        applies = (view.question.group, view.question.id) in asked
        note = "" if applies else "kommt in diesem Fall nicht vor"
        asked_there = _as_asked(situation, view.question)
        pages.append(
            {"title": situation.words(asked_there.title, asked_there.place), "url": _name(view.question), "note": note}
        )
    pages.append({"title": "Prüfen und absenden", "url": CHECK})
    return {
        "title": preview.entry["title"],
        "version": preview.prepared.package.version,
        "case": preview.case,
        "parts": [
            {"title": "Was Bürgerinnen und Bürger sehen", "links": pages},
            {"title": "Briefe", "links": [_letter_link(view) for view in preview.letters]},
        ],
        # Drawn by the house from the diagram, with every word of it escaped.
        "svg": mark_safe(preview.svg),  # noqa: S308
        "steps": preview.steps,
    }


def _letter_link(view: LetterView) -> dict[str, str]:
    if view.letter is None:
        return {"title": view.id, "url": "", "note": "Kein goldener Fall bekommt diesen Brief."}
    return {"title": view.letter.subject, "url": f"brief-{view.id}.html", "note": f"{view.id}, Fall „{view.case}“"}


def _service(preview: Preview) -> dict[str, Any]:
    entry, facts = preview.entry, preview.entry["facts"]
    return {
        "crumbs": [{"title": "Vorschau", "url": INDEX}],
        "title": entry["title"],
        "summary": entry["summary"],
        "costs": [{"text": text} for text in facts["costs"]],
        "duration": facts["duration"],
        "needed": facts["needed"],
        "who": facts["who"],
        "channels": [CHANNELS[channel] for channel in facts["channels"] if channel in CHANNELS],
        "start_url": _name(preview.pages[0].question),
        "start_label": entry["title"],
        "legal": [{"title": text} for text in facts["legal_bases"]],
    }


def _question(preview: Preview, view: PageView, following: str) -> dict[str, Any]:
    situation = preview.situation
    asked = _as_asked(situation, view.question)
    group = situation.schema.groups[view.place - 1]
    views = [field_view(situation, entry, typed=None, error="") for entry in asked.fields if is_shown(entry)]
    return {
        "conditions": view.conditions,
        "field_conditions": [{"label": label, "when": when} for label, when in view.fields],
        "progress": f"Schritt {view.place} von {preview.groups + 1}: {situation.words(group.short)}",
        "occasion": occurrence_words(situation, asked.place),
        "title": situation.words(asked.title, asked.place),
        "help": situation.words(asked.help, asked.place),
        "fields": views,
        **reasons(views, group.basis),
        "action": following,
        "submit": "Weiter",
    }


def _check(preview: Preview) -> dict[str, Any]:
    words, total = preview.words, preview.groups + 1
    amount = euros(words.amount_cents) if words.amount_cents is not None else ""
    return {
        "progress": f"Schritt {total} von {total}: Prüfen und absenden",
        "groups": _summary(preview.situation),
        "cost": {"text": words.cost, "amount": amount, "note": words.note},
        "action": INDEX,
    }


def _summary(situation: Situation) -> list[dict[str, Any]]:
    """Every occurrence of a repeated group leads to the one page that is written for it."""
    names = {page.key: f"{page.group}-{page.id}.html" for page in situation.pages()}
    return summary(answer_groups(situation), lambda row: f"{names[row.question]}#{field_id(row.path)}")


def _as_asked(situation: Situation, question: Question) -> Question:
    """The question as the case meets it first: in a repeated group, of the first occurrence."""
    found = (page for page in situation.pages() if (page.group, page.id) == (question.group, question.id))
    return next(found, question)


def _name(question: Question) -> str:
    return f"{question.group}-{question.id}.html"


def _rendered(template: str, context: dict[str, Any]) -> bytes:
    """A page that works from a folder: links to static files are relative, others of the site lead to the index."""
    page = render_to_string(template, context)
    text = _WITHIN.sub(lambda found: f'{found[1]}="{found[2] + found[3] if found[2] else INDEX}"', page)
    return text.replace('method="post"', 'method="get"').encode()
