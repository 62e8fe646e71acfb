"""What a package author is told about a broken letter: file, line and one German sentence."""

from __future__ import annotations

import pytest

from notices.samples import PACKAGE, WORDS
from stadtamt.notices.composing import read_letter
from stadtamt.notices.errors import LetterSourceRefused

HEAD = "letter: x\nsubject: Betreff\nblocks:\n"


def sentence_about(text: str) -> str:
    with pytest.raises(LetterSourceRefused) as refused:
        read_letter(text, path="letters/x.yaml")
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        (HEAD + "  - kind: paragraf\n", 4, "Die Blockart „paragraf“ gibt es nicht"),
        (HEAD + "  - kind: paragraph\n", 4, "Der Block „paragraph“ braucht „text“"),
        (HEAD + "  - kind: heading\n    text: A\n    items: [a]\n", 6, "kennt „items“ nicht"),
        (HEAD + "  - kind: heading\n    text: A\n    text: B\n", 6, "nennt „text“ doppelt"),
        (HEAD + "  - kind: operative\n    text: A\n", 4, "braucht eine Rechtsbehelfsbelehrung"),
        (HEAD + "  - kind: heading\n    when: 1 +\n    text: A\n", 5, ""),
        (HEAD + "  - kind: closing\n    text: |\n      eins\n      zwei {1 +}\n", 7, ""),
        (HEAD + "  - kind: closing\n    text: [a, b]\n", 5, "„Text“ muss ein Text sein"),
        ("letter: x\nblocks: []\n", 1, "braucht „subject“"),
        ("letter: x\n  subject: y", 2, "kein gültiges YAML"),
        (HEAD.replace("blocks:\n", "blocks: {}\n"), 3, "muss eine Liste"),
        (HEAD + "  - kind: heading\n    id: Ä 1\n    text: A\n", 5, "Kennung eines Blocks"),
        (HEAD + "  - {kind: heading, id: a, text: A}\n" * 2, 4, "dieselbe"),
    ],
)
def test_a_broken_letter_is_refused_with_its_line(text: str, line: int, sentence: str) -> None:
    told = sentence_about(text)
    assert told.startswith(f"letters/x.yaml, Zeile {line}: ")
    assert sentence in told


def test_a_table_needs_two_columns_and_a_known_alignment() -> None:
    table = HEAD + "  - {kind: table, caption: A, rows: liste, columns: [%s]}\n"
    assert "zwei Spalten" in sentence_about(table % '{title: A, value: "1"}')
    assert "„left“ oder „right“" in sentence_about(
        table % '{title: A, value: "1", align: center}, {title: B, value: "2"}'
    )


def test_an_empty_file_and_an_endless_one_are_refused() -> None:
    assert "leer" in sentence_about("")
    assert "länger als" in sentence_about("#" * 100_001)


def test_yaml_tags_cannot_make_objects() -> None:
    assert sentence_about(HEAD + "  - !!python/object/apply:os.getcwd []\n")


def test_the_letters_of_the_dog_tax_can_be_read() -> None:
    found = sorted(path.stem for path in (PACKAGE / "letters").glob("*.yaml"))
    assert found == ["ablehnung", "befreiung", "bescheid", "steuerfrei"]
    for name in found:
        assert read_letter((PACKAGE / "letters" / f"{name}.yaml").read_text()).id == name


def test_the_same_words_are_read_once() -> None:
    assert read_letter(WORDS) is read_letter(WORDS)


@pytest.mark.parametrize("words", ["[" * 50_000, "letter: &a x\nsubject: *a\nblocks: [{kind: payment}]"])
def test_great_depth_and_aliases_are_refused_before_they_are_followed(words: str) -> None:
    with pytest.raises(LetterSourceRefused, match=r"verschachtelt|Verweise"):
        read_letter(words)


def test_a_block_keeps_the_id_by_which_its_words_are_addressed() -> None:
    letter = read_letter(HEAD + "  - {kind: heading, id: gruende, text: A}\n  - {kind: heading, text: B}\n")
    assert [block.id for block in letter.blocks] == ["gruende", ""]
