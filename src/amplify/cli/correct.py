"""amplify correct: what is wrong in public, found everywhere, and a draft that puts it right."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amplify.bootstrap import App, open_app
from amplify.cli.at_hand import usable, zone_of
from amplify.cli.options import by_option, campaign_option, json_option
from amplify.cli.screen import columns, show, styled
from amplify.cli.told import answer, iso_if_any, many, when
from amplify.domain.campaign import Campaign
from amplify.ports.author import UnusableText
from amplify.ports.ledger import LedgerError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from amplify.authoring.writing.correction_draft import Draft
    from amplify.domain.delivery import Delivery
    from amplify.domain.mistake import Mistake
    from amplify.domain.post import Post


@click.command(
    epilog="\b\nExample:\n"
    '  amplify correct political_prisoners --reason "A typing mistake." --by editor\n'
    "  amplify correct figure-prisoners --by editor"
)
@click.argument("what", metavar="FIGURE|POST")
@click.option(
    "--version", "version", default="", metavar="ID", help="Which number was wrong, as `amplify trace` shows it."
)
@click.option("--was", default="", metavar="NUMBER", help="Which number was wrong, as digits.")
@click.option(
    "--reason",
    "reasons",
    multiple=True,
    metavar="TEXT",
    help="Why it was wrong: followers read it. In another language: `--reason de=…`.",
)
@by_option
@campaign_option
@json_option
def correct(
    *, what: str, version: str, was: str, reasons: Sequence[str], by: str, campaign: Path, as_json: bool
) -> None:
    """Find every published post with a wrong number, or every publication of a wrong post, and draft its correction.

    The right number, text, name, link or picture is put into the files first. The draft is a file under
    posts/corrections/: a post that edits what is wrong on Mastodon and Telegram and answers it on Bluesky, with its
    date and with a link to what it corrects. Nothing is published by this, and nothing is written over.
    """
    from amplify.authoring.writing.correction_draft import FOLDER
    from amplify.services.approve import check_name
    from amplify.services.as_cut import as_cut
    from amplify.services.correct import drafted, mistakes, perhaps, shown_by
    from amplify.services.free_slots import free_slots

    with closing(open_app(campaign)) as app:
        zone, ledger = zone_of(app), app.ledger_if_any()
        if ledger is None:
            raise LedgerError("there is no ledger: nothing was applied yet, or its file is gone")
        check_name(by, app.written)
        found = as_cut(mistakes(what, app.written, ledger, version=version, was=was), ledger, app.workshop)
        known = drafted(found, app.written)
        new = [one for one in found if one.named not in known]
        slots = free_slots(new, ledger.deliveries(), ledger.accounts(), usable(app), app.clock.now())
        draft = _draft(app, by, _by_language(reasons, usable(app)), slots)
        showing = shown_by(found, app.written, ledger)
        unsure = perhaps(what, app.written, ledger)
        file = _write(app.root / FOLDER, what, draft, new) if new else None
        name = str(file.relative_to(app.root)) if file is not None else ""
    if as_json:
        answer(
            {
                "file": name,
                "drafted": [draft.id_of(one) for one in new],
                "already": dict(known),
                "found": [_told(one, zone) for one in found],
                "shown_by": [str(row.key) for row, _ in showing],
                "perhaps": [str(row.key) for row in unsure],
            }
        )
        return
    show(
        columns(
            [
                (
                    row.key.channel,
                    when(row.published_at, zone) if row.published_at else "",
                    one.named,
                    _said(one),
                    _url(row),
                )
                for one in found
                for row in one.rows
            ]
        )
    )
    for row, showed in showing:
        show(styled(_again(row, showed), "yellow"))
    for row in unsure:
        show(styled(_unsure(row), "bold yellow"))
    for named, post in known.items():
        show(f"{named} is corrected by {post} already: look there.")
    if file is not None:
        show(f"{many(len(new), 'correction')} drafted in {name}; nothing is published yet. Read it, then:")
        if any(one.was is None for one in new):
            show("  fill in every …, and remove `draft: true`")
        show("  amplify check", "  amplify preview", "  amplify apply")
        show(f"  amplify approve {' '.join(draft.id_of(one) for one in new)} --by NAME")


def _by_language(reasons: Sequence[str], campaign: Campaign) -> Mapping[str, str]:
    """One without a language is in the campaign's first."""
    said: dict[str, str] = {}
    for reason in reasons:
        language, sign, text = reason.partition("=")
        known = bool(sign) and language.strip() in campaign.languages
        said |= {language.strip(): text.strip()} if known else {campaign.languages[0]: reason.strip()}
    return {language: text for language, text in said.items() if text}


def _again(row: "Delivery", post: "Post") -> str:
    does = "shows it again" if post.boosts else "quotes it"
    told = f"{row.key} {does}: where the network edits, the corrected words are seen there too"
    return f"{told}; where the correction is an answer, take this one down on the network by hand"


def _unsure(row: "Delivery") -> str:
    if row.receipt is None:
        return f"{row.key} may be public too: look, answer with `amplify resolve`, then say this again."
    return f"{row.key} is public, and the restored ledger does not know what it prints: look at {row.receipt.url}"


def _draft(app: App, by: str, reasons: Mapping[str, str], slots: Mapping[str, datetime]) -> "Draft":
    from amplify.authoring.writing.correction_draft import Draft

    zone = zone_of(app)
    return Draft(
        written=app.written,
        by=by if usable(app).coordinators - {by} else "",
        reasons=reasons,
        today=app.clock.now().astimezone(zone).date(),
        at={named: slot.astimezone(zone) for named, slot in slots.items()},
        zone=zone.key,
        editing=frozenset(name for name, network in app.networks.items() if "edit" in network.variants.get("as", ())),
    )


def _write(folder: Path, what: str, draft: "Draft", new: Sequence["Mistake"]) -> Path:
    """Never over what lies there. Raises LedgerError."""
    try:
        text = draft.file(new)
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"{draft.today:%Y-%m-%d}-{what.partition('@')[0].replace('/', '-')}"
        for number in range(1, 100):
            file = folder / f"{stem}{f'-{number}' if number > 1 else ''}.yaml"
            if not file.exists():
                with file.open("x", encoding="utf-8") as written:
                    written.write(text)
                return file
    except OSError as error:
        raise LedgerError(f"the draft could not be written into {folder}: {error.strerror}") from error
    except UnusableText as error:
        raise LedgerError(f"no draft could be made: {error}") from error
    raise LedgerError(f"{folder} is full of drafts of today: use one of them, or remove some")


def _said(one: "Mistake") -> str:
    return one.was.counted if one.was is not None else ""


def _url(row: "Delivery") -> str:
    return row.receipt.url if row.receipt is not None else ""


def _told(one: "Mistake", zone: "ZoneInfo") -> dict[str, object]:
    return {
        "corrects": one.named,
        "said": _said(one),
        "deliveries": [
            {"key": str(row.key), "url": _url(row), "published_at": iso_if_any(row.published_at, zone)}
            for row in one.rows
        ],
    }
