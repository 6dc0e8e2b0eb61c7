"""`mathblog check`: what is wrong with a site and what most probably is, without a site that is built."""

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mathblog.cli.main import command
from support.site import Site

BAD = "Let\n\n$$f(x = 1$$\n"


def check(site: Site, *arguments: str) -> Result:
    """`mathblog check -s SOURCE …`, in this process."""
    return CliRunner().invoke(command, ["check", "--source", str(site.source), *arguments])


def codes(site: Site, *arguments: str) -> list[str]:
    """The rules of what is reported, with the lines."""
    report = json.loads(check(site, "--format", "json", *arguments).stdout)
    return [f"{item['code']} {item['line']}" for item in report["diagnostics"]]


def test_nothing_to_report(site: Site) -> None:
    site.post("2018-10-06-vae", "글 $$x$$\n\n$$y = (1)$$\n")
    result = check(site)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("; nothing to report\n")


def test_nothing_is_published_or_kept(site: Site) -> None:
    site.post("2018-10-06-vae", BAD)
    before = sorted(site.source.rglob("*"))
    assert check(site).exit_code == 1
    assert sorted(site.source.rglob("*")) == before
    assert not site.output.exists()


def test_a_cache_of_another_version_is_passed_over_in_silence(site: Site) -> None:
    site.post("2026-01-15-a", "One $x$\n").write({".mathblog-cache/store-1-of-another-version.sqlite3": "x"})
    done = check(site)
    assert (done.exit_code, done.stderr) == (0, "")
    assert [path.name for path in (site.source / ".mathblog-cache").iterdir()] == ["store-1-of-another-version.sqlite3"]


def test_a_lint_is_reported_at_its_place_and_by_no_build(site: Site) -> None:
    site.post("2018-10-06-vae", BAD)
    result = check(site)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == "_posts/2018-10-06-vae.md:5:4: warning: `(` is never closed [math-brackets]"
    site.build().is_good()
    assert site.result is not None
    assert not site.result.diagnostics
    assert check(site).exit_code == 1, "the cache of the build hides nothing"


def test_what_a_build_reports_is_reported(site: Site) -> None:
    site.post("2018-10-06-vae", "$$\\alpah$$ ![a](/none.png)\n")
    assert codes(site) == ["math 3", "image 3"]


def test_a_configuration_that_cannot_be_used(site: Site) -> None:
    site.config("exclude: drafts\n").post("2018-10-06-vae", BAD)
    assert check(site).exit_code == 2


def test_rules_are_off_in_the_configuration(site: Site) -> None:
    site.config("check: {math-brackets: off}\n").post("2018-10-06-vae", BAD)
    assert codes(site) == []
    assert check(site).exit_code == 0


def test_rules_are_off_and_on_in_front_matter(site: Site) -> None:
    site.config("check: {math-brackets: off}\n")
    site.post("2018-10-06-vae", BAD, "check: {math-brackets: on}")
    site.post("2018-10-07-vae", BAD)
    assert codes(site) == ["math-brackets 6"]
    site.post("2018-10-06-vae", BAD, "check: off")
    assert codes(site) == []


def test_a_comment_turns_a_rule_off_for_the_next_block(site: Site) -> None:
    site.post(
        "2018-10-06-vae",
        """
        <!-- check: off math-brackets -->

        $$
        f(x
        $$

        $$f(y$$

        - a

          <!-- check: off math-brackets, image -->
          $$f(z$$ ![a](none.png)

          $$f(a$$
        """,
    )
    assert codes(site) == ["math-brackets 9", "math-brackets 16"]


def test_a_comment_in_a_paragraph_is_for_the_paragraph(site: Site) -> None:
    site.post("2018-10-06-vae", "a <!-- check: off image --> ![a](x.png)\n![b](y.png)\n\n![c](z.png)\n")
    assert codes(site) == ["image 6"]


