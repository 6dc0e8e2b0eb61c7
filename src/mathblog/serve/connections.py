"""Connections to the preview: at most so many, and none that lets the server wait."""

from asyncio import BaseTransport, TimerHandle

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 200  # open connections; every page that is open in a browser has one for news
SECONDS = 10.0  # from the first byte of a request to the end of its head


class PreviewProtocol(H11Protocol):
    """HTTP as uvicorn speaks it, for which a client may take its time: here a request must have come within some seconds."""

    _timer: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        """Take a connection, or close it at once where there are too many."""
        super().connection_made(transport)  # type: ignore[arg-type]  # it is a transport for both directions
        if len(self.connections) > MOST:
            self.transport.close()
            return
        self._timer = self.loop.call_later(SECONDS, self._end)

    def data_received(self, data: bytes) -> None:
        """Take bytes; the time for a request runs while it is not complete."""
        super().data_received(data)
        if not self._waits:
            self._stop()
        elif self._timer is None:
            self._timer = self.loop.call_later(SECONDS, self._end)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request. One whose end is broken, and that is being answered, gets nothing more: h11 allows no answer then."""
        if self._waits:
            super().send_400_response(msg)
            return
        self.cycle.disconnected = True
        self.cycle.message_event.set()
        self.transport.close()

    def on_response_complete(self) -> None:
        """End an answer; the time runs for a request that began to come before it was sent."""
        super().on_response_complete()
        if self._timer is None and self._waits and self.conn.trailing_data[0]:
            self._timer = self.loop.call_later(SECONDS, self._end)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop()
        super().connection_lost(exc)

    @property
    def _waits(self) -> bool:
        """Whether the next thing to come is (the rest of) a request."""
        return self.cycle is None or self.cycle.response_complete

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _end(self) -> None:
        self._timer = None
        if self._waits and not self.transport.is_closing():
            self.transport.close()
