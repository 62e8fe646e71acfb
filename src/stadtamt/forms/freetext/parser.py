"""Reading whole rules: sentences with WENN … DANN … SONST, with a condition behind them, for Länder, or for ever.

Every word must have its place; what is left over makes the whole rule unclear.
"""

from __future__ import annotations

import re
import unicodedata

from stadtamt.forms.freetext import asking, checks, naming
from stadtamt.forms.freetext import vocabulary as v
from stadtamt.forms.freetext.deeds import deeds
from stadtamt.forms.freetext.scanner import MAX_TEXT, Names, Scanner
from stadtamt.forms.freetext.spoken import Ask, Calendar, Clause, Deed, Negated, Several, Step, Test, Unclear

MAX_SENTENCES = 60
_WHICH_THEN = "Es ist nicht sicher, worauf sich „dann“ bezieht."
_BLANKS = re.compile(r"[^\S\n]+")
_HIDE_LAST = v.said("ausblenden|auszublenden|ausgeblendet|deaktivieren|deaktiviert|inaktiv|nicht sichtbar")
_NOT_SHOWN = v.said("nicht(?: (?:anzeigen|angezeigt|einblenden|eingeblendet|an))?(?: werden)?")
_FREE = v.said("optional|kein pflichtfeld|keine pflichtangabe|freiwillig")


def parse(text: str, names: Names) -> tuple[Clause, ...]:
    """What the text says. Raises Unclear with the reason."""
    if len(text) > MAX_TEXT:
        raise Unclear("Der Text ist sehr lang.")
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\u00ad", "").replace("\u200b", "")
    text = v.BULLET.sub(
        lambda sign: ": " if sign[0][0] == ":" else ", ", re.sub(r"\n\s*\n", "\n\n", _BLANKS.sub(" ", text))
    )
    scan = Scanner(text.strip(), names)
    clauses: list[Clause] = []
    said: list[Clause] = []
    fresh = 0  # the clauses from here on may be what a SONST is opposed to
    while not scan.done:
        before = scan.at
        scan.take(v.NUMBERING)
        if scan.take(v.ELSE):
            clauses.append(_otherwise(scan, clauses[fresh:]))
            said, fresh = [], len(clauses)
        else:
            said, closed = _sentence(scan, said)
            clauses += said
            fresh = len(clauses) if closed else fresh
        end = scan.at
        _pause(scan)
        _hold_heading(scan, scan.text[end : scan.at])
        if scan.again:
            raise Unclear(_WHICH_THEN)
        if scan.at == before or len(clauses) > MAX_SENTENCES:
            raise Unclear(f"Ab „{scan.rest()}“ ist der Text nicht verstanden.")
    return tuple(clauses)


def _pause(scan: Scanner) -> None:
    """Between two sentences; a comma only where a verb begins the next."""
    while scan.take(v.STOP):
        pass
    start = scan.at
    if (scan.take(v.COMMA) or scan.take(v.AND)) and not scan.sees(v.IMPERATIVE):
        scan.at = start


def _hold_heading(scan: Scanner, pause: str) -> None:
    """A heading for Länder certainly holds over an empty line only where another one follows."""
    if scan.heading is not None and "\n\n" in pause and not scan.done and not v.LATER_LANDS.search(scan.text, scan.at):
        raise Unclear("Es ist nicht sicher, für welche Länder der letzte Absatz gilt.")


def _sentence(scan: Scanner, before: list[Clause]) -> tuple[list[Clause], bool]:
    """One sentence; whether a SONST has closed it. `before`: what a „dann“ may refer to."""
    land = scan.scope = _lands(scan)
    if scan.take(v.ONLY_WHEN):
        return [_only_when(scan, land)], True
    question = land is scan.heading  # „Für die Länder … wird das Feld …“ is none
    if scan.take(v.WHEN) or scan.take(v.AT) or (question and scan.take(v.VERB_FIRST)):
        return _when_sentence(scan, land)
    return _main_sentence(scan, land, before)


def _lands(scan: Scanner) -> Ask | None:
    """The Länder a sentence is said for: its own, or those of the heading above."""
    land = naming.lands(scan)
    if land is None:
        if scan.headed and scan.heading is None:
            raise Unclear("Es ist nicht sicher, für welche Länder der letzte Satz gilt.")
        return scan.heading
    scan.heading = land if scan.take(v.HEADING) else None
    scan.headed = scan.headed or scan.heading is not None
    scan.take(v.COMMA)
    return land


def _when_sentence(scan: Scanner, land: Ask | None) -> tuple[list[Clause], bool]:
    said: list[Clause] = []
    while True:
        said.append(_when_clause(scan, land))
        start = scan.at
        scan.take(v.COMMA)
        scan.take(v.AND)
        if scan.take(v.ELSE):
            return [*said, _otherwise(scan, said)], True
        if not scan.take(v.WHEN) and not scan.take(v.AT):
            scan.at = start
            return said, False


def _when_clause(scan: Scanner, land: Ask | None) -> Clause:
    if scan.subject is not None and scan.sees(v.OPERATOR):
        when = asking.predicate_of(scan, scan.subject)
    elif scan.subject is not None and scan.sees(v.YES_NO):
        when = Test(scan.subject, "=", naming.value(scan, scan.subject))
    else:
        when = asking.condition(scan)
        if isinstance(when, Several) and len({part.ref for part in when.parts if isinstance(part, Test)}) != 1:
            scan.subject = None  # „wenn <> …“ would not say of which
    scan.take(v.COMMA)
    scan.take(v.THEN)
    scan.take(v.COLON)
    return _clause(scan, _both(land, when), _steps(scan))


