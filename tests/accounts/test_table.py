"""Every route, page action and file address, for every role and for nobody: the table below is what was decided.

A route or an action that is not in it fails here: whoever adds one says who may use it, here and in ui/access.py.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from coach.accounts.roles import ROLES
from tests.accounts.house import House
from ui.access import OPEN, PAGES
from ui.words import WORDS

UI = Path(__file__).parents[2] / "ui"
ALL = {"rep", "trainer", "manager", "admin"}
LEARN = {"rep", "trainer", "manager"}
WRITE = {"rep", "trainer"}
NETWORK = {*ALL, ""}
"""Also whoever is not signed in."""

OWN_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "/"): NETWORK,
    ("GET", "/healthz"): NETWORK,
    ("GET", "/favicon.ico"): NETWORK,
    ("GET", "/static"): NETWORK,
    ("GET", "/{language}/sign-in"): NETWORK,
    ("POST", "/{language}/sign-in"): NETWORK,
    ("GET", "/{language}/welcome/{key}"): NETWORK,
    ("POST", "/{language}/welcome/{key}"): NETWORK,
    ("POST", "/{language}/sign-out"): ALL,
    ("GET", "/{language}/me"): ALL,
    ("POST", "/{language}/me"): ALL,
    ("GET", "/{language}/team"): {"manager"},
    ("GET", "/recordings/{visit}"): {"rep"},
    ("GET", "/downloads/visits/{id}.{form}"): {"rep"},
    ("GET", "/downloads/reports/{id}.{form}"): LEARN,
    ("GET", "/downloads/imports/{id}.csv"): {"trainer"},
    ("GET", "/downloads/packs/newcomer.{form}"): LEARN,
    ("GET", "/api/openapi.json"): NETWORK,
    ("GET", "/api/docs"): NETWORK,
    ("GET", "/downloads/votes/votes.{form}"): {"trainer"},
    ("GET", "/api/me"): ALL,
    ("POST", "/api/record"): {"rep"},
    ("GET", "/api/jobs"): {"rep"},
    ("GET", "/api/jobs/{job}"): {"rep"},
    ("GET", "/api/visits"): {"rep"},
    ("POST", "/api/visits"): {"rep"},
    ("GET", "/api/visits/{visit}"): {"rep"},
    ("POST", "/api/match"): LEARN,
    ("GET", "/api/cases"): LEARN,
    ("GET", "/api/cases/{case}"): LEARN,
    ("POST", "/api/cases"): WRITE,
    ("GET", "/api/scenarios"): LEARN,
    ("GET", "/api/practices"): LEARN,
    ("POST", "/api/practices"): LEARN,
    ("GET", "/api/practices/{practice}"): LEARN,
    ("POST", "/api/practices/{practice}/turns"): LEARN,
    ("POST", "/api/practices/{practice}/hints"): LEARN,
    ("POST", "/api/practices/{practice}/end"): LEARN,
    ("POST", "/api/score"): LEARN,
    ("GET", "/api/team"): {"manager"},
    ("POST", "/{language}/gradio_api/upload"): LEARN,
}
PAGE_ROUTES: dict[str, set[str]] = {
    "": ALL,
    "help": ALL,
    "practice": LEARN,
    "session": LEARN,
    "report": LEARN,
    "compare": LEARN,
    "colleague": LEARN,
    "visits": {"rep"},
    "visit": {"rep"},
    "form": {"rep"},
    "deals": LEARN,
    "sheet": LEARN,
    "case": LEARN,
    "handbook": LEARN,
    "trainer": WRITE,
    "coverage": LEARN,
    "calibration": {"trainer"},
    "scenarios": {"trainer"},
    "scenario": {"trainer"},
    "imports": {"trainer"},
    "glossary": {"trainer"},
    "shelf": {"trainer"},
}
GRADIO_ROUTES: dict[tuple[str, str], set[str]] = {
    ("GET", "/assets/{path:path}"): NETWORK,
    ("GET", "/static/{path:path}"): NETWORK,
    ("GET", "/svelte/{path:path}"): NETWORK,
    ("GET", "/theme.css"): NETWORK,
    ("GET", "/gradio_api/theme.css"): NETWORK,
    ("GET", "/manifest.json"): NETWORK,
    ("GET", "/config"): ALL,
    ("GET", "/gradio_api/startup-events"): ALL,
    ("GET", "/gradio_api/heartbeat/{session_hash}"): ALL,
    ("GET", "/gradio_api/queue/data"): ALL,
    ("POST", "/gradio_api/queue/join"): ALL,
    ("POST", "/gradio_api/run/{api_name}"): ALL,
    ("POST", "/gradio_api/upload"): LEARN,
    ("POST", "/gradio_api/cancel"): ALL,
    ("POST", "/gradio_api/reset"): ALL,
}
"""What Gradio brings and our pages need. Everything else that it brings is closed to everybody."""
OTHER_ACTIONS: dict[tuple[str, str], set[str]] = {
    ("", "drill"): {"rep"},
    ("practice", "drill"): {"rep"},
    **{("trainer", act): {"trainer"} for act in ("approve", "send_back", "publish", "retire")},
    ("coverage", "looked"): {"trainer"},
}
"""Actions that fewer may do than may open the page; all others are for whoever opens it."""


def _example(path: str, who: str) -> str:
    """An address that fits the template, for this person's browser."""
    if path == "/static":
        return "/static/css/peipao.css"
    path = path.replace("{language}", "zh").replace("{session_hash}", f"hash{who or 'nobody'}")
    path = path.replace("{api_name}", "predict")
    path = re.sub(r"\{form\}", "md", path)
    path = re.sub(r"\{[^}]+\}", "0" * 32, path)
    return path + (f"?session_hash=hash{who or 'nobody'}" if path.endswith("queue/data") else "")


