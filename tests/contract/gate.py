"""A gate between a publisher and a look-alike: it passes bytes on, and misbehaves when told to."""

import asyncio
import socket
import struct

#: How long a test waits for an answer, in seconds.
SOON = 0.4
RESET = struct.pack("ii", 1, 0)


def answer(body: bytes, status: str = "200 OK", kind: str = "application/json", length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


class Gate:
    """Passes every connection on to `beyond`, except the next one after `how` was set; that one meets its fate."""

    def __init__(self, beyond: str) -> None:
        self.host, _, self.port = beyond.removeprefix("http://").partition(":")
        self.how = ""
        self.with_bytes = b""
        self.met = 0
        self.url = ""

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        how, self.how = self.how, ""
        try:
            await (self._misbehave(how, reader, writer) if how else self._pass_on(reader, writer))
        except OSError:
            pass  # the client has gone
        finally:
            writer.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_beyond, to_beyond = await asyncio.open_connection(self.host, int(self.port))
        await asyncio.gather(_pump(reader, to_beyond), _pump(from_beyond, writer))

    async def _misbehave(self, how: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.met += 1
        if how != "reset unread":
            await _request(reader)
        match how:
            case "answer":
                writer.write(self.with_bytes)
                await writer.drain()
            case "answer, then reset":
                writer.write(self.with_bytes)
                await writer.drain()
                await asyncio.sleep(0.05)
                _reset(writer)
            case "trickle":
                writer.write(answer(b"", length=10_000))
                while True:
                    await asyncio.sleep(SOON / 5)
                    writer.write(b" ")
                    await writer.drain()
            case "silence":
                await asyncio.sleep(4 * SOON)
            case "reset" | "reset unread":
                await asyncio.sleep(0.05)  # or the connection might not even have been made
                _reset(writer)
            case _:
                assert how == "close"


async def _request(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            await reader.readexactly(int(line.partition(b":")[2]))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while some := await reader.read(65536):
        writer.write(some)
        await writer.drain()
    writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
