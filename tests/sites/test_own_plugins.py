"""Plugins of a site's own, in Python: what they may do, and what becomes of their faults."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from mathblog.engine.builder import Builder, build
from mathblog.engine.request import BuildRequest
from mathblog.engine.stages import plugin_code
from mathblog.engine.stages.time_limit import limit_time
from mathblog.extend.api import Registry
from mathblog.model.limits import LEAST
from mathblog.pipeline.compiling.options import PageTimeoutError
from support.site import REPOSITORY, Site, program_environment

SHOUT = """
    from mathblog.api import Code, Html, Registry, TagCall


    def shout(call: TagCall) -> str:
        louder = "!" * int(call.options.get("marks", 1))
        return f"<b>{' '.join(map(str, call.arguments)).upper()}{louder}</b>{call.body.upper()}"


    def reverse(value, times=1):
        return value[::-1] if times % 2 else value


    def graph(code: Code) -> str:
        return f'<div class="graph" data-info="{code.info}">{len(code.text)}</div>'


    def setup(registry: Registry) -> None:
        registry.tag("shout", shout)
        registry.tag("loud", shout, block=True)
        registry.filter("backwards", reverse)
        registry.fence("graph", graph)
        registry.theme_filter("starred", lambda value: Html(f"<i>{value}</i>"))
    """
PAGE = "2020/01/01/a.html"
PLUGIN = "_plugins/own.py"


@pytest.fixture(name="site")
def allowed(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A blog whose plugins the environment allows."""
    monkeypatch.setenv("MATHBLOG_PLUGINS", "allow")
    return site


def test_tags_and_filters_are_functions_of_values(site: Site) -> None:
    site.write({PLUGIN: SHOUT})
    site.post(
        "2020-01-01-a",
        '{% shout "so $x$" page.word marks=3 %} {{ "abc" | backwards }} {{ "abc" | backwards: 2 }}',
        "word: it is",
    )
    site.build().is_good().has(PAGE, "IT IS!!!</b> cba abc")
    site.post("2020-01-01-a", "{% loud hear %}{% if true %}in{% endif %}side{% endloud %}").build().is_good()
    site.has(PAGE, "<b>HEAR!</b>INSIDE").equals_a_clean_build()


def test_a_fence_is_what_a_plugin_makes_of_it(site: Site) -> None:
    site.write({PLUGIN: SHOUT})
    text = "```graph {wide}\n$y$ = <x>\n```\n\n- in a list:\n\n  ```graph\n  a\n  ```\n\n```python\nx\n```\n"
    site.post("2020-01-01-a", text).build().is_good()
    assert '<div class="graph" data-info="{wide}">10</div>' in site.body(PAGE)
    site.has(PAGE, '<div class="graph" data-info="">2</div>', "language-python")


def test_filters_of_themes_escape_what_is_not_html(site: Site) -> None:
    plugin = """
        from mathblog.api import Html

        def setup(registry):
            registry.theme_filter("starred", lambda value: Html(f"<i>{value}</i>"))
            registry.theme_filter("plainly", lambda value: f"<i>{value}</i>")
        """
    site.config("theme: mine\n").write({PLUGIN: plugin, "themes/mine/theme.yml": "name: mine\nbase: none\n"})
    site.write({"themes/mine/layouts/own.html": "{{ page.title | starred }} {{ page.title | plainly }}"})
    site.write({"a.md": "---\ntitle: T\nlayout: own\n---\n"}).build()
    assert site.read("a.html").strip() == "<i>T</i> &lt;i&gt;T&lt;/i&gt;"


