"""Themes that are gems or repositories: fetched from a server of the test's own, below the site's own files."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from mathblog.cli.main import command
from support.gems import Host, serve_themes
from support.site import Site

LAYOUT = "<!DOCTYPE html><html><head><title>{{ page.title }}</title></head><body>{% include foot.html %}{{ content }}</body></html>"
FILES = {
    "_layouts/default.html": LAYOUT,
    "_layouts/post.html": "---\nlayout: default\n---\n<article>{{ content }}</article>",
    "_includes/foot.html": "<footer>lent</footer>",
    "_sass/quiet.scss": '@import "quiet/base";',
    "_sass/quiet/_base.scss": "p { color: teal }",
    "assets/main.scss": '---\n---\n@import "quiet";',
    "assets/logo.svg": "<svg/>",
    "lib/quiet.rb": "raise 'never run'",
}


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A server of themes, and an empty cache."""
    with serve_themes() as host:
        monkeypatch.delenv("MATHBLOG_OFFLINE")
        monkeypatch.setenv("MATHBLOG_THEMES", str(tmp_path / "themes"))
        monkeypatch.setenv("MATHBLOG_GEMS", host.url)
        monkeypatch.setenv("MATHBLOG_ARCHIVES", host.url)
        yield host


@pytest.fixture
def blog(site: Site) -> Site:
    """A blog with nothing but a post."""
    return site.config("theme: quiet\n").post("2020-01-01-a", "$x$", front="title: A\nlayout: post")


POST = "2020/01/01/a.html"


def test_a_gem_is_fetched_once(blog: Site, host: Host) -> None:
    digest = host.add_gem("quiet", "1.0", FILES)
    blog.build().is_good().has(POST, "<footer>lent</footer>", "<article>", "katex")
    blog.has("assets/main.css", "teal").has("assets/logo.svg", "<svg/>")
    assert host.asked == ["/info/quiet", "/gems/quiet-1.0.gem"]
    assert f'version = "1.0"\nsha256 = "{digest}"' in (blog.source / "mathblog.lock").read_text()
    assert "mathblog.lock" not in blog.files()
    blog.build().is_good()
    assert blog.done.changed == ()
    assert len(host.asked) == 2


def test_the_sites_own_files_lie_above(blog: Site, host: Host) -> None:
    host.add_gem("quiet", "1.0", FILES)
    blog.build().is_good()
    blog.write({"_includes/foot.html": "<footer>mine</footer>"}).build().is_good().has(POST, "<footer>mine</footer>")
    blog.write({"_layouts/post.htm": "mine: {{ content }}"}).build().is_good().has(POST, "mine: ")
    blog.write({"assets/logo.svg": "<svg>mine</svg>"}).build().is_good().has("assets/logo.svg", "<svg>mine</svg>")
    blog.write({"_sass/_quiet.scss": "a { top: 1px }"}).build().is_good().has("assets/main.css", "1px")
    for path in ("_includes/foot.html", "_layouts/post.htm", "assets/logo.svg", "_sass/_quiet.scss"):
        blog.remove(path)
    blog.build().is_good().has(POST, "<footer>lent</footer>", "<article>").has("assets/logo.svg", "<svg/>")
    blog.has("assets/main.css", "teal")


def test_a_partial_of_the_theme_imports_the_themes(blog: Site, host: Host) -> None:
    """As Sass finds files: beside the importing one first."""
    host.add_gem("quiet", "1.0", FILES)
    blog.write({"_sass/quiet/_base.scss": "p { color: red }"}).build().is_good().has("assets/main.css", "teal")


