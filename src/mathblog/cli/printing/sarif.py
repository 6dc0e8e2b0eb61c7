"""Reports in SARIF 2.1.0, which GitHub's code scanning and editors read (docs.oasis-open.org/sarif/sarif/v2.1.0)."""

import json
from collections.abc import Callable, Iterable
from urllib.parse import quote

from mathblog import __version__
from mathblog.core.diagnostic import Diagnostic

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def to_sarif(diagnostics: Iterable[Diagnostic], locate: Callable[[str], str]) -> str:
    """One run with a result for each problem; `locate` gives the path of a file as it is to be shown."""
    from mathblog.config.rules import RULES

    problems = list(diagnostics)
    names = list(dict.fromkeys(problem.code for problem in problems))
    rules = [{"id": name, "shortDescription": {"text": RULES[name].about if name in RULES else name}} for name in names]
    driver = {"name": "mathblog", "semanticVersion": __version__, "rules": rules}
    results: list[dict[str, object]] = []
    for problem in problems:
        text = problem.message + (f" ({problem.hint})" if problem.hint else "")
        result: dict[str, object] = {
            "ruleId": problem.code,
            "ruleIndex": names.index(problem.code),
            "level": str(problem.severity),
            "message": {"text": text},
        }
        results.append(result)
        if not problem.path:
            continue
        artifact = {"uri": quote(locate(problem.path))}
        place: dict[str, object] = {"artifactLocation": artifact}
        region: dict[str, object] = {}
        if problem.line:
            columns = {"startColumn": problem.column, "endColumn": problem.end_column} if problem.column else {}
            region = {"startLine": problem.line, **columns}
            place["region"] = {**region, "snippet": {"text": problem.excerpt}}
        result["locations"] = [{"physicalLocation": place}]
        if problem.fix is not None:
            replacement = {"deletedRegion": region, "insertedContent": {"text": problem.fix}}
            change = {"artifactLocation": artifact, "replacements": [replacement]}
            result["fixes"] = [{"description": {"text": problem.hint or problem.message}, "artifactChanges": [change]}]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
