"""Templates that try to leave their sandbox, or to make a page without end: one message each, and nothing of what they want."""

import pytest

from mathblog.core.diagnostic import Severity
from mathblog.core.source import SourceText
from mathblog.model.options import ThemeOptions
from mathblog.model.output import LaidOut, PageSpec
from mathblog.pipeline.extensions import BUILTINS
from mathblog.theme.load import ThemeSources, load_theme
from mathblog.theme.sandbox import budget
from support.blog import Blog
from support.theme_pages import lay_out

PATH = "_posts/2018-10-06-글.md"


def lay_out_with(post: str, **includes: str) -> LaidOut:
    source = Blog().post("2018-10-06", "글", "<p>body</p>", tags=["확률"], subtitle="부제")
    meta = source.metas[0]
    texts = {"layouts/post.html": post, **{f"includes/{name}.html": text for name, text in includes.items()}}
    templates = {name: SourceText(f"_theme/{name}", text) for name, text in texts.items()}
    theme = load_theme(ThemeSources(templates), ThemeOptions(), BUILTINS)
    return lay_out(PageSpec(meta.url, meta.output_path, "post", "post", meta.title, PATH), theme, source.view())


def refused(post: str, **includes: str) -> str:
    """The one message about a template, which has a place; the page is its content alone."""
    laid_out = lay_out_with(post, **includes)
    assert laid_out.file.content == b"<p>body</p>"
    (problem,) = laid_out.diagnostics
    assert problem.severity is Severity.ERROR
    assert problem.path.startswith("_theme/")
    assert problem.line
    assert "\n" not in problem.message
    return problem.message


