"""Tags around formulas in pages and layouts that are HTML."""

from support.site import Site


def test_tags_around_formulas_in_html_are_inline(site: Site) -> None:
    """Where `$$` displays, as in HTML pages and layouts, and nothing takes backslashes away."""
    maths = r"{% m %}a_1{% em %} {% katex %}\{b_1 < 2\}{% endkatex %} {% katex display %}c_1{% endkatex %} {% math %}d_1{% endmath %}"
    layout = f"---\n---\n<html><body><p>{maths}</p>{{{{ content }}}}</body></html>"
    site.write({"_layouts/own.html": layout, "page.html": f"---\nlayout: own\n---\n<p>\n{maths}\n</p>"})
    page = site.build().is_good().read("page.html")
    assert page.count('class="katex"') == 8
    assert page.count('class="katex-display"') == 4
    assert page.count("<annotation") == page.count("_1")
