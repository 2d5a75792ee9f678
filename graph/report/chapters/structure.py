"""The chapters on other measures and on camps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...analysis.centrality.communities import communities, modularity
from ...analysis.centrality.measures import MEASURES, measured
from ...analysis.signed.balance import balance
from ...analysis.signed.camps import camps_of_balance
from ...analysis.signed.frustration import frustration
from ...errors.counting import counted
from ...read.date_words import date_in_words
from ..cautions import cautions
from ..document import ReportSection, ReportTable
from ..words import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...analysis.signed.camps import Camps
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
                command=study.command("network", study.projection, "--measure", "MEASURE"),
            ),
        ),
    )


def camps(study: Study) -> ReportSection:
    """Return who stands with whom, and whether the signs of the ties say the same."""
    ties = study.accepted
    found = frustration(ties, seed=study.seed + 1)
    everything = frustration(study.space.ties, seed=study.seed + 1)
    division = communities(ties, seed=study.seed)
    groups = [group for group in division if len(group) >= _FEWEST]
    return ReportSection(
        "Which camps are there?",
        findings=(*_camps_in_words(study), *_signs_in_words(study, found, everything)),
        cautions=cautions("camps"),
        parts=(
            _members(study),
            _sides(study),
            _made_of_signs(study),
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


def _camps_in_words(study: Study) -> Iterator[str]:
    found = study.camps
    if not found.of:
        yield "It is accepted of nobody that they side with somebody, so there are no camps."
        return
    sizes = (
        f"{study.words.name(camp)} ({len(members)})"
        for camp, members in sorted(found.members.items(), key=lambda one: (-len(one[1]), one[0]))
    )
    yield (
        f"{found.made} They make {counted(len(found.members), 'camp')} among the actors: "
        f"{', '.join(sizes)}. Of {counted(len(found.without), 'actor')} no side is told."
    )
    if found.several:
        yield f"Said to stand on more than one side: {study.words.names(found.several)}."
    against = "; ".join(map(study.words.tie, found.against))
    yield (
        f"Signs say otherwise in {counted(len(found.against), 'accepted tie')}: {against}."
        if against
        else "No accepted tie is hostile within one of these camps, or friendly between two."
    )


def _signs_in_words(study: Study, found: Frustration, everything: Frustration) -> Iterator[str]:
    pairs = found.pairs.ties.m
    if not pairs:
        yield "No accepted tie has a sign."
        return
    if found.exact and not found.upper:
        yield (
            "By signs alone the accepted ties are balanced: two camps in each part of the network "
            f"explain the signs of all {counted(pairs, 'pair')} of actors. {_circles(found)}"
        )
    else:
        bounds = str(found.upper) if found.exact else f"{found.lower} to {found.upper}"
        count = counted(pairs, "pair")
        yield (
            f"By signs alone {bounds} of {count} of actors are against any two camps "
            "(frustration index)."
        )
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


def _listed(study: Study, title: str, camps: Camps, note: str) -> ReportTable:
    return ReportTable(
        title,
        ("camp", "members"),
        tuple(
            (study.words.name(camp), ", ".join(sorted(map(study.words.name, members))))
            for camp, members in camps.members.items()
        ),
        command=study.again,
        note=f"{camps.made} {note}",
    )


def _members(study: Study) -> ReportTable:
    return _listed(
        study,
        "Camps, as the sources say",
        study.camps,
        "A camp has the name of the actor with whom its members side in the end.",
    )


def _sides(study: Study) -> ReportTable:
    """Return who says that somebody sides with somebody."""
    ties = sorted(
        (other, one, key, str(data.get("when", "")))
        for one, other, key, data in study.sides.edges(keys=True, data=True)
    )
    evidence = study.words.evidence([key for *_, key, _ in ties])
    return ReportTable(
        "Who sides with whom",
        ("who", "with whom", "when", "who says so"),
        tuple(
            (study.words.name(one), study.words.name(other), date_in_words(when), evidence[key])
            for other, one, key, when in ties
        ),
        command=study.command("network", "sides"),
    )


def _made_of_signs(study: Study) -> ReportTable:
    return _listed(
        study,
        "For comparison: camps that signs alone would make",
        camps_of_balance(study.accepted, seed=study.seed + 1),
        "a and b of one number stand against each other; different numbers say nothing of each "
        "other.",
    )


def _against(study: Study, found: Frustration) -> ReportTable:
    """Return the pairs against the camps, and those that another best division has against it."""
    pairs = [(one, "these camps") for one in found.frustrated]
    pairs += [(one, "another division that is as good") for one in found.elsewhere or ()]
    evidence = study.words.evidence([key for one, _ in pairs for key in one.keys])
    return ReportTable(
        "Ties against the camps of signs, if everything disputed is taken for true",
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
