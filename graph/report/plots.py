"""Plots as SVG, the same bytes for the same numbers."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..model.dates import day as day_of
from ..read.date_words import date_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_INK = "#333333"
_BLUE = "#0072B2"
_ORANGE = "#D55E00"
_LINES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_STYLES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)))
_SETTINGS: dict[Any, Any] = {
    "text.parse_math": False,
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9.0,
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def rank_intervals(name: str, rows: Sequence[tuple[str, int, int, int]], *, most: int) -> str:
    """Return a plot of ranks with their intervals, one line for each node, the first on top.

    Args:
        name: of the picture, apart from all others on a page.
        rows: label, rank in the accepted network, best and worst rank in any world.
        most: the greatest rank that the axis shows.
    """
    with _figure(name, 6.4, 0.7 + 0.27 * len(rows)) as (figure, axes):
        places = range(len(rows), 0, -1)
        for place, (_, rank, best, worst) in zip(places, rows, strict=True):
            shown = min(worst, most)
            axes.plot([best, shown], [place, place], color=_BLUE, linewidth=4, alpha=0.35,
                      solid_capstyle="butt")  # fmt: skip
            if worst > most:
                axes.plot([shown], [place], marker=">", color=_BLUE, alpha=0.6)
            axes.plot([rank], [place], marker="o", color=_ORANGE, markersize=5)
        axes.set_yticks(list(places), [_short(label) for label, *_ in rows])
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlim(0.5, most + 0.5)
        axes.set_ylim(0.3, len(rows) + 0.7)
        axes.set_xlabel("rank (1 is first): dot, among accepted ties; bar, in all worlds")
        axes.grid(axis="x", color="#dddddd", linewidth=0.6)
        axes.set_axisbelow(True)
        return _svg(figure)


def over_time(
    name: str, days: Sequence[str], lines: Mapping[str, Sequence[float]], *, unit: str
) -> str:
    """Return a plot of values over time, one line for each node.

    Args:
        name: of the picture, apart from all others on a page.
        days: ISO dates.
        lines: values by label, as many as there are days; at most six labels.
        unit: what the values are.
    """
    with _figure(name, 6.4, 3.0) as (figure, axes):
        moments = [day_of(day) for day in days]
        for (label, values), colour, style in zip(lines.items(), _LINES, _STYLES, strict=False):
            axes.step(moments, values, where="post", label=_short(label), color=colour,
                      linestyle=style, linewidth=1.6)  # fmt: skip
        axes.set_ylabel(unit)
        if axes.get_legend_handles_labels()[1]:
            axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
        axes.grid(axis="y", color="#dddddd", linewidth=0.6)
        axes.set_axisbelow(True)
        axes.xaxis.set_major_formatter(lambda number, _place: _moment(number))
        figure.autofmt_xdate()
        return _svg(figure)


def _moment(number: float) -> str:
    """Return a day, as matplotlib counts them, in words; the first of a month by the month."""
    from matplotlib.dates import num2date

    iso = num2date(number).date().isoformat()  # type: ignore[no-untyped-call]
    return date_in_words(iso.removesuffix("-01"))


def against_mentions(
    name: str, points: Sequence[tuple[str, int, float]], *, unit: str, named: int = 8
) -> str:
    """Return a plot of a measure against how often the sources mention a node.

    Args:
        name: of the picture, apart from all others on a page.
        points: label, number of mentions and value of each node.
        unit: what the values are.
        named: how many of the highest values bear their label.
    """
    with _figure(name, 6.4, 3.6) as (figure, axes):
        axes.scatter([m for _, m, _ in points], [v for *_, v in points], s=14, color=_BLUE,
                     alpha=0.55, linewidths=0)  # fmt: skip
        for label, mentions, value in sorted(points, key=lambda one: -one[2])[:named]:
            axes.annotate(_short(label), (mentions, value), textcoords="offset points",
                          xytext=(4, 3), fontsize=7.5)  # fmt: skip
        axes.set_xlabel("sentences that mention it")
        axes.set_ylabel(unit)
        axes.margins(x=0.12, y=0.08)
        return _svg(figure)


@contextmanager
def _figure(name: str, width: float, height: float) -> Iterator[tuple[Any, Any]]:
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context({**_SETTINGS, "svg.hashsalt": name}):
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(figure)
        yield figure, figure.add_subplot()


def _svg(figure: Any) -> str:  # noqa: ANN401 — matplotlib has no types
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    text = out.getvalue()
    return text[text.index("<svg") :].strip()


def _short(label: str, most: int = 34) -> str:
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"
