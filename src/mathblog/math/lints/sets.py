r"""Sets whose braces only group: `x \in {0, 1}` shows `x ∈ 0, 1`."""

from collections.abc import Iterator

from mathblog.core.patterns import lazy_pattern
from mathblog.math.lints.reading import Lint, LintFinding, Reading
from mathblog.model.formula import FormulaKey

# a relation or an operation of sets, and a group with a comma between two of its parts
_SET = lazy_pattern(
    r"(?:=|\\(?:in|notin|ni|subset(?:eq)?|supset(?:eq)?|setminus|cup|cap)(?![A-Za-z]))\s*(\{[^{},]*[\w)\]]\s*,\s*[\w\\(\[-][^{}]*\})"
)
_NUMBER = lazy_pattern(r"=\s*\{(?:\d+,\d+|\d{1,3}(?:,\d{3})+)\}")  # 3,14 or 1,000,000
_BRACKETS = lazy_pattern(r"[(\[][^()\[\]]*[)\]]")
_NO_SET = lazy_pattern(
    r"\\(?:color|rm|bf|it|sf|tt|cal|langle|over|atop|choose|[a-z]*style|[lL]arge|small|tiny|huge)(?![A-Za-z])"
)


def _find(key: FormulaKey, _reading: Reading) -> Iterator[LintFinding]:
    for found in _SET.finditer(key.tex):
        group = found[1]
        if "," in _outside_of_brackets(group) and not _NUMBER.fullmatch(found[0]) and not _NO_SET.search(group):
            yield LintFinding(
                f"the braces of `{group}` are not shown", found.start(1), found.end(1), f"write `\\{group[:-1]}\\}}`"
            )


def _outside_of_brackets(group: str) -> str:
    while (shorter := _BRACKETS.sub("", group)) != group:
        group = shorter
    return group


SETS = Lint(lambda key: "{" in key.tex and "," in key.tex and _SET.search(key.tex) is not None, _find)
