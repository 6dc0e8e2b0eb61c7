"""Macros, numbers, references and statements, as KaTeX and the counting behind it meet them."""

from support.constructs import Make, nested, repeated


def word(number: int) -> str:
    """A number in letters, as the name of a macro has them."""
    return "".join(chr(97 + int(digit)) for digit in str(number))


def lines(piece: str, between: str = "\n\n") -> Make:
    """A piece for each number: `@` is its name in letters, `<` that of the one before, `#` the number."""

    def make(size: int) -> str:
        pieces = (piece.replace("@", word(n)).replace("<", word(n - 1) if n else "x") for n in range(size))
        return between.join(text.replace("#", str(n)) for n, text in enumerate(pieces))

    return make


REPEATED = {
    "rows of an array": "$\\begin{array}{cc}x&y\\\\z&w\\end{array}$ ",
    "labels": "$$\\label{a@}x$$\n\n",
    "labels without prefix": "$$\\label{eq:a@}x$$\n\n$$\\label{a@}x$$\n\n",
    "label same": "$$\\label{a}x$$\n\n",
    "label in a line": "$\\label{a@}x$ ",
    "tags": "$$x\\tag{@}$$\n\n",
    "tags two": "$$x\\tag{1}\\tag{2}$$\n\n",
    "references": "\\eqref{a@} ",
    "references of one": "$$\\label{a@}x$$ and \\eqref{a0}\n\n",
    "references across": "\\eqref{post@:a} ",
    "references in formulas": "$\\eqref{a@}$ ",
    "citations of labels": "[@eq-a@] @eq-b@ ",
    "links of labels": "[](#a@) [(%s)](#a@) ",
    "subequations": "\\begin{subequations}\n\\begin{align}x\\\\y\\end{align}\n\\end{subequations}\n\n",
    "subequations open": "\\begin{subequations}\n\n",
    "theorems": "\\begin{theorem}[a]\\label{t@}\nx\n\\end{theorem}\n\n",
    "theorems open": "\\begin{theorem}\nx\n\n",
    "theorem closes": "x\n\\end{theorem}\n\n",
    "theorem title open": "\\begin{theorem}[a\n\n",
    "proofs": "\\begin{proof}\nx\n\\end{proof}\n\n",
    "fenced statements": "::: theorem\nx\n:::\n\n",
    "fenced statements open": "::: theorem\nx\n\n",
    "fenced statement closes": ":::\n\n",
    "fenced title": '::: {.theorem #a@ title="b"}\nx\n:::\n\n',
    "heads": "**Theorem @.** x\n\n",
    "quoted statements": "> **Theorem.** x\n\n",
    "classes": "x\n{: .theorem #t@}\n\n",
    "callouts": "> [!NOTE]\n> x\n\n",
    "units": "$\\SI{@e3}{\\kilo\\metre}$ ",
    "derivatives": "$\\dv{f}{x}$ ",
    "wrong": "$\\nothing x$ ",
    "unclosed left": "$\\left($ ",
}
NESTED = {
    "braces": ("{", "}"),
    "subscripts": ("x_{", "}"),
    "statements in statements": ("\\begin{theorem}\n", "\\end{theorem}\n"),
    "fences in fences": ("::: theorem\n", ":::\n"),
    "titles of statements": ("\\begin{theorem}[", "]\n"),
}
BUILT: dict[str, Make] = {
    "macros by newcommand": lines("$\\newcommand{\\m@}{\\m< y}$"),
    "macros by gdef": lines("$$\\gdef\\m@{\\m< y}$$"),
    "macros of one formula": lambda n: "$$" + lines("\\newcommand{\\m@}{\\m< y}", "\n")(n) + "$$ $\\ma$",
    "macros anew": lines("$$\\gdef\\a{y #}$$ $\\a$"),
    "macros used": lambda n: lines("$\\gdef\\m@{y}$")(n) + lines(" $\\m@ #$")(n),
    "macros in a document": lambda n: lines("$\\gdef\\m@{y}$")(n) + "\n\n$x$" * n,
    "environments": lines("$\\newenvironment{e@}{(}{)}$ $\\begin{e@}x\\end{e@}$"),
    "colours": lines("$\\definecolor{c@}{HTML}{1B7F5C}$ $\\color{c@}x$"),
    "packages": lines("$\\require{p@}$"),
    "expansions": lambda n: "$\\def\\a{x}" + "\\a " * n + "$",
    "columns": lambda n: "$\\begin{array}{" + "c" * n + "}" + "x&" * n + "y\\end{array}$",
    "labels of an align": lambda n: "\\begin{align}\n" + lines("x&=y\\label{a#}", "\\\\\n")(n) + "\n\\end{align}",
    "references of a formula": lambda n: "$$\\label{a}x$$\n\n$" + "\\eqref{a} " * n + "$",
    "references to nothing": lambda n: lines("$$\\label{eq:a#}x$$")(n) + "\n\n" + lines("\\eqref{eq:b#}")(n),
    "references to nothing of a formula": lambda n: "$$\\label{a}x$$\n\n$" + lines("\\eqref{b#}", " ")(n) + "$",
    "references of a list": lambda n: lines("$$\\label{a#}x$$")(n) + "\n\n\\cref{" + lines("a#", ",")(n) + "}",
    "tags in a circle": lambda n: "".join(
        f"$$x\\label{{a{i}}}\\tag{{\\ref{{a{(i + 1) % n}}}}}$$\n\n" for i in range(n)
    ),
    "tags in a row": lines("$$x\\label{a#}\\tag{\\ref{a0}}$$"),
    "fences of all lengths": lambda n: "\n".join(":" * (3 + n - i) + " theorem" for i in range(min(n, 2000))),
    "digits of a number": lambda n: "$\\num{" + "1" * n + "}$",
    "labels of headings": lines("a\n===\n\n\\label{sec:#} b"),
}
ALL = {**repeated(REPEATED), **nested(NESTED), **BUILT}
