"""Guided tours: views of the page in an order, each with what is to be seen in it.

They are no part of the graph: they say nothing of the conflict that a statement does not say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from .record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping


class Translation(NamedTuple):
    """A title and a text in a further language; ``lang`` is a tag of BCP 47."""

    lang: str
    title: str
    text: str = ""


class TourStep(NamedTuple):
    """One view of a tour.

    Attributes:
        title: what it is about.
        text: what is to be seen.
        view: what stands after the # of the address of a view.
        translations: both in further languages.
        evidence: ids of the statements and things that the text rests on.
    """

    title: str
    text: str
    view: str
    translations: tuple[Translation, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour(Record):
    """A tour; its texts are in the language of the case.

    Attributes:
        title: what it is about.
        steps: its views, in their order.
        translations: the title in further languages.
    """

    TABLE: ClassVar[str] = "tours"
    ABOUT: ClassVar[str] = "A guided tour of the page."

    title: str
    steps: tuple[TourStep, ...]
    translations: tuple[Translation, ...] = ()

    def record(self) -> Mapping[str, Any]:
        """Return what the page knows of it."""
        steps = [
            {
                "title": one.title,
                "text": one.text,
                "view": one.view,
                **({"on": list(one.evidence)} if one.evidence else {}),
                **_told(one.translations),
            }
            for one in self.steps
        ]
        return {"id": self.id, "title": self.title, **_told(self.translations), "steps": steps}

    @property
    def words(self) -> str:
        """All its texts, in all languages."""
        parts: tuple[Tour | TourStep, ...] = (self, *self.steps)
        told = [word for one in parts for more in one.translations for word in more]
        return "\n".join((*(one.title for one in parts), *(one.text for one in self.steps), *told))


def _told(translations: tuple[Translation, ...]) -> dict[str, Any]:
    texts = {one.lang: {"title": one.title, "text": one.text} for one in translations}
    return {"in": texts} if texts else {}
