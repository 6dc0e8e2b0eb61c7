"""The page a server shows for an address that does not exist."""

from mathblog.model.facts.view import FactView
from mathblog.model.options import GeneratorOptions
from mathblog.model.output import PageSpec
from mathblog.site.addresses import has_own_layouts

URL = "/404.html"


def generate_not_found(view: FactView, _options: GeneratorOptions) -> tuple[PageSpec, ...]:
    """`404.html`, the name that GitHub Pages and most other hosts look for; a site with layouts of its own has its own."""
    return () if has_own_layouts(view) else (PageSpec(URL, "404.html", "not_found", "not_found", ""),)
