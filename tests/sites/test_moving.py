r"""`mathblog publish`, `unpublish`, `rename`, `list`, `open`: files move whole, and the links to them follow."""

import json
import os
import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mathblog.cli.main import command
from support.site import Site

OLD = "_posts/2026-01-15-old-name.md"
LABELLED = "---\ntitle: Old name\n---\n\n$$\na \\label{eq:a}\n$$\n"
REDIRECTS = "plugins: [jekyll-redirect-from]\ntheorems: true\npermalink: pretty\n"


def author(site: Site, *arguments: str) -> Result:
    """One of the author's commands, in the folder of the site."""
    name, *rest = arguments
    return CliRunner().invoke(command, [name, "--source", str(site.source), *rest])


def source(site: Site, path: str) -> str:
    return (site.source / path).read_text("utf-8")


def tree(site: Site) -> dict[str, bytes]:
    files = (path for path in site.source.rglob("*") if path.is_file())
    return {path.relative_to(site.source).as_posix(): path.read_bytes() for path in files}


# publish, unpublish


@pytest.mark.parametrize(
    ("draft", "post"),
    [
        ("_drafts/x.md", "_posts/2026-01-15-x.md"),
        ("_drafts/series/x.markdown", "_posts/series/2026-01-15-x.markdown"),
        ("maths/_drafts/x.html", "maths/_posts/2026-01-15-x.html"),
        ("_drafts/2020-02-03-x.md", "_posts/2026-01-15-x.md"),
        ("_drafts/변분-v1.0.md", "_posts/2026-01-15-변분-v1.0.md"),
    ],
)
def test_a_draft_becomes_a_post_byte_for_byte(site: Site, draft: str, post: str) -> None:
    content = "\ufeff---\r\ntitle: X\r\n---\r\nText \r\n".encode()
    site.write({draft: content})
    done = author(site, "publish", draft, "--date", "2026-01-15")
    assert done.exit_code == 0, done.output
    assert f"moved {draft} to {post}" in done.output
    assert tree(site) == {"_config.yml": tree(site)["_config.yml"], post: content}
    back = author(site, "unpublish", post)
    assert back.exit_code == 0, back.output
    assert list(tree(site).values()).count(content) == 1
    assert "/_drafts/" in f"/{next(path for path in tree(site) if path != '_config.yml')}"


def test_the_day_of_a_draft_is_that_of_its_date_or_the_one_that_is_asked_for(site: Site) -> None:
    text = "---\ntitle: X\ndate: 2025-03-04 10:20:30 +0000\n# mine\n---\n"
    assert author(site.write({"_drafts/x.md": text}), "publish", "x").exit_code == 0
    assert source(site, "_posts/2025-03-04-x.md") == text
    assert author(site.write({"_drafts/y.md": text}), "publish", "y", "--date", "2026-01-15").exit_code == 0
    assert source(site, "_posts/2026-01-15-y.md") == text.replace("2025-03-04", "2026-01-15")


def test_the_time_is_written_where_it_is_asked_for(site: Site) -> None:
    site.config("timezone: Asia/Seoul\n").write({"_drafts/x.md": "---\ntitle: X\n---\n", "_drafts/bare.md": "Text\n"})
    for name in ("x", "bare"):
        assert author(site, "publish", name, "--date", "2026-01-15", "--time").exit_code == 0
        lines = source(site, f"_posts/2026-01-15-{name}.md").splitlines()
        date = next(line for line in lines if line.startswith("date: "))
        assert date.startswith("date: 2026-01-15 ")
        assert date.endswith(" +0900")
    site.build().is_good()


def test_nothing_is_written_over(site: Site) -> None:
    site.write({"_drafts/x.md": "---\n---\nnew", "_posts/2026-01-15-x.md": "---\n---\nold"})
    before = tree(site)
    done = author(site, "publish", "x", "--date", "2026-01-15")
    assert done.exit_code == 2
    assert "`_posts/2026-01-15-x.md` is there already" in done.output
    assert author(site, "unpublish", "x").exit_code == 2
    assert tree(site) == before


def test_a_folder_of_somebody_else_is_not_written_to(site: Site, tmp_path: Path) -> None:
    (tmp_path / "others").mkdir()
    site.write({"_drafts/x.md": "---\n---\n"}).link("_posts", tmp_path / "others")
    done = author(site, "publish", "x", "--date", "2026-01-15")
    assert done.exit_code == 3, done.output
    assert not list((tmp_path / "others").iterdir())
    assert (site.source / "_drafts/x.md").is_file()


