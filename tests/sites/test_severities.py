"""Errors keep a site from being published, warnings spoil one place; `--strict` and `--keep-going` move the line."""

import time

import pytest

from support.site import Site

BROKEN = "{% wish %}"
REFUSED = "잠재 변수 $$z \\in \\mathbbb{R}$$ 는"
REFUSED_REPORT = """
    _posts/2018-10-06-vae.md:3:15: {severity}: undefined control sequence `\\mathbbb` [math]
        3 | 잠재 변수 $$z \\in \\mathbbb{{R}}$$ 는
          |                   ^^^^^^^^
          = did you mean `\\mathbb`?
"""


def test_one_error_keeps_every_page_back(site: Site) -> None:
    site.post("2018-10-05-first", "하나").build().is_good()
    site.post("2018-10-05-first", "둘").post("2018-10-06-vae", BROKEN).build().fails("""
        _posts/2018-10-06-vae.md:3:4: error: unknown tag `wish` [liquid]
            3 | {% wish %}
              |    ^^^^
              = put `{% raw %}` before and `{% endraw %}` after what is not Liquid
    """)
    site.has("2018/10/05/first.html", "하나").lacks("2018/10/06/vae.html")


def test_all_errors_of_a_site_are_reported_in_one_run_by_file_and_place(site: Site) -> None:
    site.post("2018-10-06-b", "{% one %} {% two %}").post("2018-10-05-a", "", "date: never")
    site.post("2018-10-07-c", "{% include gone.html %}").build()
    assert [(item.path, item.line) for item in site.done.diagnostics] == [
        ("_posts/2018-10-05-a.md", 2),
        ("_posts/2018-10-06-b.md", 3),
        ("_posts/2018-10-06-b.md", 3),
        ("_posts/2018-10-07-c.md", 3),
    ]


def test_keep_going_publishes_the_good_pages_and_still_fails(site: Site) -> None:
    site.post("2018-10-05-first", "하나").post("2018-10-06-vae", BROKEN).post("2018-10-07-date", "", "date: never")
    site.build(keep_going=True)
    assert site.code == 1
    site.has("2018/10/05/first.html", "하나").lacks("2018/10/06/vae.html").has("2018/10/07/date.html")


def test_a_page_that_failed_is_linked_from_nowhere(site: Site) -> None:
    site.post("2018-10-05-first", "하나").post("2018-10-06-vae", BROKEN, "tags: [수학]").build(keep_going=True)
    for path in ("index.html", "archive/index.html", "2018/10/05/first.html", "feed.xml", "sitemap.xml"):
        site.lacks(path, "2018/10/06/vae.html")


def test_a_refused_formula_is_a_warning_and_its_source_stands_in_the_page(site: Site) -> None:
    site.post("2018-10-06-vae", REFUSED).build().warns(REFUSED_REPORT.format(severity="warning"))
    page = site.body("2018/10/06/vae.html")
    assert 'class="math-error' in page or 'class="katex-error' in page
    assert "\\mathbbb{R}" in page


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("$$ a \\label{x} $$\n\n$$ b \\label{x} $$\n", 5, "the label `x` is there already, at line 3"),
        ("$$ a \\tag{1} \\tag{2} $$\n", 3, "a second `\\tag` in one row"),
    ],
)
def test_a_label_or_tag_twice_stops_no_blog_with_layouts_of_jekylls(
    site: Site, text: str, line: int, message: str
) -> None:
    site.post("2018-10-06-a", text).build()
    assert f"a.md:{line}" in site.report
    assert f"error: {message}" in site.report
    assert site.done.exit_code == 1
    site.write({"_layouts/post.html": "{{ content }}"}).build()
    assert f"warning: {message}" in site.report
    assert site.done.exit_code == 0
    assert site.read("2018/10/06/a.html").count('class="katex-html"') == text.count("$$") // 2
    site.build(strict=True)
    assert site.done.exit_code == 1


def test_strict_makes_warnings_errors(site: Site) -> None:
    site.post("2018-10-06-vae", REFUSED).build(strict=True).fails(REFUSED_REPORT.format(severity="error"))


def test_strict_can_stand_in_the_configuration(site: Site) -> None:
    site.config("strict: true").post("2018-10-06-vae", REFUSED).build()
    site.fails(REFUSED_REPORT.format(severity="error"))


