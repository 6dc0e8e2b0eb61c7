"""A blog whose pages are hard to lay out."""

_LONG = "Supercalifragilistic_and_a_very_long_unbreakable_identifier_that_goes_on_and_on_until_the_end"
_URL = "https://example.org/a/very/long/address/that/has/no/spaces/and/goes/on/and/on?query=parameter&another=one"

_ATTACHED = r"""
# 붙은 말

함수는 $$f\colon X\to Y$$이고, $$g$$는 $$n$$차 다항식이며 ($$x$$), "$$y$$". 이제 $$\alpha_{n}$$이고 $$\beta$$라면 $n$-th,
그리고 $$p(z) = (z-a)(z-b)(z-c)(z-d)(z-e)(z-f)(z-g)(z-h)$$. 끝으로 $p_\theta(x \mid z)$는 $z \sim p(z)$에서 왔다.
"""

_UNBROKEN = r"""
A matrix $\begin{pmatrix} a_{11} & a_{12} & a_{13} & a_{14} & a_{15} & a_{16} & a_{17} & a_{18} & a_{19} & a_{20} \\ 1&2&3&4&5&6&7&8&9&10 \end{pmatrix}$
in a line, and $\underbrace{x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 + x_9 + x_{10} + x_{11}}_{\text{a long sum of terms}}$, too.

- So $\sqrt{x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 + x_9 + x_{10} + x_{11} + x_{12}}$ and
  ($\left( x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 + x_9 + x_{10} + x_{11} \right)$), and $a$.

Rows $$\begin{align} f(x) &= a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{10} \\ &= c \end{align}$$ in a line.
"""

_STATEMENTS = r"""
> [!theorem] Über $L^p(\mathbb{R})$ {#thm-a}
> Every norm on $\mathbb{R}^d$ is *equivalent* to every other; 한글도 있다.

> [!proof]- {of="thm-a"}
> Folded, and
>
> $$ \sum_{k=1}^{\infty} a_k = \int_0^1 f(x)\,dx + \sum_{k=1}^{\infty} b_k + \sum_{k=1}^{\infty} c_k + \sum_{k=1}^{\infty} d_k + \sum_{k=1}^{\infty} e_k $$

> [!proof]
> A line that is long enough to be broken on each screen, since it has more words than a line of any of them can hold, and more.

> [!WARNING] Supercalifragilistic_and_a_very_long_unbreakable_identifier_that_goes_on_and_on_until_the_end
> Text
"""

_TABLE = r"""
| 노름 | 값 | 주소 |
|---|---|---|
| $\|x\|_2 = 1.1 \cdot 10^{-1} + 3$ 그리고 말이 길게 이어지면 어떻게 될까 | $1.1 \cdot 10^{-1}$ | URL |
| 코드 | `a_name_of_a_function` | 값 |
"""

_CODE = """
{% highlight python linenos mark_lines="3 4" %}
def gcd(a, b):
    # Euclid
    while b:
        a, b = b, a % b

    return a
{% endhighlight %}

```python {hl_lines="2 3"}
first = 1

third = 3
print("a long line that goes on and on so that the code must scroll in its box, wherever it is looked at, really")
last = 5
```
"""

_NUMBERED = r"""
\begin{align} a &= b \\ c &= d + e + f + g + h + i \tag{wide} \end{align}

$$
\begin{pmatrix} a_{11} & a_{12} & a_{13} & a_{14} & a_{15} & a_{16} & a_{17} & a_{18} & a_{19} \end{pmatrix} \tag{3.1}
$$

$$
\sum_k a_k = \int_0^1 f(x)\,dx + \sum_k b_k + \sum_k c_k + \sum_k d_k + \sum_k e_k + \sum_k f_k = \sum_k g_k \tag{3.2}
$$
"""

_SPACED = """
<details><summary>증명</summary><p>내용</p></details>

<p id="after-details">다음 문단.</p>

1. 첫째

   $$
   \\sum_k k
   $$

2. 둘째

   문단.

3. 셋째

- [ ] 할 일
- [x] 한 일
"""


def _post(front: str, *parts: str) -> str:
    return f"---\n{front}\n---\n" + "\n".join(parts)


HARD_CASES = {
    "_theme/assets/css/own.css": "",  # a theme of one's own begins like this
    "_config.yml": f"title: 수식과 함께 사는 아주 긴 이름의 블로그\nlang: ko\nurl: https://example.org\ndescription: {_URL}\n",
    "_posts/2024-09-26-long.md": _post(
        f"title: 매우 긴 제목 {_LONG}", f"{_URL}\n\n<{_URL}>\n\n`{_LONG}`\n\n> > {_LONG}\n"
    ),
    "_posts/2024-09-05-attached.md": _post("title: 붙은 말", _ATTACHED),
    "_posts/2024-08-31-statements.md": _post("title: Statements\nlang: en", _STATEMENTS),
    "_posts/2024-08-05-unbroken.md": _post("title: 넓은 식", _UNBROKEN),
    "_posts/2024-08-04-table.md": _post("title: 표", _TABLE.replace("URL", _URL)),
    "_posts/2024-08-03-code.md": _post(
        "title: 코드\ntags: [코드, 分析, a tag of many words that go on and on and on]", _CODE
    ),
    "_posts/2024-08-02-numbered.md": _post("title: 번호", _NUMBERED),
    "_posts/2024-08-01-spaced.md": _post("title: 간격", _SPACED),
    "_posts/2024-07-02-hebrew.md": _post(
        "title: משוואת החום\nlang: he",
        "פסקה עם $x^2$ באמצע.\n\n$$ x^2 = 1 \\tag{1} $$\n\nהערה בשוליים.\n{: .sidenote}\n\n- [ ] משימה\n\n> ציטוט\n",
    ),
    "_posts/2024-07-01-chinese.md": _post(
        "title: 没有标签的文章\nlang: zh-Hans", "设 $f$ 是函数，$n$维空间中的（$x$）点。着重*强调*与**加粗**文字。"
    ),
}
