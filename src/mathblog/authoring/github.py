"""Where GitHub Pages serves the site of a repository."""

from mathblog.core.patterns import lazy_pattern

_ADDRESS = lazy_pattern(
    r"(?:https://(?:[^@/]*@)?github\.com/|(?:ssh://)?git@github\.com[:/])([\w.-]+)/([\w.-]+?)(?:\.git)?/?"
)


def served_below(address: str) -> str | None:
    """The base path of the site of a repository with this address, `/notes`, or '' for that of its owner; None elsewhere."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    return "" if found[2].lower() == f"{found[1]}.github.io".lower() else f"/{found[2]}"
