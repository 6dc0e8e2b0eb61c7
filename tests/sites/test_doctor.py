"""`mathblog doctor`: what a site uses that mathblog does differently from Jekyll, or not at all."""

import json
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from mathblog.cli.main import command
from mathblog.config.defaults import JEKYLL_DEFAULTS
from mathblog.config.known import KRAMDOWN_HONOURED, SECTIONS
from mathblog.core.excerpt import describe
from mathblog.engine.doctor import diagnose
from mathblog.engine.request import BuildRequest
from support.site import Site

ZONE = "timezone: Asia/Seoul\n"


def doctor(site: Site, *arguments: str) -> Result:
    """`mathblog doctor -s SOURCE …`, in this process."""
    return CliRunner().invoke(command, ["doctor", "--source", str(site.source), *arguments])


def finds(site: Site, report: str, code: str = "jekyll") -> None:
    """The doctor finds exactly these differences."""
    found = [item for item in diagnose(BuildRequest(site.source)).diagnostics if item.code == code]
    assert "\n".join(map(describe, found)) == dedent(report).strip("\n")


def test_a_site_without_differences(site: Site) -> None:
    site.post("2018-10-06-vae", "글 $$x$$\n\n$$y$$\n")
    result = doctor(site)
    assert (result.exit_code, result.output) == (0, "nothing to report\n")
    assert not site.output.exists()
    assert not (site.source / ".mathblog-cache").exists()


def test_keys_of_the_configuration_that_mean_nothing_here(site: Site) -> None:
    site.config(
        "lsi: true\nsafe: false\nwhitelist: [jekyll-feed]\nkramdown:\n  math_engine: null\n  entity_output: numeric\n"
    )
    finds(
        site,
        """
        _config.yml:3:1: warning: `lsi`: related posts are the newest ones, without LSI [jekyll]
            3 | lsi: true
              | ^^^
              = take it out
        _config.yml:5:1: warning: `whitelist`: plugins written in Ruby are never run [jekyll]
            5 | whitelist: [jekyll-feed]
              | ^^^^^^^^^
              = take it out
        _config.yml:8:3: warning: `kramdown.entity_output`: this option of kramdown's changes nothing here [jekyll]
            8 |   entity_output: numeric
              |   ^^^^^^^^^^^^^
              = take it out
    """,
    )


# what `config` reads, or what a build reports when it is not as it should be
HONOURED = set(
    "destination collections_dir layouts_dir data_dir includes_dir collections include exclude keep_files encoding markdown_ext "  # noqa: SIM905
    "show_drafts limit_posts future unpublished plugins excerpt_separator baseurl permalink paginate_path timezone defaults liquid "
    "kramdown safe".split()
)
OTHER = {
    "cache_dir": ".jekyll-cache", "plugins_dir": "x", "whitelist": "[x]", "markdown": "redcarpet",
    "highlighter": "coderay", "port": "1", "host": "0.0.0.0",
}  # fmt: skip


@pytest.mark.parametrize("key", sorted(set(JEKYLL_DEFAULTS) - HONOURED))
def test_every_key_of_jekylls_is_honoured_or_named(site: Site, key: str) -> None:
    site.config(f"{key}: {OTHER.get(key, 'true')}\n")
    assert f"`{key}`" in doctor(site).output


@pytest.mark.parametrize("key", sorted(set(SECTIONS["kramdown"]) - set(KRAMDOWN_HONOURED)))
def test_every_option_of_kramdowns_is_honoured_or_named(site: Site, key: str) -> None:
    site.config(f"kramdown: {{{key}: 17}}\n")
    assert f"`kramdown.{key}`" in doctor(site).output


def test_a_displayed_formula_inside_of_a_paragraph(site: Site) -> None:
    site.post("2018-10-06-vae", "곧\n$$\nx\n$$\n이다.\n")
    finds(
        site,
        """
        _posts/2018-10-06-vae.md:4:1: warning: `$$` inside a paragraph is displayed here, and set in the line by kramdown [jekyll]
            4 | $$
              | ^^
              = put an empty line before and after it, or set `math.strict_kramdown: true`
    """,
    )
    site.config("math: {strict_kramdown: true}\n")
    finds(site, "")


