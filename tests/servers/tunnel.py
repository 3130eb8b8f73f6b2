"""An HTTP proxy of this machine: it makes tunnels (CONNECT), by names that it alone knows, and nothing else."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

from servers.another_door import pour


@asynccontextmanager
async def tunnel(names: Mapping[str, int]) -> AsyncIterator[tuple[str, list[str]]]:
    """Its address, and the hosts that it was asked for."""
    asked: list[str] = []
    lines: set[asyncio.Task[None]] = set()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        lines.add(task)
        task.add_done_callback(lines.discard)
        method, there = (await reader.readuntil(b"\r\n\r\n")).decode().split()[:2]
        host, _, port = there.rpartition(":")
        asked.append(host)
        assert method == "CONNECT"
        inside, onward = await asyncio.open_connection("127.0.0.1", names.get(host, int(port)))
        try:
            writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            out = asyncio.create_task(pour(reader, onward))
            await pour(inside, writer)
            out.cancel()
            await asyncio.gather(out, return_exceptions=True)
        finally:
            for end in (onward, writer):
                end.close()
                with suppress(OSError):
                    await end.wait_closed()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
    finally:
        server.close()
        for line in tuple(lines):
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
