"""Entries and citations in the five styles. What stands here follows from the styles' manuals, as citeproc-js reads them."""

import html
import json
import re
from pathlib import Path

import pytest

from mathblog.citations.formatting import EntryLabel, Linked, Links, citation_html, entry_html, in_order, label_entries
from mathblog.citations.names import read_names
from mathblog.citations.reading import read_bibliography
from mathblog.core.source import SourceText
from mathblog.model.citations.reference import Citation, Cite, Reference

HERE = Path(__file__).parent
CASES = HERE.parents[2].parent / "shared" / "cases" / "citations"


def read(path: Path) -> dict[str, Reference]:
    found = read_bibliography(SourceText("a.bib", path.read_text(encoding="utf-8")))
    assert not found.diagnostics
    return {reference.key: reference for reference in found.references}


OWN = read(HERE / "awkward.bib")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("noether", r"Nöther, E. (1918). Invariante Variationsprobleme in \(\mathbb{R}^n\). <i>Nachr. Ges. Wiss. Göttingen</i>, 235–257."),
        ("two", 'de Rham, G., &amp; Hodge, W. V. D., Jr. (1931). On “harmonic” forms. <i>Annali Di Matematica</i>, <i>12</i>(3), 201–209. <a href="https://doi.org/10.1000/ab_c">https://doi.org/10.1000/ab_c</a>'),
        ("three", "Uno, A., Due, B., &amp; Tre, C. (2011). <i>Trees</i> (3rd ed.). Arbor."),
        ("edited", "Zwei, E. (Ed.). (1955). <i>Collected <i>Papers</i></i>. Verlag &amp; Sons."),
        ("seven", "A, A., B, B., C, C., D, D., E, E., F, F., &amp; G, G. (2020). Many. In H. Host (Ed.), <i>Proc. of the Meeting</i> (Vol. 9, p. 7). Springer."),
        ("thesis", "Doe, J. (2001). <i>A thesis</i> [PhD thesis]. Univ. of Nowhere."),
        ("report", "The Group. (1999). <i>What we did</i> (No. 17). CERN."),
        ("page", '岡潔. (2020, February 29). <i>多変数関数論</i>. <a href="https://example.org/a&amp;b">https://example.org/a&amp;b</a>'),
        ("preprint", 'Perelman, G. (2002). <i>The entropy formula for the Ricci flow</i>. <a href="https://arxiv.org/abs/math/0211159">https://arxiv.org/abs/math/0211159</a>'),
        ("nobody", "<i>A note without a name</i>. (n.d.)."),
    ],
)  # fmt: skip
def test_apa(key: str, expected: str) -> None:
    assert entry_html("apa", OWN[key]) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("noether", r"E. Nöther, “Invariante Variationsprobleme in \(\mathbb{R}^n\),” <i>Nachr. Ges. Wiss. Göttingen</i>, pp. 235–257, 1918."),
        ("two", 'G. de Rham and W. V. D. Hodge Jr., “On ‘harmonic’ forms,” <i>Annali di Matematica</i>, vol. 12, no. 3, pp. 201–209, Mar. 1931, doi: <a href="https://doi.org/10.1000/ab_c">10.1000/ab_c</a>.'),
        ("three", "A. Uno, B. Due, and C. Tre, <i>Trees</i>, 3rd ed. Paris: Arbor, 2011."),
        ("edited", "E. Zwei, Ed., <i>Collected <i>Papers</i></i>. in Old Papers. Verlag &amp; Sons, 1955."),
        ("seven", "A. A <i>et al.</i>, “Many,” in <i>Proc. of the Meeting</i>, H. Host, Ed., in Lecture Notes, vol. 9. Springer, 2020, p. 7."),
        ("thesis", "J. Doe, “A thesis,” PhD thesis, Univ. of Nowhere, 2001."),
        ("report", "The Group, “What we did,” CERN, 17, Oct. 1999."),
        ("page", '岡潔, “多変数関数論.” Accessed: Dec. 01, 2021. [Online]. Available: <a href="https://example.org/a&amp;b">https://example.org/a&amp;b</a>'),
        ("nobody", "“A note without a name.”"),
    ],
)  # fmt: skip
def test_numeric(key: str, expected: str) -> None:
    assert entry_html("numeric", OWN[key]) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("alpha", "A. Uno, B. Due, and C. Tre. <i>Trees</i>. Arbor, Paris, 3rd edition, 2011."),
        ("ams", "Uno, A., Due, B., and Tre, C., <i>Trees</i>, 3rd ed., Arbor, Paris, 2011."),
        ("chicago-author-date", "Uno, A., B. Due, and C. Tre. 2011. <i>Trees</i>. 3rd ed. Arbor."),
    ],
)
def test_a_book(style: str, expected: str) -> None:
    assert entry_html(style, OWN["three"]) == expected


