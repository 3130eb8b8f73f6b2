"""amplify doctor: what the files, the figures and the brakes say."""

from collections.abc import Iterator

from amplify.bootstrap import App
from amplify.cli.told import listed, many
from amplify.ports.examining import Observation, good, note, wrong


def files(app: App) -> Iterator[Observation]:
    """Only what reading them shows; `amplify check` sets every post as well."""
    register = app.protection.read()
    if register.fault:
        yield wrong("protected", f"{register.fault[0].upper()}{register.fault[1:]}", "`amplify protected check`")
    errors = sum(problem.is_error for problem in app.written.problems)
    if app.written.campaign is None:
        yield wrong("files", "config/campaign.yaml cannot be used", "`amplify check` says why")
    elif errors:
        yield wrong("files", f"There {_are(errors)} {many(errors, 'error')} in the files", "`amplify check` says where")
    else:
        yield good("files", "They can be read")


def brakes(app: App) -> Iterator[Observation]:
    from amplify.services.status import told_stop

    if names := app.folder.stop_files():
        told = f"The file {listed(names)} lies in the folder and stops everything"
        yield wrong("stop", told, "Remove it, once everybody agrees that publishing goes on")
    ledger = app.ledger_if_any()
    for stop in ledger.stops() if ledger is not None else ():
        if stop.lifted_at is None:
            advice = "`amplify resume --by NAME`, once everybody agrees that publishing goes on"
            yield wrong("stop", told_stop(stop), advice)


def figures(app: App) -> Iterator[Observation]:
    """Those that would hold a post today."""
    from amplify.cli.figure_words import fresh_until, today

    on = today(app)
    stale = [one.id for one in app.written.figures.values() if one.age(on) > fresh_until(one, app)]
    if stale:
        told = f"{many(len(stale), 'figure is', 'figures are')} stale today: {listed(stale)}"
        yield note("figures", told, "`amplify figures check` says how old; posts that print them are held")
    elif app.written.figures:
        told = many(len(app.written.figures), "figure is", "figures are")
        yield good("figures", f"{told} written, and none is too old today")


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
