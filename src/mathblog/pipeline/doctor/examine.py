"""All checks of a site, in the order of a report."""

from mathblog.pipeline.doctor.configuration import check_configuration
from mathblog.pipeline.doctor.dates import check_dates
from mathblog.pipeline.doctor.dialect import check_display, check_dollars, check_fences, check_liquid, check_tables
from mathblog.pipeline.doctor.escapes import check_escapes
from mathblog.pipeline.doctor.images import check_images
from mathblog.pipeline.doctor.left_out import check_left_out
from mathblog.pipeline.doctor.links import check_links
from mathblog.pipeline.doctor.scripts import check_scripts
from mathblog.pipeline.doctor.subject import Check, Finding, Subject

CHECKS: tuple[Check, ...] = (
    check_configuration,
    check_dates,
    check_display,
    check_dollars,
    check_escapes,
    check_fences,
    check_images,
    check_left_out,
    check_links,
    check_liquid,
    check_scripts,
    check_tables,
)


def examine(subject: Subject) -> tuple[Finding, ...]:
    """Return the findings of all checks, by file and place."""
    found = (finding for check in CHECKS for finding in check(subject))
    return tuple(sorted(found, key=lambda finding: finding.diagnostic.sort_key))
