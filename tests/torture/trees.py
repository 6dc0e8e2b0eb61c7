"""Hostile trees: what a repository can hold that a stranger made, and texts of random pieces of the dialect."""

import contextlib
import json
import os
import random
import socket
import unicodedata
from pathlib import Path

from torture.texts import random_text
from torture.world import CONFIG, World

_WORDS = (
    "a", "A", "index", "CON", "aux.md", "a b", "a%20b", "%2e%2e", "a#b", "a?b", "a&b", "é", "e\u0301", "수식", "😀", "a.", "a ",
    "-rf", "a\nb", "a\x1b[31mb", "\u202egnp.md", "a\\b", "C:", "~", "$HOME", "`id`", "'", '"', "<b>", "{{ x }}", "x" * 200,
    ".git", ".mathblog-lock", ".mathblog-manifest.json", ".mathblog-staging", "::error::x", "a\tb", "a:b", "..a", "...",
)  # fmt: skip
_FOLDERS = (
    "",
    "_posts",
    "_drafts",
    "_includes",
    "_layouts",
    "_data",
    "_sass",
    "_theme",
    "_theme/layouts",
    "_plugins",
    "assets",
    "a/b",
)
_ENDS = ("", ".md", ".html", ".txt", ".yml", ".json", ".csv", ".scss", ".png", ".xml", ".markdown")
_PERMALINKS = (
    "/../x", "/%2e%2e/x", "../../canary/x.html", "/a//b", "/a/./b", "\\x", "C:\\x", "/.git/config", "/.mathblog-lock", "//host/x",
    "/:title/:nothing", "/" + "a/" * 300, "/a\x00b", "?x", "#x", "/index.html", "~/x", "/a\x1b[0m", "5", "[a]", "{a: b}",
)  # fmt: skip
_FRONT = (
    "layout: ../../canary/index", "layout: /etc/passwd", "title: '\x1b]0;x\x07'", "title: {a: [b]}", "date: 9999-12-31", "date: 0001-01-01",
    "date: -1", "tags: [../x, /, '', ' ', '.', '..', null, {a: b}]", "categories: ../../canary", "redirect_from: /../../canary/x",
    "redirect_from: [//x, /index.html, '']", "redirect_to: 'javascript:alert(1)'", "published: 5", "a: &a [*a]", "? [x]\n: y",
    "x: !!python/object/apply:os.system [id]", "permalink: ", "excerpt_separator: ''", "pagination: {enabled: true, per_page: 0}",
    "pagination: {enabled: true, permalink: '/../../canary/:num'}", "slug: ../../canary/x", "sitemap: [", "lang: 5", "math: {macros: 5}",
)  # fmt: skip
_BODIES = (
    "{% include ../../canary/index.html %}", "{% include_relative ../../canary/index.html %}", "{% include_relative /etc/passwd %}",
    "{% link ../canary/index.html %}", "{% post_url ../../canary/index %}", "{{ site.static_files | map: 'path' | join: ' ' }}",
    "$\\def\\a{\\a\\a}\\a$", "$\\href{javascript:alert(1)}{x}$", "$\\includegraphics{/etc/passwd}$", "$" + "{" * 3000 + "$",
    "{% for i in (1..100000000) %}x{% endfor %}", "{% capture a %}{{ a }}{{ a }}{% endcapture %}", "> " * 3000, "[" * 5000, "\0\x01\x1b[2J",
    "{{ site | jsonify }}", "{{ page.url | relative_url }} {{ page.path }}", "{% include later.html %}", "<div>" * 2000, "\ufeff\u202e",
)  # fmt: skip
_SETTINGS = (
    "cache_dir: ../canary", "cache_dir: .", "cache_dir: _posts", "layouts_dir: ../canary", "includes_dir: ../canary/folder", "data_dir: /etc",
    "collections_dir: ../canary", "collections: {'../canary': {output: true}, x: 5}", "include: [.git, ../canary, .htaccess]", "theme: ../canary",
    "theme: /etc", "exclude: ['**', '[', 5]", "keep_files: [../canary, '']", "permalink: /../../canary/:title", "baseurl: ../../canary",
    "plugins: [../canary, {a: b}]", "paginate_path: /../../canary/:num", "paginate: -1", "safe: true", "strict: true",
    "sass: {sass_dir: ../canary, load_paths: [/etc, ..]}", "defaults: [{scope: {path: '../canary'}, values: {layout: x}}, 5]", "timezone: ../../etc/passwd",
    "jekyll-archives: {enabled: all, permalinks: {tag: '/../../canary/:name'}}", "plugins_dir: ../canary", "source: ../canary", "url: 'javascript:x'",
    "markdown_ext: '*'", "math: {engine: x, macros: {'\\a': '\\a\\a'}}", "lang: ../../canary", "highlight: {light: ../../canary}", "encoding: utf-16",
)  # fmt: skip


