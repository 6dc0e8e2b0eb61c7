"""Bodies that show the texts of other documents, and what other kinds of pages see of them.

With Jekyll 4.3.1 `content` of another post is its Markdown or its HTML, by the order of the files; both come out as HTML in a
body in Markdown. Here it is always the HTML (ADR 25).
"""

import json
import re
from xml.etree import ElementTree as ET

import pytest

from support.site import Site

ALL = """
{% for p in site.tags.k %}
## {{ p.title }}

{{ p.content }}

E: {{ p.excerpt | strip_html | strip }}
{% endfor %}
"""


@pytest.fixture
def blog(site: Site) -> Site:
    """Three posts, and between them one that shows their texts."""
    for day in (1, 2, 4):
        site.post(f"2020-01-0{day}-p{day}", f"Body *{day}* here $x^{day}$.\n\nMore.", f"title: P{day}\ntags: [k]")
    return site.post("2020-01-03-sum", ALL, "title: Sum\nlayout: none")


def test_a_post_shows_others_whether_they_are_older_or_newer(blog: Site) -> None:
    blog.build().is_good()
    page = blog.read("2020/01/03/sum.html")
    assert page.count("katex-html") == 3
    for day in (1, 2, 4):
        assert f"<p>Body <em>{day}</em> here" in page
        assert re.search(rf"E: Body {day} here \\?\(x\^{day}\\?\)\.", page)


def test_an_edit_of_one_that_is_shown_comes_through(blog: Site) -> None:
    blog.build().is_good()
    blog.post("2020-01-04-p4", "Other $y$.", "title: P4\ntags: [k]").build().is_good()
    blog.has("2020/01/03/sum.html", "<p>Other").equals_a_clean_build()
    blog.post("2020-01-05-p5", "New $z$.", "title: P5\ntags: [k]").build().is_good()
    blog.has("2020/01/03/sum.html", "<p>New").equals_a_clean_build()
    blog.remove("_posts/2020-01-05-p5.md").build().is_good().lacks("2020/01/03/sum.html", "<p>New")
    blog.equals_a_clean_build()
    blog.post("2020-01-03-sum", "Nothing", "title: Sum\nlayout: none").build().is_good().equals_a_clean_build()
    blog.post("2020-01-03-sum", ALL, "title: Sum\nlayout: none").build().is_good().equals_a_clean_build()
    assert blog.build().done.reasons == {}


def test_a_chain_of_posts_that_show_each_other_is_followed(site: Site) -> None:
    site.post("2020-01-09-n9", "The first.")
    for day in range(1, 9):
        shown = f"{{% for p in site.posts %}}{{% if p.slug == 'n{day + 1}' %}}{{{{ p.content }}}}{{% endif %}}{{% endfor %}}"
        site.post(f"2020-01-0{day}-n{day}", f"{shown}\n\nThen {day}.", "layout: none")
    site.build().is_good()
    words = re.findall(r"The first|Then \d", site.read("2020/01/01/n1.html"))
    assert words == ["The first", *(f"Then {day}" for day in range(8, 0, -1))]
    site.post("2020-01-09-n9", "The first and $x$.").build().is_good().has("2020/01/01/n1.html", "katex-html")
    site.equals_a_clean_build()


def test_posts_that_show_each_others_excerpts(site: Site) -> None:
    """The excerpts do not hold the lists, so there is an end. Each post lists itself, too."""
    listing = "{% for p in site.posts %}* {{ p.excerpt | strip_html }}\n{% endfor %}"
    for day in (1, 2, 3):
        site.post(f"2020-01-0{day}-n{day}", f"Start {day}.\n\n{listing}", "layout: none")
    site.build().is_good()
    for day in (1, 2, 3):
        assert re.findall(r"<li>Start (\d)", site.read(f"2020/01/0{day}/n{day}.html")) == ["3", "2", "1"]
    assert site.build().done.reasons == {}
    site.post("2020-01-02-n2", f"Start 7.\n\n{listing}", "layout: none").build().is_good().equals_a_clean_build()


