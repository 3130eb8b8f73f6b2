"""A Mastodon that others wrote (mastodon-mock), in memory, on a free port of this machine.

It runs in an environment of its own. One JSON line says where it listens; it ends when standard input closes.
"""

import asyncio
import json
import os
import socket
import sys
import threading

import uvicorn
from mastodon_mock.app import create_app
from mastodon_mock.config import MastodonMockConfig


def end_with_parent() -> None:
    while sys.stdin.buffer.read(1):
        pass
    os._exit(0)  # all of it is in memory: there is nothing to close


def main() -> None:
    threading.Thread(target=end_with_parent, daemon=True).start()
    bound = socket.create_server(("127.0.0.1", 0))
    certificate = os.environ.get("MASTODON_CERTIFICATE")
    scheme, domain = "https" if certificate else "http", f"127.0.0.1:{bound.getsockname()[1]}"
    # not the command's `serve`, which would read a configuration from wherever it is started
    config = MastodonMockConfig(domain=domain, url_scheme=scheme)
    tls = {"ssl_certfile": certificate, "ssl_keyfile": certificate} if certificate else {}
    server = uvicorn.Server(uvicorn.Config(create_app(config), log_level="warning", server_header=False, **tls))
    sys.stdout.write(json.dumps({"url": f"{scheme}://{domain}"}) + "\n")
    sys.stdout.flush()
    asyncio.run(server.serve(sockets=[bound]))


main()
