"""The socket of the preview: the port asked for, or the next that is free."""

import errno
import os
import socket

from mathblog.core.dataclass import dataclass
from mathblog.engine.problem import ENVIRONMENT, BuildStopped

_TRIES = 20
_PRIVILEGED = 1024


@dataclass(frozen=True, slots=True)
class Listening:
    """A socket that accepts connections; `asked` is the port that was wanted."""

    socket: socket.socket
    host: str
    port: int
    asked: int

    @property
    def origin(self) -> str:
        """`http://host:port`."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def listen(host: str, port: int) -> Listening:
    """Listen on `port` of `host`, or on the first free port after it; port 0 leaves the choice to the system.

    Raises:
        BuildStopped: 3 where the host is not of this machine, or the port may not be had.

    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError) as error:
        message = f"there is no host `{host}`"
        raise BuildStopped(message, code=ENVIRONMENT, hint="leave out `--host` to serve on 127.0.0.1") from error
    for number in range(port, min(port + _TRIES, 65536)):
        both = family == socket.AF_INET6 and socket.has_dualstack_ipv6()
        try:
            found = socket.create_server((str(address[0]), number), family=family, backlog=128, dualstack_ipv6=both)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            if error.errno in (errno.EACCES, errno.EPERM):
                hint = f"ports below {_PRIVILEGED} need rights of their own; choose another with `--port`"
                message = f"port {port} may not be used"
            else:
                hint = "leave out `--host` to serve on 127.0.0.1"
                reason = os.strerror(error.errno) if error.errno else str(error)
                message = f"cannot listen on `{host}`, port {port}: {reason.lower()}"
            raise BuildStopped(message, code=ENVIRONMENT, hint=hint) from error
        return Listening(found, host, found.getsockname()[1], port)
    message = f"the ports {port} to {min(port + _TRIES, 65536) - 1} of `{host}` are in use"
    raise BuildStopped(message, code=ENVIRONMENT, hint="choose another with `--port`")
