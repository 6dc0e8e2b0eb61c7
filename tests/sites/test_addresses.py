"""One file, one maker; names of any script; nothing is written outside of the destination."""

import os
import re
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from support.site import Site


def test_of_two_pages_at_one_address_jekylls_winner_is_published(site: Site) -> None:
    site.post("2018-10-06-a", "하나", "permalink: /same/").write(
        {"same.md": "---\npermalink: /same/index.html\n---\n둘"}
    )
    site.build().warns("""
        same.md: warning: `/same/index.html` is also the address of `_posts/2018-10-06-a.md`, which is published there: this file is not [url]
              = give one of them another `permalink:`
    """)
    site.has("same/index.html", "하나").has("index.html")


def test_a_static_file_is_published_where_a_page_has_its_address(site: Site) -> None:
    site.write({"about.md": "---\n---\n", "about.html": "static"}).build().warns("""
        about.md: warning: `/about.html` is also the address of `about.html`, which is published there: this file is not [url]
              = give one of them another `permalink:`
    """)
    assert site.read("about.html") == "static"


@pytest.mark.parametrize(
    ("loser", "winner"),
    [
        ("a.html", "a.md"),
        ("a.md", "b.html"),
        ("a/index.md", "index.md"),
        ("z.md", "_posts/2020-01-02-b.md"),
        ("x.html", "_posts/2020-01-02-b.md"),
        ("z.md", "_n/a.md"),
        ("x.html", "_n/a.md"),
        ("_n/a.md", "_n/b.md"),
        ("_z/a.md", "_n/a.md"),
        ("_posts/2020-01-02-b.md", "_n/a.md"),
        ("_posts/2020-01-02-b.md", "_posts/2020-03-01-a.md"),
        ("_posts/2020-01-02-a.md", "_posts/2020-01-02-b.md"),
        ("z.md", "x.html"),
    ],
)
def test_who_wins_an_address_is_jekylls_answer(site: Site, loser: str, winner: str) -> None:
    """Each pair was asked of Jekyll 4.3: it writes pages by name, static files, then collections, and the last one stays."""
    front = "---\npermalink: /x.html\n---\n"
    texts = {path: path if path == "x.html" else f"{front}{path}" for path in (loser, winner)}
    site.config("collections: {z: {output: true}, n: {output: true}}").write(texts).build()
    assert site.code == 0
    assert f"is also the address of `{winner}`" in site.report
    assert site.report.startswith(f"{loser}: warning:")
    site.has("x.html", winner)


def test_a_file_where_another_page_needs_a_folder_is_an_error_that_names_both(site: Site) -> None:
    site.write({"a": "static", "b.md": "---\npermalink: /a/b/\n---\n"}).build().fails("""
        b.md: error: `/a/b/index.html` needs a folder where `a` makes the file `/a` [url]
              = give one of them another `permalink:`
    """)


def test_of_a_file_and_a_page_that_needs_a_folder_there_neither_is_published(site: Site) -> None:
    site.config("permalink: pretty\n").write({"about.md": "---\n---\nx\n", "b.md": "---\n---\ny\n"}).build().is_good()
    site.write({"about": "static"}).build(keep_going=True)
    assert site.code == 1
    site.lacks("about").has("b/index.html")


def test_addresses_that_differ_in_case_alone_are_one_file_on_some_machines(site: Site) -> None:
    site.write({"a.md": "---\npermalink: /About/\n---\n", "b.md": "---\npermalink: /about/\n---\n"}).build().warns("""
        b.md: warning: `/about/index.html` and the `/About/index.html` of `a.md` are one file on macOS and Windows [url]
              = give one of them another `permalink:`
    """)


