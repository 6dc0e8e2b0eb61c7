"""A lexer that asks its rules by character finds the tokens that Pygments' own loop finds, in every language."""

import random
import re
from collections.abc import Iterator

import pytest
from pygments.lexer import RegexLexer
from pygments.lexers import get_all_lexers, get_lexer_by_name

from mathblog.markdown.fast import lexing
from mathblog.markdown.fast.lexing import dispatch_rules

_CODE = """\
#!/usr/bin/env python3
# Newton's method, 뉴턴 방법 <!-- --> %comment -- {- also -} /* and ** this */ // or that
def newton(f, x: float = 1e-3, *, n=0xFFL) -> "list[int]":
    '''It "converges".\\n'''
    while abs(f(x)) > 1.5E-10 and not (x != x): x -= f(x)/df(x); return [x for _ in range(10)]
class Foo<T> extends Bar { public static final int A = 'c'; @Override void f() { super.f(); } };
SELECT a.*, COUNT(*) AS "n" FROM t WHERE x <> 'it''s' AND y >= :name GROUP BY 1;
let mut v: Vec<&'a str> = vec![1u8, 2]; match v { Some(ref x) if *x => {}, _ => unreachable!() }
\\begin{align*} \\frac{1}{2} &= $x^2$ \\\\ \\end{align*} \\verb|x| ~ `code` ``quoted'' :: a -> b <- c => d
<div class="a" id='b'>&amp; text</div> <script>var x = /re[/]g/i, s = `t${x+1}`;</script> <?php echo $a["b"]; ?>
for i in $(seq 1 10); do echo "${HOME}/$i" | sed 's/a/b/g' >> out.txt 2>&1 && exit 1; done
key: value
[section]
  - item = "x" ; y := z ~> w |> f 1_000 .5 5. +x -y !z ?w ^v
%token $$ = $1; {{ a | b }} {% if c %} @decorator :keyword #:k #t #\\a 'sym `(,@x) λ ∀ ∑
"""
_PIECES = re.findall(r"\w+|\s+|.", _CODE)
_SHORT = 20  # places in a state after which a test's lexers read their rules


def _languages() -> Iterator[str]:
    for _, aliases, _, _ in get_all_lexers(plugins=False):
        if aliases:
            yield aliases[0]


@pytest.mark.parametrize("first", range(26))
def test_tokens_are_those_of_pygments(monkeypatch: pytest.MonkeyPatch, first: int) -> None:
    monkeypatch.setattr(lexing, "_WORTH", _SHORT)
    letter = chr(ord("a") + first)
    chance = random.Random(first)
    shuffled = "".join(chance.choices(_PIECES, k=600))
    derived = 0
    for language in (name for name in _languages() if name[0].lower() == letter):
        own, ours = get_lexer_by_name(language), dispatch_rules(get_lexer_by_name(language))
        if type(ours) is type(own):
            continue
        derived += 1
        for code in (_CODE, shuffled):
            assert list(ours.get_tokens(code)) == list(own.get_tokens(code)), language
    assert derived


@pytest.mark.parametrize("language", ["python", "rust", "javascript", "r", "bash", "sql", "tex", "haskell", "julia"])
def test_a_language_of_our_users_is_derived(language: str) -> None:
    lexer = get_lexer_by_name(language)
    cls = type(lexer)
    assert cls.get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed
    assert type(dispatch_rules(lexer)) is not cls


@pytest.mark.parametrize("language", ["c", "cpp", "lua", "php"])
def test_a_lexer_that_changes_what_the_loop_finds_is_derived(language: str) -> None:
    lexer = get_lexer_by_name(language)
    assert type(lexer).get_tokens_unprocessed is not RegexLexer.get_tokens_unprocessed
    assert isinstance(dispatch_rules(lexer), lexing._Dispatching)


@pytest.mark.parametrize("language", ["html+jinja", "pycon"])
def test_a_lexer_with_a_loop_of_its_own_is_left_alone(language: str) -> None:
    lexer = get_lexer_by_name(language)
    cls = type(lexer)
    assert type(dispatch_rules(lexer)) is cls
