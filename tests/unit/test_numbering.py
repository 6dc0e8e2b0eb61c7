"""The numbers of equations and what references to them show: LaTeX's, but where `docs/adr/0036` says otherwise."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest

from mathblog.engine.katex.renderer import KatexRenderer
from mathblog.model.options import MathOptions, NumberOptions
from mathblog.pipeline.numbering.words import LANGUAGES
from support.compiling import compile_text
from support.golden import Case, parametrize, update_golden

__all__ = ["update_golden"]

_VOID = frozenset(("br", "hr", "img", "wbr", "input", "path"))


@pytest.fixture(scope="module")
def renderer() -> Iterator[KatexRenderer]:
    with KatexRenderer(MathOptions(engine="quickjs")) as started:
        yield started


class Shown(HTMLParser):
    """The texts of the numbers and of the references of a page, outside of MathML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []  # class, text, address
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        values = dict(attrs)
        names = (values.get("class") or "").split()
        within = self._open[-1] if self._open else ""
        own = next((it for it in names if it in ("eqno", "eqref", "eqref-missing", "katex-mathml")), within)
        own = within if within == "eqno" else own
        if own not in (within, "katex-mathml"):
            self.found.append((own, "", values.get("href") or ""))
        self._open.append(own)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("", "katex-mathml"):
            kind, text, address = self.found[-1]
            self.found[-1] = kind, text + data.strip("\u200b").replace("\u00a0", "~"), address

    def of(self, *kinds: str) -> list[str]:
        """The texts of some classes in order."""
        return [text for kind, text, _ in self.found if kind in kinds]


def options(settings: tuple[str, ...]) -> NumberOptions:
    """`labelled within=section start=5 prefix=A lang=ko`."""
    words = dict(it.split("=") for it in settings if "=" in it)
    mode = next((it for it in settings if "=" not in it), "ams")
    start = int(words.get("start", "1"))
    return NumberOptions(mode, words.get("within", "page"), start, words.get("prefix", ""), words.get("lang", "en"))


@parametrize("numbering", "references")
def test_numbered(case: Case, renderer: KatexRenderer, *, update_golden: bool) -> None:
    compiled = compile_text(case.input, "", renderer, options(case.settings))
    assert compiled is not None
    shown = Shown(compiled.html)
    lines = ["numbers: " + " ".join(shown.of("eqno")), "references: " + " | ".join(shown.of("eqref", "eqref-missing"))]
    lines += [f"{it.line - 2}:{it.column}: {it.severity}: {it.message}; {it.hint}" for it in compiled.diagnostics]
    case.check("\n".join(line.rstrip() for line in lines), update=update_golden)


def test_an_id_stands_once_and_each_link_leads_to_one(renderer: KatexRenderer) -> None:
    text = """
## eq p

$$ a \\label{eq:p} $$

$$ b \\tag{7} $$

$$ c \\tag{7} $$

\\begin{align} d \\label{two words}\\\\ e \\end{align}

\\eqref{p}, \\eqref{two words}
"""
    compiled = compile_text(text, "", renderer)
    assert compiled is not None
    ids = [it.split('"')[0] for it in compiled.html.split(' id="')[1:]]
    assert ids == ["eq-p", "eq-p-eq", "eq-7", "eq-7-2", "eq-two-words", "eq-3"]
    assert all(address[1:] in ids for _, _, address in Shown(compiled.html).found)


def test_numbers_are_in_mathml_and_outside_of_what_is_hidden(renderer: KatexRenderer) -> None:
    compiled = compile_text("\\begin{align} a &= b \\\\ c &= d \\notag \\\\ e &= f \\end{align}\n", "", renderer)
    assert compiled is not None
    html = compiled.html
    assert html.count('class="eqno-cell"><mtext>(') == 2
    assert "eqn-num" not in html
    assert "mtr-glue" not in html
    assert html.index('class="katex-tag"') > html.index('aria-hidden="true"')
    assert '<span class="katex-html" aria-hidden' not in html


