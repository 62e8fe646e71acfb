"""Reads tokens into a tree: one precedence climber for all operators, so that nesting costs few stack frames."""

import difflib
from collections.abc import Collection
from decimal import Decimal

from stadtamt.kernel.expressions import nodes
from stadtamt.kernel.expressions.errors import ExpressionError
from stadtamt.kernel.expressions.lexer import Token, tokens
from stadtamt.kernel.expressions.limits import MAX_NESTING, MAX_NODES
from stadtamt.kernel.expressions.values import parse_date, parse_duration

OR, AND, COMPARE, ADD, MULTIPLY, POWER = range(1, 7)
_LEVELS = dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "between", "in"), COMPARE) | {
    "or": OR,
    "and": AND,
    "+": ADD,
    "-": ADD,
    "*": MULTIPLY,
    "/": MULTIPLY,
    "**": POWER,
}
_RELATIONS = ("<", "<=", ">", ">=", "=", "!=")
_CONSTANTS = {"true": True, "false": False, "null": None}


def parse(source: str, functions: Collection[str], *, line: int = 1, column: int = 1) -> nodes.Node:
    """The tree of a whole expression; ExpressionError where it is not one."""
    parser = Parser(tokens(source, line=line, column=column), functions)
    tree = parser.expression()
    parser.finish()
    return tree


def parse_tests(source: str, functions: Collection[str], *, line: int = 1, column: int = 1) -> nodes.Tests:
    """The tree of a cell of a decision table: `-`, `< 3`, `[1..5]`, `"a", "b"`, `not(…)`, expressions with `?`."""
    parser = Parser(tokens(source, line=line, column=column), functions)
    tree = parser.cell()
    parser.finish()
    return tree