def test_nothing_runs_before_the_user_allows_it(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MATHBLOG_PLUGINS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    site.config("plugins_dir: _plugins\n")
    site.write(
        {
            PLUGIN: f"import pathlib\n\npathlib.Path({str(tmp_path / 'ran')!r}).touch()\n\n\ndef setup(registry):\n    registry.tag('t', lambda _: 'T')\n"
        }
    )
    site.post("2020-01-01-a", "[{% t %}]").build()
    assert not (tmp_path / "ran").exists()
    assert (
        "_plugins/own.py: warning: the plugin `_plugins/own.py` does not run: this is code of the site" in site.report
    )
    site.build(safe=True)
    assert "`--safe` runs none" in site.report
    assert site.run("--allow-plugins").exit_code == 0
    assert (tmp_path / "ran").exists()
    site.build().is_good().has(PAGE, "[T]")
    assert list(json.loads((tmp_path / "settings/mathblog/plugins.json").read_text())) == [str(site.source.resolve())]
    site.write({PLUGIN: "def setup(registry):\n    registry.tag('t', lambda _: 'U')\n"}).build()
    assert "does not run" in site.report
    monkeypatch.setenv("XDG_CONFIG_HOME", str(site.source / "settings"))
    assert site.run("--allow-plugins").exit_code == 0
    assert not (site.source / "settings").exists()


@pytest.mark.parametrize("variable", ["yes", "deny", ""])
def test_only_one_word_of_the_environment_allows(site: Site, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv("MATHBLOG_PLUGINS", variable)
    site.write({PLUGIN: SHOUT}).post("2020-01-01-a").build()
    assert "does not run" in site.report


def test_safe_runs_none_although_the_user_allows_them(site: Site) -> None:
    site.write({PLUGIN: SHOUT}).post("2020-01-01-a", "a").build(safe=True)
    site.warns("_plugins/own.py: warning: the plugin `_plugins/own.py` does not run: `--safe` runs none [plugin]")


def test_what_the_folder_holds_besides_runs_not(site: Site) -> None:
    trap = "raise SystemExit(9)\n"
    site.write({"_plugins/sub/a.py": trap, "_plugins/a.py.txt": trap, "plugins/a.py": trap})
    site.post("2020-01-01-a").build().is_good()


def test_an_edit_of_a_plugin_is_seen_by_all_that_it_makes(site: Site) -> None:
    site.write({PLUGIN: SHOUT}).post("2020-01-01-a", "{% shout a %}\n\n```graph\nx\n```\n")
    request = BuildRequest(site.source, overrides={"destination": str(site.output)})
    with Builder(request) as builder:
        builder.build()
        site.has(PAGE, "<b>A!</b>", 'class="graph"').write(
            {PLUGIN: SHOUT.replace("upper", "title").replace('graph"', 'chart"')}
        )
        builder.build()
        site.lacks(PAGE, 'class="graph"').remove(PLUGIN)
        result = builder.build()
        assert any("shout" in problem.message for problem in result.diagnostics)
    site.write({PLUGIN: SHOUT}).build().is_good().has(PAGE, "<b>A!</b>").equals_a_clean_build()


def test_workers_run_the_same_plugins(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mathblog.engine.stages.compiling._CHUNK", 1)
    site.write({PLUGIN: SHOUT})
    for number in range(1, 13):
        site.post(f"2020-01-{number:02}-a", f"{{% shout n{number} %}} {{{{ 'ab' | backwards }}}}\n\n```graph\nx\n```\n")
    build(BuildRequest(site.source, into=site.output, jobs=2, use_cache=False))
    for number in range(1, 13):
        site.has(f"2020/01/{number:02}/a.html", f"<b>N{number}!</b> ba", 'class="graph"')


MISUSE = {
    "exception": ("return 1 / 0", "the tag `t` failed: ZeroDivisionError: division by zero (_plugins/own.py:2)"),
    "exit": ("raise SystemExit(3)", "the tag `t` failed: SystemExit: 3 (_plugins/own.py:2)"),
    "no text": ("return 5", "the tag `t` gave `int`, not a text"),
    "nothing": ("pass", "the tag `t` gave `NoneType`, not a text"),
    "recursion": ("return f(call)", "the tag `t` failed: RecursionError: maximum recursion depth exceeded"),
    "missing module": (
        "import nothing_at_all",
        "the tag `t` failed: ModuleNotFoundError: No module named 'nothing_at_all' (_plugins/own.py:2)",
    ),
}


@pytest.mark.parametrize(("line", "message"), MISUSE.values(), ids=MISUSE)
def test_a_fault_of_a_tag_is_one_message_at_its_place(site: Site, line: str, message: str) -> None:
    site.write({PLUGIN: f"def f(call):\n    {line}\n\n\ndef setup(registry):\n    registry.tag('t', f)\n"})
    site.post("2020-01-01-a", "x\n\ny {% t %}").post("2020-01-02-b", "good").build(keep_going=True)
    assert [(it.path, it.line, it.column, it.code) for it in site.done.diagnostics] == [
        ("_posts/2020-01-01-a.md", 5, 6, "plugin")
    ]
    assert site.done.diagnostics[0].message.startswith(message)
    assert site.code == 1
    site.has("2020/01/02/b.html", "good").lacks(PAGE)


def test_faults_of_filters_and_fences(site: Site) -> None:
    plugin = """
        def one(value):
            return value.missing


        def setup(registry):
            registry.filter("one", one)
            registry.filter("odd", lambda value: object())
            registry.fence("f", lambda code: code.text.missing)
        """
    site.write({PLUGIN: plugin}).post(
        "2020-01-01-a", "{{ 'a' | one }}\n\n{{ 'a' | one: 2 }}\n\n{{ 'a' | odd }}\n\n```f\nkept\n```\n"
    ).build()
    site.fails(
        """
        _posts/2020-01-01-a.md:3:10: error: the filter `one` failed: AttributeError: 'str' object has no attribute 'missing' (_plugins/own.py:2) [plugin]
            3 | {{ 'a' | one }}
              |          ^^^
              = correct the plugin, or what it is given here
        _posts/2020-01-01-a.md:5:10: error: the filter `one` failed: TypeError: one() takes 1 positional argument but 2 were given (_plugins/own.py:1) [plugin]
            5 | {{ 'a' | one: 2 }}
              |          ^^^
              = correct the plugin, or what it is given here
        _posts/2020-01-01-a.md:7:10: error: the filter `odd` gave `object`, not a plain value [plugin]
            7 | {{ 'a' | odd }}
              |          ^^^
              = correct the plugin, or what it is given here
        _posts/2020-01-01-a.md:9:1: error: the fence `f` failed: AttributeError: 'str' object has no attribute 'missing' (_plugins/own.py:8) [plugin]
            9 | ```f
              | ^^^
              = correct the plugin, or what it is given here
        """
    )


BEGINNINGS = {
    "missing module": (
        "import nothing_at_all\n",
        "the plugin cannot be loaded: ModuleNotFoundError: No module named 'nothing_at_all' (_plugins/own.py:1)",
    ),
    "syntax": ("x = 1\ndef (:\n", "the plugin cannot be loaded: SyntaxError: invalid syntax (_plugins/own.py:2)"),
    "zero byte": (b"x = '\0'\n", "the plugin cannot be loaded: SyntaxError"),
    "no setup": ("x = 1\n", "the plugin has no `setup(registry)`"),
    "arguments": (
        "def setup():\n    pass\n",
        "the plugin cannot be loaded: its `setup` has to take one argument, the registry",
    ),
    "no function": (
        "def setup(r):\n    r.tag('a', 'b')\n",
        "the plugin cannot be loaded: TypeError: `a` is given `str`, not a function (_plugins/own.py:2)",
    ),
    "no name": (
        "def setup(r):\n    r.tag('a b', print)\n",
        "the plugin cannot be loaded: ValueError: not a name for a tag: `a b` (_plugins/own.py:2)",
    ),
    "grammar": (
        "def setup(r):\n    r.tag('endif', print)\n",
        "the plugin cannot be loaded: ValueError: `endif` cannot be the name of a tag",
    ),
    "unknown kind": (
        "def setup(r):\n    r.hook('x', print)\n",
        "the plugin cannot be loaded: AttributeError: 'Registry' object has no attribute 'hook' (_plugins/own.py:2)",
    ),
    "a coroutine": (
        "async def setup(r):\n    pass\n",
        "the plugin cannot be loaded: its `setup` has to be a plain function, without `async` and `yield`",
    ),
    "a generator": (
        "def setup(r):\n    yield r.tag('a', print)\n",
        "the plugin cannot be loaded: its `setup` has to be a plain function, without `async` and `yield`",
    ),
    "exit": ("raise SystemExit\n", "the plugin cannot be loaded: SystemExit (_plugins/own.py:1)"),
}


@pytest.mark.parametrize(("text", "message"), BEGINNINGS.values(), ids=BEGINNINGS)
def test_a_plugin_that_does_not_begin_is_one_error(site: Site, text: str | bytes, message: str) -> None:
    site.write({PLUGIN: text if isinstance(text, bytes) else text.encode()}).post("2020-01-01-a", "x").build()
    assert [(it.path, it.code) for it in site.done.diagnostics] == [(PLUGIN, "plugin")]
    assert site.done.diagnostics[0].message.startswith(message)
    assert site.code == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_plugin_that_does_not_end_takes_its_page_only(site: Site, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    monkeypatch.setattr("mathblog.engine.sources.site.limits_for", lambda _size: replace(LEAST, seconds=8))
    site.write({PLUGIN: "def setup(r):\n    r.tag('t', t)\n\n\ndef t(call):\n    while True:\n        pass\n"})
    site.post("2020-01-01-a", "{% t %}").post("2020-01-02-b", "good")
    request = BuildRequest(site.source, into=site.output, use_cache=False, keep_going=True, jobs=jobs)
    (problem,) = build(request).diagnostics
    assert problem.path == "_posts/2020-01-01-a.md"
    assert problem.message == "this page takes longer than 8 s, in the tag `t` (_plugins/own.py)"
    site.has("2020/01/02/b.html", "good")


@pytest.mark.parametrize("search", ["match", "fullmatch"])
def test_the_time_of_a_page_that_a_rule_takes_is_the_rules(search: str) -> None:
    registry = Registry()
    registry.rule("stars", re.compile(r"@(a+)+!"), str)
    pattern = plugin_code._Pattern(registry.registered[0].pattern, "the rule `stars` (own.py)")
    assert getattr(pattern, search)("@aa!", *([0, 4] if search == "match" else []))
    text = "@" + "a" * 60
    with pytest.raises(PageTimeoutError, match="the rule `stars`"), limit_time(0.1):
        getattr(pattern, search)(text, *([0, len(text)] if search == "match" else []))


def example(name: str) -> str:
    """The text of a plugin in `examples/plugins`."""
    return (REPOSITORY / "examples" / "plugins" / name).read_text(encoding="utf-8")


def test_the_example_of_videos(site: Site) -> None:
    site.write({"_plugins/video.py": example("video.py")})
    site.post("2020-01-01-a", '{% video https://youtu.be/dQw4w9WgXcQ?t=5 title="A <lecture>" %}').build().is_good()
    site.has(PAGE, '<iframe title="A &lt;lecture&gt;"', 'src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"')
    site.post("2020-01-01-a", "{% video page.film %}", "film: dQw4w9WgXcQ").build().is_good().has(PAGE, "dQw4w9WgXcQ")
    site.post("2020-01-01-a", "{% video lecture-1 %}").build()
    assert "ValueError: `lecture-1` is no video" in site.report


def test_the_example_of_graphs(site: Site) -> None:
    site.write({"_plugins/desmos.py": example("desmos.py")})
    site.post("2020-01-01-a", "```desmos height=24rem\ny=\\sin(ax)\n\na<2\n```\n").build().is_good()
    page = site.read(PAGE)
    (data,) = re.findall(r'<div class="desmos" style="height: 24rem" data-expressions="([^"]*)"></div><script>', page)
    assert json.loads(unescape(data)) == ["y=\\sin(ax)", "a<2"]


EVENTS = """
    - {name: Old talk, date: 2020-01-01, about: "On $x^2$."}
    - {name: New talk, date: 2021-02-03, place: Seoul}
    """


def test_the_example_of_events(site: Site) -> None:
    site.write({"_plugins/events.py": example("events.py"), "_data/events.yml": EVENTS}).build().is_good()
    page = site.has("events/index.html", "<title>Events", "2021-02-03, Seoul", 'class="katex"').read(
        "events/index.html"
    )
    assert page.index("New talk") < page.index("Old talk")
    site.has("sitemap.xml", "/events/").has("assets/katex/katex.min.css")
    site.write({"_data/events.yml": "[{name: Third, date: 2022-01-01}]\n"}).build().is_good()
    site.has("events/index.html", "Third").lacks("events/index.html", "Old talk").equals_a_clean_build()
    site.write({"events.md": "---\npermalink: /events/\n---\nmine\n"}).build().is_good().has(
        "events/index.html", "mine"
    )
    site.remove("events.md").remove("_plugins/events.py").build().is_good().lacks("events/index.html")


def test_generators_see_documents_and_configuration(site: Site) -> None:
    plugin = """
        from mathblog.api import Page


        def index(site):
            lines = [f"- [{post['title']}]({post['url']}) {post['date']:%Y} {post['tags']} {post.get('own')}" for post in site.posts]
            site.posts[0]["tags"].append("changed")
            yield Page("/all.html", site.config("title"), "\\n".join(lines), "default", {"lang": "ko"})


        def setup(registry):
            registry.generator("index", index)
        """
    site.write({PLUGIN: plugin}).post("2020-01-01-a", "x", "title: One\ntags: [t]\nown: 3").build().is_good()
    site.has("all.html", '<a href="/2020/01/01/a.html">One</a> 2020 [‘t’] 3').lacks("all.html", "changed")
    site.post("2020-01-01-a", "x", "title: Two").build().is_good().has("all.html", ">Two</a>").equals_a_clean_build()


def test_pages_of_generators_in_layouts_of_the_site(site: Site) -> None:
    site.write(
        {
            PLUGIN: "from mathblog.api import Page\n\n\ndef setup(r):\n    r.generator('g', lambda site: [Page('/g/', 'G', '$x$ **b**', data={'k': 'v'})])\n"
        }
    )
    site.write(
        {
            "_layouts/page.html": "<h1>{{ page.title }} {{ page.k }}</h1>{{ content }}",
            "all.html": "---\n---\n{% for p in site.pages %}{{ p.url }} {% endfor %}",
        }
    )
    site.build().is_good().has("g/index.html", "<h1>G v</h1>", 'class="katex"', "<strong>b</strong>").has(
        "all.html", "/g/"
    )


GENERATORS = {
    "exception": ("raise KeyError('k')", "the generator `g` failed: KeyError: 'k' (_plugins/own.py:5)"),
    "in the middle": (
        "yield 1 / 0",
        "the generator `g` failed: ZeroDivisionError: division by zero (_plugins/own.py:5)",
    ),
    "nothing": ("pass", "the generator `g` failed: TypeError: 'NoneType' object is not iterable (_plugins/own.py)"),
    "no page": ("return ['/a/']", "the generator `g` gave `str`, not a `Page`"),
    "out of the site": (
        "return [Page('/../a', 'A')]",
        "the generator `g` gave a page at `/../a`: an address begins with `/`, and has no `..`",
    ),
    "no text": (
        "return [Page('/a/', 'A', 5)]",
        "the generator `g`, for the `text` of a page, gave `int`, not a text",
    ),
    "one address": ("return [Page('/a/', 'A'), Page('/a/', 'B')]", "the generator `g` gave two pages at `/a/`"),
    "no data": (
        "return [Page('/a/', 'A', data={'a': object()})]",
        "the generator `g` gave `object`, not a plain value",
    ),
}


@pytest.mark.parametrize(("line", "message"), GENERATORS.values(), ids=GENERATORS)
def test_a_fault_of_a_generator_is_one_error(site: Site, line: str, message: str) -> None:
    site.write(
        {
            PLUGIN: f"from mathblog.api import Page\n\n\ndef g(site):\n    {line}\n\n\ndef setup(registry):\n    registry.generator('g', g)\n"
        }
    )
    site.post("2020-01-01-a", "good").build(keep_going=True)
    assert [(it.path, it.code, it.message) for it in site.done.diagnostics] == [(PLUGIN, "plugin", message)]
    site.has(PAGE, "good")


def test_a_generator_that_does_not_end(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mathblog.engine.stages.plugin_code._SECONDS", 4.0)
    site.write({PLUGIN: "def g(site):\n    while True:\n        pass\n\n\ndef setup(r):\n    r.generator('g', g)\n"})
    site.post("2020-01-01-a", "good").build(keep_going=True).has(PAGE, "good")
    assert [it.message for it in site.done.diagnostics] == ["the generator `g` takes more than 4 seconds"]


def test_checks_give_places_in_the_authors_text(site: Site) -> None:
    plugin = """
        from mathblog.api import Problem


        def weasel(text):
            at = text.text.find("clearly", text.body_start)
            if at >= 0:
                yield Problem(at, at + 7, "`clearly` says nothing", "leave it out")


        def setup(registry):
            registry.check("weasel", weasel)
        """
    site.write({PLUGIN: plugin}).post("2020-01-01-a", "This {{ 'is' }} clearly so", "title: clearly").build()
    site.warns(
        """
        _posts/2020-01-01-a.md:4:17: warning: `clearly` says nothing [plugin]
            4 | This {{ 'is' }} clearly so
              |                 ^^^^^^^
              = leave it out
        """
    )


CHECKS = {
    "exception": (
        "return text.missing",
        "the check `c` failed: AttributeError: 'Text' object has no attribute 'missing' (_plugins/own.py:5)",
    ),
    "no problem": ("return ['x']", "the check `c` gave `str`, not a `Problem`"),
    "outside": ("return [Problem(0, 10**9, 'x')]", "the check `c` gave a problem from 0 to 1000000000, of a text of"),
    "no numbers": ("return [Problem('a', 2, 'x')]", "the check `c` gave a problem from 'a' to 2"),
}


@pytest.mark.parametrize(("line", "message"), CHECKS.values(), ids=CHECKS)
def test_a_fault_of_a_check_is_one_error_of_the_text(site: Site, line: str, message: str) -> None:
    site.write(
        {
            PLUGIN: f"from mathblog.api import Problem\n\n\ndef c(text):\n    {line}\n\n\ndef setup(registry):\n    registry.check('c', c)\n"
        }
    )
    site.post("2020-01-01-a", "good").build(keep_going=True)
    (problem,) = site.done.diagnostics
    assert (problem.path, problem.code) == ("_posts/2020-01-01-a.md", "plugin")
    assert problem.message.startswith(message)
    site.has(PAGE, "good")


def test_a_page_of_a_plugin_follows_what_its_text_asks(site: Site) -> None:
    plugin = """
        import datetime

        from mathblog.api import Page


        def setup(registry):
            data = {"day": datetime.date(2020, 1, 2), "list": [{"a": 1.5}, None]}
            text = "{{ page.day }} {{ page.list | jsonify }}\\n\\n{{ site.posts.first.content }}"
            registry.generator("g", lambda site: [Page("/g/", "G", text, data=data)])
        """
    site.write({PLUGIN: plugin}).post("2020-01-01-a", "first $a$").post("2020-01-02-b", "x").build().is_good()
    site.has("g/index.html", "2020-01-02 [{“a”:1.5},null]", "<p>x</p>")
    with Builder(BuildRequest(site.source, overrides={"destination": str(site.output)})) as builder:
        builder.build()
        for text in ("edited", "edited $y$", "again"):
            site.post("2020-01-02-b", text)
            builder.build()
            site.has("g/index.html", text.partition(" ")[0])
    site.build().is_good().equals_a_clean_build()


def install(folder: Path, name: str, code: str, version: str = "1.0") -> None:
    """A package with one module and an entry point, as installers leave it."""
    about = folder / f"{name}-{version}.dist-info"
    about.mkdir(parents=True, exist_ok=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (about / "entry_points.txt").write_text(f"[mathblog.plugins]\nblog-{name} = {name}:setup\n")
    (folder / f"{name}.py").write_text(code)


def test_an_installed_plugin_runs_where_the_configuration_names_it(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MATHBLOG_PLUGINS")
    install(
        tmp_path / "packages",
        "hello_one",
        "def t(call):\n    return 'HELLO' + 1 * call.text\n\n\ndef setup(r):\n    r.tag('t', t)\n",
    )
    monkeypatch.syspath_prepend(tmp_path / "packages")
    site.post("2020-01-01-a", "{% t %}").build()
    assert "unknown tag `t`" in site.report
    site.config("plugins: [blog-hello_one]\n").build().is_good().has(PAGE, "HELLO").equals_a_clean_build()
    site.config("plugins: [blog-hello_two]\n").build()
    assert "the plugin `blog-hello_two` is not known" in site.report
    site.config("plugins: [blog-hello_one]\n").build(safe=True)
    assert "unknown tag `t`" in site.report


def test_faults_of_an_installed_plugin(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    install(
        folder,
        "broken_one",
        "def setup(r):\n    r.filter('f', lambda v: v.x)\n    r.generator('g', lambda site: 1 / 0)\n",
    )
    install(folder, "broken_two", "import nothing_at_all\n")
    install(folder, "broken_three", "x = 1\n")
    monkeypatch.syspath_prepend(folder)
    site.config("plugins: [blog-broken_one, blog-broken_two, blog-broken_three]\n").post(
        "2020-01-01-a", "{{ 'a' | f }}"
    )
    site.build(keep_going=True)
    assert sorted((it.path, it.message.replace(str(folder), "")) for it in site.done.diagnostics) == [
        ("_config.yml", "the generator `g` failed: ZeroDivisionError: division by zero (/broken_one.py:3)"),
        (
            "_config.yml",
            "the plugin `broken_three:setup` cannot be loaded: AttributeError: module 'broken_three' has no attribute 'setup' (/broken_three.py)",
        ),
        (
            "_config.yml",
            "the plugin `broken_two:setup` cannot be loaded: ModuleNotFoundError: No module named 'nothing_at_all' (_config.yml)",
        ),
        (
            "_posts/2020-01-01-a.md",
            "the filter `f` failed: AttributeError: 'str' object has no attribute 'x' (/broken_one.py:2)",
        ),
    ]


def test_another_version_of_an_installed_plugin_is_seen(site: Site, tmp_path: Path) -> None:
    code = "def setup(r):\n    r.tag('t', lambda call: 'ONE')\n"
    install(tmp_path / "packages", "versioned", code)
    site.config("plugins: [blog-versioned]\n").post("2020-01-01-a", "{% t %}")
    path = f"{REPOSITORY / 'src'}{os.pathsep}{tmp_path / 'packages'}"
    for word in ("ONE", "TWO"):
        (tmp_path / "packages" / "versioned.py").write_text(code.replace("ONE", word))
        done = subprocess.run(
            [sys.executable, "-B", "-m", "mathblog", "build", *site.flags],
            env=program_environment() | {"PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        site.has(PAGE, word)


def test_the_markdown_of_a_body(site: Site) -> None:
    plugin = """
        def setup(registry):
            registry.tag("box", lambda call: f'<div class="box">{call.markdown(call.body)}</div>', block=True)
        """
    site.write({PLUGIN: plugin}).post(
        "2020-01-01-a", "{% box %}\n**b** and $x^2$\n\n- one\n{% endbox %}\n"
    ).build().is_good()
    site.has(PAGE, '<div class="box">', "<p><strong>b</strong> and <span", 'class="katex"', "<li>one</li>")


def test_a_plugin_that_is_not_allowed_is_named_beside_one_that_runs(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MATHBLOG_PLUGINS")
    install(tmp_path / "packages", "beside", "def setup(r):\n    r.tag('t', lambda call: 'RUNS')\n")
    monkeypatch.syspath_prepend(tmp_path / "packages")
    site.config("plugins: [blog-beside]\n").post("2020-01-01-a", "{% t %}")
    with Builder(BuildRequest(site.source, overrides={"destination": str(site.output)})) as builder:
        assert builder.build().diagnostics == ()
        site.write({PLUGIN: SHOUT})
        assert [it.path for it in builder.build().diagnostics] == [PLUGIN]
        site.has(PAGE, "RUNS").remove(PLUGIN)
        assert builder.build().diagnostics == ()


def test_faults_of_fences_in_texts_that_liquid_asks_for(site: Site) -> None:
    plugin = """
        def setup(registry):
            registry.fence("f", lambda code: 5)
            registry.tag("box", lambda call: call.markdown(call.body), block=True)
        """
    fence = "```f\nx\n```"
    site.write({PLUGIN: plugin})
    site.post("2020-01-01-a", "{{ page.code | markdownify }}", 'code: "```f\\nx\\n```"')
    site.post("2020-01-02-a", f"{{% details d %}}\n{fence}\n{{% enddetails %}}")
    site.post("2020-01-03-a", f"{{% box %}}\n{fence}\n{{% endbox %}}").build()
    assert [(it.path, it.code, it.message) for it in site.done.diagnostics] == [
        ("_posts/2020-01-01-a.md", "plugin", "the fence `f` gave `int`, not a text"),
        ("_posts/2020-01-02-a.md", "plugin", "the fence `f` gave `int`, not a text"),
        (
            "_posts/2020-01-03-a.md",
            "plugin",
            "the tag `box` failed: LiquidError: the fence `f` gave `int`, not a text (_plugins/own.py:3)",
        ),
    ]


RULES = r"""
    from mathblog.api import Container, Match


    def aside(it: Container) -> tuple[str, str]:
        return f'<aside class="{it.info}">', "</aside>"


    def wiki(found: Match) -> str:
        return f'<a href="/{found.groups[0]}">{found.named.get("words") or found.groups[0]}</a>'


    def setup(registry):
        registry.container("aside", aside)
        registry.container("theorem", lambda it: ("<b>", "</b>"))
        registry.rule("wiki", r"\[\[([^\]|]+)(?:\|(?P<words>[^\]]+))?\]\]", wiki)
        registry.rule("mark", r"==(.+?)==", lambda found: ("<mark>", "</mark>"))
        registry.rule("film", r"!film (\S+)", lambda found: f"<video src='{found.groups[0]}'></video>", line=True)
    """


def test_rules_and_containers_of_markdown(site: Site) -> None:
    site.write({PLUGIN: RULES})
    text = (
        "See [[a/b]] and [[c|these *words*]], ==so $x^2$ *and*==, `==no==` [[ $=$.\n!film a.mp4\n\n"
        "::: aside wide\n- item\n\n$$y$$\n\n:::: {.aside #in}\ninner {#p}\n::::\n:::\n\n> ::: aside\n> in a quote\n> :::\n\n"
        "::: theorem Euler\nTaken over.\n:::\n\n::: other\nstays\n:::\n"
    )
    site.post("2020-01-01-a", text).build().is_good()
    body = site.body(PAGE)
    assert '<a href="/a/b">a/b</a> and <a href="/c">these *words*</a>, <mark>so <span' in body
    assert "<em>and</em></mark>, <code" in body
    assert "==no==</code>" in body
    assert "<video src='a.mp4'></video>" in body
    assert re.search(r'<aside class="wide">\s*<ul>\s*<li>item', body)
    assert re.search(r'<aside class="#in">\s*<p>inner', body)
    assert re.search(r'<blockquote>\s*<aside class="">\s*<p>in a quote</p>\s*</aside>\s*</blockquote>', body)
    assert re.search(r"<b>\s*<p>Taken over.</p>\s*</b>", body)
    assert "<p>::: other" in body
    assert body.count("<aside") == body.count("</aside>") == 3
    assert body.count('class="katex"') == 3
    site.write({PLUGIN: RULES.replace("<mark>", "<ins>").replace("</mark>", "</ins>")}).build().is_good()
    site.has(PAGE, "<ins>so").equals_a_clean_build()
    site.config("markdown: CommonMark\n").post("2020-01-01-a", "==a==\n\n::: aside w\nb\n:::\n").build().is_good()
    assert re.search(r'<ins>a</ins></p>\s*<aside class="w"><p>b</p>\s*</aside>', site.body(PAGE))


def test_faults_of_rules_and_containers(site: Site) -> None:
    plugin = """
        def setup(registry):
            registry.container("one", lambda it: it.missing)
            registry.container("two", lambda it: "text")
            registry.rule("at", "@([a-z]+)", lambda found: 1 / 0)
            registry.rule("bang", "!x", lambda found: None, line=True)
        """
    site.write({PLUGIN: plugin})
    site.post("2020-01-01-a", "::: one\nkept\n:::\n\n> ::: two\n> kept\n> :::\n\n*a @name*\n\n!x\n").build(
        keep_going=True
    )
    assert [(it.line, it.column, it.message) for it in site.done.diagnostics] == [
        (3, 1, "the container `one` failed: AttributeError: 'Container' object has no attribute 'missing' (_plugins/own.py:2)"),
        (7, 1, "the container `two` gave `str`, not a pair of texts, before and after what it holds"),
        (11, 4, "the rule `at` failed: ZeroDivisionError: division by zero (_plugins/own.py:4)"),
        (13, 1, "the rule `bang` gave `NoneType`, not a text"),
    ]  # fmt: skip
    site.post("2020-01-01-a", "::: one\nnever closed").build()
    assert "_posts/2020-01-01-a.md:3:1: warning: `:::` opens `one`, which is never closed [statement]" in site.report
    for pattern, reason in (
        ("x+", "must begin with a sign of punctuation"),
        (r"\\a", r"may begin with `$` or `\`, which begin formulas"),
        ("a(", "not a regular expression: missing )"),
    ):
        site.write({PLUGIN: f"def setup(r):\n    r.rule('n', {pattern!r}, print)\n"}).build()
        (problem,) = site.done.diagnostics
        assert (problem.path, problem.code) == (PLUGIN, "plugin")
        assert problem.message.startswith("the plugin cannot be loaded: ")
        assert reason in problem.message


def test_what_a_plugin_reads_by_its_call_is_recorded(site: Site) -> None:
    plugin = """
        from mathblog.api import Page


        def setup(registry):
            registry.tag("first", lambda call: call.read(call.text).splitlines()[0])
            registry.generator("table", lambda site: [Page("/table.html", "T", site.read("data/points.csv"))])
        """
    site.write({PLUGIN: plugin, "data/points.csv": "1,2\n3,4\n"})
    site.post("2020-01-01-a", "x {% first data/points.csv %}").build().is_good()
    site.has(PAGE, "x 1,2").has("table.html", "3,4")
    site.write({"data/points.csv": "5,6\n"}).build().is_good().has(PAGE, "x 5,6").has("table.html", "5,6")
    site.equals_a_clean_build().remove("data/points.csv").build(keep_going=True)
    failed = "failed: FileNotFoundError: the site has no text `data/points.csv` (_plugins/own.py:5)"
    assert [it.message for it in site.done.diagnostics if it.path != PLUGIN] == [f"the tag `first` {failed}"]
    outside = "the tag `first` failed: FileNotFoundError: the site has no text `../secret`"
    site.write({"../secret": "s"}).post("2020-01-01-a", "x {% first ../secret %}").build()
    assert outside in site.report


def test_a_name_that_two_plugins_take_is_one_warning(site: Site) -> None:
    one = "def setup(r):\n    r.tag('t', lambda call: 'one')\n    r.filter('t', lambda value: 'f')\n"
    site.write({PLUGIN: one, "_plugins/z.py": one.replace("one", "two")}).post("2020-01-01-a", "{% t %}").build()
    assert [(it.path, it.message) for it in site.done.diagnostics] == [
        ("_plugins/z.py", "the filter `t` was registered by `_plugins/own.py`, too: this one is used"),
        ("_plugins/z.py", "the tag `t` was registered by `_plugins/own.py`, too: this one is used"),
    ]
    assert site.code == 0
    site.has(PAGE, "two").remove("_plugins/z.py")
    site.write({PLUGIN: "def setup(r):\n    r.fence('t', print)\n    r.fence('t', print)\n"}).build()
    assert f"{PLUGIN}: warning: the fence `t` was registered before: this one is used [plugin]" in site.report


def test_tags_of_a_plugin_that_cannot_be_loaded_are_warnings_beside_its_error(site: Site) -> None:
    site.write({PLUGIN: "import nothing_at_all\n"}).post("2020-01-01-a", "a {% box %}b{% endbox %}").build()
    assert [(it.path, it.severity.name, it.column) for it in site.done.diagnostics] == [
        ("_plugins/own.py", "ERROR", 0),
        ("_posts/2020-01-01-a.md", "WARNING", 6),
    ]
    assert "unknown tag `box`: if a plugin of the site's brings it, what it writes is missing here" in site.report


def test_what_a_plugin_prints_stays_out_of_the_output(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    plugin = """
        print("loaded")


        def setup(registry):
            print("set up")
            registry.tag("t", lambda call: print("called") or "x")
        """
    site.write({PLUGIN: plugin}).post("2020-01-01-a", "{% t %}").build().is_good()
    out, err = capfd.readouterr()
    assert (out, err.split()) == ("", ["loaded", "set", "up", "called"])
