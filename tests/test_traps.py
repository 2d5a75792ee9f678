"""Misreadings of the two articles that the case must not contain.

Each check is named after one trap, and its docstring says what is right. Most traps turn what
somebody claims, demands or expects into a fact, or make one thing of two.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import authored
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from authored import Case, Table

    Check = Callable[[Case], None]

pytestmark = pytest.mark.homs

HEDGED = {"probable", "possible"}


def asserted(statement: Table, *, by: tuple[str, ...] = authored.AUTHORS) -> bool:
    """Whether one of these voices, as a rule an author of a source, asserts the statement."""
    return any(
        claim["stance"] == "asserts" and claim["voice"] in by for claim in statement["claims"]
    )


def stances(statement: Table, voice: str) -> set[str]:
    """Return the stances that a voice takes on the statement."""
    return {claim["stance"] for claim in statement["claims"] if claim["voice"] == voice}


def none_asserted(statements: list[Table]) -> None:
    """Fail if an author asserts one of the statements."""
    assert [entry["id"] for entry in statements if asserted(entry)] == []


def flagged(statement: Table) -> bool:
    """Whether the case warns about the statement: with a note, or with a hedged claim."""
    claims = statement["claims"]
    hedged = any(claim["certainty"] in HEDGED for claim in claims)
    return hedged or any(entry.get("note") for entry in (statement, *claims))


def apart(case: Case, *names: str) -> None:
    """Fail unless these are things of their own that nobody judges to be the same."""
    for at, name in enumerate(names):
        assert name in case.things
        assert all(case.judged(name, other) != "same" for other in names[at + 1 :])


def claims_at(case: Case, *passages: str) -> list[Table]:
    """Return the claims that rest on these passages and on no other."""
    return [claim for claim in case.claims() if set(claim["passages"]) <= set(passages)]


def date_of(case: Case, key: str) -> str:
    """Return the date that a statement gives."""
    return str(case.statement(key).get("when", ""))


# Who and what is not the same as whom and what


def t_zahra(case: Case) -> None:
    """Zahra beside Nebel and al-Zahraa of Homs are two places."""
    apart(case, "zahraa-homs", "zahra-nebel")
    assert case.judged("zahraa-homs", "zahra-nebel") == "different"
    assert case.statement("zahraa-loyal")["subject"] == "zahraa-homs"
    assert case.statement("s1-deal-covers-zahra")["object"] != "zahraa-homs"


def t_ghouta(case: Case) -> None:
    """Al-Ghouta is a quarter of Homs; the Eastern Ghouta does not occur."""
    apart(case, "ghouta-homs", "damascus-suburbs")
    labels = " ".join(entry["label"].lower() for entry in case.things.values())
    assert "eastern ghouta" not in labels
    assert case.find(subject="ghouta-homs", object="damascus-suburbs") == []


def t_hama(case: Case) -> None:
    """Al-Hama, which was evacuated, is not Hama with its front lines."""
    apart(case, "al-hama", "hama")
    assert case.judged("al-hama", "hama") == "different"
    assert case.statement("sub-res-agree")["place"] == "al-hama"
    assert case.statement("diesel")["object"] == "hama-front-line"
    assert case.statement("hama-front-within")["object"] == "hama"


def t_moadamiya(case: Case) -> None:
    """Two spellings of Moadamiya are one suburb."""
    suburbs = [key for key, entry in case.things.items() if "damiya" in entry["label"].lower()]
    assert [key for key in suburbs if case.things[key]["folder"] == "places"] == ["moadamiya"]
    text = " ".join(authored.words([case.things["moadamiya"], case.resolutions]))
    assert "Mohadhamiyat al-Sham" in text
    assert "Moadhamiyyet al-Sham" in text


def t_rebels_roles(case: Case) -> None:
    """The rebels of Old Homs, of Waer and of the suburbs are three groups."""
    apart(case, "homs-militants", "waer-rebels", "moadamiya-rebels", "darayya-rebels")
    assert case.judged("homs-militants", "waer-rebels") == "different"


def t_opposition_roles(case: Case) -> None:
    """The political opposition of 2014 is not the Waer side, nor its future negotiators."""
    apart(case, "opposition", "opp-delegation", "waer-side", "waer-committee", "opp-elements")
    for statement in (*case.find(subject="opposition"), *case.find(object="opposition")):
        for claim in statement["claims"]:
            assert all(at.startswith("homs-deal-2014#") for at in claim["passages"])


def t_militants26(case: Case) -> None:
    """The militants who are said to want to keep their standing are Waer's rebels."""
    assert any(
        entry["id"] == "as12" and entry["thing"] == "waer-rebels" for entry in case.resolutions
    )


