"""Includes that are compiled in their places show what Jinja's own includes show; those of which that is not sure stay includes."""

import pytest
from jinja2 import DictLoader, Environment, pass_context
from jinja2.runtime import Context

from mathblog.core.source import SourceText
from mathblog.theme.builtins import FILTERS
from mathblog.theme.load import make_environment
from mathblog.theme.sandbox.environment import ThemeEnvironment
from mathblog.theme.sandbox.inlining import asks_context

IN = "{% include 'b' %}"
VARIABLES = {"x": "context", "items": [1, 2], "lang": "en", "labels": {}}


def environment_of(**templates: str) -> ThemeEnvironment:
    return make_environment({name: SourceText(name, text) for name, text in templates.items()}, FILTERS)


def includes_left(environment: ThemeEnvironment, text: str) -> int:
    return str(environment.compile(text, "a", "a", raw=True)).count("new_context(")


@pytest.mark.parametrize(
    ("a", "b", "c", "left"),
    [
        (IN, "<{{ x }}>", "", 0),
        ("{% set x = 'a' %}" + IN, "{{ x }}", "", 0),
        (IN + "{% set x = 'a' %}" + IN, "{{ x }}", "", 0),
        ("{% if items %}{% set x = 'a' %}{% endif %}" + IN, "{{ x }}", "", 0),
        ("{% if nothing %}{% set x = 'a' %}{% endif %}" + IN, "{{ x }}", "", 0),
        ("{% set x %}" + IN + "{% endset %}{{ x }}", "{{ x }}{% set x = 'b' %}{{ x }}", "", 0),
        (IN + "{{ x }}", "{% set x = 'b' %}{% set y = 'b' %}{{ x }}", "", 0),
        (IN, "{% include 'c' %}{% set x = 'b' %}{% include 'c' %}", "{{ x }}", 0),
        ("{% set x = 'a' %}" + IN, "{% include 'c' %}{% set x = 'b' %}{% include 'c' %}", "{{ x }}", 0),
        (IN + "{% set x = 'a' %}", "{% if nothing %}{% set x = 'b' %}{% endif %}{{ x }}", "", 0),
        ("{% for x in items %}" + IN + "{% endfor %}{{ x }}", "{{ x }}{% set x = 'b' %}{{ x }}", "", 0),
        ("{% for i in items %}" + IN + "{% endfor %}", "{% for i in items %}{{ loop.index }}{% endfor %}{{ i }}", "", 0),
        ("{% for i in items %}" + IN + "{% set x = i %}" + IN + "{% endfor %}", "{{ x }}", "", 0),
        ("{% macro m(x) %}" + IN + "{% endmacro %}{{ m('m') }}{{ m() }}", "{{ x }}", "", 0),
        ("{% with x = 'w' %}" + IN + "{% endwith %}{{ x }}", "{{ x }}", "", 0),
        ("{% filter upper %}" + IN + "{% endfilter %}", "b", "", 0),
        ("{% import 'c' as c with context %}{{ c.m() }}" + IN, "{{ c.m() }}", "{% macro m() %}{{ x }}{% endmacro %}", 0),
        (IN, "{% from 'c' import m %}{{ m() }}", "{% macro m() %}m{% endmacro %}", 0),
        ("{% block body %}{% set x = 'a' %}" + IN + "{% endblock %}{{ x }}", "{{ x }}", "", 0),
        ("{% extends 'c' %}{% block body %}" + IN + "{% endblock %}", "{{ x }}", "{% set x = 'c' %}{% block body %}{% endblock %}", 0),
        (IN, "{{ nothing }}|{{ nothing is defined }}", "", 0),
        # what stays
        ("{% extends 'c' %}" + IN, "b", "c", 1),
        ("{% for i in items %}" + IN + "{% endfor %}", "{{ loop }}", "", 1),
        (IN, "{% extends 'c' %}{% block body %}b{% endblock %}", "{% block body %}{% endblock %}", 1),
        (IN, "{% block body %}b{% endblock %}{{ self.body() }}", "", 1),
        (IN, "{% macro m() %}m{% endmacro %}{{ m() }}", "", 1),
        ("{% macro m() %}" + IN + "{% endmacro %}{{ m() }}", "{{ varargs }}", "", 1),
        ("{% autoescape false %}" + IN + "{% endautoescape %}", "{{ '<' }}", "", 1),
        (IN, "{% autoescape false %}{{ '<' }}{% endautoescape %}", "", 1),
        (IN, "{% set labels = {'date': '%Y'} %}{{ labels.date }}", "", 1),
        (IN, "{% from 'c' import m as site %}{{ site() }}", "{% macro m() %}m{% endmacro %}", 1),
        ("{% for theme in items %}" + IN + "{% endfor %}", "{{ theme }}", "", 1),
        ("{% include ['d', 'b'] %}{% include 'd' ignore missing %}{% include 'b' without context %}", "b{{ x }}", "", 2),
        ("{% include x ~ '' ignore missing %}", "", "", 1),
        ("{% if nothing %}" + IN + "{% endif %}", "{% broken", "", 1),
        ("{% if nothing %}" + IN + "{% endif %}", "{{ x | nofilter }}", "", 1),
        ("{% if nothing %}" + IN + "{% endif %}", "b{% include 'b' %}", "", 1),
    ],
)  # fmt: skip
def test_an_include_shows_what_it_shows_in_jinja(a: str, b: str, c: str, left: int) -> None:
    templates = {"a": a, "b": b, "c": c}
    ours = environment_of(**templates)
    jinja = Environment(loader=DictLoader(templates), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    expected = jinja.get_template("a").render(VARIABLES)
    assert ours.get_template("a").render(VARIABLES) == expected
    assert ours.as_written.get_template("a").render(VARIABLES) == expected
    assert includes_left(ours, a) == left


@pytest.mark.parametrize(
    ("a", "expected"),
    [
        ("{% filter upper %}" + IN + "{% endfilter %}", "C"),
        ("{% set y %}" + IN + "{% endset %}[{{ y }}]", "[c]"),
        ("{% macro m() %}" + IN + "{% endmacro %}[{{ m() }}]", "[c]"),
        ("{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}" + IN + "{% endcall %}", "[c]"),
        ("{% filter upper %}{% include ['d', 'c'] without context %}{% endfilter %}", "C"),
        ("{% filter upper %}a{% include 'd' ignore missing without context %}{% endfilter %}", "A"),
    ],
)
def test_an_include_without_context_shows_where_it_stands(a: str, expected: str) -> None:
    ours = environment_of(a=a, b="{% include 'c' without context %}", c="c{{ x }}")
    assert ours.get_template("a").render(VARIABLES) == expected
    assert ours.as_written.get_template("a").render(VARIABLES) == expected


@pytest.mark.parametrize(
    ("begin", "end"), [("{% for i in items[:1] %}" * 8, "{% endfor %}" * 8), ("{% if x %}" * 40, "{% endif %}" * 40)]
)
def test_what_nests_too_deep_in_one_piece_is_compiled_in_several(begin: str, end: str) -> None:
    ours = environment_of(
        a=begin + IN + end, b=begin + "{% include 'c' %}" + end, c=begin + "{% include 'd' %}" + end, d=begin + "{{ x }}" + end
    )  # fmt: skip
    assert ours.get_template("a").render(VARIABLES) == "context"


def test_a_template_that_cannot_be_put_in_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    ours = environment_of(a=IN * 50 + "{% include 'c' %}" * 50, b="{% macro m() %}m{% endmacro %}", c="{% broken")
    parse = ours._parse
    monkeypatch.setattr(ours, "_parse", lambda text, name, file: (read.append(name), parse(text, name, file))[1])
    ours.compile(IN * 50 + "{% include 'c' %}" * 50, "a", "a", raw=True)
    assert sorted(read) == ["a", "b", "c"]


def test_includes_that_multiply_stay() -> None:
    ours = environment_of(a=IN, b="x" * 60_000 + "{% include 'c' %}" * 50, c="y" * 50_000)
    assert includes_left(ours, IN) == 48  # 200,000 characters are put in at most
    assert len(ours.get_template("a").render()) == 60_000 + 50 * 50_000


def test_a_filter_of_a_plugin_may_ask_for_any_variable() -> None:
    @pass_context
    def asks(context: Context, value: object) -> object:
        return context[str(value)]

    assert asks_context(asks)
    assert not asks_context(len)