def _let_in(house: House, who: str, method: str, path: str) -> bool:
    body = json.dumps({"session_hash": f"hash{who or 'nobody'}", "event_id": "x", "fn_index": -1, "data": []})
    answer = house.ask(
        _example(path, who), who, method=method, body=body.encode() if method == "POST" else b""
    )
    away = answer.headers.get("location", "").startswith(("/zh/sign-in?", "/en/sign-in?"))
    codes = ("sign_in_first", "not_for_your_role", "not_your_session", "not_here")
    return not (away or any(words in answer.text for words in (*codes, *WORDS["not_for_you"])))


def test_every_route_of_ours_is_in_the_table(house: House) -> None:
    assert set(house.routes) == set(OWN_ROUTES)


@pytest.mark.parametrize("who", ["", *ROLES])
def test_our_routes_open_to_whom_they_should(house: House, who: str) -> None:
    wrong = [
        (method, path)
        for (method, path), roles in OWN_ROUTES.items()
        if path != "/{language}/sign-out" and _let_in(house, who, method, path) != (who in roles)
    ]
    assert wrong == []


@pytest.mark.parametrize("who", ["", *ROLES])
def test_pages_open_to_whom_they_should(house: House, who: str) -> None:
    assert set(PAGES) == set(PAGE_ROUTES)
    wrong = [
        (page, language)
        for page, roles in PAGE_ROUTES.items()
        for language in ("zh", "en")
        if _let_in(house, who, "GET", f"/{language}/{page}") != (who in roles)
    ]
    assert wrong == []


@pytest.mark.parametrize("who", ["", *ROLES])
def test_of_what_gradio_brings_only_what_pages_need_is_there(house: House, who: str) -> None:
    assert len(house.brought) > 60
    pages = {f"/{page}" for page in PAGE_ROUTES}
    wrong = []
    for method, path in house.brought:
        if path in pages:
            continue
        expected = who in GRADIO_ROUTES.get((method, path), set())
        if _let_in(house, who, method, "/zh" + path) != expected:
            wrong.append((method, path))
    assert wrong == []