def _only_when(scan: Scanner, land: Ask | None) -> Clause:
    """``Nur wenn …, dann zeige …``: else it is not shown."""
    if land is not None:
        raise Unclear("Eine Bedingung mit „nur“ für einzelne Länder ist nicht sicher zu verstehen.")
    when = asking.condition(scan)
    scan.take(v.COMMA)
    scan.take(v.THEN)
    done = deeds(scan)
    if any(step.kind not in ("show", "optional") for step in done):
        raise Unclear("Eine Bedingung mit „nur“ ist hier nicht sicher zu verstehen.")
    return Clause(Negated(when), tuple(Deed("hide", step.refs) for step in done))


def _main_sentence(scan: Scanner, land: Ask | None, before: list[Clause]) -> tuple[list[Clause], bool]:
    steps = _steps(scan)
    only, inner, again = scan.only, scan.within, scan.again
    scan.only, scan.within, scan.again = False, None, False
    if again:
        return [_then_too(steps, before, only or inner is not None)], False
    if inner is not None and land is not None:
        raise Unclear("Es ist nicht sicher, für welche Länder das gilt.")
    land = scan.scope = land if inner is None else inner
    start = scan.at
    scan.take(v.COMMA)
    if scan.take(v.WHEN):
        when = asking.condition(scan)
        if scan.sees(v.THEN):
            raise Unclear("Es ist nicht sicher, zu welchem Teil des Satzes die Bedingung gehört.")
        clause = _clause(scan, _both(land, Negated(when) if only else when), steps)
        start = scan.at
        scan.take(v.COMMA)
        if not only and scan.take(v.ELSE):
            return [clause, _otherwise(scan, [clause])], True
        scan.at = start
        return [clause], only
    if only:
        raise Unclear("Zu „nur“ fehlt die Bedingung.")
    clause = _clause(scan, land, steps)
    if land is not None and (other := naming.lands(scan)) is not None:
        scan.take(v.COLON)
        following, closed = _main_sentence(scan, other, [])
        return [clause, *following], closed
    scan.at = start
    return [clause], False


def _steps(scan: Scanner) -> list[Step]:
    found = checks.check(scan)
    if found is not None:
        return [found]
    done: list[Step] = list(deeds(scan))
    allowed = checks.whereby(scan)
    return done if allowed is None else [*done, allowed]


def _then_too(steps: list[Step], before: list[Clause], limited: bool) -> Clause:
    """``… dürfen dann nicht befüllt werden``: under the condition of the one sentence before."""
    if limited or len(before) != 1 or before[0].when is None:
        raise Unclear(_WHICH_THEN)
    return Clause(before[0].when, tuple(steps))


def _clause(scan: Scanner, when: Ask | None, steps: list[Step]) -> Clause:
    if scan.only or scan.within is not None:
        raise Unclear("„Nur“ und einzelne Länder sind zusammen mit einer Bedingung nicht sicher zu verstehen.")
    if steps == [Calendar(())]:
        three = when.parts if isinstance(when, Several) and when.kind == "and" else ()
        refs = tuple(part.ref for part in three if isinstance(part, Test) and part.op == "filled")
        if len(refs) != 3 or len(three) != 3:
            raise Unclear("Es ist nicht sicher, welche drei Felder zusammen ein Datum sind.")
        return Clause(None, (Calendar(refs),))
    return Clause(when, tuple(steps))


def _both(land: Ask | None, when: Ask) -> Ask:
    return when if land is None else Several("and", (land, when))


def _otherwise(scan: Scanner, before: list[Clause]) -> Clause:
    """What is said behind SONST, opposed to the one clause before."""
    if len(before) != 1 or before[0].when is None:
        raise Unclear("Es ist nicht sicher, wozu „sonst“ das Gegenteil ist.")
    scan.take(v.COMMA)
    when, steps = _opposite(scan, before[0].when), [step for step in before[0].steps if isinstance(step, Deed)]
    start = scan.at
    if (word := scan.take(_NOT_SHOWN)) and _ends(scan):
        shown = {ref for step in steps if step.kind in ("show", "appear") for ref in step.refs}
        targets = tuple(dict.fromkeys(ref for step in steps if step.kind != "hide" for ref in step.refs))
        if not targets or (word.casefold() == "nicht" and not shown.issuperset(targets)):
            raise Unclear("Es ist nicht sicher, was „sonst nicht“ hier heißt.")
        return Clause(when, (Deed("hide", targets),))
    scan.at = start
    if scan.take(_HIDE_LAST) and _ends(scan) and scan.named:
        return Clause(when, (Deed("hide", scan.named),))
    scan.at = start
    if scan.take(_FREE) and _ends(scan) and scan.named:
        return Clause(when, (Deed("optional", scan.named),))
    scan.at = start
    return _clause(scan, when, _steps(scan))


def _opposite(scan: Scanner, when: Ask) -> Ask:
    """The other case, for the same Länder."""
    if isinstance(when, Several) and scan.scope is not None and when.parts[0] is scan.scope:
        return Several("and", (scan.scope, Negated(when.parts[1])))
    return Negated(when)


def _ends(scan: Scanner) -> bool:
    return scan.done or scan.sees(v.STOP)