def t_jalal(case: Case) -> None:
    """Jalal and al-Tallawi are one person."""
    found = [key for key, entry in case.things.items() if "tallawi" in entry["label"].lower()]
    assert [key for key in found if case.things[key]["folder"] == "actors"] == ["tallawi"]
    assert not any(entry["label"].lower() == "jalal" for entry in case.things.values())


def t_def_activist(case: Case) -> None:
    """Two unnamed activists and al-Tallawi are three things; who is who is judged nowhere."""
    people = ("activist-goods", "activist-weapons", "tallawi")
    apart(case, *people)
    for one in people[:2]:
        assert not any(one in entry["things"] for entry in case.judgements)


def t_central(case: Case) -> None:
    """Waer is not the central quarters of 2014, although it is once called central."""
    apart(case, "waer", "homs-central")
    apart(case, "waer", "old-homs")
    assert case.judged("waer", "homs-central") == "different"
    assert case.find(subject="waer", object="homs-central") == []


def t_babaamr(case: Case) -> None:
    """Baba Amr lies in Old Homs for the one voice that says so, and is not the same place."""
    apart(case, "baba-amr", "old-homs")
    assert "loyalist-journalist" in {
        claim["voice"] for claim in case.statement("baba-in-old")["claims"]
    }


def t_homs_scope(case: Case) -> None:
    """City, province, its east, the northern pocket and Old Homs are five places."""
    apart(case, "homs-city", "homs-province", "east-homs-prov", "north-homs", "old-homs")
    assert case.statement("isil-east")["object"] == "east-homs-prov"
    assert "Province" in case.statement("q-7530")["counts"]


def t_geneva(case: Case) -> None:
    """Geneva II of 2014 and the round expected in 2017 are two events."""
    apart(case, "ev-geneva2", "ev-geneva-next")
    assert case.find(subject="ev-geneva-next", object="ev-geneva2") == []
    assert case.things["ev-geneva-next"].get("process") != "ev-geneva2"


def t_mediator(case: Case) -> None:
    """The Russian is mediator and interlocutor at once; Zietun's span is not cut for him."""
    assert case.statement("ru-med-waer")["predicate"] == "mediatesBetween"
    assert case.statement("ru-med-interloc")["predicate"] == "interlocutorFor"
    assert date_of(case, "zietun-led") == "2014-10~/2016-11~"
    apart(case, "russian-mediator", "russian-negotiators")
    assert case.find(subject="russian-mediator", predicate="memberOf", object="gov-syria") == []


def t_ie(case: Case) -> None:
    """Officials who want a truce and officials who want Waer emptied are two sets."""
    apart(case, "regime-officials", "hostile-officials")
    assert case.judged("regime-officials", "hostile-officials") == "different"
    assert case.statement("officials-want")["subject"] == "regime-officials"
    assert case.statement("hostile-want-empty")["subject"] == "hostile-officials"


def t_iran_infl(case: Case) -> None:
    """Influenced, backed and sponsored are three wordings, with different militias."""
    assert case.statement("iran-ndf")["predicate"] == "influences"
    assert case.statement("iran-mil")["predicate"] != "influences"
    assert case.find(subject="iran", predicate="sponsors", object="ndf") == []
    assert case.judged("iran-militias", "ndf") == "different"


def t_handles(case: Case) -> None:
    """The article lists the authors and their accounts in opposite order: none is assigned."""
    for key in ("parker-magyar", "wilkofsky"):
        names = " ".join(name["text"] for name in case.things[key].get("names", []))
        assert not re.search(r"biffpm|dwilkofsky1", names.lower())


def t_250(case: Case) -> None:
    """Some 250 fighters and a quarter of a million people are two counts of two groups."""
    fighters, people = case.statement("q-250"), case.statement("q-250k")
    assert (fighters["subject"], fighters["value"]) == ("fighters250", 250)
    assert (people["subject"], people["value"]) == ("north-homs-residents", 250000)


# Metonyms, pronouns and attachment


def t_the_former(case: Case) -> None:
    """With whom the residents sat against whom is ambiguous; the reading is flagged."""
    assert case.statement("s1-talk-res-mil")["predicate"] == "negotiatesWith"
    assert flagged(case.statement("s1-talk-res-forces"))


