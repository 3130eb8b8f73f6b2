"""What is past its time: the rest of a thread that has begun is left to a person, never dropped."""

from datetime import timedelta

from amplify.domain.delivery import State
from amplify.services.apply import apply
from amplify.services.overdue import miss_overdue
from amplify.services.rehearse import approve_all
from amplify.testing.ledger_scenes import ACCOUNT, sealed
from desks import desk_of

THREAD = """\
- id: story
  kind: thread
  at: 2027-05-01 10:01
  channels: [mastodon-en]
  thread: [{id: first, text: {en: One}}, {id: second, text: {en: Two}}]
"""


async def test_a_file_stop_while_the_first_part_is_on_its_way_holds_the_second(written, clock, tmp_path):
    app = written(THREAD)
    apply(app.folder.files(), app.workshop, app.ledger, by="one")
    approve_all(app.ledger, clock, 1)
    clock.pass_by(timedelta(minutes=1))
    first, second = app.ledger.deliveries()
    lease = clock.machine() + timedelta(hours=1)
    taken = app.ledger.claim(first, worker="first", account=ACCOUNT, lease_until=lease, now=clock.now())
    app.ledger.begin(taken, sealed(taken), epoch=app.ledger.epoch(), lease_until=lease, now=clock.now())
    (tmp_path / "STOP").touch()
    desk = desk_of(app, since=clock.machine())
    (row,) = await miss_overdue(desk)
    assert (row.key, row.state) == (second.key, State.HELD)
    assert "STOP" in row.reason
    app.close()
