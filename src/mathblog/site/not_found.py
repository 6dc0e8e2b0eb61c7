"""The page a server shows for an address that does not exist."""

from mathblog.model.output import PageSpec

URL = "/404.html"


def generate_not_found() -> tuple[PageSpec, ...]:
    """`404.html`, the name that GitHub Pages and most other hosts look for."""
    return (PageSpec(URL, "404.html", "not_found", "not_found", ""),)
