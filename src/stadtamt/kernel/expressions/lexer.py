"""Cuts the source of an expression into tokens, each with its line and column (both from 1)."""

import re
from dataclasses import dataclass

from stadtamt.kernel.expressions.errors import ExpressionError
from stadtamt.kernel.expressions.limits import MAX_DIGITS, MAX_SOURCE

KEYWORDS = frozenset({"true", "false", "null", "and", "or", "between", "in", "if", "then", "else"}) | frozenset(
    {"for", "return", "some", "every", "satisfies"}
)

_TOKEN = re.compile(
    r"""
      (?P<space>\s+|//[^\n]*|/\*.*?\*/)
    | (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<name>[A-Za-z_äöüÄÖÜß]\w*)
    | (?P<string>"(?:[^"\\\n]|\\.)*")
    | (?P<symbol>\.\.|\*\*|<=|>=|!=|==|&&|\|\||[-+*/=<>()\[\]{},.:?@])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r'\\(u[0-9A-Fa-f]{4}|["\\/nrt]|.)', re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
_FOREIGN = {
    "==": "Gleichheit schreibt man mit einem einfachen „=“.",
    "&&": "Für „und zugleich“ schreibt man „and“.",
    "||": "Für „oder“ schreibt man „or“.",
    "!": "Verneint wird mit „not(…)“, ungleich heißt „!=“.",
    "'": 'Texte stehen in geraden doppelten Anführungszeichen: "Text".',
    "„": 'Texte stehen in geraden doppelten Anführungszeichen: "Text".',
    "“": 'Texte stehen in geraden doppelten Anführungszeichen: "Text".',
    "”": 'Texte stehen in geraden doppelten Anführungszeichen: "Text".',
    "/*": "Ein Kommentar beginnt mit „/*“ und endet nirgends mit „*/“.",
    '"': "Ein Text wird mit Anführungszeichen begonnen und in derselben Zeile nicht geschlossen.",
}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is name, keyword, number, string, symbol or end; `text` of a string is its content."""

    kind: str
    text: str
    line: int
    column: int


def tokens(source: str, *, line: int = 1, column: int = 1) -> list[Token]:
    """All tokens and one end token; `line` and `column` say where the source begins in its file."""
    if len(source) > MAX_SOURCE:
        raise ExpressionError(f"Der Ausdruck ist länger als {MAX_SOURCE} Zeichen.", line=line, column=column)
    found: list[Token] = []
    position, line_start = 0, 1 - column
    while position < len(source):
        match = _TOKEN.match(source, position)
        here = position - line_start + 1
        text = match[0] if match else ""
        foreign = _FOREIGN.get(text) if match else _strange(source, position)
        if text == "/" and source.startswith("/*", position):
            foreign = _FOREIGN["/*"]
        if match is None or foreign:
            raise ExpressionError(foreign or "", line=line, column=here)
        kind = str(match.lastgroup)
        if kind != "space":
            found.append(_token(kind, text, line, here))
        position = match.end()
        if "\n" in text:
            line += text.count("\n")
            line_start = match.start() + text.rindex("\n") + 1
    found.append(Token("end", "", line, position - line_start + 1))
    return found


def _strange(source: str, position: int) -> str:
    character = source[position]
    return _FOREIGN.get(character, f"Das Zeichen „{character}“ hat hier keine Bedeutung.")


def _token(kind: str, text: str, line: int, column: int) -> Token:
    if kind == "number" and len(text.replace(".", "")) > MAX_DIGITS:
        raise ExpressionError(f"Eine Zahl hat höchstens {MAX_DIGITS} Stellen.", line=line, column=column)
    if kind == "name" and text in KEYWORDS:
        return Token("keyword", text, line, column)
    if kind == "string":
        return Token(kind, _unescape(text[1:-1], line, column), line, column)
    return Token(kind, text, line, column)


def _unescape(text: str, line: int, column: int) -> str:
    def replace(match: re.Match[str]) -> str:
        code = match[1]
        if len(code) == 5:
            return chr(int(code[1:], 16))
        if code not in _ESCAPED:
            raise ExpressionError(f"„\\{code}“ ist in einem Text nicht bekannt.", line=line, column=column)
        return _ESCAPED[code]

    if "\\" in text:
        text = _ESCAPE.sub(replace, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