def test_a_circle_of_texts_ends_with_a_warning_for_each(site: Site) -> None:
    show = "{{% for p in site.posts %}}{{% if p.slug == '{}' %}}{{{{ p.content }}}}{{% endif %}}{{% endfor %}}"
    site.post("2020-01-01-a", f"A {show.format('b')}", "layout: none")
    site.post("2020-01-02-b", f"B {show.format('a')}", "layout: none")
    site.post("2020-01-03-c", f"C\n\n{show.format('a')}", "layout: none")
    report = """\
        _posts/2020-01-01-a.md:4:55: warning: the text of `_posts/2020-01-02-b.md` is empty here [liquid]
            4 | A {% for p in site.posts %}{% if p.slug == 'b' %}{{ p.content }}{% endif %}{% endfor %}
              |                                                       ^^^^^^^
              = a document that shows itself, or one that is made after it, sees nothing there
        _posts/2020-01-02-b.md:4:55: warning: the text of `_posts/2020-01-01-a.md` is empty here [liquid]
            4 | B {% for p in site.posts %}{% if p.slug == 'a' %}{{ p.content }}{% endif %}{% endfor %}
              |                                                       ^^^^^^^
              = a document that shows itself, or one that is made after it, sees nothing there"""
    for _ in range(2):
        site.build().warns(report)
        assert site.read("2020/01/01/a.html") == "<p>A</p>\n"
        assert site.read("2020/01/03/c.html").split() == ["<p>C</p>", "<p>A</p>"]
        site.equals_a_clean_build()
    site.post("2020-01-02-b", "B alone", "layout: none").build().is_good().equals_a_clean_build()
    assert "B alone" in site.read("2020/01/03/c.html")


def test_a_page_in_html_puts_formulas_of_others_in_its_text_only(blog: Site) -> None:
    blog.post("2020-01-02-p2", "Two for $5 or $6, $\\newcommand{\\Q}{q}\\Q$.", "title: P2\ntags: [k]")
    body = (
        '{% for p in site.tags.k %}<p title="{{ p.excerpt | strip_html | strip }}">{{ p.excerpt }} $w$</p>{% endfor %}'
    )
    blog.write({"list.html": f"---\nlayout: none\n---\n{body}"}).build().is_good()
    page = blog.read("list.html")
    assert r'<p title="Two for $5 or $6, \(\newcommand{\Q}{q}\Q\).">' in page
    assert "<p>Two for $5 or $6, <span" in page
    assert page.count("katex-html") == 6


FEED = """\
    ---
    ---
    <?xml version="1.0"?>
    <feed>{% for p in site.posts %}<entry>
    <content>{{ p.content | xml_escape }}</content>
    <raw><![CDATA[{{ p.excerpt }}]]></raw>
    <words>{{ p.content | strip_html | xml_escape }}</words>
    </entry>{% endfor %}</feed>
    """
INDEX = """\
    ---
    ---
    [{% for p in site.posts %}{"html": {{ p.content | jsonify }}, "words": {{ p.content | strip_html | jsonify }}, "start": {{ p.excerpt | jsonify }}}{% unless forloop.last %},{% endunless %}{% endfor %}]
    """


def test_xml_has_mathml_alone(site: Site) -> None:
    site.post("2020-01-01-a", "One $a<b$ formula.\n\n$$c$$").write({"atom.xml": FEED}).build().is_good()
    assert "katex-html" not in site.read("atom.xml")
    feed = ET.fromstring(site.read("atom.xml"))
    content = feed.findtext("entry/content") or ""
    assert content.count("<math") == 2
    assert content.count('application/x-tex">a&lt;b<') == 1
    assert (feed.findtext("entry/raw") or "").count("<math") == 1
    assert " ".join((feed.findtext("entry/words") or "").split()) == r"One \(a&lt;b\) formula. \[c\]"


@pytest.mark.parametrize("path", ["search.json", "assets/js/index.js", "all.txt"])
def test_an_index_has_tex_as_short_as_jekylls(site: Site, path: str) -> None:
    site.post("2020-01-01-a", "One $a<b$ formula.\n\n$$c$$").write({path: INDEX}).build().is_good()
    (item,) = json.loads(site.read(path))
    assert item["start"] == r"<p>One \(a&lt;b\) formula.</p>"
    assert item["words"].split() == ["One", r"\(a&lt;b\)", "formula.", r"\[c\]"]
    assert "katex" not in item["html"]


@pytest.mark.parametrize(("path", "expected"), [("a.json", r"\(x\)."), ("a.xml", '<span class="katex-mathml">')])
def test_layouts_of_other_files_have_the_same_forms(site: Site, path: str, expected: str) -> None:
    site.write({"_layouts/wrap.html": '{"html": {{ content | jsonify }}}'})
    site.write({"a.md": f"---\nlayout: wrap\npermalink: /{path}\n---\nSee $x$.\n"}).build().is_good()
    text = json.loads(site.read(path))["html"]
    assert expected in text
    assert "katex-html" not in text


def test_pages_that_plugins_make_have_no_text_to_miss(site: Site) -> None:
    site.config("plugins: [jekyll-sitemap]\n").write({"_layouts/default.html": "{{ content }}"})
    index = "---\nlayout: null\n---\n[{% for page in site.pages %}{{ page.content | jsonify }},{% endfor %}0]"
    site.write({"search.json": index, "about.md": "---\n---\nAbout $x$.\n"}).build()
    assert "robots.txt" not in site.report
    assert "sitemap.xml" not in site.report
    assert "About" in site.read("search.json")