def test_a_name_that_is_none_or_several(site: Site) -> None:
    site.write({"_drafts/idea.md": "---\n---\n", "_posts/2026-01-15-x.md": "", "_posts/2026-01-16-x.md": ""})
    assert "did you mean `idea`?" in author(site, "publish", "idae").output
    assert "no draft `x`, but `_posts/2026-01-15-x.md`" in author(site, "publish", "x").output
    several = author(site, "unpublish", "x")
    assert several.exit_code == 2
    assert "`x` is the name of 2 texts" in several.output
    assert author(site, "unpublish", "2026-01-16-x").exit_code == 0


def test_links_to_a_post_that_is_taken_back_are_named(site: Site) -> None:
    site.write({OLD: LABELLED}).post("2026-01-16-y", "One.\n\n[x]({% post_url 2026-01-15-old-name %})", "title: Y")
    before = source(site, "_posts/2026-01-16-y.md")
    done = author(site, "unpublish", "old-name")
    assert "_posts/2026-01-16-y.md:6: leads to it still" in done.output
    assert source(site, "_posts/2026-01-16-y.md") == before


# rename


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[x]({% post_url 2026-01-15-old-name %})", "[x]({% post_url 2026-01-15-new %})"),
        ("[x]({%- post_url /2026-01-15-old-name -%}#a)", "[x]({%- post_url /2026-01-15-new -%}#a)"),
        ("[x]({% link _posts/2026-01-15-old-name.md %})", "[x]({% link _posts/2026-01-15-new.md %})"),
        ("[x](/b/2026/01/15/old-name/)", "[x](/b/2026/01/15/new/)"),
        ("[x](</b/2026/01/15/old-name/#eq-a> 'T')", "[x](</b/2026/01/15/new/#eq-a> 'T')"),
        ("[x](/2026/01/15/old-name)", "[x](/2026/01/15/new)"),
        ("[x](../../15/old-name/index.html?q)", "[x](../../15/new/index.html?q)"),
        ("[x](2026-01-15-old-name.md#a)", "[x](2026-01-15-new.md#a)"),
        ("[x]({{ site.baseurl }}/2026/01/15/old-name/)", "[x]({{ site.baseurl }}/2026/01/15/new/)"),
        ("[x]({{ '/2026/01/15/old-name/' | relative_url }})", "[x]({{ '/2026/01/15/new/' | relative_url }})"),
        ('<a href="https://example.org/b/2026/01/15/old-name/">', '<a href="https://example.org/b/2026/01/15/new/">'),
        ("<https://example.org/b/2026/01/15/old-name/>", "<https://example.org/b/2026/01/15/new/>"),
        ("[x]: /b/2026/01/15/old-name/ 'T'", "[x]: /b/2026/01/15/new/ 'T'"),
        (r"\eqref{old-name:eq:a} \cref{b,old-name:a}", r"\eqref{new:eq:a} \cref{b,new:a}"),
        (r"\eqref {old-name:eq:a} \vref*{old-name:a}", r"\eqref {new:eq:a} \vref*{new:a}"),
        (r"\crefrange{old-name:a}{old-name:b}", r"\crefrange{new:a}{new:b}"),
        (r"\hyperref[old-name:eq:a]{it}", r"\hyperref[new:eq:a]{it}"),
        (r"$$ x = \ref{2026-01-15-old-name:a} $$", r"$$ x = \ref{2026-01-15-new:a} $$"),
        ("[@old-name:eq-a; @c]", "[@new:eq-a; @c]"),
        # what leads elsewhere, or is an example
        ("[x](/b/2026/01/15/old-name-2/)", None),
        ("[x](https://other.org/b/2026/01/15/old-name/)", None),
        ("[x](/c/2026/01/15/old-name/)", None),
        ("{% post_url 2026-01-15-old-name-2 %}", None),
        (r"`[x](/b/2026/01/15/old-name/)` and `\eqref{old-name:a}`", None),
        ("{% raw %}{% post_url 2026-01-15-old-name %}{% endraw %}", None),
        (r"\eqref{old-name-2:a} [@old-name:2013] a/2026/01/15/old-name/", None),
    ],
)
def test_links_follow_a_new_name(site: Site, before: str, after: str | None) -> None:
    site.config(f"{REDIRECTS}baseurl: /b\n").write({OLD: LABELLED})
    site.post("2026-01-16-y", f"First: {before}\n\n{before}\n", "title: Y")
    expected = source(site, "_posts/2026-01-16-y.md").replace(before, after or before)
    if before.startswith("[x]:"):
        expected = expected.replace(f"First: {after}", f"First: {before}")  # which defines nothing in a sentence
    done = author(site, "rename", "old-name", "New!")
    assert done.exit_code == 0, done.output
    assert source(site, "_posts/2026-01-16-y.md") == expected


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "_config.yml",
            "nav:\n  - name: O\n    url: /notes/old/ # c\n",
            "nav:\n  - name: O\n    url: /notes/new/ # c\n",
        ),
        ("_config.yml", "header_pages: [a.md, notes/old.md]\n", "header_pages: [a.md, notes/new.md]\n"),
        ("_config.yml", "header_pages:\n  - notes/old.md\n  - a.md\n", "header_pages:\n  - notes/new.md\n  - a.md\n"),
        (
            "_data/n.yml",
            '- {name: O, url: "/notes/old", x: /notes/old/}',
            '- {name: O, url: "/notes/new", x: /notes/new/}',
        ),
        ("_data/n.json", '[{"url": "/notes/old/#a"}]', '[{"url": "/notes/new/#a"}]'),
        ("_data/n.yml", "- url: /notes/older/\n  about: see notes/old.md and /notes/old/", None),
        ("_includes/x.html", "<a href='{{ site.baseurl }}/notes/old/'>", "<a href='{{ site.baseurl }}/notes/new/'>"),
    ],
)
def test_settings_and_data_follow_a_page(site: Site, path: str, before: str, after: str | None) -> None:
    base = "title: T\nurl: https://example.org\npermalink: pretty\n" if path == "_config.yml" else ""
    site.config("permalink: pretty\n").write({path: base + before, "notes/old.md": "---\ntitle: Old\n---\n"})
    done = author(site, "rename", "notes/old.md", "New")
    assert done.exit_code == 0, done.output
    assert source(site, path) == base + (after or before)


