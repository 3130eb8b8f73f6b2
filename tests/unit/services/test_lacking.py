"""A channel whose network misses a part of the library is told before anything is due."""

from amplify.domain.channel import Channel, LinkPolicy
from amplify.publishers.apprise import APPRISE, Apprise
from amplify.publishers.telegram import TELEGRAM
from amplify.services.lacking import lacking


class Bare(Apprise):
    __slots__ = ()

    @property
    def missing(self) -> str:
        return "Apprise is not installed here: pip install 'amplify[apprise]'"


CHANNELS = {
    name: Channel(name=name, network=network, language="en", links=LinkPolicy.FULL)
    for name, network in (("room-en", "apprise"), ("telegram-en", "telegram"), ("other-en", "nobody-has-it"))
}


def test_a_channel_that_needs_what_is_not_installed_is_warned_of_with_what_to_type() -> None:
    (problem,) = lacking(CHANNELS, {"apprise": Bare(), "telegram": TELEGRAM})
    assert (problem.channel, problem.code, problem.is_error) == ("room-en", "not-installed", False)
    assert "pip install 'amplify[apprise]'" in problem.message


def test_where_everything_is_installed_nothing_is_said() -> None:
    assert lacking(CHANNELS, {"apprise": APPRISE, "telegram": TELEGRAM}) == []
