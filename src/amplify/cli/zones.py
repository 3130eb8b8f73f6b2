"""`--zone`: the times of followers beside those of the campaign."""

from collections.abc import Sequence

import click

from amplify.domain.when import zone_named


def _checked(ctx: click.Context, param: click.Parameter, said: Sequence[str]) -> Sequence[str]:
    for name in said:
        try:
            zone_named(name)
        except ValueError:
            from amplify.authoring.nearest import nearest_zone

            raise click.BadParameter(f"no time zone is called “{name}”; {nearest_zone(name)}", ctx, param) from None
    return tuple(dict.fromkeys(said))


zone_option = click.option(
    "--zone",
    "zones",
    multiple=True,
    metavar="ZONE",
    callback=_checked,
    help="Show the times of these followers too, such as Europe/Minsk. May be repeated.",
)
