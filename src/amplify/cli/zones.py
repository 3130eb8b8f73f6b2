"""`--zone`: the times of followers beside those of the campaign."""

from collections.abc import Sequence

import click

from amplify.domain.when import zone_named


def _checked(ctx: click.Context, param: click.Parameter, said: Sequence[str]) -> Sequence[str]:
    for name in said:
        try:
            zone_named(name)
        except ValueError:
            raise click.BadParameter(f"no time zone is called “{name}”; {_nearest(name)}", ctx, param) from None
    return tuple(dict.fromkeys(said))


def _nearest(name: str) -> str:
    """People know the town, not the name of its zone."""
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    def folded(word: str) -> str:
        return word.casefold().replace(" ", "_")

    zones = sorted(available_timezones())
    known = {folded(zone.rpartition("/")[2]): zone for zone in zones} | {folded(zone): zone for zone in zones}
    town = folded(name.rpartition("/")[2])
    found = get_close_matches(folded(name), known, n=1) or get_close_matches(town, known, n=1)
    return f"did you mean `{known[found[0]]}`?" if found else "write a place such as Europe/Minsk"


zone_option = click.option(
    "--zone",
    "zones",
    multiple=True,
    metavar="ZONE",
    callback=_checked,
    help="Show the times of these followers too, such as Europe/Minsk. May be repeated.",
)
