"""Reads the words of a letter (`letters/*.yaml`) and refuses what is wrong with them, with the line."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import yaml

from stadtamt.kernel.expressions import Expression, ExpressionError, Text, compile_expression, compile_text
from stadtamt.kernel.faults import yaml_fault
from stadtamt.kernel.yaml import YamlRefused, check_structure
from stadtamt.notices.errors import LetterSourceRefused

MAX_CHARACTERS = 100_000
MAX_BLOCKS = 100
ALIGNMENTS = ("left", "right")
_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
# Per kind of block: the keys it must have, and those it may have beside `kind`, `id` and `when`.
SHAPES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "operative": (frozenset({"text"}), frozenset()),
    "paragraph": (frozenset({"text"}), frozenset({"paragraph", "needed"})),
    "heading": (frozenset({"text"}), frozenset()),
    "list": (frozenset({"items"}), frozenset({"text"})),
    "table": (frozenset({"rows", "columns", "caption"}), frozenset({"total"})),
    "payment": (frozenset(), frozenset({"text"})),
    "remedy": (frozenset(), frozenset({"title", "text"})),
    "closing": (frozenset({"text"}), frozenset()),
}


@dataclass(frozen=True)
class ItemSource:
    text: Text
    when: Expression | None


@dataclass(frozen=True)
class ColumnSource:
    title: Text
    value: Text
    align: str


@dataclass(frozen=True)
class TotalSource:
    label: Text
    value: Text
    when: Expression | None


@dataclass(frozen=True)
class BlockSource:
    """One block as written; `line` is where it begins in the file, `needed` what to say when its text is empty.

    By its `id` a town or a translation addresses the words of the block; most blocks have none.
    """

    kind: str
    line: int
    when: Expression | None = None
    text: Text | None = None
    title: Text | None = None
    law: Text | None = None
    needed: str = ""
    caption: Text | None = None
    items: tuple[ItemSource, ...] = ()
    rows: Expression | None = None
    columns: tuple[ColumnSource, ...] = ()
    total: TotalSource | None = None
    id: str = ""


@dataclass(frozen=True)
class LetterSource:
    """The words of a letter, ready to be composed with the facts of a case."""

    path: str
    id: str
    subject: Text
    blocks: tuple[BlockSource, ...]


@lru_cache(maxsize=512)
def read_letter(text: str, *, path: str = "") -> LetterSource:
    """`text` is the YAML file, `path` its name for messages. `LetterSourceRefused` for whatever is wrong with it.

    Remembered, since every notice of a service reads the same words and reading takes longer than setting the page.
    """
    if len(text) > MAX_CHARACTERS:
        raise LetterSourceRefused(f"Der Brief ist länger als {MAX_CHARACTERS} Zeichen.", path=path)
    try:
        check_structure(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except YamlRefused as problem:
        raise LetterSourceRefused(str(problem), path=path) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise LetterSourceRefused(yaml_fault(error.problem), path=path, line=line) from None
    except yaml.YAMLError:
        raise LetterSourceRefused("Die Datei ist kein gültiges YAML.", path=path) from None
    if node is None:
        raise LetterSourceRefused("Die Datei ist leer.", path=path)
    return _Reader(path).letter(node)


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path

    def letter(self, node: yaml.Node) -> LetterSource:
        parts = self.mapping(node, "Der Brief", required={"letter", "subject", "blocks"})
        blocks = tuple(self.block(each) for each in self.sequence(parts["blocks"], "blocks"))
        if len(blocks) > MAX_BLOCKS:
            raise self.refused(parts["blocks"], f"Ein Brief hat höchstens {MAX_BLOCKS} Blöcke.")
        ids = [block.id for block in blocks if block.id]
        if doubled := next((one for n, one in enumerate(ids) if one in ids[:n]), ""):
            raise self.refused(parts["blocks"], f"Zwei Blöcke haben dieselbe Kennung „{doubled}“.")
        kinds = {block.kind for block in blocks}
        if "operative" in kinds and "remedy" not in kinds:
            raise self.refused(
                parts["blocks"],
                "Ein Brief, der etwas entscheidet (operative), braucht eine Rechtsbehelfsbelehrung (remedy).",
            )
        subject = self.text(parts["subject"])
        return LetterSource(path=self.path, id=self.scalar(parts["letter"], "letter"), subject=subject, blocks=blocks)

    def block(self, node: yaml.Node) -> BlockSource:
        parts = self.mapping(node, "Ein Block", required={"kind"}, known=None)
        kind = self.scalar(parts["kind"], "kind")
        if kind not in SHAPES:
            raise self.refused(parts["kind"], f"Die Blockart „{kind}“ gibt es nicht. Es gibt: {', '.join(SHAPES)}.")
        required, optional = SHAPES[kind]
        self.mapping(node, f"Der Block „{kind}“", required=required | {"kind"}, known=optional | {"when", "id"})
        return BlockSource(
            kind=kind,
            line=node.start_mark.line + 1,
            when=self.expression(parts["when"]) if "when" in parts else None,
            text=self.text(parts["text"]) if "text" in parts else None,
            title=self.text(parts["title"]) if "title" in parts else None,
            law=self.text(parts["paragraph"]) if "paragraph" in parts else None,
            needed=self.scalar(parts["needed"], "needed") if "needed" in parts else "",
            caption=self.text(parts["caption"]) if "caption" in parts else None,
            items=tuple(self.item(each) for each in self.sequence(parts["items"], "items")) if "items" in parts else (),
            rows=self.expression(parts["rows"]) if "rows" in parts else None,
            columns=self.columns(parts["columns"]) if "columns" in parts else (),
            total=self.total(parts["total"]) if "total" in parts else None,
            id=self.id(parts["id"]) if "id" in parts else "",
        )

    def id(self, node: yaml.Node) -> str:
        found = self.scalar(node, "id")
        if not _ID.fullmatch(found):
            raise self.refused(
                node, "Die Kennung eines Blocks besteht aus Kleinbuchstaben, Ziffern, Unter- und Bindestrichen."
            )
        return found

    def item(self, node: yaml.Node) -> ItemSource:
        if isinstance(node, yaml.ScalarNode):
            return ItemSource(text=self.text(node), when=None)
        parts = self.mapping(node, "Ein Listenpunkt", required={"text"}, known={"when"})
        return ItemSource(self.text(parts["text"]), self.expression(parts["when"]) if "when" in parts else None)

    def columns(self, node: yaml.Node) -> tuple[ColumnSource, ...]:
        columns = tuple(self.column(each) for each in self.sequence(node, "columns"))
        if len(columns) < 2:
            raise self.refused(node, "Eine Tabelle braucht mindestens zwei Spalten.")
        return columns

    def column(self, node: yaml.Node) -> ColumnSource:
        parts = self.mapping(node, "Eine Spalte", required={"title", "value"}, known={"align"})
        align = self.scalar(parts["align"], "align") if "align" in parts else "left"
        if align not in ALIGNMENTS:
            raise self.refused(parts["align"], "„align“ ist „left“ oder „right“.")
        return ColumnSource(self.text(parts["title"]), self.text(parts["value"]), align)

    def total(self, node: yaml.Node) -> TotalSource:
        parts = self.mapping(node, "Die Summe", required={"label", "value"}, known={"when"})
        when = self.expression(parts["when"]) if "when" in parts else None
        return TotalSource(self.text(parts["label"]), self.text(parts["value"]), when)

    def mapping(
        self, node: yaml.Node, what: str, *, required: Collection[str], known: Collection[str] | None = ()
    ) -> dict[str, yaml.Node]:
        """The entries of a mapping by key; `known` are the optional keys, None allows any."""
        if not isinstance(node, yaml.MappingNode):
            raise self.refused(node, f"{what} muss aus Schlüsseln und Werten bestehen.")
        entries: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = self.scalar(key_node, "Schlüssel")
            if key in entries:
                raise self.refused(key_node, f"{what} nennt „{key}“ doppelt.")
            if known is not None and key not in required and key not in known:
                raise self.refused(key_node, f"{what} kennt „{key}“ nicht.")
            entries[key] = value
        for key in sorted(required):
            if key not in entries:
                raise self.refused(node, f"{what} braucht „{key}“.")
        return entries

    def sequence(self, node: yaml.Node, key: str) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self.refused(node, f"„{key}“ muss eine Liste mit mindestens einem Eintrag sein.")
        return list(node.value)

    def scalar(self, node: yaml.Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.refused(node, f"„{key}“ muss ein Text sein.")
        return str(node.value).strip()

    def text(self, node: yaml.Node) -> Text:
        source = self.scalar(node, "Text")
        try:
            return compile_text(source)
        except ExpressionError as error:
            raise self.refused(node, error.sentence, line=self.line(node, error)) from None

    def expression(self, node: yaml.Node) -> Expression:
        source = self.scalar(node, "Ausdruck")
        try:
            return compile_expression(source)
        except ExpressionError as error:
            raise self.refused(node, error.sentence, line=self.line(node, error)) from None

    def line(self, node: yaml.Node, error: ExpressionError) -> int:
        """In a literal block (``|``) the words begin one line below the sign and keep their lines."""
        first = node.start_mark.line + 1
        return first + error.line if isinstance(node, yaml.ScalarNode) and node.style == "|" else first

    def refused(self, node: yaml.Node, sentence: str, *, line: int | None = None) -> LetterSourceRefused:
        return LetterSourceRefused(sentence, path=self.path, line=line or node.start_mark.line + 1)
