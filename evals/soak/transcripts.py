"""Spoiled transcripts of every form through the door, into the store's words and out again, and through the reader.

Every one is taken or refused in one sentence. What is taken can be kept: read back from what the store holds it has as
many turns, each with the same words; the record that is made of it points at words that stand there.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.errors import CoachError
from evals.soak import Report
from evals.soak.documents import CAP, SLOWEST, one_sentence, peaks
from evals.soak.hostile import MARKUP, hostile
from evals.soak.kills import SAMPLES
from evals.soak.mutants import MUTATIONS

if TYPE_CHECKING:
    from coach.reading.engine import Engine

READ_EVERY: Final = 5
"""Each so-manieth that is taken is read too."""
_FORMS: Final = (".txt", ".srt", ".vtt", ".json")
_STRANGE: Final = (
    *("\0", "\x1b[31m", "\u202e", "\u2028", "\x85", "\ufeff", "\ufffd", "\u0301" * 40, "\t", "\r", "😀", "ﷺ"),
    *(
        MARKUP,
        "</script>",
        "&lt;b&gt;",
        "{{7*7}}",
        "=1+1",
        "../../etc",
        "```",
        "[99:99:99]",
        "[00:00]",
        "# date: 2026-02-30",
    ),
    *(
        "客户：",
        "Rep:",
        ":",
        "：：",
        "-->",
        "00:00:99,999 --> 00:00:01,000",
        "<v >",
        "\n\n\n",
        "WEBVTT",
        '"}',
        "1e999",
        "-5",
    ),
)


def run(rounds: int, seed: int) -> Report:
    """Every hostile transcript once, then `rounds` mutants of honest ones; a fault is a broken promise."""
    from coach.reading.offline import OfflineEngine

    began = time.monotonic()
    engine = OfflineEngine()
    faults: list[str] = []
    ends: Counter[str] = Counter()
    slowest = (0.0, "")
    given = [(name, name, content) for name, content in hostile() if name.endswith(_FORMS)]
    with tempfile.TemporaryDirectory() as folder:
        for number, (what, name, content) in enumerate((*given, *_spoiled(rounds, seed))):
            file = Path(folder) / name
            file.write_bytes(content)
            at = time.monotonic()
            end = _end(file, engine if number % READ_EVERY == 0 and len(content) < 20_000 else None)
            slowest = max(slowest, (time.monotonic() - at, what))
            file.unlink()
            ends[end.partition(":")[0]] += 1
            if end.startswith("fault"):
                faults.append(f"{what}: {end}")
    ours, _ = peaks()
    if ours > CAP:
        faults.append(f"this process came to {ours >> 20} MB")
    if slowest[0] > SLOWEST:
        faults.append(f"{slowest[1]} took {slowest[0]:.0f} s")
    figures: dict[str, str | int | float] = {
        "hostile transcripts": len(given),
        "mutants": rounds,
        **dict(sorted(ends.items())),
        "this process MB": ours >> 20,
        "cap MB": CAP >> 20,
        "slowest": f"{slowest[0]:.1f} s ({slowest[1]})",
    }
    return Report("transcripts", rounds, seed, time.monotonic() - began, tuple(faults), figures)


def honest() -> Iterator[tuple[str, bytes]]:
    """Honest transcripts of each form, in the encodings that people's machines write."""
    zh = "".join((SAMPLES / "zh-cold-chain.txt").read_text("utf-8").splitlines(keepends=True)[:14])
    cues = [("00:01", "00:03", "销售", "您好，报价看了吗？"), ("00:04", "00:08", "客户", "太贵了，下周三再说。"), ("00:09", "00:12", "销售", "您拿哪家在比？")]  # fmt: skip
    yield "talk.txt", zh.encode()
    yield "talk-gb.txt", zh.encode("gb18030")
    yield "talk-wide.txt", zh.encode("utf-16")
    yield "plain.txt", "销售: 您好。\n客户：太贵了。\n下周三再说。\n销售: 好。\n".encode()
    yield (
        "en.txt",
        b"# date: 2026-11-18\n[00:02] Rep: Who else is quoting?\n[00:06] Customer: Two, both cheaper.\n",
    )
    yield "talk.srt", "".join(f"{n}\n00:{a},000 --> 00:{b},500\n{who}: {said}\n\n" for n, (a, b, who, said) in enumerate(cues, 1)).encode()  # fmt: skip
    yield "talk.vtt", ("WEBVTT\n\nNOTE made by hand\n\n" + "".join(f"{a}.000 --> {b}.000 align:start\n<v {who}>{said}</v>\n\n" for a, b, who, said in cues)).encode()  # fmt: skip
    segments = [
        {"start": n, "end": n + 2.5, "text": said, "speaker": who} for n, (_, _, who, said) in enumerate(cues)
    ]
    yield "whisper.json", json.dumps({"language": "zh", "segments": segments}, ensure_ascii=False).encode()
    yield "list.json", json.dumps(segments).encode()
    chat = [{"role": who, "content": said} for _, _, who, said in cues]
    yield "chat.json", json.dumps({"messages": chat}, ensure_ascii=False).encode()


