"""The scores and the gate's checks as JUnit XML, for whatever shows test results."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from eval.gate import Standing, Verdict
from eval.shape import Result


def junit(results: Sequence[Result], verdicts: Mapping[str, Sequence[Verdict]]) -> str:
    """One suite per set: its scores, its promises, and the gate's checks where it ran."""
    root = Element("testsuites", name="koe eval")
    for result in results:
        checks = verdicts.get(result.set) or _promises(result)
        suite = SubElement(root, "testsuite", name=result.set, tests=str(len(checks)))
        for standing, attribute in ((Standing.FAIL, "failures"), (Standing.UNSURE, "skipped")):
            suite.set(attribute, str(sum(check.standing == standing for check in checks)))
        _scores(suite, result)
        for check in checks:
            _case(suite, result, check)
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _scores(suite: Element, result: Result) -> None:
    """Every score with its interval and n as a property of the suite, and how much was not scored."""
    found = SubElement(suite, "properties")
    for one in result.figures:
        name = one.name if one.scope == "all" else f"{one.name} {one.scope}"
        value = f"{one.value:.4f} [{one.low:.4f}, {one.high:.4f}] n={one.n} {one.unit}"
        SubElement(found, "property", name=name, value=value)
    SubElement(found, "property", name="not scored", value=str(len(result.unscored)))
    for said in result.judged.agreements if result.judged else ():
        value = "–" if said.kappa is None else f"{said.kappa:.4f} n={said.n}"
        SubElement(found, "property", name=f"kappa: {said.what}", value=value)


def _case(suite: Element, result: Result, check: Verdict) -> None:
    case = SubElement(suite, "testcase", classname=f"{result.set}.{result.asked}", name=check.name)
    if check.standing == Standing.FAIL:
        SubElement(case, "failure", message=check.says)
    elif check.standing == Standing.UNSURE:
        SubElement(case, "skipped", message=f"{check.standing}: {check.says}")
    else:
        SubElement(case, "system-out").text = check.says


def _promises(result: Result) -> list[Verdict]:
    broken = {violation.rule for violation in result.violations}
    return [
        Verdict(rule, Standing.FAIL if rule in broken else Standing.PASS, f"checked {count} times")
        for rule, _, count in (line.rpartition(": ") for line in result.checked)
    ]
