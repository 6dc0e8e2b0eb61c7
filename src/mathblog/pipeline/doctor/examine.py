"""All checks of a site, in the order of a report."""

from mathblog.extend.declarations import Looks, load
from mathblog.pipeline.doctor.subject import Check, Finding, Subject


def examine(subject: Subject) -> tuple[Finding, ...]:
    """Return the findings of all checks of sites, by file and place."""
    checks: list[Check] = [
        load(check.function) for check in subject.extensions.checks.values() if check.looks is Looks.SITES
    ]
    found = (finding for check in checks for finding in check(subject))
    return tuple(sorted(found, key=lambda finding: finding.diagnostic.sort_key))
