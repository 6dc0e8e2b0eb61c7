"""Which theme a site means: by its configuration, `Gemfile.lock`, `mathblog.lock` and `Gemfile`."""

import re

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern
from mathblog.gems.gemfile import GEMFILE_LOCK, GemLine, LockedGem
from mathblog.gems.lock import LOCK, Locked
from mathblog.gems.versions import is_version, satisfies

_NAME = lazy_pattern(r"[a-z0-9][a-z0-9._-]{0,99}")
# jekyll-remote-theme's `theme.rb`; a commit, branch or tag may have slashes
_REPOSITORY = lazy_pattern(
    r"(?:https?://(?:www\.)?github\.com/)?([a-z0-9][a-z0-9-]{0,38})/([a-z0-9._-]{1,100}?)(?:\.git)?/?(?:@([\w./+-]{1,150}))?",
    re.IGNORECASE | re.ASCII,
)
HEAD = "HEAD"


@dataclass(frozen=True, slots=True)
class GemWanted:
    """A gem. `version` is '' where none is fixed; `sha256` is what the file named by `by` demands, '' where nothing is."""

    name: str
    requirements: tuple[str, ...] = ()
    version: str = ""
    sha256: str = ""
    by: str = ""

    @property
    def title(self) -> str:
        """How messages call it."""
        return f"{self.name} {self.version}".rstrip()


@dataclass(frozen=True, slots=True)
class ArchiveWanted:
    """A repository at a `ref`, or where it is known at a `commit`; `sha256` as in a lock."""

    owner: str
    repository: str
    ref: str = HEAD
    commit: str = ""
    sha256: str = ""
    by: str = ""

    @property
    def name(self) -> str:
        """The name of the theme, which is that of the repository."""
        return self.repository

    @property
    def title(self) -> str:
        """How messages call it."""
        return f"{self.owner}/{self.repository}" + (f"@{self.ref}" if self.ref != HEAD else "")


def want_gem(
    written: str, line: GemLine | None, locked: LockedGem | None, own: Locked | None
) -> GemWanted | ArchiveWanted | None:
    """The theme that `theme:` names; None where the site is the theme itself, or its name cannot be one of a gem.

    `Gemfile.lock` says the version, else our own lock, else `Gemfile`. A gem that comes from a repository on GitHub is
    that repository. Our own lock counts for its checksum where its version is the one that is wanted.
    """
    name = written.strip().lower()
    if not _NAME.fullmatch(name):
        return None
    if locked and locked.section == "PATH":
        return None
    if (locked and locked.section == "GIT") or (line and {"git", "github"} & line.options.keys()):
        options = line.options if line else {}
        remote = locked.settings.get("remote", "") if locked else options.get("github") or options.get("git", "")
        refs = (options[key] for key in ("ref", "tag", "branch") if key in options)
        ref = locked.settings.get("revision", "") if locked else next(refs, "")
        remote = re.sub(r"\A(?:git@github\.com:|git://github\.com/|ssh://git@github\.com/)", "", remote)
        return want_repository(f"{remote.removesuffix('.git')}@{ref}" if ref else remote, own)
    requirements = line.requirements if line else ()
    version = locked.version if locked and is_version(locked.version) else ""
    mine = own if own and own.gem == name else None
    if mine and mine.version == (version or mine.version):
        allowed = version or all(satisfies(mine.version, requirement) for requirement in requirements)
        if allowed and is_version(mine.version):
            if locked and locked.sha256 and locked.sha256 != mine.sha256:
                return GemWanted(name, requirements, version, locked.sha256, GEMFILE_LOCK)
            return GemWanted(name, requirements, mine.version, mine.sha256, LOCK)
    if version:
        return GemWanted(name, requirements, version, locked.sha256 if locked else "", GEMFILE_LOCK)
    return GemWanted(name, requirements)


def want_repository(written: str, own: Locked | None) -> ArchiveWanted | None:
    """The theme that `remote_theme:` names; None where it is no `owner/name@ref`, or is on another host than GitHub."""
    found = _REPOSITORY.fullmatch(written.strip())
    ref = (found[3] or HEAD) if found else ""
    if not found or ".." in ref or found[2] in (".", "..") or ref.startswith(("/", ".")):
        return None
    if own is None or own.repository != f"{found[1]}/{found[2]}" or own.ref != ref:
        return ArchiveWanted(found[1], found[2], ref)
    return ArchiveWanted(found[1], found[2], ref, own.commit, own.sha256, LOCK)