def test_a_comment_in_a_page_of_html(site: Site) -> None:
    site.write(
        {"a.html": "---\n---\n<!-- check: off math-brackets -->\n<p>\\\\[f(x\\\\]</p>\n\n<p>\\\\[f(y\\\\]</p>\n"}
    )
    assert [code for code in codes(site) if code.startswith("math-b")] == ["math-brackets 6"]


def test_a_rule_of_a_build_is_off_in_builds(site: Site) -> None:
    site.post("2018-10-06-vae", "![a](/none.png)\n", "check: {image: off}").build().is_good()
    assert site.result is not None
    assert not site.result.diagnostics


def test_a_warning_about_no_text_is_off_in_the_configuration(site: Site) -> None:
    site.write({"_posts/no-date.md": "x"}).post("2018-10-06-vae", "a\n", "title: [a]")
    assert codes(site) == ["front-matter 2", "name 0"]
    site.config("check: {name: off, front-matter: off, front-matter-type: off}\n").build().is_good()
    assert codes(site) == []
    assert site.result is not None
    assert not site.result.diagnostics
    site.post("2018-10-06-vae", "b\n", "title: [a]").build()
    assert not site.result.diagnostics


def test_an_error_cannot_be_turned_off(site: Site) -> None:
    site.config("check: off\n").post("2018-10-06-vae", "{% include none.html %}\n")
    assert [code.split()[0] for code in codes(site)] == ["liquid"]


def test_rules_that_do_not_exist(site: Site) -> None:
    site.config("check: {math-braces: off}\n")
    site.post(
        "2018-10-06-vae", "<!-- check: off math-braket -->\n\n<!-- check: off -->\n\na\n", "check: {image: perhaps}"
    )
    assert check(site, "--all").stderr.splitlines()[::4] == [
        "_config.yml:3:1: warning: there is no rule `math-braces` [config]",
        "_posts/2018-10-06-vae.md:2:1: warning: `image` is `on` or `off`, not `perhaps` [check]",
        "_posts/2018-10-06-vae.md:4:1: warning: there is no rule `math-braket` [check]",
        "_posts/2018-10-06-vae.md:6:1: warning: `check: off` names no rule [check]",
    ]


def test_rules_of_links_are_off_in_a_text(site: Site) -> None:
    site.post("2020-01-01-a", "[x](/gone/)\n\n[y](#gone)\n", "check: {link-target: off}")
    comment = "<!-- check: off link-target, image-alt -->"
    site.post("2020-01-02-b", f"{comment}\n\n[x](/gone/) ![](/a.png)\n\n[x](/lost/)\n")
    site.write({"a.png": "", "page.html": f"---\n---\n{comment}\n<a href='/off/'>x</a>\n\n<a href='/on/'>x</a>\n"})
    assert codes(site) == ["link-anchor 6", "link-target 7", "link-target 6"]


def test_macros(site: Site) -> None:
    text = (
        "$\\P 3$ $\\epsilon$\n\n\\newcommand{\\P}{\\mathbb{P}}\n\\newcommand{\\one}{1}\n\\def\\two{\\one + 1}\n\n"
        "$\\P$ $\\newcommand{\\E}{E} \\E$ $\\newcommand\\E{ E } \\E$ $\\newcommand{\\E}{F} \\E$ $\\renewcommand{\\E}{G} \\E$\n"
    )
    site.post("2020-01-01-a", text)
    assert codes(site) == ["macro-replaced 5", "macro-twice 9"]
    result = check(site, "--style")
    assert (
        "a.md:5:13: warning: `\\P` is defined here, and was used above in another meaning [macro-replaced]"
        in result.stderr
    )
    assert "a.md:7:5: warning: no formula uses `\\two` [macro-unused]" in result.stderr
    assert "a.md:9:67: warning: `\\E` is defined twice: it was `\\newcommand\\E{E}` [macro-twice]" in result.stderr
    assert result.stderr.count("warning:") == 3


