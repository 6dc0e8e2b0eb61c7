"""What can be searched: the light index of titles, headings and tags, and the index of whole texts by Pagefind."""

import json
import sys

import pytest

from mathblog.engine.programs import pagefind, wanted
from mathblog.model.body import Body, Math
from mathblog.site.search.records import make_record
from support.site import Site

INDEX = "assets/search/index.js"


def titles(site: Site) -> dict[str, list[object]]:
    """The rows of the light index by their addresses."""
    text = site.read(INDEX)
    assert text.startswith("mathblogSearch(")
    return {url: rest for url, *rest in json.loads(text.removeprefix("mathblogSearch(").rstrip()[:-1])["titles"]}


def test_titles_headings_and_tags_follow_every_edit(site: Site) -> None:
    site.config("collections: {notes: {output: true}, hidden: {output: false}}\n")
    site.post("2020-01-01-a", "# One $x^2$\n\nText\n\n## Zwei\n", "title: On <b> $\\mathbb{R}^n$\ntags: [R&D, 수학]")
    site.post("2020-01-02-b", "Text.", "title: B\nsearch: false")
    site.write({"_notes/n.md": "---\ntitle: Note\n---\n", "_hidden/h.md": "---\ntitle: Hidden\n---\n"})
    site.write({"about.md": "---\ntitle: About\n---\n", "data.txt": "---\ntitle: No page\n---\n"}).build().is_good()
    rows = titles(site)
    assert list(rows) == ["2020/01/01/a.html", "about.html", "notes/n.html"]
    html, words, tags, headings = rows["2020/01/01/a.html"]
    assert str(html).startswith("On &lt;b&gt; <math>")
    assert "annotation" not in str(html)
    assert words == "On <b> ℝⁿ \\mathbb{R}^n"
    assert (tags, headings) == (["R&D", "수학"], [["one-x2", "One x²"], ["zwei", "Zwei"]])
    site.post("2020-01-01-a", "# Three\n\nSee [](#x).\n", "title: Onto\ntags: [R&D, 수학]").build()
    assert site.report.count("warning") == 1, "a link without words leads to nothing"
    assert titles(site)["2020/01/01/a.html"] == ["Onto", "Onto", ["R&D", "수학"], [["three", "Three"]]]
    site.post("2020-01-01-a", "# Four\n", "title: Onto\ntags: [R&D, 수학]").build().is_good()  # a text alone
    assert titles(site)["2020/01/01/a.html"][3] == [["four", "Four"]]
    before = site.read(INDEX)
    site.post("2020-01-01-a", "# Four\n\nMore words.\n", "title: Onto\ntags: [R&D, 수학]").build().is_good()
    assert site.read(INDEX) == before
    site.write({"_layouts/default.html": "{{ content }}"}).build().is_good()
    assert INDEX not in site.files()


def test_whole_texts_by_pagefind(site: Site) -> None:
    site.config("full_text_search: true\n").post("2020-01-01-a", "Words $x^2$.", "title: A")
    site.post("2020-01-02-b", "Text.", "title: B").build().is_good()
    files = {path for path in site.files() if path.startswith("assets/search/")}
    assert json.loads(site.read("assets/search/maths/2020/01/01/a.html.json")) == [
        "<math><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></semantics></math>"
    ]
    assert site.read(INDEX) == 'mathblogSearch({"full":true})\n'
    assert {"assets/search/pagefind/pagefind.js", "assets/search/pagefind/pagefind-entry.json"} <= files
    assert not any("ui" in path.rpartition("/")[2] for path in files)
    fragments = {path for path in files if "/fragment/" in path}
    site.post("2020-01-02-b", "Another text.", "title: B").build().is_good()
    after = {path for path in site.files() if "/fragment/" in path}
    assert (len(fragments & after), len(after)) == (1, 2)
    listed = json.loads(site.read(".mathblog-manifest.json"))["files"]
    assert after <= set(listed)
    assert site.run("--verify").exit_code == 0
    assert site.run("--relative").exit_code == 0
    site.has(INDEX, '"titles"')
    assert not any("/pagefind/" in path for path in site.files())


def test_without_pagefind_there_are_titles_and_one_warning(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.config("full_text_search: true\n").post("2020-01-01-a", "Words.", "title: A")
    monkeypatch.setattr(wanted, "PACKAGE", "pagefind-that-nobody-has")
    site.build()
    assert site.report.count("[search]'`") == 1
    assert list(titles(site)) == ["2020/01/01/a.html"]
    monkeypatch.setattr(wanted, "PACKAGE", pagefind.PACKAGE)
    monkeypatch.setattr(pagefind, "PACKAGE", "json")  # a package that has no program
    assert "Pagefind failed" in site.build().report
    assert list(titles(site)) == ["2020/01/01/a.html"]
    monkeypatch.undo()
    assert "Pagefind failed" not in site.build().is_good().report  # it is tried again
    assert site.read(INDEX) == 'mathblogSearch({"full":true})\n'


def test_a_record_has_words_headings_and_formulas_between_marks() -> None:
    formula = Math("\\int_0^1 f(x)\\,dx", False, "<span><math><mi>f</mi></math></span>")
    html = '<h2 id="a&amp;b">Head</h2><p>Un<b>bro</b>ken &lt;x&gt; <script>no</script>수학 VAE는<br>end'
    record = make_record(
        "ko", Body(("T & 1",)), ["R&D"], Body((html, formula, "</p>")), lambda _html, _tex: "∫₀¹ f(x) dx"
    )
    glue, marks = "\ue002", ("\ue000\ue010", "\ue001")
    assert '<h2 id="a&amp;b">Head</h2>' in record.html
    assert f"Unbroken &lt;x&gt; 수{glue} 학 VAE{glue} 는 end" in record.html
    assert f"{marks[0]} ∫ ₀¹ f x dx int 0 1 {marks[1]}" in record.html
    assert (record.maths, record.signs) == (["<math><mi>f</mi></math>"], "∫")


@pytest.mark.parametrize("html", ["<" * 50_000, "<a " * 30_000, "<!--" * 30_000, "<h2>" * 20_000, "<script>" * 20_000])
def test_a_record_of_broken_html_takes_no_longer(html: str) -> None:
    record = make_record("en", Body(("T",)), [], Body((html,)), lambda html, _tex: html)
    assert sys.getsizeof(record.html) < 20 * len(html)
