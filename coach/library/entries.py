"""What of a case or a handbook section is searched: weighted words for BM25, short passages for vectors.

A case is found by its trouble, not by its outcome: the words a rep would use for it weigh most. Each way
of telling it (`asked_as`, one line, the pains) is a passage of its own, and a case is as near as its
nearest passage.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from coach.library.tokens import tokens
from coach.vocabulary import Language
from knowledge.handbook import Handbook, Section
from knowledge.schema import Case

Kind = Literal["cases", "sections"]
Collection = Literal["cases-zh", "cases-en", "sections-zh", "sections-en"]
COLLECTIONS: Final[tuple[Collection, ...]] = ("cases-zh", "cases-en", "sections-zh", "sections-en")
"""Language and kind part the index; nothing else is filtered inside a query."""

FORM: Final = "entries/2"
"""Changes when the same content would be indexed otherwise; an older build is then made anew."""

_PASSAGE: Final = 400  # characters: about what a mean of word vectors can still tell apart


@dataclass(frozen=True)
class Entry:
    """One thing that can be found. `fields` are (weight, words); `passages` are embedded one by one."""

    id: str
    collection: Collection
    fields: tuple[tuple[int, str], ...]
    passages: tuple[str, ...]
    body: str

    @cached_property
    def sha(self) -> str:
        """SHA-256 of everything that is stored or searched, 16 hex digits."""
        whole = json.dumps([self.fields, self.passages, self.body], ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()[:16]

    def tokens(self) -> list[str]:
        """The tokens of all fields, each as often as its field weighs."""
        return [token for weight, text in self.fields for token in tokens(text) * weight]


def collection_of(kind: Kind, language: Language) -> Collection:
    """The part of the index for this kind and language."""
    if kind == "cases":
        return "cases-zh" if language == "zh" else "cases-en"
    return "sections-zh" if language == "zh" else "sections-en"


def case_entry(case: Case) -> Entry:
    """The entry of a case."""
    told = [case.one_line, *case.pain_points, *case.asked_as]
    spoken = [case.core_conflict, *(item.quote for item in case.evidence), case.turning_point.quote]
    fields = (
        (3, _joined(case.pain_keywords)),
        (2, _joined([case.title, *told])),
        (1, _joined([case.segment, case.product_category, case.customer.type, case.customer.profile])),
        (1, _joined([case.background, *spoken, case.principle, *case.transfers_when])),
        (1, _joined(phrase.when for phrase in case.reusable_phrases)),
    )
    passages = [f"{case.title}。{case.one_line}", " ".join(case.pain_keywords), *case.pain_points]
    passages += [case.core_conflict, case.principle, *case.asked_as]
    return Entry(
        case.id,
        collection_of("cases", case.language),
        fields,
        tuple(dict.fromkeys(p[:_PASSAGE] for p in passages if p.strip(" 。"))),
        case.model_dump_json(exclude_defaults=True),
    )


def section_entry(section: Section, book: Handbook) -> Entry:
    """The entry of a handbook section or of one part of it."""
    heading = _joined([section.title, section.heading])
    return Entry(
        section.id,
        collection_of("sections", section.language),
        ((3, heading), (1, book.title), (1, section.text)),
        (heading, *_pieces(section.text)),
        section.model_dump_json(exclude_defaults=True),
    )


def entries(cases: Iterable[Case], handbooks: Iterable[Handbook]) -> Iterator[Entry]:
    """The entries of everything published, cases first."""
    yield from (case_entry(case) for case in cases if case.status == "published")
    for book in handbooks:
        if book.status == "published":
            yield from (section_entry(section, book) for section in book.sections)


def passage_id(entry_id: str, number: int) -> str:
    """The id of one passage in the vector store."""
    return f"{entry_id}::{number}"


def entry_of(passage: str) -> str:
    """The entry that a passage id belongs to."""
    return passage.rpartition("::")[0]


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _pieces(text: str) -> Sequence[str]:
    """A long section in pieces that end where sentences end."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=["\n\n", "\n", "。", "！", "？", ". ", "；", "; ", " ", ""],
        chunk_size=_PASSAGE,
        chunk_overlap=0,
        keep_separator="end",
    )
    return [piece for piece in splitter.split_text(text) if piece.strip()]