def test_strict_and_keep_going_publish_what_warnings_spoiled(site: Site) -> None:
    site.post("2018-10-06-vae", REFUSED).build(strict=True, keep_going=True)
    assert site.code == 1
    site.has("2018/10/06/vae.html", "\\mathbbb{R}")


def test_an_unknown_layout_is_a_warning_and_default_is_used(site: Site) -> None:
    site.post("2018-10-06-vae", "본문", "title: 글\nlayout: psot").build().warns("""
        _posts/2018-10-06-vae.md:3:9: warning: unknown layout `psot`: `default` is used [layout]
            3 | layout: psot
              |         ^^^^
              = did you mean `post`?
    """).has("2018/10/06/vae.html", "<!doctype html>", "본문")
    site.build(strict=True)
    assert site.code == 1


def test_a_missing_include_is_an_error_with_a_suggestion(site: Site) -> None:
    site.write({"_includes/figure.html": "x"}).post("2018-10-06-vae", "{% include figur.html %}").build().fails("""
        _posts/2018-10-06-vae.md:3:12: error: no include named `figur.html` [liquid]
            3 | {% include figur.html %}
              |            ^^^^^^^^^^
              = did you mean `figure.html`?
    """)


def test_an_unclosed_block_is_an_error(site: Site) -> None:
    site.post("2018-10-06-vae", "글\n\n{% if page.title %}").build().fails("""
        _posts/2018-10-06-vae.md:5:1: error: `{% if %}` is never closed [liquid]
            5 | {% if page.title %}
              | ^^^^^^^^^^^^^^^^^^^
              = add `{% endif %}`
    """)


def test_an_unknown_filter_is_a_warning_and_the_value_stays(site: Site) -> None:
    site.post("2018-10-06-vae", "{{ page.title | upcasee }}", "title: Mixed").build().warns("""
        _posts/2018-10-06-vae.md:4:17: warning: unknown filter `upcasee` [liquid]
            4 | {{ page.title | upcasee }}
              |                 ^^^^^^^
              = did you mean `upcase`?
    """)
    assert site.body("2018/10/06/vae.html") == "<p>Mixed</p>"


def test_an_unknown_language_and_a_missing_image_spoil_one_place_each(site: Site) -> None:
    site.write({"img/있음.png": "x"})
    site.post(
        "2018-10-06-vae", "```pyhton\nx = 1\n```\n\n![그림](/img/있음.png) ![그림](/img/없음.png)\n"
    ).build().warns("""
        _posts/2018-10-06-vae.md:3:4: warning: unknown language `pyhton`: the code is shown without colours [highlight]
            3 | ```pyhton
              |    ^^^^^^
              = did you mean `python`?
        _posts/2018-10-06-vae.md:7:26: warning: image `img/없음.png` does not exist [image]
            7 | ![그림](/img/있음.png) ![그림](/img/없음.png)
              |                                ^^^^^^^^^^^^^
              = put the file at `img/없음.png` in the site's folder, or correct the address
    """)
    site.has("2018/10/06/vae.html", "x = 1")


def test_a_theme_that_is_broken_is_an_error_at_its_line(site: Site) -> None:
    site.write({"_theme/layouts/post.html": "<main>\n{{ page.title.upper( }}\n</main>\n"}).post(
        "2018-10-06-vae"
    ).build()
    assert site.report.startswith("_theme/layouts/post.html:2:1: error: ")
    assert "= delete `_theme/layouts/post.html` to use the theme's own, or correct it" in site.report
    assert site.code == 1


def test_a_theme_file_that_is_not_utf8_stops_the_build(site: Site) -> None:
    site.write({"_theme/layouts/post.html": "<p>안녕하세요</p>".encode("cp949")}).post("2018-10-06-vae").build()
    site.fails(
        """
        _theme/layouts/post.html:1:4: byte 3 (0xbe) is not UTF-8
              = it looks like CP949 (EUC-KR): save it as UTF-8
        """,
        code=2,
    )


def test_an_include_that_is_not_utf8_is_one_error(site: Site) -> None:
    """It is there, so nobody is told that there is no such include."""
    site.write({"_includes/note.html": "<p>안녕하세요</p>".encode("cp949")})
    site.post("2018-10-06-vae", "{% include note.html %}").build()
    assert [(problem.path, problem.message) for problem in site.done.diagnostics] == [
        ("_includes/note.html", "byte 3 (0xbe) is not UTF-8")
    ]