@pytest.mark.parametrize(
    ("style", "labels"),
    [
        ("numeric", ["1", "2", "3", "4"]),
        ("alpha", ["Ito42a", "Ito42b", "dRH31", "UDT11"]),
        ("ams", ["Ito42a", "Ito42b", "RhHo31", "UnDT11"]),
    ],
)
def test_labels(style: str, labels: list[str]) -> None:
    shown = [OWN[key] for key in ("same1", "same2", "two", "three")]
    assert [label.text for label in label_entries(style, shown).values()] == labels


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("numeric", 'see <a class="cite" href="#ref-two" id="at">[1, p. 3]</a>, <a class="cite" href="#ref-same2">[3]</a> only'),
        ("apa", '(see <a class="cite" href="#ref-two" id="at">de Rham &amp; Hodge, 1931, p. 3</a>; <a class="cite" href="#ref-same2">Ito, 1942b</a> only)'),
        ("alpha", 'see <a class="cite" href="#ref-two" id="at">[dRH31, p. 3]</a>, <a class="cite" href="#ref-same2">[Ito42b]</a> only'),
        ("chicago-author-date", '(see <a class="cite" href="#ref-two" id="at">de Rham and Hodge 1931, p. 3</a>; <a class="cite" href="#ref-same2">Ito 1942b</a> only)'),
    ],
)  # fmt: skip
def test_citations(style: str, expected: str) -> None:
    labels = label_entries(style, [OWN[key] for key in ("two", "same1", "same2")])
    citation = Citation((Cite("two", "see", "p. 3"), Cite("same2", suffix=" only")))
    places = ("at", "")
    cites = [
        Linked(cite, OWN[cite.key], labels[cite.key], place) for cite, place in zip(citation.cites, places, strict=True)
    ]
    assert citation_html(style, citation, cites, Links()) == expected


@pytest.mark.parametrize(
    ("style", "narrative", "without"),
    [
        ("numeric", "Uno et al. [1, p. 2]", "[1]"),
        ("apa", "Uno et al. (2011, p. 2)", "(2011)"),
    ],
)
def test_narrative_citations_and_those_without_authors(style: str, narrative: str, without: str) -> None:
    label = label_entries(style, [OWN["three"]])["three"]

    def written(cite: Cite, *, narrative: bool) -> str:
        linked = [Linked(cite, OWN["three"], label)]
        return citation_html(style, Citation((cite,), narrative=narrative), linked, Links(), linked=False)

    assert written(Cite("three", locator="p. 2"), narrative=True) == narrative
    assert written(Cite("three", without_author=True), narrative=False) == without


@pytest.mark.parametrize(
    ("style", "book", "article"),
    [
        ("apa", "(<i>Notes on the Sheaves</i>, n.d.)", "(“A Sheaf of iPods,” n.d.)"),
        ("chicago-author-date", "(“Notes on the Sheaves” n.d.)", "(“A Sheaf of iPods” n.d.)"),
    ],
)
def test_entries_without_authors_are_cited_by_their_titles(style: str, book: str, article: str) -> None:
    text = "@book{b, title = {Notes on the sheaves}}\n@article{a, title = {A sheaf of {iPods}}, journal = {J}}"
    for reference, expected in zip(
        read_bibliography(SourceText("a.bib", text)).references, (book, article), strict=True
    ):
        cite = Cite(reference.key)
        linked = [Linked(cite, reference, EntryLabel())]
        assert citation_html(style, Citation((cite,)), linked, Links(), linked=False) == expected


