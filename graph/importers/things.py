"""Things that a row names, and things of several rows that are one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..reader.fields import SLUG
from .form import Each
from .templates import Template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .form import Choice, Condition, ThingForm

LONGEST_KEY = 1_000
"""Most signs of that by which a thing is known."""
LONGEST_ID = 120
"""Most signs of an id that a format makes; it is the name of a file."""
POINT = ("latitude", "longitude", "uncertainty_m")
"""The keys of a place that say where it lies."""
_DEGREES = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)
LONGEST_TEXT = 1_000
"""Most signs of a name or note that is kept of a row; the row has the rest."""
CUT = f"the rest of a text of more than {LONGEST_TEXT} signs"


class Refused(Exception):
    """A row that says nothing that could be used; the text says why."""


@dataclass(slots=True)
class DraftThing:
    """A thing that rows name.

    Attributes:
        folder: of a case, where its file is.
        key: by which it is known in all rows.
        id: its id if the format gives one.
        keys: of its file; of several rows the first that has a key counts, lists are joined.
        passage: the row that named it first.
        made: whether a row tells of it, and not only refers to it.
        also: further keys by which rows may refer to it.
        referring: of one that is referred to, the rows that do.
    """

    folder: str
    key: str
    id: str
    keys: dict[str, Any]
    passage: str = ""
    made: bool = True
    also: tuple[str, ...] = ()
    referring: list[str] = field(default_factory=list)


def holds(conditions: Sequence[Condition], values: Mapping[str, str]) -> bool:
    """Return whether all conditions hold for the values of a row.

    Args:
        conditions: on values by their names.
        values: of the row.
    """
    return all(
        bool(values[name]) is wanted if isinstance(wanted, bool) else values[name] in wanted
        for name, wanted in conditions
    )


def chosen(choice: Choice, values: Mapping[str, str]) -> str:
    """Return the value that follows from others.

    Args:
        choice: what follows from which.
        values: of a row.

    Raises:
        Refused: the format does not know the value.
    """
    value = choice.of.filled(values)
    found = choice.chosen(value)
    if found is None:
        raise Refused(f'{choice.of.text} is "{value}", which the format does not know')
    return found


def shortened(text: str, left: list[str]) -> str:
    """Return a text, cut if it is too long.

    Args:
        text: of a row.
        left: takes the reason if it is cut.
    """
    if len(text) <= LONGEST_TEXT:
        return text
    left.append(CUT)
    return text[: LONGEST_TEXT - 1] + "…"


def things_of(
    form: ThingForm,
    values: Mapping[str, str],
    choices: Mapping[str, Choice],
    left: list[str],
) -> Iterator[DraftThing]:
    """Yield the things that a row names by one form: none, one, or one for each part of a list.

    Args:
        form: what is made.
        values: of the row.
        choices: of parts of lists.
        left: takes what of it is left out, as reasons.

    Raises:
        Refused: a key is too long, or a part is none that the format knows.
    """
    if not holds(form.conditions, values):
        return
    for own in _each(form.each, values, choices) if form.each else (values,):
        key = form.key.filled(own)
        if not key:
            continue
        if len(key) > LONGEST_KEY:
            raise Refused(f"{form.key.text} has {len(key)} signs; {LONGEST_KEY} is the most")
        own_id = form.id.filled(own) if form.id else ""
        if own_id and (len(own_id) > LONGEST_ID or not SLUG.fullmatch(own_id)):
            raise Refused(f'"{own_id}" is no id: small letters a to z, digits, - between them')
        keys = {name: _filled(value, own, choices, left) for name, value in form.keys.items()}
        _point(keys, left)
        yield DraftThing(
            form.folder,
            key,
            own_id,
            {name: value for name, value in keys.items() if value},
            made=not form.refers,
            also=tuple(filter(None, (one.filled(own) for one in form.also))),
        )


def _point(keys: dict[str, Any], left: list[str]) -> None:
    """Take coordinates away that are none, and give the reason."""
    told = [str(keys.get(name, "")) for name in POINT]
    if not any(told[:2]):
        return
    degrees = [float(one) for one in told if _DEGREES.fullmatch(one)]
    if len(degrees) != len(POINT) or abs(degrees[0]) > 90 or abs(degrees[1]) > 180:
        left.append("the coordinates, which are no degrees, such as 34.5 and 36.25")
    elif degrees[:2] == [0, 0]:
        left.append("the coordinates 0 and 0, which stand for none")
    else:
        return
    for name in POINT:
        keys.pop(name, None)


def _each(
    each: Each, values: Mapping[str, str], choices: Mapping[str, Choice]
) -> Iterator[dict[str, str]]:
    """Yield the values of a row with each part of one that holds several."""
    for part in each.parts(values):
        own = {**values, "part": part}
        yield own | {name: chosen(choice, own) for name, choice in choices.items()}


def _filled(
    value: Any,  # noqa: ANN401 - any value of TOML
    values: Mapping[str, str],
    choices: Mapping[str, Choice],
    left: list[str],
) -> Any:  # noqa: ANN401
    if isinstance(value, Template):
        return shortened(value.filled(values), left)
    if isinstance(value, Each):
        return [_filled(value.keys, own, choices, left) for own in _each(value, values, choices)]
    if isinstance(value, list):
        found: list[Any] = []
        for one in value:
            made = _filled(one, values, choices, left)
            some = made if isinstance(made, list) else [made]
            found += [new for new in some if new and new not in found]
        return found
    made = {key: _filled(one, values, choices, left) for key, one in value.items()}
    return made if all(made.values()) else {}


def join(things: dict[str, DraftThing], new: DraftThing) -> None:
    """Add a thing to those that are known; what is known already of it stays.

    Args:
        things: those that are known, by key; they are changed.
        new: the thing.
    """
    old = things.setdefault(new.key, new)
    if old is new:
        return
    if new.made and not old.made:
        old.folder, old.id, old.passage, old.made = new.folder, new.id, new.passage, True
    old.also += tuple(one for one in new.also if one not in old.also)
    old.referring += new.referring
    for key, value in new.keys.items():
        if isinstance(value, list) and key in old.keys:
            old.keys[key] += [one for one in value if one not in old.keys[key]]
        else:
            old.keys.setdefault(key, value)
    if new.keys.get("label") and new.keys["label"] != old.keys["label"]:
        names = old.keys.setdefault("names", [])
        other = {"text": new.keys["label"], "lang": "en"}
        if old.folder != "events" and other not in names:
            names.append(other)