def test_a_formula_inside_of_a_paragraph_of_a_site_for_jekyll(site: Site) -> None:
    site.config("markdown: kramdown\n").post("2018-10-06-vae", "곧\n$$\nx\n$$\n이다.\n")
    finds(
        site,
        """
        _posts/2018-10-06-vae.md:4:1: warning: `$$` inside a paragraph is set in the line here, as by kramdown, though it stands on lines of its own [jekyll]
            4 | $$
              | ^^
              = to display it, put an empty line before and after it, or set `math.strict_kramdown: false`
        """,
    )


def test_braces_in_formulas_that_jekyll_takes_for_liquid(site: Site) -> None:
    site.post(
        "2018-10-06-vae", "{% assign k = 1 %}$$x_{{ k }}$$ $$\\frac{1}{{n}}$$ {% raw %}$$a{{b}}$$ {% endraw %}`{{c}}`"
    )
    finds(
        site,
        """
        _posts/2018-10-06-vae.md:3:43: warning: `{{n}}` in a formula is TeX here; Jekyll takes it for Liquid [jekyll]
            3 | {% assign k = 1 %}$$x_{{ k }}$$ $$\\frac{1}{{n}}$$ {% raw %}$$a{{b}}$$ {% endraw %}`{{c}}`
              |                                           ^^^^^
              = put `{% raw %}` and `{% endraw %}` around the formula where Jekyll has to read it, too
        _posts/2018-10-06-vae.md:3:84: warning: `{{c}}` in code is code here; Jekyll takes it for Liquid [jekyll]
            3 | {% assign k = 1 %}$$x_{{ k }}$$ $$\\frac{1}{{n}}$$ {% raw %}$$a{{b}}$$ {% endraw %}`{{c}}`
              |                                                                                    ^^^^^
              = put `{% raw %}` and `{% endraw %}` around the code where Jekyll has to read it, too
    """,
    )


def test_single_dollars_that_no_layout_declares(site: Site) -> None:
    site.write({"_includes/math.html": "<script>MathJax = {};</script>"}).post("2018-10-06-vae", "값 $x$ 와 $y$ 는")
    finds(
        site,
        """
        _posts/2018-10-06-vae.md:3:3: warning: `$…$` is a formula here, and text in Jekyll: no layout declares `$` a delimiter, and 1 more in this file [jekyll]
            3 | 값 $x$ 와 $y$ 는
              |    ^^^
              = set `math.single_dollar: false` if it is no formula
    """,
    )
    site.write({"_includes/math.html": "<script>MathJax = {tex: {inlineMath: [['$', '$']]}};</script>"})
    finds(site, "")
    script = "---\nlayout: none\n---\n{%- comment -%} a pair {%- endcomment -%}\nMathJax = {tex: {inlineMath: [['$', '$']]}};"
    site.write({"_includes/math.html": '<script src="/js/setup.js"></script> MathJax', "js/setup.js": script})
    finds(site, "")


def test_a_paragraph_that_kramdown_makes_a_table_of(site: Site) -> None:
    site.post("2018-10-06-vae", "확률 $$p(x|y)$$ 와\n우도 $$p(y|x)$$ 는\n\n첫 줄은\n$$p(x|y)$$ 이다.\n\n$$\n|x|\n$$\n")
    finds(
        site,
        """
        _posts/2018-10-06-vae.md:3:9: warning: each line of this paragraph has a `|`: kramdown makes a table of it, here it is text [jekyll]
            3 | 확률 $$p(x|y)$$ 와
              |           ^
              = write `\\vert` or `\\mid` in the formula where Jekyll has to read it, too
    """,
    )


def test_documents_that_are_left_out(site: Site) -> None:
    site.config(ZONE).post("2018-10-06-hidden", "", "published: false").post(
        "2999-01-01-later", "", "date: 2999-01-01 10:00:00 +0900"
    )
    site.write({"_drafts/idea.md": "생각"})
    finds(
        site,
        """
        _drafts/idea.md: warning: a draft is left out [jekyll]
              = build with `--drafts` to see it
        _posts/2018-10-06-hidden.md: warning: `published: false`: this is left out [jekyll]
              = build with `--unpublished` to see it
        _posts/2999-01-01-later.md:2:7: warning: 2999-01-01 10:00 +0900 is to come: this is left out until then [jekyll]
            2 | date: 2999-01-01 10:00:00 +0900
              |       ^^^^^^^^^^^^^^^^^^^^^^^^^
              = build with `--future` to see it
    """,
    )
    assert doctor(site, "--drafts", "--future", "--unpublished").output == "nothing to report\n"