NAMES = [
    "두 낱말.md",
    "C#의 값.md",
    "왜?.md",
    "100%25 참.md",
    "R&D.md",
    "😀.md",
    "a+b=c;d@e!.md",
    "'quoted' (one).md",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_on_disk_and_encoded_in_addresses(site: Site, name: str) -> None:
    page = name.replace(".md", ".html")
    picture = name.replace(".md", ".png")
    site.write({name: "---\ntitle: 글\n---\n", f"img/{picture}": "x"}).build().is_good()
    assert {page, f"img/{picture}"} <= set(site.files())
    linked = [link for link in site.links("index.html") if not link.startswith("#")]
    assert f"/{page}" in [unquote(link) for link in linked]
    for link in linked:
        assert re.fullmatch(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/%]*", link), link
    locations = [element.text or "" for element in ET.fromstring(site.read("sitemap.xml")).iterfind("{*}url/{*}loc")]
    assert f"https://example.org/{page}" in [unquote(address) for address in locations]


def test_a_post_of_any_name_is_reached_through_home_feed_and_sitemap(site: Site) -> None:
    site.post("2018-10-06-변분 오토인코더 #1 😀", "글").build().is_good()
    (path,) = (path for path in site.files() if path.startswith("2018/"))
    address = next(link for link in site.links("index.html") if "2018" in link)
    assert unquote(address) == f"/{path}"
    site.has("feed.xml", f"https://example.org{address}").has("sitemap.xml", f"https://example.org{address}")


def test_names_that_windows_reserves_are_warned_about(site: Site) -> None:
    site.write({"CON.md": "---\n---\n글", "img/aux.png": "x"}).build().warns("""
        CON.md: warning: Windows cannot store a file named `CON.html`: the site cannot be built or copied there [url]
              = rename the file or give it a `permalink`
        img/aux.png: warning: Windows cannot store a file named `aux.png`: the site cannot be built or copied there [url]
              = rename it
    """).has("CON.html", "글")


@pytest.mark.parametrize(
    ("permalink", "reason"),
    [
        ("/a/%2e%2e/%2e%2e/b", "it leaves the site"),
        ("/%2E%2E/x/", "it leaves the site"),
        (r"..\..\x", "it holds a backslash"),
        ("C:/x", "it starts with a drive"),
        ("/a/..%2f..%2fx", "it holds an encoded slash"),
        ("/a%00b", "it holds a control character"),
        ("/" + "가" * 90, "a part of it is longer than 255 bytes"),
        ("/.mathblog-manifest.json", "names that start with `.mathblog` are kept for mathblog's own files"),
    ],
)
def test_a_permalink_that_could_lead_outside_is_refused(site: Site, permalink: str, reason: str) -> None:
    site.post("2018-10-06-vae", "글", f"permalink: '{permalink}'").build()
    assert f"error: the address `{permalink}` cannot be used: {reason} [url]" in site.report
    assert site.code == 1
    assert site.files() == {}


def test_a_file_name_that_is_no_text_is_an_error(site: Site) -> None:
    name = "2018-10-06-글.md".encode("cp949")
    (site.source / "_posts").mkdir()
    (site.source / "_posts" / os.fsdecode(name)).write_text("글", encoding="utf-8")
    site.build().fails("""
        _posts/2018-10-06-\ufffd\ufffd.md: error: the name of this file is not UTF-8 [name]
              = rename it
    """)


def test_dots_in_a_permalink_are_dropped_with_a_warning(site: Site) -> None:
    site.post("2018-10-06-vae", "글", "permalink: /../../etc/passwd").build().warns("""
        _posts/2018-10-06-vae.md:2:12: warning: `..` is dropped: the address is `/etc/passwd` [url]
            2 | permalink: /../../etc/passwd
              |            ^^^^^^^^^^^^^^^^^
    """)
    assert "etc/passwd.html" in site.files()


def test_links_in_the_folder_are_followed_and_those_out_of_it_are_not(site: Site) -> None:
    site.write({"img/a.png": "x"}).write({"../secret.txt": "secret"}).post("2018-10-06-vae", "글")
    site.link("pictures", "img").link("_posts/2018-10-07-again.md", "2018-10-06-vae.md")
    site.link("secret.txt", "../secret.txt").link("up", "..").link("loop", ".").link("gone", "nowhere").link(
        "self", "self"
    )
    site.build().warns("""
        gone: warning: the link leads nowhere [link]
              = it is left out of the site
        loop: warning: the link leads back to a folder above it [link]
              = it is left out of the site
        secret.txt: warning: the link leads out of the site's folder [link]
              = it is left out of the site
        self: warning: the link leads nowhere [link]
              = it is left out of the site
        up: warning: the link leads out of the site's folder [link]
              = it is left out of the site
    """)
    site.has("pictures/a.png", "x").has("2018/10/07/again.html", "글").lacks("secret.txt")


def test_links_that_the_site_would_not_read_are_nobodys_business(site: Site) -> None:
    site.config("exclude: [tools]\n")
    for name in (".#2018-10-06-vae.md", "_notes.md", "tools", "_posts/.#2018-10-06-vae.md", "draft.md~"):
        site.link(name, "kim@machine.1234")
    site.build().is_good()


def test_links_out_of_the_folder_are_refused_wherever_they_are_read(site: Site) -> None:
    site.write({"../secret.md": "secret", "../secret.yml": "a: secret"})
    site.link("_data/secret.yml", "../../secret.yml").link("_includes/secret.html", "../../secret.md")
    site.link("_posts/2018-10-06-secret.md", "../../secret.md").link("_data/all", "../..")
    site.post("2018-10-07-a", "{{ site.data.secret.a }}{{ site.data | jsonify }}").build()
    assert [(item.path, item.message) for item in site.done.diagnostics] == [
        (path, "the link leads out of the site's folder")
        for path in ("_data/all", "_data/secret.yml", "_includes/secret.html", "_posts/2018-10-06-secret.md")
    ]
    assert not any(b"secret" in content for content in site.files().values())


def test_a_loop_of_links_through_folders_ends(site: Site) -> None:
    site.write({"a/x.md": "---\n---\n글", "b/y.md": "---\n---\n글"})
    site.link("a/b", "../b").link("b/a", "../a").build()
    assert {"a/x.html", "a/b/y.html", "b/y.html", "b/a/x.html"} <= set(site.files())
    assert {item.message for item in site.done.diagnostics} == {"the link leads back to a folder above it"}