REACHES = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ range.__globals__ }}",
    "{{ range.__wrapped__ }}",
    "{{ dict.__base__ }}",
    "{{ dict.__subclasses__() }}",
    "{{ dict.mro() }}",
    "{{ lipsum.__globals__ }}",
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ ()['__class__'] }}",
    "{{ (1)['real'] }}",
    "{{ (1).real }}",
    "{{ 1.5.as_integer_ratio() }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('__cla' ~ 'ss__') }}",
    "{{ ['']|map(attribute='__class__')|list }}",
    "{{ ['']|map('attr', '__class__')|list }}",
    "{{ [page]|map(attribute='content.__class__')|list }}",
    "{{ ['']|selectattr('__class__')|list }}",
    "{{ ['']|rejectattr('__class__')|list }}",
    "{{ ['']|groupby('__class__')|list }}",
    "{{ ['']|sort(attribute='__class__')|list }}",
    "{{ ['']|unique(attribute='__class__')|list }}",
    "{{ ['']|sum(attribute='__class__') }}",
    "{{ ['']|min(attribute='__class__') }}",
    "{{ ['']|join(',', attribute='__class__') }}",
    "{{ '{0.__class__}'.format(site) }}",
    "{{ '{0.__class__}'|attr('format')(site) }}",
    "{{ '{a.__class__}'.format_map({'a': site}) }}",
    "{{ ('{0.__class__}'|safe).format(site) }}",
    "{{ ['{0.__class__}']|map('attr', 'format')|list }}",
    "{{ ('<b>'|e).__html__ }}",
    "{{ content.escape }}",
    "{{ content.__html__.__self__ }}",
    "{{ 'a'.encode('utf-16') }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__ }}",
    "{{ self['_TemplateReference__context'] }}",
    "{% block a %}{{ super.__self__ }}{% endblock %}",
    "{% block a %}{{ self.a._context }}{% endblock %}",
    "{% for x in [1] %}{{ loop.__class__ }}{% endfor %}",
    "{% for x in [1] %}{{ loop._iterable }}{% endfor %}",
    "{% for x in [1] %}{{ loop._iterator.gi_frame }}{% endfor %}",
    "{% for x in [1] %}{{ loop.cycle.__func__ }}{% endfor %}",
    "{{ ([1]|map('string'))._items.gi_frame }}",
    "{{ ([1]|map('string')).__next__ }}",
    "{{ ''.upper.call }}",
    "{{ ''.upper.owner }}",
    "{{ ([1]|batch(1)).gi_frame.f_globals }}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{% macro m() %}{{ caller._func }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% macro m() %}{{ varargs.__class__ }}{% endmacro %}{{ m(1) }}",
    "{% import 'includes/a.html' as a %}{{ a._body_stream }}",
    "{% import 'includes/a.html' as a %}{{ a.__class__ }}",
    "{% import 'includes/a.html' as a %}{{ a.m.__globals__ }}",
    "{% from 'includes/a.html' import __name__ as n %}{{ n }}",
    "{% set n = namespace() %}{{ n.__class__ }}",
    "{% set n = namespace() %}{{ n._Namespace__attrs }}",
    "{% set c = cycler(1, 2) %}{{ c.items }}",
    "{% set c = cycler(1, 2) %}{{ c.next.__func__ }}",
    "{% set page.title = 'x' %}",
    "{% set site.url = 'x' %}",
    "{{ site._view }}",
    "{{ site['_view'] }}",
    "{{ page._meta }}",
    "{{ page._spec.data }}",
    "{{ page._view.get('data') }}",
    "{{ site.__init__.__globals__ }}",
    "{{ site.__getitem__ }}",
    "{{ site.address.__func__ }}",
    "{{ page.tags[0]._view }}",
    "{{ page.tags.append(1) }}",
    "{{ page.date.__class__ }}",
    "{{ page.date.tzinfo }}",
    "{{ page.date.strftime('%Y') }}",
    "{{ page.date.max }}",
    "{{ metadata.__dataclass_fields__ }}",
    "{{ texts.html }}",
    "{{ texts.__class__ }}",
    "{{ labels.__class__ }}",
    "{{ labels._words }}",
    "{{ theme.__class__ }}",
    "{{ theme['__class__'] }}",
    "{{ {}.update({'a': 1}) }}",
    "{{ {}.fromkeys }}",
    "{{ [].append(1) }}",
    "{{ [].__len__() }}",
    "{{ nothing.__class__ }}",
    "{{ nothing._undefined_hint }}",
    "{{ content() }}",
    "{{ 1() }}",
    "{{ 'abc'|pprint }}",
    "{{ [1, 2]|random }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../etc/passwd' %}",
    "{% include 'includes/../../x' %}",
    "{% include 'file:///etc/passwd' %}",
    "{% import '/etc/passwd' as x %}",
    "{% extends '/etc/passwd' %}",
    "{% include ['/etc/passwd', '../x'] %}",
    "{% include site %}",
    "{{ open('/etc/passwd') }}",
    "{{ __builtins__ }}{{ __builtins__.open }}",
    "{{ environment.globals }}",
    "{{ context.environment }}",
    "{{ url_for.__globals__ }}",
]


@pytest.mark.parametrize("template", REACHES)
def test_a_template_reaches_no_python(template: str) -> None:
    message = refused(template, a="{% macro m() %}{% endmacro %}")
    assert "Traceback" not in message
    assert " at 0x" not in message


SHOWN = [
    "''.upper",
    "{}.get",
    "'a'.replace",
    "site.address",
    "range",
    "dict",
    "namespace",
    "cycler",
    "cycler(1)",
    "cycler(1).next",
    "joiner()",
    "namespace(x=''.upper)",
    "[1]|map('string')",
    "[1]|select",
    "[1]|batch(1)",
    "[1]|slice(1)",
    "[1]|unique",
    "[1]|reverse",
    "{'a': 1}|items",
    "{'a': 1}.items()",
    "labels",
    "theme",
    "metadata",
    "texts",
    "self",
    "self.a",
    "m",
]


@pytest.mark.parametrize("value", SHOWN)
@pytest.mark.parametrize(
    "shown",
    ["{{ (VALUE) }}", "{{ (VALUE)|string|upper }}", "{{ (VALUE) ~ '' }}", "{{ '%s' % [VALUE] }}", "{{ {'a': VALUE}|string|e }}"],
)  # fmt: skip
def test_nothing_is_shown_with_its_address_in_memory(value: str, shown: str) -> None:
    """An address is another one at every build, and tells where the program's memory is."""
    laid_out = lay_out_with("{% block a %}{% endblock %}{% macro m() %}{% endmacro %}" + shown.replace("VALUE", value))
    assert not laid_out.diagnostics
    assert laid_out.file.content is not None
    assert b" at 0x" not in laid_out.file.content.lower()


