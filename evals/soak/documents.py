"""Spoiled and hostile documents and transcripts through the product's own doors.

Every one is taken or refused in a sentence; this process lives, stays under its memory cap, and so does every child.
Nothing is written outside, and no page gains an element from what somebody said.
"""

from __future__ import annotations

import io
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from coach.documents.apart_child import MEMORY
from coach.errors import CoachError
from evals.soak import Report
from evals.soak.hostile import HEADS, ROW, TALK, hostile
from evals.soak.mutants import MUTATIONS

CAP: Final = 1200 << 20
"""Bytes that this process may come to hold, everything that it has loaded included."""
SLOWEST: Final = 120.0
"""Seconds for one file, on a machine that has other work to do."""


def run(rounds: int, seed: int) -> Report:
    """Every hostile file once, then `rounds` mutants of honest ones."""
    began = time.monotonic()
    faults: list[str] = []
    ends: Counter[str] = Counter()
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        folder.mkdir()
        for what, file_name, content in (*_given(), *_spoiled(rounds, seed)):
            file = folder / file_name
            file.write_bytes(content)
            at = time.monotonic()
            end = _end(file)
            slowest = max(slowest, (time.monotonic() - at, what))
            file.unlink()
            ends[end.split(":")[0]] += 1
            if end.startswith("fault"):
                faults.append(f"{what}: {end}")
        strays = [one.name for one in Path(name).iterdir() if one.name != "in"] + os.listdir(folder)
        strays += [one for one in ("outside", "outside.xml") if Path(one).exists()]
    faults += [f"left behind: {one}" for one in strays]
    ours, child = peaks()
    if ours > CAP:
        faults.append(f"this process came to {ours >> 20} MB")
    if child > MEMORY:
        faults.append(f"a child came to {child >> 20} MB")
    if slowest[0] > SLOWEST:
        faults.append(f"{slowest[1]} took {slowest[0]:.0f} s")
    figures: dict[str, str | int | float] = {
        "hostile files": sum(1 for _ in hostile()),
        "mutants": rounds,
        **dict(sorted(ends.items())),
        "this process MB": ours >> 20,
        "cap MB": CAP >> 20,
        "largest child MB": child >> 20,
        "child cap MB": MEMORY >> 20,
        "slowest": f"{slowest[0]:.1f} s ({slowest[1]})",
    }
    return Report("documents", rounds, seed, time.monotonic() - began, tuple(faults), figures)


def _given() -> Iterator[tuple[str, str, bytes]]:
    for name, content in hostile():
        yield name, name, content


