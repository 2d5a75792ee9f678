"""What a case tells its readers of what they do not see, and of whom to write to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..model.frames import USUAL, frames_of
from .date_words import date_in_words
from .former import withdrawn

if TYPE_CHECKING:
    from .case_graph import CaseGraph

WORDS = Path(__file__).with_name("notices.toml")


def notices(graph: CaseGraph, language: str = USUAL) -> dict[str, str]:
    """Return the notices of a case by their headings, without those that it has no need of.

    Args:
        graph: the judged graph that readers have.
        language: the tag of one that ``notices.toml`` has; what authors wrote stays as it is.
    """
    words, about = frames_of(WORDS)[language], graph.about
    gone = [
        words.say("gone", id=words.apart(one.id), day=date_in_words(one.day, language),
                  reason=words.apart(one.reason))
        for one in withdrawn(graph).values()
    ]  # fmt: skip
    contact, withheld = words.apart(about.contact), words.apart(about.withholds)
    found = {
        "corrections": contact and words.say("contact", contact=contact),
        "not_public": withheld and words.say("withheld", what=withheld),
        "withdrawn": words.say("between").join(gone),
    }
    return {words.say(heading): text for heading, text in found.items() if text}
