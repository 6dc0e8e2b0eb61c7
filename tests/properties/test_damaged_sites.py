"""Whatever somebody broke in a blog that Jekyll builds, the rest of it is published, and what is wrong is named.

MATHBLOG_DAMAGES=1000 makes a long run of it.
"""

import functools
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mathblog.core.diagnostic import Severity
from mathblog.core.excerpt import describe
from mathblog.engine.builder import build
from mathblog.engine.request import BuildRequest, BuildResult
from properties.damages import DOCUMENTS, SITES, Broken

SITES_FOLDER = Path(__file__).parents[1] / "sites" / "jekyll"
NAMES = sorted(path.parent.name for path in SITES_FOLDER.glob("*/site"))
EXAMPLES = int(os.environ.get("MATHBLOG_DAMAGES", "28")) // len(NAMES)  # of two or more the first is the simplest

_quick = settings(
    max_examples=max(EXAMPLES, 1),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
_broken = st.tuples(st.sampled_from(sorted(DOCUMENTS)), st.integers(0, 99))
_damages = st.lists(st.one_of(_broken, st.sampled_from(sorted(SITES))), min_size=1, max_size=4, unique=True)


@functools.cache
def _undamaged(name: str) -> BuildResult:
    with tempfile.TemporaryDirectory() as folder:
        return build(BuildRequest(SITES_FOLDER / name / "site", into=Path(folder, "site"), use_cache=False))


def _documents(name: str) -> list[str]:
    """The Markdown documents of a site that are published as it stands."""
    return sorted(path for path in _undamaged(name).addresses if path.endswith((".md", ".mkd", ".markdown")))


def check_damages(name: str, damages: Sequence[tuple[str, int] | str]) -> None:
    """Damage a copy of a site, and build it; a pair is a damage of `DOCUMENTS` and the number of the document."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "blog")
        shutil.copytree(SITES_FOLDER / name / "site", root, symlinks=True)
        broken: dict[str, Broken] = {}
        for damage in damages:
            if isinstance(damage, str):
                SITES[damage].make(root)
                continue
            documents = [path for path in _documents(name) if "_posts/" in path or not DOCUMENTS[damage[0]].of_posts]
            if not documents:
                continue
            path = documents[damage[1] % len(documents)]
            if path not in broken:
                broken[path] = DOCUMENTS[damage[0]]
                (root / path).write_bytes(broken[path].change((root / path).read_bytes()))
        named = [("", SITES[damage].names) for damage in damages if isinstance(damage, str) and SITES[damage].names]
        named += [(damage.says, path) for path, damage in broken.items() if damage.says]
        _publishes(name, root, frozenset(broken), named)


def _publishes(name: str, root: Path, broken: frozenset[str], named: Sequence[tuple[str, str]]) -> None:
    public = root.parent / "public"
    result = build(BuildRequest(root, overrides={"destination": str(public)}))
    report = "\n".join(map(describe, result.diagnostics))
    assert result.exit_code == 0, report
    assert result.published is not None
    published = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    for path in _undamaged(name).addresses.keys() - broken:
        assert result.addresses.get(path) in published, f"{path} is not published\n{report}"
    for code, path in named:
        said = [item for item in result.diagnostics if item.path == path and item.code.startswith(code)]
        # a theme that cannot be had may have the layout: the warning of the theme is the only one
        of_theme = code == "layout" and any(item.message.startswith("the theme") for item in result.diagnostics)
        assert said or of_theme, f"nothing is said of {path} ({code})\n{report}"
    if any(item.severity is Severity.WARNING for item in result.diagnostics):
        _strict_publishes_nothing(root)


def _strict_publishes_nothing(root: Path) -> None:
    """With `strict: true` each warning is an error: nothing is published, and the exit code is that of an error."""
    public = root.parent / "strict"
    result = build(BuildRequest(root, overrides={"destination": str(public), "strict": True}))
    assert result.exit_code != 0
    assert result.published is None
    assert not public.exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_site_is_published_all_the_same(name: str) -> None:
    @_quick
    @given(_damages)
    def check(damages: Sequence[tuple[str, int] | str]) -> None:
        check_damages(name, damages)

    check()


@pytest.mark.parametrize("damage", [*SITES, *((damage, 1) for damage in DOCUMENTS)], ids=str)
def test_a_damage_alone(damage: tuple[str, int] | str) -> None:
    check_damages("bare", [damage])
