"""The codes about formulas, their numbers and macros."""

from collections.abc import Mapping

from mathblog.config.messages.explanation import Explanation

FORMULAS: Mapping[str, Explanation] = {
    "math": Explanation(
        "KaTeX cannot read a formula: a command that it does not know, a brace or an environment that is not closed, a macro that calls itself. "
        "The page shows the source of the formula, marked.",
        "Correct the command, or define it in `_data/macros.tex`. Two `\\tag` in one row are an error: split the row.",
        r"Let $x \in \mathbbb{R}$.",
    ),
    "math-comment": Explanation(
        "A `%` begins a comment in TeX, so the rest of its line is no part of the formula.",
        r"Write `\%` for a percent sign. A comment that is meant stands at the beginning of a line.",
        "It is $17 % 5$ here.",
    ),
    "math-delimiters": Explanation(
        "A `$` or `\\(` stands inside a formula, or text is read as a formula that stands between two: a delimiter is missing, or one too many.",
        "Look for the `$` that is missing before the place. Write `\\$` for a dollar.",
        "$$\na $b$ c\n$$",
    ),
    "math-digits": Explanation(
        "`10^10` raises only the first digit: TeX takes one character for an exponent or an index.",
        "Write braces: `10^{10}`.",
        "There are $10^10$ of them.",
    ),
    "math-leftover": Explanation(
        "`$$`, `\\begin{` or `\\(` begins no formula, so readers see the TeX: the formula is never closed, or closed by another name.",
        "Close the formula by what opened it. In code, write it between backticks.",
        "\\begin{align}\na &= b\n\\end{aligned}",
    ),
    "math-hand-number": Explanation(
        "A number stands in a formula as text, as `\\qquad (3)`. References cannot find it, and a reader cannot link to it.",
        "Write `\\tag{3}`, or a `\\label` and let mathblog count. `mathblog doctor --fix` writes the tag.",
        "$$\na = b \\qquad (3)\n$$",
    ),
    "math-brackets": Explanation(
        "A bracket of a displayed formula, or a brace to be seen, has no partner.",
        "Add the other bracket. An interval such as `[0,1)` is no mistake and is not reported.",
        "$$\n\\log p(x = 1\n$$",
    ),
    "math-function": Explanation(
        "The name of a function without a backslash is set as a product of letters.",
        "Write `\\log(x)`. `mathblog check --fix` does.",
        "So $log(x)$ grows.",
    ),
    "math-words": Explanation(
        "Words of a sentence in a formula are set as products of letters, without spaces.",
        "Put them into `\\text{…}`. `mathblog check --fix` does.",
        "$$\nf(x) = 1 if x > 0\n$$",
    ),
    "math-comparison": Explanation(
        "`->`, `=>`, `<=`, `>=` and `!=` are two signs side by side, not one relation.",
        "Write `\\to`, `\\Rightarrow`, `\\le`, `\\ge`, `\\ne`. `mathblog check --fix` does.",
        "As $n -> m$.",
    ),
    "math-angle": Explanation(
        "`<` and `>` around an expression are relations, with the wrong spaces for brackets.",
        "Write `\\langle a, b \\rangle`. `mathblog check --fix` does.",
        "The product $<a, b>$ is real.",
    ),
    "math-set": Explanation(
        "Braces without a backslash only group: readers see no braces around the elements of this set.",
        "Write `\\{0, 1\\}`.",
        "Let $x \\in {0, 1}$.",
    ),
    "math-width": Explanation(
        "A full-width sign in a formula comes from a keyboard for Korean, Chinese or Japanese. It is set as text, too wide.",
        "Write the usual sign. `mathblog check --fix` does.",
        "So $f\uff08x\uff09$ grows.",
    ),
    "math-font": Explanation(
        "`\\rm`, `\\bf` and their like hold to the end of the group, not of their braces: in `\\rm{d}x` the `x` is upright, too.",
        "Write `\\mathrm{d}x`. `mathblog check --fix` does.",
        "The form $\\rm{d}x$ is closed.",
    ),
    "math-row": Explanation(
        "A row goes on in the next line, which has as many cells as the line before: they stand side by side.",
        "End the row with `\\\\`.",
        "$$\n\\begin{aligned}\na &= b\nc &= d\n\\end{aligned}\n$$",
    ),
    "math-dots": Explanation(
        "Three full stops stand too close for an ellipsis.", "Write `\\dots`.", "For $a, ..., z$."
    ),
    "math-names": Explanation(
        "A name of four letters or more is set as a product of letters.",
        "Write `\\text{data}` or `\\mathrm{data}`.",
        "Here $p_{data}$ is given.",
    ),
    "math-norm": Explanation(
        "Two bars side by side are no norm: their distance is wrong.", "Write `\\|x\\|`.", "So $||x||$ is small."
    ),
    "math-differential": Explanation(
        "The `dx` of an integral stands too close to what is before it.",
        "Write a thin space: `f(x)\\,dx`.",
        "$$\n\\int f(x)dx\n$$",
    ),
    "math-cdots": Explanation(
        "Dots between commas stand on the line, not in its middle.",
        "Write `\\ldots` or `\\dots`.",
        "For $a, \\cdots, z$.",
    ),
    "macro-twice": Explanation(
        "A text defines a macro twice, in two ways. The later one holds from its place on.",
        "Keep one, or write `\\renewcommand` where the change is meant.",
        "$\\newcommand{\\E}{A} \\E$ and $\\newcommand{\\E}{B} \\E$",
    ),
    "macro-replaced": Explanation(
        "A text uses a command of TeX's own, and gives it another meaning later: one sign, two meanings.",
        "Give your macro another name, or define it before it is used.",
        "$\\Pr 3$ and $\\newcommand{\\Pr}{\\mathbb{P}} \\Pr$",
    ),
    "macro-unused": Explanation(
        "A text defines a macro that no formula of it uses.",
        "Delete the definition, or look for a slip in its name.",
        "$\\newcommand{\\mine}{A} x$",
    ),
    "label-duplicate": Explanation(
        "A page has a label twice. A reference could lead to another place than is meant, so it is an error, but for sites whose script gives the numbers.",
        "Give one of them another name.",
        "$$\na \\label{eq:a}\n$$\n\n$$\nb \\label{eq:a}\n$$",
    ),
    "label-unknown": Explanation(
        "A reference names a label that is nowhere. The page shows `(??)`.",
        "Write the name of a label of this page, or `post-name:label` for one of another post.",
        "By \\eqref{eq:nowhere}.",
    ),
    "label-unnumbered": Explanation(
        "A label stands on something without a number, so a reference has nothing to show.",
        "Use a displayed formula without a star, or give it a `\\tag`.",
        "In a line $a \\label{eq:a}$ of text.",
    ),
    "label-unused": Explanation(
        "Nothing refers to a label.",
        "Delete it, or refer to it by `\\eqref`.",
        "$$\na \\label{eq:alone}\n$$",
    ),
}
