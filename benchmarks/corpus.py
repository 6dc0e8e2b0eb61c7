"""A generated blog to measure with: the folder of a Jekyll blog on mathematics, the same for the same arguments.

    python benchmarks/corpus.py --posts 1000 --formulas 10 --seed 1 --out DIR
    python benchmarks/corpus.py --posts 300 --labels --out DIR

Post number i depends on the seed, the number of formulas and i only, so that the first hundred posts of a thousand
are those of a blog of a hundred.
"""

import argparse
import datetime
import itertools
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formulas import make_formula
from labels import LABELS, add_labels, bibliography
from listings import LISTINGS, make_listing
from prose import ADJECTIVES, NOUNS, make_sentence, make_title

TAGS = (*map("-".join, zip(ADJECTIVES, NOUNS, strict=False)), "수학", "확률론")
_FIRST_DAY = datetime.date(2009, 1, 1)
_A_DAY = 4  # posts: so that no post of twenty thousand lies in the future
_KOREAN = 7  # every seventh post
_IMAGES = 12
_DISPLAY = 0.4  # of the formulas
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
CONFIG = """\
title: A generated blog
description: Posts made by formulas, about formulas
url: "https://blog.example.org"
baseurl: "/notes"
timezone: Asia/Seoul
permalink: /:year/:month/:day/:title/
paginate: 10
markdown: kramdown
"""
ABOUT = """\
---
layout: page
title: About
permalink: /about/
---

A generated blog: see [the first post]({{ site.baseurl }}/).
"""


@dataclass(frozen=True, slots=True)
class Post:
    """One post: the name of its file, the address of its page without the base URL, its text."""

    name: str
    url: str
    text: str


class _Writer:
    """The parts of one post, in order. The formulas are dealt out beforehand: to paragraphs, and between them."""

    def __init__(self, chance: random.Random, formulas: int, *, korean: bool) -> None:
        self.chance = chance
        self.korean = korean
        display = round(formulas * _DISPLAY)
        self.display = [make_formula(chance, display=True) for _ in range(display)]
        self.inline = [make_formula(chance, display=False) for _ in range(formulas - display)]
        self.parts: list[str] = []

    def sentences(self, count: int, share: float = 0.0) -> str:
        """Some sentences with a share (1: all) of the inline formulas that are left."""
        take = round(len(self.inline) * share)
        taken, self.inline = self.inline[:take], self.inline[take:]
        places = [self.chance.randrange(count) for _ in taken]
        return " ".join(
            make_sentence(
                self.chance, [tex for tex, at in zip(taken, places, strict=True) if at == number], korean=self.korean
            )
            for number in range(count)
        )

    def add(self, text: str) -> None:
        """A block of Markdown."""
        self.parts.append(text)

    def add_display(self, share: float = 0.0) -> None:
        """A share of the display formulas that are left, each a block."""
        take = round(len(self.display) * share)
        taken, self.display = self.display[:take], self.display[take:]
        self.parts += [f"$$\n{tex}\n$$" for tex in taken]

    def heading(self, level: int) -> None:
        """A heading."""
        self.add(f"{'#' * level} {self.chance.choice(ADJECTIVES).capitalize()} {self.chance.choice(NOUNS)}s")


def make_post(seed: int, formulas: int, number: int, labels: str = "") -> Post:
    """Post number `number` (from 0); with `labels` (one of `LABELS`) its equations have numbers, and it cites."""
    chance = random.Random(f"{seed}/{formulas}/{number}")
    korean = number % _KOREAN == _KOREAN - 1
    writer = _Writer(chance, formulas, korean=korean)
    _write_body(writer, seed, number)
    day = _day(number)
    front = f"""\
---
layout: post
title: "{make_title(chance, number, korean=korean)}"
date: {day} {chance.randrange(24):02}:{chance.randrange(60):02}:00 +0900
tags: [{", ".join(chance.sample(TAGS, 3))}]
categories: {chance.choice(("analysis", "algebra", "statistics"))}
---
"""
    text = front + "\n" + "\n\n".join(writer.parts) + "\n"
    if labels:
        earlier = _slug(seed, chance.randrange(number)) if number else ""
        text = add_labels(text, number, earlier, labels)
    return Post(f"{day}-{_slug(seed, number)}.md", _url(seed, number), text)


