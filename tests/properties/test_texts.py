"""Where only texts changed, a build looks at what they concern, and at no other document."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from mathblog.engine import builder
from mathblog.engine.sources import snapshot
from properties.edits import BODIES, BODY, PAGES, POSTS, Edit, Put, Undo
from properties.test_warm_is_cold import EDITS, PER_BLOG, check_edits
from support.site import Site

BLOG = {
    "_posts/2018-10-01-a.md": "---\ntitle: a\ntags: [수학]\n---\n글 a $x_1$\n",
    "_posts/2018-10-02-b.md": "---\ntitle: b\ntags: [수학]\n---\n글 b $x_2$\n",
    "_posts/2018-10-03-c.md": "---\ntitle: c\n---\n글 c $x_3$\n",
    "list.md": "---\ntitle: 목록\n---\n{% for post in site.posts %}{{ post.excerpt }}{% endfor %}\n",
    "whole.md": "---\ntitle: 전체\n---\n{{ site.posts.last.content }}\n",
    "raw.md": "---\ntitle: 원문\n---\n{% include_relative _posts/2018-10-01-a.md %}\n",
}
SHOWN = {  # where the text of each document shows
    "_posts/2018-10-01-a.md": ("2018/10/01/a.html", "index.html", "list.html", "whole.html", "raw.html", "feed.xml"),
    "_posts/2018-10-03-c.md": ("2018/10/03/c.html", "index.html", "list.html", "feed.xml"),
    "list.md": ("list.html",),
}


@pytest.fixture
def _sure_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock so fine that no file is too young to be told from what it was."""
    monkeypatch.setattr(snapshot, "_GRAIN", 0)


@pytest.mark.usefixtures("_sure_stamps")
@pytest.mark.parametrize("path", SHOWN)
def test_no_other_document_is_read(path: str, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.config("").write(BLOG).build().is_good()
    for text in ("새 글 $y$", "새 글, 둘째 $z$"):
        site.write({path: BLOG[path].rpartition("---\n")[0] + f"---\n{text}\n"})
        with monkeypatch.context() as watched:
            watched.setattr(builder, "read_sources", lambda *_: pytest.fail("the whole site was read"))
            site.build().is_good()
        for page in SHOWN[path]:
            site.has(page, "새 글")
        site.equals_a_clean_build()


@pytest.mark.usefixtures("_sure_stamps")
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("_posts/2018-10-01-a.md", "---\ntitle: anders\n---\n글 a\n"),
        ("_posts/2018-10-01-a.md", "---\ntitle: a\ntags: [수학]\n---\n깨진 $\\frac{1$\n"),
        ("_posts/2018-10-01-a.md", "---\ntitle: a\ntags: [수학]\n---\n{{ site.time | date: '%Y' }}\n"),
        ("_posts/2018-10-04-d.md", "---\ntitle: d\n---\n글 d\n"),
        ("list.md", "---\ntitle: 목록\n---\n{% for tag in site.categories %}{{ tag }}{% endfor %}\n"),
        ("list.md", "no front matter\n"),
    ],
)
def test_more_than_a_text(path: str, text: str, site: Site) -> None:
    site.config("").write(BLOG).build().is_good()
    site.write({path: text}).build(keep_going=True)
    site.equals_a_clean_build()
    site.write({path: BLOG.get(path, text)}).build()
    site.equals_a_clean_build()


@pytest.mark.usefixtures("_sure_stamps")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[b](/elsewhere.html)", "/elsewhere.html"),  # were there such a page, the base path would lack here
        ("{% for post in site.categories.none %}{{ post.title }}{% endfor %}[{{ site.tags.size }}]", "[1]"),
        ("{% for note in site.notes %}[{{ note.title }}]{% endfor %}", "[n]"),
        ("[{{ page.previous.title }}]", "[b]"),
    ],
)
def test_what_no_text_asked_before_is_answered_as_well(
    text: str, shown: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record knows all facts that follow from front matter, whoever asks for them, and at whatever edit."""
    path = "_posts/2018-10-03-c.md"
    notes = {"_notes/n.md": "---\ntitle: n\n---\n글\n"}
    site.config("baseurl: /blog\ncollections: {notes: {output: true}}\n").write(BLOG | notes).build().is_good()
    for edit in ("eins", "zwei"):
        site.write({path: BLOG[path].rpartition("---\n")[0] + f"---\n{edit} {text}\n"})
        with monkeypatch.context() as watched:
            watched.setattr(builder, "read_sources", lambda *_: pytest.fail("the whole site was read"))
            site.build().is_good()
        site.has("2018/10/03/c.html", edit).has("2018/10/03/c.html", shown)
        site.equals_a_clean_build()


def texts() -> st.SearchStrategy[Edit]:
    """Other bodies, now and then an edit taken back."""
    documents = st.sampled_from((*POSTS[:3], *PAGES))
    return st.one_of(
        *(st.builds(Put, documents, st.just(BODY), st.sampled_from(BODIES[:-4])),) * 4,
        st.builds(Undo, st.integers(1, 3)),
    )


@pytest.mark.usefixtures("_sure_stamps")
@settings(
    deadline=None, database=None, suppress_health_check=list(HealthCheck), max_examples=max(1, EDITS // PER_BLOG // 6)
)
@given(sequence=st.lists(st.tuples(texts(), st.booleans()), min_size=PER_BLOG, max_size=PER_BLOG))
def test_any_texts_give_what_a_clean_build_gives(sequence: Sequence[tuple[Edit, bool]]) -> None:
    note(str(sequence))
    check_edits(sequence, keep_going=False)
