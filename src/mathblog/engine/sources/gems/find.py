"""The theme of a site, where it is a gem or a repository: which one, where its files are, or why it is not here."""

import os
from collections.abc import Callable
from pathlib import Path

from mathblog.core.dataclass import dataclass, field
from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.core.source import SourceText
from mathblog.engine.folders.root import Folder
from mathblog.engine.problem import USAGE, BuildStopped
from mathblog.engine.request import BuildRequest
from mathblog.engine.sources.gems.cache import Stored, find_stored
from mathblog.engine.sources.gems.folder import named_folder, open_folder
from mathblog.engine.sources.gems.hosts import ARCHIVES, GEMS, FetchError, Hosts, is_allowed, is_public
from mathblog.engine.sources.opening import read_text
from mathblog.engine.sources.themes import is_own_theme
from mathblog.gems.gemfile import GEMFILE, GEMFILE_LOCK, read_gemfile, read_gemfile_lock
from mathblog.gems.lock import LOCK, Locked, read_lock, write_lock
from mathblog.gems.wanted import ArchiveWanted, GemWanted, want_gem, want_repository
from mathblog.model.gem import CONFIG, GemTheme
from mathblog.model.options import Config

OFFLINE = "MATHBLOG_OFFLINE"
_NOWHERE = "this build does not ask the network"


@dataclass(frozen=True, slots=True)
class SiteTheme:
    """A theme whose files lie below the site's own: in the folder `root`. None and `absent`, the reason, where it is not here.

    `absent` is '' for a site that has no such theme, or is it itself.
    """

    theme: GemTheme | None = None
    root: Path | None = None
    config: SourceText | None = None
    absent: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class GemFinder:
    """Finds the themes of a site over its builds; what could not be fetched is not asked for again."""

    tell: Callable[[str], None] = lambda _text: None
    _failed: dict[object, str] = field(default_factory=dict)

    def find(self, config: Config, request: BuildRequest) -> SiteTheme:
        """The theme of a site, fetched where it is not in the cache and the network may be asked.

        A build that publishes notes it in our own lock, where no lock says which one it is.

        Raises:
            BuildStopped: 2 where a theme is not the one that a lock names, or our lock is not ours.

        """
        if not (config.theme.remote or config.theme.name) or is_own_theme(config.theme, request.source):
            return SiteTheme()
        home = find_home(request)
        if not config.theme.remote:
            beside = open_folder(config.theme.name.strip().lower(), home, request.source)
            if isinstance(beside, Stored):
                return open_theme(beside, [])
            if beside:
                return SiteTheme(absent=beside)
        wanted = find_wanted(config, home)
        if wanted is None or isinstance(wanted, str):
            return SiteTheme(absent=wanted or "")
        hosts = find_hosts(config)
        try:
            stored = find_stored(wanted, hosts)
            if stored is None:
                if request.offline or os.environ.get(OFFLINE):
                    return SiteTheme(absent=_NOWHERE)
                stored = self._fetch(wanted, hosts)
        except FetchError as error:
            return SiteTheme(absent=str(error))
        notes_lock = request.publish and not request.into and not wanted.by
        problems = list(note_lock(wanted, stored, home)) if notes_lock else []
        if stored.left_out:
            number = f"{stored.left_out} link" + ("s" if stored.left_out > 1 else "")
            message = (
                f"the theme `{stored.theme.label}` holds {number}, or files that cannot be named: they are left out"
            )
            problems.insert(0, in_file(CONFIG, message, code="theme"))
        return open_theme(stored, problems)

    def _fetch(self, wanted: GemWanted | ArchiveWanted, hosts: Hosts) -> Stored:
        from mathblog.engine.sources.gems.fetch import fetch

        key = (wanted, hosts)
        if key in self._failed:
            raise FetchError(self._failed[key])
        try:
            return fetch(wanted, hosts, self.tell)
        except FetchError as error:
            self._failed[key] = str(error)
            raise


def find_home(request: BuildRequest) -> Path:
    """The folder of `Gemfile` and of the locks: the site's, else that of a configuration elsewhere which lies beside one."""
    beside = [Path(name).parent for name in request.config_files]
    names = (GEMFILE, GEMFILE_LOCK, LOCK)
    found = (folder for folder in (request.source, *beside) if any(map(os.path.isfile, map(folder.joinpath, names))))
    return next(found, request.source)


