"""Workers killed: at every checkpoint, at any instant, and while a server has their request."""

from bench.chaos.stage import TIMEOUT, Stage
from bench.chaos.street import LOOKS, SENDS

from amplify.testing.faults import Rule

#: Seconds for which a request is held: longer than any worker lives that is killed because of it.
_LONG = 8
#: A worker that finds nothing to do reaches no checkpoint. The first one finds enough, on a machine however busy.
_PATIENCE, _FOR_THE_FIRST = 6, 60


async def at_checkpoint(stage: Stage, name: str, kills: int, patience: float = _PATIENCE) -> None:
    """Each worker ends where it passes the checkpoint for the first, or the second, time."""
    for _ in range(kills):
        worker = await stage.start(hook=f"{name}:{stage.random.choice((1, 1, 1, 2))}:SIGKILL")
        await stage.until(worker.ended.is_set, _patience(stage, patience))
        if not worker.ended.is_set():
            await stage.stop()
            return
        await stage.kill()


async def at_any_instant(stage: Stage, kills: int, most: float = 1.5) -> None:
    """From a moment after its birth on."""
    for _ in range(kills):
        before = stage.sends()
        await stage.start()
        await stage.until(lambda before=before: stage.sends() > before, stage.random.uniform(0, 3))
        await stage.a_while(most)
        await stage.kill()


async def inside_a_request(stage: Stage, rule: Rule, kills: int, patience: float = _PATIENCE) -> None:
    """While `rule` keeps a request of theirs open, which may take `patience` seconds to come."""
    for _ in range(kills):
        before = stage.kept_open()
        stage.street.order(rule)
        await stage.start()
        caught = await stage.until(lambda before=before: stage.kept_open() > before, _patience(stage, patience))
        await stage.a_while(0.1)
        if not caught:
            await stage.stop()
            return
        stage.inside += stage.worker is not None and not stage.worker.ended.is_set()
        await stage.kill()
        stage.street.calm()


def _patience(stage: Stage, patience: float) -> float:
    return patience if stage.kills else max(patience, _FOR_THE_FIRST)


#: The server has the request and has not looked at it; it sees in time that nobody waits.
UNREAD = Rule(what="hold", phase="before", arg=_LONG, path=SENDS, method="POST")
#: The post is public, the answer on its way.
UNANSWERED = Rule(what="hold", arg=_LONG, path=SENDS, method="POST")
#: The post becomes public when nobody waits for it any more.
LATE = Rule(what="delay", arg=TIMEOUT + 1.5, path=SENDS, method="POST")
#: Nobody can be asked what became of it.
UNSEEN = Rule(what="status", arg=503, count=1000, path=r"/accounts/[^/]+/statuses|getRecord.*app\.bsky\.feed\.post")
#: The worker looks whether a lost post is public.
LOOKING = Rule(what="hold", phase="before", arg=_LONG, path=LOOKS)