def test_numbers_begin_at_the_top_of_what_is_higher_than_their_rows(renderer: KatexRenderer) -> None:
    """Else the brace of `numcases` and the box of `empheq` move the rows down, and the numbers stay."""
    rows = "a &= b \\\\ c &= d"
    numbers = {"align": "", "numcases": "{f}", "empheq": "[box=\\fbox]{align}"}
    strutted = {}
    for name, options in numbers.items():
        compiled = compile_text(f"\\begin{{{name}}}{options} {rows} \\end{{{name}}}\n", "", renderer)
        assert compiled is not None
        assert compiled.html.count('class="eqno"') == 2
        strutted[name] = '<span class="katex-tag"><span class="katex-strut"' in compiled.html
    assert strutted == {"align": False, "numcases": True, "empheq": True}


def test_a_label_of_a_heading_leaves_nothing(renderer: KatexRenderer) -> None:
    text = "## Bounds \\label{sec:b}\n\n\\label{sec:c}\n\n\\ref{sec:b} \\ref{sec:c}\n\n## Two\n\\label{two}\nText.\n"
    compiled = compile_text(text, "", renderer)
    assert compiled is not None
    assert compiled.html.split("\n\n")[:1] == ['<h2 id="bounds">Bounds</h2>']
    assert compiled.html.count("<p>") == 2
    assert '<h2 id="two">Two</h2>\n<p>Text.</p>' in compiled.html
    assert [label.id for label in compiled.labels] == ["bounds", "bounds", "two"]


def test_a_label_before_all_headings_names_none(renderer: KatexRenderer) -> None:
    compiled = compile_text("\\label{a}\n\n## Last", "", renderer)
    assert compiled is not None
    assert not compiled.labels
    assert "<p>\\label{a}</p>" in compiled.html


def test_an_excerpt_has_no_ids_and_leads_to_the_page(renderer: KatexRenderer) -> None:
    compiled = compile_text("By \\eqref{x}: \\\\[ a \\label{x} \\\\]\n\nmore", "", renderer)
    assert compiled is not None
    assert ' id="eq-x"' in compiled.html
    assert ' id="' not in compiled.excerpt.html
    assert 'href="/2018/10/06/vae.html#eq-x"' in compiled.excerpt.html
    assert compiled.excerpt.summary.startswith("By (1):")


def test_a_page_without_numbers_is_as_it_was(renderer: KatexRenderer) -> None:
    compiled = compile_text("$$ a $$ and $b$\n\n$$\\begin{aligned} a \\end{aligned}$$\n", "", renderer)
    assert compiled is not None
    assert "eqno" not in compiled.html
    assert compiled.labels == ()


def test_each_language_has_a_word_for_each_kind() -> None:
    assert {len(words.names) for words in LANGUAGES.values()} == {len(LANGUAGES["en"].names)}
    assert all(word for words in LANGUAGES.values() for names in words.names.values() for word in names)


def test_tags_that_refer_to_tags_end(renderer: KatexRenderer) -> None:
    def tags(count: int, follow: Callable[[int], str]) -> str:
        return "".join(f"$$ x \\label{{a{it}}} \\tag{{{follow(it)}}} $$\n\n" for it in range(count))

    circle = compile_text(tags(300, lambda it: f"\\ref{{a{(it + 1) % 300}}}"), "", renderer)
    doubled = compile_text(tags(300, lambda it: f"\\ref{{a{it + 1}}}\\ref{{a{it + 1}}}"), "", renderer)
    assert circle is not None
    assert doubled is not None
    assert max(len(label.number) for label in (*circle.labels, *doubled.labels)) <= 1000
    short = compile_text("$$ x \\label{a} \\tag{1a} $$\n\n$$ y \\label{b} \\tag{\\ref{a}\\ref{a}} $$", "", renderer)
    assert short is not None
    assert [label.number for label in short.labels] == ["1a", "1a1a"]


@pytest.mark.parametrize("number", ["²", "1" * 5000, "١", "2.²", "²a", "3²"])
def test_numbers_that_are_no_numbers_of_python(renderer: KatexRenderer, number: str) -> None:
    text = f"$$ x \\label{{a}} \\tag{{{number}}} $$\n\n$$ y \\label{{b}} $$\n\n\\cref{{a,b}}"
    compiled = compile_text(text, "", renderer)
    assert compiled is not None
    assert [label.number[:9] for label in compiled.labels] == [number[:9], "1"]
