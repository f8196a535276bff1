"""Something on every page: a visit, practices running and over, a deal, made through the coach itself in one language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coach.app import Coach
from coach.conversation import parse_transcript, write_transcript
from coach.store.visits import NewVisit
from coach.vocabulary import Language
from tests.browser.playing import PLAYED, expert_lines

SAMPLES = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"
_SAMPLE: dict[Language, str] = {"zh": "zh-cold-chain.txt", "en": "en-gate-access.txt"}


@dataclass(frozen=True)
class Things:
    """What the pages show, made through the coach itself."""

    visit: str
    running: str
    ended: str
    branch: str
    seats: str
    deal: str
    case: str
    draft: str


def practised(coach: Coach, language: Language) -> str:
    """A practice that is over, by its id."""
    id = coach.keeping.begin(coach.start(PLAYED[language], seed=2))
    now = coach.keeping.load(id)
    for line in expert_lines(PLAYED[language])[:3]:
        now.session.say(line, 12)
    now.session.end("rep_left")
    coach.keeping.save(id, now.session, now.clock)
    return id


def made(coach: Coach, language: Language) -> Things:
    """The things of one language."""
    talk = parse_transcript((SAMPLES / _SAMPLE[language]).read_text("utf-8"))
    record = coach.record(talk)
    new = NewVisit("axe.txt", f"axe-{language}", language, write_transcript(talk), visited_on=talk.date)
    visit = coach.visits.save(new, engine=record.engine, machine=record.model_dump(mode="json"))
    running = coach.keeping.begin(coach.start(PLAYED[language], seed=1))
    ended = practised(coach, language)
    branch = coach.keeping.branch(ended, 2)
    from ui.desks.colleague import ColleagueRoom
    from ui.desks.deals import DealRoom

    deals = DealRoom(coach)
    deal, matches = deals.match(deals.example(language), language)
    case = matches.cards[0].id if matches.cards else coach.library.cases(language)[0].id
    seats = ColleagueRoom(coach).begin(PLAYED[language])
    draft = coach.editing.begin(language)
    return Things(visit, running, ended, branch, seats, deal, case, draft)


def pages(it: Things, language: Language) -> dict[str, str]:
    """Every page by a name for people, as a path below its language."""
    scenario = PLAYED[language]
    return {
        "home": "",
        "practice": "practice",
        "recommended": "practice?pick=1",
        "brief": f"practice?scenario={scenario}",
        "session": f"session?id={it.running}",
        "report": f"report?id={it.ended}",
        "compare": f"compare?id={it.branch}",
        "colleague": f"colleague?id={it.seats}&seat=customer",
        "visits": "visits",
        "visit": f"visit?id={it.visit}",
        "form": f"form?id={it.visit}",
        "deals": f"deals?id={it.deal}",
        "sheet": f"sheet?id={it.deal}",
        "case": f"case?id={it.case}",
        "trainer": "trainer",
        "new case": "trainer?new=1",
        "from a visit": f"trainer?visit={it.visit}",
        "handbook": "handbook",
        "coverage": "coverage",
        "calibration": "calibration",
        "imports": "imports",
        "glossary": "glossary",
        "shelf": "shelf",
        "help": "help",
        "scenarios": "scenarios",
        "scenario": f"scenario?id={it.draft}",
        "nothing there": "visit?id=nobody",
    }