def test_a_particle_behind_a_first_name_is_no_initial() -> None:
    text = "@book{a, author = {Beethoven, Ludwig van and La Fontaine, Jean de}, title = {T}, year = 1800}"
    (reference,) = read_bibliography(SourceText("a.bib", text)).references
    assert entry_html("apa", reference).startswith("Beethoven, L. van, &amp; La Fontaine, J. de. (1800).")


def test_a_comma_stands_before_closing_quotes() -> None:
    text = "@article{a, author = {A, B}, title = {On ``sums''}, journal = {Sums}, year = 2000}"
    (reference,) = read_bibliography(SourceText("a.bib", text)).references
    assert entry_html("ams", reference) == "A, B, On “sums,” Sums (2000)."


def plain(entry: str) -> str:
    """An entry as citeproc-js writes it: addresses are text, formulas stand between dollars."""
    return html.unescape(re.sub(r"\\\((.*?)\\\)", r"$\1$", re.sub(r"</?a\b[^>]*>", "", entry)))


def read_cases() -> dict[str, Reference]:
    """The cases as citeproc-js read them: as CSL, in which were no `others` and no `howpublished`. We show both, as BibTeX does."""
    text = (CASES / "cite-reference.bib").read_text(encoding="utf-8").replace(" and others", "")
    text = text.replace(r" howpublished={\url{https://example.org/sheaves_notes}},", "")
    return {it.key: it for it in read_bibliography(SourceText("a.bib", text)).references}


@pytest.mark.skipif(not CASES.is_dir(), reason="the reference lists are not here")
@pytest.mark.parametrize(
    ("style", "name"), [("apa", "apa"), ("numeric", "ieee"), ("chicago-author-date", "chicago-author-date")]
)
def test_lists_equal_those_of_citeproc(style: str, name: str) -> None:
    references = read_cases()
    given = json.loads((CASES / "cite-reference.json").read_text(encoding="utf-8"))
    expected = {key: re.sub(r"^\[\d+\]", "", entry) for key, entry in given["bibliography"][name].items()}
    assert {key: plain(entry_html(style, reference)) for key, reference in references.items()} == expected
    if style == "apa":
        assert [reference.key for reference in in_order(list(references.values()))] == given["order"][name]


def test_notes_editions_and_parts_of_books_as_alpha_has_them() -> None:
    """`alpha.bst`: a note ends an entry, that of `unpublished` stands before its date; `format.edition`; an `inbook` has the book's title."""
    text = (
        "@unpublished{un, author={Doe, J.}, title={Draft}, note={In preparation}, year=2000}"
        "@misc{web, author={Doe, J.}, title={Page}, howpublished={\\url{https://a.example/x}}, note={Accessed: 2020-01-01}, year=2001}"
        "@misc{only, author={Doe, J.}, title={Page}, note={\\url{https://a.example/y}}}"
        "@book{book, author={Doe, J.}, title={Book}, publisher={P}, edition={Second}, year=2002, note={To appear.}}"
        "@inbook{part, author={Doe, J.}, title={Book}, chapter=3, pages={10--12}, publisher={P}, year=2003}"
    )
    shown = [entry_html("alpha", it) for it in read_bibliography(SourceText("a.bib", text)).references]
    link = '<a href="https://a.example/{0}">https://a.example/{0}</a>.'
    assert shown == [
        "J. Doe. Draft. In preparation, 2000.",
        f"J. Doe. Page. 2001. Accessed: 2020-01-01. {link.format('x')}",
        f"J. Doe. Page. {link.format('y')}",
        "J. Doe. <i>Book</i>. P, second edition, 2002. To appear.",
        "J. Doe. <i>Book</i>, chapter 3, pages 10–12. P, 2003.",
    ]


