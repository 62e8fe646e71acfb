"""The finished letter: plain words in blocks, the one source of the PDF and of the web page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

from stadtamt.notices.payment_code import code_image

type Data = dict[str, Any]


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.as_data() if isinstance(value, Part) else value


@dataclass(frozen=True)
class Part:
    """A piece of a letter that can be written as JSON and read back unchanged."""

    def as_data(self) -> Data:
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Read what `as_data` wrote; a field that an older release did not know gets its default."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: cls._read(name, value) for name, value in data.items() if name in known})

    @classmethod
    def _read(cls, name: str, value: Any) -> Any:
        reader = cls._readers.get(name)
        if reader is not None and value is not None:
            return reader(value)
        return tuple(value) if isinstance(value, list) else value

    _readers: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}


@dataclass(frozen=True)
class Entry(Part):
    """A label and its value, as in the reference block or the payment data."""

    label: str
    value: str


def _entries(values: list[Data]) -> tuple[Entry, ...]:
    return tuple(Entry.from_data(value) for value in values)


@dataclass(frozen=True)
class Block(Part):
    """One block of a letter; `kind` names it in the data, in the layout and in the page."""

    kind: ClassVar[str] = ""

    def as_data(self) -> Data:
        return {"kind": self.kind, **super().as_data()}


@dataclass(frozen=True)
class Operative(Block):
    """What is decided, in one sentence (§ 118 AO, § 35 VwVfG)."""

    kind: ClassVar[str] = "operative"
    text: str


@dataclass(frozen=True)
class Paragraph(Block):
    """Running text; `law` is the paragraph it rests on."""

    kind: ClassVar[str] = "paragraph"
    text: str
    law: str = ""


@dataclass(frozen=True)
class Heading(Block):
    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Items(Block):
    """A list; `text` introduces it."""

    kind: ClassVar[str] = "list"
    items: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class Column(Part):
    """`align` is "left" or "right"."""

    title: str
    align: str = "left"


@dataclass(frozen=True)
class Table(Block):
    """Rows of text under titled columns; `caption` says what the table shows, `total` closes the last column."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: Entry | None = None
    _readers: ClassVar[Mapping[str, Callable[[Any], Any]]] = {
        "columns": lambda values: tuple(Column.from_data(value) for value in values),
        "rows": lambda values: tuple(tuple(value) for value in values),
        "total": Entry.from_data,
    }

    @property
    def label_span(self) -> int:
        """How many columns the label of the total fills."""
        return len(self.columns) - 1

    @property
    def aligned_rows(self) -> list[list[dict[str, str]]]:
        """Each cell with its text, and the alignment and title of its column, for the web page."""
        return [
            [
                {"text": text, "align": column.align, "title": column.title}
                for text, column in zip(row, self.columns, strict=True)
            ]
            for row in self.rows
        ]


@dataclass(frozen=True)
class Payment(Block):
    """How to pay; `code` is the text inside the payment code (EPC069-12)."""

    kind: ClassVar[str] = "payment"
    text: str
    entries: tuple[Entry, ...]
    code: str
    code_alt: str
    _readers: ClassVar[Mapping[str, Callable[[Any], Any]]] = {"entries": _entries}

    @property
    def code_image(self) -> str:
        """The code as ``data:`` address for an image element."""
        return code_image(self.code)


@dataclass(frozen=True)
class Remedy(Block):
    """The instruction on the right of appeal (§ 58 VwGO); `title` is its heading."""

    kind: ClassVar[str] = "remedy"
    title: str
    text: str


@dataclass(frozen=True)
class Closing(Block):
    """Notes at the end: automated issue, validity without signature."""

    kind: ClassVar[str] = "closing"
    text: str


KINDS: Mapping[str, type[Block]] = {
    kind.kind: kind for kind in (Operative, Paragraph, Heading, Items, Table, Payment, Remedy, Closing)
}


@dataclass(frozen=True)
class Sender(Part):
    """Who writes (§ 119 (3) AO: the authority must be named); `arms` is the source of an SVG or empty."""

    town: str
    office: str
    address: tuple[str, ...]
    arms: str = ""

    @property
    def return_line(self) -> str:
        return " · ".join((self.town, *self.address))


@dataclass(frozen=True)
class Seal(Part):
    """What the letter says about its seal: the sentence, the code to verify it and, where there is one, the address."""

    text: str
    url: str
    code: str


@dataclass(frozen=True)
class Letter(Part):
    """A letter with its exact content, kept forever beside the PDF."""

    id: str
    language: str
    date: dt.date
    sender: Sender
    recipient: tuple[str, ...]
    reference: tuple[Entry, ...]
    subject: str
    salutation: str
    blocks: tuple[Block, ...]
    seal: Seal | None = None
    _readers: ClassVar[Mapping[str, Callable[[Any], Any]]] = {
        "date": dt.date.fromisoformat,
        "sender": Sender.from_data,
        "reference": _entries,
        "blocks": lambda values: tuple(KINDS[value["kind"]].from_data(value) for value in values),
        "seal": Seal.from_data,
    }
