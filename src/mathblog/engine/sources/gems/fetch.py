"""A theme that a site wants, from the net into the cache."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from mathblog.engine.problem import USAGE, BuildStopped
from mathblog.engine.sources.gems.cache import Stored, folder_of_archive, folder_of_gem, store
from mathblog.engine.sources.gems.download import download
from mathblog.engine.sources.gems.hosts import FetchError, Hosts, NotThereError
from mathblog.engine.sources.gems.unpack import unpack_archive, unpack_gem
from mathblog.gems.index import read_index
from mathblog.gems.specification import read_gemspec, read_metadata
from mathblog.gems.versions import newest
from mathblog.gems.wanted import ArchiveWanted, GemWanted

_MOST_OF_INDEX = 8 << 20
_MOST_OF_THEME = 128 << 20


def fetch(wanted: GemWanted | ArchiveWanted, hosts: Hosts, tell: Callable[[str], None]) -> Stored:
    """Fetch a theme into the cache; `tell` is told what is fetched from where.

    Raises:
        FetchError: where it cannot be had.
        BuildStopped: 2 where it is not the one that a lock names.

    """
    if isinstance(wanted, GemWanted):
        return _fetch_gem(wanted, hosts, tell)
    tell(f"fetching the theme `{wanted.title}` from {urlsplit(hosts.archives).netloc}")
    path = f"{wanted.owner}/{wanted.repository}/tar.gz/{quote(wanted.commit or wanted.ref)}"
    data = download(f"{hosts.archives}/{path}", _MOST_OF_THEME)

    def fill(folder: Path) -> Stored:
        found = unpack_archive(data, folder)
        _check_lock(wanted, found.digest)
        theme = read_gemspec(found.specification, wanted.name)
        version = theme.version or (found.commit or wanted.ref)[:12]
        theme = replace(theme, version=version.replace("/", "-"), digest=found.digest)
        return Stored(folder, theme, wanted.ref, found.commit or wanted.commit, found.left_out)

    return store(folder_of_archive(wanted, hosts), lambda stored: stored.theme.digest[:16], fill)


def _fetch_gem(wanted: GemWanted, hosts: Hosts, tell: Callable[[str], None]) -> Stored:
    sums = {} if wanted.version and wanted.sha256 else _ask_index(wanted, hosts)
    version = wanted.version or newest(sums, wanted.requirements)
    if not version:
        asked = f" that is {', '.join(f'`{text}`' for text in wanted.requirements)}" if wanted.requirements else ""
        message = f"`{urlsplit(hosts.gems).netloc}` has no version{asked}"
        raise FetchError(message)
    tell(f"fetching the theme `{wanted.name}` {version} from {urlsplit(hosts.gems).netloc}")
    data = download(f"{hosts.gems}/gems/{wanted.name}-{version}.gem", _MOST_OF_THEME)
    digest = hashlib.sha256(data).hexdigest()
    _check_lock(wanted, digest)
    if sums.get(version, "") not in ("", digest):
        message = "its checksum is not the one that the host itself names"
        raise FetchError(message)

    def fill(folder: Path) -> Stored:
        found = unpack_gem(data, folder)
        try:
            theme = read_metadata(found.specification, wanted.name, version)
        except ValueError as error:
            raise FetchError(str(error)) from error
        return Stored(folder, replace(theme, digest=digest), left_out=found.left_out)

    return store(folder_of_gem(wanted, hosts), lambda stored: f"{stored.theme.version}-{digest[:16]}", fill)


def _ask_index(wanted: GemWanted, hosts: Hosts) -> dict[str, str]:
    """The versions that the host has, with their checksums; none where it has no list and the version is known."""
    try:
        data = download(f"{hosts.gems}/info/{wanted.name}", _MOST_OF_INDEX)
    except NotThereError:
        if wanted.version:
            return {}
        message = f"`{urlsplit(hosts.gems).netloc}` has no gem of this name"
        raise FetchError(message) from None
    versions = dict(read_index(data.decode("utf-8", "replace")))
    if not versions and not wanted.version:
        message = f"`{urlsplit(hosts.gems).netloc}` does not answer with a list of versions"
        raise FetchError(message)
    return versions


def _check_lock(wanted: GemWanted | ArchiveWanted, digest: str) -> None:
    if wanted.sha256 in ("", digest):
        return
    message = f"the theme `{wanted.title}` is not the one that `{wanted.by}` names: its checksum is `{digest}`"
    hint = f"nothing of it was used; if the new one is meant, take its checksum out of `{wanted.by}`"
    raise BuildStopped(message, code=USAGE, hint=hint)