def t_the_latter14(case: Case) -> None:
    """Whose relation with army and security forces is watched is ambiguous; both are possible."""
    for kind in ("army", "secforces"):
        for key in (f"s1-militia-{kind}", f"s1-rivals-{kind}"):
            assert stances(case.statement(key), "s1-author") == {"considersPossible"}


def t_this_case(case: Case) -> None:
    """The bet on Qalamoun and Lebanon belongs to the nuns, not to the Homs deal."""
    apart(case, "ag-homs2014", "ev-nuns-release")
    assert case.statement("nuns-stake")["subject"] == "ev-nuns-release"
    for deal in ("ag-homs2014", "ev-homs-deal-concluded"):
        for place in ("qalamoun", "lebanon"):
            assert case.find(subject=deal, object=place) == []


def t_they_regime(case: Case) -> None:
    """It is the authorities that lack full control over the militias."""
    statement = case.statement("s1-gov-weak-control")
    assert (statement["subject"], statement["object"]) == ("gov-syria", "homs-militias")
    assert statement["predicate"] == "fullyControls"
    assert stances(statement, "s1-author") == {"denies"}


def t_either(case: Case) -> None:
    """Those whom Brahimi could not convince are the two parties at Geneva II."""
    assert case.statement("s1-brahimi-offer")["object"] == "geneva2-parties"


def t_bureau(case: Case) -> None:
    """The office was opened in the United States, by the Coalition as the context suggests."""
    statement = case.statement("s1-nc-bureau")
    assert statement["subject"] == "national-coalition"
    assert statement["object"] in {"usa", "nc-us-bureau"}
    assert case.find(predicate="opensOfficeIn", object="syria") == []
    assert case.find(predicate="opensOfficeIn", subject="usa") == []


def t_posthoms(case: Case) -> None:
    """Where the article weighs Homs against the nuns, Homs is the deal and not the city."""
    assert case.statement("s1-nuns-vs")["subject"] == "ag-homs2014"


def t_damascus(case: Case) -> None:
    """Damascus as an actor is the government; the city does nothing."""
    apart(case, "damascus-city", "gov-syria")
    spatial = {"within", "capitalOf", "locatedIn", "neighbours"}
    assert {entry["predicate"] for entry in case.find(subject="damascus-city")} <= spatial


def t_waer_actor(case: Case) -> None:
    """Where Waer negotiates it is a party; the place itself negotiates nothing."""
    for predicate in ("negotiatesWith", "concludesAgreementWith", "issuesUltimatumTo", "party"):
        assert case.find(predicate=predicate, subject="waer") == []
        assert case.find(predicate=predicate, object="waer") == []
    assert case.statement("waer-gov-neg")["subject"] == "waer-side"


def t_they_checkpoint(case: Case) -> None:
    """State security detained the negotiators, and not the other way round."""
    statement = case.statement("sec-detain-com")
    assert (statement["subject"], statement["object"]) == ("state-security", "waer-committee")


def t_pleonastic(case: Case) -> None:
    """In autumn 2016 it was the government that turned up the violence."""
    roles = case.find(subject="ev-esc-fall16", object="gov-syria")
    assert any(entry["predicate"] in {"agent", "perpetrator"} for entry in roles)


def t_those(case: Case) -> None:
    """Suicide attacks are ascribed to ISIL or al-Nusra; al-Nusra claimed nothing."""
    claim = case.claim("auth-susp-isil-or-nusra")
    assert (claim["voice"], claim["stance"]) == ("s2-authors", "suspects")
    assert claim["passages"] == ["waer-2017#26.3"]
    either = [case.statement(key)["object"] for key in case.statement(claim["id"])["one_of"]]
    assert either == ["isil", "nusra"]
    assert [claim for claim in case.claims() if claim["voice"] == "nusra"] == []


def t_neigh27(case: Case) -> None:
    """Which neighbourhood the smuggled fuel went to is uncertain; the reading is flagged."""
    assert flagged(case.statement("smugglers-waer"))


def t_there(case: Case) -> None:
    """The order was defied in northern Homs, at a date not given; summer 2015 dates the deal."""
    for key in ("ndf-defy", "im-defy"):
        statement = case.statement(key)
        assert statement.get("place") != "waer"
        assert statement.get("when") != "2015-22"
    assert case.statement("ev-defiance.occurred").get("place") in {
        "north-homs",
        "north-countryside",
    }
    assert date_of(case, "ag-north2015.concluded") == "2015-22"


