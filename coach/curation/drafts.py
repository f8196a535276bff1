"""A case to begin with: from a file, from a few words, or from a visit's five-action record; masked in every field."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from coach.conversation import language_of
from coach.curation.told import retold, texts_of
from coach.errors import BadContent, BadInput
from coach.located import Fault, FaultyContent, Located
from coach.privacy.masking import Masker, looked_through, names_in
from coach.privacy.spans import KINDS, PrivateKind, kind_name
from coach.vocabulary import Language, Outcome
from knowledge.check import Shelf, check_case
from knowledge.schema import Case, Phrase

_MUST_GO: Final[frozenset[PrivateKind]] = frozenset({"phone", "email", "id", "card", "plate", "account"})
"""What no case may hold, even one whose author has masked it himself."""
_TRIMMED: Final = ' \u3000“”"·-'
_TOLD: Final = 12
"""So many characters at least must be told besides the title."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A case ready to be handed in; `masked` counts the different things that were taken out, by kind."""

    case: Case
    masked: Mapping[PrivateKind, int]

    def as_json(self) -> dict[str, Any]:
        """What the store keeps of the case."""
        return self.case.model_dump(mode="json", exclude_defaults=True) | {"language": self.case.language}


@dataclass(frozen=True, slots=True)
class ShortWords:
    """The form of four questions: title, outcome, what happened, words that worked (one a line)."""

    title: str
    outcome: Outcome
    happened: str
    words: str = ""
    industry: str = ""