def test_a_command_that_another_text_defines(site: Site) -> None:
    site.post("2020-01-01-a", "$\\KL$ $\\KLL$\n").post(
        "2020-01-02-b", "\\newcommand{\\KL}{K}\n\n$\\KL$ `\\newcommand{\\KLL}{K}`\n"
    )
    report = check(site).stderr
    assert "= `\\KL` is defined in _posts/2020-01-02-b.md: move it to `math.macros`" in report
    assert "`\\KLL` is defined" not in report


def test_labels_that_nothing_refers_to(site: Site) -> None:
    labels = ("one", "eq:two", "eq:three four", "eq:far")
    text = "\n\n".join(f"$$ x \\label{{{label}}} $$" for label in labels)
    site.post("2020-01-01-a", f"{text}\n\n\\eqref{{two}} `\\label{{code}}`\n\n> [!theorem] A {{#thm-a}}\n> b\n")
    site.post("2020-01-02-b", "\\eqref{a:eq:far}\n")
    assert codes(site) == []
    assert codes(site, "--style") == ["label-unused 3", "label-unused 7"]
    site.config("check: {label-unused: on}\n")
    assert codes(site) == ["label-unused 3", "label-unused 7"]


def test_the_rules_are_listed(site: Site) -> None:
    result = check(site, "--rules")
    assert result.exit_code == 0
    assert "math-brackets" in result.stdout


def test_fixes_are_written_and_the_rest_is_reported(site: Site) -> None:
    text = "---\r\ntitle: a\r\n---\r\n> 가 $log(x)$ and $$<max(a), b> = x$$\r\n\r\n$$a -> f(b$$\r\n\r\n`$log(x)$`\r\n"
    site.write({"_posts/2018-10-06-vae.md": text.encode()})
    shown = check(site, "--fix", "--dry-run")
    assert shown.stdout.count("would be fixed") == 2
    assert (site.source / "_posts/2018-10-06-vae.md").read_bytes().decode() == text
    result = check(site, "--fix")
    assert result.exit_code == 1
    assert "_posts/2018-10-06-vae.md:4: fixed\n    - > 가 $log(x)$" in result.stdout
    fixed = (
        text.replace("$log(x)$ and", "$\\log(x)$ and")
        .replace("<max(a), b>", "\\langle \\max(a), b\\rangle")
        .replace("->", "\\to")
    )
    assert (site.source / "_posts/2018-10-06-vae.md").read_bytes().decode() == fixed
    assert codes(site) == ["math-brackets 6"]


def test_what_liquid_writes_is_not_fixed(site: Site) -> None:
    site.write({"_includes/a.md": "$log(x)$"})
    site.post("2018-10-06-vae", "{% include a.md %} {% assign f = 'log' %} $$ {{ f }}(x) $$\n")
    before = (site.source / "_posts/2018-10-06-vae.md").read_bytes()
    assert "math-function 3" in codes(site, "--fix")
    assert (site.source / "_posts/2018-10-06-vae.md").read_bytes() == before


def test_dry_run_goes_with_fix(site: Site) -> None:
    assert check(site, "--dry-run").exit_code == 2


def test_delimiters_that_are_mispaired(site: Site) -> None:
    site.post("2018-10-06-vae", "$$a $b$ c$$\n\n$$a \\\\( b$$\n\n$$a$$ 와 $$이고, $$ 는\n").build()
    assert site.result is not None
    found = [(item.code, item.line, item.message) for item in site.result.diagnostics]
    assert ("math-delimiters", 3, "`$` inside a formula") in found
    assert ("math-delimiters", 7, "`이고,` is text between two formulas") in found


def test_tex_that_is_left_in_a_page_of_html(site: Site) -> None:
    page = r"""
        ---
        ---
        <p>\(x\) $$y$$ \begin{equation} a \end{equation} <code>\begin{a}</code> <!-- $$ --></p>
        <pre>\begin{b}</pre>
        <p>\begin{tikzpicture} and $$ z</p>
        """
    site.write({"a.html": page}).build()
    assert site.result is not None
    assert [(item.code, item.line, item.column, item.message) for item in site.result.diagnostics] == [
        ("math-leftover", 5, 4, r"`\begin{tikzpicture}` stays in the text as it is, and 1 more on this page")
    ]
    lists = "<p>{% for post in site.posts %}{{ post.content }}{{ post.excerpt }}{% endfor %}</p>\n"
    site.post("2018-10-06-b", r"\\( c \\) and $$\begin{align} d \end{align}$$").write({"c.html": f"---\n---\n{lists}"})
    site.write({"a.html": page.replace(r"<p>\begin{tikzpicture} and $$ z", r"<p>\(x\) and $$ z $$")}).build()
    assert not site.result or not site.result.diagnostics


