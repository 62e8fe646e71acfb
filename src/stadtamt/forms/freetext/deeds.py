"""Reading what happens: ``aktiviere A UND deaktiviere B``, ``muss A befüllt sein``, ``zeige A als Pflicht an``."""

from __future__ import annotations

from stadtamt.forms.freetext import naming
from stadtamt.forms.freetext import vocabulary as v
from stadtamt.forms.freetext.scanner import Scanner
from stadtamt.forms.freetext.spoken import Ask, Deed, DeedKind, Negated, Ref, Unclear

_DOUBLE = "Eine doppelte Verneinung ist nicht sicher zu verstehen."
_KINDS: dict[tuple[str, bool, str], DeedKind] = {
    ("must", False, "fill"): "must",
    ("must", False, "show"): "show",
    ("must", False, "hide"): "hide",
    ("must", False, "due"): "must",
    ("must", False, "optional"): "optional",
    ("must", False, "empty"): "hide",
    ("must", True, "fill"): "optional",
    ("may", True, "fill"): "hide",
    ("may", True, "show"): "hide",
    ("may", True, "empty"): "must",
    ("may", False, "fill"): "optional",
    ("may", False, "show"): "optional",
    ("may", False, "empty"): "optional",
    ("can", False, "fill"): "optional",
    ("can", False, "empty"): "optional",
    ("is", False, "show"): "show",
    ("is", False, "hide"): "hide",
    ("is", False, "due"): "must",
    ("is", False, "optional"): "optional",
    ("is", True, "show"): "hide",
    ("is", True, "due"): "optional",
    ("is", False, "fill in"): "must",
    ("is", False, "show it"): "show",
    ("is", True, "show it"): "hide",
    ("is", False, "hide it"): "hide",
    ("stays", False, "empty"): "hide",
}
_ONLY = {("may", "fill"), ("may", "show"), ("is", "show")}
_MODALS = {
    "muss": "must",
    "müssen": "must",
    "darf": "may",
    "dürfen": "may",
    "kann": "can",
    "können": "can",
    "bleibt": "stays",
    "bleiben": "stays",
    "erscheint": "appears",
    "erscheinen": "appears",
    "entfällt": "drops",
    "entfallen": "drops",
}


AWAITED = Ref(())  # „folgende Felder“, until the list behind the colon is read


def deeds(scan: Scanner) -> list[Deed]:
    """One deed or several, joined by UND, sowie or a comma. Raises Unclear when none is there."""
    done = _chain(scan)
    if not any(AWAITED in one.refs for one in done):
        return done
    scan.take(v.LIST_FOLLOWS)
    scan.take(v.COMMA)
    listed, joined = naming.refs(scan)
    if not listed or "or" in joined:
        raise Unclear("Es fehlt, welche die folgenden Felder sind.")
    scan.named = listed
    return [Deed(one.kind, listed if AWAITED in one.refs else one.refs) for one in done]


def _chain(scan: Scanner) -> list[Deed]:
    done = deed(scan)
    while True:
        start = scan.at
        joined = bool(scan.take(v.COMMA))
        joined = bool(scan.take(v.AND)) or joined
        if not joined or not _begins(scan):
            scan.at = start
            return done
        done += deed(scan)


def _begins(scan: Scanner) -> bool:
    """Whether another deed begins here, and not another clause."""
    if any(scan.sees(word) for word in (v.IMPERATIVE, v.MAKE, v.MODAL)):
        return True
    start = scan.at
    found = naming.ref(scan) is not None
    scan.at = start
    return found


def deed(scan: Scanner) -> list[Deed]:
    """One deed with all it says about its elements."""
    if verb := scan.take(v.IMPERATIVE).casefold():
        return _imperative(scan, verb)
    if scan.take(v.MAKE):
        return _make(scan)
    if modal := scan.take(v.MODAL).casefold():
        targets = _targets(scan, needed=False) or scan.named
        return _predicates(scan, _MODALS.get(modal, "is"), targets)
    targets = _targets(scan)
    if modal := scan.take(v.MODAL).casefold():
        return _predicates(scan, _MODALS.get(modal, "is"), targets)
    return _infinitive(scan, targets)


