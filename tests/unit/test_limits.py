"""A page's limits grow with the site, and seldom change."""

import pytest

from mathblog.model.limits import LEAST, Limits, limits_for
from mathblog.model.options import LiquidOptions
from support.liquid_site import render

_LARGE = LiquidOptions(limits=Limits(steps=10_000_000, characters=50_000_000, items=4_000_000))
_LONG = "{% assign s = 'ab cd <x' %}{% for i in (1..21) %}{% assign s = s | append: s %}{% endfor %}"  # 16,777,216
_LIST = _LONG.replace("21", "19")  # 1,048,577 parts between blanks


@pytest.mark.parametrize("size", [0, 1, 1000, 250_000])
def test_a_small_site_has_the_least_limits(size: int):
    assert limits_for(size) == LEAST


def test_limits_grow_with_the_bytes_of_a_site():
    small, large = limits_for(1 << 20), limits_for(1 << 22)
    assert small == Limits(4 << 20, 60 << 20, 1_000_000, 60)
    assert large == Limits(16 << 20, 240 << 20, 2 << 20, 60)
    assert limits_for(1 << 27).seconds == (1 << 27) // 100_000


def test_limits_change_only_where_the_site_doubles():
    assert len({limits_for(size) for size in range((1 << 20) + 1, (2 << 20) + 1, 4095)}) == 1
    assert limits_for((2 << 20) + 1).steps == 2 * limits_for(2 << 20).steps


def test_what_must_fit_into_memory_has_an_end():
    huge = limits_for(1 << 33)
    assert (huge.characters, huge.items) == (500_000_000, 4 << 20)
    assert huge.steps == 4 << 33


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{% for i in (1..1500) %}{% for j in (1..1500) %}{% endfor %}{% endfor %}x", "x"),
        (_LONG + "{{ s | append: s | size }}", "33554432"),
        (_LONG + "{{ s | prepend: s | size }}", "33554432"),
        (_LONG + "{{ s | replace: 'ab', 'abcdef' | size }}", "25165824"),
        (_LONG + "{% capture t %}{{ s }}{{ s }}{% endcapture %}{{ t | remove_last: 'ab' | size }}", "33554430"),
        (_LIST + "{{ s | split: ' ' | join: '----' | size }}", "7340032"),
        (_LONG + """{{ s | replace: 'x', '"' | replace: 'cd', '""' | jsonify | size }}""", "23068674"),
        (_LIST + "{% assign a = s | split: ' ' %}{{ a | concat: a | size }}", "2097154"),
        (_LIST + "{% assign a = s | split: ' ' %}{% capture t %}{{ a }}{% endcapture %}{{ t | size }}", "3145728"),
    ],
)
def test_every_limit_is_the_sites(template: str, shown: str):
    """The sums were done by hand from the eight letters of `s`; by the least limits the same templates end."""
    assert render(template).failed
    found = render(template, options=_LARGE)
    assert (found.text.strip(), found.diagnostics) == (shown, ())


def test_what_remains_of_a_long_text_is_no_longer_than_it():
    template = _LONG + "{{ s | remove_last: 'ab' | size }}"
    assert render(template).text.strip() == "16777214"


def test_a_run_keeps_the_steps_of_its_options():
    found = render("{% for i in (1..300) %}x{% endfor %}", options=LiquidOptions(limits=Limits(steps=1_000_000)))
    assert not found.failed
    stopped = render("{% for i in (1..2000000) %}x{% endfor %}", options=LiquidOptions(limits=Limits(steps=1_000_000)))
    assert stopped.diagnostics[0].message == "the page takes more than 1 million steps"