def t_apposition(case: Case) -> None:
    """Aqeel is deputy of al-Hassan, and al-Hassan the confidant of Assad."""
    assert case.statement("aqeel-deputy")["object"] == "hassan"
    assert case.statement("hassan-confidant")["subject"] == "hassan"
    assert case.find(subject="aqeel", predicate="confidantOf") == []
    assert case.find(subject="hassan", predicate="deputisesFor") == []


def t_both_charge(case: Case) -> None:
    """State security, the NDF and the rebels all take money for goods."""
    for key, who in (("ss", "state-security"), ("ndf", "ndf"), ("rebels", "waer-rebels")):
        statement = case.statement(f"{key}-charge")
        assert (statement["subject"], statement["object"]) == (who, "waer")
        assert statement["predicate"] == "chargesForPassageInto"


def t_who_evacuated(case: Case) -> None:
    """From Moadamiya rebels left, and residents agreed to leave: two statements."""
    left, agreed = case.statement("suburb-rebels-left-mo"), case.statement("sub-res-agree-m")
    assert left["subject"] == "moadamiya-rebels"
    assert agreed["subject"] in {"suburb-residents", "moadamiya-residents"}
    assert left["id"] != agreed["id"]


def t_ndf_local(case: Case) -> None:
    """Action was taken against profiteering militiamen, which is not the NDF."""
    assert case.statement("gov-vs-profiteers")["object"] == "profiteer-militiamen"
    assert case.find(predicate="actsAgainst", object="ndf") == []


def t_sect(case: Case) -> None:
    """No sect is given for al-Zahraa, Akrama or al-Mezraa one by one."""
    assert case.statement("districts-alawite")["subject"] == "loyalist-districts"
    for place in ("zahraa-homs", "akrama", "akrama-residents", "mezraa"):
        assert case.find(subject=place, predicate="hasMajority") == []


# Nobody is named or blamed whom the text does not name or blame


def t_names(case: Case) -> None:
    """The key faction and the Gulf state stay without a name."""
    for key in ("key-faction", "gulf-state"):
        assert case.things[key]["identity"] == "unnamed"
    guesses = r"\b(ahrar|islamic front|qatar|saudi|kuwait|emirates|bahrain|oman)"
    everything = [case.things, case.statements, case.judgements, case.resolutions, case.notes]
    for text in (text for part in everything for text in authored.words(_plain(part))):
        assert not re.search(guesses, text.lower()), text


def t_their_ids(case: Case) -> None:
    """The identities kept secret are those of the committee; no member is named."""
    assert case.things["waer-residents"]["identity"] != "withheld"
    for member in case.find(object="waer-committee", predicate="memberOf"):
        assert case.things[member["subject"]]["identity"] != "named"


def t_agentless(case: Case) -> None:
    """Who blockaded, expelled, recaptured and besieges the northern pocket is not said."""
    named = (
        ("besieges", "homs-central"),
        ("besieges", "north-homs"),
        ("recaptures", "old-homs"),
        ("expels", "homs-militants"),
    )
    for predicate, whom in named:
        none_asserted(case.find(subject="gov-syria", predicate=predicate, object=whom))
    for key in ("s1-blockade", "oldhoms-recaptured", "north-siege"):
        assert case.statement(key)["subject"] in {"unstated", "unknown"}
    assert case.find(predicate="expels", object="homs-militants") == []


def t_everyone(case: Case) -> None:
    """That all agree is a figure of speech; nobody holds a universal consensus."""
    assert case.things["f-turning-point"]["folder"] == "questions"
    assert "everyone" not in case.things
    assert "everyone" not in {entry["label"].lower() for entry in case.things.values()}
    assert [claim for claim in case.claims() if claim["voice"] == "all-parties"] == []


def t_decision(case: Case) -> None:
    """Who took the binding decision is not named, and only the journalist reports it."""
    assert case.find(subject="ev-binding", object="assad") == []
    occurred = case.statement("ev-binding.occurred")
    assert stances(occurred, "loyalist-journalist") == {"asserts"}
    none_asserted([occurred])


def t_aleppo(case: Case) -> None:
    """That control over Aleppo is settled is told, and not in whose favour."""
    assert asserted(case.statement("ev-aleppo-settled.occurred"))
    assert case.find(subject="ev-aleppo-settled", object="gov-syria") == []
    none_asserted(case.find(subject="gov-syria", predicate="controls", object="aleppo"))
    none_asserted(case.find(subject="gov-syria", predicate="recaptures", object="aleppo"))


