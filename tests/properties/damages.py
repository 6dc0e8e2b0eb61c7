"""What happens to old blogs: files that somebody broke, and settings that never meant anything.

A damage is written over one document of a site (`DOCUMENTS`) or over the site (`SITES`). `says` is a part of the warning
that names it, '' where there is nothing to say. Most were asked of Jekyll
4.3, which builds the site with them, but for those that stop it: a date that is none, a number for a permalink, a link
to nothing, a theme that is not there. A blog that has those was built with another Jekyll, or where the theme was.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

Change: TypeAlias = Callable[[bytes], bytes]


_FRONT = re.compile(rb"\A((?:\xef\xbb\xbf)?---\s*?\n.*?)(?=^---)", re.MULTILINE | re.DOTALL)


def front(lines: str) -> Change:
    """Lines at the end of the front matter, where they win over those before; a text without any gets one."""

    def change(text: bytes) -> bytes:
        own = _FRONT.match(text)
        return (
            _FRONT.sub(lambda m: m[1] + f"{lines}\n".encode(), text) if own else f"---\n{lines}\n---\n".encode() + text
        )

    return change


def body(text: str) -> Change:
    """A paragraph at the end."""
    return lambda before: before + b"\n\n" + text.encode() + b"\n"


def whole(text: bytes) -> Change:
    """Another text."""
    return lambda _: text


class Broken(NamedTuple):
    """How a text is damaged, and the kind (`[kind]`) of the warning that names its file.

    `of_posts` is for what stops Jekyll in a page, and says nothing or little in a post.
    """

    change: Change
    says: str = ""
    of_posts: bool = False


DOCUMENTS: Mapping[str, Broken] = {
    "front matter that YAML refuses": Broken(front("headline: a: b"), "front-matter"),
    "a bracket that is never closed": Broken(front("headline: [a, b"), "front-matter"),
    "a quote that is never closed": Broken(front('headline: "a'), "front-matter"),
    "a tab in YAML": Broken(front("headline:\n\t- a"), "front-matter"),
    "an alias of nothing": Broken(front("headline: *nothing"), "front-matter"),
    "front matter that is never closed": Broken(whole(b"---\ntitle: a\n\nwords\n"), "front-matter"),
    "front matter that is a list": Broken(whole(b"---\n- a\n- b\n---\nwords\n"), "front-matter", of_posts=True),
    "front matter that is a text": Broken(whole(b"---\nwords\n---\nwords\n"), "front-matter", of_posts=True),
    "no text at all": Broken(whole(b"")),
    "front matter alone": Broken(whole(b"---\n---\n")),
    "a mark of byte order": Broken(lambda text: b"\xef\xbb\xbf" + text),
    "line ends of Windows": Broken(lambda text: text.replace(b"\n", b"\r\n")),
    "a key twice": Broken(front("title: one\ntitle: two")),
    "a date that is none": Broken(front("date: whenever"), "date"),
    "a date of no month": Broken(front("date: 2020-13-45"), "date"),
    "a date that is a list": Broken(front("date: [1, 2]"), "date"),
    "an empty date": Broken(front("date:")),
    "tags that are a number": Broken(front("tags: 5")),
    "tags that are a mapping": Broken(front("tags: {a: b}")),
    "tags with a hole": Broken(front("tags: [a, , b]")),
    "categories that are a mapping": Broken(front("categories: {a: b}")),
    "a category that is a number": Broken(front("category: 5")),
    "a layout that is a list": Broken(front("layout: [x]")),
    "a layout that is not there": Broken(front("layout: not-there"), "layout"),
    "a layout that is a number": Broken(front("layout: 5")),
    "a permalink that is a number": Broken(front("permalink: 5")),
    "published: maybe": Broken(front("published: maybe")),
    "a title that is a list": Broken(front("title: [a, b]")),
    "a title that is a mapping": Broken(front("title: {a: b}")),
    "an author that is a list": Broken(front("author: [5, {name: a}]")),
    "a description that is a date": Broken(front("description: 2020-01-01")),
    "a redirect that is a number": Broken(front("redirect_from: 5")),
    "an excerpt separator that is a number": Broken(front("excerpt_separator: 5")),
    "TeX that KaTeX refuses": Broken(body(r"$$\frac{1$$ and $$\nobodyknows{x}$$"), "math"),
    "dollars that are never closed": Broken(body("$$ x^2 + \\alpha"), "math"),
    "an environment that is never closed": Broken(body("\\begin{align} a &= b")),
    "an image that is not there": Broken(body("![x](/not/there.png) ![y](there.png)")),
    "a link to nowhere": Broken(body("[x](/not/there/) [y][nothing] [z](#nowhere)")),
    "a filter that is not there": Broken(body("{{ page.title | nobody_knows: 1 }}")),
    "a variable that is not there": Broken(body("{{ page.nobody.knows }} {{ nothing[0].x | upcase }}")),
    "a language that is not there": Broken(body("```nolang\nx\n```\n\n~~~ {.y}\nz\n~~~")),
    "a fence that is never closed": Broken(body("```python\nx = 1")),
    "HTML that is never closed": Broken(body("<div><b>words\n\n<table><tr>")),
}


def appended(path: str, text: str) -> Callable[[Path], None]:
    """Write a text at the end of a file of the site; the file is made where it is not there."""

    def write(root: Path) -> None:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        before = target.read_bytes() if target.is_file() else b""
        target.write_bytes(before + text.encode())

    return write


def absent_theme(root: Path) -> None:
    """A theme that is not here, and a layout that includes a part of it."""
    appended("_config.yml", "\ntheme: not-there\n")(root)
    appended("_layouts/themed.html", "{% include of/the-theme.html %}{{ content }}")(root)
    appended("themed.md", "---\nlayout: themed\n---\nwords")(root)


def duplicate(root: Path) -> None:
    """`twin.md` beside `twin.html`, and two pages with one permalink."""
    appended("twin.md", "---\n---\none")(root)
    appended("twin.html", "---\n---\ntwo")(root)
    appended("three.md", "---\npermalink: /twins/\n---\nthree")(root)
    appended("four.md", "---\npermalink: /twins/\n---\nfour")(root)


def dangling(root: Path) -> None:
    """A symbolic link to nothing."""
    (root / "dangling.md").symlink_to("not-there.md")
    (root / "dangling").symlink_to("not-there")


def circle(root: Path) -> None:
    """A page whose layout has a layout that has the first."""
    appended("_layouts/one.html", "---\nlayout: two\n---\n{{ content }}")(root)
    appended("_layouts/two.html", "---\nlayout: one\n---\n{{ content }}")(root)
    appended("round.md", "---\nlayout: one\n---\nwords")(root)


class Damage(NamedTuple):
    """How a site is damaged, and the file that a warning names."""

    make: Callable[[Path], None]
    names: str = ""


def config(line: str, *, silent: bool = False) -> Damage:
    """A line of the configuration."""
    return Damage(appended("_config.yml", f"\n{line}\n"), "" if silent else "_config.yml")


SITES: Mapping[str, Damage] = {
    "a zone that is not there": config("timezone: Asia/Beijing"),
    "math: true": config("math: true", silent=True),
    "math: mathjax": config("math: mathjax", silent=True),
    "a theme that is not there": config("theme: not-there", silent=True),  # a site may have all its layouts itself
    "a remote theme that is not there": config("remote_theme: nobody/not-there", silent=True),
    "a part of a theme that is not there": Damage(absent_theme, "_config.yml"),
    "a highlight key that is a list": config("highlight: [a]", silent=True),
    "a themes key that is a number": config("themes: 5", silent=True),
    "a key that nobody knows": config("nobody_knows: 5", silent=True),
    "a plugin that nobody knows": config("whitelist: [nobody-knows]", silent=True),
    "a title that is a number": config("title: 5", silent=True),
    "a description that is a list": config("description: [a, {b: c}]", silent=True),
    "an author that is a list": config("author: [a, {b: c}]", silent=True),
    "two documents at one address": Damage(duplicate, "four.md"),
    "a link to a file that is not there": Damage(dangling),
    "a post without a date": Damage(appended("_posts/no-date.md", "---\n---\nwords")),
    "a post of no month": Damage(appended("_posts/2020-13-45-x.md", "---\n---\nwords")),
    "a post without a name": Damage(appended("_posts/2020-01-01-.md", "---\n---\nwords")),
    "a post with a strange name": Damage(appended("_posts/2020-1-1-a b#c?%20&d.md", "---\n---\nwords")),
    "a post without front matter": Damage(appended("_posts/2020-01-01-bare.md", "words")),
    "a style sheet that is imported": Damage(appended("own.scss", "---\n---\n@import 'not-there.css'; a { b: c }\n")),
    "data that are empty": Damage(appended("_data/nothing.yml", "")),
    "JSON that is empty": Damage(appended("_data/nothing.json", "")),
    "JSON that is none": Damage(appended("_data/nothing.json", '{"a": }'), "_data/nothing.json"),
    "CSV that is empty": Damage(appended("_data/nothing.csv", "")),
    "layouts in a circle": Damage(circle),
    "a page that is not UTF-8 nor a page": Damage(appended("notes.txt", "\0\x01 words")),
}
