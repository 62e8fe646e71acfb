"""The how-to for authors, followed word by word: the service it builds passes its check and its own cases."""

from __future__ import annotations

import re
from functools import cache

from stadtamt.packages.checking import check
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.golden import run_for_author
from stadtamt.packages.skeleton import skeleton
from support.source import ROOT

PAGE = ROOT / "docs" / "how-to" / "build-a-service.md"
BLOCK = re.compile(r"<!-- (\S+\.\w+)(?:: (\w+))? -->\n```\w+\n(.*?)```", re.DOTALL)
SECTION = r"(?ms)^\[{name}\]$.*?(?=^(?:# .*\n)*\[)"


@cache
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def between(text: str, first: str, last: str, new: str) -> str:
    begin = text.index(first)
    return text[:begin] + new + text[text.index(last, begin) :]


def built() -> dict[str, bytes]:
    files = {name: content.decode() for name, content in skeleton("wochenmarkt-stand").items()}
    del files["texts/en.toml"], files["parameters/musterstadt.toml"]
    for file, part, words in BLOCK.findall(page()):
        old = files.get(file, "")
        if part == "Parameter":
            files[file] = old[: old.index('[[parameter]]\nkey = "fee"')] + words
        elif part == "decisionTable":
            files[file] = between(old, "    <decisionTable", "\n  </decision>", words.rstrip())
        elif part == "e1":
            files[file] = between(old, '    <literalExpression id="e1">', "\n  </decision>", words.rstrip())
        elif file == "service.toml":
            for section in re.split(r"\n(?=\[)", words.rstrip()):
                name = section[1 : section.index("]")]
                found = re.search(SECTION.format(name=name), files[file])
                assert found, name
                files[file] = files[file].replace(found[0], f"{section}\n\n")
        elif file == "form.yaml":
            files[file] = between(old, "  - id: antrag", "  - id: kontakt", words)
        else:
            files[file] = words
    for file, old, new in (
        ("rules.dmn", '"certificate"', '"stall"'),
        ("letters/ablehnung.yaml", "eine Bescheinigung", "einen Stand auf dem Wochenmarkt"),
        ("process.bpmn", "Bescheinigung beantragen", "Stand beantragen"),
        ("process.bpmn", "Bürgeramt", "Marktverwaltung"),
    ):
        assert old in files[file]
        files[file] = files[file].replace(old, new)
    return {name: text.encode() for name, text in files.items()}


def test_the_service_of_the_how_to_passes_its_check() -> None:
    found = [str(one) for one in check(built())]
    assert len(found) == 2
    assert "".join(f"Hinweis {one}\n" for one in found) + "0 Fehler, 2 Hinweise\n" in page()


def test_the_service_of_the_how_to_passes_its_own_cases_and_notices_a_wrong_fee() -> None:
    files = built()
    outcomes = run_for_author(read_package(files))
    assert [one.differences for one in outcomes if not one.passed] == []
    assert f"\n{len(outcomes)} passed, 0 failed\n" in page()
    parameters = "parameters/konstanz.toml"
    wrong = read_package({**files, parameters: files[parameters].replace(b"rate = 55", b"rate = 56")})
    (said,) = [one.differences for one in run_for_author(wrong) if not one.passed]
    assert f"    {said[0]}\n6 passed, 1 failed\n" in page()
