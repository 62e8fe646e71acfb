"""Strategies for whole documents, as any author could have thought them up."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from stadtamt.forms.xdatenfelder.model import (
    CodeListReference,
    Common,
    Document,
    Field,
    Group,
    Identity,
    Keyword,
    Precision,
    Reference,
    Relation,
    Rule,
    Schema,
    Structure,
    Value,
)
from stadtamt.forms.xdatenfelder.values import DATA_TYPES, ELEMENT_KINDS, FIELD_KINDS, PREFILLS, STATUSES

_SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
_LETTERS = st.one_of(_SIGNS, st.sampled_from("\r\n\t <>&\"'"))
texts = st.text(_LETTERS, max_size=12).map(lambda text: text.strip(" \t\r\n"))
some = texts.filter(bool)
versions = st.sampled_from(("", "1.0.0", "2.10.3"))
codes = st.from_regex(r"[A-Z]{3}", fullmatch=True)
addresses = st.sampled_from(("", "https://example.org/?a=1&b=2"))
references = st.lists(st.builds(Reference, some, addresses), max_size=2).map(tuple)
keywords = st.lists(st.builds(Keyword, some, addresses), max_size=2).map(tuple)
numbers = st.none() | st.decimals(min_value=-(10**9), max_value=10**9, places=2) | st.just(Decimal("1E+5"))
lengths = st.none() | st.integers(0, 10**6)


def identities(letter: str) -> st.SearchStrategy[Identity]:
    return st.builds(Identity, st.from_regex(rf"{letter}[0-9]{{1,11}}", fullmatch=True), versions)


precisions = st.none() | st.builds(Precision, lengths, lengths, numbers, numbers, texts, texts).filter(
    lambda precision: precision != Precision()
)
rules = st.lists(
    st.builds(Rule, identities("R"), texts, texts, texts, references, texts, texts, codes, keywords, texts), max_size=2
).map(tuple)


def commons(letter: str, *, schema: bool = False) -> st.SearchStrategy[Common]:
    only_elements = st.just("") if schema else texts
    return st.builds(
        Common,
        identity=identities(letter),
        name=texts,
        description=texts,
        definition=texts,
        references=references,
        status=st.sampled_from(sorted(STATUSES)),
        status_set_on=texts,
        status_set_by=texts,
        valid_from=texts,
        valid_to=texts,
        version_note=texts,
        published=texts,
        changed=texts,
        keywords=keywords,
        relations=st.lists(st.builds(Relation, codes, identities("F")), max_size=2).map(tuple),
        label_in=texts,
        label_out=only_elements,
        help_in=only_elements,
        help_out=only_elements,
        element_kind=st.just("") if schema else st.sampled_from(sorted(ELEMENT_KINDS)),
    )


fields = st.builds(
    Field,
    commons("F"),
    st.sampled_from(sorted(FIELD_KINDS)),
    st.sampled_from(sorted(DATA_TYPES)),
    precisions,
    texts,
    st.sampled_from(sorted(PREFILLS)),
    st.lists(st.builds(Value, some, texts, texts), max_size=2).map(tuple),
    st.none() | st.builds(CodeListReference, some, texts, texts),
    texts,
    texts,
    texts,
    lengths,
    st.lists(some, max_size=2).map(tuple),
    rules,
)


def structures(elements: st.SearchStrategy[Field | Group]) -> st.SearchStrategy[tuple[Structure, ...]]:
    least = st.integers(0, 9)
    one = st.tuples(least, st.none() | least, elements, references).map(
        lambda drawn: Structure(drawn[0], None if drawn[1] is None else drawn[0] + drawn[1], drawn[2], drawn[3])
    )
    return st.lists(one, max_size=2).map(tuple)


def _groups(elements: st.SearchStrategy[Field | Group]) -> st.SearchStrategy[Group]:
    return st.builds(Group, commons("G"), st.sampled_from(("", "X")), rules, structures(elements))


elements: st.SearchStrategy[Field | Group] = st.recursive(fields, _groups, max_leaves=3)
schemas = st.builds(
    Schema,
    commons("S", schema=True),
    texts,
    texts,
    st.none() | identities("D"),
    rules,
    structures(elements),
)
documents = st.builds(Document, st.just("3.0.0"), texts, texts, schemas | _groups(elements))
