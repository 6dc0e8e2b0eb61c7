"""A built site as a commit on a branch of its own, such as `gh-pages`, which is pushed to where the blog's repository comes from."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from mathblog import __version__
from mathblog.authoring.github import served_below
from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.engine.problem import ENVIRONMENT, USAGE, BuildStopped
from mathblog.engine.programs.finding import find_program
from mathblog.text.urls import OWN_FILES

_MARK = "Published-by: mathblog"
_CHANGES = {"A": "added", "D": "removed"}
_DOMAIN = "CNAME"
_SECONDS = 3600  # for one step: a large site goes over a slow line, and a server may never answer
# what git would run besides itself; a folder that was unpacked, not cloned, brings such settings along
_OFF = (
    *("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "core.alternateRefsCommand=", "gc.auto=0"),
    *("maintenance.auto=false", "fetch.recurseSubmodules=false", "push.recurseSubmodules=no", "push.gpgSign=false"),
    *("log.showSignature=false", "protocol.ext.allow=never"),
)
_OF_PROGRAMS = lazy_pattern(
    r"core\.(?:sshcommand|askpass|gitproxy)|(?:credential\.(?:.+\.)?helper)|remote\..+\.(?:uploadpack|receivepack|vcs)"
    r"|protocol\..*allow",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Deployment:
    """A commit that may be pushed. `changes` are pairs of a word and a path; `is_new` says that the branch is not there yet.

    `base` is the path below which GitHub serves it, None where the remote is another server or the site has a domain of its own.
    """

    source: Path
    remote: str
    branch: str
    commit: str
    changes: tuple[tuple[str, str], ...]
    is_new: bool
    base: str | None


def prepare(source: Path, site: Path, remote: str, branch: str) -> Deployment:
    """Make a commit of the files of a built site, and say what it changes on the branch. Nothing is pushed.

    A domain (`CNAME`) that stands on the branch stays, where the site has none.

    Raises:
        BuildStopped: 2 for a branch that mathblog did not make, or settings that run programs, 3 where git fails.

    """
    _check_settings(source, remote)
    ref = f"refs/heads/{branch}"
    listed = _git(source, "ls-remote", "--", remote, ref).split()
    parent = listed[0] if listed else ""
    if parent:
        _git(source, "fetch", "--quiet", "--no-tags", "--", remote, ref)
        roots = _git(source, "rev-list", "--max-parents=0", parent).split()
        if not all(_MARK in _git(source, "log", "-1", "--format=%B", root) for root in roots):
            message = f"`{branch}` of `{remote}` is a branch that mathblog did not make: it is left alone"
            raise BuildStopped(message, code=USAGE, hint="name another one with `--branch`, or delete that one")
    elif _git(source, "for-each-ref", ref):
        message = f"`{branch}` is a branch of your own: it is left alone"
        raise BuildStopped(message, code=USAGE, hint="name another one with `--branch`")
    files = _files_of(site)
    kept = (
        [line for line in _git(source, "ls-tree", "--full-tree", parent, _DOMAIN).split("\n") if line] if parent else []
    )
    tree = _write_tree(source, site, files, [] if _DOMAIN in files else kept)
    message = f"Publish the site\n\n{_MARK} {__version__}\n"
    commit = _git(source, "commit-tree", tree, *(["-p", parent] if parent else []), "-m", message).strip()
    if parent:
        told = _git(source, "diff-tree", "-r", "-z", "--no-renames", "--name-status", parent, commit).split("\0")
        changes = tuple(
            (_CHANGES.get(word, "changed"), path) for word, path in zip(told[::2], told[1::2], strict=False)
        )
    else:
        changes = tuple(("added", path) for path in files)
    has_domain = _DOMAIN in files or bool(kept)
    base = None if has_domain else served_below(_git(source, "ls-remote", "--get-url", "--", remote).strip())
    return Deployment(source, remote, branch, commit, changes, not parent, base)


def _check_settings(source: Path, remote: str) -> None:
    """Look whether the repository itself says what git is to run: settings of programs, and a server in its own folder, whose hooks would.

    Raises:
        BuildStopped: 2 where it does.

    """
    listed = _git(source, "config", "--list", "--show-scope", "--name-only", "-z").split("\0")
    own = (name for scope, name in zip(listed[::2], listed[1::2], strict=False) if scope in ("local", "worktree"))
    if name := next(filter(_OF_PROGRAMS.fullmatch, own), ""):
        message = f"the repository's own settings have `{name}`, by which git runs a program: nothing was published"
        hint = "put it into your own settings, if it is yours: `git config --global`, and `git config --unset` here"
        raise BuildStopped(message, code=USAGE, hint=hint)
    address = _git(source, "ls-remote", "--get-url", "--", remote).strip()
    path = address.removeprefix("file://")
    is_path = path != address or Path(path).is_absolute() or ":" not in path.partition("/")[0]  # else it is `host:path`
    folder = Path(os.path.realpath(source / path))
    if is_path and folder.exists() and folder.is_relative_to(source.resolve()):
        message = f"`{remote}` is a folder of the site itself, whose hooks git would run: nothing was published"
        raise BuildStopped(message, code=USAGE, hint="name a server, or a folder elsewhere, with `--remote`")


def push(deployment: Deployment) -> None:
    """Push the commit; never by force: what somebody else has pushed meanwhile stays.

    Raises:
        BuildStopped: 3 where git fails.

    """
    target = f"{deployment.commit}:refs/heads/{deployment.branch}"
    _git(deployment.source, "push", "--quiet", "--", deployment.remote, target)


def _files_of(site: Path) -> tuple[str, ...]:
    """The files of a built site, without those that mathblog or git keep for themselves; links are left out."""
    found: list[str] = []
    for folder, folders, names in os.walk(site):
        above = Path(folder).relative_to(site).as_posix()
        folders[:] = [name for name in folders if name != ".git"]
        paths = [name if above == "." else f"{above}/{name}" for name in names if name != ".git"]
        found += [path for path in paths if not path.startswith(OWN_FILES) and not (site / path).is_symlink()]
    return tuple(sorted(found))


def _write_tree(source: Path, site: Path, files: tuple[str, ...], kept: list[str]) -> str:
    """A tree of git's with the bytes of the files as they are: no filter, attribute or ignored name counts."""
    if odd := next((path for path in files if "\n" in path), ""):
        message = f"git cannot be told the name `{odd}`, which has a line end"
        raise BuildStopped(message, code=USAGE, hint="rename the file")
    places = "".join(f"{(site / path).absolute()}\n" for path in files)
    digests = _git(source, "hash-object", "-w", "--no-filters", "--stdin-paths", given=places).split()
    lines = [f"100644 {digest}\t{path}" for digest, path in zip(digests, files, strict=True)]
    with tempfile.TemporaryDirectory(prefix="mathblog-") as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        _git(source, "update-index", "-z", "--index-info", given="\0".join([*lines, *kept, ""]), more=index)
        return _git(source, "write-tree", more=index).strip()