def test_times_without_a_zone_depend_on_the_machine_in_jekyll(site: Site) -> None:
    site.post("2018-10-06-vae", "", "date: 2018-10-06 10:00:00 +0900")
    finds(
        site,
        """
        _config.yml: warning: no `timezone`: Jekyll takes that of the machine, mathblog UTC; a date near midnight may have another address [jekyll]
              = write `timezone: Asia/Seoul`, or what yours is
    """,
    )


def test_what_a_build_reports_is_in_the_report(site: Site) -> None:
    site.config(ZONE).post("2018-10-06-vae", "", "date: 2018-10-06 20:00:00").write({"_posts/nodate.md": "x"})
    finds(
        site,
        """
        _posts/2018-10-06-vae.md:2:7: warning: a time without an offset is UTC: `2018-10-06 20:00` is 2018-10-07 in Asia/Seoul, and the address says so [date]
            2 | date: 2018-10-06 20:00:00
              |       ^^^^^^^^^^^^^^^^^^^
              = write `2018-10-06 20:00:00 +0000` to keep the address, `2018-10-06 20:00:00 +0900` for your own clock
    """,
        code="date",
    )
    assert "_posts/nodate.md: warning: a post needs a date in its name" in doctor(site).output


def test_conflicts_are_named(site: Site) -> None:
    site.write({"a.md": "---\npermalink: /same/\n---\n", "b.md": "---\npermalink: /same/\n---\n"})
    result = doctor(site)
    assert result.exit_code == 0
    assert "a.md: warning: `/same/index.html` is also the address of `b.md`, which is published there" in result.output
    site.write({"b.md": "---\npermalink: /Same/\n---\n"})
    result = doctor(site)
    assert result.exit_code == 0
    assert "are one file on macOS and Windows" in result.output


def test_scripts_that_have_nothing_left_to_do(site: Site) -> None:
    site.write(
        {"_includes/head.html": '<head>\n<script async src="//cdn.example/MathJax.js?config=x"></script>\n</head>'}
    )
    finds(
        site,
        """
        _includes/head.html:2:1: warning: formulas are rendered when the site is built: MathJax has nothing to do in the browser [jekyll]
            2 | <script async src="//cdn.example/MathJax.js?config=x"></script>
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              = harmless; pages load faster without it
    """,
    )


HOT_LINKED = """\
---
title: 그림
---
![a](https://github.com/kim/blog/blob/master/assets/a.png?raw=true) ![b](https://raw.githubusercontent.com/kim/blog/master/assets/%EA%B3%A1%20%EC%84%A0.png)
<img src="https://example.org/assets/a.png"> ![c](https://example.org/assets/none.png) ![d](https://elsewhere.org/assets/a.png)
`https://example.org/assets/a.png`
"""
FIXED = """\
---
title: 그림
---
![a]({{ site.baseurl }}/assets/a.png) ![b]({{ site.baseurl }}/assets/%EA%B3%A1%20%EC%84%A0.png)
<img src="{{ site.baseurl }}/assets/a.png"> ![c](https://example.org/assets/none.png) ![d](https://elsewhere.org/assets/a.png)
`https://example.org/assets/a.png`
"""


@pytest.fixture
def linked(site: Site) -> Site:
    """A post that fetches the site's own pictures from elsewhere."""
    return site.write({"assets/a.png": b"x", "assets/곡 선.png": b"x", "_posts/2018-10-06-vae.md": HOT_LINKED})


