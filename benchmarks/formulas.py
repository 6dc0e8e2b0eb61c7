"""Formulas for generated posts: a fixed set that every post may share, and templates that give a new one each time."""

import random
from string import Template

_LETTERS = "abcdfghkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHKMPQRSTUVWX"
_GREEK = (r"\alpha", r"\beta", r"\gamma", r"\delta", r"\theta", r"\lambda", r"\mu", r"\sigma", r"\phi", r"\omega")
_SHARED = 0.3  # of all formulas: the small ones that a blog repeats

# $a $b $c are numbers, $u $v letters, $X $Y capitals, $g $h Greek letters. No `|`: in kramdown it would begin a table.
INLINE = (
    r"$u_{$a} + $v_{$b} \le $c",
    r"$g = \frac{$a}{$b}",
    r"$X \subset \mathbb{R}^{$a}",
    r"\sqrt{$u^2 + $a $v}",
    r"\sum_{k=$b}^{$a} $u_k",
    r"$u \mapsto $a $u^{$b} - $c",
    r"\lim_{$u \to $a} $v($u) = $b",
    r"\mathbb{E}[$X_{$a}] = $g_{$b}",
    r"\operatorname{rank}($X_{$a}) = $b",
    r"\hat{$u}_{$a} - $v_{$b}",
    r"\lVert $u_{$a} \rVert_{$b} < $g",
    r"$X_{$a} \cong $Y / $b $Y",
    r"e^{-$g $u / $a}",
    r"\mathcal{O}($u^{$b} \log $a)",
    r"\binom{$a}{$b}",
    r"\overline{$X_{$a}} \cap $Y_{$b}",
)
DISPLAY = (
    r"\int_{$b}^{$a} $u^{$c} \sin($a $u) \, d$u = \frac{\pi}{$a} + \sqrt{$b}",
    r"\begin{pmatrix} $a & $b & $u \\ $c & $v & $a \\ 0 & $b & $g \end{pmatrix} \begin{pmatrix} $u_1 \\ $u_2 \\ $u_3 \end{pmatrix}",
    r"$X($u) = \begin{cases} $a $u + $b & \text{if } $u \ge $c, \\ $g $u^2 & \text{otherwise} \end{cases}",
    r"\sum_{n=$b}^{\infty} \frac{(-1)^n}{n^{$a} + $c} = \prod_{p} \left( 1 - \frac{1}{p^{$a}} \right)^{-1}",
    "\\begin{aligned}\n($u + $a)^2 &= $u^2 + 2 \\cdot $a $u + $a^2 \\\\\n&\\ge $b $u + \\sqrt{$c} \\\\\n&> $g\n\\end{aligned}",
    r"\frac{\partial $X}{\partial $u_{$a}} = \lim_{h \to 0} \frac{$X($u_{$a} + h) - $X($u_{$a})}{h} + $b $g",
    r"\log $X_{$a}(x) = -\frac{1}{2} (x - \mu)^{\top} \Sigma_{$b}^{-1} (x - \mu) - \frac{$c}{2} \log 2\pi",
    r"\Pr\left[ \lvert $X_{$a} - $g \rvert \ge $b \right] \le 2 \exp\left( -\frac{2 $b^2}{$a $c} \right)",
    r"\underbrace{\lVert $u - $v \rVert^2}_{\text{distance}} \le $a \, \overbrace{\lVert $X_{$b} \rVert}^{\text{norm}}",
    r"\det \begin{bmatrix} $a - \lambda & $b \\ $c & $a - \lambda \end{bmatrix} = (\lambda - $a)^2 - $b \cdot $c",
    r"\nabla \cdot \left( $g_{$a} \nabla $u \right) = \frac{\partial^2 $u}{\partial t^2} - $b \iint_{$X} $v \, dS",
    r"\mathcal{L}($g, $h) = \mathbb{E}_{q_{$h}} \left[ \log p_{$g}(x_{$a} \mid z) \right] - $b \, D_{\mathrm{KL}}\left( q_{$h} \,\Vert\, p_{$c} \right)",
)
SHARED_INLINE = (
    r"x", r"n \to \infty", r"\theta", r"\mathbb{R}^n", r"f(x)", r"\varepsilon > 0", r"\lambda", r"\sigma^2",
    r"p(x)", r"A^{\top}", r"\nabla f", r"k", r"\mathbb{E}[X]", r"\hat{\theta}", r"e^{i\pi} + 1 = 0", r"i = 1, \dots, n",
)  # fmt: skip
SHARED_DISPLAY = (
    r"P(A \mid B) = \frac{P(B \mid A) \, P(A)}{P(B)}",
    r"\int_{-\infty}^{\infty} e^{-x^2} \, dx = \sqrt{\pi}",
    r"A v = \lambda v",
    r"\theta_{t+1} = \theta_t - \eta \nabla J(\theta_t)",
    r"\zeta(s) = \sum_{n=1}^{\infty} \frac{1}{n^s}",
    r"H(X) = -\sum_x p(x) \log p(x)",
)


class _Tex(Template):
    """A template whose names are single letters: `$u_k` is `$u` with an index."""

    idpattern = "[A-Za-z]"


def make_formula(chance: random.Random, *, display: bool) -> str:
    """TeX without its delimiters: three in ten from the shared ones, the others with numbers of their own."""
    if chance.random() < _SHARED:
        return chance.choice(SHARED_DISPLAY if display else SHARED_INLINE)
    u, v = chance.sample(_LETTERS, 2)
    upper, other = chance.sample(_CAPITALS, 2)
    g, h = chance.sample(_GREEK, 2)
    numbers = {name: str(chance.randint(2, 997)) for name in "abc"}
    template = _Tex(chance.choice(DISPLAY if display else INLINE))
    return template.substitute(numbers, u=u, v=v, X=upper, Y=other, g=g, h=h)