def build_hostile_trees(world: World) -> None:
    """A tree of a stranger's: nothing outside is read, written or deleted; twice is once, and as a clean build makes it."""
    chance = world.chance
    world.write_posts(3)
    settings = chance.sample(_SETTINGS, chance.choice((0, 0, 1, 1, 2, 3)))
    world.write("_config.yml", CONFIG + "\n".join(settings) + "\n")
    for _ in range(chance.randrange(3, 25)):
        with contextlib.suppress(
            OSError, ValueError
        ):  # two things at one place, or a name that this file system refuses
            _grow(world)
    if chance.random() < 0.5:
        _prepare_destination(world)
    flags = [flag for flag in ("--safe", "--keep-going", "--force", "--drafts", "--future") if chance.random() < 0.25]
    code = world.build(*flags)
    world.finish(world.start(*flags, command="build"))
    if code == 0 and not flags:
        world.is_as_clean(f"settings {settings}", world.build())
    if chance.random() < 0.3:
        world.finish(world.start(command="clean"))


def _name(chance: random.Random) -> str:
    folder = chance.choice(_FOLDERS)
    word = chance.choice(_WORDS)
    dated = "2018-02-03-" if folder == "_posts" and chance.random() < 0.7 else ""
    return f"{folder}/{dated}{word}{chance.choice(_ENDS)}".lstrip("/")


def _grow(world: World) -> None:
    chance = world.chance
    path = world.blog / _name(chance)
    path.parent.mkdir(parents=True, exist_ok=True)
    kind = chance.randrange(14)
    if kind < 6:
        front = "\n".join([*chance.sample(_FRONT, chance.choice((0, 1, 2))), *_permalink(chance)])
        path.write_bytes(f"---\n{front}\n---\n{chance.choice(_BODIES)}\n".encode("utf-8", "surrogatepass"))
    elif kind == 6:
        path.symlink_to(
            chance.choice((world.canary, world.canary / "index.html", "/etc/passwd", "/dev/zero", "/proc/self/environ"))
        )
    elif kind == 7:
        path.symlink_to(chance.choice((".", "..", path.name, "_posts", "nothing", "../blog", "../canary/folder")))
    elif kind == 8:
        os.mkfifo(path)
    elif kind == 9:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(path))
    elif kind == 10:
        path.write_bytes(chance.randbytes(chance.choice((0, 1, 1000))))
    elif kind == 11:
        Path(os.fsdecode(os.fsencode(path) + b"\xff")).write_text("x")
    elif kind == 12:
        for form in ("NFC", "NFD"):
            path.with_name(unicodedata.normalize(form, f"é{path.suffix}")).write_text("---\n---\ntwin")
    else:
        (world.blog / ("deep/" * chance.choice((20, 300)))).mkdir(parents=True, exist_ok=True)


def _permalink(chance: random.Random) -> list[str]:
    return [f"permalink: {json.dumps(chance.choice(_PERMALINKS))}"] if chance.random() < 0.3 else []


def _prepare_destination(world: World) -> None:
    """What a committed `_site` may hold: links out, and a manifest that claims what is not ours."""
    chance, public = world.chance, world.public
    public.mkdir()
    for name in chance.sample(
        ("index.html", "2018", "l", ".mathblog-lock", ".mathblog-staging", "assets", "404.html"), 3
    ):
        (public / name).symlink_to(
            chance.choice((world.canary, world.canary / "index.html", world.canary / "authorized_keys"))
        )
    claims = [
        "l/authorized_keys",
        "l/index.html",
        "../canary/index.html",
        str(world.canary / "index.html"),
        "index.html",
        5,
        "a\0b",
        "2018",
    ]
    (public / ".mathblog-manifest.json").write_text(json.dumps({"files": claims}))


def build_random_texts(world: World) -> None:
    """Posts of random pieces of Markdown, formulas and Liquid, cut and mixed: a page or a message, and the same twice."""
    chance = world.chance
    world.write_posts(2)
    world.write("_includes/hello.html", "hello {{ include.name }}\n")
    for number in range(30):
        text = random_text(chance)
        world.write(f"_posts/2018-03-{number % 28 + 1:02}-r{number}.md", f"---\ntitle: r{number}\n---\n{text}\n")
    world.build("--keep-going")
    world.is_as_clean("random texts")