def test_data_and_configuration_lie_below(blog: Site, host: Host) -> None:
    config = (
        "---\nskin: dark\nlimit: {a: 1, b: 2}\ntitle: Theirs\npermalink: /x/:title\nstrict: true\nexclude: [about.md]\n"
    )
    data = {"_data/ui.yml": "more: More\nback: Back\n", "_data/nav/top.yml": "- one\n"}
    host.add_gem("quiet", "1.0", FILES | data | {"_config.yml": config})
    blog.config("theme: quiet\nlimit: {b: 3}\n").write(
        {
            "_data/ui.yml": "back: Zurück\nmore:\n",
            "about.md": "---\n---\n[{{ site.skin }} {{ site.limit.a }} {{ site.limit.b }} {{ site.title }}]"
            " [{{ site.data.ui.more }} {{ site.data.ui.back }} {{ site.data.nav.top[0] }}]",
        }
    )
    blog.build().is_good().has("about.html", "[dark 1 3 수학 노트]", "[More Zurück one]").has(POST, "katex")
    blog.config("theme: quiet\nignore_theme_config: true\n").build().is_good().has("about.html", "[   수학 노트]")


def test_the_theme_drop(blog: Site, host: Host) -> None:
    host.add_gem("quiet", "1.0", FILES, needs=["jekyll-feed", "jekyll"])
    body = "[{{ theme.version }}|{{ theme.authors }}|{{ theme.description }}|{{ theme.metadata.plugin_type }}|{{ theme.dependencies[0] }}|{{ site.theme }}]"
    blog.write({"about.html": f"---\n---\n{body}"}).build().is_good()
    blog.has("about.html", "[1.0|Ada, Emmy|A quiet theme|theme|jekyll-feed (~> 1.2)|quiet]")
    assert "feed.xml" in blog.files(), "a plugin that the theme needs runs without being named"


def test_a_feed_needs_its_plugin(blog: Site, host: Host) -> None:
    host.add_gem("quiet", "1.0", FILES)
    assert "feed.xml" not in blog.build().is_good().files()


@pytest.mark.parametrize(
    ("files", "version"),
    [
        ({}, "2.1"),
        ({"Gemfile": 'gem "quiet", "~> 1.0"'}, "1.10"),
        ({"Gemfile": "gem 'quiet', '>= 1.0', '< 1.9' # the old one"}, "1.2"),
        ({"Gemfile": '# gem "quiet", "1.2"\ngem "other", "1.2"'}, "2.1"),
        ({"Gemfile.lock": "GEM\n  remote: https://example.org/\n  specs:\n    quiet (1.2)\n      jekyll (>= 3.5)\n"}, "1.2"),
    ],
)  # fmt: skip
def test_which_version(blog: Site, host: Host, files: dict[str, str], version: str) -> None:
    for known in ("1.2", "1.10", "2.1", "3.0.pre"):
        host.add_gem("quiet", known, FILES | {"_includes/foot.html": f"<footer>{known}</footer>"})
    blog.write(files).build().is_good().has(POST, f"<footer>{version}</footer>")


def test_another_version_is_another_site(blog: Site, host: Host) -> None:
    for known in ("1.0", "2.0"):
        host.add_gem("quiet", known, FILES | {"_includes/foot.html": f"<footer>{known}</footer>"})
    lock = "GEM\n  specs:\n    quiet ({})\n"
    blog.write({"Gemfile.lock": lock.format("1.0")}).build().is_good().has(POST, "<footer>1.0</footer>")
    blog.write({"Gemfile.lock": lock.format("2.0")}).build().is_good().has(POST, "<footer>2.0</footer>")
    blog.write({"Gemfile.lock": lock.format("1.0")}).build().is_good().has(POST, "<footer>1.0</footer>")
    assert not (blog.source / "mathblog.lock").exists(), "`Gemfile.lock` says which version it is"


def test_a_newer_version_waits_for_an_update(blog: Site, host: Host) -> None:
    host.add_gem("quiet", "1.0", FILES)
    blog.build().is_good()
    host.add_gem("quiet", "1.1", FILES | {"_includes/foot.html": "new"})
    blog.build().is_good().has(POST, "<footer>lent</footer>")
    flags = ["--source", str(blog.source)]
    assert "`quiet-1.0` is here already" in CliRunner().invoke(command, ["theme", "fetch", *flags]).output
    assert "`quiet-1.1` is here now" in CliRunner().invoke(command, ["theme", "fetch", "--update", *flags]).output
    blog.build().is_good().has(POST, "new").lacks(POST, "lent")


