"""`amplify run --sandbox`: the worker and, as a child of its own, the look-alikes that it publishes to."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from amplify.bootstrap import App, open_app
from amplify.config.children import end, spawn


@contextmanager
def rehearsing(campaign: Path, *, quiet: bool) -> Iterator[App]:
    """The campaign with every channel leading to a sandbox, which ends with the block."""
    app = open_app(campaign)
    app.close()
    if app.written.campaign is None:
        raise click.ClickException("config/campaign.yaml cannot be used; `amplify check` says why")
    child = spawn(["sandbox", "--json", "--campaign", str(campaign)], environ=os.environ, stdout=subprocess.PIPE)
    try:
        urls = _first_words(child)
        if not quiet:
            click.echo(f"Rehearsing: nobody follows. What followers would see: {urls['page']}", err=True)
        app = open_app(campaign, sandbox=urls)
        try:
            yield app
        finally:
            app.close()
    finally:
        end(child)


def _first_words(child: "subprocess.Popen[bytes]") -> dict[str, str]:
    line = child.stdout.readline() if child.stdout is not None else b""
    if not line:
        raise click.ClickException("the sandbox did not start; `amplify sandbox` says why")
    said = json.loads(line)
    if "urls" not in said:
        raise click.ClickException(said["error"])
    urls: dict[str, str] = said["urls"]
    return urls
