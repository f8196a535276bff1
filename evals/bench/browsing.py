"""A browser without a screen: signs in, opens pages and acts on them as our pages' own script does, over plain HTTP.

Where a page's events lie is read from the server's own description of its pages, as Gradio's script reads it.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import httpx

LANGUAGE: Final = "zh"
_TROUBLE: Final = "pp-trouble"
"""What stands in a page that could not answer."""
Note = Callable[[str, float], None]
"""Hears what was done and how many seconds it took."""


class WentWrong(Exception):
    """A page answered with an error, or not at all."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where events lie: the number of a page's opening, and of each element's click, by (page, element)."""

    opening: Mapping[str, int]
    clicks: Mapping[tuple[str, str], int]
    empty: Mapping[int, tuple[Any, ...]]
    """What an untouched form sends with an event."""


def read_pages(config: Mapping[str, Any]) -> Pages:
    """From Gradio's own description of the pages of one language."""
    named = {one["id"]: (one.get("props") or {}) for one in config["components"]}
    where = {number: page for page, held in config["page"].items() for number in held["dependencies"]}
    opening: dict[str, int] = {}
    clicks: dict[tuple[str, str], int] = {}
    empty: dict[int, tuple[Any, ...]] = {}
    for one in config["dependencies"]:
        if not one.get("backend_fn"):
            continue
        number, page = one["id"], where[one["id"]]
        empty[number] = tuple(named[part].get("value") for part in one["inputs"])
        for target, event in one["targets"]:
            if event == "load":
                opening[page] = number
            elif event == "click":
                clicks[page, str(named[target].get("elem_id"))] = number
    return Pages(opening, clicks, empty)


class Browser:
    """One person's browser."""

    def __init__(self, address: str, note: Note) -> None:
        import httpx

        self._http = httpx.Client(
            base_url=address,
            timeout=120.0,
            headers={"origin": address},
            limits=httpx.Limits(keepalive_expiry=3.0),  # the server hangs up after five idle seconds
        )
        self._note = note
        self._pages: Pages | None = None
        self._page, self._query, self._hash = "", "", ""

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def sign_in(self, login: str, password: str) -> None:
        """Raises WentWrong when that is refused."""
        with self._taking("sign in"):
            sent = {"login": login, "password": password}
            self._right(self._http.post(f"/{LANGUAGE}/sign-in", data=sent), 303)
        self.arrive()

    def arrive(self) -> None:
        """Read what the pages are; where there are no accounts nobody signs in first."""
        with_pages = self._right(self._http.get(f"/{LANGUAGE}/config"))
        self._pages = read_pages(with_pages.json())

    def sign_out(self) -> None:
        """Out again."""
        with self._taking("sign out"):
            self._right(self._http.post(f"/{LANGUAGE}/sign-out"), 303)

    def open(self, page: str, **query: str) -> str:
        """Open a page and let it draw itself; what stands on it."""
        pages = self._known()
        with self._taking(f"open {page or 'home'}"):
            self._page, self._hash = page, secrets.token_hex(6)
            self._query = "&".join(f"{name}={value}" for name, value in query.items())
            self._right(self._http.get(f"/{LANGUAGE}/{page}?{self._query}"))
            return self._ask(pages.opening[page], [])

    def press(self, element: str, **event: str) -> str:
        """Press something inside an element of ours; what the page says to it."""
        with self._taking(f"press {event.get('act', element)}"):
            return self._ask(self._known().clicks[self._page, element], [], event)

    def send(self, element: str, *values: Any) -> str:
        """Press a button that sends a form, and wait for the last step of the answer."""
        with self._taking(f"send {self._page}"):
            number = self._known().clicks[self._page, element]
            rest = self._known().empty[number][len(values) :]
            return self._in_steps(number, [*values, *rest])

    def _known(self) -> Pages:
        if self._pages is None:
            raise WentWrong("nobody is signed in")
        return self._pages

    def _ask(self, number: int, data: list[Any], event: Mapping[str, str] | None = None) -> str:
        body = {"data": data, "fn_index": number, "session_hash": self._hash, "event_data": event}
        answer = self._http.post(f"/{LANGUAGE}/gradio_api/run/predict?{self._query}", json=body)
        return self._drawn(self._right(answer).json().get("data"))

    def _in_steps(self, number: int, data: list[Any]) -> str:
        body = {"data": data, "fn_index": number, "session_hash": self._hash, "event_data": None}
        at = f"/{LANGUAGE}/gradio_api/queue"
        self._right(self._http.post(f"{at}/join?{self._query}", json=body))
        drawn: list[Any] = []
        with self._http.stream("GET", f"{at}/data?session_hash={self._hash}") as stream:
            self._right(stream)
            for line in stream.iter_lines():
                told = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if told.get("msg") == "process_completed":
                    if not told.get("success"):
                        raise WentWrong(f"{self._page}: {line[:200]}")
                    drawn = told["output"].get("data", [])
                elif told.get("msg") == "close_stream":
                    break
        return self._drawn(drawn)

    def _drawn(self, data: Any) -> str:
        text = json.dumps(data, ensure_ascii=False)
        if _TROUBLE in text:
            raise WentWrong(f"{self._page}: {' '.join(_said(text))[:200]}")
        return text

    def _right(self, answer: httpx.Response, status: int = 200) -> httpx.Response:
        if answer.status_code != status:
            raise WentWrong(f"{answer.request.url.path}: {answer.status_code}")
        return answer

    @contextmanager
    def _taking(self, what: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self._note(what, time.perf_counter() - began)


def linked(text: str, page: str) -> list[str]:
    """The ids in links to a page, in the order in which they stand there."""
    return list(dict.fromkeys(re.findall(rf"/{LANGUAGE}/{page}\?id=([0-9a-f]+)", text)))


def _said(text: str) -> list[str]:
    return re.findall(r"<p>([^<]*)</p>", text[text.index(_TROUBLE) :])