def _day(number: int) -> datetime.date:
    return _FIRST_DAY + datetime.timedelta(days=number // _A_DAY)


def _url(seed: int, number: int) -> str:
    return f"/{_day(number):%Y/%m/%d}/{_slug(seed, number)}/"


def _slug(seed: int, number: int) -> str:
    chance = random.Random(f"{seed}/slug/{number}")
    return f"{chance.choice(ADJECTIVES)}-{chance.choice(NOUNS)}-{number}"


def _write_body(writer: _Writer, seed: int, number: int) -> None:
    chance = writer.chance
    writer.add(writer.sentences(4, 0.2))
    writer.add_display(0.25)
    writer.heading(2)
    earlier = chance.randrange(number) if number else 0
    link = f"{{{{ site.baseurl }}}}{_url(seed, earlier)}"
    writer.add(
        writer.sentences(3, 0.3) + f" See [an earlier post]({link}) and [a paper](https://example.org/{number})."
    )
    writer.add_display(0.35)
    writer.add(f"![figure {number}]({{{{ site.baseurl }}}}/assets/figure-{chance.randrange(_IMAGES)}.png)")
    writer.heading(3)
    listing = make_listing(chance, "python", f"Solver{number}")
    writer.add(f"{{% highlight python %}}\n{listing}{{% endhighlight %}}")
    writer.add(writer.sentences(3, 0.3))
    writer.add("\n".join(f"- {writer.sentences(1)}" for _ in range(4)))
    writer.add("\n".join(f"{item}. {writer.sentences(1)}" for item in range(1, 4)))
    writer.heading(2)
    writer.add(writer.sentences(4, 0.6) + "[^1]")
    rows = [f"| {noun} | {chance.random():.3f} | {chance.randrange(999)} |" for noun in chance.sample(NOUNS, 5)]
    writer.add("\n".join(("| name | value | count |", "|:--|:-:|--:|", *rows)))
    writer.add_display(0.5)
    writer.add("\n".join(f"> {writer.sentences(1)}" for _ in range(3)))
    language = list(LISTINGS)[number % len(LISTINGS)]
    writer.add(f"```{language}\n{make_listing(chance, language, f'part{number}')}```")
    writer.heading(3)
    writer.add(writer.sentences(5, 1))
    writer.add_display(1)
    writer.add(writer.sentences(4))
    writer.add(f"[^1]: {writer.sentences(1)}")


def write_blog(out: Path, posts: int, formulas: int, seed: int, labels: str = "") -> Iterator[Post]:
    """Write the blog into `out` (made when missing); yields its posts as they are written."""
    (out / "_posts").mkdir(parents=True, exist_ok=True)
    (out / "assets").mkdir(exist_ok=True)
    (out / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (out / "about.md").write_text(ABOUT, encoding="utf-8")
    if labels == "live":
        (out / "_bibliography").mkdir(exist_ok=True)
        (out / "_bibliography" / "references.bib").write_text(bibliography(), encoding="utf-8")
    for image in range(_IMAGES):
        (out / f"assets/figure-{image}.png").write_bytes(_PIXEL)
    for number in range(posts):
        post = make_post(seed, formulas, number, labels)
        (out / "_posts" / post.name).write_text(post.text, encoding="utf-8")
        yield post


def main() -> int:
    """Write a blog and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=1000, metavar="N")
    parser.add_argument("--formulas", type=int, default=10, metavar="F", help="formulas in a post")
    parser.add_argument(
        "--labels",
        nargs="?",
        const="live",
        default="",
        choices=LABELS,
        help="numbers, references and citations in each post (`live`), citations typed (`numbers`), or all typed by hand",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="a folder that does not exist, or is empty"
    )
    given = parser.parse_args()
    if given.out.exists() and any(given.out.iterdir()):
        print(f"{given.out} is not empty", file=sys.stderr)
        return 2
    written = list(write_blog(given.out, given.posts, given.formulas, given.seed, given.labels))
    size = sum(len(post.text.encode()) for post in written)
    found = list(itertools.chain.from_iterable(_formulas(post.text) for post in written))
    print(f"{len(written)} posts, {size / max(len(written), 1) / 1000:.1f} kB each; {len(found)} formulas,")
    print(f"{len(set(found)) / max(len(found), 1):.0%} of them distinct")
    return 0


def _formulas(text: str) -> list[str]:
    return text.split("$$")[1::2]


if __name__ == "__main__":
    sys.exit(main())