def test_without_a_network(blog: Site, host: Host) -> None:
    blog.write({"about.md": "---\nlayout: of-quiet\n---\nx"})
    result = blog.run("--offline")
    assert (result.exit_code, host.asked) == (0, [])
    assert "unknown layout" not in result.output, "the warning about the theme is enough"
    (blog.source / "about.md").unlink()
    assert len(re.findall("theme `quiet`", result.output)) == 1
    assert "the theme `quiet` is not here (this build does not ask the network)" in result.output
    blog.run("--safe")
    assert host.asked == []
    blog.build().has(POST, "katex")
    assert "has no gem of this name" in blog.report, "asked, and the host does not have it"
    host.add_gem("quiet", "1.0", FILES)
    assert "lent" not in (blog.output / POST).read_text()
    blog.build().is_good().has(POST, "<footer>lent</footer>")
    assert blog.run("--offline").exit_code == 0
    blog.has(POST, "<footer>lent</footer>")


@pytest.mark.usefixtures("host")
def test_a_site_with_all_layouts_is_not_told(blog: Site) -> None:
    blog.write({"_layouts/post.html": "mine {{ content }}"}).build().is_good().has(POST, "mine")
    blog.write({"_layouts/post.html": "---\nlayout: default\n---\nmine {{ content }}"}).build()
    assert "the theme `quiet` is not here" in blog.report


def test_a_site_that_is_the_theme_itself(blog: Site, host: Host) -> None:
    blog.write(FILES).write({"quiet.gemspec": "Gem::Specification.new"}).build().is_good().has(POST, "lent")
    assert host.asked == []


def test_a_repository(blog: Site, host: Host) -> None:
    commit = "c0ffee" + "0" * 34
    spec = 'Gem::Specification.new do |spec|\n  spec.version = "0.3"\n  spec.add_runtime_dependency "jekyll-feed", "~> 0.1"\nend\n'
    host.add_archive("ada/Still", "v1", FILES | {"still.gemspec": spec, "docs/page.html": "---\n---\n"}, commit)
    blog.config("remote_theme: ada/Still@v1\nplugins: [jekyll-remote-theme]\n").build().is_good()
    blog.has(POST, "<footer>lent</footer>").has("assets/main.css", "teal")
    assert {"feed.xml", "docs/page.html"} & blog.files().keys() == {"feed.xml"}
    lock = (blog.source / "mathblog.lock").read_text()
    assert f'repository = "ada/Still"\nref = "v1"\ncommit = "{commit}"\n' in lock
    blog.build().is_good()
    assert host.asked == ["/ada/Still/tar.gz/v1"]


