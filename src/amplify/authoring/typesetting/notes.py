"""What a rendering has used, noted down while it goes on."""

from dataclasses import dataclass, field

from amplify.domain.figure import Figure


@dataclass(slots=True)
class Notes:
    """`dated` becomes true as soon as words hold on one day only; `risky` are excerpts that are dangerous to hold.

    `templates` are the files of posts/templates that had a part in it, `events` those that are named one by one,
    `excerpts` all that are quoted, `links` all addresses that it leads to, also where a channel then
    only names them.
    """

    figures: dict[str, Figure] = field(default_factory=dict)
    dated: bool = False
    risky: set[str] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    excerpts: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
