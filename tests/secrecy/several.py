"""Several commands as people type them, in one process, because starting is what takes longest: `[[word…], …]` on stdin.

What each prints is told as JSON, a line for each command.
"""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

from amplify.cli.main import amplify


def main() -> None:
    for words in json.load(sys.stdin):
        printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        with redirect_stdout(printed), redirect_stderr(printed):
            try:
                amplify.main(args=words)
            except SystemExit as ended:
                code = ended.code
        printed.flush()
        said = printed.buffer.getvalue().decode()
        sys.stdout.write(f"{json.dumps({'words': words, 'code': code, 'said': said})}\n")


if __name__ == "__main__":
    main()
