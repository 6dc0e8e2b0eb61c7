"""A preview believes what it is told to have changed, shows that, and looks at everything afterwards (ADR 62)."""

import itertools
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, cast

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from mathblog.engine import builder
from mathblog.engine.builder import Builder, build
from mathblog.engine.problem import BuildStopped
from mathblog.engine.request import BuildRequest, BuildResult
from mathblog.serve.preview import Preview
from mathblog.serve.session import PreviewSettings, Rebuild, _Session
from mathblog.serve.watch import Watch
from properties.edits import (
    BLOG,
    BODIES,
    BODY,
    PAGES,
    POSTS,
    A,
    B,
    Blog,
    Edit,
    Put,
    Undo,
    edited,
    edits,
    files_below,
    write_blog,
)
from properties.test_warm_is_cold import EDITS, PER_BLOG, _report, _same
from support.site import Site

FRONT = "---\ntitle: 글\n---\n"
TEXTS = {"_posts/2018-10-01-a.md": f"{FRONT}하나 $y$", "_posts/2018-10-02-b.md": f"{FRONT}둘", "about.md": f"{FRONT}나"}


class Step(NamedTuple):
    """An edit, and whether the builder is told of all that it touched, or of another file."""

    edit: Edit
    honest: bool


def check_told(steps: Sequence[Step], *, keep_going: bool) -> int:
    """Build as a preview does after every edit, and compare with a clean build; how many builds believed what they were told."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "blog").mkdir()
        write_blog(root / "blog", {}, BLOG)
        history: list[Blog] = [BLOG]
        quick = 0
        with Builder(BuildRequest(root / "blog", preview=True, keep_going=keep_going)) as kept:
            result = kept.build()
            for edit, honest in steps:
                history.append(edited(history, edit))
                old, new = history[-2:]
                shown = files_below(root / "blog/.mathblog-cache/preview")
                write_blog(root / "blog", old, new, edit)
                touched = [path for path in {**old, **new} if old.get(path) != new.get(path)] or [A]
                result = kept.build(told=touched if honest else [B])
                quick += kept.owes_a_look
                overrides = {"destination": str(root / "cold")}
                cold = BuildRequest(root / "blog", overrides=overrides, keep_going=keep_going, use_cache=False)
                clean = build(cold)
                if honest and kept.owes_a_look:
                    _compare(result, shown, clean, root)
                kept.rest()
                if kept.owes_a_look:
                    result = kept.build()
                _compare(result, shown, clean, root)
                shutil.rmtree(root / "cold", ignore_errors=True)
        return quick


def _compare(result: BuildResult, shown: dict[str, bytes], clean: BuildResult, root: Path) -> None:
    _same("the report", _report(clean), _report(result))
    expected = shown if clean.published is None else files_below(root / "cold")
    after = files_below(root / "blog/.mathblog-cache/preview")
    _same("the list of files", sorted(expected), sorted(after))
    for path, content in expected.items():
        _same(path, content, after[path])


def test_only_the_text_that_was_saved_is_looked_at(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.config("").write(TEXTS)
    with Builder(BuildRequest(site.source, preview=True)) as kept:
        root = kept.build().root
        for text in ("새 글 $x$", "새 글, 둘째 $y$"):
            site.write({A: f"{FRONT}{text}"})
            with monkeypatch.context() as watched:
                watched.setattr(builder, "take_site_snapshot", lambda *_: pytest.fail("all files were looked at"))
                watched.setattr(
                    builder, "read_destination", lambda *_, **__: pytest.fail("the destination was looked at")
                )
                result = kept.build(told=[A])
            assert (kept.owes_a_look, result.changed) == (
                True,
                ("2018/10/01/a.html", "feed.json", "feed.xml", "index.html"),
            )
            assert "새 글" in (root / "2018/10/01/a.html").read_text()
            kept.rest()
        assert kept.build().changed == ()
        assert not kept.owes_a_look


@pytest.mark.parametrize("clock", ["{{ site.time }}", "{% if site.time > page.date %}x{% endif %}"])
def test_a_page_that_shows_the_second_makes_no_save_wait(clock: str, site: Site) -> None:
    """Each save was a look at the whole site, and each second of a preview a build."""
    site.config("").write({**TEXTS, "now.txt": f"---\ndate: 2020-01-01\n---\n{clock}"}).post("2999-01-01-later")
    with Builder(BuildRequest(site.source, preview=True)) as kept:
        first = kept.build()
        assert first.valid_until == 0
        assert first.due is not None
        assert time.gmtime(first.due).tm_year == 2999
        site.write({A: f"{FRONT}neu $y$"})
        assert "2018/10/01/a.html" in kept.build(told=[A]).changed
        assert kept.owes_a_look
        look = kept.build()
        assert set(look.changed) <= {"now.txt"}
        assert look.valid_until == 0


@pytest.mark.parametrize("told", [[A], [A, "_posts/.a.md.swp"], ["_posts/gone.md", A]])
def test_what_nobody_told_of_is_found_by_the_look(told: list[str], site: Site) -> None:
    """A watcher may lose a change; and what another program did to the preview is seen, too."""
    site.config("").write(TEXTS)
    with Builder(BuildRequest(site.source, preview=True)) as kept:
        root = kept.build().root
        site.write({A: f"{FRONT}neu $y$", "about.md": f"{FRONT}ich"})
        assert "2018/10/01/a.html" in kept.build(told=told).changed
        assert kept.owes_a_look
        (root / "2018/10/02/b.html").write_text("altered")
        assert {"about.html", "2018/10/02/b.html"} <= set(kept.build().changed)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (A, "---\ntitle: 다른\n---\n하나"),
        ("_posts/2018-10-04-new.md", f"{FRONT}새"),
        ("_config.yml", "title: 다른\n"),
        ("_includes/x.html", "x"),
        ("main.js", "1"),
    ],
)
def test_more_than_a_text_is_no_quick_build(path: str, text: str, site: Site) -> None:
    site.config("").write(TEXTS)
    with Builder(BuildRequest(site.source, preview=True)) as kept:
        kept.build()
        site.write({path: text})
        kept.build(told=[path])
        assert not kept.owes_a_look


def test_a_source_folder_that_is_gone_is_not_made_again(site: Site) -> None:
    site.config("").write(TEXTS)
    aside = site.source.with_name("aside")
    with Builder(BuildRequest(site.source, preview=True)) as kept:
        kept.build()
        for told in ([A], ["_posts/.temporary"]):
            site.source.rename(aside)
            with pytest.raises(BuildStopped):
                kept.build(told=told)
            aside.rename(site.source)
            kept.build()


def test_a_quick_build_that_is_stopped_still_owes_a_look(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        message = "another build writes there"
        raise BuildStopped(message, code=3)

    path = "_posts/2018-10-01-a.md"
    site.config("").write(TEXTS)
    with Builder(BuildRequest(site.source, preview=True)) as kept:
        kept.build()
        site.write({path: f"{FRONT}셋"})
        with monkeypatch.context() as patch:
            patch.setattr(builder, "hold_lock", stop)
            with pytest.raises(BuildStopped):
                kept.build(told=[path])
        assert kept.owes_a_look
        assert kept.build().changed


def test_a_preview_that_is_killed_before_it_noted_its_build_leaves_nothing_stale(site: Site) -> None:
    site.config("").write(TEXTS)
    request = BuildRequest(site.source, preview=True)
    with Builder(request) as kept:
        kept.build()
    kept = Builder(request)
    kept.build()
    site.write({A: f"{FRONT}neu $y$"})
    shown = kept.build(told=[A])
    assert shown.changed
    del kept  # without its last words: nothing of this build is in the store
    site.write({A: TEXTS[A]})
    assert build(request).changed == shown.changed
    assert "하나" in (shown.root / "2018/10/01/a.html").read_text()


class _Script:
    """A watch that tells what a test says."""

    def __init__(self, told: Iterator[frozenset[str]]) -> None:
        self._told = told

    def wait(self, _seconds: float) -> frozenset[str]:
        return next(self._told)


def test_a_preview_looks_again_when_all_is_quiet(site: Site) -> None:
    site.config("").write(TEXTS)
    request = BuildRequest(site.source, preview=True)

    def changes() -> Iterator[frozenset[str]]:
        site.write({A: f"{FRONT}neu $y$"})
        yield frozenset((A,))
        yield frozenset()  # nothing was lost: this is no news
        site.write({A: f"{FRONT}noch neuer $y$", "about.md": f"{FRONT}ich"})
        yield frozenset((A,))
        yield frozenset()

    with Builder(request) as kept:
        session = _Session(
            PreviewSettings(request), kept, cast("Watch", _Script(changes())), kept._configure()[0].config
        )
        news: list[tuple[Rebuild, Preview]] = list(itertools.islice(session.run(), 4))
    assert [rebuild.causes for rebuild, _ in news] == [(), (A,), (A,), ()]
    assert [preview.number for _, preview in news] == [1, 2, 3, 4]
    assert news[-1][1].changed == ("about.html",)


def texts() -> st.SearchStrategy[Edit]:
    """Other bodies, now and then an edit taken back, or any other edit."""
    bodies = st.builds(Put, st.sampled_from((*POSTS[:3], *PAGES)), st.just(BODY), st.sampled_from(BODIES[:-4]))
    return st.one_of(bodies, bodies, bodies, bodies, st.builds(Undo, st.integers(1, 3)), edits())


steps = st.lists(st.builds(Step, texts(), st.sampled_from((True, True, False))), min_size=PER_BLOG, max_size=PER_BLOG)


@settings(
    deadline=None, database=None, suppress_health_check=list(HealthCheck), max_examples=max(1, EDITS // PER_BLOG // 6)
)
@given(sequence=steps, keep_going=st.booleans())
def test_any_telling_gives_what_a_clean_build_gives(sequence: Sequence[Step], *, keep_going: bool) -> None:
    note(str(sequence))
    check_told(sequence, keep_going=keep_going)


def test_most_texts_are_built_quickly() -> None:
    """The tests above would prove little if no build believed what it is told."""
    sequence = [Step(Put(A, BODY, text), honest=True) for text in ("하나 $a$", "둘 $b$", "셋 $c$")]
    assert check_told(sequence, keep_going=False) == len(sequence)