def _spoiled(rounds: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Mutants of every kind of document; of a packed one also of a part of it, packed again."""
    whole = list(honest())
    for number in range(rounds):
        rng = random.Random(f"{seed}/{number}")
        name, origin = rng.choice(whole)
        chosen = rng.choices(list(MUTATIONS), k=rng.choice((1, 1, 2, 3)))
        inside = origin.startswith(b"PK") and rng.random() < 0.6
        content = _inside(rng, origin, chosen) if inside else _spoil(rng, origin, chosen)
        where = " inside" if inside else ""
        yield f"#{number} {name}{where}: {', '.join(chosen)}", name, content


def _spoil(rng: random.Random, origin: bytes, chosen: list[str]) -> bytes:
    content = bytearray(origin)
    for mutation in chosen:
        if content:
            MUTATIONS[mutation](rng, content)
    return bytes(content)


def _inside(rng: random.Random, origin: bytes, chosen: list[str]) -> bytes:
    import zipfile

    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(origin)) as whole,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        names = whole.namelist()
        hit = rng.choice(names)
        for name in names:
            content = whole.read(name)
            packed.writestr(name, _spoil(rng, content, chosen) if name == hit else content)
    return out.getvalue()


def honest() -> Iterator[tuple[str, bytes]]:
    """One small honest file of each kind that is taken in."""
    import docx
    import pptx
    from openpyxl import Workbook  # type: ignore[import-untyped]

    def saved(thing: object) -> bytes:
        out = io.BytesIO()
        thing.save(out)  # type: ignore[attr-defined]
        return out.getvalue()

    book = Workbook()
    for line in (HEADS + ROW).splitlines():
        book.active.append(line.split(","))
    document = docx.Document()
    document.add_heading("价格手册", 1)
    document.add_paragraph("不知道那个数写在哪张纸上，就不动自己的数。")
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "访后二十四小时"
    yield "cases.xlsx", saved(book)
    yield "book.docx", saved(document)
    yield "show.pptx", saved(show)
    yield "cases.csv", (HEADS + ROW * 3).encode()
    yield (
        "case.md",
        "# 采购不吭声\n\n## 结局\n丢单\n\n## 背景\n报完价他不吭声。\n\n## 可复用话术\n- 您先看。\n".encode(),
    )
    yield (
        "case.yaml",
        "title: 采购不吭声\noutcome: lost\nbackground: 报完价他不吭声，我们又让了两回。\n".encode(),
    )
    yield "cases.json", '[{"title":"采购不吭声","outcome":"lost","background":"报完价他不吭声。"}]'.encode()
    yield "talk.txt", f"# date: 2026-11-18\n{TALK * 4}".encode()
    yield (
        "talk.srt",
        "1\n00:00:01,000 --> 00:00:02,500\n客户: 太贵了\n\n2\n00:00:03,000 --> 00:00:04,000\n销售: 好\n".encode(),
    )
    yield "talk.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 客户>太贵了</v>\n".encode()
    yield "whisper.json", '{"segments":[{"start":0,"end":1,"text":"太贵了","speaker":"A"}]}'.encode()
    yield from _pdf()


def _pdf() -> Iterator[tuple[str, bytes]]:
    stream = b"BT /F1 12 Tf 20 100 Td (Price first, then the machine.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 400 200]"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    yield "book.pdf", out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def _end(file: Path) -> str:
    """What the product makes of a file: both doors, for what may be either."""
    try:
        said = [_as_document(file)]
        if file.suffix in (".txt", ".srt", ".vtt", ".json"):
            said.append(_as_transcript(file))
    except RecursionError:
        return "fault: the stack ran over"
    except Exception as error:
        return f"fault: {error!r}"[:300]
    if broken := [one for one in said if one.startswith("fault")]:
        return broken[0]
    return "taken" if "taken" in said else said[0]


def _as_document(file: Path) -> str:
    """Read as a case or handbook, and put on a shelf that nobody keeps."""
    from coach.exchange.export import export
    from coach.exchange.handbooks import place
    from coach.exchange.intake import Told
    from coach.exchange.masked import masked_all
    from coach.exchange.reading import told_by

    taken = False
    try:
        for one in told_by(file):
            if not isinstance(one, Told):
                with tempfile.TemporaryDirectory() as shelf:
                    taken |= bool(place(one.text, Path(shelf) / "handbooks", dry_run=False))
                    if any(not part.is_relative_to(shelf) for part in Path(shelf).resolve().rglob("*")):
                        return "fault: written outside"
            elif one.case is not None:
                taken = True
                ((body, _),) = masked_all([one.case])
                with tempfile.TemporaryDirectory() as out:
                    export([one.case], [], Path(out) / "cases.xlsx", "xlsx", "zh")
                    if formulas := _formulas(Path(out) / "cases.xlsx"):
                        return f"fault: formula {formulas[0]!r}"
                    export([one.case], [], Path(out) / "folder", "yaml", "zh")
                assert body
            elif not all(fault.what[0] and fault.what[1] for fault in one.faults):
                return "fault: a refusal without words"
    except CoachError as error:
        return one_sentence(error)
    return "taken" if taken else "refused: every row, with its reason"


def _as_transcript(file: Path) -> str:
    """Heard as a conversation whose words the store can hold."""
    from coach.conversation import write_transcript
    from coach.settings import Settings
    from coach.speech.door import open_conversation

    try:
        talk = open_conversation(file, settings=Settings(engine="offline")).conversation
    except CoachError as error:
        return one_sentence(error)
    write_transcript(talk).encode()
    return "taken"


def one_sentence(error: CoachError) -> str:
    """A refusal as an end: a fault unless it is one sentence in each language."""
    zh, en = error.what
    one = all(words.strip() and "\n" not in words and len(words) < 400 for words in (zh, en))
    return f"refused: {en}" if one else f"fault: not one sentence: {en[:200]!r}"


def _formulas(file: Path) -> list[str]:
    from openpyxl import load_workbook

    book = load_workbook(file)
    return [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def peaks() -> tuple[int, int]:
    """Peak resident bytes of this process and of the largest child.

    Linux hands a parent's peak down through `exec` in ru_maxrss, so a process started by a large one looks large; its own
    status does not.
    """
    import resource

    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, child
    own = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(own.split()[1]) * 1024, child