def test_images_of_the_site_that_are_fetched_from_elsewhere(linked: Site) -> None:
    found = [item for item in diagnose(BuildRequest(linked.source)).diagnostics if item.code == "jekyll"]
    assert [(item.line, item.column, item.message) for item in found] == [
        (4, 6, "`assets/a.png` lies in this folder and is fetched from another host"),
        (4, 74, "`assets/곡 선.png` lies in this folder and is fetched from another host"),
        (5, 11, "`assets/a.png` lies in this folder and is fetched from another host"),
    ]
    assert doctor(linked).output.endswith(
        "3 warnings\n      = `mathblog doctor --fix` does away with 3 of them; `--fix --dry-run` shows the lines first\n"
    )
    assert found[0].hint == "write `{{ site.baseurl }}/assets/a.png`, or run `mathblog doctor --fix`"


def test_a_link_to_githubs_page_about_a_file_is_no_fetch(site: Site) -> None:
    page = "https://github.com/kim/blog/blob/master/notes/fit.ipynb"
    site.write({"notes/fit.ipynb": "{}", "notes/plot.svg": "<svg/>"}).post(
        "2018-10-06-vae",
        f"""
        [notebook]({page}) [bytes]({page}?raw=true) [picture]({page.replace("fit.ipynb", "plot.svg")})
        ![picture]({page.replace("fit.ipynb", "plot.svg")})
        <!-- ![old]({page}?raw=true) --> {{% comment %}}![old]({page}?raw=true){{% endcomment %}}
        """,
    )
    found = [item for item in diagnose(BuildRequest(site.source)).diagnostics if item.code == "jekyll"]
    assert [(item.line, item.column) for item in found] == [(3, 77), (4, 12)]
    doctor(site, "--fix")
    text = (site.source / "_posts/2018-10-06-vae.md").read_text(encoding="utf-8")
    assert f"[notebook]({page})" in text
    assert f"<!-- ![old]({page}?raw=true) -->" in text


def test_a_link_to_a_place_that_a_page_does_not_have(site: Site) -> None:
    site.write({"notes.md": "---\n---\n# Rates\n<a name='old'></a>\n"}).post(
        "2018-10-06-vae",
        """
        ## The bound
        [a](#the-bound) [b](#the-bond) [c](/notes.html#rates) [d](/notes#old) [e](/notes.html#proofs)
        [top](#) [elsewhere](https://elsewhere.org/#x) `[code](#code)`
        """,
    )
    finds(
        site,
        """
        _posts/2018-10-06-vae.md:4:21: warning: `2018/10/06/vae.html` has no place named `the-bond` [jekyll]
            4 | [a](#the-bound) [b](#the-bond) [c](/notes.html#rates) [d](/notes#old) [e](/notes.html#proofs)
              |                     ^^^^^^^^^
              = did you mean `#the-bound`?
        _posts/2018-10-06-vae.md:4:86: warning: `notes.html` has no place named `proofs` [jekyll]
            4 | [a](#the-bound) [b](#the-bond) [c](/notes.html#rates) [d](/notes#old) [e](/notes.html#proofs)
              |                                                                                      ^^^^^^^
              = name the `id` of a heading or of another element there
        """,
    )


def test_a_link_to_nothing(site: Site) -> None:
    site.config("baseurl: /blog\n").write(
        {"notes.md": "---\n---\nnotes", "a/paper.pdf": "x", "a/index.html": "---\n---\nx"}
    )
    site.post(
        "2018-10-06-vae",
        """
        [a](/blog/notes.html) [b](/blog/notes) [c](../../../notes.html) [d](/blog/a/paper.pdf) [e](/blog/a/) [f](/blog) [g](/blog/feed.xml)
        [h](mailto:x@y.org) [i](//host.org/x) [j](https://elsewhere.org/none) [k](/other-site/x) [l](https://example.org/blog/a/)
        [m](/blog/note.html) [n]({{ site.baseurl }}/quite/other/#x) [o](nothing.pdf) [p](https://example.org/blog/gone/)
        """,
    )
    finds(
        site,
        """
        _posts/2018-10-06-vae.md:5:5: warning: the site has nothing at `/blog/note.html` [jekyll]
            5 | [m](/blog/note.html) [n]({{ site.baseurl }}/quite/other/#x) [o](nothing.pdf) [p](https://example.org/blog/gone/)
              |     ^^^^^^^^^^^^^^^
              = did you mean `/blog/notes.html`?
        _posts/2018-10-06-vae.md:5:44: warning: the site has nothing at `/quite/other/` [jekyll]
            5 | [m](/blog/note.html) [n]({{ site.baseurl }}/quite/other/#x) [o](nothing.pdf) [p](https://example.org/blog/gone/)
              |                                            ^^^^^^^^^^^^^
              = correct the address, or put the file there
        _posts/2018-10-06-vae.md:5:65: warning: the site has nothing at `nothing.pdf` [jekyll]
            5 | [m](/blog/note.html) [n]({{ site.baseurl }}/quite/other/#x) [o](nothing.pdf) [p](https://example.org/blog/gone/)
              |                                                                 ^^^^^^^^^^^
              = correct the address, or put the file there
        _posts/2018-10-06-vae.md:5:82: warning: the site has nothing at `https://example.org/blog/gone/` [jekyll]
            5 | [m](/blog/note.html) [n]({{ site.baseurl }}/quite/other/#x) [o](nothing.pdf) [p](https://example.org/blog/gone/)
              |                                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              = correct the address, or put the file there
        """,
    )