def _targets(scan: Scanner, needed: bool = True) -> tuple[Ref, ...]:
    """The elements named here, or those that a pronoun means."""
    if scan.take(v.FOLLOWING):
        scan.named = (AWAITED,)
        return scan.named
    listed, joined = naming.refs(scan)
    if listed:
        if "or" in joined:
            raise Unclear("Es ist nicht sicher, welches der mit ODER verbundenen Felder gemeint ist.")
        scan.named = listed
        return listed
    start = scan.at
    if not (word := scan.take(v.PRONOUN)):
        if needed:
            raise Unclear(f"Ab „{scan.rest()}“ ist nicht verstanden, was geschehen soll.")
        return ()
    if scan.sees(v.QUOTED):
        raise Unclear(f"Ab „{scan.text[start:].strip()[:60]}“ ist nicht verstanden, welches Feld gemeint ist.")
    if not scan.named or (v.SINGULAR.fullmatch(word) and len(scan.named) > 1):
        raise Unclear(f"Es ist nicht sicher, worauf sich „{word}“ bezieht.")
    return scan.named


def _imperative(scan: Scanner, verb: str) -> list[Deed]:
    early_no = bool(scan.take(v.NOT))
    due = bool(scan.take(v.AS_DUE))
    targets = _targets(scan)
    due = bool(scan.take(v.AS_DUE)) or due
    no = bool(scan.take(v.NOT))
    particle = scan.take(v.PARTICLE).casefold()
    if early_no and no:
        raise Unclear(_DOUBLE)
    kind = _imperative_kind(verb, early_no or no, particle)
    if due and kind == "hide":
        raise Unclear("Etwas soll zugleich Pflicht und ausgeblendet sein.")
    return [Deed(kind, targets)] + ([Deed("must", targets)] if due else [])


def _imperative_kind(verb: str, no: bool, particle: str) -> DeedKind:
    if verb == "zeige" and particle in ("", "an"):
        return "hide" if no else "show"
    if verb == "blende" and particle in ("aus", "ein"):
        if no and particle == "aus":
            raise Unclear(_DOUBLE)
        return "hide" if no or particle == "aus" else "show"
    if verb in ("aktiviere", "aktivere") and not particle:
        return "hide" if no else "show"
    if verb in ("deaktiviere", "deaktivere", "verberge", "verstecke") and not particle:
        if no:
            raise Unclear(_DOUBLE)
        return "hide"
    raise Unclear(f"Zu „{verb}“ passt „{particle or 'nichts dahinter'}“ nicht.")


def _make(scan: Scanner) -> list[Deed]:
    targets = _targets(scan)
    if not scan.take(v.TO_DUE):
        raise Unclear(f"Ab „{scan.rest()}“ ist nicht verstanden, was geschehen soll.")
    return [Deed("must", targets)]


def _infinitive(scan: Scanner, targets: tuple[Ref, ...]) -> list[Deed]:
    due = bool(scan.take(v.AS_DUE))
    no = bool(scan.take(v.NOT))
    word = scan.take(v.INFINITIVE).casefold()
    if not word:
        if (due or scan.take(v.DUE)) and not no:
            return [Deed("must", targets)]
        raise Unclear(f"Ab „{scan.rest()}“ ist nicht verstanden, was geschehen soll.")
    hides = word in ("deaktivieren", "ausblenden", "verbergen")
    if hides and (no or due):
        raise Unclear(_DOUBLE if no else "Etwas soll zugleich Pflicht und ausgeblendet sein.")
    kind: DeedKind = "hide" if hides or no else "show"
    return [Deed(kind, targets)] + ([Deed("must", targets)] if due and kind == "show" else [])