def t_hanged(case: Case) -> None:
    """The hangings are an estimate by Amnesty; the authors do not say that Assad hanged."""
    assert case.find(subject="assad", predicate="executes") == []
    none_asserted([case.statement("gov-hanged"), case.statement("q-13000")])
    assert "asserts" in stances(case.statement("q-13000"), "amnesty")


def t_third_party(case: Case) -> None:
    """The photographer's third party makes truces fail; nobody accuses it of the bombings."""
    assert case.find(predicate="perpetrator", object="third-party") == []
    statement = case.statement("photog-third")
    assert "suspects" in stances(statement, "photographer")
    none_asserted([statement])


def t_all_four(case: Case) -> None:
    """Each of the four candidates is possible to the authors, and none is found guilty."""
    for key in ("poss-progov", "poss-rebels", "poss-isil", "poss-nusra"):
        claim = case.claim(key)
        assert (claim["voice"], claim["stance"]) == ("s2-authors", "considersPossible")
    candidates = case.find(subject="ev-bombings-homs", predicate="perpetrator")
    none_asserted([entry for entry in candidates if entry["object"] != "unknown-bombers"])


def t_incl_journalist(case: Case) -> None:
    """Most loyal residents blame Waer's rebels, the journalist among them, the authors not."""
    assert case.claim("loyal-blame-rebels")["voice"] == "homs-loyalists"
    assert case.claim("journalist-blames-rebels")["voice"] == "pro-regime-journalist"
    statement = case.statement("loyal-blame-rebels")
    assert (statement["predicate"], statement["object"]) == ("perpetrator", "waer-rebels")
    none_asserted([statement])


def t_generic_person(case: Case) -> None:
    """The guard who gains from the crisis is a maxim, not a man."""
    assert case.things["checkpoint-person"]["identity"] == "hypothetical"
    none_asserted(case.find(subject="checkpoint-person"))


def t_no_one(case: Case) -> None:
    """That the bombers knew guards is a line of reasoning, not a finding; of help nobody speaks."""
    none_asserted([case.statement("insider-theory"), case.statement("bombs-past-checkpoints")])
    assert case.find(predicate="accomplice") == []


def t_implicit(case: Case) -> None:
    """The accord on Lebanon is implicit: nothing was signed, no party is named."""
    stages = {entry["object"] for entry in case.find(subject="ag-lebanon", predicate="stage")}
    assert "implicit" in stages
    assert "signed" not in stages
    named = {"iran", "usa", "russia", "turkey", "jordan", "iraq", "gov-syria", "gulf-state"}
    parties = {entry["object"] for entry in case.find(subject="ag-lebanon", predicate="party")}
    assert not parties & named


# Said, suspected, asked or expected, and not so


def t_us(case: Case) -> None:
    """That the United States took part is inferred by the author from a coincidence."""
    none_asserted([case.statement("s1-us-engaged")])
    none_asserted(case.find(subject="ag-homs2014", object="usa"))


def t_rhet_s1(case: Case) -> None:
    """The rhetorical questions of the first article assert nothing."""
    assert case.things["f-gain-loss"]["folder"] == "questions"
    asked = claims_at(case, *(f"homs-deal-2014#{number}" for number in ("1.1", "4.2", "7.4")))
    assert [claim for claim in asked if claim["stance"] == "asserts"] == []


def t_rhet_s2(case: Case) -> None:
    """That hostile neighbours will live together is a question of the authors."""
    coexistence = case.find(predicate="coexistsWith")
    assert coexistence
    none_asserted(coexistence)


def t_modal_loss(case: Case) -> None:
    """Giving up its aim is a thought of the author; the opposition did not."""
    statement = case.statement("s1-opp-topple")
    assert asserted(statement)
    assert "denies" not in {claim["stance"] for claim in statement["claims"]}


def t_third_round(case: Case) -> None:
    """A third round at Geneva did not take place."""
    none_asserted([case.statement("ev-geneva2-r3.occurred")])


def t_could_agree(case: Case) -> None:
    """An understanding of Gulf countries and Iran is only thinkable."""
    keys = ("s1-gulf-iran", "ev-gulf-iran.occurred", "ag-gulf-iran-hyp.concluded")
    none_asserted([case.statement(key) for key in keys])


