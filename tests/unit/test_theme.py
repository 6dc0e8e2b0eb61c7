"""Laying out pages: which layout, what templates see, what is recorded, what problems look like."""

import datetime
import gzip
import json
import re
from pathlib import Path

import babel.dates
import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from mathblog.core.diagnostic import Severity
from mathblog.core.excerpt import describe
from mathblog.core.source import SourceText, Span
from mathblog.model.document import Document
from mathblog.model.facts.view import FactView
from mathblog.model.options import SiteOptions, ThemeOptions
from mathblog.model.output import LaidOut, PageSpec
from mathblog.pipeline.extensions import BUILTINS
from mathblog.site.generate import generate_pages
from mathblog.theme.choose import choose_layout
from mathblog.theme.dates import format_date
from mathblog.theme.labels import fallbacks, labels_for
from mathblog.theme.languages import date_words, is_language
from mathblog.theme.load import Theme, ThemeSources, load_theme
from support.blog import Blog
from support.theme_pages import lay_out

POST = "_posts/2018-10-06-글.md"


def theme_of(options: ThemeOptions | None = None, **templates: str) -> Theme:
    """A theme of these layouts, `includes__x` for an include, `theme` for its manifest."""
    names = {name: name.replace("__", "/") if "__" in name else f"layouts/{name}" for name in templates}
    sources = {
        f"{names[name]}.html": SourceText(f"_theme/{names[name]}.html", text) for name, text in templates.items()
    }
    manifests = (SourceText("_theme/theme.yml", templates["theme"]),) if "theme" in templates else ()
    return load_theme(ThemeSources(sources, manifests), options or ThemeOptions(), BUILTINS)


def blog() -> Blog:
    return (
        Blog()
        .post("2018-10-05", "이전", "<p>older</p>")
        .post("2018-10-06", "글", "<p>body</p>", tags=["확률", "C++"], subtitle="부제", excerpt="<p>ex</p>")
        .post("2018-10-07", "다음", "<p>newer</p>")
    )


def spec_of(source: Blog, path: str = POST, layout: str = "post") -> PageSpec:
    meta = next(meta for meta in source.metas if meta.path == path)
    return PageSpec(meta.url, meta.output_path, "post" if meta.is_post else "page", layout, meta.title, path)


def text_of(laid_out: LaidOut) -> str:
    assert laid_out.file.content is not None
    return laid_out.file.content.decode()


def render(template: str, source: Blog | None = None, **templates: str) -> str:
    source = source or blog()
    return text_of(lay_out(spec_of(source), theme_of(post=template, **templates), source.view()))


@pytest.mark.parametrize(
    ("template", "html"),
    [
        ("{{ content }}", "<p>body</p>"),
        ("{{ page.title }} {{ page.subtitle }} {{ page.url }}", "글 부제 /2018/10/06/글.html"),
        ("{{ page.nothing }}{{ site.nothing }}|", "|"),
        ("{{ page.date | date }} {{ page.date | date('%d.%m.%y') }}", "October 6, 2018 06.10.18"),
        ("{{ page.date | date_to_xmlschema }}", "2018-10-06T00:00:00+09:00"),
        (
            "{% for tag in page.tags %}{{ tag }}={{ tag.url }}={{ tag.size }} {% endfor %}",
            "확률=/tags/%ED%99%95%EB%A5%A0/=1 C++=/tags/c/=1 ",
        ),
        ("{{ page.previous.title }} {{ page.next.title }}", "이전 다음"),
        ("{% for post in site.posts %}{{ post.title }},{% endfor %}", "다음,글,이전,"),
        ("{{ page.excerpt }}", "<p>ex</p>"),
        ("{{ site.title }} {{ site.author }} {{ lang }}", "수식 노트 하루 en"),
        ("{{ '<b>' }} {{ '<b>' | safe }}", "&lt;b&gt; <b>"),
        ("{{ '/a b.png' | relative_url }}", "/a%20b.png"),
        ("{{ '/a' | absolute_url }} {{ 'https://x.org/' | absolute_url }}", "https://example.org/a https://x.org/"),
        (r"""{{ 'a\\"b"</style> &amp;\n가' | css_text }}""", r"a\5c \22 b\22 \3c /style\3e  \26 amp; 가"),
        ("{{ 'one two three' | shorten(9) }} {{ '한 글자씩 센다' | shorten(20) }}", "one two… 한 글자씩 센다"),
    ],
)
def test_what_a_template_sees(template: str, html: str) -> None:
    assert render(template) == html