def test_others_are_et_al_in_lists_and_in_texts() -> None:
    """As in `plain.bst` and `alpha.bst`, in biblatex-apa, in the Chicago Manual (13.23) and in IEEE's reference guide."""
    text = "@article{one, author = {Smith, Adam and others}, title = {T}, journal = {J}, year = 2020}"
    text += "@article{two, author = {Smith, Adam and Lee, Bo and others}, title = {T}, journal = {J}, year = 2020}"
    text += "@article{three, author = {Smith, Adam et al.}, title = {T}, journal = {J}, year = 2020}"
    one, two, three = read_bibliography(SourceText("a.bib", text)).references
    lists = {style: [entry_html(style, it).partition("T")[0] for it in (one, two)] for style in STYLES}
    assert lists == {
        "numeric": ["A. Smith <i>et al.</i>, “", "A. Smith, B. Lee, <i>et al.</i>, “"],
        "apa": ["Smith, A., et al. (2020). ", "Smith, A., Lee, B., et al. (2020). "],
        "alpha": ["Adam Smith et al. ", "Adam Smith, Bo Lee, et al. "],
        "chicago-author-date": ["Smith, Adam, et al. 2020. “", "Smith, Adam, Bo Lee, et al. 2020. “"],
        "ams": ["Smith, Adam, et al., ", "Smith, Adam, Lee, Bo, et al., "],
    }
    assert [label_entries("alpha", [it])[it.key].text for it in (one, two)] == ["S+20", "SL+20"]
    cite = Citation((Cite("one"),))
    assert (
        citation_html("apa", cite, [Linked(cite.cites[0], one, EntryLabel())], Links(), linked=False)
        == "(Smith et al., 2020)"
    )
    assert all(entry_html(style, three) == entry_html(style, one) for style in STYLES)


@pytest.mark.parametrize(
    "names",
    [
        "Smith, Adam et al.",
        "Smith, Adam, et. al",
        "Smith, Adam and et al.",
        "Smith, Adam {et al.}",
        "Smith, Adam and {et al.}",
        "Smith, Adam et~al.",
        "Smith, Adam~et~al.",
        r"Smith, Adam \emph{et al.}",
        r"Smith, Adam {\em et al.}",
        "Smith, Adam et~al",
        "Smith, Adam and Others",
        "Smith, Adam AND OTHERS",
        "others and Smith, Adam and others",
    ],
)
def test_others_in_all_spellings(names: str) -> None:
    assert read_names(names) == read_names("Smith, Adam and others")
    assert [name.last for name in read_names(names)] == ["Smith", "others"]


def test_others_before_a_name_are_nobody() -> None:
    """BibTeX knows them at the end alone; a name that only looks like them is a name."""
    assert [it.last for it in read_names("Smith, Adam and others and Lee, Bo")] == ["Smith", "Lee"]
    assert [it.last for it in read_names("Smith, Adam and et al. and Lee, Bo")] == ["Smith", "Lee"]
    assert [it.last for it in read_names("Smith, Adam and {Others Inc.} and Vietal")] == [
        "Smith",
        "Others Inc.",
        "Vietal",
    ]
    assert read_names("others") == read_names("et al.") == ()


@pytest.mark.parametrize(
    ("field", "address"),
    [
        (r"howpublished = {\url{https://github.com/a_b/c}}", "https://github.com/a_b/c"),
        (r'howpublished = "\href{https://x.example/z\_1}{a post}"', "https://x.example/z_1"),
        ("note = {https://x.example/z_1.}", "https://x.example/z_1"),
        (r"note = {\href{https://x.example/z}{a page}}", "https://x.example/z"),
        ("howpublished = {Read at https://x.example/z_1.}", "https://x.example/z_1"),
        ("howpublished = {(see https://x.example/wiki/Foo_(bar)).}", "https://x.example/wiki/Foo_(bar)"),
        ("howpublished = {(https://x.example/z)}", "https://x.example/z"),
        ("note = {Read}, journal = {arXiv preprint arXiv:1706.03762}", "https://arxiv.org/abs/1706.03762"),
        ("journal = {arXiv:math/0211159 [math.DG]}", "https://arxiv.org/abs/math/0211159"),
        ("journal = {(arXiv:1706.03762)}", "https://arxiv.org/abs/1706.03762"),
        # an address that is there has no second one within it
        *(
            (
                f"url = {{http://x.example/search?p=a{it}arXiv:1706.03762}}",
                f"http://x.example/search?p=a{it}arXiv:1706.03762",
            )
            for it in "+;-(:/"
        ),
        ("doi = {10.1000/a;arXiv:1706.03762}", "https://doi.org/10.1000/a;arXiv:1706.03762"),
        (r"journal = {\href{https://x.example}{Preprint, \emph{an} arXiv:1706.03762}}", "https://x.example"),
    ],
)
def test_addresses_in_words_are_links(field: str, address: str) -> None:
    (reference,) = read_bibliography(SourceText("a.bib", f"@misc{{a, title = {{T}}, {field}}}")).references
    article = Reference("a", "article", reference.own)
    for style in STYLES:
        shown = entry_html(style, article if "journal" in field else reference)
        assert shown.count("<a ") == 1
        assert f'href="{address}"' in shown


