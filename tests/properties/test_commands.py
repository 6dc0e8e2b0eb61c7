"""`build --verify`, `explain` and `clean`: looking into the cache, and doing without it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mathblog.cli.main import command
from mathblog.engine.builder import build
from mathblog.engine.explain import explain
from mathblog.engine.problem import BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import FactView
from support.site import Site

FIRST = "_posts/2018-10-01-a.md"


def fill(site: Site) -> Site:
    site.post("2018-10-01-a", "글 {{ site.data.d.key }} {{ site.title }}", "title: 하나\ntags: [수학]")
    site.post("2018-10-02-b", "다른 글 $x$", "title: 둘")
    site.write({"list.md": "---\ntitle: 목록\n---\n{% for post in site.posts %}{{ post.title }},{% endfor %}\n"})
    return site.write({"_data/d.yml": "key: 1\n"}).build().is_good()


def request_of(site: Site) -> BuildRequest:
    return BuildRequest(site.source, overrides={"destination": str(site.output)})


def run(site: Site, name: str, *arguments: str) -> Result:
    return CliRunner().invoke(command, [name, *site.flags, *arguments])


# verify


def test_verify_is_content_with_a_good_site(site: Site) -> None:
    fill(site).post("2018-10-02-b", "anders $y$", "title: 둘")
    done = site.run("--verify")
    assert (done.exit_code, done.stderr) == (0, "")


def test_verify_finds_a_stale_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = FactView._answer

    def answer(self: FactView, key: FactKey) -> object | None:
        return self._facts.get(key) if key[0] == "data" else recorded(self, key)

    monkeypatch.setattr(FactView, "_answer", answer)
    fill(site).write({"_data/d.yml": "key: 2\n"})
    done = site.run("--verify")
    assert done.exit_code == 1
    assert f"{FIRST}: error: `2018/10/01/a.html` is not what a clean build makes [verify]" in done.stderr
    assert "2018/10/02/b.html" not in done.stderr


def test_verify_leaves_a_destination_inside_the_source_out_of_the_clean_site(site: Site) -> None:
    site.config("destination: public\n").post("2018-10-01-a", "글")
    for _ in range(2):
        done = CliRunner().invoke(command, ["build", "--source", str(site.source), "--verify"])
        assert (done.exit_code, done.stderr) == (0, "")


# explain


def reason(site: Site, address: str) -> str:
    return explain(request_of(site), address).reason


@pytest.mark.parametrize(
    "address", ["/2018/10/01/a.html", "2018/10/01/a", FIRST, "https://example.org/2018/10/01/a.html"]
)
def test_a_page_is_found_by_any_of_its_names(site: Site, address: str) -> None:
    explanation = explain(request_of(fill(site)), address)
    assert (explanation.path, explanation.source) == ("2018/10/01/a.html", FIRST)
    assert explanation.reason == "first build"
    assert explanation.due == ""
    assert f"`{FIRST}`" in explanation.reads
    assert "`_data`" in explanation.reads


def test_the_reason_is_the_fact_that_changed(site: Site) -> None:
    fill(site).write({"_data/d.yml": "key: 2\n"})
    assert explain(request_of(site), FIRST).due == "something in `_data` changed"
    site.build().is_good()
    assert reason(site, FIRST) == "something in `_data` changed"
    assert reason(site, "/2018/10/02/b.html") == ""
    site.post("2018-10-02-b", "neu $x$", "title: 둘").build().is_good()
    assert reason(site, "/2018/10/02/b.html") == "`_posts/2018-10-02-b.md` changed"
    assert explain(request_of(site), FIRST).changed == ("_posts/2018-10-02-b.md",)
    site.post("2018-10-02-b", "neu $x$", "title: 셋").build().is_good()
    assert reason(site, "/list.html") == "the list of posts, or the front matter of one, changed"


def test_explaining_changes_nothing(site: Site) -> None:
    before = fill(site).files()
    site.write({"_data/d.yml": "key: 2\n"})
    for _ in range(2):
        assert explain(request_of(site), FIRST).due == "something in `_data` changed"
    assert site.files() == before


def test_a_page_that_is_not_there_is_an_error_with_a_suggestion(site: Site) -> None:
    with pytest.raises(BuildStopped, match="the site has no page") as stop:
        explain(request_of(fill(site)), "/2018/10/01/b.html")
    assert stop.value.hint.startswith("did you mean `2018/10/0")


def test_explain_prints_it_all(site: Site) -> None:
    done = run(fill(site), "explain", "/2018/10/01/a.html")
    assert done.exit_code == 0
    assert done.output.splitlines()[:4] == [
        f"2018/10/01/a.html, made of `{FIRST}`",
        "  last build: made it, because: first build",
        "  next build: leaves it as it is",
        "  depends on:",
    ]


# clean


def test_clean_removes_what_mathblog_wrote_and_nothing_else(site: Site) -> None:
    fill(site).publish_by_hand("CNAME", "example.org").write({".mathblog-cache/notes.txt": "mine"})
    done = run(site, "clean")
    assert done.exit_code == 0
    assert "left 2 files there that mathblog did not write" in done.output
    assert sorted(path.name for path in site.output.rglob("*")) == ["CNAME"]
    assert [path.name for path in (site.source / ".mathblog-cache").iterdir()] == ["notes.txt"]
    assert (site.source / FIRST).is_file()
    site.build(force=True).is_good()


def test_clean_leaves_no_empty_folder_and_may_be_repeated(site: Site) -> None:
    fill(site)
    for _ in range(2):
        assert run(site, "clean").exit_code == 0
        assert not site.output.exists()
        assert not (site.source / ".mathblog-cache").exists()
    site.build().is_good()


def test_clean_spares_a_folder_without_a_manifest(site: Site, tmp_path: Path) -> None:
    fill(site)
    other = tmp_path / "photos"
    other.mkdir()
    (other / "a.jpg").write_text("x")
    done = CliRunner().invoke(command, ["clean", "--source", str(site.source), "--destination", str(other)])
    assert done.exit_code == 0
    assert (other / "a.jpg").is_file()


def test_the_published_site_is_the_same_after_cleaning(site: Site) -> None:
    before = fill(site).files()
    run(site, "clean")
    assert build(request_of(site)).exit_code == 0
    assert site.files() == before
