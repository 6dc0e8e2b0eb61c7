r"""What looks like the start of a formula and is none is a warning at its place; code and comments may show anything."""

import pytest

from support.site import Site


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("one $$x$$\n\n$$\na_1\n\nprose", {"5:1": "`$$` opens a formula that is never closed"}),
        ("on $f: X \\to Y and $g$", {"3:4": "`$` opens a formula that is never closed"}),
        ("a $$x$$, b $$y, c", {"3:12": "`$$` opens a formula that is never closed"}),
        ("- so \\$$ x $$ and \\$$y$ z", {"3:12": r"`\$$…$$` beside other text is text: readers see the dollars"}),
        ("\\\\[\nx\n\nprose", {"3:1": r"`\\[` opens a formula that is never closed"}),
        (
            "a \\\\(x, b \\\\(y\\\\)\n\nc \\\\(z",
            dict.fromkeys(("3:3", "5:3"), r"`\\(` opens a formula that is never closed"),
        ),
        ("$$\na\n\nWe read on, and $x$.\n\n$$\nb\n$$\n\nend", {"3:1": "`$$` opens a formula that is never closed"}),
        ("the $$x is $$y$$ or $$z$$", {"3:5": "`$$` opens a formula that is never closed"}),
        (
            "\\begin{equation}\na\n\\end{equation*}\n\n\\begin{equation}\nb\n\\end{equation}",
            {"3:1": r"`\begin{equation}` is closed by `\end{equation*}`"},
        ),
        ("so $a_1 is open, $5 and $HOME_DIR are not", {"3:4": "`$` opens a formula that is never closed"}),
        (
            "so $x =\n+ y$ and\n\nit is $\\alpha\n> \\beta$, $5 for\n- an item of $6",
            dict.fromkeys(
                ("3:4", "6:7"),
                "`$` opens a formula that the next line tears apart: it begins a list item, a heading or a quote",
            ),
        ),
        ("\\begin{align}\nx\n\nprose", {"3:1": r"`\begin{align}` is never closed"}),
        ("\\begin{align}\nx\n\n\\begin{align}\ny\n\\end{align}", {"3:1": r"`\begin{align}` is never closed"}),
        ("\\begin{gather*}\nx\n\\end{gather}", {"3:1": r"`\begin{gather*}` is closed by `\end{gather}`"}),
        (
            "\\begin{minipage}\nLet $x$.\n\\end{minipage}",
            {"3:1": "`minipage` outside of dollars is no formula: it stays in the text as it is"},
        ),
        (
            "so \\(x_1\\) holds",
            {"3:4": r"`\(` is a bracket in Markdown: kramdown takes the backslash, and this is no formula"},
        ),
        (
            "\\[\nx\n\\]",
            {"3:1": r"`\[` is a bracket in Markdown: kramdown takes the backslash, and this is no formula"},
        ),
        (
            "\\[ x = y \\] and \\[1\\], \\[a link\\], \\[a_b=c\\]",
            {"3:1": r"`\[` is a bracket in Markdown: kramdown takes the backslash, and this is no formula"},
        ),
        ("<div>\n$$a<b>c$$\n</div>", {"4:4": "`<b>` in this formula is a tag of HTML: readers see the TeX"}),
        (
            "> <p>$x$ $a<b>c$, \\(a<em>i</em>\\) and \\begin{align}<br>a<p>c\\end{align}</p>",
            {
                f"3:{column}": f"`<{tag}>` in this formula is a tag of HTML: readers see the TeX"
                for column, tag in ((12, "b"), (22, "em"), (57, "p"))
            },
        ),
        (
            "<div>\n$x$ and $$y$$ and \\(z$$\n</div>",
            {"4:19": r"`\(` stays in the text as it is, and 1 more in this text"},
        ),
        (
            "Text $a = b$$ and $ c = d $$ end",
            dict.fromkeys(("3:12", "3:27"), "`$$` closes a formula that `$` opens"),
        ),
        (
            "Let $x be, $y$ and $f는 수, not $M or $5",
            dict.fromkeys(("3:5", "3:20"), "`$` opens a formula that is never closed"),
        ),
        (
            "By ( x = \\frac{a}{b} ) and \\sqrt{x}\n\nby (\\alpha + 1)\n\nby \\sum_i x",
            {
                "3:10": r"`\frac` stands outside of formulas: readers see the TeX",
                "5:5": r"`\alpha` stands outside of formulas: readers see the TeX",
                "7:4": r"`\sum` stands outside of formulas: readers see the TeX",
            },
        ),
        ("so $\\alpha and \\frac{a}{b}", {"3:4": "`$` opens a formula that is never closed"}),
        ("mod $17 % 5$ is", {"3:9": "`%` begins a comment in TeX: `5` is not shown"}),
    ],
)
def test_each_is_named_once_at_its_place(site: Site, body: str, places: dict[str, str]) -> None:
    site.post("2018-10-06-a", body).build()
    assert {f"{item.line}:{item.column}": item.message for item in site.done.diagnostics} == places
    assert site.code == 0
    site.build(strict=True)
    assert site.code == 1