def test_a_renamed_post_leaves_a_redirect_and_the_site_builds(site: Site) -> None:
    site.config(REDIRECTS).write({OLD: LABELLED, "_data/nav.yml": "- name: X\n  url: /2026/01/15/old-name/\n"})
    site.write(
        {"_includes/x.html": '<a href="/2026/01/15/old-name/">x</a>', "about.md": "---\n---\n{% include x.html %}"}
    )
    site.post("2026-01-16-y", "See \\eqref{old-name:eq:a} and [it]({% post_url 2026-01-15-old-name %}).")
    done = author(site, "rename", OLD, "변분: 새 글")
    assert done.exit_code == 0, done.output
    post = source(site, "_posts/2026-01-15-변분-새-글.md")
    expected = '---\ntitle: "변분: 새 글"\nredirect_from: ["/2026/01/15/old-name/"]\n---\n'
    assert post == LABELLED.replace("---\ntitle: Old name\n---\n", expected)
    assert source(site, "_data/nav.yml") == "- name: X\n  url: /2026/01/15/변분-새-글/\n"
    site.build().is_good().has("2026/01/15/old-name/index.html", "2026/01/15/%EB%B3%80%EB%B6%84")
    assert "(1)" in site.read("2026/01/16/y/index.html")
    # and back: the address that it has is no redirect
    assert author(site, "rename", "변분-새-글", "Old name").exit_code == 0
    assert 'redirect_from: ["/2026/01/15/변분-새-글/"]' in source(site, OLD)
    site.build().is_good().has("2026/01/15/변분-새-글/index.html", "/2026/01/15/old-name/")


def test_words_that_are_the_name_of_a_file_are_no_links(site: Site) -> None:
    """A title, a tag, a category of one word may be the address of a text that lies beside it."""
    words = "---\ntitle: rings\ncategory: rings\nimage: /rings.html\n---\n"
    site.write({"rings.md": words, "other.md": words})
    done = author(site, "rename", "rings.md", "Ideals")
    assert done.exit_code == 0, done.output
    assert source(site, "other.md") == words.replace("/rings.html", "/ideals.html")
    assert source(site, "ideals.md").startswith("---\ntitle: Ideals\ncategory: rings\nimage: /ideals.html\n")


def test_a_title_that_is_an_address_becomes_the_new_title(site: Site) -> None:
    site.write({"_posts/2026-01-15-x.md": "---\ntitle: /2026/01/15/x.html\n---\n"})
    done = author(site, "rename", "x", "Y")
    assert done.exit_code == 0, done.output
    assert source(site, "_posts/2026-01-15-y.md").startswith("---\ntitle: Y\n")


