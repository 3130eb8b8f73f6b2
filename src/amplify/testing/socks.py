"""A SOCKS5 proxy on this machine (RFC 1928, 1929): it alone knows where the made-up names of a test lead.

A name that only it can resolve proves that nobody else was asked for it; what it counts proves that everything went
through it.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from amplify.testing.doors import HOST

_VERSION, _BY_NAME, _BY_IPV4, _BY_IPV6 = 5, 3, 1, 4
_OPEN, _PASSWORD, _NOTHING_FITS = 0, 2, 0xFF
_DONE, _REFUSED = 0, 5
_PIECE = 1 << 16


@dataclass(slots=True)
class Socks:
    """`names` lead to a port of this machine. `asked` are the hosts that it was asked for, in order.

    `account` is the user and password that it wants, if any. `answer` is what it says to every wish (5: refused), and
    `cut` is after how many bytes of an answer it lets go.
    """

    names: dict[str, int]
    account: tuple[str, str] | None = None
    answer: int = _DONE
    cut: int | None = None
    asked: list[str] = field(default_factory=list)
    port: int = 0
    _lines: set[asyncio.Task[None]] = field(default_factory=set)
    _server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        who = f"{self.account[0]}:{self.account[1]}@" if self.account else ""
        return f"socks5://{who}{HOST}:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._lines.add(task)
            task.add_done_callback(self._lines.discard)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._shake_hands(reader, writer)
        finally:
            await _let_go(writer)

    async def open(self) -> None:
        self._server = await asyncio.start_server(self.serve, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def away(self) -> None:
        """Nobody is at its port any more."""
        if self._server is not None:
            self._server.close()
        await self.leave()

    async def leave(self) -> None:
        for line in tuple(self._lines):
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    async def _shake_hands(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        offered = await reader.readexactly(count)
        wanted = _PASSWORD if self.account else _OPEN
        if wanted not in offered:
            writer.write(bytes([_VERSION, _NOTHING_FITS]))
            return
        writer.write(bytes([_VERSION, wanted]))
        if self.account and not await self._admitted(reader, writer):
            return
        _, _, _, kind = await reader.readexactly(4)
        host = await _host(reader, kind)
        port = int.from_bytes(await reader.readexactly(2), "big")
        self.asked.append(host)
        led = self.names.get(host) or (port if host == HOST else None)
        there = await _reached(led) if led and not self.answer else None
        answer = self.answer or (_DONE if there else _REFUSED)
        writer.write(bytes([_VERSION, answer, 0, _BY_IPV4, 0, 0, 0, 0, 0, 0]))
        if there is not None:
            await self._carry(reader, writer, *there)

    async def _admitted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        await reader.readexactly(1)
        said = []
        for _ in range(2):
            (length,) = await reader.readexactly(1)
            said.append((await reader.readexactly(length)).decode())
        is_right = tuple(said) == self.account
        writer.write(bytes([1, 0 if is_right else 1]))
        return is_right

    async def _carry(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        there: asyncio.StreamReader,
        onward: asyncio.StreamWriter,
    ) -> None:
        out = asyncio.create_task(_pour(reader, onward))
        try:
            await _pour(there, writer, self.cut)
        finally:
            out.cancel()
            await asyncio.gather(out, return_exceptions=True)
            await _let_go(onward)


@asynccontextmanager
async def socks(names: Mapping[str, int], account: tuple[str, str] | None = None) -> AsyncIterator[Socks]:
    """A proxy that is there until the block ends."""
    proxy = Socks(names=dict(names), account=account)
    await proxy.open()
    try:
        yield proxy
    finally:
        await proxy.away()


async def _reached(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
    try:
        return await asyncio.open_connection(HOST, port)
    except OSError:
        return None


async def _let_go(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def _host(reader: asyncio.StreamReader, kind: int) -> str:
    if kind == _BY_NAME:
        (length,) = await reader.readexactly(1)
        return (await reader.readexactly(length)).decode()
    packed = await reader.readexactly(16 if kind == _BY_IPV6 else 4)
    return ".".join(map(str, packed)) if kind == _BY_IPV4 else packed.hex()


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter, cut: int | None = None) -> None:
    """All that comes, or so many bytes of it."""
    left = cut
    with suppress(OSError):
        while piece := await source.read(_PIECE):
            target.write(piece if left is None else piece[:left])
            await target.drain()
            if left is not None:
                left -= len(piece)
                if left <= 0:
                    return
