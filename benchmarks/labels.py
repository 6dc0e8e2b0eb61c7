"""Posts with numbers of equations, references and citations: as labels and keys (`live`), or typed by hand (`typed`).

`numbers` has labels and references, and citations that are typed.
"""

import random
from collections.abc import Sequence

LABELS = ("live", "numbers", "typed")
WORKS = 300  # entries of the blog's bibliography
_EQUATIONS, _REFERENCES = 4, 4  # of a post: one of the references leads to an earlier post
_SURNAMES = (
    "Abel",
    "Bernoulli",
    "Cauchy",
    "Dirichlet",
    "Euler",
    "Fermat",
    "Gauss",
    "Hilbert",
    "Jacobi",
    "Knuth",
    "Lévy",
    "Noether",
)
_JOURNALS = ("Annals of Mathematics", "Acta Numerica", "Journal of Number Theory", "Inventiones Mathematicae")
_WORDS = ("Convergence", "Bounds", "Kernels", "Lattices", "Martingales", "Operators", "Quotients", "Spectra")  # fmt: skip


def add_labels(text: str, number: int, earlier: str, kind: str) -> str:
    """The text of a post with four equations that have numbers, four references to them, two citations and the list of what is cited.

    `earlier` is the slug of a post before it, '' for the first one; `kind` is one of `LABELS`. What is typed has the same words, and numbers behind its
    equations. All have the same formulas, each of them once: what is repeated is rendered once, but has a label at each place.
    """
    parts = text.split("$$\n")
    chance = random.Random(f"labels/{number}")
    typed, works_typed = kind == "typed", kind != "live"
    count = min(_EQUATIONS, len(parts) // 2)
    for place in range(count):
        at = 2 * place + 1
        tex = f"{parts[at].rstrip()}, \\quad n \\ge {number}"
        live = f"\\begin{{equation}}\n\\label{{eq:{number}-{place}}}\n{tex}\n\\end{{equation}}\n"
        parts[at] = f"{tex} \\qquad ({place + 1})\n" if typed else live
    text = parts[0]
    for at in range(1, len(parts)):
        marked = not typed and (at <= 2 * count)
        text += parts[at] if marked else f"$$\n{parts[at]}"
    works = chance.sample(range(WORKS), 2)
    shown = [
        _reference(number, place, earlier if place == _REFERENCES - 1 else "", typed=typed)
        for place in range(min(count, _REFERENCES))
    ]
    cited = [f"[{place + 1}]" if works_typed else f"[@work{work}]" for place, work in enumerate(works)]
    cited += [""] * (len(shown) - len(cited))
    sentences = [
        f"By {place} the bound holds{f', as in {work}' if work else ''}."
        for place, work in zip(shown, cited, strict=False)
    ]
    listed = "\n".join(f"{place + 1}. {_typed(work)}" for place, work in enumerate(works)) if works_typed else ""
    head, mark, notes = text.rpartition("\n\n[^1]:")
    return f"{head}\n\n{' '.join(sentences)}{mark}{notes}\n## References\n\n{listed}\n"


def _reference(number: int, place: int, earlier: str, *, typed: bool) -> str:
    if typed:
        return f"[(1)]({{{{ site.baseurl }}}}/#{earlier})" if earlier else f"({place + 1})"
    return rf"\eqref{{{earlier}:eq:{earlier.rpartition('-')[2]}-0}}" if earlier else rf"\eqref{{eq:{number}-{place}}}"


def bibliography(works: int = WORKS) -> str:
    """The BibTeX file, of so many entries."""
    return "\n".join(_entry(number) for number in range(works))


def _work(number: int) -> tuple[Sequence[str], str, str, int]:
    chance = random.Random(f"work/{number}")
    names = [f"{name}, {chance.choice('ABCDEFGHIJ')}." for name in chance.sample(_SURNAMES, chance.randint(1, 3))]
    title = f"{chance.choice(_WORDS)} of {chance.choice(_WORDS)} in {{$L^{{{number}}}$}}"
    return names, title, chance.choice(_JOURNALS), chance.randint(1950, 2020)


def _entry(number: int) -> str:
    names, title, journal, year = _work(number)
    pages = f"{number + 1}--{number + 20}"
    return (
        f"@article{{work{number},\n  author = {{{' and '.join(names)}}},\n  title = {{{title}}},\n  journal = {{{journal}}},\n"
        f"  year = {{{year}}},\n  volume = {{{number % 50}}},\n  pages = {{{pages}}},\n  doi = {{10.1000/{number}}},\n}}\n"
    )


def _typed(number: int) -> str:
    names, title, journal, year = _work(number)
    return f"{', '.join(names)} {title.replace('{$', '$$').replace('$}', '$$')}, *{journal}* ({year}), <https://doi.org/10.1000/{number}>."
