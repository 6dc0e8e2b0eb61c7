"""The hosts that are allowed: the names under which this server may be addressed (a defence against DNS rebinding)."""

import ipaddress

from mathblog.core.dataclass import dataclass
from mathblog.core.patterns import lazy_pattern

_HOST = lazy_pattern(r"(\[[0-9a-fA-F:.]+\]|[^\[\]:/@\s]+)(:\d+)?\Z")
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
WILDCARDS = frozenset(("0.0.0.0", "::"))  # noqa: S104 - the author is warned of these


@dataclass(frozen=True, slots=True)
class HostPolicy:
    """Allowed names. `any_address`: also every numeric address, for a server that other machines may reach.

    A foreign site can make its name mean 127.0.0.1, but it cannot make a browser send another `Host` than that name.
    """

    names: frozenset[str]
    any_address: bool = False

    def allows(self, header: str) -> bool:
        """Whether a request with this `Host` header is answered."""
        found = _HOST.match(header)
        if not found:
            return False
        name = found[1].strip("[]").rstrip(".").lower()
        if name in self.names or not self.any_address:
            return name in self.names
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def allows_origin(self, origin: str, header: str) -> bool:
        """Whether a page of `origin` may listen to a server that it calls `header`: it must be that server's page."""
        scheme, found, host = origin.partition("://")
        return bool(found) and scheme in ("http", "https") and host.lower() == header.lower() and self.allows(host)


def policy_for(host: str, machine: str) -> HostPolicy:
    """The policy of a server on `host`; `machine` is the name of this computer."""
    if host in WILDCARDS:
        name = machine.lower()
        return HostPolicy(LOOPBACK | {name, f"{name}.local"}, any_address=True)
    return HostPolicy(LOOPBACK | {host.lower()})
