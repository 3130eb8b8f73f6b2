"""Couriers that start in no time: each is forked from a process that has loaded Apprise before anybody asked."""

import asyncio
import json
import os
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.forkserver import ensure_running
from pathlib import Path

from amplify.publishers.apprise_courier import carry
from amplify.publishers.apprise_errand import Back, Order, back_with

_CONTEXT = get_context("forkserver")
_TESTS = Path(__file__).parents[1]
_TO_START = 10


@cache
def _warm() -> None:
    """Start the process that couriers are forked from: it finds our modules where its environment says."""
    usual = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(_TESTS)
    try:
        _CONTEXT.set_forkserver_preload(["contract.apprise_loaded"])
        ensure_running()
    finally:
        if usual is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = usual


async def by_warm_courier(order: Order) -> Back:
    """The same errand in a process of its own, without the second that a new Python needs."""
    return await asyncio.to_thread(_sent, order)


def _sent(order: Order) -> Back:
    _warm()
    here, there = _CONTEXT.Pipe(duplex=False)
    courier = _CONTEXT.Process(target=_run, args=(order.written(), order.surroundings(), there), daemon=True)
    courier.start()
    there.close()
    said, left = [], order.within.total_seconds() + _TO_START
    try:
        while here.poll(left):
            said.append(here.recv_bytes())
    except EOFError:
        pass
    finally:
        courier.kill()
        courier.join()
        courier.close()
        here.close()
    return back_with(said)


def _run(order: bytes, surroundings: dict[str, str], there: Connection) -> None:
    os.environ.update(surroundings)

    def say(line: str) -> None:
        there.send_bytes(line.encode())

    say(json.dumps(carry(json.loads(order), say)))
    os._exit(0)
