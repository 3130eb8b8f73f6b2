"""Another address of a server of this machine: over TLS, or over IPv6."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path


@asynccontextmanager
async def tls_door(port: int, pem: Path) -> AsyncIterator[int]:
    """With a certificate, in front of a server that has none; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    async with door(port, "127.0.0.1", context) as there:
        yield there


@asynccontextmanager
async def door(port: int, host: str, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    lines: set[asyncio.Task[None]] = set()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        lines.add(task)
        task.add_done_callback(lines.discard)
        inside, onward = await asyncio.open_connection("127.0.0.1", port)
        try:
            out = asyncio.create_task(pour(reader, onward))
            await pour(inside, writer)
            out.cancel()
            await asyncio.gather(out, return_exceptions=True)
        finally:
            for end in (onward, writer):
                end.close()
                with suppress(OSError):
                    await end.wait_closed()

    server = await asyncio.start_server(take, host, 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for line in tuple(lines):
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)


async def pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await source.read(1 << 16):
            target.write(piece)
            await target.drain()
