"""A deadline for a whole exchange, also when the other side sends a byte now and then.

HTTP clients time each read; a server that drips holds them as long as it likes. Here every read and
write of a connection gets no more time than is left of the deadline of the thread that does it.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from koe.errors import BugError

__all__ = ["bind", "deadline"]

_here = threading.local()


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Let exchanges of this thread end by then, those over clients that were bound."""
    _here.at = time.monotonic() + seconds
    try:
        yield
    finally:
        _here.at = None


def bind(client: Any) -> None:
    """Put an httpx client's connections under the deadline of the thread that uses them."""
    transports = [client._transport, *client._mounts.values()]
    for transport in filter(None, transports):
        pool: Any = getattr(transport, "_pool", None)
        if not hasattr(pool, "_network_backend"):
            raise BugError("The HTTP client has another inside than koe knows; calls would have no deadline.")
        if not isinstance(pool._network_backend, _Backend):
            pool._network_backend = _Backend(pool._network_backend)


def _left(timeout: float | None, late: type[Exception]) -> float | None:
    """The time that an operation may take; raises `late` when there is none."""
    at = getattr(_here, "at", None)
    if at is None:
        return timeout
    left: float = at - time.monotonic()
    if left <= 0:
        raise late("the deadline of the call has passed")
    return left if timeout is None else min(left, timeout)


class _Backend:
    """A network backend whose connections know the deadline."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._errors = _errors_of(inner)

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **more: Any) -> Any:
        timeout = _left(timeout, self._errors.ConnectTimeout)
        return _Stream(self._inner.connect_tcp(host, port, timeout=timeout, **more), self._errors)

    def connect_unix_socket(self, path: str, timeout: float | None = None, **more: Any) -> Any:
        timeout = _left(timeout, self._errors.ConnectTimeout)
        return _Stream(self._inner.connect_unix_socket(path, timeout=timeout, **more), self._errors)

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class _Stream:
    """A connection whose reads and writes end by the deadline."""

    def __init__(self, inner: Any, errors: Any) -> None:
        self._inner = inner
        self._errors = errors

    def read(self, max_bytes: int, timeout: float | None = None) -> Any:
        return self._inner.read(max_bytes, _left(timeout, self._errors.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout, self._errors.WriteTimeout))

    def start_tls(self, ssl_context: Any, server_hostname: Any = None, timeout: float | None = None) -> Any:
        left = _left(timeout, self._errors.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._errors)

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _errors_of(backend: Any) -> Any:
    """The package that a backend is of (httpcore or its successor): it has the errors by name."""
    from importlib import import_module

    return import_module(type(backend).__module__.partition(".")[0])