def t_possibility(case: Case) -> None:
    """That the neighbours work on a formula is a possibility."""
    none_asserted([case.statement("s1-regional-formula")])


def t_not_necessarily(case: Case) -> None:
    """That the local militants were no party is hedged."""
    claims = [c for c in case.statement("s1-not-local")["claims"] if c["voice"] == "s1-author"]
    assert claims
    assert all((c["stance"], c["certainty"]) != ("denies", "certain") for c in claims)


def t_few_hundred(case: Case) -> None:
    """A few hundred is what was still demanded, not what was released."""
    statement = case.statement("q-few-hundred")
    assert "demand" in statement["counts"]
    assert statement["subject"] == "waer-side"


def t_zero_release(case: Case) -> None:
    """Neither that nobody nor that somebody of the list was released is said."""
    assert asserted(case.statement("gov-refuse"))
    none_asserted(case.find(predicate="releases", object="waer-detainees"))
    counted = [
        entry for entry in case.statements.values() if "released" in str(entry.get("counts"))
    ]
    assert counted == []


def t_7530(case: Case) -> None:
    """The figure 7,530 is a demand for the whole province, not a count of prisoners."""
    statement = case.statement("q-7530")
    assert stances(statement, "waer-committee") == {"demands"}
    none_asserted([statement])
    holds = case.statement("gov-holds")["claims"]
    assert all(claim["certainty"] in HEDGED for claim in holds)
    names = case.statement("q-7530-names")
    assert (names["predicate"], names["counts"].split()[0]) == ("hasCount", "names")


def t_prisoner_exch(case: Case) -> None:
    """The truce of 2015 speaks of exchanges; whom the rebels would free is not told."""
    assert "exchange" in case.things["ag-waer-dec2015.c1"]["label"].lower()
    assert case.find(subject="waer-rebels", predicate="releases") == []


def t_it_make(case: Case) -> None:
    """The regime did not agree to the release; the sentence is a condition."""
    states = case.find(subject="ag-waer-dec2015.c1", predicate="fulfilment")
    assert states
    none_asserted(
        [entry for entry in states if entry["object"] in {"fulfilled", "partlyFulfilled"}]
    )
    none_asserted(case.find(subject="gov-syria", predicate="releases", object="waer-detainees"))


def t_froze(case: Case) -> None:
    """That the truce froze is al-Tallawi's word."""
    statement = case.statement("ev-freeze.occurred")
    assert stances(statement, "tallawi") == {"asserts"}
    none_asserted([statement])


def t_idlib(case: Case) -> None:
    """Idlib is an option of a clause; where the fighters went is not told."""
    assert case.statement("rebels-idlib")["predicate"] == "mayMoveTo"
    for key in ("f250", "f300"):
        assert case.statement(key)["object"] == "waer"
        assert case.statement(key).get("place") != "idlib"
    none_asserted(case.find(predicate="presentIn", object="idlib"))


def t_appear(case: Case) -> None:
    """That the bombings aim at trust is how it looks to the authors, and so is their number."""
    assert stances(case.statement("q-oneormany"), "s2-authors") == {"suspects"}
    none_asserted(case.find(predicate="motivates", object="ev-bombings-homs"))
    for predicate in ("seeks", "opposes", "disrupts"):
        none_asserted(case.find(subject="unknown-bombers", predicate=predicate))


def t_isil_waer(case: Case) -> None:
    """ISIL is strong in the east of the province and not in Waer."""
    absent = case.statement("isil-not-waer")
    assert (absent["subject"], absent["object"]) == ("isil", "waer")
    assert stances(absent, "s2-authors") == {"denies"}
    assert asserted(case.statement("isil-east"))
    none_asserted(case.find(subject="isil", predicate="presentIn", object="waer"))


def t_posthoc(case: Case) -> None:
    """After Akrama came the shelling; that it came because of Akrama is not stated."""
    linked = case.find(subject="ev-akrama", object="ev-shelling-oct14")
    assert {entry["predicate"] for entry in linked} == {"precedes"}
    back = case.find(subject="ev-shelling-oct14", object="ev-akrama")
    none_asserted([entry for entry in (*back,) if entry["predicate"] != "precedes"])


def t_forecast(case: Case) -> None:
    """What the government and the opposition will do is a forecast."""
    for key in ("gov-accelerate", "opp-keep-table", "gov-avoid-concess"):
        claims = case.statement(key)["claims"]
        assert {claim["stance"] for claim in claims} <= {"expects", "considersPossible", "denies"}
        assert all(c["certainty"] in HEDGED for c in claims if c["stance"] == "denies")
    none_asserted([case.statement("ev-accelerate.occurred")])


