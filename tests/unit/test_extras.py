"""How to install an extra: from the index, or from where mathblog itself came from."""

import json
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from mathblog.engine.extras import install_command


@pytest.mark.parametrize(
    ("origin", "command"),
    [
        (None, "`pip install 'mathblog[v8]'`"),
        (
            {"url": "file:///home/kim/my%20tools/mathblog", "dir_info": {}},
            "`pip install '/home/kim/my tools/mathblog[v8]'`",
        ),
        (
            {"url": "file:///home/kim/mathblog", "dir_info": {"editable": True}},
            "`pip install '/home/kim/mathblog[v8]'`",
        ),
        ({"url": "file:///wheels/mathblog-0.1.0-py3-none-any.whl", "archive_info": {}}, "`pip install 'mathblog[v8]'`"),
    ],
)
def test_where_an_extra_is_installed_from(tmp_path: Path, origin: dict[str, object] | None, command: str) -> None:
    info = tmp_path / "mathblog-0.1.0.dist-info"
    info.mkdir()
    if origin is not None:
        (info / "direct_url.json").write_text(json.dumps(origin), "utf-8")
    assert install_command("v8", Distribution.at(info)) == command
