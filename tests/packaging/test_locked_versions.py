"""The versions that CI installs: all that is asked for, within the bounds, and from nowhere in particular."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = {"markdown-it-py", "mdit-py-plugins", "pygments"}  # whose loops were written again
_LINE = re.compile(r"([a-z0-9-]+)==([0-9][0-9a-z.]*)(?: ; .+)?")


def locked() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    found = [_LINE.fullmatch(line) for line in lines if not line.startswith("#")]
    assert all(found), "a line is no exact version"
    return {match[1]: match[2] for match in found if match}


def asked_for() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


def test_every_dependency_is_locked_within_its_bounds() -> None:
    versions = locked()
    for requirement in asked_for():
        name = re.match(r"[a-z0-9-]+", requirement)
        assert name
        assert name[0] in versions, f"{name[0]} is not locked"
        version = numbers(versions[name[0]])
        for operator, bound in re.findall(r"(>=|<)([0-9.]+)", requirement.partition(";")[0]):
            assert (version >= numbers(bound)) == (operator == ">="), (
                f"{name[0]} {versions[name[0]]} is not {operator}{bound}"
            )


def test_what_was_copied_has_an_upper_bound() -> None:
    bounded = {requirement.partition(">")[0] for requirement in asked_for() if ",<" in requirement}
    assert bounded >= COPIED


def test_all_has_every_extra() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert sorted(re.findall(r"[\w-]+(?=[],])", "".join(extras.pop("all")))) == sorted(extras)


def test_no_host_is_named() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text("utf-8")
