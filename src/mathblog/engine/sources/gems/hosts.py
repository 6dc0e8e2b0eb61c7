"""Where themes come from: which hosts may be asked, and why a theme cannot be had."""

import os
from urllib.parse import urlsplit

from mathblog.core.dataclass import dataclass

GEMS, ARCHIVES = "MATHBLOG_GEMS", "MATHBLOG_ARCHIVES"  # variables of the environment
LOCAL = ("127.0.0.1", "localhost", "::1")
# ends of names that no host of the web has (RFC 6761, 6762, 8375, 9476, ICANN's `internal`), and habits of networks
_PRIVATE = (
    "localhost",
    "local",
    "internal",
    "home",
    "lan",
    "corp",
    "intranet",
    "private",
    "arpa",
    "test",
    "invalid",
    "alt",
)


class FetchError(Exception):
    """A theme cannot be had. The text says why, as the end of a sentence."""


class NotThereError(FetchError):
    """The host answered that it does not have the file."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Where themes come from: a gem server, and a server that has `/owner/name/tar.gz/ref`."""

    gems: str
    archives: str


def is_allowed(url: str) -> bool:
    """Whether a theme may come from an address: HTTPS, or HTTP from this machine itself."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL))


def is_public(url: str) -> bool:
    """Whether a site may send its builder to an address: a host with a name of the web, without a port, a user or a query.

    So a stranger's site asks no service of this machine or of its network, which may do what it is asked.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    name, _, last = host.rpartition(".")
    is_named = bool(name) and (last.isalpha() or last.startswith("xn--")) and last not in _PRIVATE
    return parts.scheme == "https" and is_named and parts.netloc.rstrip(".").lower() == host and not parts.query


def is_named_by_user(url: str) -> bool:
    """Whether an address is of this machine, or of a host that the user's environment names: they may be private."""
    named = (urlsplit(os.environ.get(variable, "")).hostname for variable in (GEMS, ARCHIVES))
    return urlsplit(url).hostname in (*LOCAL, *filter(None, named))
