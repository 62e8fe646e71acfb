"""The check of a package: everything that is wrong with it, in one go. Pure: nothing of it is installed or run."""

from __future__ import annotations

from collections.abc import Mapping

from stadtamt.packages.checking import names, proofs, words
from stadtamt.packages.checking.diagram import check_diagram
from stadtamt.packages.checking.findings import Finding, error
from stadtamt.packages.checking.parts import Parts, read_parts
from stadtamt.packages.checking.rules import check_names, check_rules
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import read_package

__all__ = ["Finding", "check", "errors_in"]


def check(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """All findings, by file and line. Never raises for what an author wrote.

    Without errors the package can be installed by a town whose settings fit. Whether it computes what it should, its
    golden cases say (`packages.golden`).
    """
    parts = read_parts(files)
    schema = names.check_form(parts)
    rules = check_rules(parts)
    check_diagram(parts)
    answers = names.answers_of(parts)
    check_names(parts, rules, answers)
    parts.findings += [*names.unknown_names(parts, answers, rules), *words.legal_bases(parts), *words.letters(parts)]
    parts.findings += words.life_events(parts)
    if schema is not None:
        parts.findings += [*names.dead_fields(parts, schema, rules), *words.unclear_rules(parts, schema)]
    parts.findings += names.dead_parameters(parts, rules)
    package = _whole(parts)
    if package is not None:
        _check_whole(parts, package)
    return tuple(sorted(set(parts.findings), key=_order))


def errors_in(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Only what keeps the package from being installed."""
    return tuple(finding for finding in findings if finding.severity == "error")


def _whole(parts: Parts) -> Package | None:
    """The package as the house reads it; what its reader refuses and nothing else named is put among the findings."""
    try:
        return read_package(parts.files)
    except PackageProblem as problem:
        if problem.file not in parts.broken:
            parts.findings.append(error(problem.file, problem.sentence, problem.line))
        return None


def _check_whole(parts: Parts, package: Package) -> None:
    parts.findings += words.translations(parts, package)
    found, settings = proofs.towns(package)
    parts.findings += found
    found, cases = proofs.tests(package, settings)
    parts.findings += found
    if not parts.broken:
        parts.findings += proofs.behaviour(package, cases, settings)


def _order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.file, finding.line or 0, finding.severity, finding.sentence
