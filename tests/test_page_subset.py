"""A page of some statements: what they need is in it, and little else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from graph.read.select import Graph
from graph.viewer.payload import payload
from graph.viewer.subset import only

if TYPE_CHECKING:
    from miniature import Judged

    from graph.viewer.payload import Payload


@pytest.fixture(scope="module")
def known(example: Judged) -> Payload:
    case, store = example
    return payload(Graph(store, case.id))


def _claims(told: Payload) -> dict[str, str]:
    """The ids of all claims, with the statements that they are on."""
    return {
        claim.get("id") or ".".join((key, claim["by"], claim["st"], claim["src"])): key
        for key, record in told["statements"].items()
        for claim in record["claims"]
    }


def _ends(record: dict[str, Any]) -> set[str]:
    voices = {claim["by"] for claim in record["claims"]}
    return {record["s"], record.get("o", record["s"]), record.get("place", record["s"]), *voices}


@pytest.mark.parametrize("size", [1, 3])
def test_what_statements_need_is_with_them(known: Payload, size: int) -> None:
    every = sorted(known["statements"])
    for begin in range(len(every)):
        _complete(known, {*every[begin : begin + size]})


def _complete(known: Payload, wanted: set[str]) -> None:
    every, told = known["statements"], only(known, wanted)
    claims = _claims(told)
    assert wanted <= told["statements"].keys() <= every.keys()
    for key, record in told["statements"].items():
        assert {**record, "t": 0} == {**every[key], "t": 0} or "t" not in record
        assert "t" not in record or told["times"][record["t"]] == known["times"][every[key]["t"]]
        assert _ends(record) - {"unknown"} <= told["nodes"].keys()
        assert record["p"] in told["predicates"]
        assert {*record.get("q", ())} <= told["questions"].keys()
        for claim in record["claims"]:
            assert claim["src"] in told["sources"]
            assert {*claim.get("dis", ())} <= claims.keys()
    for question in told["questions"]:
        rivals = {key for key, record in every.items() if question in record.get("q", ())}
        assert rivals <= told["statements"].keys()


def test_all_statements_are_all_of_them_and_none_are_none(known: Payload) -> None:
    whole = only(known, known["statements"])
    for part in ("statements", "questions", "times", "dates", "predicates"):
        assert whole[part] == known[part]
    nothing = only(known, ["nobody-says-so"])
    for part in ("statements", "nodes", "questions", "sources", "times", "notes"):
        assert not nothing[part]  # type: ignore[literal-required]


def test_a_part_is_small_and_what_it_was_taken_from_stays(known: Payload) -> None:
    before = json.dumps(known)
    quiet = min(known["statements"], key=lambda key: len(only(known, [key])["statements"]))
    assert len(json.dumps(only(known, [quiet]))) < len(before) / 2
    assert json.dumps(known) == before


def _made(**more: Any) -> dict[str, Any]:  # noqa: ANN401
    claim = {
        "by": "writer",
        "st": "asserts",
        "src": "courier",
        "at": ["1.1"],
        **more.pop("claim", {}),
    }
    return {"s": "guard", "p": "shells", "o": "ford", "status": "open", "claims": [claim], **more}


def test_what_is_disputed_rested_on_presupposed_or_rivalled_comes_along() -> None:
    made: Any = {
        "case": "made",
        "statements": {
            "denies": _made(claim={"dis": ["said.writer.asserts.courier"]}),
            "said": _made(t=1, when="2020"),
            "inferred": _made(claim={"grounds": ["seen"], "id": "odd"}),
            "seen": _made(t=0),
            "if-so": _made(**{"if": ["seen"]}),
            "answer": _made(q=["who"]),
            "rival": _made(q=["who"], s="mill"),
            "said-too": _made(claim={"dis": ["odd"]}),
        },
        "nodes": {name: {"name": name} for name in ("guard", "ford", "mill", "writer", "council")},
        "questions": {"who": {"name": "Who?"}},
        "sources": {"courier": {"title": "Courier", "by": ["writer"]}},
        "predicates": {"shells": {"label": "shells"}},
        "notes": [{"text": "of the mill", "on": ["mill"]}],
        "times": ["early", "late"],
        "dates": {"2020": "in 2020"},
        "until": {"writer": "2021-01-01", "council": "2021-01-01"},
    }
    made["nodes"]["ford"]["part"] = "mill"
    for wanted, found in {
        "denies": {"denies", "said"},
        "inferred": {"inferred", "seen"},
        "if-so": {"if-so", "seen"},
        "answer": {"answer", "rival"},
        "said-too": {"said-too", "inferred", "seen"},
    }.items():
        told = only(made, [wanted])
        assert told["statements"].keys() == found
        assert told["nodes"].keys() == {"guard", "ford", "mill", "writer"}
    told = only(made, ["denies"])
    assert told["times"] == ["late"]
    assert told["statements"]["said"]["t"] == 0
    assert told["dates"] == {"2020": "in 2020"}
    assert told["questions"] == {}
    assert told["notes"]