def test_the_base_url_is_in_front_of_addresses() -> None:
    source = blog()
    source.site = SiteOptions(url="https://example.org", baseurl="/노트")
    template = "{{ page.url | relative_url }} {{ '/' | absolute_url }}"
    base = "/%EB%85%B8%ED%8A%B8"
    assert render(template, source) == f"{base}/2018/10/06/%EA%B8%80.html https://example.org{base}/"


def test_configuration_keys_are_words_of_the_site() -> None:
    source = blog()
    source.config = {"analytics": "G-1"}
    assert render("{{ site.analytics }}", source) == "G-1"


def test_only_what_a_template_uses_is_recorded() -> None:
    source = blog()
    view = source.view()
    lay_out(spec_of(source), theme_of(post="{{ page.next.url }}{{ site.beta }}"), view)
    assert set(view.reads) == {
        ("compiled", POST), ("document", POST), ("site",), ("neighbours", POST), ("config", "beta"),
        ("document", "_posts/2018-10-07-다음.md"), ("address", "card", POST),
    }  # fmt: skip
    assert view.reads["config", "beta"] == "-"


@pytest.mark.parametrize(
    ("path", "data", "layout"),
    [
        ("2020-01-01-x.md", {}, "post"),
        ("about.md", {}, "page"),
        ("about.md", {"layout": "home"}, "home"),
        ("about.md", {"layout": None}, "none"),
        ("about.md", {"layout": "none"}, "none"),
    ],
)
def test_the_layout_of_a_document(path: str, data: dict[str, object], layout: str) -> None:
    source = Blog()
    source.post("2020-01-01", "x", **data) if path.startswith("2") else source.page(path, "x", **data)
    assert choose_layout(source.metas[0]) == layout


def test_a_document_without_layout_is_its_content() -> None:
    source = blog()
    assert text_of(lay_out(spec_of(source, layout="none"), theme_of(), source.view())) == "<p>body</p>"


def test_a_body_that_is_a_whole_page_stays_alone() -> None:
    whole = "<!-- mine -->\n<!DOCTYPE html><html><body>all mine</body></html>"
    source = Blog().page("index.html", "", whole)
    laid_out = lay_out(spec_of(source, "index.html", "page"), theme_of(page="wrapped {{ content }}"), source.view())
    assert text_of(laid_out) == whole


def document_with(front_matter: str, source: Blog) -> Document:
    text = f"---\n{front_matter}\n---\nbody"
    start = text.find("layout: ") + len("layout: ")
    meta = next(meta for meta in source.metas if meta.path == POST)
    return Document(meta, SourceText(POST, text), len(text) - 4, {"layout": Span(start, text.find("\n", start))})


def test_an_unknown_layout_is_a_warning_at_its_name() -> None:
    source = blog()
    spec = spec_of(source, layout="posst")
    laid_out = lay_out(
        spec, theme_of(post="p", default="d"), source.view(), document_with("title: 글\nlayout: posst", source)
    )
    assert text_of(laid_out) == "d"
    (problem,) = laid_out.diagnostics
    assert describe(problem) == (
        "_posts/2018-10-06-글.md:3:9: warning: unknown layout `posst`: `default` is used [layout]\n"
        "    3 | layout: posst\n"
        "      |         ^^^^^\n"
        "      = did you mean `post`?"
    )


def test_an_unknown_layout_from_the_defaults_is_a_warning_about_the_file() -> None:
    source = blog()
    (problem,) = lay_out(spec_of(source, layout="wiki"), theme_of(default="d"), source.view()).diagnostics
    assert (
        describe(problem)
        == f"{POST}: warning: unknown layout `wiki`: `default` is used [layout]\n      = the theme has `default`"
    )