def from_file(
    file: Path,
    *,
    as_is: bool = False,
    amounts: bool = False,
    shelf: Shelf | None = None,
    customers: Iterable[str] = (),
) -> Draft:
    """A case from a YAML file. Raises BadContent with every fault and its line, BadInput for what is no text."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise BadInput(
            (f"{file.name} 读不出来：{error}", f"{file.name} cannot be read: {error}"),
            ("换成 UTF-8 的 YAML 或文本。", "Use YAML or text in UTF-8."),
        ) from error
    return from_yaml(text, file, as_is=as_is, amounts=amounts, shelf=shelf, customers=customers)


def from_yaml(
    text: str,
    file: Path = Path("case.yaml"),
    *,
    as_is: bool = False,
    amounts: bool = False,
    shelf: Shelf | None = None,
    customers: Iterable[str] = (),
) -> Draft:
    """A case from the words of a YAML file; every fault at once, with its line. `shelf` is what links may point at."""
    document = Located(file, text)
    if not isinstance(document.data, dict):
        raise FaultyContent(
            [
                document.fault(
                    (),
                    "应当是一组键值，至少有 title、outcome 和 one_line",
                    "it must be a mapping with at least title, outcome and one_line",
                )
            ]
        )
    case = document.parse(Case, _written(document.data))
    faults = [
        *document.doubled,
        *_told_too_little(case, document),
        *(check_case(case, document, shelf) if shelf else ()),
    ]
    if faults:
        raise FaultyContent(faults)
    return finished(case, as_is=as_is, amounts=amounts, customers=customers)


def from_words(
    words: ShortWords, language: Language, *, amounts: bool = False, customers: Iterable[str] = ()
) -> Draft:
    """A case from the short form. Raises BadInput that names the question left open."""
    title, happened = words.title.strip(), words.happened.strip()
    if not title or len(happened) < _TOLD:
        raise _too_short()
    spoken = language_of([title, happened]) if title else language
    first = _first_sentence(happened)
    lines = [line.strip(_TRIMMED) for line in words.words.splitlines()]
    data = {
        "title": title,
        "language": spoken,
        "outcome": words.outcome,
        "one_line": first,
        "background": "" if first == happened else happened,
        "industry": words.industry,
        "reusable_phrases": [{"say": line} for line in lines if line][:8],
    }
    return finished(Case.model_validate(_written(data)), amounts=amounts, customers=customers)


def told_over(case: Case, words: ShortWords) -> Case:
    """The case with what the form says put in place of its own; what the form does not ask for stays."""
    if not words.title.strip() or len(words.happened.strip()) < _TOLD:
        raise _too_short()
    phrases = {phrase.say: phrase for phrase in case.reusable_phrases}
    said = [line.strip(_TRIMMED) for line in words.words.splitlines()]
    story = words.happened.strip()
    first = case.one_line if story == (case.background or case.one_line).strip() else _first_sentence(story)
    return case.model_copy(
        update={
            "title": words.title.strip(),
            "outcome": words.outcome,
            "background": "" if first == story else story,
            "one_line": first,
            "reusable_phrases": tuple(phrases.get(line) or Phrase(say=line) for line in said if line),
        }
    )


def finished(
    case: Case,
    *,
    masker: Masker | None = None,
    known: Iterable[str] = (),
    as_is: bool = False,
    amounts: bool = False,
    customers: Iterable[str] = (),
) -> Draft:
    """The draft of a case, masked throughout. `as_is` trusts the author, save for what no case may hold.

    `known` people and `customers` by name are private wherever they stand.
    """
    body = case.model_dump(mode="json", exclude_defaults=True)
    if as_is:
        left = sorted(
            {one.kind for text in looked_through(list(texts_of(body))) for one in text.private} & _MUST_GO
        )
        if left:
            zh = "、".join(kind_name(kind, "zh") for kind in left)
            en = ", ".join(kind_name(kind, "en") for kind in left)
            raise BadContent(
                (f"战例里还有没遮住的：{zh}。", f"The case still holds: {en}."),
                ("去掉 --as-is，或自己改掉再交。", "Leave out --as-is, or take them out and submit again."),
            )
        return Draft(case, {})
    names = [*known, *names_in(texts_of(body))]
    masker = masker or Masker(known=names, companies=customers, amounts=amounts, language=case.language)
    gone: set[tuple[PrivateKind, str]] = set()
    chosen = masker

    def hide(text: str) -> str:
        told = chosen.mask(text)
        gone.update((one.kind, text[one.start : one.end]) for one in told.taken)
        return told.text

    hidden = retold(body, hide)
    counts = Counter(kind for kind, _ in gone)
    kinds = tuple(kind_name(kind, case.language) for kind in KINDS if kind in counts)
    hidden["masked"] = list(dict.fromkeys([*case.masked, *kinds]))
    return Draft(Case.model_validate({**hidden, "id": case.id, "language": case.language}), counts)


def own_id(title: str, language: Language, salt: str) -> str:
    """An id for a case that has none: its language, and eight digits that say nothing."""
    digits = hashlib.sha256(f"{title} {salt}".encode()).hexdigest()[:8]
    return f"{language}-own-{digits}"


def _written(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a person wrote, with an id where there is none; who owns and reviewed it is not theirs to say."""
    from coach.store.tables import new_id

    kept = {
        key: value
        for key, value in data.items()
        if key not in ("owner", "reviewed_by", "reviewed_on", "status", "sample")
    }
    title = str(kept.get("title") or "")
    language = kept.get("language") or language_of([title, str(kept.get("one_line") or "")])
    if not kept.get("id"):
        kept["id"] = own_id(title, "en" if language == "en" else "zh", new_id())
    return kept


def _told_too_little(case: Case, document: Located) -> Iterable[Fault]:
    told = case.one_line + case.background + case.core_conflict
    if len(told.strip()) < _TOLD:
        yield document.fault(
            ("one_line",),
            "没写经过：one_line、background、core_conflict 至少写一处，一两句就行",
            "the story is missing: write a sentence or two into one_line, background or core_conflict",
        )


def _too_short() -> BadInput:
    zh = "标题和经过都要写；经过至少一两句：客户说了什么，你做了什么，结果怎样。"
    en = "Title and story are both needed: what the customer said, what you did, how it ended."
    return BadInput((zh, en), ("补上再交。", "Add them, then submit."))


def _first_sentence(text: str) -> str:
    line = text.splitlines()[0]
    for mark in "。！？":
        if 0 < (at := line.find(mark)) < 120:
            return line[: at + 1]
    at = line.find(". ")
    return line[: at + 1] if 0 < at < 160 else line[:160]