@pytest.mark.parametrize(
    "body",
    [
        "`$$`, `\\\\[`, `\\(x_1\\)`, `\\begin{lemma}` and <code>$$ \\begin{lemma}</code>",
        "text\n\n    $$\n    \\begin{lemma}\n    \\\\(",
        "```latex\n\\begin{align}\n$$\n\\\\[ \\(a_1\\)\n```",
        "{% highlight latex %}\n$$ \\begin{lemma}\n{% endhighlight %}",
        "<!-- $$ \\begin{lemma} \\\\( -->\n\ntext <!-- $$ \\begin{lemma} \\\\( --> more",
        "<pre>\n$$ \\begin{lemma}\n</pre>\n\n<script>\nvar a = '$$ \\\\( \\begin{lemma}';\n</script>",
        "{% comment %}$$ \\begin{lemma}{% endcomment %}",
        "{% raw %}`$$` and $$x$$, $y$, \\\\(z\\\\), \\begin{align}w\\end{align}{% endraw %}",
        "a \\$$, b \\$\\$, c \\\\\\\\[, d \\[note\\], e \\(see p. 3\\), f \\[a_b\\], g \\[k=v\\]",
        "text\n{: title='$$'}",
        "$a$$b$, $a$ $$b$$, $$a$$ $$b$$ and $a$\n$$\nc\n$$",
        "C:\\alpha\\frac{a}, \\\\frac{a}, `\\frac{a}`, <code>\\sqrt{a}</code>, \\today, x\\mathbf{a}, $$\\sqrt{x}$$\n\n    \\frac{a}{b}",
        "the variable $x is set, and $5",
        "$$\n    {\\rm a}\n$$\n\n> $$\n>   b\n> $$\n\n- $$\n      c\n  $$",
        "So <d-math block>x \\in \\mathcal{R}\n\\frac{a}{b}</d-math>, $x$\n\n<latex-js>\n\\begin{itemize}\n</latex-js>",
        "<p>$5<b>or</b>$6, US$a<b>c</b>$ <a href='$x'>a$b</a> $a<br>b$ $a < b$ $$a<br>b$$</p>",
        "<p>$5<b>or $6</b>, $1,000<b>to $2</b></p> <p title='$a<b>c$' class=\"\\(a<b>c\\)\">x</p>",
        "<div>\n<code>$$a<b>c$$</code> <!-- $$a<b>c$$ --> $x$ $y$ <pre>$$x<b>y</b>$$ \\(a_1\\)</pre>\n</div>",
        "\\begin{align}\na &= b \\\\[1em]\nc &= \\text{5\\% of it}\n\\end{align}",
        "lead\n$$\na\n\nb\n$$\ntext",
        "$$\na % note\n= b\n$$ and $\\text{5% of}$ and $5\\%$ and $a%$",
    ],
)
def test_what_is_code_or_closed_is_not_named(site: Site, body: str) -> None:
    site.post("2018-10-06-a", body).build().is_good()
