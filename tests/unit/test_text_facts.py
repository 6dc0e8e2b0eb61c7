"""What was compiled comes back from the store, or is compiled again: never what another run left there."""

import gc
import weakref

import pytest

from mathblog.engine.cache.codec import encode
from mathblog.engine.cache.memo import Brief, Memo
from mathblog.engine.cache.store import VALUE, Store
from mathblog.engine.stages.text_facts import KnownText, StoredTexts, text_facts
from mathblog.model.body import Body
from mathblog.model.compiled import Compiled, Excerpt, Heading
from mathblog.model.facts import kinds
from mathblog.model.facts.view import SiteFacts


def compiled(words: str) -> Compiled:
    headings = (Heading(2, "a", Body([words]), words),)
    return Compiled("a.md", Body([words]), Excerpt(Body([words])), headings, 0, failed=False, diagnostics=())


@pytest.mark.parametrize("stored", ["all", "brief", "body", "nothing", "another run's"])
def test_excerpt_and_headings_are_those_of_the_known_run(stored: str) -> None:
    store, lost = Store(None), []
    old = compiled("of the store")
    if stored in ("all", "brief"):
        brief = Brief("excerpt", "headings", encode(old.excerpt), encode(old.headings))
        store.put_encoded("key/brief", encode([*brief]))
    if stored == "another run's":
        brief = Brief("other", "other", encode(old.excerpt), encode(old.headings))
        store.put_encoded("key/brief", encode([*brief]))
        store.put_encoded("key" + VALUE, encode(["other", old]))
    if stored in ("all", "body"):
        store.put_encoded("key" + VALUE, encode(["digest", old]))
    text = KnownText("a.md", "key", "digest", "excerpt", "headings", ())
    texts = StoredTexts(Memo(store), {"a.md": text}, lambda path: lost.append(path) or compiled("made again"))
    is_lost = stored in ("nothing", "another run's")
    words = "made again" if is_lost else "of the store"
    assert texts.excerpt("a.md").html == words
    assert texts.headings("a.md")[0].text == words
    assert lost == ["a.md"] * is_lost, "at most once"
    if stored != "brief":
        assert texts.compiled("a.md").body == Body([words])


def test_texts_of_a_build_are_gone_with_its_facts() -> None:
    """A build looks for circles seldom, and a preview has one build after the other."""
    made: list[str] = []
    text = KnownText("a.md", "key", "digest", "excerpt", "headings", ())
    texts = StoredTexts(Memo(Store(None)), {"a.md": text}, lambda path: made.append(path) or compiled("x"))
    facts, alive = SiteFacts(text_facts(texts)[0]), weakref.ref(texts)
    excerpts = [facts.get(kinds.EXCERPT.key("a.md")) for _ in range(2)]
    assert excerpts == [compiled("x").excerpt] * 2
    assert made == ["a.md"]
    gc.disable()
    try:
        del texts, facts
        assert alive() is None
    finally:
        gc.enable()