def test_the_report_ends_with_the_next_step(site: Site) -> None:
    site.config("lsi: true\n")
    assert doctor(site).output.endswith(
        "1 warning\n      = no warning keeps the site from being published: `mathblog serve` shows the pages as they are\n"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_fix_writes_what_is_mechanical_and_leaves_the_rest_of_the_file_alone(linked: Site, end: str, mark: str) -> None:
    path = linked.source / "_posts/2018-10-06-vae.md"
    path.write_bytes((mark + HOT_LINKED.replace("\n", end)).encode())
    path.chmod(0o640)
    shown = doctor(linked, "--fix", "--dry-run")
    assert "_posts/2018-10-06-vae.md:4: would be fixed" in shown.output
    assert path.read_bytes() == (mark + HOT_LINKED.replace("\n", end)).encode()
    result = doctor(linked, "--fix")
    assert path.read_bytes() == (mark + FIXED.replace("\n", end)).encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert "_posts/2018-10-06-vae.md:5: fixed" in result.output
    assert '    + <img src="{{ site.baseurl }}/assets/a.png"> ![c](' in result.output
    assert doctor(linked, "--fix").output.count("fixed") == 0
    assert sorted(item.name for item in path.parent.iterdir()) == ["2018-10-06-vae.md"]
    linked.build(baseurl="/blog").has("2018/10/06/vae.html", '<img src="/blog/assets/a.png"')


def test_fix_follows_a_link_and_leaves_it_one(linked: Site) -> None:
    (linked.source / "_posts/2018-10-06-vae.md").rename(linked.source / "vae.txt")
    linked.link("_posts/2018-10-06-vae.md", linked.source / "vae.txt")
    doctor(linked, "--fix")
    assert (linked.source / "_posts/2018-10-06-vae.md").is_symlink()
    assert (linked.source / "vae.txt").read_text(encoding="utf-8") == FIXED


def test_the_report_for_programs(linked: Site) -> None:
    report = json.loads(doctor(linked, "--format", "json", "--fix", "--dry-run").output)
    assert [item["line"] for item in report["diagnostics"]] == [4, 4, 5]
    assert report["summary"]["warning"] == 3
    assert [change["line"] for change in report["summary"]["changes"]] == [4, 5]
    assert "::warning file=" in doctor(linked, "--format", "github").output


def test_hyde_is_jekylls_other_name_for_it(site: Site) -> None:
    result = CliRunner().invoke(command, ["hyde", "-s", str(site.source)])
    assert (result.exit_code, result.output) == (0, "nothing to report\n")


def test_wrong_use(site: Site) -> None:
    assert doctor(site, "--dry-run").exit_code == 2
    site.config("exclude: x\n")
    assert doctor(site).exit_code == 2
    result = CliRunner().invoke(command, ["doctor", "-s", str(site.source / "nowhere")])
    assert result.exit_code == 2


def test_a_file_name_that_says_another_day_than_the_address(site: Site) -> None:
    site.config(ZONE).post("2018-10-06-vae", "", "date: 2018-10-08").post("2018-10-06-same", "", "date: 2018-10-06")
    site.post("2018-10-06-own", "", "date: 2018-10-08\npermalink: /own/")
    finds(
        site,
        """
        _posts/2018-10-06-vae.md:2:7: warning: the file's name says 2018-10-06, and the address 2018-10-08, as the front matter does [jekyll]
            2 | date: 2018-10-08
              |       ^^^^^^^^^^
              = rename the file if that is the day
    """,
    )


def test_a_site_that_jekyll_built_is_left_alone(site: Site) -> None:
    site.post("2018-10-06-vae", "글").write({"_site/index.html": "Jekyll's", "_site/.jekyll": "x"})
    assert doctor(site).output == "nothing to report\n"
    assert sorted(path.name for path in (site.source / "_site").iterdir()) == [".jekyll", "index.html"]


def test_compress_html_is_what_a_layout_makes_of_it(site: Site) -> None:
    site.config("compress_html:\n  ignore: {envs: [development]}\n")
    finds(
        site,
        """
        _config.yml:3:1: warning: `compress_html`: no layout of the site's own asks for it: pages are not compressed [jekyll]
            3 | compress_html:
              | ^^^^^^^^^^^^^
              = copy `_layouts/compress.html` into this folder
    """,
    )
    site.write({"_layouts/compress.html": "{% if site.compress_html %}{{ content }}{% endif %}"})
    finds(site, "")


def test_backslashes_that_kramdown_takes_off(site: Site) -> None:
    site.post(
        "2018-10-06-vae", r"the set $\{1, 2\}$ and $\{3\}$; $P(X\|Y)$, $\\{a\\}$" + "\n\n$$\n\\{4\\} \\|x\\|\n$$\n"
    )
    finds(
        site,
        r"""
        _posts/2018-10-06-vae.md:3:10: warning: `\{` in a formula keeps its backslash here; kramdown makes `{` of it, and 3 more in this file [jekyll]
            3 | the set $\{1, 2\}$ and $\{3\}$; $P(X\|Y)$, $\\{a\\}$
              |          ^^
              = double the backslash where Jekyll has to show the same
        _posts/2018-10-06-vae.md:3:37: warning: `\|` in a formula is a single bar, here and in Jekyll [jekyll]
            3 | the set $\{1, 2\}$ and $\{3\}$; $P(X\|Y)$, $\\{a\\}$
              |                                     ^^
              = write `\\|` or `\Vert` for a norm, `\mid` or `\vert` for a single bar
    """,
    )


def test_fences_of_maths(site: Site) -> None:
    site.post("2018-10-06-vae", "```math\nx\n```\n\n```mathematica\ny\n```\n")
    finds(
        site,
        """
        _posts/2018-10-06-vae.md:3:1: warning: a fence of the language `math` is a formula here, as on GitHub; kramdown shows code [jekyll]
            3 | ```math
              | ^^^^^^^
              = put the formula between `$$` where Jekyll has to display it, too, or write `latex` where code is meant
    """,
    )


def test_numbers_that_are_written_by_hand(site: Site) -> None:
    text = "$$a = b \\qquad (3)$$\n\nsee $$c \\quad (4)$$ there\n\n$$\nd ~~~~(5a)\n$$\n\n$$e \\quad (6) \\tag{6}$$\n\n$$f(x) = (7)$$\n"
    site.post("2018-10-06-vae", text)
    finds(
        site,
        r"""
        _posts/2018-10-06-vae.md:3:9: warning: the number of this formula is written by hand: `(3)` stands in the middle [math-hand-number]
            3 | $$a = b \qquad (3)$$
              |         ^^^^^^^^^^
              = write `\tag{3}`, or run `mathblog doctor --fix`
        _posts/2018-10-06-vae.md:8:3: warning: the number of this formula is written by hand: `(5a)` stands in the middle [math-hand-number]
            8 | d ~~~~(5a)
              |   ^^^^^^^^
              = write `\tag{5a}`, or run `mathblog doctor --fix`
        """,
        "math-hand-number",
    )
    doctor(site, "--fix")
    fixed = text.replace("\\qquad (3)", "\\tag{3}").replace("~~~~(5a)", "\\tag{5a}")
    assert (site.source / "_posts/2018-10-06-vae.md").read_text(encoding="utf-8").endswith(fixed)
