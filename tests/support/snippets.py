"""Snippets of Liquid with what Jekyll makes of them: the tables in `tests/liquid/*.txt`.

A snippet is some lines of a template, and below them

    => what Jekyll prints, line by line
    =x what Jekyll says when it refuses to build the page
    =~ what we print, where that is not Jekyll's text
    =! what we say about it

`␠` stands for a space at the end of a line. Blank lines part the snippets; a block of lines that start with `#` is for the reader.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mathblog.core.source import SourceText
from mathblog.liquid.services import LiquidResult
from mathblog.model.facts.kind import FactKey
from mathblog.model.options import SiteOptions
from mathblog.text.yaml.data import load_yaml
from support.liquid_site import render

FOLDER = Path(__file__).resolve().parents[1] / "liquid"
SITE = FOLDER / "site"
_MARKS = ("=>", "=x", "=~", "=!")


@dataclass(frozen=True)
class Snippet:
    """A template, Jekyll's text or refusal, and ours."""

    template: str
    jekyll: str | None
    refusal: str | None
    ours: str | None
    said: tuple[str, ...]
    place: str

    @property
    def expected(self) -> str:
        """What we print."""
        return self.ours if self.ours is not None else self.jekyll or ""


def snippets() -> Iterator[Snippet]:
    """All snippets of all tables."""
    for path in sorted(FOLDER.glob("*.txt")):
        line = 1
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            lines = [text for text in block.split("\n") if text]
            if not all(text.startswith("#") for text in lines):
                yield _snippet(lines, f"{path.name}:{line}")
            line += block.count("\n") + 2


def _snippet(lines: list[str], place: str) -> Snippet:
    template = "\n".join(line for line in lines if not line.startswith(_MARKS)).replace("␠", " ")
    parts = {mark: [line[3:].replace("␠", " ") for line in lines if line.startswith(mark)] for mark in _MARKS}
    jekyll, refusal, ours = ("\n".join(parts[mark]) if parts[mark] else None for mark in _MARKS[:3])
    return Snippet(template, jekyll, refusal, ours, tuple(parts["=!"]), place)


def ask_us(template: str) -> tuple[str, tuple[str, ...]]:
    """What we print and say about a template of the site."""
    result: LiquidResult = render(template, facts=_facts(), path="_posts/2018-10-06-vae.html")
    return result.text, tuple(f"{found.severity}: {found.message}" for found in result.diagnostics)


def _facts() -> dict[FactKey, object]:
    config = load_yaml(
        SourceText("_config.yml", (SITE / "_config.yml").read_text(encoding="utf-8")), code="config"
    ).value
    assert isinstance(config, dict)
    folder = SITE / "_includes"
    paths = [path for path in folder.rglob("*") if path.is_file()]
    includes = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    return {
        ("site",): SiteOptions(title=config["title"], url=config["url"], baseurl=config["baseurl"]),
        ("includes",): tuple(includes),
        **{("config", key): value for key, value in config.items()},
        **{("include", name): SourceText(f"_includes/{name}", text) for name, text in includes.items()},
    }