def t_free_speech(case: Case) -> None:
    """That two formerly rebel quarters are safe at night is the journalist's account."""
    for key in ("karm-prorebel", "ghouta-prorebel"):
        assert "asserts" in stances(case.statement(key), "loyalist-journalist")


def t_not_all(case: Case) -> None:
    """Not all interviewed residents believe in good relations: which is not none of them."""
    statement = case.statement("q-not-all")
    assert (statement["value"], statement["subject"]) == ("not all", "interviewed-residents6")


def t_narrative(case: Case) -> None:
    """That militias want to move populations is a narrative whose truth is left open."""
    for key in ("narr-oppose", "narr-transfer"):
        statement = case.statement(key)
        assert "leavesOpen" in stances(statement, "s2-authors")
        none_asserted([statement])


def t_cond39(case: Case) -> None:
    """Services and protection by the regime are a condition, not a fact."""
    citing = [claim for claim in case.claims() if "waer-2017#39.1" in claim["passages"]]
    assert {claim["stance"] for claim in citing} == {"considersPossible"}
    assert len(case.statement("weariness-beats-revenge")["if"]) == 3


def t_if_us(case: Case) -> None:
    """Whether Western powers want a say is a condition."""
    none_asserted([case.statement("west-say")])
    none_asserted(case.find(subject="usa", predicate="hasSayIn"))


def t_generic_if(case: Case) -> None:
    """Good faith of the government is supposed for the sake of the argument only."""
    willing = case.find(subject="gov-syria", predicate="willingToNegotiate")
    assert willing
    none_asserted(willing)


def t_good_faith_officials(case: Case) -> None:
    """Officials say that they want a truce; in the same months they sent an ultimatum."""
    assert stances(case.statement("officials-want"), "regime-officials")
    none_asserted([case.statement("officials-want")])
    assert asserted(case.statement("ev-ultimatum-dec2016.occurred"))


def t_survey_scope(case: Case) -> None:
    """Two people did not know of the talks; that Waer did not is a condition."""
    known = case.find(subject="waer-residents", predicate="knowsOf", object="ev-astana")
    assert known
    for statement in known:
        assert not stances(statement, "s2-authors") & {"asserts", "denies"}


def t_rebels_stay(case: Case) -> None:
    """Arms kept during the process and arms given up in the end do not contradict each other."""
    assert "i-weapons" in {entry["id"] for entry in case.notes}
    assert "f-rebels-weapons" in case.things


def t_leverage_only(case: Case) -> None:
    """Waer's rebels hold the regime off, although they cannot attack outside."""
    hold = case.statement("waer-hold-off")
    assert (hold["subject"], asserted(hold)) == ("waer-rebels", True)
    attack = case.statement("waer-unable-att")
    assert attack["predicate"] == "canAttackOutside"
    assert stances(attack, "s2-authors") == {"denies"}


def t_abductors(case: Case) -> None:
    """The item on Latakia is kept as written, with a doubt."""
    assert case.things["latakia-abductors"].get("note")
    assert "i-abductors" in {entry["id"] for entry in case.notes}


# When


def t_2012(case: Case) -> None:
    """The year of the constitution was put into the article by an editor."""
    text = " ".join(authored.words(case.things["ev-constitution"])).lower()
    assert date_of(case, "ev-constitution.occurred") == "2012"
    assert "bracket" in text or "editor" in text


def t_fell_tense(case: Case) -> None:
    """Homs would fall and Homs had fallen: one event seen from two days."""
    assert "i-fall" in {entry["id"] for entry in case.notes}
    falls = [
        key
        for key, entry in case.things.items()
        if entry.get("kind") == "militaryTrend" and "fall" in entry["label"].lower()
    ]
    assert falls == ["ev-homs-mil-fall"]


def t_augoct(case: Case) -> None:
    """August and October 2016 are two months for two suburbs, not paired."""
    assert date_of(case, "ev-evac-mo-da.occurred") == "{2016-08,2016-10}"
    for key in ("suburb-rebels-left-mo", "suburb-rebels-left-da"):
        assert date_of(case, key) in {"{2016-08,2016-10}", "[2016-08,2016-10]"}