def theme_folder(config: Config, request: BuildRequest) -> str:
    """The folder within the site that its theme is in, by its path there; '' where it is in none."""
    if config.theme.remote or not config.theme.name:
        return ""
    found = open_folder(config.theme.name.strip().lower(), find_home(request), request.source)
    return found.root.resolve().relative_to(request.source.resolve()).as_posix() if isinstance(found, Stored) else ""


def find_wanted(config: Config, source: Path, *, heed_lock: bool = True) -> GemWanted | ArchiveWanted | str | None:
    """The theme that a site asks for; a reason why it cannot be had; None where the site is the theme itself.

    Raises:
        BuildStopped: 2 where our lock is not ours.

    """
    text = read_text(source / LOCK) if heed_lock else ""
    try:
        own = read_lock(text) if text else None
    except ValueError as error:
        message = f"`{LOCK}` cannot be used: {error}"
        raise BuildStopped(message, code=USAGE, hint="take the file away, then `mathblog theme fetch`") from error
    if config.theme.remote:
        return want_repository(config.theme.remote, own) or "it has to be written `owner/name` or `owner/name@ref`"
    name = config.theme.name.strip().lower()
    if "/" not in name and os.path.isfile(source / f"{name}.gemspec"):  # noqa: PTH113 - no error, whatever the name is
        return None
    locked = read_gemfile_lock(read_text(source / GEMFILE_LOCK), name)
    if named_folder(name, source)[0]:
        return None
    wanted = want_gem(name, read_gemfile(read_text(source / GEMFILE), name), locked, own)
    return wanted or "this cannot be the name of a gem, or it is taken from a host that is not GitHub"


def find_hosts(config: Config) -> Hosts:
    """Where themes come from, by the environment, else by the configuration, which names public hosts only.

    Raises:
        BuildStopped: 2 for an address without HTTPS, or of this machine or its network.

    """
    asked = []
    for key, variable, written in (
        ("themes.gems", GEMS, config.theme.gems),
        ("themes.archives", ARCHIVES, config.theme.archives),
    ):
        url = os.environ.get(variable) or written
        if not is_allowed(url):
            message = f"`{key}` has to be an address by HTTPS, not `{url}`"
            raise BuildStopped(message, code=USAGE)
        if not os.environ.get(variable) and not is_public(url):
            message = f"`{key}` in `_config.yml` has to name a host of the web and nothing else, not `{url}`"
            hint = f"a host of your own network is named by the environment variable `{variable}`"
            raise BuildStopped(message, code=USAGE, hint=hint)
        asked.append(url.rstrip("/"))
    return Hosts(*asked)


def open_theme(stored: Stored, problems: list[Diagnostic]) -> SiteTheme:
    """A theme of the cache, with the text of its configuration."""
    from mathblog.reading.decode import decode

    file = stored.root / CONFIG
    config = None
    if file.is_file() and not file.is_symlink():
        decoded = decode(f"{stored.theme.label}/{CONFIG}", file.read_bytes())
        config = decoded.source
        problems += decoded.diagnostics
    return SiteTheme(stored.theme, stored.root, config, "", tuple(problems))


def note_lock(wanted: GemWanted | ArchiveWanted, stored: Stored, source: Path) -> list[Diagnostic]:
    """Write our lock; a warning where the folder of the site cannot be written."""
    theme = stored.theme
    if isinstance(wanted, GemWanted):
        locked = Locked(gem=wanted.name, version=theme.version, sha256=theme.digest)
    else:
        name = f"{wanted.owner}/{wanted.repository}"
        locked = Locked(repository=name, ref=wanted.ref, commit=stored.commit, sha256=theme.digest)
    text, file = write_lock(locked), source / LOCK
    if read_text(file) == text:
        return []
    try:
        with Folder(source.resolve(), name=source) as folder:
            folder.replace(LOCK, text.encode())  # never written through a link that the site has in its place
    except OSError as error:
        message = f"cannot write `{LOCK}`: {(error.strerror or str(error)).lower()}"
        hint = "without it another version of the theme may be taken another time"
        return [in_file(LOCK, message, code="theme", hint=hint)]
    return []