@pytest.mark.parametrize(
    "note", [r"Erratum: \url{https://x.example/e}", "See https://x.example/e.", r"\url{https://x.example/e}, withdrawn"]
)
def test_an_address_among_the_words_of_a_note_is_not_that_of_the_work(note: str) -> None:
    for style in STYLES:
        reference = Reference("a", "article", (("title", "T"), ("journal", "J"), ("note", note)))
        shown = entry_html(style, reference)
        if style == "alpha":  # which shows notes
            assert shown.count("https://x.example/e</a>") == ("url" in note)
            shown = shown.replace('<a href="https://x.example/e">', "")
        assert "<a " not in shown


def test_a_title_alone_ends_in_a_full_stop() -> None:
    text = "@article{a, author = {A, B}, title = {On sums}}"
    (reference,) = read_bibliography(SourceText("a.bib", text)).references
    assert entry_html("numeric", reference) == "B. A, “On sums.”"


STYLES = ("numeric", "apa", "alpha", "chicago-author-date", "ams")
ODD = {
    "day": ["1" * 5000, "²", "0"],
    "month": ["1" * 5000, "²", "13", "0"],
    "date": ["2020-13-01", "2020-00-00", "2020-99", "20201301"],
    "urldate": ["2020-13-01", "2020-00-05"],
    "edition": ["1" * 5000, "²", "0"],
    "year": ["1" * 5000, "²"],
    "pages": ["~" * 5000, "1" * 5000, "--" * 5000],
    "title": [
        "\\em " * 3000,
        "\\emph" * 3000,
        "\\'" * 3000,
        "\\c " * 3000,
        "\\href" * 3000,
        "\\(" * 3000,
        "a " * 30_000,
    ],
    "author": ["\\textbf " * 3000, " and " * 3000, "A and " * 3000, "von " * 3000, "," * 3000, "A-" * 3000],
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("field", ODD)
def test_whatever_a_field_holds_is_shown(style: str, field: str) -> None:
    for value in ODD[field]:
        fields = {"author": "A, B.", "title": "T", "year": "2000", "url": "https://a.b", field: value}
        for kind in ("article", "book", "online", "phdthesis"):
            own = tuple((name, it) for name, it in fields.items() if field != "date" or name != "year")
            reference = Reference("k", kind, own)
            label = label_entries(style, [reference])["k"]
            assert entry_html(style, reference, label.year_suffix)


def test_letters_behind_thousands_of_equal_years() -> None:
    alike = [Reference(f"k{it}", "book", (("author", "A, B."), ("year", "2000"))) for it in range(20_000)]
    letters = [label.year_suffix for label in label_entries("apa", alike).values()]
    assert [letters[it] for it in (0, 25, 26, 701, 702, 19_999)] == ["a", "z", "aa", "zz", "aaa", "acof"]
    assert len(set(letters)) == len(letters)


@pytest.mark.skipif(not CASES.is_dir(), reason="the reference lists are not here")
@pytest.mark.parametrize(
    ("style", "name"),
    [("apa", "apa"), ("chicago-author-date", "chicago-author-date"), ("ams", "american-mathematical-society-label")],
)
def test_citations_equal_those_of_citeproc(style: str, name: str) -> None:
    """But for names in Han and Hangul, which stay whole; entries of `ams` have their addresses behind them, too."""
    references = [it for it in read_cases().values() if it.key not in ("kim2020", "hua1982")]
    given = json.loads((CASES / "cite-reference.json").read_text(encoding="utf-8"))
    for reference in references:
        cite = Cite(reference.key)
        linked = [Linked(cite, reference, label_entries(style, [reference])[reference.key])]
        shown = html.unescape(citation_html(style, Citation((cite,)), linked, Links(), linked=False))
        assert shown == given["citations"][name][reference.key]
        if style == "ams":
            entry = re.sub(r"(?<=\.) https?://\S+\.$", "", plain(entry_html(style, reference)))
            assert entry == given["bibliography"][name][reference.key].partition("] ")[2]