def _expected(page: str, action: str) -> set[str]:
    return OTHER_ACTIONS.get((page, action), PAGE_ROUTES[page])


def _compared(page: str) -> set[str]:
    """The actions that a page's file looks for in a press, and what it names its component's events by."""
    tree = ast.parse((UI / "pages" / f"{page or 'home'}.py").read_text("utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and ast.unparse(node.left) == "press.act":
            found |= {
                part.value
                for right in node.comparators
                for part in ast.walk(right)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return found


def _drawn() -> set[str]:
    """What the buttons of all pages ask for; some a page answers without looking, by drawing itself again."""
    code = "".join(file.read_text("utf-8") for file in sorted((UI / "parts").glob("*.py")))
    return set(re.findall(r'data-act="([a-z_-]+)"', code)) | set(
        re.findall(r'act_button\(\s*say\([^)]*\),\s*"([a-z_-]+)"', code)
    )


def test_every_action_is_in_the_table(house: House) -> None:
    """Also the other way round: nothing stands in the table that no page does."""
    events: dict[str, set[str]] = {page: {OPEN} for page in PAGES}
    assert {page for page, *_ in house.handlers} == set(PAGES)
    for page, _, action, _ in house.handlers:
        events[page] |= {action} - {"press"}
    done = {page: events[page] | _compared(page) for page in PAGES}
    assert {
        page: sorted(done[page] - set(PAGES[page])) for page in PAGES if done[page] - set(PAGES[page])
    } == {}
    drawn = _drawn()
    left = {page: sorted(set(PAGES[page]) - done[page] - drawn) for page in PAGES}
    assert {page: actions for page, actions in left.items() if actions} == {}
    assert drawn <= {action for actions in PAGES.values() for action in actions}
    for page, actions in PAGES.items():
        for action, roles in actions.items():
            assert set(roles) == _expected(page, action), (page, action)


@pytest.mark.parametrize("who", ROLES)
def test_actions_answer_to_whom_they_should(house: House, who: str) -> None:
    """Asked past the pages, as somebody would who writes the request by hand."""
    wrong = []
    for page, number, kind, inputs in house.handlers:
        actions = sorted(_compared(page)) if kind == "press" else [kind]
        for action in actions:
            event = {"act": action, "id": "0" * 32} if kind == "press" else None
            answer = house.event(who, fn_index=number, data=inputs, event_data=event)
            assert answer.status == 200, (page, action, answer.text)
            if (WORDS["not_for_you"][0] not in answer.text) != (who in _expected(page, action)):
                wrong.append((page, action))
    assert wrong == []


def test_an_action_that_no_table_names_is_refused(house: House) -> None:
    page, number, *_ = next(one for one in house.handlers if one[2] == "press")
    answer = house.event("rep", fn_index=number, data=[], event_data={"act": "invented", "id": "x"})
    assert WORDS["not_for_you"][0] in answer.text, page


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "CONNECT"])
def test_no_other_method_reaches_anything(house: House, method: str) -> None:
    for path in ("/zh/visits", "/recordings/x", "/api/visits", "/zh/gradio_api/run/predict", "/zh/me"):
        assert house.ask(path, "rep", method=method).status in (400, 404, 405), (method, path)


@pytest.mark.parametrize(
    "path",
    [
        "/zh/../etc/passwd",
        "/zh/%2e%2e/visits",
        "//zh/visits",
        "/zh//visits",
        "/zh/gradio_api/file=/etc/passwd",
        "/zh/gradio_api/%66ile=/etc/passwd",
        "/fr/visits",
        "/zh/visits/",
        "/api",
        "/docs",
        "/openapi.json",
        "/zh/gradio_api/file/etc/passwd",
        "/zh/gradio_api/proxy=http://127.0.0.1/",
    ],
)
def test_strange_addresses_lead_nowhere(house: House, path: str) -> None:
    for who in ("", "rep", "admin"):
        assert house.ask(path, who).status in (303, 404), (who, path)
        assert house.ask(path, who).text.count("root:") == 0
