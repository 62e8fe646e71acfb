"""`compose`: the words of a letter and the facts of a case become the finished letter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from stadtamt.kernel.expressions import Expression, ExpressionBudgetError, Text
from stadtamt.notices.composing import house
from stadtamt.notices.composing.letter import (
    Block,
    Closing,
    Column,
    Entry,
    Heading,
    Items,
    Letter,
    Operative,
    Paragraph,
    Payment,
    Remedy,
    Seal,
    Sender,
    Table,
)
from stadtamt.notices.composing.source import BlockSource, LetterSource
from stadtamt.notices.errors import LetterIncomplete
from stadtamt.notices.payment_code import in_groups, payment_code

type Scope = Mapping[str, object]


def compose(source: LetterSource, scope: Scope, *, language: str = "de") -> Letter:
    """The finished letter. `scope` is described in docs/reference/letters.md.

    `LetterIncomplete` when something is missing without which the letter must not leave the house: the sender,
    the recipient, the date, the decision itself, the payment data, the body of the remedy, a value in a text.
    """
    try:
        return _compose(source, scope, language)
    except ExpressionBudgetError as error:
        raise LetterIncomplete(error.sentence) from None


def _compose(source: LetterSource, scope: Scope, language: str) -> Letter:
    recipient = (*_lines(scope, "person.name"), *_lines(scope, "person.address"))
    date = _at(scope, "decision.date")
    if not isinstance(date, dt.date):
        raise LetterIncomplete("Dem Brief fehlt das Datum der Entscheidung (decision.date).")
    return Letter(
        id=source.id,
        language=language,
        date=dt.date(date.year, date.month, date.day),
        sender=Sender(
            town=_needed(scope, "town.name"),
            office=_needed(scope, "town.office"),
            address=_lines(scope, "town.address"),
            arms=_words(scope, "town.arms"),
        ),
        recipient=recipient,
        reference=_entries(house.REFERENCE, scope),
        subject=_written(source.subject, scope),
        salutation=_words(scope, "person.salutation") or house.SALUTATION.format(name=recipient[0]),
        blocks=tuple(block for each in source.blocks if _holds(each.when, scope) for block in _blocks(each, scope)),
        seal=_seal(scope),
    )


def _blocks(block: BlockSource, scope: Scope) -> list[Block]:
    """What a block becomes: nothing where all its words are empty, several where its text has several paragraphs."""
    return MAKERS[block.kind](block, scope)


def _operative(block: BlockSource, scope: Scope) -> list[Block]:
    text = _written(block.text, scope)
    if not text:
        raise LetterIncomplete("Dem Brief fehlt der Satz, der die Entscheidung nennt.")
    return [Operative(text)]


def _paragraphs(block: BlockSource, scope: Scope) -> list[Block]:
    parts = [part for part in re.split(r"\n\s*\n", _written(block.text, scope)) if part.strip()]
    law = _written(block.law, scope)
    if block.needed and not parts:
        raise LetterIncomplete(block.needed)
    return [Paragraph(part.strip(), law if part is parts[0] else "") for part in parts]


def _heading(block: BlockSource, scope: Scope) -> list[Block]:
    text = _written(block.text, scope)
    return [Heading(text)] if text else []


def _items(block: BlockSource, scope: Scope) -> list[Block]:
    items = tuple(text for item in block.items if _holds(item.when, scope) and (text := _written(item.text, scope)))
    return [Items(items, _written(block.text, scope))] if items else []


def _table(block: BlockSource, scope: Scope) -> list[Block]:
    found = block.rows.evaluate(scope) if block.rows else None
    if not isinstance(found, list):
        raise LetterIncomplete(f"Die Tabelle in Zeile {block.line} des Briefes hat keine Liste von Zeilen.")
    rows = tuple(tuple(_written(column.value, {**scope, "row": row}) for column in block.columns) for row in found)
    total = None
    if block.total and _holds(block.total.when, scope):
        total = Entry(_written(block.total.label, scope), _written(block.total.value, scope))
    columns = tuple(Column(_written(column.title, scope), column.align) for column in block.columns)
    return [Table(_written(block.caption, scope), columns, rows, total)] if rows else []


def _payment(block: BlockSource, scope: Scope) -> list[Block]:
    amount = _at(scope, "payment.amount_cents")
    if type(amount) is not int or not _at(scope, "payment.due"):
        raise LetterIncomplete("Dem Brief fehlt der Betrag oder der Tag, bis zu dem zu zahlen ist.")
    iban, reference = _needed(scope, "town.iban"), _needed(scope, "payment.reference")
    code = payment_code(
        creditor=_needed(scope, "town.creditor"),
        iban=iban,
        bic=_words(scope, "town.bic"),
        amount_cents=amount,
        reference=reference,
    )
    read = {**scope, "iban": in_groups(iban), "reference": in_groups(reference)}
    return [
        Payment(
            _written(block.text, scope), _entries(house.PAYMENT, read), code, _written(house.PAYMENT_CODE_ALT, read)
        )
    ]


def _remedy(block: BlockSource, scope: Scope) -> list[Block]:
    for name in ("remedy.body", "remedy.seat", "remedy.period_text"):
        _needed(scope, name)
    _lines(scope, "remedy.address")
    title = _written(block.title or house.REMEDY_TITLE, scope)
    return [Remedy(title, _written(block.text or house.REMEDY, scope))]


def _closing(block: BlockSource, scope: Scope) -> list[Block]:
    text = _written(block.text, scope)
    return [Closing(text)] if text else []


MAKERS: Mapping[str, Callable[[BlockSource, Scope], list[Block]]] = {
    "operative": _operative,
    "paragraph": _paragraphs,
    "heading": _heading,
    "list": _items,
    "table": _table,
    "payment": _payment,
    "remedy": _remedy,
    "closing": _closing,
}


def _seal(scope: Scope) -> Seal | None:
    url, code = _words(scope, "verify.url"), _words(scope, "verify.code")
    return Seal(_written(house.SEAL, scope), url, code) if code else None


def _entries(parts: tuple[tuple[str, Text], ...], scope: Scope) -> tuple[Entry, ...]:
    filled = (Entry(label, _words_of(value, scope)) for label, value in parts)
    return tuple(entry for entry in filled if entry.value)


def _holds(condition: Expression | None, scope: Scope) -> bool:
    return condition is None or condition.evaluate(scope) is True


def _written(text: Text | None, scope: Scope) -> str:
    """The words of a text. A place that has no value is refused: a letter with a hole must not leave the house."""
    if text is None:
        return ""
    for place in text.places:
        if place.evaluate(scope) is None:
            raise LetterIncomplete(f"Im Brief bleibt die Stelle „{{{place.source.strip()}}}“ leer.")
    return text.render(scope).strip()


def _words_of(text: Text, scope: Scope) -> str:
    """The words of a text that may stay empty."""
    return text.render(scope).strip()


def _at(scope: Scope, path: str) -> object:
    found: object = scope
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _words(scope: Scope, path: str) -> str:
    found = _at(scope, path)
    return found.strip() if isinstance(found, str) else ""


def _needed(scope: Scope, path: str) -> str:
    if words := _words(scope, path):
        return words
    raise LetterIncomplete(f"Dem Brief fehlt die Angabe „{path}“.")


def _lines(scope: Scope, path: str) -> tuple[str, ...]:
    """The lines of a name or an address: a list of texts, or one text with line breaks."""
    found = _at(scope, path)
    lines = found.splitlines() if isinstance(found, str) else found
    if isinstance(lines, list | tuple):
        filled = tuple(str(line).strip() for line in lines if str(line).strip())
        if filled:
            return filled
    raise LetterIncomplete(f"Dem Brief fehlt die Angabe „{path}“.")
