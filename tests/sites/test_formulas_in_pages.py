"""No formula of a page is lost, whatever its layouts do to the content, and none becomes HTML where no HTML can be."""

import json
import re

import pytest

from support.site import Site

# as layouts do that press a page together: end tags and comments go, blanks are joined, but not in `<pre>`
PRESS = """\
    {% capture all %}{{ content }}{% endcapture %}
    {% assign names = "html head body li p td tr thead tbody" | split: " " %}
    {% for name in names %}{% capture tag %}</{{ name }}>{% endcapture %}{% assign all = all | remove: tag %}{% endfor %}
    {% assign parts = all | split: "<pre" %}{% assign all = "" %}
    {% for part in parts %}{% assign halves = part | split: "</pre>" %}
    {% capture all %}{{ all }}{% if part contains "</pre>" %}<pre{{ halves.first }}</pre>{% endif %}{{ halves.last | split: " " | join: " " }}{% endcapture %}
    {% endfor %}{{ all | replace: " <", "<" | strip }}
    """
DEFAULT = """\
    ---
    layout: press
    ---
    <!DOCTYPE html>
    <html>
    <head>
    <title>{{ page.title }}</title>
    <meta name="a" content="{{ page.excerpt | strip_newlines }}">
    <meta name="b" content="{{ content | strip_html | strip_newlines }}">
    <script type="application/ld+json">{"headline": {{ page.title | jsonify }}, "articleBody": {{ content | strip_html | jsonify }}}</script>
    </head>
    <body>
    <h1 title="{{ page.title }}">{{ page.title }}</h1>
    <main>{{ content }}</main>
    <select><option>{{ page.title }}</option></select><textarea>{{ page.title }}</textarea>
    </body>
    </html>
    """
POST = r"""
Space $V$ costs $5 and not $6, \$a\$ too.

$$
\newcommand{\RR}{\mathbb{R}}
a < \RR % a comment
  + 1
$$

* item $\RR$

~~~
code $x$   spaced
~~~

| $c$ | `$d$` |
"""
FORMULA = re.compile(r'<annotation encoding="application/x-tex">([^<]*)</annotation>')


def formulas(page: str) -> list[str]:
    """The TeX of the formulas that are rendered in a page, its blanks as one."""
    return [" ".join(tex.split()) for tex in FORMULA.findall(page)]


@pytest.fixture
def pressed(site: Site) -> Site:
    """A blog whose pages lose their end tags."""
    site.write({"_layouts/press.html": PRESS, "_layouts/default.html": DEFAULT})
    return site.post("2020-01-02-a", POST, "layout: default\ntitle: On $x_1$")


def test_a_page_without_end_tags_has_all_its_formulas(pressed: Site) -> None:
    pressed.build().is_good()
    page = pressed.read("2020/01/02/a.html")
    assert "</head>" not in page
    assert "</p>" not in page
    assert formulas(page) == ["x_1", "V", r"\newcommand{\RR}{\mathbb{R}} a &lt; \RR % a comment + 1", r"\RR", "c"]
    assert "math-error" not in page
    assert "costs $5 and not $6, $a$ too." in page
    assert "code $x$   spaced" in page
    assert ">$d$</code>" in page


def test_katex_is_linked_where_the_head_ends(pressed: Site) -> None:
    """A browser ends it before the first element that cannot be in one."""
    pressed.build().is_good()
    page = pressed.read("2020/01/02/a.html")
    link = '<link rel="stylesheet" href="/assets/katex/katex.min.css">'
    assert page.lstrip().startswith("<!DOCTYPE html>")
    assert page.index("</script>") < page.index(link) < page.index("<body>")


def test_attributes_titles_and_scripts_hold_tex(pressed: Site) -> None:
    pressed.build().is_good()
    page = pressed.read("2020/01/02/a.html")
    assert "<title>On $x_1$</title>" in page
    assert r'<meta name="a" content="<p>Space \(V\) costs $5 and not $6, $a$ too."' in page
    assert '<h1 title="On $x_1$">On <span class="katex">' in page
    assert "<option>On $x_1$" in page
    assert "<textarea>On $x_1$</textarea>" in page
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(script)
    assert data["headline"] == "On $x_1$"
    assert data["articleBody"].startswith(r"Space \(V\) costs $5 and not $6, $a$ too.")


