"""The first post of a new blog, by language: a numbered equation, a theorem with its proof, a citation, and references to them."""

from typing import NamedTuple


class FirstPost(NamedTuple):
    """A post that is there for its author to change."""

    slug: str
    title: str
    tag: str
    body: str


REFERENCES = """\
@book{hardy1979,
  author    = {Hardy, G. H. and Wright, E. M.},
  title     = {An Introduction to the Theory of Numbers},
  edition   = {5},
  publisher = {Oxford University Press},
  year      = {1979}
}
"""

ABOUT = {"en": "About", "ko": "소개", "zh": "关于"}

_ENGLISH = r"""This post is here for you to change. An inline formula is $e^{i\pi} + 1 = 0$, and a displayed one can have a number:

$$
\sum_{k=1}^{n} k = \frac{n(n+1)}{2} \label{sum}
$$

Write `\eqref{sum}` and you get \eqref{sum}, a link that is always right. Statements are numbered, too:

> [!theorem] Euclid {#thm-primes}
> There are infinitely many primes.

> [!proof]
> Let $p_1, \dots, p_n$ be primes. No $p_i$ divides $p_1 \cdots p_n + 1$, so another prime does.

[](#thm-primes) stands in every book on numbers [@hardy1979]. Sources are in `_bibliography/references.bib`, macros for all posts, as $\R$, in
`_data/macros.tex`.
"""

_KOREAN = r"""이 글은 고쳐 쓰라고 있는 글이다. 문장 속 수식은 $e^{i\pi} + 1 = 0$처럼 쓰고, 따로 쓴 수식에는 번호를 붙일 수 있다.

$$
\sum_{k=1}^{n} k = \frac{n(n+1)}{2} \label{sum}
$$

`\eqref{sum}`이라고 쓰면 \eqref{sum}이 된다. 번호와 링크는 언제나 맞는다. 정리에도 번호가 붙는다.

> [!theorem] 유클리드 {#thm-primes}
> 소수는 무한히 많다.

> [!proof]
> $p_1, \dots, p_n$을 소수라 하자. 어떤 $p_i$도 $p_1 \cdots p_n + 1$을 나누지 않으므로 다른 소수가 그것을 나눈다.

[](#thm-primes)는 정수론 책이라면 어디에나 있다 [@hardy1979]. 참고문헌은 `_bibliography/references.bib`에, $\R$ 같은 공통 매크로는
`_data/macros.tex`에 적는다.
"""

_CHINESE = r"""这篇文章是给你修改用的。行内公式写作 $e^{i\pi} + 1 = 0$，单独成行的公式可以有编号：

$$
\sum_{k=1}^{n} k = \frac{n(n+1)}{2} \label{sum}
$$

写 `\eqref{sum}`，得到 \eqref{sum}，编号和链接总是对的。定理也有编号：

> [!theorem] 欧几里得 {#thm-primes}
> 素数有无穷多个。

> [!proof]
> 设 $p_1, \dots, p_n$ 是素数。没有一个 $p_i$ 整除 $p_1 \cdots p_n + 1$，所以另有素数整除它。

[](#thm-primes) 见于每一本数论书 [@hardy1979]。参考文献写在 `_bibliography/references.bib`，公用的宏（如 $\R$）写在 `_data/macros.tex`。
"""

FIRST_POSTS = {
    "en": FirstPost("hello", "Hello, mathematics", "mathematics", _ENGLISH),
    "ko": FirstPost("hello", "안녕, 수학", "수학", _KOREAN),
    "zh": FirstPost("hello", "你好，数学", "数学", _CHINESE),
}