def test_the_lock_fixes_the_commit(blog: Site, host: Host, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commit = "c0ffee" + "0" * 34
    host.add_archive("ada/still", "HEAD", FILES, commit)
    host.add_archive("ada/still", commit, FILES, commit)
    blog.config("remote_theme: ada/still\n").build().is_good()
    monkeypatch.setenv("MATHBLOG_THEMES", str(tmp_path / "elsewhere"))
    host.add_archive("ada/still", "HEAD", FILES | {"_includes/foot.html": "later"})
    blog.build().is_good().has(POST, "lent")
    assert host.asked == ["/ada/still/tar.gz/HEAD", f"/ada/still/tar.gz/{commit}"]


@pytest.mark.parametrize("name", ["Gemfile.lock", "mathblog.lock"])
def test_a_lock_that_does_not_match(blog: Site, host: Host, name: str) -> None:
    host.add_gem("quiet", "1.0", FILES)
    wrong = "0" * 64
    locks = {
        "Gemfile.lock": f"GEM\n  specs:\n    quiet (1.0)\n\nCHECKSUMS\n  quiet (1.0) sha256={wrong}\n",
        "mathblog.lock": "# Written by mathblog: the theme that this blog is built with. Keep this file with the blog.\n\n"
        f'[theme]\ngem = "quiet"\nversion = "1.0"\nsha256 = "{wrong}"\n',
    }
    blog.write({name: locks[name]}).build()
    assert blog.code == 2
    assert f"`quiet 1.0` is not the one that `{name}` names" in str(blog.stop)
    assert not blog.files()
    assert (blog.source / name).read_text() == locks[name]
    blog.build()
    assert blog.code == 2, "nothing of it stayed in the cache"


@pytest.mark.parametrize("text", ["somebody's own\n", "# Written by mathblog: the theme that this blog is built with. Keep this file with the blog.\n[theme]\ngem = 1"])  # fmt: skip
def test_a_lock_of_somebody_elses_is_left_alone(blog: Site, host: Host, text: str) -> None:
    host.add_gem("quiet", "1.0", FILES)
    blog.write({"mathblog.lock": text}).build()
    assert blog.code == 2
    assert "`mathblog.lock` cannot be used" in str(blog.stop)
    assert (blog.source / "mathblog.lock").read_text() == text


def test_problems_in_a_theme_name_it(blog: Site, host: Host) -> None:
    host.add_gem("quiet", "1.0", FILES | {"_includes/foot.html": "{% include absent.html %}"})
    assert "quiet-1.0/_includes/foot.html" in blog.build().report


def test_the_doctor_looks_at_the_sites_own_files(blog: Site, host: Host) -> None:
    script = '<script src="https://cdn.example.org/a.js"></script>'
    host.add_gem("quiet", "1.0", FILES | {"_includes/foot.html": f"lent {script}"})
    result = CliRunner().invoke(command, ["doctor", "--fix", "--format", "json", "--source", str(blog.source)])
    assert result.exit_code == 0, result.output
    paths = {item["path"] for item in json.loads(result.output)["diagnostics"]}
    assert not [path for path in paths if "foot.html" in path or "theme" in path]
    assert not (blog.source / "mathblog.lock").exists()


def test_a_link_in_place_of_the_lock_is_not_followed(blog: Site, host: Host, tmp_path: Path) -> None:
    host.add_gem("quiet", "1.0", FILES)
    blog.link("mathblog.lock", tmp_path / "outside").build().is_good()
    assert not (tmp_path / "outside").exists()
    assert not (blog.source / "mathblog.lock").is_symlink()
    assert (blog.source / "mathblog.lock").is_file()


SPEC = 'Gem::Specification.new do |spec|\n  spec.name = "quiet"\n  spec.version = "0.9"\nend\n'


@pytest.mark.parametrize(
    "bundler",
    [
        {"Gemfile": 'gem "quiet", path: "my/theme"'},
        {"Gemfile": "gem 'quiet', '~> 0.9', :path => './my/theme/'"},
        {"Gemfile.lock": "PATH\n  remote: my/theme\n  specs:\n    quiet (0.9)\n\nGEM\n  specs:\n    jekyll (4.3.1)\n"},
    ],
)
def test_a_theme_in_a_folder_of_the_site(blog: Site, host: Host, bundler: dict[str, str]) -> None:
    host.add_gem("quiet", "1.0", FILES | {"_includes/foot.html": "of the host"})
    theme = {f"my/theme/{path}": text for path, text in FILES.items()} | {"my/theme/quiet.gemspec": SPEC}
    blog.write(bundler | theme | {"about.md": "---\n---\n{{ theme.version }}"}).build().is_good()
    blog.has(POST, "<footer>lent</footer>", "<article>", "katex").has("assets/main.css", "teal").has(
        "about.html", "0.9"
    )
    assert host.asked == []
    assert not (blog.source / "mathblog.lock").exists()
    blog.write({"my/theme/_includes/foot.html": "<footer>later</footer>"}).build().is_good().has(POST, "later")
    blog.write({"_includes/foot.html": "<footer>mine</footer>"}).build().is_good().has(POST, "mine")
    blog.equals_a_clean_build()


def test_a_folder_outside_of_the_site_lends_nothing(blog: Site, host: Host, tmp_path: Path) -> None:
    (tmp_path / "outside" / "_layouts").mkdir(parents=True)
    (tmp_path / "outside" / "quiet.gemspec").write_text(SPEC)
    (tmp_path / "outside" / "_layouts" / "post.html").write_text("secret {{ content }}")
    for written in (str(tmp_path / "outside"), "../outside", "my/../../outside"):
        blog.write({"Gemfile": f'gem "quiet", path: "{written}"'}).build().lacks(POST, "secret")
        assert f"`Gemfile` takes it from `{written}`, which lies outside of the site" in blog.report
    blog.link("within", tmp_path / "outside").write({"Gemfile": 'gem "quiet", path: "within"'}).build()
    blog.lacks(POST, "secret")
    assert "which lies outside of the site" in blog.report
    assert host.asked == []


def test_links_in_a_theme_of_the_sites_lend_nothing(blog: Site, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "post.html").write_text("secret {{ content }}")
    blog.write({"Gemfile": 'gem "quiet", path: "theme"', "theme/quiet.gemspec": SPEC, "theme/_includes/x.html": "x"})
    blog.link("theme/_layouts", tmp_path / "outside").build().lacks(POST, "secret")
    blog.remove("theme/_layouts").link("theme/_layouts/post.html", tmp_path / "outside" / "post.html").build()
    blog.lacks(POST, "secret")


def test_a_folder_that_is_no_theme(blog: Site, host: Host) -> None:
    blog.write({"Gemfile": 'gem "quiet", path: "theme"', "theme/_layouts/post.html": "x"}).build()
    assert "`Gemfile` takes it from `theme`, where there is no `quiet.gemspec`" in blog.report
    assert host.asked == []


def test_a_page_of_the_sites_at_the_path_of_the_themes(blog: Site, host: Host) -> None:
    """The site's own is published. Jekyll 4.3 warns of a conflict, where only one of the two has front matter, and writes the static one."""
    files = {"assets/a.js": "---\n---\nlent {{ 1 | plus: 1 }}", "assets/b.js": "lent", "assets/c.md": "---\n---\nlent"}
    host.add_gem("quiet", "1.0", FILES | files)
    blog.build().is_good().has("assets/a.js", "lent 2").has("assets/b.js", "lent").has("assets/c.html", "lent")
    own = {"assets/a.js": "mine {{ 1 | plus: 1 }}", "assets/b.js": "---\n---\nmine {{ 1 | plus: 1 }}"}
    blog.write(own | {"assets/c.md": "---\n---\nmine"}).build().is_good()
    blog.has("assets/a.js", "mine {{").has("assets/b.js", "mine 2").has("assets/c.html", "mine").equals_a_clean_build()


@pytest.mark.parametrize("key", ["gems", "archives"])
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9200",
        "http://localhost/_shutdown?x=",
        "http://[::1]:8080",
        "https://localhost",
        "https://localhost.",
        "https://127.0.0.1",
        "https://169.254.169.254/latest",
        "https://2130706433",
        "https://0x7f.1",
        "https://[fd00::1]",
        "https://printer.local",
        "https://metadata.google.internal",
        "https://intranet",
        "https://rubygems.org:6379",
        "https://user:word@rubygems.org",
        "https://rubygems.org/x?y=",
        "file:///etc",
    ],
)
def test_a_site_sends_its_builder_to_no_private_host(
    site: Site, monkeypatch: pytest.MonkeyPatch, key: str, url: str
) -> None:
    monkeypatch.delenv("MATHBLOG_OFFLINE", raising=False)
    monkeypatch.setattr("mathblog.engine.sources.gems.fetch.fetch", lambda *_: pytest.fail("a host was asked"))
    site.config(f"theme: quiet\nthemes: {{{key}: '{url}'}}\n").build()
    assert site.code == 2
    assert f"`themes.{key}`" in str(site.stop)


@pytest.mark.parametrize("url", ["https://rubygems.org", "https://gems.example.org/all/", "https://a.b.xn--p1ai"])
def test_a_site_may_name_a_public_host(site: Site, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("MATHBLOG_OFFLINE", "1")
    site.config(f"theme: quiet\nthemes: {{gems: '{url}'}}\n").build()
    assert site.stop is None
