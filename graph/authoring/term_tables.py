"""Adding a term of a case's own: its table in ``terms.toml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import UsageError
from ..model import vocabulary
from ..model.lexicon import Lexicon, see
from ..reader.terms import TERMS_FILE
from . import blocks

if TYPE_CHECKING:
    from .editing import Edit
    from .things import Details

TERM = "term"
"""What a term is called where it is added."""
DETAILS_OF_A_TERM = (
    "broader",
    "label",
    "inverse",
    "definition",
    "example",
    "synonyms",
    "sign",
    "aspect",
    "lists",
)
"""What is said of a term, in the order in which it is written."""
_NEEDED = ("broader", "label", "definition")


def put_term(edit: Edit, name: str, more: Details) -> str:
    """Add the table of a term to the file of the terms, and return it.

    Args:
        edit: the change of the case.
        name: what authors will write.
        more: what is said of it; what the broader term is, it is.

    Raises:
        UsageError: a detail is missing, or the ontology has no such broader term.
    """
    given = {key: getattr(more, key) for key in DETAILS_OF_A_TERM}
    if missing := [f"--{key}" for key in _NEEDED if not given[key]]:
        raise UsageError(f"a term needs {', '.join(missing)}")
    ontology = vocabulary.load()
    key = "predicate" if more.broader in ontology.predicates else "kind"
    if key == "kind" and more.broader not in ontology.kinds_by_name:
        known = Lexicon(ontology)
        meant = [f'"{one.name}"' for _, one in known.found(more.broader)[:3]]
        hint = f"; did you mean {' or '.join(meant)}?" if meant else see(more.broader)
        raise UsageError(f'--broader: there is no term "{more.broader}" in the ontology{hint}')
    listed = {
        one: list(value) if isinstance(value, tuple) else value for one, value in given.items()
    }
    text = blocks.table({"name": name, **listed}, f"[[{key}]]")
    if edit.read(TERMS_FILE):
        edit.append(TERMS_FILE, text)
    else:
        edit.begin(TERMS_FILE, text)
    return text
