"""Values of every type under every key: whatever is wrong is said at its place, and nothing is a fault of the program's."""

from xml.etree import ElementTree

import pytest

from mathblog.config import known
from mathblog.config.parse import parse_config
from mathblog.core.source import SourceText
from support.site import Site

VALUES = [
    "", "~", "true", "0", "-1", "99999999999999999999", "1.5", ".nan", ".inf", "x", "' '", "'../x'", "'/abs'", "'a\\b'", "'{'",
    "'%'", "[]", "[2020]", "[[x]]", "[~, 1, {a: b}]", "{}", "{a: {b: [c]}}", "{1: 2}", "2020-01-01", "2020-01-01 10:00:00",
    "1:30", f"'{'a' * 3000}'", ":sym", "'한글'",
]  # fmt: skip
FRONT_MATTER = (
    "layout title date permalink published tags tag categories category excerpt excerpt_separator slug author image"
    " description lang last_modified_at redirect_from redirect_to sitemap macros math toc draft ext path name url id"
    " collection next previous content output dir pagination autogen header_pages order canonical_url seo twitter subtitle locale"
)
PLUGINS = """
    plugins: [jekyll-redirect-from, jekyll-seo-tag, jekyll-paginate-v2, jekyll-feed, jekyll-archives, jekyll-sitemap]
    jekyll-archives: {enabled: all}
    pagination: {enabled: true}
"""
LAYOUT = """
    <head>{% seo %}{% feed_meta %}</head>{{ page.title }}{{ page.date | date: "%Y" }}{{ page.excerpt }}{{ page | jsonify }}
    {% for post in site.posts %}{{ post.title | escape }}{{ post.date }}{{ post.excerpt }}{% endfor %}{{ content }}
"""


def _keys() -> list[str]:
    """All keys of the configuration that are known, those in sections as `section:\n  key`."""
    top = {key for value in vars(known).values() if isinstance(value, frozenset | tuple | set) for key in value}
    inner = {f"{section}:\n  {key}" for section, keys in known.SECTIONS.items() for key in keys}
    found = sorted(key for key in {*top, *known.SECTIONS, *inner} if isinstance(key, str))
    assert len(found) > 100
    return found


@pytest.mark.parametrize("value", VALUES)
def test_a_configuration_of_any_values_is_read(value: str) -> None:
    for key in _keys():
        parse_config((SourceText("_config.yml", f"{key}: {value}\n"),), {})


@pytest.mark.slow
@pytest.mark.parametrize("layouts", [False, True])
@pytest.mark.parametrize("value", VALUES)
def test_front_matter_of_any_values_is_read_and_shown(site: Site, value: str, layouts: bool) -> None:  # noqa: FBT001
    site.config(PLUGINS)
    if layouts:
        site.write({f"_layouts/{name}.html": LAYOUT for name in ("default", "post", "page")})
    for key in FRONT_MATTER.split():
        text = f"---\n{'' if key == 'layout' else 'layout: post'}\n{key}: {value}\n---\ntext $x$\n"
        site.write({f"_posts/2020-01-02-{key}.md": text, f"{key}.md": text})
    site.build(keep_going=True)
    assert site.code in (0, 1)


@pytest.mark.parametrize("value", VALUES)
def test_a_theme_of_any_values_is_used(site: Site, value: str) -> None:
    site.post("2020-01-02-a", "text").config("theme: mine\n")
    for key in ("settings", "labels", "settings:\n  header_pages", "labels:\n  tags", "settings:\n  labels", "x"):
        site.write({"themes/mine/theme.yml": f"{key}: {value}\n"}).build(keep_going=True)
        assert site.code in (0, 1, 2)
    site.write({"themes/mine/theme.yml": f"{value}\n"}).config(f"theme: mine\ntheme_settings: {value}\n").build()
    assert site.code in (0, 1, 2)


@pytest.mark.parametrize(
    "expression", ["site", "page", "[site, page]", "site.posts", "site.address", "page.tags", "site.title.upper"]
)
def test_what_has_no_text_is_printed_in_the_same_way_by_each_build(site: Site, expression: str) -> None:
    layout = f"<p>{{{{ {expression} }}}}</p>{{{{ page.title }}}}"
    site.write({"_theme/layouts/page.html": layout, "a.md": "---\ntitle: A\n---\nx"}).post(
        "2020-01-02-b", "", "title: B"
    )
    site.build()
    assert " at 0x" not in site.read("a.html")
    site.equals_a_clean_build()


def test_a_document_prints_as_its_title(site: Site) -> None:
    site.write({"_theme/layouts/page.html": "{{ page }}|{{ site }}|{{ site.posts }}", "a.md": "---\ntitle: A<\n---\nx"})
    site.post("2020-01-02-b", "", "title: B").build().is_good()
    assert site.read("a.html") == "A&lt;|수학 노트|[&#39;B&#39;]"


def test_a_theme_without_layouts(site: Site) -> None:
    site.write({"themes/bare/theme.yml": "", "a.md": "---\n---\nx"}).config("theme: bare\n").build()
    assert site.code == 0
    assert site.read("a.html") == "<p>x</p>\n"


