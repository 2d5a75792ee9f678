"""Make a case of any size, of the same shapes as the Homs case, to measure with.

Usage: ``python bench/generate.py 10000 bench/out/case-10000``

The numbers of things, roles, clauses, claims, passages, dates and notes per statement, and the
shares of what is accepted, alleged, contested and open, are those of the Homs case. Who appears
how often is heavy-tailed. With ``--camps`` things fall into so many camps, whose members are tied
mostly among themselves; without, there are no groups to be found. The same arguments give the same
files, byte for byte.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

PER_FILE = 400
"""Statements in one file: some 200 KB."""

SENTENCES = 90
ACROSS = 0.12
"""Of ties that could be within a camp, the share that is drawn from all."""
EDITOR = "hudna-editors"

TIES: tuple[tuple[str, str, str], ...] = (
    ("negotiatesWith", "actor", "actor"),
    ("negotiatesWith", "actor", "actor"),
    ("represents", "actor", "actor"),
    ("chargesForPassageInto", "actor", "place"),
    ("partOf", "actor", "actor"),
    ("loyalTo", "actor", "actor"),
    ("controls", "actor", "place"),
    ("locatedIn", "place", "place"),
    ("within", "place", "place"),
    ("leaves", "actor", "place"),
    ("concludesAgreementWith", "actor", "actor"),
    ("mustLeave", "actor", "place"),
    ("sidesWith", "actor", "actor"),
    ("presentIn", "actor", "place"),
    ("attacks", "actor", "place"),
    ("leads", "actor", "actor"),
    ("fights", "actor", "actor"),
    ("detains", "actor", "actor"),
    ("pressures", "actor", "actor"),
    ("backs", "actor", "actor"),
    ("besieges", "actor", "place"),
    ("hostileTo", "actor", "actor"),
    ("releases", "actor", "actor"),
    ("threatens", "actor", "actor"),
    ("memberOf", "actor", "actor"),
    ("causes", "event", "event"),
    ("precedes", "event", "event"),
    ("subEventOf", "event", "event"),
    ("implements", "event", "agreement"),
    ("violates", "actor", "agreement"),
    ("disrupts", "actor", "agreement"),
    ("opposes", "actor", "agreement"),
    ("knowsOf", "actor", "event"),
)
FIGURES = ("hasCount", "hasCount", "hasCount", "hasSize", "hasDuration", "hasShare")
EVENT_ROLES = ("party", "agent", "affected", "perpetrator", "target", "victim", "backer", "speaker")
AGREEMENT_ROLES = ("party", "party", "mediator", "backer", "addressee")
EVENT_KINDS = ("siege", "battle", "shelling", "bombing", "detention", "release", "evacuation",
               "negotiation", "truceViolation", "stateAction", "stateOfAffairs")  # fmt: skip
AGREEMENT_KINDS = ("truce", "evacuationDeal", "partialReconciliation", "release", "understanding")
STAGES = ("negotiated", "signed", "partlyCarriedOut", "brokenDown", "frozen", "superseded")
FULFILMENTS = ("fulfilled", "partlyFulfilled", "notFulfilled", "refused", "undecided", "notStated")
TOPICS = ("humanitarianRelief", "detaineeRelease", "evacuation", "truce", "weapons", "road")
ACTOR_CLASSES = ("SocialGroup", "SocialGroup", "Person", "ArmedGroup", "ArmedGroup", "State",
                 "StateBody", "Committee", "Side", "InternationalOrganization")  # fmt: skip
ACTOR_KINDS = ("militia", "rebelGroup", "army", "delegation", "residents", "officials")
IDENTITIES = ("named", "named", "named", "named", "unnamed", "collective", "collective")
PLACE_KINDS = ("district", "district", "town", "suburb", "city", "province", "region")
HEDGED = (("considersPossible", "possible"), ("suspects", "probable"),
          ("leavesOpen", "unspecified"), ("expects", "probable"), ("conditional", "unspecified"),
          ("demands", "unspecified"))  # fmt: skip
WORDS = re.findall(
    r"\w+",
    "of the side that spoke first and not of all its parts the word is taken from a report which "
    "gives neither day nor number but only an order among them so what stands here may be too "
    "narrow for one reader and too wide for another while nothing later corrects it",
)
SYLLABLES = ("ha", "ma", "dar", "qa", "sir", "nab", "tal", "bay", "kaf", "zay", "rus", "jab", "wad")
ARABIC = ("حي", "دار", "تل", "باب", "نهر", "جبل", "وادي", "كفر", "بيت", "عين", "لجنة", "كتيبة")


class Written(NamedTuple):
    """A source as far as claims need it."""

    id: str
    author: str
    published: str


@dataclass
class Things:
    """Ids of the things of the case, by pool."""

    actor: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    event: list[str] = field(default_factory=list)
    agreement: list[str] = field(default_factory=list)
    question: list[str] = field(default_factory=list)


def generate(count: int, folder: Path, seed: int = 1, camps: int = 0) -> None:
    """Write a case of ``count`` statements; what the folder held is removed.

    Args:
        count: how many statements, at least 200.
        folder: the folder of the case; its name becomes the case's id.
        seed: another seed gives another case of the same kind.
        camps: into how many camps the things fall; 0 for none.
    """
    if count < 200:
        raise SystemExit("a case with all its shapes needs at least 200 statements")
    _Generator(count, folder, seed, camps).run()


class _Generator:
    def __init__(self, count: int, folder: Path, seed: int, camps: int) -> None:
        self.random = random.Random(seed)
        self.count = count
        self.folder = folder
        self.camps = camps
        self.made = 0
        self.things = Things()
        self.sources: list[Written] = []
        self.exclusive: list[str] = []

    def run(self) -> None:
        if self.folder.exists():
            shutil.rmtree(self.folder)
        n = self.count
        self._head()
        self._sources(max(2, n // 400))
        self._actors(n // 6)
        self._places(n // 16)
        self._questions(max(2, n // 20))
        self._events(n // 11)
        self._agreements(n // 42)
        self._mechanisms(n // 35)
        self._statements()
        self._identity(n // 80)
        self._notes(n // 40)

    # -- words, dates, choices

    def pick(self, names: list[str], camp: int | None = None) -> str:
        """Choose one name, mostly of a camp; those at the front come up far more often."""
        if self.camps and camp is not None and not self.chance(ACROSS):
            names = names[camp % self.camps :: self.camps] or names
        return names[int(len(names) * self.random.random() ** 3)]

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def name(self, prefix: str, number: int) -> str:
        """Return an id; ids of one prefix differ by their number."""
        return f"{prefix}-{''.join(self.random.choices(SYLLABLES, k=2))}-{number}"

    def words(self, low: int, high: int) -> str:
        text = " ".join(self.random.choices(WORDS, k=self.random.randint(low, high)))
        return f"{text[0].upper()}{text[1:]}."

    def month(self, before: str) -> str:
        last = int(before[:4]) * 12 + int(before[5:7]) - 1
        year, month = divmod(last - self.random.randint(0, 48), 12)
        return f"{year:04d}-{month + 1:02d}"

    def dated(self, source: Written) -> list[str]:
        """Return the lines that date a statement, in the proportions of the Homs case."""
        if self.chance(0.33):
            return []
        published = source.published
        first, second = sorted((self.month(published), self.month(published)))
        when = self.random.choices(
            (published, f"[..{published}]", first, f"{first[:4]}/{published}", f"{first}/..",
             f"../{second}", f"{first}/{second}", f"{first}~/{second}~", f"{first}-12",
             f"[{first}..{second}]", first[:4], f"{first}/"),
            (20, 25, 15, 5, 8, 4, 8, 4, 6, 8, 4, 4),
        )[0]  # fmt: skip
        lines = [f'when = "{when}"']
        if when == f"{first}/{second}" and self.chance(0.5):
            lines.append(f'begins = "{first}"')
            lines.append(f'ends = "{second}"')
        if self.chance(0.17):
            lines.append(f"when_text = {_quoted(self.words(2, 5))}")
        return lines

    def qualified(self, *, rich: bool) -> list[str]:
        lines = []
        if self.chance(0.15):
            lines.append(f'place = "{self.pick(self.things.place)}"')
        if self.chance(0.32):
            lines.append(f"note = {_quoted(self.words(7, 16))}")
        if rich and self.chance(0.07):
            lines.append(f"scope = {_quoted(self.words(3, 7))}")
        if rich and self.chance(0.05) and self.things.agreement:
            lines.append(f'under = "{self.pick(self.things.agreement)}"')
        if rich and self.chance(0.25):
            lines.append(f'answers = ["{self.random.choice(self.things.question)}"]')
        return lines

    # -- claims

    def passages(self, source: Written) -> list[str]:
        how_many = self.random.choices((1, 2, 3, 4), (80, 16, 3, 1))[0]
        numbers = sorted(self.random.sample(range(SENTENCES), how_many))
        return [f"{source.id}#{_sentence(number)}" for number in numbers]

    def claim(self, source: Written, voice: str, stance: str, certainty: str) -> str:
        at = ", ".join(f'"{passage}"' for passage in self.passages(source))
        note = f", note = {_quoted(self.words(5, 14))}" if self.chance(0.2) else ""
        return (
            f'  {{ voice = "{voice}", stance = "{stance}", certainty = "{certainty}", '
            f"passages = [{at}]{note} }},"
        )

    def claims(self, source: Written) -> list[str]:
        """Return the lines of a ``claims`` array: accepted, alleged, open, rejected, contested."""
        author = source.author
        voice, other = self.random.sample(self.things.actor[: max(20, self.count // 60)], 2)
        shape = self.random.choices(
            ("accepted", "alleged", "open", "rejected", "contested"), (73, 8, 16, 2, 1)
        )[0]
        lines = []
        if shape == "accepted":
            certainty = self.random.choice(("certain", "certain", "certain", "probable"))
            lines.append(self.claim(source, author, "asserts", certainty))
            if self.chance(0.08):
                another = self.random.choice(self.sources)
                if another.author != author:
                    lines.append(self.claim(another, another.author, "asserts", "certain"))
        elif shape == "alleged":
            lines.append(self.claim(source, voice, "asserts", "unspecified"))
            lines.append(self.claim(source, author, "reports", "unspecified"))
        elif shape == "open":
            stance, certainty = self.random.choice(HEDGED)
            lines.append(self.claim(source, author, stance, certainty))
        elif shape == "rejected":
            lines.append(self.claim(source, author, "denies", "certain"))
        else:
            lines.append(self.claim(source, voice, "asserts", "certain"))
            lines.append(self.claim(source, other, "denies", "certain"))
            lines.append(self.claim(source, author, "reports", "unspecified"))
        return ["claims = [", *lines, "]"]

    def stated(self, *, rich: bool = False) -> list[str]:
        """Return the lines that any statement has: date, qualifiers, claims; and count it."""
        self.made += 1
        source = self.random.choice(self.sources)
        return [*self.dated(source), *self.qualified(rich=rich), *self.claims(source)]

    # -- files

    def write(self, name: str, lines: list[str]) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")

    def _head(self) -> None:
        self.write(
            "case.toml",
            [
                f'id = "{self.folder.name}"',
                f'title = "A made case of {self.count} statements"',
                'description = "Made by a script to measure with; nothing in it is true."',
                'licence = "CC0-1.0"',
                f'editor = "{EDITOR}"',
                'language = "en"',
            ],
        )

    def _sources(self, count: int) -> None:
        for number in range(count):
            source = Written(
                id=f"report-{number}",
                author=f"author-{number}",
                published=f"{2014 + number % 8}-{1 + number % 12:02d}",
            )
            self.sources.append(source)
            rows, start = [], 0
            for index in range(SENTENCES):
                end = start + 60 + self.random.randrange(120)
                digest = hashlib.sha256(f"{source.id}#{index}".encode()).hexdigest()
                rows.append(f'  ["{_sentence(index)}", {start}, {end}, "{digest}"],')
                start = end + 1
            self.write(
                f"sources/{source.id}.toml",
                [
                    f'title = "Report number {number}"',
                    f'authors = ["{source.author}"]',
                    'publisher = "Nobody"',
                    f'url = "https://example.org/report/{number}"',
                    f'code = "S{number}"',
                    f'date = "{source.published}"',
                    'date_basis = "Made up."',
                    'language = "en"',
                    f'sha256 = "{hashlib.sha256(source.id.encode()).hexdigest()}"',
                    f"characters = {start}",
                    "sentences = [",
                    *rows,
                    "]",
                    f'boilerplate = ["{_sentence(0)}"]',
                ],
            )

    def _mentioned(self) -> str:
        listed = ", ".join(f'"{p}"' for p in self.passages(self.random.choice(self.sources)))
        return f"mentioned = [{listed}]"

    def _actors(self, count: int) -> None:
        self.write(
            f"actors/{EDITOR}.toml",
            ['label = "The editors"', 'class = "Person"', 'identity = "named"'],
        )
        for source in self.sources:
            lines = [f'label = "{source.author}"', 'class = "Person"', 'identity = "named"']
            lines.append(f'mentioned = ["{source.id}#{_sentence(1)}"]')
            self.write(f"actors/{source.author}.toml", lines)
        for number in range(count):
            name = self.name("actor", number)
            self.things.actor.append(name)
            lines = [
                f"label = {_quoted(self.words(2, 4)[:-1])}",
                f'class = "{self.random.choice(ACTOR_CLASSES)}"',
                f'identity = "{self.random.choice(IDENTITIES)}"',
                self._mentioned(),
            ]
            if self.chance(0.6):
                lines.append(f'kinds = ["{self.random.choice(ACTOR_KINDS)}"]')
            if self.chance(0.4):
                lines.append(f"names = [{self._further_name()}]")
            if self.chance(0.4):
                lines.append(f"note = {_quoted(self.words(8, 20))}")
            self.write(f"actors/{name}.toml", lines)

    def _further_name(self) -> str:
        arabic = " ".join(self.random.choices(ARABIC, k=2))
        return f'{{ text = "{arabic}", lang = "ar" }}, {{ text = "{arabic[0]}NDF", lang = "en" }}'

    def _places(self, count: int) -> None:
        for number in range(count):
            name = self.name("place", number)
            self.things.place.append(name)
            lines = [
                f"label = {_quoted(self.words(1, 2)[:-1])}",
                'class = "Place"',
                f'kinds = ["{self.random.choice(PLACE_KINDS)}"]',
                self._mentioned(),
            ]
            if self.chance(0.5):
                lines.append(f"names = [{self._further_name()}]")
            self.write(f"places/{name}.toml", lines)

    def _questions(self, count: int) -> None:
        for number in range(count):
            name = self.name("question", number)
            exclusive = number % 20 == 0
            if exclusive:
                self.exclusive.append(name)
            else:
                self.things.question.append(name)
            self.write(
                f"questions/{name}.toml",
                [
                    f"label = {_quoted(self.words(5, 9)[:-1] + '?')}",
                    f"exclusive = {'true' if exclusive else 'false'}",
                    f'about = ["{self.pick(self.things.actor)}"]',
                ],
            )

    def _roles(self, roles: tuple[str, ...], how_many: int, camp: int) -> list[str]:
        lines = []
        seen = set()
        for _ in range(how_many):
            role, actor = self.random.choice(roles), self.pick(self.things.actor, camp)
            if (role, actor) in seen:
                continue
            seen.add((role, actor))
            lines += ["", "[[role]]", f'role = "{role}"', f'actor = "{actor}"']
            if self.chance(0.5):
                lines += self.stated()
            else:
                self.made += 1
        return lines

    def _events(self, count: int) -> None:
        for number in range(count):
            name = self.name("ev", number)
            self.things.event.append(name)
            lines = [
                f"label = {_quoted(self.words(3, 7)[:-1])}",
                f'kind = "{self.random.choice(EVENT_KINDS)}"',
                "",
                "[occurred]",
                *self.stated(),
                *self._roles(EVENT_ROLES, self.random.choice((0, 1, 1, 2, 2, 3, 4)), number),
            ]
            self.write(f"events/{name}.toml", lines)

    def _agreements(self, count: int) -> None:
        for number in range(count):
            name = self.name("ag", number)
            lines = [
                f"label = {_quoted(self.words(3, 7)[:-1])}",
                f'kind = "{self.random.choice(AGREEMENT_KINDS)}"',
            ]
            if self.things.agreement and self.chance(0.3):
                lines.append(f'replaces = "{self.things.agreement[-1]}"')
            lines += ["", "[concluded]", *self.stated(), *self._roles(AGREEMENT_ROLES, 3, number)]
            for stage in self.random.sample(STAGES, self.random.choice((0, 1, 2, 3))):
                lines += ["", "[[stage]]", f'stage = "{stage}"', *self.stated()]
            for index in range(self.random.choice((0, 1, 1, 2, 4))):
                lines += self._clause(f"{name}.c{index + 1}", number)
            self.things.agreement.append(name)
            self.write(f"agreements/{name}.toml", lines)

    def _clause(self, name: str, camp: int) -> list[str]:
        obligors = sorted({self.pick(self.things.actor, camp)})
        beneficiaries = [self.pick(self.things.actor, camp)] if self.chance(0.5) else []
        self.made += 1 + len(obligors) + len(beneficiaries)
        lines = [
            "",
            "[[clause]]",
            f'id = "{name}"',
            f"label = {_quoted(self.words(3, 6)[:-1])}",
            f'topic = "{self.random.choice(TOPICS)}"',
            f"text = {_quoted(self.words(8, 20))}",
            f"obligor = {json.dumps(obligors)}",
            *([f"beneficiary = {json.dumps(beneficiaries)}"] if beneficiaries else []),
            *self.claims(self.random.choice(self.sources)),
        ]
        for state in self.random.sample(FULFILMENTS, self.random.choice((0, 1, 1, 2))):
            lines += ["", "[[clause.fulfilment]]", f'state = "{state}"', *self.stated()]
        return lines

    def _mechanisms(self, count: int) -> None:
        for number in range(count):
            lines = [
                f"label = {_quoted(self.words(3, 7)[:-1])}",
                f"pattern = {_quoted(self.words(10, 20))}",
                f"chain = [{_quoted(self.words(2, 3))}, {_quoted(self.words(2, 3))}]",
                f'instances = ["{self.pick(self.things.event)}"]',
                "",
                "[observed]",
                *self.stated(),
            ]
            self.write(f"mechanisms/{self.name('m', number)}.toml", lines)

    def _statements(self) -> None:
        entries: list[list[str]] = []
        for question in self.exclusive:
            entries += self._rivals(question, len(entries))
        while self.made < self.count:
            entries.append(self._statement(len(entries)))
        for number, start in enumerate(range(0, len(entries), PER_FILE)):
            lines = [line for entry in entries[start : start + PER_FILE] for line in entry]
            self.write(f"statements/theme-{number:04d}.toml", lines)

    def _statement(self, number: int) -> list[str]:
        if self.chance(0.23):
            proposition = self._figure()
        else:
            predicate, subjects, objects = self.random.choice(TIES)
            subject = self.pick(getattr(self.things, subjects))
            camp = getattr(self.things, subjects).index(subject)
            target = self.pick(getattr(self.things, objects), camp)
            while target == subject:
                target = self.random.choice(getattr(self.things, objects))
            if self.chance(0.03):
                target = "unknown"
            proposition = [
                f'subject = "{subject}"',
                f'predicate = "{predicate}"',
                f'object = "{target}"',
            ]
        lines = ["", "[[statement]]", f'id = "{self.name("st", number)}"', *proposition]
        lines += self.stated(rich=True)
        if self.chance(0.005):
            reason = _quoted(self.words(8, 16))
            lines.append(f'verdict = {{ status = "open", reason = {reason} }}')
        return lines

    def _figure(self) -> list[str]:
        if self.chance(0.4):
            return [
                f'subject = "{self.pick(self.things.actor)}"',
                'predicate = "characterisedAs"',
                f"value = {_quoted(self.words(3, 7))}",
            ]
        value = self.random.randrange(1, 5000)
        return [
            f'subject = "{self.pick(self.things.actor)}"',
            f'predicate = "{self.random.choice(FIGURES)}"',
            f"value = {value}",
            f"low = {value - value // 10}",
            f"high = {value + value // 10}",
            'unit = "person"',
            'modality = "estimate"',
            f"counts = {_quoted(self.words(4, 9))}",
        ]

    def _rivals(self, question: str, number: int) -> list[list[str]]:
        """Return three answers to a question with one right answer, each by a voice of its own."""
        event = self.pick(self.things.event)
        source = self.random.choice(self.sources)
        voices = self.random.sample(self.things.actor, 3)
        suspects = self.random.sample(self.things.actor, 3)
        entries = []
        for index, (voice, suspect) in enumerate(zip(voices, suspects, strict=True)):
            self.made += 1
            entries.append(
                [
                    "",
                    "[[statement]]",
                    f'id = "{self.name("st", number + index)}"',
                    f'subject = "{event}"',
                    'predicate = "perpetrator"',
                    f'object = "{suspect}"',
                    f'answers = ["{question}"]',
                    "claims = [",
                    self.claim(source, voice, "asserts", "unspecified"),
                    self.claim(source, source.author, "reports", "unspecified"),
                    "]",
                ]
            )
        return entries

    def _identity(self, count: int) -> None:
        lines = []
        for number in range(count):
            left, right = self.random.sample(self.things.actor, 2)
            lines += [
                "",
                "[[judgement]]",
                f'id = "judged-{number}"',
                f'things = ["{left}", "{right}"]',
                'judgement = "different"',
                'certainty = "certain"',
                f"reason = {_quoted(self.words(8, 20))}",
                f'passages = ["{self.passages(self.sources[0])[0]}"]',
            ]
        self.write("identity.toml", lines)

    def _notes(self, count: int) -> None:
        lines = []
        for number in range(count):
            lines += [
                "",
                "[[note]]",
                f'id = "remark-{number}"',
                f'on = ["{self.pick(self.things.event)}"]',
                f"text = {_quoted(self.words(15, 40))}",
                f'passages = ["{self.passages(self.sources[0])[0]}"]',
            ]
        self.write("notes.toml", lines)


def _sentence(index: int) -> str:
    return f"{index // 3 + 1}.{index % 3 + 1}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main() -> None:
    """Read the command line and write the case."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("count", type=int, metavar="N", help="how many statements")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="is replaced if it exists")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--camps", type=int, default=0, help="tied mostly within; 0 for none")
    given = parser.parse_args()
    generate(given.count, given.folder, given.seed, given.camps)


if __name__ == "__main__":
    main()
