"""A site is made of one state of its sources, also when somebody writes to them while it is made."""

from collections.abc import Callable, Container, Sequence

import pytest

from mathblog.engine.incremental import delta as patching
from mathblog.engine.stages import compiling
from mathblog.engine.stages.build_run import BuildRun
from mathblog.engine.stages.compiling import CompiledSite
from mathblog.model.document import Meta
from mathblog.model.facts.view import SiteFacts
from support.site import Site


def change_while_building(monkeypatch: pytest.MonkeyPatch, change: Callable[[int], object]) -> list[int]:
    """Do something each time when the sources were read and are about to be compiled; the answer counts the times."""
    compile_pass, times = compiling.compile_pass, []

    def changed(
        run: BuildRun, metas: Sequence[Meta], facts: SiteFacts, wave: Container[str], *, waits: bool = False
    ) -> CompiledSite:
        if metas:
            times.append(len(times))
            change(times[-1])
        return compile_pass(run, metas, facts, wave, waits=waits)

    for module in (compiling, patching):
        monkeypatch.setattr(module, "compile_pass", changed)
    return times


def test_a_post_written_meanwhile_is_built_as_it_is_then(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.post("2018-10-01-a", "alt", "title: alt")
    times = change_while_building(monkeypatch, lambda time: time or site.post("2018-10-01-a", "neu", "title: neu"))
    site.build().is_good().has("2018/10/01/a.html", "<p>neu</p>", "<title>neu")
    assert len(times) == 2


def test_a_post_deleted_meanwhile_is_not_built(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.post("2018-10-01-a", "글").post("2018-10-02-b", "글")
    change_while_building(monkeypatch, lambda time: time or site.remove("_posts/2018-10-01-a.md"))
    site.build().is_good().lacks("2018/10/01/a.html").lacks("index.html", "2018/10/01")


def test_sources_that_never_rest_end_the_build(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    before = site.post("2018-10-01-a", "글").build().is_good().files()
    change_while_building(monkeypatch, lambda time: site.post("2018-10-01-a", f"글 {time}"))
    site.post("2018-10-01-a", "neu").build()
    assert str(site.stop) == "`_posts/2018-10-01-a.md` changed while the site was built, 5 times"
    assert site.code == 3
    assert site.files() == before