def test_a_file_that_is_no_html_is_not_put_into_a_page() -> None:
    source = Blog().page("feed.md", "x", "<rss/>")
    spec = PageSpec("/rss.xml", "rss.xml", "page", "feed", "", "feed.md")
    laid_out = lay_out(spec, theme_of(default="d"), source.view())
    assert (text_of(laid_out), [problem.message for problem in laid_out.diagnostics]) == (
        "<rss/>",
        ["unknown layout `feed`: the file has no layout"],
    )


@pytest.mark.parametrize(
    ("template", "report"),
    [
        (
            "<p>\n  {{ page.a.b }}\n</p>",
            "_theme/includes/x.html:2:3: error: `page` has no attribute `a` [layout]",
        ),
        (
            "{% if %}",
            "_theme/includes/x.html:1:1: error: expected an expression, got `end of statement block` [layout]",
        ),
        ("\n{{ 1 / 0 }}", "_theme/includes/x.html:2:1: error: division by zero [layout]"),
    ],
)
def test_an_error_in_a_template_points_at_its_line(template: str, report: str) -> None:
    source = blog()
    theme = theme_of(post="{{ content }}\n{% include 'includes/x.html' %}", includes__x=template)
    laid_out = lay_out(spec_of(source), theme, source.view())
    (problem,) = laid_out.diagnostics
    assert describe(problem).partition("\n")[0] == report
    assert problem.severity is Severity.ERROR
    assert text_of(laid_out) == "<p>body</p>"


def test_a_missing_include_is_an_error_where_it_is_asked_for() -> None:
    source = blog()
    theme = theme_of(post="a\n{% include 'includes/haed.html' %}", includes__head="h")
    (problem,) = lay_out(spec_of(source), theme, source.view()).diagnostics
    assert describe(problem) == (
        "_theme/layouts/post.html:2:1: error: there is no template `includes/haed.html` [layout]\n"
        "    2 | {% include 'includes/haed.html' %}\n"
        "      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "      = did you mean `includes/head.html`?"
    )


def test_a_digest_covers_what_a_template_includes() -> None:
    def digests(head: str, other: str = "o", title: str = "t") -> tuple[str, str]:
        theme = theme_of(
            ThemeOptions(settings={"title": title}),
            post="{% extends 'layouts/base.html' %}",
            base="{% include 'includes/head.html' %}",
            includes__head=head,
            includes__other=other,
            bare="x",
        )
        return theme.digests["layouts/post.html"], theme.digests["layouts/bare.html"]

    post, bare = digests("h")
    assert digests("changed")[0] != post
    assert digests("changed")[1] == bare
    assert digests("h", other="changed") == (post, bare)
    assert digests("h", title="changed")[0] != post


def test_a_computed_include_depends_on_every_template() -> None:
    one, two = (theme_of(post="{% include name %}", other=text).digests["layouts/post.html"] for text in "ab")
    assert one != two


def test_settings_of_the_author_are_over_those_of_the_theme() -> None:
    theme = theme_of(
        ThemeOptions(settings={"b": "mine"}), post="{{ theme.a }} {{ theme.b }}", theme="settings: {a: 1, b: 2}"
    )
    assert text_of(lay_out(spec_of(blog()), theme, blog().view())) == "1 mine"


def test_a_faulty_manifest_is_reported() -> None:
    (problem,) = theme_of(post="x", theme="settings: [").diagnostics
    assert (problem.path, problem.severity) == ("_theme/theme.yml", Severity.WARNING)


LABELS = {"en": {"date": "%B %-d, %Y", "tags": "Tags"}, "ko": {"date": "%Y년 %-m월 %-d일"}, "zh-hant": {"tags": "標籤"}}


def test_words_come_from_the_language_then_from_english() -> None:
    assert fallbacks("zh-TW") == ("zh-tw", "zh-hant", "zh", "en")
    assert fallbacks("ko_KR") == ("ko-kr", "ko", "en")
    assert fallbacks("no") == ("no", "nb", "en")
    assert fallbacks("en-GB") == ("en-gb", "en")
    assert labels_for("zh-TW", LABELS, {})["tags"] == "標籤"
    assert labels_for("ko", LABELS, {}) == {"date": "%Y년 %-m월 %-d일", "tags": "Tags"}
    assert labels_for("ko", LABELS, {"tags": "꼬리표"})["tags"] == "꼬리표"