FLOODS = [
    "{% for x in range(10**9) %}{% endfor %}",
    "{{ range(10**9)|list }}",
    "{{ range(-1000000000000, 1000000000000)|sum }}",
    "{% for a in range(10**6) %}{% for b in range(10**6) %}{% endfor %}{% endfor %}",
    "{% for a in range(10**5) %}{{ range(10**6)|sum }}{% endfor %}",
    "{% for a in range(10**5) %}{{ [a]*10**5|sum }}{% endfor %}",
    "{{ 'a' * 10**9 }}",
    "{{ 10**9 * 'a' }}",
    "{{ [0] * 10**9 }}",
    "{{ 10**(10**9) }}",
    "{{ 2**(2**40) }}",
    "{% set n = namespace(x=3) %}{% for i in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}",
    "{% set n = namespace(x='aa') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "{% set n = namespace(x='aa') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x='\\\\') %}{% for i in range(60) %}{% set n.x = n.x|tojson %}{% endfor %}",
    "{% set n = namespace(x='aa') %}{% for i in range(60) %}{% set n.x = n.x.replace('a', 'aa') %}{% endfor %}",
    "{% set n = namespace(x='aa') %}{% for i in range(60) %}{% set n.x = n.x|replace('a', 'aa') %}{% endfor %}",
    "{% set n = namespace(x='aa') %}{% for i in range(60) %}{% set n.x = n.x.join([n.x, n.x]) %}{% endfor %}",
    "{% set n = namespace(x='aa') %}{% for i in range(60) %}{% set n.x = [n.x, n.x]|join %}{% endfor %}",
    "{% set n = namespace(x='aa') %}{% for i in range(60) %}{% set n.x = '%s%s'|format(n.x, n.x) %}{% endfor %}",
    "{% set n = namespace(x='aa') %}{% for i in range(60) %}{% set n.x = '%s%s' % (n.x, n.x) %}{% endfor %}",
    "{% set n = namespace(x='aa') %}{% for i in range(60) %}{% set x %}{{ n.x }}{{ n.x }}{% endset %}{% set n.x = x %}{% endfor %}",
    "{% set x = 'a' * 10**7 %}{% for i in range(10**4) %}{{ x }}{% endfor %}",
    "{{ '%999999999d' % 1 }}",
    "{{ '%999999999d'|format(1) }}",
    "{{ '%*d' % (999999999, 1) }}",
    "{{ '%(a)999999999s' % {'a': 1} }}",
    "{{ 'a'|center(10**9) }}",
    "{{ 'a'|center(1000000000) }}",
    "{{ 'a'|indent(10**9, true) }}",
    "{{ [1]|batch(10**9, 'x')|list }}",
    "{{ [1]|slice(10**9)|list }}",
    "{{ 1.5|round(10**9, 'ceil') }}",
    "{{ [1]|tojson(10**9) }}",
    "{{ 'a'.ljust(10**9) }}",
    "{{ 'a'.zfill(10**9) }}",
    "{{ '\t'.expandtabs(10**9) }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "{% include 'includes/a.html' %}",
    "{% set n = 50 %}{% include 'includes/twice.html' %}",
    "{% extends 'layouts/post.html' %}",
    "{% import 'includes/imports.html' as x %}",
    "{% block a %}{{ self.a() }}{% endblock %}",
    "{% for x in [[1]] recursive %}{{ loop([x]) }}{% endfor %}",
    "{% for x in range(25) recursive %}{{ loop(range(25)) if loop.depth < 60 }}{% endfor %}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{% for x in [1] %}" * 40 + "{% endfor %}" * 40,
    "{{ " + "-" * 3000 + "1 }}",
]