def test_links_that_lead_nowhere(site: Site) -> None:
    site.post(
        "2018-10-06-vae",
        "# Title\n\n[a](/2018/10/07/gan.html) [b](#titel) [c](https://example.org/nothing/) [d](/about/#x)\n",
    )
    site.post(
        "2018-10-07-gan",
        "[self](#) [top](#top) [vae](../06/vae.html#title) [out](https://elsewhere.org/x) [m](mailto:a@b.de)\n",
    )
    site.write({"about.md": "---\npermalink: /about/\n---\n[gone](/2018/10/07/gam.html)\n"})
    site.write({"assets/a.txt": "x", "b.md": "---\n---\n[file](/assets/a.txt) <a href='assets/b.txt'>b</a>\n"})
    result = check(site)
    found = [line for line in result.stderr.splitlines() if not line.startswith(" ") or line.startswith("      = ")]
    assert found == [
        "_posts/2018-10-06-vae.md:5:31: warning: `2018/10/06/vae.html` has no place named `titel` [link-anchor]",
        "      = did you mean `#title`?",
        "_posts/2018-10-06-vae.md:5:43: warning: the site has nothing at `https://example.org/nothing/` [link-target]",
        "      = correct the address, or put the file there",
        "_posts/2018-10-06-vae.md:5:84: warning: `about/index.html` has no place named `x` [link-anchor]",
        "      = name the `id` of a heading or of another element there",
        "about.md:4:8: warning: the site has nothing at `/2018/10/07/gam.html` [link-target]",
        "      = did you mean `/2018/10/07/gan.html`?",
        "b.md:3:32: warning: the site has nothing at `assets/b.txt` [link-target]",
        "      = did you mean `/assets/a.txt`?",
    ]
    assert result.exit_code == 1
    site.config("check: {link-anchor: off}\n")
    assert codes(site) == ["link-target 5", "link-target 4", "link-target 3"]


def test_images_without_a_text(site: Site) -> None:
    site.write({"a.png": b"png", "b.png": b"png"})
    site.post(
        "2018-10-06-vae",
        """
        ![](/a.png) ![a](/a.png) <img src="/a.png"> <img alt="" src="/b.png"> <img src="/b.png" alt="b">

        <figure>
        <img class="wide" src="/b.png">
        </figure>

        `![](/a.png)`
        """,
    )
    assert codes(site) == ["image-alt 3", "image-alt 3", "image-alt 6"]


def test_keys_of_front_matter(site: Site) -> None:
    site.post(
        "2018-10-06-vae",
        "x\n",
        "tittle: a\nauthors: [a]\nown: x\nsitemap: x\ntags: {a: b}\nrender_with_liquid: no\nlang: 5",
    )
    report = check(site).stderr
    assert "_posts/2018-10-06-vae.md:2:1: warning: `tittle` is no key that mathblog reads [front-matter-key]" in report
    assert "did you mean `title`?" in report
    assert "`sitemap` has to be `true` or `false` or a mapping [front-matter-type]" in report
    assert "`lang` has to be text [front-matter-type]" in report
    assert report.count("front-matter-type") + report.count("front-matter]") == 3, "what a build says is not said twice"
    site.build()
    assert site.result is not None
    assert [item.code for item in site.result.diagnostics] == ["front-matter"]


