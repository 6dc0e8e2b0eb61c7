"""HTML as authors write it, read to its end: nothing in it stops the parser or makes it slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathblog.text.html_reader import HtmlReader, with_references
from support.growth import measure

PIECES = (
    "<!-- ", "-->", "<!-- > ", "<![CDATA[ ", "<![CDATA[ > ", "]]>", "<![if x", "<![if x> ", "<![1x]>", "<![x", "<![ ", "<! ", "<!", "<? ", "<?x >",
    "<a ", "<a x='", '<a x="', "</a ", "</", "<", ">", "<p>", "</p>", "&#", "&#; ", "&#x", "&am", "&amp;", "<script>", "</script>", "word ", "\n",
)  # fmt: skip


class Words(HtmlReader):
    """Notes the tags and the words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.found.append(f"<{tag}>")

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words(html: str) -> str:
    reader = Words()
    reader.read(html)
    return "".join(reader.found)


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_as_the_text_does(piece: str) -> None:
    growth = measure(lambda size: piece * size, words, 200_000)
    assert not growth.is_steep, f"steps of twice the input: {growth}"


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_text_is_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    words(text)
    words(with_references(text))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p> b &amp; c &lt", "<p>a b & c <"),
        ("a <![x[y]]> b<p>c", "a  b<p>c"),  # in a browser a comment up to the next `>`
        ("a <![ b> c", "a  c"),
        ("<![1x]>a", "a"),
        ("<p>a<!-- b --> c <!-- d", "<p>a c <!-- d"),
        ("a < b and <i", "a < b and <i"),
        ("<script>a < b</script>c", "<script>a < bc"),
    ],
)
def test_what_is_read(html: str, expected: str) -> None:
    assert words(html) == expected


def test_a_sign_that_begins_no_reference() -> None:
    assert with_references("a &#; &#x; &#xg &#5; &#x5; &#") == "a &amp;#; &amp;#x; &amp;#xg &#5; &#x5; &amp;#"
    reader = HtmlReader(convert_charrefs=False)
    tags: list[str] = []
    reader.handle_starttag = lambda tag, _attrs: tags.append(tag)  # type: ignore[method-assign]
    reader.read(with_references("&#; <b>x</b>"))
    assert tags == ["b"]