# two values of the same lists in lists, each of which stands in the next one twice: Python's own loops walk through 2^60 items, and hear no alarm
LISTS, TUPLES = (
    f"{{% set n = namespace(x={begin}, y={begin}) %}}{{% for i in range(60) %}}"
    f"{{% set n.x = {more.replace('a', 'n.x')} %}}{{% set n.y = {more.replace('a', 'n.y')} %}}{{% endfor %}}"
    for begin, more in (("[1]", "[a, a]"), ("(1,)", "(a, a)"))
)
FLOODS += [
    LISTS + "{{ n.x == n.y }}",
    LISTS + "{{ 1 == 1 != n.x < n.y }}",
    LISTS + "{{ n.x in [n.y] }}",
    LISTS + "{{ [1, n.x] not in [[1, n.y]] }}",
    LISTS + "{{ {'a': n.x} == {'a': n.y} }}",
    LISTS + "{{ n.x is eq n.y }}",
    LISTS + "{{ n.x is in [n.y] }}",
    LISTS + "{{ [n.x]|select('==', n.y)|list }}",
    LISTS + "{{ [n.x, n.y]|sort }}",
    LISTS + "{{ [n.x, n.y]|map('default')|sort }}",
    LISTS + "{{ [n.x, n.y]|max }}",
    LISTS + "{{ [{'k': n.x}, {'k': n.y}]|groupby('k') }}",
    LISTS + "{{ [n.x].index(n.y) }}",
    TUPLES + "{{ [n.x, n.y]|unique|list }}",
    TUPLES + "{{ {n.x: 1} }}",
    TUPLES + "{{ {}[n.x] }}",
    TUPLES + "{{ {}.get(n.x) }}",
    TUPLES + "{{ dict([(n.x, 1)]) }}",
    TUPLES + "{{ n.x in {} }}",
    "{% set a = range(10**5)|list %}{% set b = range(10**5)|list %}{% for i in range(10**5) %}{{ a == b }}{% endfor %}",
    "{% set a = range(10**5)|list %}{% for i in range(10**5) %}{{ 'x' in a }}{% endfor %}",
    "{% set a = 'x' * 10**6 %}{% for i in range(10**5) %}{% set b = a[1:] %}{% endfor %}",
]


@pytest.mark.parametrize("template", FLOODS, ids=lambda text: text[:90])
def test_a_template_does_not_go_on_without_end(template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "STEPS", 2_000_000)  # the real limits take seconds to reach
    monkeypatch.setattr(budget, "MOST_COMPARED", 200_000)
    refused(
        template,
        a="{% include 'includes/a.html' %}",
        twice=(
            "{% if n %}{% set n = n - 1 %}{% include 'includes/twice.html' %}{% include 'includes/twice.html' %}{% endif %}"
        ),
        imports="{% import 'includes/imports.html' as x %}",
    )