def _git(source: Path, *arguments: str, given: str = "", more: dict[str, str] | None = None) -> str:
    """Return the answer of git in the blog's folder.

    Raises:
        BuildStopped: 3 where there is no git, or it fails; the message has its own words.

    """
    program = find_program("git", source)
    if program is None:
        message = "git is not found"
        raise BuildStopped(message, code=ENVIRONMENT, hint="install git, or copy `_site` to your server")
    try:
        done = subprocess.run(  # noqa: S603 - git of the author's, whose arguments are never options
            [program, *(word for setting in _OFF for word in ("-c", setting)), *arguments],
            cwd=source,
            env={**os.environ, "GIT_NO_LAZY_FETCH": "1", **(more or {})},
            input=given.encode(),
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        message = f"`git {arguments[0]}` takes longer than {_SECONDS:,} s"
        hint = "nothing was published; does the server answer? `git ls-remote` asks it"
        raise BuildStopped(message, code=ENVIRONMENT, hint=hint) from error
    except OSError as error:
        message = f"git cannot be run: {(error.strerror or str(error)).lower()}"
        raise BuildStopped(message, code=ENVIRONMENT, hint="install git, or copy `_site` to your server") from error
    if done.returncode:
        said = [line for line in done.stderr.decode("utf-8", "replace").split("\n") if line.strip()]
        message = f"`git {arguments[0]}` failed: {said[0] if said else done.returncode}"
        hint = "nothing was published; run it again when that is mended"
        if arguments[0] == "ls-remote":
            hint = "nothing was published; `git init`, a commit and `git remote add origin ADDRESS` say where the blog is kept"
        raise BuildStopped(message, code=ENVIRONMENT, hint=hint)
    return done.stdout.decode("utf-8", "surrogateescape")
