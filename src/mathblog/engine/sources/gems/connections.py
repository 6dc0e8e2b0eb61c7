"""Requests over HTTP and HTTPS. A name that leads into the own network is not connected to, whatever it led to when it was looked up before."""

import errno
import http.client
import ipaddress
import socket
import ssl
import urllib.request
from typing import IO, Any

_MOST_REDIRECTS = 5
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last four bytes are an address of IPv4


class PrivateAddressError(OSError):
    """A name leads to an address that is not one of the public net."""

    def __init__(self, host: str) -> None:
        super().__init__(errno.EACCES, f"`{host}` is an address of this machine or of its network")


class FewRedirects(urllib.request.HTTPRedirectHandler):
    """Follows few redirects. What a host sends with one is not read: the library reads all of it, however much that is."""

    max_redirections = _MOST_REDIRECTS

    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage
    ) -> IO[bytes] | None:
        """Follow a redirect; an answer that is closed has nothing more to read."""
        fp.close()
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def web_opener(redirects: FewRedirects, *, public: bool = False) -> urllib.request.OpenerDirector:
    """Return an opener of addresses: HTTP and HTTPS only, without the library's handlers of `file:`, `ftp:` and `data:`.

    With `public` it connects to addresses of the public net only, redirects too; a proxy, which the user named, looks names up itself.
    """
    opener = urllib.request.OpenerDirector()
    context = ssl.create_default_context()
    for handler in (
        urllib.request.ProxyHandler(),
        _PublicHttp() if public else urllib.request.HTTPHandler(),
        _PublicHttps(context=context) if public else urllib.request.HTTPSHandler(context=context),
        urllib.request.HTTPDefaultErrorHandler(),
        redirects,
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def look_up(host: str, port: int | None = None) -> list[tuple[str, bool]]:
    """The addresses of a host, and of each whether it is one of the public net.

    Raises:
        OSError: where it has none.

    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(address, _is_public(address)) for address in dict.fromkeys(str(it[4][0]) for it in found)]


def connect_publicly(address: tuple[str, int], *arguments: Any, **named: Any) -> socket.socket:
    """Connect as `socket.create_connection` does, to what the name leads to now, if all of that is public.

    Raises:
        PrivateAddressError, OSError: where it is not, or where nobody answers.

    """
    host, port = address
    found = look_up(host, port)
    if not all(is_public for _, is_public in found):
        raise PrivateAddressError(host)
    for number, (numeric, _) in enumerate(found, 1):
        try:
            return socket.create_connection((numeric, port), *arguments, **named)
        except OSError:
            if number == len(found):
                raise
    raise OSError(errno.EHOSTUNREACH, "the name has no address")


def _is_public(address: str) -> bool:
    """Whether an address is one of the public net, and whatever address is written into it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = [ip]
    if isinstance(ip, ipaddress.IPv6Address):
        inner += [it for it in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if it is not None]
        inner += [ipaddress.IPv4Address(ip.packed[-4:])] if ip in _NAT64 else []
    return all(it.is_global and not it.is_multicast for it in inner)


class _PublicConnection(http.client.HTTPConnection):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._create_connection = connect_publicly


class _PublicTlsConnection(http.client.HTTPSConnection):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._create_connection = connect_publicly


def _goes_to_proxy(request: urllib.request.Request) -> bool:
    return request.has_proxy() or bool(getattr(request, "_tunnel_host", None))


class _PublicHttp(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(http.client.HTTPConnection if _goes_to_proxy(req) else _PublicConnection, req)


class _PublicHttps(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        kind = http.client.HTTPSConnection if _goes_to_proxy(req) else _PublicTlsConnection
        return self.do_open(kind, req, context=self._context)  # type: ignore[attr-defined]
