"""A real coach in a fresh home, shared by the tests of the desks."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.app import Coach, open_coach
from coach.settings import Settings


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Coach:
    """A coach with the offline engine and a home of its own."""
    return open_coach(Settings(home=tmp_path_factory.mktemp("home"), engine="offline"))


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    """A short visit with words that would like to be more than words."""
    file = tmp_path / "到访 <b>冷库.txt"
    file.write_text(
        "# date: 2026-11-18\n"
        "[00:02] 销售: 陈总监，上次冷库报警是怎么发现的？\n"
        "[00:09] 客户: 早班推门才知道。我要的是温度一不对，半小时内有人处理。\n"
        "[00:20] 销售: 我们五分钟推给值班，十五分钟没人确认就打电话给班长。\n"
        "[00:31] 客户: 你们报价太贵了，比另一家高不少。\n"
        "[00:40] 销售: 那我下周三之前把六个库位的方案发给您。\n"
        "[00:47] 客户: 行，最后得财务的孙总点头。${fetch('/x')} {{value}} <img src=x>\n",
        "utf-8",
    )
    return file
