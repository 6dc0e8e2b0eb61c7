r"""LaTeX's commands for citations: `\cite` and its kind of natbib and biblatex, `\nocite`, `\bibliography`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from mathblog.core.patterns import lazy_pattern
from mathblog.model.citations.asked import Asked
from mathblog.model.citations.reference import Citation, Cite
from mathblog.pipeline.citing.bare import BARE, read_bare
from mathblog.pipeline.citing.locators import typeset
from mathblog.pipeline.citing.page import PageBibliography
from mathblog.pipeline.citing.places import FoundCitations, WrittenPlaces

UNKNOWN = "cite-unknown"  # the code of what names no entry
_PARTS = {
    "citeauthor": "author",
    "citefullauthor": "author",
    "citeyear": "year",
    "citedate": "year",
    "citeyearpar": "bracketed year",
    "citetitle": "title",
    "citealp": "bare",
    "citealt": "bare",
    "citenum": "bare",
    "fullcite": "entry",
    "footfullcite": "entry",
}  # command -> the part of an entry that it shows
_NARRATIVE = frozenset({"citet", "textcite", "citealt", "textcites"})
COMMAND = lazy_pattern(
    r"\\(?P<name>[Cc]ite(?:[tp]|alt|alp|author|fullauthor|title|year|yearpar|date|num)?|[Pp]arencite|[Tt]extcite"
    r"|[Aa]utocite|footcite|smartcite|supercite|nocite|(?:foot)?fullcite)\*?"
    r"(?:\[(?P<one>[^\[\]\n]*)\])?(?:\[(?P<two>[^\[\]\n]*)\])?\{(?P<keys>[^{}\n]+)\}"
)
# biblatex's `\parencites(see)()[p. 3]{a}[p. 4]{b}`: each key has its own notes, and all have two in round brackets
SEVERAL = lazy_pattern(
    r"\\(?P<several>(?:[Pp]aren|[Tt]ext|[Aa]uto|foot|smart|super)?[cC]ites)\*?(?:\((?P<before>[^()\n]*)\))?(?:\((?P<behind>[^()\n]*)\))?"
    r"(?P<each>(?:(?:\[[^\[\]\n]*\]){0,2}\{[^{}\n]+\})+)"
)
_EACH = lazy_pattern(r"(?:\[(?P<one>[^\[\]\n]*)\])?(?:\[(?P<two>[^\[\]\n]*)\])?\{(?P<keys>[^{}\n]+)\}")
HINT = "write `\\cite{key}`, or another of the commands that the guide lists"  # for what nobody reads
# what looks like a command of this kind: one that is not above stays as it is written, with a warning
ANY = lazy_pattern(
    r"\\(?P<any>[A-Za-z]{0,12}[cC]ite[a-z]{0,12})\*?(?=[\[({])(?:\([^()\n]*\)|\[[^\[\]\n]*\])*(?:\{(?P<inside>[^{}\n]*)\})?"
)
# `\printbibliography` and `\bibliography{file}` are a list; a command for the style of the list shows nothing
_FILES = r"\{(?P<files>[^{}\n]*)\}"
_LIST = rf"\\(?:(?P<list>printbibliography|bibliography{_FILES})|(?:bibliographystyle|addbibresource)\{{[^{{}}\n]*\}})(?:\[[^\[\]\n]*\])?"
LIST = lazy_pattern(_LIST)
ONLY_LISTS = lazy_pattern(
    rf"(?:\s*(?:{_LIST.replace('?P<list>', '?:').replace('?P<files>', '?:')}|\\nocite\{{[^{{}}\n]+\}}))+\s*"
)


def unread_hint(match: re.Match[str]) -> str:
    r"""A hint for a command that stays as it is written: `match` is one of `ANY`."""
    if match["inside"] is not None and not match["inside"].strip(" ,"):
        return "write the key of an entry into the braces"
    if match["any"] == "citetext":
        return "close its brace in the same paragraph"
    return HINT


def read_keys(match: re.Match[str]) -> list[str]:
    """The keys that a command names."""
    return [key.strip() for key in match["keys"].split(",") if key.strip()]


def read_citation(match: re.Match[str]) -> Citation:
    r"""`\citep[see][p. 3]{a,b}`: a single note stands behind the citation; of two notes the first stands before it."""
    name = match["name"].lower()
    return Citation(tuple(_cites(match)), name in _NARRATIVE, _PARTS.get(name, ""))


def _cites(match: re.Match[str]) -> list[Cite]:
    before, behind = (match["one"] or "", match["two"]) if match["two"] is not None else ("", match["one"] or "")
    keys = read_keys(match)
    last = len(keys) - 1
    return [
        Cite(
            key,
            prefix="" if number else typeset(before.strip()),
            locator=typeset((behind or "").strip()) if number == last else "",
        )
        for number, key in enumerate(keys)
    ]


def read_several(match: re.Match[str]) -> Citation:
    r"""`\parencites(see)(and more)[p. 3]{a}[p. 4]{b}`: what stands in round brackets is for all of them."""
    cites = [cite for each in _EACH.finditer(match["each"]) for cite in _cites(each)]
    both = match["behind"] is not None
    before, behind = (match["before"] if both else ""), (match["behind"] if both else match["before"]) or ""
    if before.strip():
        cites[0] = replace(cites[0], prefix=" ".join((typeset(before.strip()), cites[0].prefix)).strip())
    if behind.strip():
        locator = ", ".join(filter(None, (cites[-1].locator, typeset(behind.strip()))))
        cites[-1] = replace(cites[-1], locator=locator)
    return Citation(tuple(cites), match["several"].lower() in _NARRATIVE)


Piece = tuple[int, int, Citation | Asked | str]  # of a text: from where to where, what stands for it


class CommandReader:
    """Reads the commands and bare keys in the texts of a page; what is wrong goes to `found`."""

    def __init__(self, page: PageBibliography, written: WrittenPlaces, found: FoundCitations) -> None:
        self._page = page
        self._written = written
        self._found = found

    def read(self, content: str, *, takes_lists: bool, is_last: bool) -> list[Piece]:
        r"""The citations and lists in a text, and what stands for `\@` and commands that show nothing.

        `takes_lists` says that a list may stand there, `is_last` that it would be at the end of the page.
        """
        pieces: list[Piece] = []
        matches = [
            *SEVERAL.finditer(content),
            *COMMAND.finditer(content),
            *BARE.finditer(content),
            *LIST.finditer(content),
        ]
        known = {match.start() for match in matches}
        matches += [match for match in ANY.finditer(content) if match.start() not in known]
        position = 0
        for match in sorted(matches, key=lambda match: match.start()):
            start = match.start()
            if start < position:
                continue
            if start and content.startswith("\\@", start - 1):  # `\@key` is text, without its backslash
                if self._page.find(match["braced"] or match["plain"]) is not None:
                    pieces.append((start - 1, start + 1, "@"))
                    position = start + 1
                continue
            shown, end = self._stands_for(match, takes_lists=takes_lists, is_last=is_last)
            if shown is not None:
                pieces.append((start, end, shown))
                position = end
        return pieces

    def _stands_for(
        self, match: re.Match[str], *, takes_lists: bool, is_last: bool
    ) -> tuple[Citation | Asked | str | None, int]:
        """The citation, list or text for a command or a key, and its end. None where it stays as it is written, which is told."""
        groups, end = match.re.groupindex, match.end()
        if "keys" in groups:
            return self._command(match), end
        if "several" in groups:
            citation = read_several(match)
            return (citation if self.all_known([cite.key for cite in citation.cites], match[0]) else None), end
        if "plain" in groups:
            return read_bare(self._page, match)
        if not self._page.files:
            return None, end
        hint = "write it on a line of its own"
        if "any" in groups:
            hint = unread_hint(match)
        elif match["list"] is None or is_last:  # at the end of a page the list stands anyway
            return "", end
        elif takes_lists:
            return Asked(cited=True), end
        self._found.unread.append((match[0], hint, self._written.find(match[0])))
        return None, end

    def _command(self, match: re.Match[str]) -> Citation | str | None:
        r"""`\citep[see][p. 3]{a,b}`, or '' for `\nocite{a}`, which shows nothing; an unknown key is told."""
        keys = read_keys(match)
        if match["name"] != "nocite":
            return read_citation(match) if self.all_known(keys, match[0]) else None
        if not self._page.files:
            return None
        self.all_known([key for key in keys if key != "*"], match[0])
        entries = self._page.keys() if "*" in keys else ()
        self._found.noted += [key for key in (*keys, *(key for _, key in entries)) if self._page.find(key) is not None]
        return ""

    def all_known(self, keys: Sequence[str], written: str) -> bool:
        """Whether keys are entries; those that are none are told, on a page that has a bibliography."""
        unknown = [key for key in keys if self._page.find(key) is None]
        if self._page.files and unknown:
            offset = self._written.find(written)
            self._found.unknown += [(key, written, offset) for key in unknown]
        return bool(keys) and not unknown
