"""The theme `strap` on screens of four widths, light and dark, in print, by keyboard and without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.accessibility import axe_faults
from browser.conftest import serve
from browser.test_colours import faint_texts
from mathblog.engine.builder import build
from mathblog.engine.request import BuildRequest
from support.chromium import Browser

CONFIG = """\
title: Straps and $\\mathbb{R}^n$
description: Notes
url: https://example.org
author: Kim
theme: strap
paginate: 2
avatar: assets/img/a.svg
header_text: Welcome, whoever reads this
header_feature_image: assets/img/a.svg
footer_text: "© 2026 Kim"
collections: {portfolio: {output: true}}
theme_settings:
  github: kim
  share_buttons: {email: true, mastodon: true}
  comments: {giscus: {repo: a/b, repo-id: r}}
"""
IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><rect width="800" height="400" fill="#fff"/></svg>'
TEXT = """\
A text with $x \\in \\mathbb{R}$ and a [link](/about/), in several words so that it runs over more than one line on each of the screens.

$$ a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{10} + a_{11} + a_{12} + a_{13} + a_{14} + a_{15} \\tag{1} $$

## One

> [!theorem]
> Each word counts.

| head | other |
|---|---|
| $x$ | word |

## Two

`code` and

```python
def f(x):
    return "a string that is long enough to be wider than a telephone, whatever its face may be, and more"
```

## Three