DAY = datetime.datetime(2018, 10, 6, 15, 4, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=9)))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("%B %-d, %Y", "October 6, 2018"),
        ("%A %a %b", "Saturday Sat Oct"),
        ("%Y년 %-m월 %-d일", "2018년 10월 6일"),
        ("%y-%m-%d %H:%M:%S %-I%p %z", "18-10-06 15:04:05 3PM +0900"),
        ("%F %j %e %% %Q", "2018-10-06 279  6 % %Q"),
    ],
)
def test_dates_do_not_depend_on_the_locale(pattern: str, text: str) -> None:
    assert format_date(DAY, pattern, {}) == text


def test_dates_with_the_names_of_a_language() -> None:
    labels = {"months": [f"{month}월" for month in range(1, 13)], "days": list("월화수목금토일")}
    assert format_date(datetime.date(2018, 10, 6), "%Y %B (%a) %H", labels) == "2018 10월 (토) 00"


def default_theme(**settings: object) -> Theme:
    root = Path(__file__).parents[2] / "themes/default"
    names = {file.relative_to(root).as_posix(): file for file in [*root.rglob("*.html"), root / "theme.yml"]}
    templates = {name: SourceText(name, file.read_text(encoding="utf-8")) for name, file in names.items()}
    labels = {file.stem: SourceText(file.name, file.read_text("utf-8")) for file in root.glob("labels/*.yml")}
    sources = ThemeSources(templates, (templates.pop("theme.yml"),), labels)
    return load_theme(sources, ThemeOptions(settings=settings), BUILTINS)


@pytest.fixture(scope="module")
def theme() -> Theme:
    return default_theme()


FORMULA = '<span class="katex"><span class="katex-html">x</span></span>'


def page_of(theme: Theme, source: Blog, layout: str) -> str:
    spec = next(page for page in generate_pages(source.view(), source.options, BUILTINS) if page.layout == layout)
    laid_out = lay_out(spec, theme, source.view())
    assert laid_out.diagnostics == ()
    return text_of(laid_out)


def test_a_post_of_the_default_theme(theme: Theme) -> None:
    source = blog()
    html = text_of(lay_out(spec_of(source), theme, source.view()))
    assert html.startswith('<!doctype html>\n<html lang="en">\n<head>')
    assert "<title>글 | 수식 노트</title>" in html
    assert '<link rel="canonical" href="https://example.org/2018/10/06/%EA%B8%80.html">' in html
    assert '<time datetime="2018-10-06T00:00:00+09:00">October 6, 2018</time>' in html
    assert '<div class="post-content">\n<p>body</p>\n</div>' in html
    assert '<a href="/tags/c/" rel="tag">C++</a>' in html
    assert re.findall(r'rel="(prev|next)"><small>[^<]*</small> <span>([^<]*)', html) == [
        ("prev", "이전"),
        ("next", "다음"),
    ]
    assert [html.count(f"<{tag}") for tag in ("main", "article", "h1")] == [1, 1, 1]
    assert '<link rel="alternate" type="application/atom+xml" title="수식 노트" href="/feed.xml">' in html
    assert html.rstrip().endswith("</html>")


def test_a_korean_page(theme: Theme) -> None:
    source = blog()
    source.site = SiteOptions(title="노트", lang="ko", url="https://example.org")
    html = text_of(lay_out(spec_of(source), theme, source.view()))
    assert '<html lang="ko">' in html
    assert ">2018년 10월 6일</time>" in html
    assert "← 이전 글" in html


def test_arrows_point_along_the_lines_of_a_page(theme: Theme) -> None:
    source = blog()
    source.site = SiteOptions(title="מחברת", lang="he", url="https://example.org")
    html = text_of(lay_out(spec_of(source), theme, source.view()))
    assert re.findall(r"<small>(.)[^<]*</small>|<small>[^<]*(.)</small>", html)[0][0] == "→"