def test_a_document_without_a_date_is_the_same_page_at_every_build(site: Site) -> None:
    """Jekyll's tag prints the time of the build there."""
    site.config("plugins: [jekyll-seo-tag]\ncollections: {notes: {output: true}}\n")
    site.write(
        {"_layouts/note.html": "<head>{% seo %}</head>{{ content }}", "_notes/a.md": "---\nlayout: note\n---\nx"}
    )
    site.build().is_good().has("notes/a.html", '<meta property="og:type" content="article" />', "BlogPosting")
    site.lacks("notes/a.html", "published_time", "datePublished", "dateModified")
    site.build()
    assert site.done.published is not None
    assert site.done.published.written == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A.md", "a.md"),
        ("caf\u00e9.md", "cafe\u0301.md"),
        ("\u00c9.md", "e\u0301.md"),
        ("stra\u00dfe.md", "STRASSE.md"),
        ("files/X.txt", "files/x.txt"),
        ("Files/x.txt", "files/X.txt"),
    ],
)
def test_twins_on_other_file_systems_are_named(site: Site, one: str, other: str) -> None:
    site.write({one: "---\n---\n1", other: "---\n---\n2"}).build()
    assert site.code == 0
    assert site.report.count("are one file on macOS and Windows [url]") == 1


def test_twins_by_what_windows_drops(site: Site) -> None:
    site.write({"foo/a.txt": "1", "foo /a.txt": "2"}).build()
    assert site.report.count("are one file on macOS and Windows [url]") == 1


def test_a_file_and_a_folder_that_are_twins(site: Site) -> None:
    site.write({"foo": "1", "Foo/b.txt": "2"}).build()
    assert site.code == 0
    assert "`/Foo/b.txt` needs a folder where `foo` makes the file `/foo`, on macOS and Windows [url]" in site.report


@pytest.mark.parametrize("key", ["plugins", "gems", "whitelist"])
def test_plugins_that_are_no_names(site: Site, key: str) -> None:
    site.config(f"{key}: [{{a: b}}, [c], ~, 5, 2020-01-01, jekyll-feed]\n").post("2018-10-06-vae", "{% odd %}").build()
    assert site.code in (0, 1)
    assert "internal" not in site.report


DECLARATIONS = ("<![1x]>", "<![x[y]]>", "<![ x>", "<![é>", "<![if x]>y<![endif]>", "<!x", "<![", "&#; ", "<!-- ", "<?x")


@pytest.mark.parametrize("safe", [False, True])
def test_a_document_with_half_a_declaration_is_built(site: Site, safe: bool) -> None:  # noqa: FBT001
    """The feed, `--safe` and tables of contents read the finished HTML of a page."""
    site.config("plugins: [jekyll-toc, jekyll-feed]\n").write({"_layouts/post.html": "{{ content | toc }}"})
    for number, text in enumerate(DECLARATIONS):
        body = f"# a\n\n<div>{text}</div>\n\nb {text} c\n\n{text}\n"
        site.post(f"2020-01-02-a{number}", body, "toc: true\nlayout: post")
    site.build(safe=safe)
    assert site.code == 0, site.report
    assert len(ElementTree.fromstring(site.read("feed.xml"))) > len(DECLARATIONS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000 + "]" * 100_000, "_data/x.json:1:101: error: nested more than 100 levels deep"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "_data/x.json:1:501: error: nested more than 100 levels deep"),
        ("[1, " + "9" * 5000 + "]", "_data/x.json:1:5: error: a number with too many digits"),
    ],
    ids=["lists", "mappings", "digits"],
)
def test_data_that_python_cannot_hold_are_named_in_plain_words(site: Site, text: str, said: str) -> None:
    site.write({"_data/x.json": text}).build()
    assert site.code == 1
    assert said in site.report


@pytest.mark.parametrize(
    "template",
    [
        "{% include 'layouts/post.html' %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    ],
    ids=["include", "macro", "brackets"],
)
def test_a_template_without_an_end_is_named_in_plain_words(site: Site, template: str) -> None:
    site.write({"_theme/layouts/post.html": template}).post("2020-01-02-a", "x").build()
    assert "_theme/layouts/post.html:1:1: error: nested too deeply, or a template" in site.report


@pytest.mark.slow
@pytest.mark.parametrize("value", VALUES)
def test_a_configuration_of_any_values_is_built(site: Site, value: str) -> None:
    """Each section at once, and the keys that decide how pages are made."""
    site.post("2020-01-02-a", "text $x$").write({"a.md": "---\ntitle: a\n---\nx"})
    for key in (
        "permalink",
        "collections",
        "defaults",
        "exclude",
        "include",
        "kramdown",
        "math",
        "sass",
        "feed",
        "lang",
        "author",
        "paginate",
    ):
        site.config(f"{key}: {value}\n").build(keep_going=True)
        assert site.code in (0, 1, 2), f"{key}: {value}"


def test_half_a_character_is_shown_as_one_that_is_missing(site: Site) -> None:
    """No file takes a surrogate that stands alone. JSON, TeX's `\\char`, and MathJax's `\\unicode` can name one."""
    site.write({"_data/x.json": '{"\\ud800": ["\\uDFFFa", "\\ud83d\\ude00", "\\\\ud800"]}'})
    site.post("2020-01-02-a", '$\\char"D800$ $\\text{b\\unicode{xDFFF}}$ $\\no{\\char55296}$')
    site.write({"x.txt": "---\n---\n{{ site.data.x | jsonify }}"}).build()
    assert site.code == 0
    site.has("x.txt", '"\N{REPLACEMENT CHARACTER}a","\N{GRINNING FACE}","\\\\ud800"')
    assert site.read("2020/01/02/a.html").count("\N{REPLACEMENT CHARACTER}") >= 3
