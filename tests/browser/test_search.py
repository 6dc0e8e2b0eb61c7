"""The search in a browser: by keyboard, in Korean and Chinese, by formulas, with formulas in what it shows, and nothing loaded before."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.conftest import serve
from mathblog.engine.builder import build
from mathblog.engine.request import BuildRequest
from mathblog.site.search.tokens import WITHOUT_BLANKS
from support.chromium import Browser

POSTS = {
    "2020-01-01-heat": "---\ntitle: The heat equation\ntags: [analysis]\n---\nWords before.\n\n## How it decays\n\n"
    "Solutions of $\\partial_t u = \\Delta u$ forget where they began, and $\\int_{\\mathbb{R}^n} u$ stays.\n",
    "2020-01-02-kernel": "---\ntitle: Kernels on $\\mathbb{R}^n$\n---\nA café of Gaussians, $e^{-x^2}$.\n",
    "2020-01-03-geometry": "---\ntitle: 곡면의 기하\nlang: ko\n---\n우리는 미분기하학을 처음부터 배운다. 곡률 $K$는 둘째 기본형식이다.\n",
    "2020-01-04-zh": "---\ntitle: 几何\nlang: zh\n---\n曲面的高斯曲率是内蕴的几何量。\n",
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A blog with an index of whole texts, below a path, served."""
    source, public = tmp_path_factory.mktemp("found"), tmp_path_factory.mktemp("served")
    (source / "_posts").mkdir()
    for name, text in POSTS.items():
        (source / "_posts" / f"{name}.md").write_text(text, encoding="utf-8")
    (source / "_config.yml").write_text("title: T\nurl: https://e.org\nbaseurl: /b\nfull_text_search: true\n", "utf-8")
    assert build(BuildRequest(source, overrides={"destination": str(public / "b")}, jobs=1)).exit_code == 0
    with serve(public) as address:
        yield f"{address}/b"


def test_the_script_knows_the_same_scripts_as_the_index() -> None:
    """Of the pattern in `search.js` and the one in `tokens.py` neither changes alone."""
    script = (Path(__file__).resolve().parents[2] / "themes/default/assets/js/search.js").read_text("utf-8")
    written = re.search(r'WITHOUT_BLANKS = "([^"]*)"', script)
    assert written is not None
    numbers = re.findall(r"\\u(?:\{(\w+)\}|(\w{4}))", written[1])
    assert [int(long or short, 16) for long, short in numbers] == [ord(char) for char in WITHOUT_BLANKS if char != "-"]


def press(browser: Browser, key: str) -> None:
    code = {"/": 191, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "Enter": 13}[key]
    text = {"text": {"Enter": "\r"}.get(key, key)} if key in ("/", "Enter") else {}
    browser._call("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
    browser._call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)


def open_search(browser: Browser) -> None:
    """Open the box by `/`: its script is loaded then."""
    press(browser, "/")
    browser.measure(
        "new Promise(resolve => { const look = () => document.querySelector('dialog[open]') ? resolve(1) : setTimeout(look, 5); look() })"
    )


def ask(browser: Browser, query: str, box: str = "dialog") -> list[dict[str, str]]:
    """Type a query; the titles, sections and excerpts that are shown for it."""
    found = browser.measure(
        f"""new Promise((resolve) => {{
            const list = document.querySelector("{box} ul");
            const input = document.querySelector("{box} input");
            const text = (part) => part?.textContent.trim() ?? "";
            const watch = new MutationObserver(() => {{
                if (list.ariaBusy !== "false") return;
                watch.disconnect();
                resolve([...list.children].map((item) => [
                    text(item.querySelector("a")),
                    ...["sections", "excerpt", "tags"].map((name) => text(item.querySelector(`.search-${{name}}`))),
                    item.querySelectorAll("math").length,
                    [...item.querySelectorAll("mark")].map(text).join("|"),
                ]));
            }});
            watch.observe(list, {{ attributes: true }});
            input.value = {json.dumps(query)};
            input.dispatchEvent(new Event("input"));
        }})"""
    )
    return [
        dict(zip(("title", "section", "excerpt", "tags", "maths", "marks"), map(str, item), strict=True))
        for item in found
    ]


def test_whole_texts_are_found_by_words_scripts_and_formulas(browser: Browser, full: str) -> None:
    browser.visit(f"{full}/2020/01/01/heat.html")
    assert not [
        request for request in browser.requests if "/assets/search/" in request or request.endswith("/search.js")
    ]
    open_search(browser)
    assert browser.measure("document.activeElement === document.querySelector('dialog[open] input')")
    (heat,) = ask(browser, "forget began")
    assert (heat["title"], heat["section"]) == ("The heat equation", "How it decays")
    assert heat["maths"] == "2"
    assert heat["marks"] == "forget|began,"
    titles = {
        query: [item["title"] for item in ask(browser, query)]
        for query in (
            "미분기하",
            "기하학을 곡률",
            "内蕴",
            "曲率 几何",
            "학미",
            "cafe",
            "∂",
            "\\partial_t u",
            "∫",
            "analysis",
            "nothing",
        )
    }
    heat_equation, geometry, chinese = ["The heat equation"], ["곡면의 기하"], ["几何"]
    assert titles == {
        "미분기하": geometry,
        "기하학을 곡률": geometry,
        "内蕴": chinese,
        "曲率 几何": chinese,
        "학미": [],
        "cafe": [titles["cafe"][0]],
        "∂": heat_equation,
        "\\partial_t u": heat_equation,
        "∫": heat_equation,
        "analysis": heat_equation,
        "nothing": [],
    }
    assert titles["cafe"][0].startswith("Kernels on")
    assert browser.measure("document.querySelector('dialog .search-none').textContent") == "Nothing found"
    (korean,) = ask(browser, "곡률")
    assert "우리는 미분기하학을 처음부터 배운다. 곡률" in korean["excerpt"]
    assert ask(browser, "mathbb")[0]["maths"] != "0"
    assert {request.split("/")[2] for request in browser.requests if not request.startswith("data:")} == {
        full.split("/")[2]
    }


def test_the_keyboard_alone_leads_to_a_page(browser: Browser, full: str) -> None:
    browser.visit(f"{full}/index.html")
    open_search(browser)
    ask(browser, "equation")
    press(browser, "ArrowDown")
    assert browser.measure("document.activeElement.textContent.trim()") == "The heat equation"
    press(browser, "ArrowUp")
    assert browser.measure("document.activeElement.localName") == "input"
    press(browser, "Escape")
    assert not browser.measure("document.querySelector('dialog').open")
    press(browser, "/")
    assert browser.measure("document.querySelector('dialog').open")
    with browser.expect_load():
        press(browser, "Enter")
    assert browser.measure("location.pathname").endswith("/heat.html")


def test_titles_headings_and_tags_are_found_without_an_index_of_texts(browser: Browser, address: str) -> None:
    browser.visit(f"{address}/demo/404.html?q=")
    found = ask(browser, "fourier quarter", "main .search")
    assert found[0]["title"] == "The Fourier transform is a quarter turn"
    assert "옌센" in ask(browser, "옌센", "main .search")[0]["section"]
    assert ask(browser, "변분추론", "main .search")[0]["tags"]
    assert ask(browser, "zzzz", "main .search") == []
    assert sum("/assets/search/" in request for request in browser.requests) == 1
