"""Compare the tables of this folder with what Jekyll answers today: `python tests/liquid/ask_jekyll.py`.

It needs Ruby with Jekyll 4.3 and the plugins that `oracle.rb` names; the tests themselves need neither.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2] / "src")]

from support.snippets import FOLDER, SITE, Snippet, snippets  # noqa: E402 - the path is set above


def ask(templates: list[str]) -> list[dict[str, str]]:
    """Jekyll's answers: `text` or `error` for each template."""
    answer = subprocess.run(
        ["ruby", str(FOLDER / "oracle.rb"), str(SITE)],
        input=json.dumps(templates),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LANG": "C.UTF-8"},
    )
    return json.loads(answer.stdout)


def differs(snippet: Snippet, answer: dict[str, str]) -> bool:
    """Whether Jekyll says something else than the table."""
    return answer.get("text") != snippet.jekyll or ("error" in answer) != (snippet.refusal is not None)


if __name__ == "__main__":
    table = list(snippets())
    changed = [pair for pair in zip(table, ask([item.template for item in table]), strict=True) if differs(*pair)]
    for snippet, answer in changed:
        print(f"{snippet.place}: {snippet.template}\n  table: {snippet.jekyll!r}\n  Jekyll: {answer}")  # noqa: T201
    sys.exit(bool(changed))