def test_the_language_of_a_post_goes_before_that_of_the_site(theme: Theme) -> None:
    source = Blog().post("2018-10-06", "글", lang="zh-CN")
    html = text_of(lay_out(spec_of(source), theme, source.view()))
    assert '<html lang="zh-CN">' in html
    assert ">2018年10月6日</time>" in html


def test_titles_of_posts_in_other_languages_say_so(theme: Theme) -> None:
    source = Blog().post("2018-10-05", "first").post("2018-10-06", "둘째", lang="ko").post("2018-10-07", "third")
    html = text_of(lay_out(spec_of(source, "_posts/2018-10-06-둘째.md"), theme, source.view()))
    assert '<html lang="ko">' in html
    assert '<span lang="en">first</span>' in html
    assert '<span lang="en">third</span>' in html
    archive = page_of(theme, source, "archive")
    assert 'html" lang="ko">둘째</a>' in archive
    assert 'html">first</a>' in archive


def test_katex_is_linked_by_pages_with_formulas_only(theme: Theme) -> None:
    source = Blog().post("2018-10-06", "글", f"<p>{FORMULA}</p>", tags=["x"])
    katex = "/assets/katex/katex.min.css"
    assert katex in text_of(lay_out(spec_of(source), theme, source.view()))
    assert katex in page_of(theme, source, "home")
    assert katex not in page_of(theme, source, "archive")
    text = Blog().post("2018-10-06", "글", '<pre class="x">class=&quot;katex</pre>')
    assert katex not in text_of(lay_out(spec_of(text), theme, text.view()))


def test_json_in_the_head_cannot_end_its_script(theme: Theme) -> None:
    source = Blog().post("2018-10-06", "글", description="a & b")
    spec = PageSpec("/x.html", "x.html", "post", "post", "</script><b> <!-- 한", POST)
    html = text_of(lay_out(spec, theme, source.view()))
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    assert json.loads(found[1])["headline"] == "</script><b> <!-- 한"
    assert json.loads(found[1])["description"] == "a & b"
    assert "<b>" not in html


def test_the_home_page_lists_posts_with_excerpts_and_turns_pages(theme: Theme) -> None:
    source = blog()
    html = page_of(theme, source, "home")
    assert html.count('<article class="post-item"') == 3
    assert "<p>ex</p>" in html
    assert "pagination" not in html
    many = Blog()
    for day in range(1, 13):
        many.post(f"2020-01-{day:02}", f"p{day}")
    assert '<a class="older" href="/page2/" rel="next">Older posts →</a>' in page_of(theme, many, "home")


def test_a_home_page_of_the_sites_own_keeps_its_text(theme: Theme) -> None:
    source = blog().page("index.md", "", "<p>환영합니다</p>", layout="home")
    html = text_of(lay_out(spec_of(source, "index.md", "home"), theme, source.view()))
    assert html.index("환영합니다") < html.index("post-item")


def test_the_archive_is_grouped_by_year_newest_first(theme: Theme) -> None:
    source = blog().post("2020-01-01", "later").post("2020-02-01", "last")
    found = re.findall(
        r'<h2 id="year-(\d+)">|<a href="[^"]*">(last|later|다음|글|이전)</a></li>', page_of(theme, source, "archive")
    )
    assert [year or title for year, title in found] == ["2020", "last", "later", "2018", "다음", "글", "이전"]


@pytest.mark.parametrize("layout", ["home", "archive", "tag", "tags", "not_found"])
def test_every_generated_page_has_one_heading_and_one_main(theme: Theme, layout: str) -> None:
    html = page_of(theme, blog(), layout)
    assert (html.count("<h1"), html.count("<main"), html.count("</main>")) == (1, 1, 1)


def test_a_blog_without_posts_says_so(theme: Theme) -> None:
    source = Blog()
    assert "There are no posts yet." in page_of(theme, source, "home")
    assert "There are no posts yet." in page_of(theme, source, "archive")


def test_a_title_is_text(theme: Theme) -> None:
    source = Blog().post("2018-10-06", "글").page("a.md", "<i>x</i> & y")
    html = text_of(lay_out(spec_of(source), theme, source.view()))
    assert '<a href="/a.html">&lt;i&gt;x&lt;/i&gt; &amp; y</a>' in html


