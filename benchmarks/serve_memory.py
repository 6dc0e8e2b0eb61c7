"""Whether a preview's memory stays flat: many saves, one after the other, and the memory that the process then has.

    python benchmarks/serve_memory.py --edits 2000

Prints the memory after each part of the edits, and what it grew by for each edit in the second half; fails where that is
more than `--most` kB. It drives the same `Builder` as `mathblog serve`, without the web server.
"""

import argparse
import gc
import sys
import tempfile
from pathlib import Path

from mathblog.engine.builder import Builder
from mathblog.engine.collector import collect_less
from mathblog.engine.request import BuildRequest

_PARTS = 10


def write_post(source: Path, number: int, *, title: str = "", text: str = "") -> None:
    """A post of some formulas and a block of code."""
    formulas = "\n\n".join(f"text $$x_{{{row}}} = {number}$$ and more words of it" for row in range(20))
    body = f"{text}\n\n{formulas}\n\n```python\nprint({number})\n```\n"
    path = source / f"_posts/2020-{number % 12 + 1:02}-{number % 28 + 1:02}-post-{number}.md"
    front = f"title: {title or f'Post {number}'}\ntags: [maths, tag{number % 7}]"
    path.write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")


def edit(source: Path, step: int, posts: int, kind: str) -> None:
    """One save: of a title, of a text, of another post, of the configuration."""
    what = step % 4 if kind == "mixed" else {"title": 0, "text": 1}[kind]
    if what == 0:
        write_post(source, 1, title=f"title {step}")
    elif what in (1, 2):
        write_post(source, 1 if what == 1 else step % posts, text=f"text of step {step} $y_{{{step}}}$")
    else:
        (source / "_config.yml").write_text(f"title: blog\nurl: https://example.org\ndescription: step {step}\n")


def memory() -> int:
    """The resident memory of this process in kB."""
    gc.collect()
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def main() -> int:
    """Run the edits; 1 where the memory grows."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--edits", type=int, default=2000)
    parser.add_argument("--posts", type=int, default=100)
    parser.add_argument("--kind", choices=("title", "text", "mixed"), default="mixed")
    parser.add_argument("--most", type=float, default=5.0, help="kB for each edit")
    asked = parser.parse_args()
    collect_less()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        (source / "_posts").mkdir()
        (source / "_config.yml").write_text("title: blog\nurl: https://example.org\n", encoding="utf-8")
        for number in range(asked.posts):
            write_post(source, number)
        part = max(1, asked.edits // _PARTS)
        seen = []
        with Builder(BuildRequest(source, preview=True, jobs=1)) as builder:
            builder.build()
            builder.rest()
            for step in range(asked.edits):
                edit(source, step, asked.posts, asked.kind)
                builder.build()
                builder.rest()
                if (step + 1) % part == 0:
                    seen.append(memory())
                    print(f"{step + 1:6} edits: {seen[-1] / 1024:8.1f} MB", flush=True)
    half = len(seen) // 2
    grown = (seen[-1] - seen[half - 1]) / (part * (len(seen) - half))
    print(f"{grown:.2f} kB for each edit of the second half")
    return int(grown > asked.most)


if __name__ == "__main__":
    sys.exit(main())