def _spoiled(rounds: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Half are spoiled byte by byte, half in their words, so that they stay text and get further."""
    whole = list(honest())
    for number in range(rounds):
        rng = random.Random(f"{seed}/{number}")
        name, content = rng.choice(whole)
        how: list[str] = []
        if number % 2:
            spoiled = bytearray(content)
            for mutation in rng.choices(list(MUTATIONS), k=rng.choice((1, 1, 2, 3))):
                if spoiled:
                    MUTATIONS[mutation](rng, spoiled)
                    how.append(mutation)
            content = bytes(spoiled)
        else:
            encoding = "utf-16" if "wide" in name else "gb18030" if "gb" in name else "utf-8"
            text = content.decode(encoding)
            for change in rng.choices(_CHANGES, k=rng.choice((1, 2, 4))):
                text = change(rng, text)
                how.append(change.__name__.strip("_"))
            content = text.encode(encoding, "replace")
        yield f"#{number} {name}: {', '.join(how)}", name, content


def _put(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(_STRANGE) + text[at:]


def _line_again(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    return "".join([*lines, *[rng.choice(lines)] * rng.choice((1, 3, 300))])


def _shuffled(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    rng.shuffle(lines)
    return "".join(lines)


def _digits(rng: random.Random, text: str) -> str:
    """Numbers and times become what no clock shows."""
    return "".join(rng.choice("0123456789९٣９") if c.isdigit() and rng.random() < 0.3 else c for c in text)


def _endless(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + (text[at : at + 5] or "贵") * rng.choice((50, 2000)) + text[at:]


_CHANGES: Final[tuple[Callable[[random.Random, str], str], ...]] = (_put, _put, _put, _line_again, _shuffled, _digits, _endless)  # fmt: skip


def _end(file: Path, engine: Engine | None) -> str:
    """What becomes of a file: taken, refused in a sentence, or a fault."""
    from coach.conversation import parse_transcript, write_transcript
    from coach.settings import Settings
    from coach.speech.door import open_conversation
    from coach.visits.assemble import assemble

    try:
        talk = open_conversation(file, settings=Settings(engine="offline")).conversation
        kept = write_transcript(talk)
        kept.encode()
        back = parse_transcript(kept, language=talk.language)
        if [turn.text for turn in back.turns] != [turn.text for turn in talk.turns]:
            return f"fault: {len(talk.turns)} turns came back as {len(back.turns)}"
        if engine is not None:
            record = assemble(back, engine.read(back))
            for said in (*record.core_needs, *record.objections, *record.next_steps, *record.feedback):
                if back.turn(said.turn).text[said.start : said.end] != said.quote:
                    return f"fault: a quote that is not there: {said.quote[:40]!r}"
    except CoachError as error:
        return one_sentence(error)
    except RecursionError:
        return "fault: the stack ran over"
    except Exception as error:
        return f"fault: {error!r}"[:300]
    return "taken"
