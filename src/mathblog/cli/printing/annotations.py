"""Problems as GitHub's annotations."""

from mathblog.core.diagnostic import Diagnostic
from mathblog.core.printable import printable


def annotation(diagnostic: Diagnostic) -> str:
    """GitHub's workflow command for one problem (docs.github.com, "Workflow commands for GitHub Actions")."""
    place = {"file": printable(diagnostic.path)} if diagnostic.path else {}
    place["title"] = f"mathblog: {diagnostic.code}"
    if diagnostic.line:
        place |= {"line": str(diagnostic.line)}
    if diagnostic.column:
        place |= {"col": str(diagnostic.column), "endColumn": str(diagnostic.end_column)}
    properties = ",".join(f"{key}={_escape(value, in_property=True)}" for key, value in place.items())
    text = printable(diagnostic.message) + (f" ({printable(diagnostic.hint)})" if diagnostic.hint else "")
    return f"::{diagnostic.severity} {properties}::{_escape(text)}"


def _escape(text: str, *, in_property: bool = False) -> str:
    text = text.replace("%", "%25")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text