def test_a_dry_run_says_all_and_changes_nothing(site: Site) -> None:
    site.config(REDIRECTS).write({OLD: LABELLED}).post("2026-01-16-y", "[x](/2026/01/15/old-name/)")
    before = tree(site)
    done = author(site, "rename", "old-name", "New", "--dry-run")
    assert f"would move {OLD} to _posts/2026-01-15-new.md" in done.output
    assert "    + [x](/2026/01/15/new/)" in done.output
    assert tree(site) == before


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("redirect_from: /a/", 'redirect_from: ["/a/", "/2026/01/15/old-name/"]\ntitle: New\n---'),
        ("redirect_from:\n  - /a/\n  # more\n  - /b/\nlast: 1", 'redirect_from: ["/a/", "/b/", "/2026/01/15/old-name/"]\nlast: 1'),
        ("title: >\n  Old\n\n  name\ntags: [a]", 'title: New\ntags: [a]\nredirect_from: ["/2026/01/15/old-name/"]'),
        ("slug: old-name\ntitle: O", 'slug: new\ntitle: New\nredirect_from: ["/2026/01/15/old-name/"]'),
        ("permalink: /fixed/\ntitle: O", "permalink: /fixed/\ntitle: New"),
    ],
)  # fmt: skip
def test_single_keys_of_the_front_matter_change(site: Site, front: str, expected: str) -> None:
    for end in ("\n", "\r\n"):
        text = f"---\n{front}\n---\n\nText\n".replace("\n", end)
        site.config(REDIRECTS).write({OLD: text.encode()})
        assert author(site, "rename", OLD, "New").exit_code == 0
        renamed = site.source / "_posts/2026-01-15-new.md"
        assert expected.replace("\n", end) in renamed.read_bytes().decode()
        assert renamed.read_bytes().count(b"\r") == (renamed.read_bytes().count(b"\n") if end == "\r\n" else 0)
        renamed.unlink()


def test_drafts_and_pages_are_renamed_too(site: Site) -> None:
    site.write({"_drafts/x.md": "---\ntitle: X\n---\n", "notes/index.md": "---\ntitle: N\n---\n"})
    assert author(site, "rename", "x", "Y z").exit_code == 0
    assert source(site, "_drafts/y-z.md") == "---\ntitle: Y z\n---\n"
    assert author(site, "rename", "notes/index.md", "Notes").exit_code == 0
    assert source(site, "notes/index.md") == "---\ntitle: Notes\n---\n"


def test_a_page_is_not_called_by_the_name_of_its_file_alone(site: Site) -> None:
    links = "---\n---\n\\eqref{sets:eq:a}, \\eqref{notes/sets:eq:a}\n"
    site.write({"notes/sets.md": LABELLED, "_posts/2026-01-15-sets.md": LABELLED, "_posts/2026-01-16-links.md": links})
    assert author(site, "rename", "notes/sets.md", "Groups").exit_code == 0
    expected = links.replace("notes/sets:", "notes/groups:")
    assert source(site, "_posts/2026-01-16-links.md") == expected
    site.build().is_good()


def test_a_site_without_redirects_is_told_so(site: Site) -> None:
    done = author(site.write({OLD: LABELLED}), "rename", "old-name", "New")
    assert "plugins: [jekyll-redirect-from]" in done.output


# list, open


def test_texts_are_listed_by_state(site: Site) -> None:
    site.write({"_drafts/d.md": "---\ntitle: D\ntags: [a]\n---\n"})
    site.post("2026-01-15-x", front="title: X\ntags: [a, b]").post("2999-01-15-z", front="title: Z")
    site.post("2025-01-15-h", front="title: H\npublished: false")
    lines = [" ".join(line.split()) for line in author(site, "list").output.splitlines()]
    assert lines == [
        "draft _drafts/d.md D",
        "future 2999-01-15 _posts/2999-01-15-z.md Z",
        "published 2026-01-15 _posts/2026-01-15-x.md X",
        "unpublished 2025-01-15 _posts/2025-01-15-h.md H",
    ]
    assert author(site, "list", "--future").output.count("\n") == 1
    assert "draft" in author(site, "list", "--drafts", "--tag", "a").output
    assert author(site, "list", "--tag", "b").output.count("\n") == 1
    found = json.loads(author(site, "list", "--posts", "--format", "json").output)
    assert [(it["path"], it["url"], it["tags"]) for it in found] == [
        ("_posts/2026-01-15-x.md", "/2026/01/15/x.html", ["a", "b"])
    ]


def test_a_text_is_opened_where_the_preview_shows_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    site.config("baseurl: /b\n").post("2026-01-15-x")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert author(site, "open", "x", "--port", str(port)).exit_code == 0
        assert author(site, "open", "--port", str(port)).exit_code == 0
    assert opened == [f"http://127.0.0.1:{port}/b/2026/01/15/x.html", f"http://127.0.0.1:{port}/b/"]
    closed = author(site, "open", "x", "--port", str(port))
    assert closed.exit_code == 3
    assert "`mathblog serve --open` starts one" in closed.output


def test_a_source_is_opened_in_the_editor(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = tmp_path / "my editor.py"
    editor.write_text("import pathlib, sys\npathlib.Path(sys.argv[1]).write_text('edited')\n")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} '{editor}'")
    site.post("2026-01-15-x")
    assert author(site, "open", "x", "--editor").exit_code == 0
    assert source(site, "_posts/2026-01-15-x.md") == "edited"
    monkeypatch.setenv("EDITOR", os.devnull)
    assert author(site, "open", "x", "--editor").exit_code == 3
    monkeypatch.delenv("EDITOR")
    assert "`EDITOR` names no editor" in author(site, "open", "x", "--editor").output
