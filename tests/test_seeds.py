"""What the Homs case is about: each subject is asked with one command, answered with sentences."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from graph.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.homs

SUBJECTS = {
    "the regime and its organs": "ties --param actor=gov-syria",
    "Russia": "ties --param actor=russia",
    "Iran": "ties --param actor=iran",
    "NDF and other militias": "ties --param actor=ndf",
    "rebels and factions": "ties --param actor=waer-rebels",
    "negotiating committees and delegations": "ties --param actor=waer-committee",
    "officials": "roles",
    "the Homs deal and its tracks": "about --param thing=ag-homs2014",
    "Waer: truce, deal, ultimatum": "stages",
    "clauses and fulfilment": "fulfilment",
    "siege economy": "economy --param place=waer",
    "bombings and blame": "who-says --param question=f-bombings",
    "spoilers": "about --param thing=spoilers",
    "precedent": "about --param thing=m-precedent",
    "coexistence": "ties --param predicate=coexistsWith",
    "sources, anonymous ones included": "claims-of --param voice=anonymous-journalist",
}
CITED = re.compile(r"(homs-deal-2014|waer-2017)#\d+\.\d+(; |, |$)")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_is_asked_with_one_command_and_answered_with_sentences(
    subject: str, homs_public: Path
) -> None:
    words = ["query", *SUBJECTS[subject].split(), "--sources", "--format", "json"]
    result = CliRunner().invoke(main, [*words, "--case", "homs", "--public", str(homs_public)])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)["results"]["bindings"]
    assert rows
    for row in rows:
        assert CITED.match(row["sources"]["value"]), row
