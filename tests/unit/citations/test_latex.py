"""LaTeX in values of fields."""

import pytest

from mathblog.citations.html import to_html
from mathblog.citations.latex import decode, plain


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (r"Poincar{\'e}", "Poincaré"),
        (r"Poincar\'{e} and Poincar\'e", "Poincaré and Poincaré"),
        (r"{\v{C}}ech, \v Cech, Ho{\v r}ava", "Čech, Čech, Hořava"),
        (r"Fej{\'e}r, Riesz Frigyes, Haj{\'o}s Gy{\"o}rgy, Tur\'an P\'al, Erd\H{o}s", "Fejér, Riesz Frigyes, Hajós György, Turán Pál, Erdős"),
        (r"Ga{\l}{\k a}zka, {\AA}ngstr{\"o}m, {\O}re, stra{\ss}e, {\ae}on", "Gałązka, Ångström, Øre, straße, æon"),
        (r"na\"{\i}ve, Mart{\'\i}nez", "naïve, Martínez"),
        (r"{\relax Ch}ebyshev, \noopsort{1801}Gauss", "Chebyshev, Gauss"),
        (r"pages 3--5 --- or more", "pages 3–5 — or more"),
        (r"``so'', {"+'"'+"}Zorn{"+'"'+r"} \enquote{it's}", "“so”, “Zorn” “it’s”"),
        (r"50\% of \$5 \& \#1 in a\_b", "50% of $5 & #1 in a_b"),
        (r"unknown \frobnicate{x} and \frobnicate", r"unknown \frobnicate{x} and \frobnicate"),
        (r"\foo{G\"odel \& \bar{Erd\H{o}s}} and \foo{``a'' $x$}", r"\foo{Gödel & \bar{Erdős}} and \foo{“a” $x$}"),
        (r"{\textless}i{\textgreater} is 3 \textbar{} 4", "<i> is 3 | 4"),
        (r"\texorpdfstring{O(n)}{linear} \foreignlanguage{french}{{\'e}t{\'e}}", "O(n) été"),
        ("a ~ b", "a \xa0 b"),
        ("{{A}} {", "A "),
        ("\\", "\\"),
    ],
)  # fmt: skip
def test_plain_words(value: str, words: str) -> None:
    assert plain(value) == words


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (r"\emph{Ars} {\bf Conjectandi}", "<i>Ars</i> <b>Conjectandi</b>"),
        (r"{\em all of it} and \textsc{Small}", '<i>all of it</i> and <span style="font-variant: small-caps">Small</span>'),
        (r"on $L^p$ and \(a<b\)", r"on \(L^p\) and \(a&lt;b\)"),
        (r"the \ensuremath{\alpha^{2}}-test", r"the \(\alpha^{2}\)-test"),
        (r"\$1 and \$2", "&#36;1 and &#36;2"),
        (r"\url{https://example.org/a_b}", '<a href="https://example.org/a_b">https://example.org/a_b</a>'),
        (r"\href{https://example.org/?a=1\&b}{here <}", '<a href="https://example.org/?a=1&amp;b">here &lt;</a>'),
        (r"\href{javascript:alert(1)}{here}", "here"),
        (r"$a alone", "&#36;a alone"),
    ],
)  # fmt: skip
def test_html(value: str, html: str) -> None:
    assert to_html(decode(value)) == html
