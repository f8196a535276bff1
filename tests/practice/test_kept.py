"""Kept practices through the command: saved after every turn, gone on with, redone, examined, begun from a visit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from coach.app import Coach
from coach.commands import practice, scenarios
from coach.errors import BadInput, NotFound, Refused
from coach.practice.branches import fork
from coach.practice.exam import attempt, exam_seed, unfinished
from coach.settings import Settings
from tests.practice.scripts import LAZY
from tests.practice.talks import engine, shipped
from tests.practice.visiting import stored_visit

ONE = next(
    one for one in shipped().values() if one.exam_variants and one.expert_script and one.language == "zh"
)
GOOD = [line.say for line in ONE.expert_script][:3]


@pytest.fixture
def coach(home: Path, monkeypatch: pytest.MonkeyPatch) -> Coach:
    """The coach of the home that the commands here run in; each opens its own, none reads the scenarios again."""

    def opened() -> Coach:
        made = Coach(Settings(home=home))
        made.shipped, made.engine = shipped(), engine()
        return made

    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setattr("coach.app.open_coach", opened)
    return opened()


def run(*args: str, typed: str = "") -> Result:
    """One `coach practice` or `coach scenarios` call."""
    app = typer.Typer()
    practice.register(app)
    scenarios.register(app)
    return CliRunner().invoke(app, list(args), input=typed)


def told(result: Result) -> dict[str, Any]:
    """The one object it printed."""
    assert result.exit_code == 0, (result.output, result.exception)
    body: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return body


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "lines.txt"
    path.write_text("\n".join(GOOD) + "\n", encoding="utf-8")
    return path


def test_a_script_leaves_nothing_behind_unless_it_is_to_be_kept(coach: Coach, script: Path) -> None:
    plain = run("practice", ONE.id, "--seed", "3", "--script", str(script), "--json")
    assert not (coach.settings.home / "coach.db").exists()
    kept = told(run("practice", ONE.id, "--seed", "3", "--script", str(script), "--json", "--save"))
    again = told(plain)
    assert {key: kept[key] for key in again} == again
    assert set(kept) - set(again) == {"id", "mode", "attempt", "counts", "parent", "from_turn"}
    stored = coach.practices.load(kept["id"])
    assert stored.total == kept["total"]
    assert stored.objections
    assert stored.ended_at is not None


def test_what_was_put_aside_goes_on_where_it_was(coach: Coach) -> None:
    first = run("practice", ONE.id, "--seed", "3", typed=f"{GOOD[0]}\n:p\n")
    assert first.exit_code == 0
    (stored,) = coach.practices.newest()
    assert stored.ended_at is None
    assert stored.id[:8] in first.stderr
    second = run("practice", stored.id[:8], "--resume", typed=f"{GOOD[1]}\n:q\n")
    assert GOOD[0] in second.stdout
    session = coach.keeping.load(stored.id).session
    assert [one.text for one in session.log.exchanges] == GOOD[:2]
    assert session.ended == "rep_left"
    assert isinstance(run("practice", "--resume").exception, NotFound), "nothing is left halfway"


def test_a_crash_loses_nothing_that_was_said(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    import coach.commands.practice_page as page

    def pulled(*_: object) -> str:
        raise SystemError("the plug was pulled")

    answers = iter(GOOD[:2])
    monkeypatch.setattr(page, "_read", lambda console, session: next(answers, None) or pulled())
    assert isinstance(run("practice", ONE.id, "--seed", "3").exception, SystemError)
    now = coach.keeping.load(coach.practices.newest()[0].id)
    assert [one.text for one in now.session.log.exchanges] == GOOD[:2]
    assert now.clock.at is None, "the clock stands still while nobody is there"


def test_a_branch_is_kept_with_where_it_came_from_and_shown_beside_it(coach: Coach, script: Path) -> None:
    first = told(run("practice", ONE.id, "--seed", "3", "--script", str(script), "--json", "--save"))
    turn = [one["turn"] for one in first["transcript"] if one["role"] == "rep"][1]
    other = script.with_name("other.txt")
    other.write_text(LAZY["zh"][0] + "\n", encoding="utf-8")
    ways = ("--branch", first["id"][:8], "--from", str(turn), "--script", str(other))
    branch = told(run("practice", *ways, "--json"))
    assert (branch["parent"], branch["from_turn"]) == (first["id"], turn)
    old, new = (coach.keeping.load(id).session for id in (first["id"], branch["id"]))
    both = fork(old, new, turn)
    assert both.old.lines[0].text == GOOD[1]
    assert both.new.lines[0].text == LAZY["zh"][0]
    assert all(line.turn < turn for line in both.lead)
    assert both.old.total == first["total"]
    assert both.changes
    assert not both.changes[-1].better
    shown = run("practice", *ways)
    assert "两边对着看" in shown.stdout
    assert LAZY["zh"][0] in shown.stdout.partition("两边对着看")[2]
    assert isinstance(run("practice", "--branch", first["id"], "--from", "1").exception, BadInput)
    assert run("practice", "--branch", first["id"]).exit_code == 2


def test_the_first_exam_counts_and_opens_as_no_practice_does(coach: Coach, script: Path) -> None:
    first = told(run("practice", ONE.id, "--exam", "--script", str(script), "--save", "--json"))
    second = told(run("practice", ONE.id, "--exam", "--script", str(script), "--save", "--json"))
    assert (first["attempt"], first["counts"]) == (1, True)
    assert (second["attempt"], second["counts"]) == (2, False)
    assert first["transcript"][0]["text"] in [line.text for one in ONE.exam_variants for line in one.opening]
    listed = [json.loads(line) for line in run("practice", "--list", "--json").stdout.splitlines()]
    assert [one["counts"] for one in listed] == [False, True]
    turn = next(one["turn"] for one in first["transcript"] if one["role"] == "rep")
    redone = told(
        run("practice", "--branch", first["id"], "--from", str(turn), "--script", str(script), "--json")
    )
    assert (redone["attempt"], redone["counts"]) == (0, False), "redone from an exam is no attempt"


def test_an_exam_is_finished_before_the_next_begins(coach: Coach) -> None:
    sat = coach.keeping.begin(coach.start(ONE.id, exam=True))
    with pytest.raises(Refused) as refusal:
        coach.keeping.begin(coach.start(ONE.id, exam=True))
    assert sat[:8] in refusal.value.way_on("zh")
    assert attempt(coach.practices.load(sat), coach.practices.exams(ONE.id)) == 1
    assert unfinished(ONE, coach.practices.exams(ONE.id)) is not None
    changed = ONE.model_copy(update={"title": "改过的"})
    assert unfinished(changed, coach.practices.exams(ONE.id)) is None, (
        "what cannot be finished holds nobody up"
    )
    three = ONE.model_copy(update={"exam_variants": ONE.exam_variants * 3})
    once = coach.practices.exams(ONE.id)
    drawn = {exam_seed(three, once, lambda n=n: n) % 3 for n in range(50)}  # type: ignore[misc]
    assert drawn == {0, 1, 2} - {once[0].seed % 3}, "an opening that was sat before is not sat again"


def test_the_unanswered_objection_of_a_visit_is_practised_and_published(coach: Coach, script: Path) -> None:
    visit = stored_visit(coach)
    drilled = told(run("practice", "--from-visit", visit[:8], "--script", str(script), "--json"))
    assert "做不了主" in drilled["transcript"][0]["text"]
    id = drilled["scenario"]
    assert id.startswith("visit-decision-chain-")
    assert told(run("practice", "--today", "--script", str(script), "--json"))["scenario"] == id
    published = run("scenarios", "publish", id, "--seeds", "1")
    assert published.exit_code == 0, published.output
    rows = [json.loads(line) for line in run("scenarios", "list", "--json").stdout.splitlines()]
    assert next(row for row in rows if row["id"] == id)["certificate"] == "certified"


def test_a_scenario_that_a_lazy_bot_cannot_lose_is_not_published(coach: Coach) -> None:
    page = Path(__file__).parents[1] / "scenarios" / "one_page.yaml"
    added = run("scenarios", "add", str(page))
    assert added.exit_code == 0, added.output
    refused = run("scenarios", "publish", added.stdout.strip(), "--seeds", "1")
    assert isinstance(refused.exception, Refused)
    assert "高手" in refused.stdout
    assert run("scenarios", "export", "one_page").stdout.startswith("title")


def test_a_colleague_plays_the_customer_and_the_rubric_is_the_same(coach: Coach, tmp_path: Path) -> None:
    typed = f"太贵了，别家便宜。\n{GOOD[0]}\n:p\n"
    assert run("practice", ONE.id, "--colleague", typed=typed).exit_code == 0
    (stored,) = coach.practices.newest()
    assert stored.mode == "colleague"
    with pytest.raises(BadInput):
        coach.keeping.load(stored.id)
    ended = told(
        run("practice", stored.id[:8], "--colleague", "--resume", "--json", typed="行，那就周四。\n:q\n")
    )
    assert [line["role"] for line in ended["transcript"]] == ["customer", "rep", "customer"]
    assert ended["end_reason"] == "rep_left"
    talk = tmp_path / "talk.txt"
    talk.write_text(
        "".join(f"{one['speaker']}: {one['text']}\n" for one in ended["transcript"]), encoding="utf-8"
    )
    scored = told(run("practice", ONE.id, "--colleague", "--script", str(talk), "--json"))
    assert scored["checks"] == ended["checks"]
    assert scored["id"] is None


def test_history_and_list_are_for_people_too(coach: Coach, script: Path) -> None:
    assert run("practice", "--list").exit_code == 0
    run("practice", ONE.id, "--seed", "3", "--script", str(script), "--save")
    listed = run("practice", "--list")
    assert ONE.title in listed.stdout
    assert "今天的六场" in listed.stdout
    assert run("practice", "--history").exit_code == 0
    rows = [json.loads(line) for line in run("practice", "--history", "--json").stdout.splitlines()]
    assert {row["type"] for row in rows if row["attempts"]} <= set(ONE.objection_types)
    assert any(row["attempts"] for row in rows)


def test_two_ways_to_begin_are_a_wrong_call(coach: Coach) -> None:
    assert run("practice", "--resume", "--today").exit_code == 2
