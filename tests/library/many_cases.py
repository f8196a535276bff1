"""A builder process for the crash tests: `python -m tests.library.many_cases INDEX HOW_MANY WAIT`.

It writes an index of made-up cases with the product's own writer and says `built` or `busy`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from coach.errors import Busy
from coach.library.build import IndexBuilds
from coach.library.embedding import StaticTable
from coach.library.entries import Entry, case_entry
from knowledge.schema import Case


def made_up(how_many: int) -> Iterator[Entry]:
    """Cases that differ in a few words, and each in a word of its own (`own_word`)."""
    trades = ["制氮机", "电子价签", "储能柜", "渗透测试", "内训课", "冷藏车", "铝箔", "高空车"]
    pains = ["嫌贵", "等明年", "上过当", "老板不点头", "对手更便宜", "怕担责"]
    for n in range(how_many):
        trade, pain = trades[n % len(trades)], pains[n % len(pains)]
        yield case_entry(
            Case(
                id=f"case-{n}",
                language="zh",
                title=f"第 {n} 号{trade}客户{pain}",
                outcome="won",
                one_line=f"客户{pain}，卖{trade}的跑了 {n % 17} 趟",
                pain_keywords=(pain, own_word(n)),
            )
        )


def own_word(n: int) -> str:
    """A word that only case `n` has."""
    return "x" + "".join("bcfghjkmpq"[int(digit)] for digit in f"{n:04d}")


if __name__ == "__main__":
    folder, how_many, wait = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    try:
        IndexBuilds(folder).write(f"made-up-{how_many}", lambda: made_up(how_many), StaticTable(), wait=wait)
    except Busy:
        print("busy")
    else:
        print("built")
