"""A way to a server that can be cut, for tests of what happens without it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Forwarder:
    """Passes connections on to a port; counts them.

    ``cut``: refuses them, as a machine whose server has stopped. ``hang``: takes them
    and never answers, as one that is overloaded or behind a broken network.
    """

    def __init__(self, target: int) -> None:
        self.connections = 0
        self._target = target
        self._is_hanging = False
        self._open: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self._port = 0
        self.restore()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def cut(self) -> None:
        if self._listener is not None:
            # Closing alone would leave the thread in `accept`, and the port taken.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
        self._listener = None
        self._drop_connections()

    def hang(self) -> None:
        self._is_hanging = True
        self._drop_connections()

    def restore(self) -> None:
        self._is_hanging = False
        self._drop_connections()
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self._port))
            self._port = self._listener.getsockname()[1]
            threading.Thread(
                target=self._serve, args=(self._listener,), daemon=True
            ).start()

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _address = listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(near)
            if not self._is_hanging:
                far = socket.create_connection(("127.0.0.1", self._target))
                self._open.append(far)
                for one, other in ((near, far), (far, near)):
                    threading.Thread(
                        target=_pass_on, args=(one, other), daemon=True
                    ).start()

    def _drop_connections(self) -> None:
        while self._open:
            _close(self._open.pop())


@contextmanager
def forwarding(target: int) -> Iterator[Forwarder]:
    forwarder = Forwarder(target)
    yield forwarder
    forwarder.cut()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    _close(source)
    _close(target)


def _close(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
