"""The checks that are built in: of texts in every build, and those of `mathblog doctor`, of whole sites."""

from mathblog.extend.declarations import Check, Looks

_CHECKS, _DOCTOR = "mathblog.pipeline.checks.", "mathblog.pipeline.doctor."
_LINTS = "mathblog.math.lints."

CHECKS = (
    Check("base_path", _CHECKS + "base_path:dead_addresses"),
    Check("unseen", _CHECKS + "unseen:unseen_documents"),
    Check("unclosed", _CHECKS + "unclosed:unclosed_maths"),
    Check("statements", _CHECKS + "statements:faulty_statements"),
    Check("foreign", _CHECKS + "statements:foreign_references"),
    Check("images", _CHECKS + "images:missing_images"),
    Check("leftover", _CHECKS + "leftover:left_in_html"),
    Check("front-matter", _CHECKS + "front_matter:check_front_matter", Looks.LINTS),
    Check("image-alt", _CHECKS + "alt:undescribed_images", Looks.LINTS),
    Check("math-brackets", _LINTS + "brackets:BRACKETS", Looks.FORMULAS),
    Check("math-function", _LINTS + "words:FUNCTIONS", Looks.FORMULAS),
    Check("math-words", _LINTS + "words:ENGLISH", Looks.FORMULAS),
    Check("math-comparison", _LINTS + "relations:RELATIONS", Looks.FORMULAS),
    Check("math-angle", _LINTS + "relations:ANGLES", Looks.FORMULAS),
    Check("math-set", _LINTS + "sets:SETS", Looks.FORMULAS),
    Check("math-width", _LINTS + "habits:FULL_WIDTH", Looks.FORMULAS),
    Check("math-font", _LINTS + "habits:SWITCHES", Looks.FORMULAS),
    Check("math-row", _LINTS + "habits:ROWS", Looks.FORMULAS),
    Check("math-dots", _LINTS + "style:DOTS", Looks.FORMULAS),
    Check("math-names", _LINTS + "words:NAMES", Looks.FORMULAS),
    Check("math-norm", _LINTS + "style:NORMS", Looks.FORMULAS),
    Check("math-differential", _LINTS + "style:DIFFERENTIALS", Looks.FORMULAS),
    Check("math-cdots", _LINTS + "style:CENTRED", Looks.FORMULAS),
    Check("macro-twice", _LINTS + "macros:defined_twice", Looks.MACROS),
    Check("macro-replaced", _LINTS + "macros:replaced", Looks.MACROS),
    Check("macro-unused", _LINTS + "macros:unused", Looks.MACROS),
    Check("configuration", _DOCTOR + "configuration:check_configuration", Looks.SITES),
    Check("dates", _DOCTOR + "dates:check_dates", Looks.SITES),
    Check("display", _DOCTOR + "dialect:check_display", Looks.SITES),
    Check("dollars", _DOCTOR + "dialect:check_dollars", Looks.SITES),
    Check("escapes", _DOCTOR + "escapes:check_escapes", Looks.SITES),
    Check("fences", _DOCTOR + "dialect:check_fences", Looks.SITES),
    Check("hand_numbers", _DOCTOR + "hand_numbers:check_hand_numbers", Looks.SITES),
    Check("image_names", _DOCTOR + "images:check_images", Looks.SITES),
    Check("left_out", _DOCTOR + "left_out:check_left_out", Looks.SITES),
    Check("links", _DOCTOR + "links:check_links", Looks.SITES),
    Check("liquid", _DOCTOR + "dialect:check_liquid", Looks.SITES),
    Check("scripts", _DOCTOR + "scripts:check_scripts", Looks.SITES),
    Check("tables", _DOCTOR + "dialect:check_tables", Looks.SITES),
)
