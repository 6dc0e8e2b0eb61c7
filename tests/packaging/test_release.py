"""What a release and a blog's workflow run: the addresses in the metadata, the action, the versions of other actions."""

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from mathblog.authoring.blog import WORKFLOW
from support.site import program_environment

ROOT = Path(__file__).parents[2]
ADDRESS = "https://github.com/kim/mathblog"


@pytest.fixture(scope="module")
def addresses() -> ModuleType:
    spec = importlib.util.spec_from_file_location("addresses", ROOT / ".github/addresses.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_release_has_the_addresses_of_its_repository(addresses: ModuleType) -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    urls = tomllib.loads(addresses.with_urls(text, ADDRESS, "v1.2.3"))["project"]["urls"]
    assert set(urls) == {"Homepage", "Source", "Documentation", "Changelog", "Issues"}
    for address in urls.values():
        assert address.startswith(ADDRESS)
        path = address.partition("/blob/v1.2.3/")[2]
        assert not path or (ROOT / path).is_file()


def test_links_of_the_readme_lead_somewhere_from_the_index(addresses: ModuleType) -> None:
    text = "[![A](a.png)](b.md#c) [d](https://e.example) [f](#g) ![h [i]](j.jpg)"
    assert addresses.with_whole_links(text, ADDRESS, "v1") == (
        f"[![A]({ADDRESS}/raw/v1/a.png)]({ADDRESS}/blob/v1/b.md#c) [d](https://e.example) [f](#g) ![h [i]]({ADDRESS}/raw/v1/j.jpg)"
    )
    whole = addresses.with_whole_links((ROOT / "README.md").read_text("utf-8"), ADDRESS, "v1")
    paths = re.findall(re.escape(ADDRESS) + r"/(?:raw|blob)/v1/([^)#]+)", whole)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_other_actions_are_named_by_a_version() -> None:
    files = [ROOT / "action.yml", *(ROOT / ".github/workflows").glob("*.yml")]
    texts = [*(path.read_text("utf-8") for path in files), WORKFLOW]
    used = [name for text in texts for name in re.findall(r"uses: (\S+)", text)]
    assert "actions/checkout@v4" in used
    assert [name for name in used if not re.search(r"@(v\d+|release/v1)$|^YOUR-NAME/mathblog@", name)] == []
    versions: dict[str, set[str]] = {}
    for name in used:
        versions.setdefault(name.partition("@")[0], set()).add(name)
    assert [found for found in versions.values() if len(found) > 1] == []


@pytest.mark.skipif(sys.platform == "win32", reason="the action runs in a shell of Unix")
def test_the_action_builds_a_blog_below_the_address_of_pages(tmp_path: Path) -> None:
    programs = tmp_path / "environment/bin"
    programs.mkdir(parents=True)
    (programs / "mathblog").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mathblog "$@"\n')
    (programs / "mathblog").chmod(0o755)
    blog = tmp_path / "work/my blog"
    blog.mkdir(parents=True)
    (blog / "_config.yml").write_text("title: Notes\n", "utf-8")
    (blog / "a.md").write_text("---\ntitle: A\n---\n[b]({{ '/b/' | absolute_url }})\n", "utf-8")
    given = {"SOURCE": "my blog", "FLAGS": "--strict -j 1", "ORIGIN": "https://kim.github.io", "BASE_PATH": "/notes"}
    given |= {"PLACE": str(programs.parent), "JEKYLL_ENV": "production"}
    output = _run_step("build", blog.parent, given, tmp_path)
    site = Path(output["site"])
    assert 'href="https://kim.github.io/notes/b/"' in (site / "a.html").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="the action runs in a shell of Unix")
def test_the_action_takes_the_environment_of_the_same_program_only(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.mkdir()
    given = {"GITHUB_ACTION_PATH": str(program), "EXTRAS": ""}
    keys = [_run_step("environment", tmp_path, given, tmp_path)["key"]]
    (program / "a.py").write_text("1", "utf-8")
    keys.append(_run_step("environment", tmp_path, given, tmp_path)["key"])
    assert _run_step("environment", tmp_path, given, tmp_path)["key"] == keys[-1]
    (program / "a.py").write_text("2", "utf-8")
    keys.append(_run_step("environment", tmp_path, given, tmp_path)["key"])
    keys.append(_run_step("environment", tmp_path, given | {"EXTRAS": "search"}, tmp_path)["key"])
    assert len(set(keys)) == len(keys)


def _run_step(name: str, folder: Path, given: dict[str, str], runner: Path) -> dict[str, str]:
    """What a step of the action says: it runs in `folder` as GitHub's runner would run it, with the variables `given`."""
    read = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    [step] = [step for step in read["runs"]["steps"] if step.get("id") == name]
    assert step["env"].keys() <= given.keys() | {"MATHBLOG_CACHE_KEY"}
    (runner / "output").write_text("", "utf-8")
    environment = program_environment(**given, RUNNER_TEMP=str(runner), GITHUB_OUTPUT=str(runner / "output"))
    command = [shutil.which("bash") or "bash", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(line.split("=", 1) for line in (runner / "output").read_text("utf-8").splitlines())
