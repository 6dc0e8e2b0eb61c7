"""No template can hang a build or eat the machine: each kind of bomb stops, and says where it is."""

import subprocess
import sys
import time

import pytest

from mathblog.core.source import SourceText
from mathblog.liquid.expressions.compare import equals
from support.liquid_site import render

STEPS = "the page takes more than 2 million steps"
TEXT = "a text of more than 20 million characters"
PAGE = "the page has more than 20 million characters"
LIST = "a list of more than 1,000,000 items"
BLOCKS = "more than 100 blocks within each other"
GROW = "{% assign a = 'a,b' | split: ',' %}{% for i in (1..60) %}{% assign a = a | push: a %}{% endfor %}"
LONG = "{% assign s = 'ab cd <x' %}{% for i in (1..21) %}{% assign s = s | append: s %}{% endfor %}"
TWO = GROW + GROW.replace("a ", "b ")
GROUPS = (  # mappings that hold lists of mappings: two of each, sixty times over
    "{% assign a = '1,2' | split: ',' %}{% for i in (1..60) %}{% assign a = a | concat: a | group_by: 'q' %}{% endfor %}"
)
TWO_GROUPS = GROUPS + GROUPS.replace("a ", "b ").replace(": a", ": b")

BOMBS = {
    "a long range": ("{% for i in (1..10000000) %}x{% endfor %}", STEPS),
    "loops in loops": ("{% for i in (1..900) %}" * 3 + "x" + "{% endfor %}" * 3, STEPS),
    "ninety loops": ("{% for i in (1..10) %}" * 90 + "x" + "{% endfor %}" * 90, STEPS),
    "conditions in loops": (
        "{% for i in (1..9000) %}{% for j in (1..9000) %}{% if i > 3 %}{{ i | times: j }}{% endif %}{% endfor %}{% endfor %}",
        STEPS,
    ),
    "cells": ("{% tablerow i in (1..3000) %}{% tablerow j in (1..3000) %}{% endtablerow %}{% endtablerow %}", STEPS),
    "cycles": ("{% for i in (1..5000000) %}{% cycle 'a', 'b' %}{% endfor %}", STEPS),
    "expressions on items": (
        GROW.replace("push", "concat").replace("60", "17")
        + "{% for i in (1..99) %}{{ a | where_exp: 'x', 'x == 1 or x == 2' | size }}{% endfor %}",
        STEPS,
    ),
    "work on long texts": (
        LONG
        + "{% for i in (1..99) %}{{ s | upcase | strip_html | url_encode | slugify | smartify | size }}{% endfor %}",
        STEPS,
    ),
    "copies of long texts": (LONG + "{% for i in (1..9999) %}{{ s | append: 'x' | size }}{% endfor %}", STEPS),
    "markdownify": ("{% for i in (1..999999) %}{{ 'x' | markdownify }}{% endfor %}", STEPS),
    "includes in a loop": ("{% for i in (1..999999) %}{% include note.html text='x' %}{% endfor %}", STEPS),
    "doubling by capture": (
        "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..60) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}",
        PAGE,
    ),
    "doubling by append": (
        "{% assign s = '가' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}",
        TEXT,
    ),
    "doubling by replace": (
        "{% assign s = 'aaaaaaaaaa' %}{% for i in (1..60) %}{% assign s = s | replace: 'a', s %}{% endfor %}",
        TEXT,
    ),
    "doubling by concat": (GROW.replace("push", "concat"), LIST),
    "growing letters": (LONG + "{{ s | split: '' | size }}", LIST),
    "a listed range": ("{{ (1..99999999999) | join }}", LIST),
    "a list of itself, printed": (GROW + "{{ a }}", LIST),
    "a list of itself as JSON": (GROW + "{{ a | jsonify }}", LIST),
    "a list of itself, inspected": (GROW + "{{ a | inspect }}", LIST),
    "a list of itself, joined": (GROW + "{{ a | join }}", LIST),
    "lists of themselves, compared": (TWO + "{% if a == b %}x{% endif %}", LIST),
    "mappings of themselves, compared": (TWO_GROUPS + "{% if a == b %}x{% endif %}", LIST),
    "mappings of themselves, searched": (TWO_GROUPS + "{% if a contains b[0] %}x{% endif %}", LIST),
    "mappings of themselves, as cases": (TWO_GROUPS + "{% case a[0] %}{% when b[0] %}x{% endcase %}", LIST),
    "mappings of themselves, chosen": (TWO_GROUPS + "{{ a | where_exp: 'i', 'i == b[0]' | size }}", LIST),
    "mappings of themselves, in order": (TWO_GROUPS + "{{ a | concat: b | sort: 'items' | size }}", LIST),
    "long output": (LONG + "{{ s }}{{ s }}", PAGE),
    "many variables": (
        "".join(f"{{% capture v{i} %}}{{{{ s }}}}{{% endcapture %}}" for i in range(9)).join([LONG, ""]),
        "the page's variables hold more than 40 million characters",
    ),
    "digits": (
        "{% assign n = 99 %}{% for i in (1..100) %}{% assign n = n | times: n %}{% endfor %}",
        "the number has more than 3,000 digits",
    ),
    "nested ifs": ("{% if true %}" * 10_000 + "{% endif %}" * 10_000, BLOCKS),
    "nested captures": ("{% capture a %}" * 3000 + "{% endcapture %}" * 3000, BLOCKS),
    "a tree of includes": ("{% include twice.html %}", "includes go on without end: twice.html → twice.html"),
}
# texts that a careless pattern reads in quadratic time, without anything to say about most of them
LENGTHS = {
    "braces": "{{" * 20_000,
    "raw": "{% raw %}" * 20_000,
    "code": "`{% if" * 20_000,
    "maths": "$$ {{ a " * 20_000,
    "a long path": "{{ a" + ".b" * 50_000 + " }}",
    "ends of other blocks": "{% if x %}" * 20_000 + "{% endfor %}" * 20_000,
    "parts of other blocks": "{% if x %}" * 20_000 + "{% when 1 %}" * 20_000,
    "brackets": "{{ a" + "[b" * 20_000 + "]" * 20_000 + " }}",
    "a long condition": "{% if a" + " or b" * 50_000 + " %}x{% endif %}",
    "junk in an output": "{{ " + "a, | b: " * 10_000 + " }}",
    "junk in a condition": "{% if " + "( a ' " * 30_000 + " %}{% endif %}",
    "blanks": "{{ x " + " " * 200_000 + "! }}",
    "quotes": '{% if "' + "'" * 100_000 + " %}{% endif %}",
    "filters": "{{ 'x' " + "| append: '' " * 20_000 + " }}",
    "unclosed outputs": "{{ x " * 20_000,
    "tags of HTML": "{% capture x %}" + "<script" * 50_000 + "{% endcapture %}{{ x | strip_html | smartify | size }}",
    "cases": "{% case 1 %}" + "{% when 1 %}x" * 20_000 + "{% endcase %}",
    "a long format": "{% capture f %}{% for i in (1..9999) %}%999Y{% endfor %}{% endcapture %}{{ 'now' | date: f | size }}",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_stops_and_says_where(bomb: str):
    template, message = BOMBS[bomb]
    twice = SourceText("_includes/twice.html", "{% include twice.html %}{% include twice.html %}")
    began = time.process_time()
    result = render("x\n\n" + template, facts={("include", "twice.html"): twice})
    assert time.process_time() - began < 20
    problem = result.diagnostics[0]
    assert message in problem.message
    assert problem.line == (1 if "twice" in template else 3)
    assert "2018-10-06-vae.md" in f"{problem.path} {problem.message}"
    assert result.failed or "digits" in message


@pytest.mark.parametrize("text", LENGTHS)
def test_a_long_text_is_read_in_linear_time(text: str):
    began = time.process_time()
    render(LENGTHS[text])
    assert time.process_time() - began < 20


def test_many_problems_on_a_long_line_do_not_keep_many_copies_of_it():
    result = render("{% if a %}" * 10_000)
    assert len(result.diagnostics) >= 10_000
    assert sum(len(problem.excerpt) for problem in result.diagnostics) < 1000 * len(result.diagnostics) + 1


def test_an_archive_of_a_thousand_posts_by_two_hundred_tags_is_no_bomb():
    posts = tuple({"title": f"p{i}", "tags": (f"t{i % 200}", "x")} for i in range(1000))
    tags = tuple(f"t{i}" for i in range(200))
    template = (
        "{% for t in site.all %}<h2>{{ t }}</h2>{% for p in site.list %}{% if p.tags contains t %}<li>{{ p.title }}</li>"
        "{% endif %}{% endfor %}{% endfor %}"
    )
    result = render(template, facts={("config", "all"): tags, ("config", "list"): posts}, path="x.html")
    assert result.text.count("<li>") == 1000
    assert not result.diagnostics


def test_a_long_post_that_a_theme_puts_together_again_is_no_bomb():
    """As Chirpy's includes do: split at a tag, changed, and appended piece by piece."""
    template = (
        "{% assign parts = site.text | split: '<code>' %}{% assign whole = '' %}"
        "{% for part in parts %}{% assign whole = whole | append: part | append: '<code class=x>' %}{% endfor %}{{ whole }}"
    )
    text = "<code>x</code> and some more words of a long post, with formulas as HTML; " * 2_000
    result = render(template, facts={("config", "text"): text}, path="x.html")
    assert result.text.count("<code class=x>") == 2_001
    assert not result.diagnostics


@pytest.mark.slow
@pytest.mark.parametrize(
    "bomb", ["loops in loops", "growing letters", "work on long texts", "many variables", "nested ifs"]
)
def test_a_bomb_takes_less_than_half_a_gigabyte(bomb: str):
    # in blocks that Python asked for: the peak of a process begins with that of the one that started it
    program = (
        "import sys, tracemalloc; sys.path[:0] = %r; from support.liquid_site import render;"
        "tracemalloc.start(); render(sys.stdin.read()); print(tracemalloc.get_traced_memory()[1])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program % sys.path], input=BOMBS[bomb][0], capture_output=True, text=True, check=True
    )
    assert int(found.stdout) < 500_000_000


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ({"a": [1, {"b": 2}]}, {"a": [1.0, {"b": 2}]}, True),
        ({"a": 1, "b": [2]}, {"b": [2], "a": 1}, True),
        ([(), [None]], [[], [None]], True),
        ({"a": True}, {"a": 1}, False),
        ({"a": 1}, {"b": 1}, False),
        ([[1], [2]], [[1], [2], [3]], False),
        ([None], [False], False),
        ({"a": [1]}, [1], False),
        ([1], None, False),
    ],
)
def test_lists_and_mappings_are_equal_as_in_ruby(one: object, other: object, *, equal: bool):
    assert equals(one, other) is equal
    assert equals(other, one) is equal
