"""What was compiled comes back from the store, or is compiled again: never what another run left there."""

import pytest

from mathblog.engine.cache.codec import encode
from mathblog.engine.cache.memo import Brief, Memo
from mathblog.engine.cache.store import VALUE, Store
from mathblog.engine.stages.text_facts import KnownText, StoredTexts
from mathblog.model.body import Body
from mathblog.model.compiled import Compiled, Excerpt, Heading


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