class Parser:
    def __init__(self, found: list[Token], functions: Collection[str]) -> None:
        self._tokens = found
        self._functions = functions
        self._at = 0
        self._nodes = 0
        self._depth = 0
        self._plain_end = False

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _is(self, *texts: str) -> bool:
        token = self._now
        return token.kind in ("symbol", "keyword") and token.text in texts

    def _take(self, *texts: str) -> bool:
        if self._is(*texts):
            self._at += 1
            return True
        return False

    def _expect(self, text: str, purpose: str) -> None:
        if not self._take(text):
            raise self._error(f"Hier fehlt „{text}“ ({purpose})")

    def _error(self, sentence: str, token: Token | None = None) -> ExpressionError:
        token = token or self._now
        seen = "der Ausdruck endet" if token.kind == "end" else f"hier steht „{token.text}“"
        return ExpressionError(f"{sentence}; {seen}.", line=token.line, column=token.column)

    def _here(self) -> tuple[int, int]:
        """Where the next node begins; counts it."""
        token = self._now
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise ExpressionError("Der Ausdruck hat zu viele Teile.", line=token.line, column=token.column)
        return token.line, token.column

    def finish(self) -> None:
        """Refuse what follows a complete expression."""
        token = self._now
        if token.kind == "end":
            return
        if token.text in ("=", "!=", "<", "<=", ">", ">=", "between", "in") and token.kind != "string":
            raise self._error("Vergleiche lassen sich nicht verketten; bitte mit „and“ verbinden", token)
        raise self._error("Der Ausdruck ist hier schon zu Ende", token)

    def expression(self) -> nodes.Node:
        """A whole expression, also inside brackets."""
        plain_end, self._plain_end = self._plain_end, False
        tree = self._climb(OR)
        self._plain_end = plain_end
        return tree

    def cell(self) -> nodes.Tests:
        """The tests of one table cell."""
        line, column = self._here()
        if self._take("-"):
            if self._now.kind == "end":
                return nodes.Tests(line, column, ())
            self._at -= 1
        if self._now.kind == "end":
            return nodes.Tests(line, column, ())
        negated = self._wraps_all_in_not()
        if negated:
            self._at += 2
        alternatives = self._alternatives()
        if negated:
            self._expect(")", "Ende von „not(“")
        return nodes.Tests(line, column, alternatives, negated)

    def _wraps_all_in_not(self) -> bool:
        first = self._now
        if first.kind != "name" or first.text != "not":
            return False
        depth = 0
        for index in range(self._at + 1, len(self._tokens) - 1):
            token = self._tokens[index]
            if token.kind == "symbol":
                depth += (token.text == "(") - (token.text == ")")
            if depth == 0:
                return index > self._at + 1 and index == len(self._tokens) - 2
        return False

    def _alternatives(self) -> tuple[nodes.Node, ...]:
        found = [self._test()]
        while self._take(","):
            found.append(self._test())
        return tuple(found)

    def _test(self) -> nodes.Node:
        line, column = self._here()
        if self._is(*_RELATIONS):
            operator = self._now.text
            self._at += 1
            return nodes.Relation(line, column, operator, self._climb(ADD))
        return self.expression()

    def _climb(self, least: int) -> nodes.Node:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise ExpressionError(
                "Der Ausdruck ist zu tief verschachtelt.", line=self._now.line, column=self._now.column
            )
        left = self._operand()
        while (level := self._level()) >= least:
            line, column = left.line, left.column
            if level in (OR, AND):
                operator, rest = self._row(level)
                left = nodes.Logic(line, column, operator, (left, *(operand for _, operand in rest)))
            elif level == COMPARE:
                left = self._comparison(left)
                if self._level() == COMPARE:
                    self.finish()
            else:
                left = nodes.Chain(line, column, left, self._row(level)[1])
        self._depth -= 1
        return left

    def _level(self) -> int:
        token = self._now
        return _LEVELS.get(token.text, 0) if token.kind in ("symbol", "keyword") else 0

    def _row(self, level: int) -> tuple[str, tuple[tuple[str, nodes.Node], ...]]:
        found = []
        while self._level() == level:
            operator = self._now.text
            self._at += 1
            found.append((operator, self._climb(level + 1)))
        return found[0][0], tuple(found)

    def _comparison(self, left: nodes.Node) -> nodes.Node:
        operator, line, column = self._now.text, self._now.line, self._now.column
        self._at += 1
        if operator == "between":
            low = self._climb(ADD)
            self._expect("and", "zwischen den Grenzen von „between“")
            return nodes.Between(line, column, left, low, self._climb(ADD))
        if operator == "in":
            target = self._test() if self._is(*_RELATIONS) else self._climb(ADD)
            return nodes.In(line, column, left, target)
        return nodes.Comparison(line, column, operator, left, self._climb(ADD))

    def _operand(self) -> nodes.Node:
        line, column = self._here()
        negative = False
        while self._take("-"):
            negative = not negative
        tree = self._primary()
        while True:
            if self._take("."):
                tree = self._member(tree)
            elif not self._plain_end and self._is("["):
                tree = self._filter(tree)
            else:
                return nodes.Negative(line, column, tree) if negative else tree

    def _member(self, target: nodes.Node) -> nodes.Node:
        token = self._now
        if token.kind not in ("name", "keyword"):
            raise self._error("Nach dem Punkt fehlt ein Name")
        line, column = self._here()
        self._at += 1
        if isinstance(target, nodes.Path):
            return nodes.Path(target.line, target.column, target.root, (*target.members, token.text))
        return nodes.Member(line, column, target, token.text)

    def _filter(self, target: nodes.Node) -> nodes.Node:
        line, column = self._here()
        self._expect("[", "Beginn der Auswahl")
        condition = self.expression()
        self._expect("]", "Ende der Auswahl")
        return nodes.Filter(line, column, target, condition)

    def _primary(self) -> nodes.Node:  # noqa: C901, PLR0911 - one line a kind reads best
        token = self._now
        line, column = token.line, token.column
        if token.kind == "name":
            return self._name()
        if token.kind == "number":
            self._at += 1
            return nodes.Literal(line, column, Decimal(token.text))
        if token.kind == "string":
            self._at += 1
            return nodes.Literal(line, column, token.text)
        if token.text in _CONSTANTS and token.kind == "keyword":
            self._at += 1
            return nodes.Literal(line, column, _CONSTANTS[token.text])
        if self._take("?"):
            return nodes.Path(line, column, "?", ())
        if self._take("@"):
            return self._at_literal(line, column)
        if self._is("(", "[", "]"):
            return self._bracket(line, column)
        if self._take("{"):
            return self._context(line, column)
        if self._is("if"):
            return self._if(line, column)
        if self._is("for", "some", "every"):
            return self._loop(line, column)
        raise self._error("Hier fehlt ein Wert")

    def _name(self) -> nodes.Node:
        token = self._now
        run = self._at
        while self._tokens[run].kind in ("name", "keyword"):
            run += 1
        words = [word.text for word in self._tokens[self._at : run]]
        called = self._tokens[run].kind == "symbol" and self._tokens[run].text == "("
        name = " ".join(words)
        if called and (name in self._functions or len(words) == 1):
            self._at = run + 1
            return self._call(name, token)
        if called and self._tokens[self._at + 1].kind == "name":
            raise unknown_function(name, self._functions, token.line, token.column)
        self._at += 1
        return nodes.Path(token.line, token.column, token.text, ())

    def _call(self, name: str, token: Token) -> nodes.Node:
        if name not in self._functions:
            raise unknown_function(name, self._functions, token.line, token.column)
        arguments: list[nodes.Node] = []
        if not self._take(")"):
            arguments.append(self.expression())
            while self._take(","):
                arguments.append(self.expression())
            self._expect(")", f"Ende von „{name}(“")
        return nodes.Call(token.line, token.column, name, tuple(arguments))

    def _at_literal(self, line: int, column: int) -> nodes.Node:
        token = self._now
        value = None
        if token.kind == "string":
            value = parse_date(token.text) or parse_duration(token.text)
        if value is None:
            raise self._error('Nach „@“ steht ein Datum wie @"2026-01-31" oder eine Dauer wie @"P3M"', token)
        self._at += 1
        return nodes.Literal(line, column, value)

    def _bracket(self, line: int, column: int) -> nodes.Node:
        opening = self._now.text
        self._at += 1
        if opening == "[" and self._take("]"):
            return nodes.ListOf(line, column, ())
        if opening == "(" and self._is(*_RELATIONS):
            return self._group(line, column, self._test())
        first = self.expression()
        if self._take(".."):
            return self._range(line, column, opening, first)
        if opening == "(":
            return self._group(line, column, first)
        if opening == "]":
            raise self._error("Hier fehlt „..“ (Mitte eines Bereichs)")
        items = [first]
        while self._take(","):
            items.append(self.expression())
        self._expect("]", "Ende der Liste")
        return nodes.ListOf(line, column, tuple(items))

    def _group(self, line: int, column: int, first: nodes.Node) -> nodes.Node:
        alternatives = [first]
        while self._take(","):
            alternatives.append(self._test())
        self._expect(")", "Ende der Klammer")
        if len(alternatives) == 1 and not isinstance(first, nodes.Relation):
            return first
        return nodes.Tests(line, column, tuple(alternatives))

    def _range(self, line: int, column: int, opening: str, low: nodes.Node) -> nodes.Node:
        plain_end, self._plain_end = self._plain_end, True
        high = self._climb(ADD)
        self._plain_end = plain_end
        closing = self._now.text
        if not self._take("]", ")", "["):
            raise self._error("Hier fehlt „]“ (Ende des Bereichs)")
        return nodes.Range(line, column, low, high, opening == "[", closing == "]")

    def _context(self, line: int, column: int) -> nodes.Node:
        entries: dict[str, nodes.Node] = {}
        while not self._is("}"):
            token = self._now
            if token.kind not in ("name", "keyword", "string"):
                raise self._error("Hier fehlt der Name eines Eintrags")
            if token.text in entries:
                raise ExpressionError(
                    f"Der Eintrag „{token.text}“ steht zweimal da.", line=token.line, column=token.column
                )
            self._at += 1
            self._expect(":", "nach dem Namen eines Eintrags")
            entries[token.text] = self.expression()
            if not self._take(","):
                break
        self._expect("}", "Ende der Einträge")
        return nodes.ContextOf(line, column, tuple(entries.items()))

    def _if(self, line: int, column: int) -> nodes.Node:
        branches = []
        while self._take("if"):
            condition = self.expression()
            self._expect("then", "nach der Bedingung")
            branches.append((condition, self.expression()))
            self._expect("else", "was sonst gilt")
        return nodes.If(line, column, tuple(branches), self.expression())

    def _loop(self, line: int, column: int) -> nodes.Node:
        kind = self._now.text
        self._at += 1
        bindings = [self._binding()]
        while self._take(","):
            bindings.append(self._binding())
        self._expect(*(("return", "was entsteht") if kind == "for" else ("satisfies", "was gelten soll")))
        return nodes.Loop(line, column, kind, tuple(bindings), self.expression())

    def _binding(self) -> tuple[str, nodes.Node]:
        token = self._now
        if token.kind != "name":
            raise self._error("Hier fehlt ein Name für die Einträge der Liste")
        self._at += 1
        self._expect("in", "vor der Liste")
        source = self._climb(ADD)
        if self._take(".."):
            high = self._climb(ADD)
            source = nodes.Range(token.line, token.column, source, high, True, True)
        return token.text, source


def unknown_function(name: str, functions: Collection[str], line: int, column: int) -> ExpressionError:
    """The error for a function that does not exist, with the nearest one that does."""
    near = difflib.get_close_matches(name, sorted(functions), n=1, cutoff=0.7)
    hint = f" Gemeint ist vielleicht „{near[0]}“." if near else ""
    return ExpressionError(f"Die Funktion „{name}“ gibt es nicht.{hint}", line=line, column=column)