def _predicates(scan: Scanner, modal: str, targets: tuple[Ref, ...]) -> list[Deed]:
    """Behind the verb: ``befüllt sein``, ``nicht angezeigt werden``, ``angezeigt UND G… ausgeblendet werden``."""
    if not targets:
        raise Unclear(f"Ab „{scan.rest()}“ ist nicht gesagt, welches Feld gemeint ist.")
    if modal == "drops":
        return [Deed("hide", targets)]
    if modal == "appears":
        return _appears(scan, targets)
    scan.again = bool(scan.take(v.THEN)) or scan.again
    if (land := _only_lands(scan)) is not None:
        return _in_lands_only(scan, modal, targets, land)
    land = naming.lands(scan)
    scan.within = scan.within if land is None else land
    done = _phrase(scan, modal, targets)
    while True:
        start = scan.at
        if not scan.take(v.AND):
            break
        following, joined = naming.refs(scan)
        if following and ("or" in joined or scan.sees(v.MODAL)):
            scan.at = start
            break
        try:
            done += _phrase(scan, modal, following or targets)
        except Unclear:
            scan.at = start
            break
        targets = scan.named = following or targets
    scan.take(v.ENDING)
    return done


def _only_lands(scan: Scanner) -> Ask | None:
    """``nur für die Länder …``"""
    start = scan.at
    land = naming.lands(scan) if scan.take(v.ONLY) else None
    if land is None:
        scan.at = start
    return land


def _in_lands_only(scan: Scanner, modal: str, targets: tuple[Ref, ...], land: Ask) -> list[Deed]:
    """What may happen only in some Länder is shut out in the others; what must happen, must only there."""
    done = _phrase(scan, modal, targets)
    scan.take(v.ENDING)
    kinds = {one.kind for one in done}
    if scan.within is not None or not (kinds <= {"must"} or kinds <= {"show", "optional"}):
        raise Unclear("Es ist nicht sicher, was „nur“ für einzelne Länder hier heißt.")
    scan.within = land if kinds == {"must"} else Negated(land)
    return done if kinds == {"must"} else [Deed("hide", one.refs) for one in done]


def _appears(scan: Scanner, targets: tuple[Ref, ...]) -> list[Deed]:
    no = bool(scan.take(v.NOT))
    due = bool(scan.take(v.AS_DUE))
    if no:
        return [Deed("hide", targets)]
    return [Deed("appear", targets)] + ([Deed("must", targets)] if due else [])


def _phrase(scan: Scanner, modal: str, targets: tuple[Ref, ...]) -> list[Deed]:
    if modal == "is" and scan.take(v.NOT_DUE):
        return [Deed("optional", targets)]
    only = bool(scan.take(v.ONLY))
    if modal in ("must", "is") and scan.take(v.ADVERB) and not any(map(scan.sees, (v.FILL, v.SHOWN, v.FILL_IN, v.DUE))):
        raise Unclear(f"Ab „{scan.rest()}“ ist nicht sicher verstanden, was geschehen soll.")
    no = bool(scan.take(v.NOT))
    due = bool(scan.take(v.AS_DUE)) if _shown_as_due(scan) else False
    no = bool(scan.take(v.NOT)) or no
    word = _word(scan)
    kind = _KINDS.get((modal, no, word))
    if only and not no and not due and (modal, word) in _ONLY:
        scan.only = True
        return [Deed("hide", targets)]
    if kind is None or only or (due and kind != "show"):
        raise Unclear(f"Ab „{scan.rest()}“ ist nicht sicher verstanden, was geschehen soll." if not word else _DOUBLE)
    return [Deed(kind, targets)] + ([Deed("must", targets)] if due else [])


def _shown_as_due(scan: Scanner) -> bool:
    start = scan.at
    seen = bool(scan.take(v.AS_DUE)) and (scan.sees(v.SHOWN) or scan.sees(v.SHOW_IT))
    scan.at = start
    return seen


def _word(scan: Scanner) -> str:
    for name, wording in (
        ("fill", v.FILL),
        ("fill in", v.FILL_IN),
        ("show it", v.SHOW_IT),
        ("hide it", v.HIDE_IT),
        ("show", v.SHOWN),
        ("hide", v.HIDDEN),
        ("due", v.DUE),
        ("optional", v.OPTIONAL),
        ("empty", v.EMPTY),
    ):
        if scan.take(wording):
            return name
    return ""