@pytest.mark.parametrize(
    ("template", "html"),
    [
        ("{% set n = namespace(found=false) %}{% for t in page.tags %}{% set n.found = true %}{% endfor %}{{ n.found }}", "True"),
        ("{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.current }}", "aba"),
        ("{% set j = joiner('|') %}{{ j() }}a{{ j() }}b", "a|b"),
        ("{% for x in range(3) %}{{ loop.index }}{{ loop.length }}{{ loop.last }} {% endfor %}", "13False 23False 33True "),
        ("{% for x in [3, 4] if x > 3 %}{{ loop.index }}{{ loop.length }}{{ x }}{% endfor %}", "114"),
        ("{% for x in [[1], [2, [3]]] recursive %}{{ loop.depth }}{{ loop(x) if x is not number }}{% endfor %}", "121223"),
        ("{{ 'a-b'.split('-')[1].upper() }} {{ 'a-b'.replace('-', '+') }} {{ ', '.join(['x', 'y']) }}", "B a+b x, y"),
        ("{{ '%s and %02d' % ('a', 3) }} {{ '%s'|format('x') }}", "a and 03 x"),
        ("{{ 2 * 3 }} {{ '-' * 3 }} {{ 2 ** 10 }} {{ 7 % 4 }} {{ 'a' + 'b' }} {{ 'a' ~ 1 ~ '<' }}", "6 --- 1024 3 ab a1&lt;"),
        ("{{ page.date.year }}-{{ page.date.month }} {{ page.date.isoformat() }}", "2018-10 2018-10-06T00:00:00+09:00"),
        ("{% for key, value in {'b': 1, 'a': 2}.items() %}{{ key }}{{ value }}{% endfor %}", "b1a2"),
        ("{{ {'a': {'b': 3}}.a.b }} {{ {'a': 1}.get('x', 4) }} {{ [5, 6][-1] }} {{ 'abc'[1:] }}", "3 4 6 bc"),
        ("{{ [{'n': 1}, {'n': 2}]|map(attribute='n')|sum }} {{ [3, 1]|sort|join('-') }} {{ ['a', 'b']|map('upper')|join }}", "3 1-3 AB"),
        ("{% macro m(x) %}<{{ x }}{{ caller() if caller }}>{% endmacro %}{{ m(1) }}{% call m(2) %}!{% endcall %}", "<1><2!>"),
        ("{% import 'includes/a.html' as a %}{{ a.m(4) }}{{ a.v }} {% from 'includes/a.html' import m %}{{ m(5) }}", "[4]7 [5]"),
        ("{% block a %}x{% endblock %}{{ self.a() }}", "xx"),
        ("{{ site._private }}{{ page.none }}{{ labels.nothing }}{{ page['none'] }}|", "|"),
        ("{{ 1 < page.tags|length + 2 < 4 }} {{ [1, [2]] == [1, [2]] }} {{ 2 in [1, 2] }} {{ 'a' in {'a': 1} }} {{ [1, 2]|select('in', [2])|list }}", "True True True True [2]"),
        ("{{ {(1, 2): 'x'}[(1, 2)] }} {{ [3, 3, 1]|unique|sort|join }} {{ ['b', 'a']|map('upper')|sort|join }} {{ 2 is ge(2) }}", "x 13 AB True"),
        ("{% autoescape false %}{{ '<' ~ '>' }}{% endautoescape %}", "<>"),
        ("{{ content.striptags() }} {{ page.headings|length }}", "body 0"),
    ],
)  # fmt: skip
def test_what_templates_are_for_goes_on(template: str, html: str) -> None:
    laid_out = lay_out_with(template, a="{% set v = 7 %}{% macro m(x) %}[{{ x }}]{% endmacro %}")
    assert not laid_out.diagnostics
    assert laid_out.file.content is not None
    assert laid_out.file.content.decode() == html


# 300 times something of a mapping or a list whose items hold much: each step looks at one item, or copies three
_MUCH = "{% set item = {'k': range(500)|list} %}{% set all = {1: item, 2: item, 3: item} %}"


@pytest.mark.parametrize(
    "step",
    [
        "{{ all.get(1).none }}",
        "{{ 1 if i in all }}",
        "{{ 1 if i not in all }}",
        "{% for key, value in all.items() %}{% endfor %}",
        "{{ show(all) }}",
        "{{ all[1].k[i:i + 3]|length }}",
        "{{ [item].count(1) }}",
    ],
)
def test_what_is_not_compared_costs_nothing(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "STEPS", 60_000)
    macro = "{% macro show(values) %}{{ values[1].none }}{% endmacro %}"
    laid_out = lay_out_with(f"{macro}{_MUCH}{{% for i in range(300) %}}{step}{{% endfor %}}")
    assert not laid_out.diagnostics


def test_a_theme_without_a_default_layout_is_a_warning() -> None:
    source = Blog().page("about.md", "About", "<p>body</p>")
    theme = load_theme(
        ThemeSources({"layouts/post.html": SourceText("_theme/layouts/post.html", "x")}), ThemeOptions(), BUILTINS
    )
    laid_out = lay_out(PageSpec("/about.html", "about.html", "page", "page", "About", "about.md"), theme, source.view())
    assert laid_out.file.content == b"<p>body</p>"
    assert [problem.message for problem in laid_out.diagnostics] == ["unknown layout `page`: the file has no layout"]
