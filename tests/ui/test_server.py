"""The server's own doors: redirects, files, headers, ranges, and who is turned away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.conversation import parse_transcript
from tests.ui.serving import Served, served


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("served")) as site:
        yield site


def test_the_root_leads_to_the_configured_language(site: Served) -> None:
    answer = site.ask("/")
    assert answer.status == 307
    assert answer.headers["location"] == "/zh/"


def test_health(site: Served) -> None:
    found = json.loads(site.ask("/healthz").text)
    assert found == {"status": "ok", "database": "ok", "disk": "ok", "worker": "ok"}


def test_every_page_exists_in_both_languages(site: Served) -> None:
    for language in ("zh", "en"):
        for page in ("", "practice", "session", "report", "visits", "visit", "deals", "case"):
            assert site.ask(f"/{language}/{page}").status == 200, (language, page)


def test_headers_hold_the_browser_here(site: Served) -> None:
    for path in ("/zh/", "/static/css/peipao.css", "/healthz"):
        policy = site.ask(path).headers["content-security-policy"]
        assert "connect-src 'self'" in policy
        assert "http:" not in policy
        assert "https:" not in policy


def test_our_own_files_are_served(site: Served) -> None:
    from ui.server import SHEETS

    for sheet in SHEETS:
        assert site.ask(f"/static/css/{sheet}.css").status == 200
    font = site.ask("/static/fonts/inter-latin.woff2")
    assert font.body[:4] == b"wOF2"
    assert site.ask("/favicon.ico").headers["content-type"].startswith("image/svg")
    assert "SIL OPEN FONT LICENSE" in site.ask("/static/fonts/LICENSE-inter.txt").text


def test_files_with_their_hash_may_be_kept(site: Served) -> None:
    assert "immutable" in site.ask("/static/peipao.js?v=1").headers["cache-control"]
    assert "immutable" not in site.ask("/static/peipao.js").headers.get("cache-control", "")


def test_another_site_may_not_write(site: Served) -> None:
    for path in ("/zh/gradio_api/upload", "/zh/gradio_api/queue/join"):
        answer = site.ask(path, method="POST", headers={"origin": "http://elsewhere.example"})
        assert answer.status == 403


def test_another_name_for_this_machine_is_refused(site: Served) -> None:
    assert site.ask("/healthz", headers={"host": "elsewhere.example"}).status == 400


def test_recordings_come_in_ranges(site: Served) -> None:
    from coach.app import open_coach
    from coach.settings import Settings
    from coach.store.recordings import keep
    from coach.store.visits import NewVisit

    sample = Path(__file__).parents[2] / "knowledge" / "samples" / "visits" / "zh-cold-chain.ogg"
    coach = open_coach(Settings(home=site.home))
    kept = keep(sample, coach.settings.recordings)
    digest = hashlib.sha256(sample.read_bytes()).hexdigest()
    visit = NewVisit("a.ogg", digest, "zh", "[00:00] 客户: 好\n", seconds=9.0)
    record = coach.record(parse_transcript(visit.transcript))
    id = coach.visits.save(visit, engine=record.engine, machine=record.model_dump(mode="json"))
    part = site.ask(f"/recordings/{id}", headers={"range": "bytes=4-11"})
    assert part.status == 206
    assert part.body == kept.read_bytes()[4:12]
    assert part.headers["content-type"] == "audio/ogg"


@pytest.mark.parametrize("id", ["nobody", "..%2fcoach.db", "0" * 32])
def test_strange_recordings_are_not_found(site: Served, id: str) -> None:
    assert site.ask(f"/recordings/{id}").status == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])
def test_others_are_not_served_without_accounts(host: str, tmp_path: Path) -> None:
    from coach.app import open_coach
    from coach.errors import Refused
    from coach.settings import Settings
    from ui.running import run

    with pytest.raises(Refused):
        run(open_coach(Settings(home=tmp_path)), host, 0)


def test_a_taken_port_is_said_so(site: Served, tmp_path: Path) -> None:
    from coach.app import open_coach
    from coach.errors import Unavailable
    from coach.settings import Settings
    from ui.running import run

    with pytest.raises(Unavailable):
        run(open_coach(Settings(home=tmp_path)), "127.0.0.1", int(site.address.rpartition(":")[2]))