def test_settings_of_the_default_theme() -> None:
    source = blog()
    html = text_of(
        lay_out(
            spec_of(source),
            default_theme(color_theme="dark", footer_text="<b>me</b>", post_navigation=False),
            source.view(),
        )
    )
    assert 'data-theme="dark"' in html
    assert "<div><b>me</b></div>" in html
    assert "post-navigation" not in html


def test_every_language_of_the_default_theme_has_every_word(theme: Theme) -> None:
    english = theme.labels["en"]
    assert len(theme.labels) >= 30
    for lang, words in theme.labels.items():
        assert set(words) - {"months", "days"} == set(english), lang
        for name in english:
            assert isinstance(words[name], str), (lang, name)
            assert str(words[name]).strip(), (lang, name)
            assert str(words[name]).count("{}") == str(english[name]).count("{}"), (lang, name)


def test_dates_of_every_language_are_those_of_cldr(theme: Theme) -> None:
    days = [datetime.date(2026, month, month + 4) for month in range(1, 13)]
    for lang, words in theme.labels.items():
        locale = Locale.parse({"pt": "pt-PT"}.get(lang, lang), sep="-")
        for day in days:
            assert format_date(day, str(words["date"]), words) == babel.dates.format_date(day, "long", locale), lang
            assert format_date(day, "%A", words) == babel.dates.format_date(day, "EEEE", locale), lang


def test_dates_of_a_language_without_words_are_those_of_cldr() -> None:
    day = datetime.date(2026, 3, 5)
    for name in locale_identifiers():
        words = date_words(name)
        assert format_date(day, str(words["date"]), words) == babel.dates.format_date(day, "long", name), name
    assert date_words("xx") == {}
    assert date_words("eu-x-of-mine") == date_words("eu")
    assert labels_for("eu", LABELS, {})["months"] == date_words("eu")["months"]
    assert labels_for("eu", LABELS, {"date": "%Y"})["date"] == "%Y"
    assert "months" not in labels_for("en-GB", LABELS, {})


@pytest.mark.parametrize(
    ("tag", "known"),
    [("eu", True), ("pt-BR", True), ("iw", True), ("gsw", True), ("german", False), ("xx", False), ("1", False)],
)
def test_whether_a_tag_is_a_language(tag: str, *, known: bool) -> None:
    assert is_language(tag) is known


def test_the_style_sheet_is_small() -> None:
    css = Path(__file__).parents[2] / "themes/default/assets/css/main.css"
    assert len(gzip.compress(css.read_bytes(), mtime=0)) <= 7_500  # as it travels
    assert "@import" not in css.read_text(encoding="utf-8")


def test_cards_are_two_kilobytes_at_most() -> None:
    script = Path(__file__).parents[2] / "themes/default/assets/js/cards.js"
    assert len(script.read_bytes()) <= 2_048


@pytest.mark.parametrize(
    ("lang", "html", "accessible"),
    [
        ("en", '<input BOX checked="checked" />', '<input BOX aria-label="done" checked="checked" />'),
        ("ko", "<input BOX />", '<input BOX aria-label="할 일" />'),
        ("en", '<th style="a: b">&nbsp;</th><th>$x$</th>', '<td style="a: b">&nbsp;</td><th>$x$</th>'),
        ("en", "<thead><tr><th></th></tr></thead>", "<thead><tr><td></td></tr></thead>"),
    ],
)
def test_boxes_of_tasks_have_names_and_empty_heads_are_cells(
    theme: Theme, lang: str, html: str, accessible: str
) -> None:
    box = 'type="checkbox" class="task-list-item-checkbox" disabled="disabled"'
    source = Blog().post("2018-10-06", "글", html.replace("BOX", box), lang=lang)
    assert accessible.replace("BOX", box) in text_of(lay_out(spec_of(source), theme, source.view()))


def test_the_same_page_twice_is_the_same_bytes(theme: Theme) -> None:
    source = blog()
    facts = source.facts()
    once, twice = (lay_out(spec_of(source), theme, FactView(facts)) for _ in range(2))
    assert once == twice
