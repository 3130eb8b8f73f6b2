"""A service that takes notices and heartbeats over HTTP, or hangs, refuses, closes or is not there."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from amplify.notices.by_courier import AppriseNotifier, UrlHeartbeat
from amplify.notices.memory import FileMemory
from amplify.worker.beside import Outside

#: Long enough for a courier on a busy machine, short enough for tests.
PATIENCE = timedelta(seconds=6)
_MOVED = "/moved"


@dataclass
class Switchboard:
    """`mood` is ok, hang, close or a status; a 302 leads to where all is well. `notices` have arrived and been taken; `tries` counts all that came."""

    port: int = 0
    mood: str = "ok"
    notices: list[dict[str, str]] = field(default_factory=list)
    tries: int = 0
    beats: int = 0
    closing: threading.Event = field(default_factory=threading.Event)

    def outside(
        self,
        var: Path,
        *paths: str,
        heart: bool = False,
        port: int = 0,
        patience: timedelta = PATIENCE,
        **pace: timedelta,
    ) -> Outside:
        """Its addresses, for a worker that looks often."""
        quick = {"look": timedelta(seconds=0.2), "gap": timedelta(), "beat": timedelta(seconds=0.4), **pace}
        addresses = [f"json://127.0.0.1:{port or self.port}/{path}/canary-5d3f?rto=60" for path in paths]
        heartbeat = UrlHeartbeat(address=f"http://127.0.0.1:{port or self.port}/canary-5d3f", patience=patience)
        return Outside(
            recipients=[
                (AppriseNotifier(address=address, patience=patience), FileMemory.of(var / "notices", address))
                for address in addresses
            ],
            heartbeat=heartbeat if heart else None,
            **quick,
        )

    def said(self, path: str = "") -> str:
        """All that has arrived there, titles and bodies."""
        return "\n".join(f"{n['title']}\n{n['message']}" for n in self.notices if path in n["path"])


@contextmanager
def switchboard() -> Iterator[Switchboard]:
    board = Switchboard()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            board.tries += 1
            if self._answered(board.mood if "bad" not in self.path else "503"):
                board.notices.append({**said, "path": self.path})

        def do_GET(self) -> None:
            board.beats += self._answered(board.mood if self.path != _MOVED else "ok")

        def _answered(self, mood: str) -> bool:
            if mood == "hang":
                board.closing.wait(60)
            if mood in {"hang", "close"}:
                self.close_connection = True
                return False
            self.send_response(200 if mood == "ok" else int(mood))
            self.send_header("Content-Length", "0")
            if mood == "302":
                self.send_header("Location", _MOVED)
            self.end_headers()
            return mood == "ok"

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    server.daemon_threads = True
    server.block_on_close = False
    board.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield board
    board.closing.set()
    server.shutdown()
    server.server_close()