def t_nine_months(case: Case) -> None:
    """Nine months are kept as stated; the return to the table is August 2016."""
    statement = case.statement("q-nine-months")
    assert (statement["value"], statement["unit"]) == (9, "month")
    assert "when" not in statement
    assert date_of(case, "ev-return-table.occurred") == "2016-08"


def t_now(case: Case) -> None:
    """Now means August 2016 in one passage and November 2016 in the other."""
    assert date_of(case, "ag-waer-aug2016.concluded") == "2016-08"
    assert date_of(case, "ru-med-interloc").startswith("2016-11")


def t_today(case: Case) -> None:
    """Today is when the article appeared."""
    for key in ("leverage-civ", "only-progov-damage"):
        statement = case.statement(key)
        assert "2017-02" in f"{statement.get('when', '')} {statement.get('ends', '')}"


def t_month_year(case: Case) -> None:
    """August, November and December without a year are those of 2016."""
    assert date_of(case, "ev-return-table.occurred") == "2016-08"
    assert date_of(case, "ev-talks-nov2016.occurred").startswith("2016-11")
    assert date_of(case, "ev-ultimatum-dec2016.occurred") == "2016-12"
    assert date_of(case, "ev-round-dec2016.occurred").startswith("2016-12")


def t_wed(case: Case) -> None:
    """Wednesday last week is 8 February 2017, counted from the week of publication."""
    assert date_of(case, "ev-strikes-2017.occurred") == "2017-02-08"


def t_two_years_after(case: Case) -> None:
    """Two years after the recapture is loose, and the journalist's word."""
    assert date_of(case, "ev-mixing.occurred") == "2017-02"
    assert "asserts" in stances(case.statement("akrama-baba-mix"), "loyalist-journalist")


def t_survey_date(case: Case) -> None:
    """The poll came a week before talks whose date the article does not give."""
    assert date_of(case, "ev-survey.occurred").startswith("[..")


def t_some_directly(case: Case) -> None:
    """Some bombings followed a signature; Akrama came before the first one."""
    assert case.statement("q-some-after")["value"] == "some"
    for first in ("ev-sign-dec15", "ag-waer-dec2015"):
        assert case.find(subject=first, object="ev-akrama") == []
    assert date_of(case, "ev-akrama.occurred") < date_of(case, "ag-waer-dec2015.concluded")


# How many


def t_children_incl(case: Case) -> None:
    """Three children are among the eleven dead."""
    tolls = case.find(subject="ev-strikes-2017", predicate="hasDeathToll")
    assert [entry["value"] for entry in tolls] == [11]
    children = case.statement("q-3children")
    assert (children["value"], children["predicate"]) == (3, "hasCount")
    assert "included" in children["scope"]


def t_37(case: Case) -> None:
    """Thirty-seven are attacks of several kinds, not car bombings."""
    statement = case.statement("q-37")
    assert (statement["value"], statement["counts"].split()[0]) == (37, "attacks")


def t_how_many_detained(case: Case) -> None:
    """How many of the fifteen negotiators were detained is not told."""
    counted = case.find(subject="ev-detention-may2016")
    assert not any(entry["predicate"].startswith("has") for entry in counted)
    assert case.statement("q-15")["subject"] == "waer-committee"


def t_quarter_authors(case: Case) -> None:
    """Who estimated the two populations is not told."""
    for key in ("q-50000", "q-250k"):
        assert {claim["voice"] for claim in case.statement(key)["claims"]} == {"s2-authors"}


# What carries no facts


def t_boiler(case: Case) -> None:
    """Notices of the web page carry no facts."""
    pages = tuple(f"homs-deal-2014#{number}." for number in range(18, 27))
    cited = [at for claim in case.claims() for at in claim["passages"]]
    assert cited
    assert [at for at in cited if at.startswith(pages)] == []


def t_also_read(case: Case) -> None:
    """Links to other pages carry no facts."""
    cited = {at for claim in case.claims() for at in claim["passages"]}
    assert cited
    assert not cited & {"homs-deal-2014#2.1", "homs-deal-2014#8.1"}


def _plain(part: object) -> object:
    return list(part.values()) if isinstance(part, dict) else part


@cache
def homs() -> Case:
    return authored.read()


CHECKS = {name: check for name, check in globals().items() if name.startswith("t_")}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_trap(check: Check) -> None:
    check(homs())


def test_every_trap_says_what_is_right() -> None:
    assert [name for name, check in CHECKS.items() if not check.__doc__] == []
