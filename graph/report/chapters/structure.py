"""The chapters on other measures and on camps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...analysis.centrality.communities import communities, modularity
from ...analysis.centrality.measures import MEASURES, measured
from ...analysis.signed.balance import balance
from ...analysis.signed.frustration import frustration
from ..cautions import cautions
from ..document import ReportSection, ReportTable
from ..words import counted, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...analysis.signed.frustration import Frustration
    from ..study import Study

_COLUMNS = ("degree", "positive-degree", "negative-degree", "betweenness", "pagerank", "coreness",
            "constraint", "effective-size", "articulation")  # fmt: skip
_FEWEST = 2


def measures(study: Study) -> ReportSection:
    """Return several measures side by side for the actors with most ties."""
    ties = study.accepted
    values = {name: measured(ties, name) for name in _COLUMNS}
    ordered = np.lexsort((np.arange(ties.n), -values["degree"])).tolist()
    least = values["degree"][ordered[min(study.top, ties.n) - 1]] if ties.n else 0.0
    order = [at for at in ordered if values["degree"][at] >= least][: 2 * study.top]
    rows = tuple(
        (
            study.words.name(ties.nodes[place]),
            *(number(float(values[name][place])) for name in _COLUMNS),
            str(study.mentions.get(ties.nodes[place], 0)),
        )
        for place in order
    )
    hostile = values["negative-degree"]
    signs = [int((ties.sign == sign).sum()) for sign in (1, -1, 0)]
    kinds = "{} of backing or alliance, {} of hostility, {} of neither".format(*signs)
    size = f"{counted(ties.m, 'tie')} between {counted(ties.n, 'actor')}"
    findings = [f"The accepted network has {size}: {kinds}."]
    if hostile.size and hostile.max() > 0:
        most = [ties.nodes[place] for place in np.flatnonzero(hostile == hostile.max()).tolist()]
        findings.append(
            f"Most hostile ties: {study.words.names(most)}, with {number(float(hostile.max()))} "
            "others."
        )
    cut = [ties.nodes[place] for place in np.flatnonzero(values["articulation"]).tolist()]
    findings.append(
        f"Without one of {counted(len(cut), 'actor')} a part of the network would fall apart "
        f"(articulation points): {study.words.names(cut, most=8)}."
        if cut
        else "Nobody's absence would make a part of the network fall apart."
    )
    return ReportSection(
        "What do other measures say?",
        findings=tuple(findings),
        cautions=cautions("measures"),
        parts=(
            ReportTable(
                "The actors with most ties, accepted ties only",
                ("actor", *(MEASURES[name].title for name in _COLUMNS), "mentions"),
                rows,
                numbers=frozenset(range(1, len(_COLUMNS) + 2)),
                command=f"hudna network {study.recipe} --measure MEASURE",
            ),
        ),
    )


def camps(study: Study) -> ReportSection:
    """Return how far the signs of the ties make two camps, and which ties are against that."""
    ties = study.accepted
    found = frustration(ties, seed=study.seed + 1)
    everything = frustration(study.space.ties, seed=study.seed + 1)
    division = communities(ties, seed=study.seed)
    groups = [group for group in division if len(group) >= _FEWEST]
    return ReportSection(
        "Which camps do the ties make?",
        findings=tuple(_camps_in_words(study, found, everything)),
        cautions=cautions("camps"),
        parts=(
            _members(study),
            _against(study, everything),
            ReportTable(
                "Communities of ties that are not hostile (Leiden)",
                ("community", "members"),
                tuple(
                    (str(place), ", ".join(sorted(map(study.words.name, group))))
                    for place, group in enumerate(groups, 1)
                ),
                numbers=frozenset((0,)),
                command=study.again,
                note=f"Modularity {number(modularity(ties, division))}, seed "
                f"{study.seed}; communities of one actor are left out.",
            ),
        ),
    )


def _camps_in_words(study: Study, found: Frustration, everything: Frustration) -> Iterator[str]:
    pairs = found.pairs.ties.m
    if not pairs:
        yield "No accepted tie has a sign, so there are no camps."
        return
    if found.exact and not found.upper:
        yield (
            f"The accepted ties are balanced: two camps in each part of the network explain the "
            f"signs of all {counted(pairs, 'pair')} of actors. {_circles(found)}"
        )
    else:
        bounds = str(found.upper) if found.exact else f"{found.lower} to {found.upper}"
        count = counted(pairs, "pair")
        yield f"{bounds} of {count} of actors are against any two camps (frustration index)."
    triads = balance(study.accepted).triads
    told = ", ".join(f"{kind} {count}" for kind, count in triads.items())
    yield f"Triads with three signs: {told}. Those with an even number of minus signs are balanced."
    bounds = (
        str(everything.upper) if everything.exact else f"{everything.lower} to {everything.upper}"
    )
    if everything.upper == found.upper:
        yield f"With everything disputed taken for true the index is {bounds} as well."
    else:
        yield (
            f"With everything disputed taken for true the index is {bounds}: accepted and disputed "
            "ties together fit no two camps."
        )


def _circles(found: Frustration) -> str:
    """Return how many independent circles there are to test balance on."""
    ties = found.pairs.ties
    signed = int((found.side != 0).sum())
    parts = len({int(number) for number in found.component[found.side != 0].tolist()})
    circles = ties.m - signed + parts
    told = (
        "nothing could be against them" if not circles else "only there could one be against them"
    )
    return f"These pairs make {counted(circles, 'independent circle')}: {told}."


def _members(study: Study) -> ReportTable:
    found = study.camps
    return ReportTable(
        "Camps that leave the fewest ties against them",
        ("camp", "members"),
        tuple(
            (camp, ", ".join(sorted(map(study.words.name, members))))
            for camp, members in found.members.items()
        ),
        command=study.again,
        note=f"{found.made} a and b of one number stand against each other; different numbers say "
        "nothing of each other.",
    )


def _against(study: Study, found: Frustration) -> ReportTable:
    """Return the pairs against the camps, and those that another best division has against it."""
    pairs = [(one, "these camps") for one in found.frustrated]
    pairs += [(one, "another division that is as good") for one in found.elsewhere or ()]
    evidence = study.words.evidence([key for one, _ in pairs for key in one.keys])
    return ReportTable(
        "Ties against the camps, if everything disputed is taken for true",
        ("tie", "status", "against", "in every best division", "who says so"),
        tuple(
            (
                study.words.tie(key),
                study.words.status(key),
                where,
                {True: "yes", False: "no", None: "no" if found.elsewhere else "not found out"}[
                    one.always
                ],
                evidence[key],
            )
            for one, where in pairs
            for key in one.keys
        ),
        command=study.again,
    )
