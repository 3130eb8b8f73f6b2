"""amplify figures history: how numbers went, on the terminal or as a picture."""

import shutil
from contextlib import closing
from pathlib import Path

import click

from amplify.bootstrap import open_app
from amplify.cli.figure_words import day_told, version_json
from amplify.cli.options import campaign_option, json_option
from amplify.cli.screen import columns, show, styled
from amplify.cli.told import answer
from amplify.documents.figures.series import Series, series_of

_WIDEST, _NARROWEST = 90, 40


@click.command(
    epilog="\b\nExample:\n"
    "  amplify figures history political_prisoners\n"
    "  amplify figures history political_prisoners convicted --svg figures.svg"
)
@click.argument("names", metavar="ID…", nargs=-1, required=True)
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Draw a picture to print.")
@campaign_option
@json_option
def history(names: tuple[str, ...], svg: Path | None, campaign: Path, as_json: bool) -> None:
    """Show every version of a figure, with its day and its source, and draw how the number went.

    Figures with the same `definition_id` are one line; two definitions are always drawn apart. `○` has a qualifier
    such as “more than”, `×` was corrected, `│` is a range.
    """
    from amplify.services.propose import figure_named

    with closing(open_app(campaign)) as app:
        chosen = [figure_named(name, app.written) for name in dict.fromkeys(names)]
        languages = app.written.campaign.languages if app.written.campaign is not None else ("en",)
        drawn = series_of(chosen, "en" if "en" in languages else languages[0])
    if svg is not None:
        from amplify.documents.figures.drawing import drawing

        svg.write_text(drawing(drawn), encoding="utf-8")
    if as_json:
        figures = {figure.id: figure for figure in chosen}
        answer(
            {
                "series": [
                    {
                        "definition_id": one.definition,
                        "label": one.title,
                        "unit": one.unit,
                        "kind": one.kind,
                        "versions": [
                            {
                                "figure": point.figure,
                                **version_json(figures[point.figure], point.version),
                                "corrected": point.corrected,
                            }
                            for point in one.points
                        ],
                    }
                    for one in drawn
                ],
                "svg": str(svg) if svg is not None else None,
            }
        )
        return
    for one in drawn:
        _show(one)
    if svg is not None:
        show(f"Drawn as {svg}.")


def _show(series: Series) -> None:
    from amplify.documents.figures.plot import plot

    about = ", ".join(word for word in (series.kind, series.unit, series.definition) if word)
    show(styled(series.title, "bold"), styled(about, "dim"), "")
    width = max(min(shutil.get_terminal_size().columns, _WIDEST), _NARROWEST)
    show(*(styled(line, "") for line in plot(series, width=width)), "")
    show(
        columns(
            (
                day_told(point.on),
                f"{point.words}{f', for {point.version.period}' if point.version.period else ''}",
                point.source,
                "corrected later" if point.corrected else point.version.reason,
            )
            for point in series.points
        ),
        "",
    )