def test_the_report_in_sarif(site: Site) -> None:
    """The structure that SARIF 2.1.0 asks for (3.13 to 3.57), with places from 1 and ends that are not included."""
    site.post("2018-10-06 가", "").remove("_posts/2018-10-06 가.md").post(
        "2018-10-06-가 나", "😀 $log(x)$\n\n$$f(x$$\n"
    )
    result = check(site, "--format", "sarif")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (report["version"], len(report["runs"])) == ("2.1.0", 1)
    assert report["$schema"].endswith("sarif-schema-2.1.0.json")
    run = report["runs"][0]
    driver = run["tool"]["driver"]
    assert driver["name"] == "mathblog"
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in driver["rules"]] == ["math-function", "math-brackets"]
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    first, second = run["results"]
    uri = "_posts/2018-10-06-%EA%B0%80%20%EB%82%98.md"
    region = {"startLine": 3, "startColumn": 4, "endColumn": 7}
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": uri},
                "region": {**region, "snippet": {"text": "😀 $log(x)$"}},
            }
        }
    ]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("math-function", 0, "warning")
    assert first["message"]["text"] == r"`log` is set as a product of letters (write `\log`)"
    replacement = {"deletedRegion": region, "insertedContent": {"text": r"\log"}}
    assert first["fixes"] == [
        {
            "description": {"text": r"write `\log`"},
            "artifactChanges": [{"artifactLocation": {"uri": uri}, "replacements": [replacement]}],
        }
    ]
    assert (second["ruleId"], second["ruleIndex"]) == ("math-brackets", 1)
    assert "fixes" not in second


def test_sarif_of_what_stands_in_no_file(site: Site) -> None:
    site.config("exclude: drafts\n")
    run = json.loads(check(site, "--format", "sarif").stdout)["runs"][0]
    assert run["results"][0]["level"] == "error"
    missing = CliRunner().invoke(command, ["check", "--source", str(site.source / "none"), "--format", "sarif"])
    assert missing.exit_code == 2
    assert "locations" not in json.loads(missing.stdout)["runs"][0]["results"][0]


def test_the_reports_for_github_and_programs(site: Site) -> None:
    site.post("2018-10-06-vae", "$log(x)$\n")
    assert "title=mathblog%3A math-function,line=3,col=2,endColumn=5::" in check(site, "--format", "github").stdout
    report = json.loads(check(site, "--format", "json", "--fix", "--dry-run").stdout)
    assert report["diagnostics"][0]["fix"] == r"\log"
    assert report["summary"] | {"pages": 0} == {
        "error": 0,
        "warning": 1,
        "pages": 0,
        "formulas": 1,
        "changes": [{"path": "_posts/2018-10-06-vae.md", "line": 3, "before": "$log(x)$", "after": r"$\log(x)$"}],
        "written": False,
        "exit_code": 1,
    }


def test_links_to_other_sites(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The answers are those that the cache has: nothing is asked for (`test_external.py` has a server)."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.platform", "linux")
    answers = {
        "https://dead.org/x?a=1&b=2": ["the host answers 404", time.time()],
        "https://alive.org": ["", time.time()],
    }
    folder = tmp_path / "cache" / "mathblog"
    folder.mkdir(parents=True)
    (folder / "links.json").write_text(json.dumps(answers))
    site.post(
        "2018-10-06-vae", "[a](https://dead.org/x?a=1&b=2) [b](https://alive.org) [c](/own) [d](https://example.org/)\n"
    )
    site.post(
        "2018-10-07-gan",
        "<https://alive.org>\n\n<https://dead.org/x?a=1&b=2> <a href='https://dead.org/x?a=1&amp;b=2'>x</a>\n",
    )
    result = check(site, "--external")
    assert "asking for 2 addresses of other sites" in result.stderr
    message = "warning: `https://dead.org/x?a=1&b=2` is dead: the host answers 404 [link-external]"
    assert f"_posts/2018-10-06-vae.md:3:5: {message}" in result.stderr
    assert f"_posts/2018-10-07-gan.md:5:2: {message}" in result.stderr
    assert result.stderr.count("link-external") == 2
    assert check(site, "--external", "--offline").exit_code == 2
    assert not [code for code in codes(site) if "external" in code]
