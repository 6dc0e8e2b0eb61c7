"""Write the addresses of the repository into what goes to the package index: `python .github/addresses.py https://github.com/owner/name v1.2.3`.

`pyproject.toml` gets `[project.urls]`. The links of `README.md` name files of the repository, which the index does not have: they become whole ones.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
_IMAGE = re.compile(r"(!\[(?:[^\[\]]|\[[^\]]*\])*\]\()(?!https?:|#)")
_LINK = re.compile(r"(\]\()(?!https?:|#)")


def with_urls(project: str, address: str, tag: str) -> str:
    """The text of `pyproject.toml` with the addresses in it."""
    places = {
        "Homepage": address,
        "Source": address,
        "Documentation": f"{address}/blob/{tag}/docs/README.md",
        "Changelog": f"{address}/blob/{tag}/CHANGELOG.md",
        "Issues": f"{address}/issues",
    }
    lines = "".join(f'{name} = "{place}"\n' for name, place in places.items())
    return project.replace("[project.scripts]", f"[project.urls]\n{lines}\n[project.scripts]", 1)


def with_whole_links(text: str, address: str, tag: str) -> str:
    """A text whose links to files of the repository lead there from anywhere; images are shown, files are read."""
    images = _IMAGE.sub(rf"\g<1>{address}/raw/{tag}/", text)
    return _LINK.sub(rf"\g<1>{address}/blob/{tag}/", images)


def main(address: str, tag: str) -> None:
    """Write both files."""
    for name, change in (("pyproject.toml", with_urls), ("README.md", with_whole_links)):
        path = ROOT / name
        path.write_text(change(path.read_text("utf-8"), address, tag), "utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
