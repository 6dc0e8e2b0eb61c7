r"""LaTeX's commands for citations: `\cite` and its kind of natbib and biblatex, `\nocite`, `\bibliography`."""

import re

from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.reference import Citation, Cite
from mathblog.pipeline.citing.locators import typeset

_PARTS = {
    "citeauthor": "author",
    "citeyear": "year",
    "citedate": "year",
    "citeyearpar": "bracketed year",
    "citetitle": "title",
    "citealp": "bare",
    "citealt": "bare",
    "citenum": "bare",
}  # command -> the part of an entry that it shows
_NARRATIVE = frozenset({"citet", "textcite", "citealt"})
COMMAND = lazy_pattern(
    r"\\(?P<name>[Cc]ite(?:[tp]|alt|alp|author|title|year|yearpar|date|num)?|[Pp]arencite|[Tt]extcite"
    r"|[Aa]utocite|footcite|smartcite|nocite)\*?"
    r"(?:\[(?P<one>[^\[\]\n]*)\])?(?:\[(?P<two>[^\[\]\n]*)\])?\{(?P<keys>[^{}\n]+)\}"
)
# `\printbibliography` and `\bibliography{file}` are a list; a command for the style of the list shows nothing
_FILES = r"\{(?P<files>[^{}\n]*)\}"
_LIST = rf"\\(?:(?P<list>printbibliography|bibliography{_FILES})|(?:bibliographystyle|addbibresource)\{{[^{{}}\n]*\}})(?:\[[^\[\]\n]*\])?"
LIST = lazy_pattern(_LIST)
ONLY_LISTS = lazy_pattern(
    rf"(?:\s*(?:{_LIST.replace('?P<list>', '?:').replace('?P<files>', '?:')}|\\nocite\{{[^{{}}\n]+\}}))+\s*"
)


def read_keys(match: re.Match[str]) -> list[str]:
    """The keys that a command names."""
    return [key.strip() for key in match["keys"].split(",") if key.strip()]


def read_citation(match: re.Match[str]) -> Citation:
    r"""`\citep[see][p. 3]{a,b}`: a single note stands behind the citation; of two notes the first stands before it."""
    keys, name = read_keys(match), match["name"].lower()
    before, behind = (match["one"] or "", match["two"]) if match["two"] is not None else ("", match["one"] or "")
    last = len(keys) - 1
    cites = [
        Cite(
            key,
            prefix="" if number else typeset(before.strip()),
            locator=typeset((behind or "").strip()) if number == last else "",
        )
        for number, key in enumerate(keys)
    ]
    return Citation(tuple(cites), name in _NARRATIVE, _PARTS.get(name, ""))