def test_a_language_that_a_script_draws_is_not_missed(site: Site) -> None:
    site.post("2018-10-06-vae", "```mermaid\ngraph TD; a-->b\n```\n").build().is_good()
    site.has("2018/10/06/vae.html", '<pre><code class="language-mermaid">')


def test_blocks_nested_too_deeply_are_one_error(site: Site) -> None:
    site.post("2018-10-06-vae", "{% if a %}" * 500 + "x" + "{% endif %}" * 500).build()
    assert [problem.message for problem in site.done.diagnostics] == ["more than 100 blocks within each other"]


def test_an_include_that_includes_itself_is_an_error_that_shows_the_chain(site: Site) -> None:
    site.write({"_includes/a.html": "{% include b.html %}", "_includes/b.html": "{% include a.html %}"})
    site.post("2018-10-06-vae", "{% include a.html %}").build()
    assert "includes go on without end: a.html → b.html → a.html" in site.report
    assert site.code == 1


def test_a_page_that_never_ends_is_stopped(site: Site) -> None:
    loop = "{% for i in (1..1000000) %}{% for j in (1..1000000) %}x{% endfor %}{% endfor %}"
    site.post("2018-10-06-vae", loop).build()
    assert site.report.startswith("_posts/2018-10-06-vae.md:3:31: error: ")
    assert site.code == 1


def test_many_equal_warnings_are_one_line_with_their_number(site: Site) -> None:
    site.post("2018-10-06-a", " ".join(f"$\\unknown{chr(97 + n)}$" for n in range(15)))
    site.post("2018-10-07-b", " ".join(f"$\\unknown{chr(97 + n)}$" for n in range(15)))
    folded = site.run().stderr
    assert folded.count("warning: undefined control sequence") == 1
    assert folded.startswith("_posts/2018-10-06-a.md:3:2: warning:")
    assert "= 30 warnings like this in 2 files: `--all` shows each" in folded
    assert site.run("--all").stderr.count("warning: undefined control sequence") == 30
    assert site.run("--format", "json").output.count("undefined control sequence") == 30


def test_the_summary_names_the_environment(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEKYLL_ENV", "production")
    assert " s (production)" in site.post("2018-10-06-a").run().output


def test_a_post_that_is_not_utf8_is_left_out_as_by_jekyll(site: Site) -> None:
    site.post("2018-10-05-good").write(
        {"_posts/2018-10-06-a.md": "Für größere Übungen: Lösungen".encode("cp1252")}
    ).build()
    assert site.code == 0
    assert "it looks like Windows-1252 (Latin-1): save it as UTF-8" in site.report
    assert "2018/10/06/a.html" not in site.files()
    site.write({"page.md": "---\n---\nFür größere".encode("cp1252")}).build()
    assert site.code == 1


def test_a_name_of_signs_only_gives_an_address(site: Site) -> None:
    site.post("2018-10-06-😫", "text").build().is_good().has("2018/10/06/😫.html", "text")


def test_code_with_a_very_long_line_is_shown_without_colours(site: Site) -> None:
    """Pygments takes seconds for such lines; the warning stands at the block, and the next build repeats it."""
    long = "a /" * 1667
    body = f"text\n\n```cpp\n{long}\n```\n\n{{% highlight http %}}\n{long}\n{{% endhighlight %}}\n\n```cpp\n{long[:5000]}\n```\n"
    for _ in range(2):
        site.post("2018-10-06-vae", body).build()
        found = [(problem.line, problem.message) for problem in site.done.diagnostics]
        message = "a line of code has 5,001 characters: the code is shown without colours"
        assert found == [(5, message), (9, message)]
        body += "\nmore\n"
    assert site.body("2018/10/06/vae.html").count(f"<code>{long}") == 1


@pytest.mark.parametrize("language", ["http", "xml", "cpp", "java", "javascript"])
def test_fifty_thousand_characters_of_code_in_a_line_take_no_time(site: Site, language: str) -> None:
    body = "\n\n".join(f"```{language}\n{piece * 10_000}\n```" for piece in ("a /* ", "<!-- ", "a: b,", "/////"))
    site.post("2018-10-06-vae", body)
    begun = time.process_time()
    site.build()
    assert time.process_time() - begun < 3
    assert len(site.done.diagnostics) == 4