{% include aligner.html images="a.svg,a.svg,a.svg" caption="Three pictures" %}
"""
LONG = "Supercalifragilistic_and_a_very_long_unbreakable_identifier_that_goes_on_and_on_until_the_end"
FILES = {
    "_config.yml": CONFIG,
    "assets/img/a.svg": IMAGE,
    "_data/authors.yml": "kim: {name: Kim Haru, avatar: assets/img/a.svg, about: Writes about $L^p$.}\n",
    "_posts/2026-01-01-heat.md": "---\ntitle: Heat\ntags: [analysis, a b]\nauthor: kim\nseries: S\nsubtitle: First\n"
    f"feature-img: assets/img/a.svg\n---\n{TEXT}",
    "_posts/2026-01-02-long.md": f"---\ntitle: {LONG}\ntags: [analysis, {LONG}]\nseries: S\ncolor: yellow\n---\n{TEXT}",
    "_posts/2026-01-03-ko.md": f"---\ntitle: 열방정식과 확률에 관한 조금 긴 제목\nlang: ko\nthumbnail: assets/img/a.svg\npin: true\n---\n{TEXT}",
    "_portfolio/one.md": "---\ntitle: One\nimg: assets/img/a.svg\n---\nText\n",
    "_portfolio/two.md": "---\ntitle: Two\n---\nText\n",
    "works.md": "---\ntitle: Works\nicon: fa-briefcase\n---\n{% include portfolio.html %}\n",
    "about.md": "---\ntitle: About\npermalink: /about/\n---\nText, and [another](/works.html).\n",
    "search.md": "---\ntitle: Find\nlayout: search\n---\n",
    "pictures.md": "---\ntitle: Pictures\ngallery: assets/img\n---\n{% include gallery.html %}\n",
}
PAGES = (
    "",
    "page2/",
    "2026/01/01/heat.html",
    "2026/01/02/long.html",
    "2026/01/03/ko.html",
    "tags/",
    "tags/analysis/",
    "archive/",
    "works.html",
    "about/",
    "pictures.html",
    "search.html",
    "404.html",
)
# the elements that reach beyond the window, but for those in a box that scrolls or cuts on purpose
CUT = """
[...document.querySelectorAll('body *')].filter(element => {
  const box = element.getBoundingClientRect()
  return box.width > 1 && (box.right > document.documentElement.clientWidth + 1 || box.left < -1)
    && !element.closest('.katex-display, pre, table, .hero-image, .skip-link, .visually-hidden')
}).map(element => element.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def strap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the blog is served."""
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("strap")
    for path, text in FILES.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_text(text, encoding="utf-8")
    result = build(BuildRequest(source, overrides={"destination": str(folder)}, jobs=1, use_cache=False))
    assert result.diagnostics == ()
    with serve(Path(folder)) as served:
        yield f"{served}/"


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_is_cut_and_nobody_else_is_asked(browser: Browser, strap: str, width: int) -> None:
    browser.resize(width)
    for page in PAGES:
        browser.visit(strap + page)
        assert browser.measure("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, page
        assert browser.measure(CUT) == [], page
        assert [request for request in browser.requests if not request.startswith((strap, "data:"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(browser: Browser, strap: str, scheme: str) -> None:
    browser.prefer(scheme)
    assert faint_texts(browser, [strap + page for page in PAGES], scheme) == {}


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_axe_finds_nothing(browser: Browser, strap: str, width: int, scheme: str) -> None:
    browser.resize(width)
    browser.prefer(scheme)
    assert axe_faults(browser, [strap + page for page in PAGES]) == {}


def test_the_lines_of_a_post_have_62_to_72_characters(browser: Browser, strap: str) -> None:
    browser.resize(1440)
    browser.visit(strap + "2026/01/01/heat.html")
    lengths = browser.measure("""
    (() => {
      const text = document.createElement('p')
      text.textContent = 'the quick brown fox jumps over a lazy dog and looks at what is written '.repeat(20)
      document.querySelector('.post-content').append(text)
      const range = document.createRange(), tops = {}
      for (let i = 0; i < text.firstChild.length; i++) {
        range.setStart(text.firstChild, i); range.setEnd(text.firstChild, i + 1)
        const top = Math.round(range.getBoundingClientRect().top)
        tops[top] = (tops[top] || 0) + 1
      }
      return Object.values(tops).slice(0, -1)
    })()""")
    assert all(55 <= length <= 76 for length in lengths)
    assert 62 <= sum(lengths) / len(lengths) <= 72


def test_the_menu_of_a_phone_opens_without_a_script(browser: Browser, strap: str) -> None:
    browser.resize(390)
    browser.allow_scripts(allowed=False)
    browser.visit(strap)
    shown = "document.querySelector('#_menu a').getBoundingClientRect().height > 0"
    assert not browser.measure(shown)
    browser.measure("document.querySelector('.menu-button').click()")
    assert browser.measure(shown)
    browser.resize(1440)
    browser.visit(strap)
    assert browser.measure(shown)


def test_comments_are_asked_for_when_the_reader_wants_them(browser: Browser, strap: str) -> None:
    browser.visit(strap + "2026/01/01/heat.html")
    asked = browser.measure("""
    (() => {
      const section = document.querySelector('.comments'), asked = []
      section.append = script => asked.push(script.src, script.dataset.repo, script.dataset.mapping, script.dataset.theme)
      section.querySelector('button').click()
      return asked
    })()""")
    assert asked == ["https://giscus.app/client.js", "a/b", "pathname", "light"]


def test_titles_are_searched_by_keyboard(browser: Browser, strap: str) -> None:
    browser.visit(strap + "search.html")
    assert browser.measure("document.activeElement.type") == "search"
    assert not [request for request in browser.requests if "archive" in request]
    found = """
    (async () => {
      const input = document.querySelector('.search input'), list = document.querySelector('.search ul')
      input.value = %s
      input.dispatchEvent(new Event('input'))
      for (let i = 0; i < 100 && !list.children.length && !document.querySelector('.search-none').textContent; i++)
        await new Promise(done => setTimeout(done, 50))
      return [...list.querySelectorAll('a')].map(link => link.pathname)
    })()"""
    assert browser.measure(found % "'HEAT'") == ["/2026/01/01/heat.html"]
    press = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '%s', bubbles: true})); document.activeElement.%s"
    assert browser.measure(press % ("ArrowDown", "pathname")) == "/2026/01/01/heat.html"
    assert browser.measure(press % ("ArrowUp", "type")) == "search"
    assert browser.measure(press % ("Escape", "value")) == ""
    assert browser.measure(found % "'확률에'") == ["/2026/01/03/ko.html"]
    browser.visit(strap + "search.html")
    assert browser.measure(found % "'zebra'") == []
    assert browser.measure("document.querySelector('.search-none').textContent") == "Nothing found"


def test_a_page_prints_black_on_white(browser: Browser, strap: str) -> None:
    browser.prefer("dark")
    browser.visit(strap + "2026/01/01/heat.html")
    browser.measure("document.documentElement.dataset.theme = 'dark'")
    browser.show_print(shown=True)
    try:
        colours = browser.measure(
            "['html', 'body', '.hero', '.hero h1'].map(name => getComputedStyle(document.querySelector(name)))"
            ".map(style => [style.backgroundColor, style.color, style.colorScheme])"
        )
        hidden = browser.measure(
            "['.navbar', '.site-footer', '.share', '.comments'].map(name => document.querySelector(name).offsetHeight)"
        )
    finally:
        browser.show_print(shown=False)
    light = ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)", "rgb(244, 244, 244)")
    assert {ground for ground, *_ in colours} <= {*light}
    assert {ink for _, ink, _ in colours} == {"rgb(0, 0, 0)"}
    assert {scheme for *_, scheme in colours} == {"light"}
    assert hidden == [0, 0, 0, 0]
