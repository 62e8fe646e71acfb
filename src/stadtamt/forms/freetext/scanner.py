"""A place in a text that moves forward: takes wordings, ids, quoted and unquoted labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from stadtamt.forms.freetext import vocabulary as v
from stadtamt.forms.freetext.likeness import NEAR, alike, closeness, plain, stands, words
from stadtamt.forms.freetext.spoken import Ask, Ref, Unclear

MAX_TEXT, MAX_STEPS = 12_000, 60_000
_GAP = re.compile(r"(?:[^\S\n]|\n(?!\n))+")
_BRACKETED = ('("', "(„", "(“", "(»", "('", "(‚")
_LETTERS = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\s=<>\"„“”'.,;:()]+")
_UP_TO_END = re.compile(
    r"([^=<>!≠\"„“',;.\n]{3,160}?)\s*(?=[=<>!≠,;.]|\s(?:an|aus|ein|nicht|als|und|oder)(?!\w)|$)", re.I
)
_BETWEEN = re.compile(r"\s*[-–:]?\s*")


@dataclass(slots=True)
class Names:
    """What the parser must know of a schema: by id, the labels of an element and of its values."""

    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    owners: Mapping[str, set[str]] = field(default_factory=dict)  # by plain label the ids that are called so


@dataclass(slots=True)
class Scanner:
    text: str
    names: Names
    at: int = 0
    steps: int = 0
    subject: Ref | None = None  # the last element asked about
    named: tuple[Ref, ...] = ()  # the last elements something happened to
    lands: tuple[str, ...] = ()  # the Länder named so far, which "the other Länder" are not
    lands_closed: bool = False  # the other Länder were said: the next one named begins anew
    heading: Ask | None = None  # the Länder of a heading like „Für das Land NW gilt:“, for all sentences below it
    headed: bool = False  # there was such a heading
    scope: Ask | None = None  # the Länder of the last sentence, whose SONST is said for the same ones
    again: bool = False  # the deed being read happens „dann“, under the condition of the sentence before
    within: Ask | None = None  # for which Länder the deed being read is said
    renamed: dict[str, str] = field(default_factory=dict)  # words of the schema, and what the text says for them
    only: bool = False  # the deed being read may only happen under a condition

    def skip(self) -> None:
        if gap := _GAP.match(self.text, self.at):
            self.at = gap.end()

    def take(self, wording: re.Pattern[str]) -> str:
        """What stands here, if it is this wording; empty if not."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise Unclear("Der Text ist zu verschachtelt.")
        self.skip()
        match = wording.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]

    def sees(self, wording: re.Pattern[str]) -> bool:
        here = self.at
        seen = bool(self.take(wording))
        self.at = here
        return seen

    @property
    def done(self) -> bool:
        return not self.text[self.at :].strip()

    def rest(self) -> str:
        """The next words, to be quoted in a reason."""
        words = self.text[self.at :].split()
        return " ".join(words[:6]) + (" …" if len(words) > 6 else "")

    def quoted(self) -> str | None:
        """The content of quotation marks, if some open here, also within brackets."""
        self.skip()
        if self.text.startswith(_BRACKETED, self.at):
            start = self.at
            self.at += 1
            content = self.quoted()
            if content is not None and self.take(v.CLOSE):
                return content
            self.at = start
            return None
        match = v.QUOTED.match(self.text, self.at)
        if match is None:
            if self.text[self.at : self.at + 1] in tuple("\"„“»‚‘'"):
                raise Unclear("Ein Anführungszeichen ist nicht geschlossen.")
            return None
        content = next(part for part in match.groups() if part is not None)
        if v.BROKEN.search(content):
            raise Unclear("Ein Anführungszeichen ist nicht geschlossen.")
        self.at = match.end()
        return content.strip()

    def ids(self) -> tuple[str, ...]:
        written = self.take(v.ID)
        return tuple(modern(letter, digits) for letter, digits in v.ONE_ID.findall(written))

    def label(self, names: Iterable[str], of: str = "") -> str:
        """A label without quotation marks, if one of these stands here. Moves behind it."""
        self.skip()
        start = _BETWEEN.match(self.text, self.at).end()  # type: ignore[union-attr]
        known = sorted({name for name in names if name}, key=len, reverse=True)
        for name in known:
            end = stands(self.text, start, name)
            if end > start:
                end += self.text[start:end].count("(") > self.text[start:end].count(")") and self.text[end:][:1] == ")"
                self.at = end
                return self.text[start:end]
        known += [older for name in known if (older := self._as_before(name)) != name]
        return self._nearly(known, start) or self._loosely(known, start, of)

    def _nearly(self, known: list[str], start: int) -> str:
        """A label with typing errors, or one word more or less."""
        ahead: list[re.Match[str]] = []
        for match in _WORD.finditer(self.text, start, start + 300):
            between = self.text[ahead[-1].end() if ahead else start : match.start()]
            if re.search(r"[=<>\"„'.;]|,\s", between) or v.THEN.fullmatch(match[0]):
                break
            ahead.append(match)
        for name in known:
            count = len(name.split())
            ends = [ahead[size - 1].end() for size in (count, count + 1, count - 1) if 1 < size <= len(ahead)]
            end = max(ends, key=lambda end: closeness(self.text[start:end], name), default=start)
            if closeness(self.text[start:end], name) >= NEAR:
                return self._taken(start, end, name)
        return ""

    def _loosely(self, known: list[str], start: int, of: str) -> str:
        """All words up to a sign or word that ends a label, where they plausibly are a label of the element."""
        match = _UP_TO_END.match(self.text, start)
        if match is None or v.NOT_IN_LABEL.search(match[1]):
            return ""
        if self.names.owners.get(plain(match[1]), {of}) != {of}:
            return ""  # the label of another element
        name = next((name for name in known if alike(match[1], name)), "")
        return self._taken(start, match.end(1), name) if name else ""

    def _taken(self, start: int, end: int, name: str) -> str:
        if self.text[start:end].count("(") > self.text[start:end].count(")") and self.text[end : end + 1] == ")":
            end += 1
        self.at = end
        said, now = words(self.text[start:end]), words(name)
        changed = [pair for pair in zip(said, now, strict=False) if pair[0] != pair[1]]
        if len(said) == len(now) > 2 and len(changed) == 1:
            self.renamed[changed[0][1]] = changed[0][0]
        return self.text[start:end]

    def _as_before(self, name: str) -> str:
        """A name with the words that the same text uses for newer ones of another element."""
        return _LETTERS.sub(lambda word: self.renamed.get(word[0].casefold(), word[0]), name) if self.renamed else name


def modern(letter: str, digits: str) -> str:
    """An id as in 3.0.0; those of generation 2 lack three digits behind the number range."""
    return f"{letter}{digits[:2]}000{digits[2:]}" if len(digits) == 8 else letter + digits