def test_an_excerpt_in_an_attribute_of_a_list_is_tex_and_beside_it_a_formula(site: Site) -> None:
    list_page = '{% for p in site.posts %}<a title="{{ p.excerpt | strip_newlines }}" href="#">{{ p.excerpt }}</a>{% endfor %}{{ content }}'
    site.write({"_layouts/list.html": list_page, "list.html": "---\nlayout: list\n---\n<p>$w$</p>\n"})
    site.post("2020-01-02-a", "Let $x$ be $5 and $6.\n\nMore.").build().is_good()
    page = site.read("list.html")
    assert r'title="<p>Let \(x\) be $5 and $6.</p>"' in page
    assert "be $5 and $6.</p></a>" in page
    assert formulas(page) == ["x", "w"]


def test_a_formula_in_an_attribute_is_what_was_written(site: Site) -> None:
    """A prime is escaped once by jekyll-seo-tag and by `escape`; no mark tells an equation from itself with another number."""
    site.config("plugins: [jekyll-seo-tag]\nmath: {number: ams}\n")
    layout = (
        '<html><head>{% seo %}<meta name="b" content="{{ page.excerpt | strip_html | escape }}"></head>'
        '<body>{% for p in site.posts %}<i title="{{ p.excerpt | strip_html }}"></i>{{ p.excerpt }}{% endfor %}{{ content }}</body></html>'
    )
    site.write({"_layouts/one.html": layout})
    equation = "\\begin{equation} %s = 1 \\label{e} \\end{equation}\nfrom $f'$.\n\nMore."
    site.post("2020-01-01-a", equation % "x", "layout: one")
    site.post("2020-01-02-b", equation % "x" + " $f'$", "layout: one").build().is_good()
    page = site.read("2020/01/02/b.html")
    assert 'name="description" content="\\begin{equation} x = 1 \\label{e} \\end{equation} from f&#39;."' in page
    assert 'from \\(f&#39;\\).">' in page
    assert page.count("\\label{e} \\end{equation}\\]") == 3
    assert page.count("from \\(f'\\).\"></i>") == 2


def test_a_script_of_the_layout_stays_around_a_page_without_words(site: Site) -> None:
    """An empty page is a line end, which stands in the script first."""
    script = "<script>\nlet signs = [['$', '$'], ['a', 'b']];\n</script>"
    site.write({"_layouts/one.html": f"<html><head>{script}</head><body>{{{{ content }}}}</body></html>"})
    site.write({"a.md": "---\nlayout: one\n---\n"}).build().is_good()
    assert script in site.read("a.html")


def test_the_macros_of_a_post_hold_in_its_excerpt_elsewhere(site: Site) -> None:
    site.write(
        {
            "_layouts/list.html": "{% for p in site.posts %}{{ p.excerpt }}{% endfor %}",
            "list.html": "---\nlayout: list\n---\n",
        }
    )
    site.post("2020-01-02-a", "Let $\\newcommand{\\RR}{\\mathbb{R}} \\RR$ and $\\RR^2$.\n\nMore.").build().is_good()
    assert site.read("list.html").count("katex-html") == 2


def test_the_content_may_stand_in_an_attribute_first(site: Site) -> None:
    site.write(
        {
            "_layouts/both.html": '<meta content="{{ content }}"><body>{{ content }}</body>',
            "a.html": "---\nlayout: both\n---\nLet $x$ be.\n",
        }
    )
    site.build().is_good()
    page = site.read("a.html")
    assert page.startswith('<meta content="Let \\(x\\) be.\n">')
    assert formulas(page) == ["x"]


def test_a_refused_formula_keeps_its_delimiters(site: Site) -> None:
    """The site's own MathJax may know the macro: Jekyll's page has `\\(\\zork{x}\\)` and `\\[\\zork{y}\\]`."""
    site.write({"_layouts/press.html": PRESS, "_layouts/plain.html": "{{ content }}"})
    for layout in ("press", "plain"):
        site.post(f"2020-01-02-{layout}", "A $$\\zork{x}$$ B.\n\n$$\\zork{y}$$", f"layout: {layout}")
    assert site.build().report.count("undefined control sequence `\\zork`") == 4
    for layout in ("press", "plain"):
        page = site.read(f"2020/01/02/{layout}.html")
        assert re.search(r'A <span class="math-error" title="[^"]*">\\\(\\zork\{x\}\\\)</span> B', page)
        assert re.search(r'<span class="math-error math-error-display" title="[^"]*">\\\[\\zork\{y\}\\\]</span>', page)
