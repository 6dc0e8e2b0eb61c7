"""The configuration, data and the source folder: what cannot be used stops the build before anything is touched."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from support.site import NewSite, Site


def test_a_yaml_error_in_the_configuration_ends_with_2(site: Site) -> None:
    site.write({"_config.yml": "title: [수학\nurl: https://example.org\n"}).post("2018-10-06-vae").build()
    site.fails(
        """
        _config.yml:1:8: error: a `[` is never closed [config]
            1 | title: [수학
              |        ^
              = a value that starts with `[` is a list: close it, or use quotes
        """,
        code=2,
    )


def test_a_yaml_error_in_a_data_file_names_it(site: Site) -> None:
    site.write({"_data/책.yml": "- title: a\n- {title: b\n"}).build()
    assert site.report.startswith("_data/책.yml:3:1: error: ") or site.report.startswith("_data/책.yml:2:")
    assert "[data]" in site.report
    assert site.code == 1


def test_an_include_has_no_front_matter_as_in_jekyll(site: Site) -> None:
    site.write({"_includes/a.html": "---\nx: [\n---\n"}).post("2018-10-06-vae", "<pre>{% include a.html %}</pre>")
    site.build().is_good().has("2018/10/06/vae.html", "<pre>---\nx: [\n---\n</pre>")


def test_a_section_of_ours_under_a_name_with_a_slip_is_named(site: Site) -> None:
    """`maths` is a key of themes, but not with the keys of `math`."""
    site.config("maths: {number: all}\nciting: {style: apa}\n").build().warns("""
        _config.yml:3:1: warning: unknown key `maths` [config]
            3 | maths: {number: all}
              | ^^^^^
              = did you mean `math`?
        """)
    site.config("maths: true\nhighlights: {page: 1}\n").build().is_good()


def test_unknown_keys_are_warned_about_with_the_nearest_known_one(site: Site) -> None:
    site.config("titel: x\nmath: {single_dolar: false}\n").build().warns("""
        _config.yml:3:1: warning: unknown key `titel` [config]
            3 | titel: x
              | ^^^^^
              = did you mean `title`?
        _config.yml:4:8: warning: unknown key `math.single_dolar` [config]
            4 | math: {single_dolar: false}
              |        ^^^^^^^^^^^^
              = did you mean `single_dollar`?
    """)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "paginate: ten",
            "_config.yml:3:11: warning: `paginate` has to be a whole number, not `ten`: it is left out of account [config]",
        ),
        (
            "timezone: Asia/Seul",
            "_config.yml:3:11: warning: there is no time zone `Asia/Seul`: times are in UTC [config]",
        ),
        (
            "baseurl: [x]",
            "_config.yml:3:1: warning: `baseurl` has to be text, not a list: it is left out of account [config]",
        ),
        (
            "strict: maybe",
            "_config.yml:3:9: warning: `strict` has to be true or false, not `maybe`: it is left out of account [config]",
        ),
        ("highlight: {light: monokay}", "_config.yml:3:20: warning: `highlight.light` has to be a style of Pygments"),
        ("math: {engine: node}", "_config.yml:3:16: warning: `math.engine` has to be one of `auto`, `quickjs`, `v8`"),
    ],
)
def test_values_of_the_wrong_type_are_warnings_where_jekyll_goes_on(site: Site, line: str, message: str) -> None:
    site.config(line).build()
    assert site.report.startswith(message)
    assert site.code == 0
    assert site.files()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("exclude: drafts", "_config.yml:3:10: error: `exclude` has to be a list, not `drafts` [config]"),
        ("permalink: [a]", "_config.yml:3:1: error: `permalink` has to be text, not a list [config]"),
        ("collections: works", "_config.yml:3:14: error: `collections` has to be a mapping, not `works` [config]"),
        ("kramdown: {toc_levels: 0..9}", "_config.yml:3:24: error: `kramdown.toc_levels` has to be levels from 1 to 6"),
    ],
)
def test_values_at_which_jekyll_stops_end_with_2(site: Site, line: str, message: str) -> None:
    site.config(line).build()
    assert site.report.startswith(message)
    assert site.code == 2
    assert site.files() == {}


@pytest.mark.parametrize("line", ["math: true", "math: mathjax", "highlight: true", "toc: true", "search: {x: [1]}"])
def test_a_switch_of_a_theme_is_not_ours(site: Site, line: str) -> None:
    site.config(line).post("2018-10-06-vae", "$x$").build().is_good()


def test_a_configuration_that_is_not_utf8_ends_with_2(site: Site) -> None:
    site.write({"_config.yml": "title: 수학 노트\n".encode("cp949")}).build()
    assert "is not UTF-8 [encoding]" in site.report
    assert site.code == 2


def test_an_unknown_theme_is_a_warning_and_the_default_one_is_used(site: Site) -> None:
    site.config("theme: defualt").post("2018-10-06-vae").build()
    assert (
        "there is no theme `defualt`: the default one is used [config]\n      = did you mean `default`?" in site.report
    )
    assert site.code == 0
    site.has("2018/10/06/vae.html", "<!doctype html>")


def test_a_blog_without_posts_is_a_site(site: Site) -> None:
    site.build().is_good().has("index.html", "There are no posts yet.").has("feed.xml", "<feed").has("404.html")


def test_a_configuration_is_not_needed(new_site: NewSite) -> None:
    site = new_site("plain").remove("_config.yml").post("2018-10-06-vae", "$$x$$").build()
    site.warns("""
        _config.yml: warning: no `url`: the addresses in the feed and the sitemap have no host name [config]
              = set `url: https://example.org`, without a path
    """).has("2018/10/06/vae.html", 'class="katex"')


def test_a_folder_that_is_no_blog_ends_with_2(site: Site) -> None:
    site.remove("_config.yml").build().fails(
        """
        `SOURCE` holds no blog: no `_config.yml`, no `_posts`, no file to publish
              = name the folder of your blog with `--source`
        """,
        code=2,
    )


@pytest.mark.parametrize("name", [".htaccess", "test", "a.coffee", "data/points.csv"])
def test_a_folder_with_any_file_that_jekyll_publishes_is_a_site(site: Site, name: str) -> None:
    site.remove("_config.yml").write({name: "words"}).build()
    assert site.code == 0
    site.has(name, "words")


@pytest.mark.parametrize("name", [".git/config", "Gemfile", "_layouts/a.txt", "notes~", "node_modules/a/readme.md"])
def test_a_folder_of_files_that_jekyll_leaves_out_is_no_blog(site: Site, name: str) -> None:
    site.remove("_config.yml").write({name: "words"}).build()
    assert site.code == 2


def test_a_source_that_does_not_exist_ends_with_2(tmp_path: Path) -> None:
    Site(tmp_path / "nowhere", tmp_path / "public").build().fails(
        """
        the source folder `SOURCE` does not exist
              = name the folder of your blog with `--source`
        """,
        code=2,
    )
    assert not (tmp_path / "public").exists()


def test_a_home_page_that_is_excluded_is_not_made(site: Site) -> None:
    """As `exclude` leaves out an `index.html` of the site's own."""
    site.post("2020-01-01-a", "a")
    site.config("exclude: [index.html]").build().is_good().lacks("index.html")
    site.has("404.html").has("2020/01/01/a.html", "<p>a</p>")
    site.config("exclude: [index.md]").build().is_good().has("index.html")
    site.config("exclude: ['**']\ninclude: [about.md]")
    site.write({"about.md": "---\ntitle: A\n---\na\n"}).build().lacks("index.html").has("about.html", "<p>a</p>")


def test_a_key_to_sort_by_that_some_documents_lack(site: Site) -> None:
    """A warning as Jekyll gives it, with its words; none where no document has the key, or all have."""
    site.config("collections: {notes: {output: true, sort_by: rank}}")
    site.write({"_notes/a.md": "---\n---\na", "_notes/b.md": "---\n---\nb"}).build().is_good()
    site.write({"_notes/b.md": "---\nrank: 1\n---\nb"}).build().warns(
        """
        _notes/a.md: warning: 'rank' not defined: the file comes after those of `notes` that have it [front-matter]
              = write `rank:`, by which `_config.yml` sorts the collection
        """
    )
    site.write({"_notes/a.md": "---\nrank: 2\n---\na"}).build().is_good()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["a pipe", "a folder"])
def test_a_configuration_that_is_no_file_stops(site: Site, make: Callable[[Path], None]) -> None:
    site.post("2018-10-06-vae").remove("_config.yml")
    make(site.source / "_config.yml")
    site.build()
    assert site.code == 3
    assert "cannot read `_config.yml`: this is no plain file" in site.report


def test_a_configuration_that_is_a_link_to_nothing_is_named(site: Site) -> None:
    """Jekyll says `Configuration file: none`, and goes on."""
    site.post("2018-10-06-vae").remove("_config.yml").link("_config.yml", "nothing.yml").build()
    assert "_config.yml: warning: this link leads nowhere: it is passed over [config]" in site.report
    site.has("2018/10/06/vae.html", "<html")
