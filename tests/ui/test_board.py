"""What the browser sends is checked before anything is done with it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from coach.errors import BadInput
from ui.board import _press, arrived, going


def test_only_uploaded_files_arrive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "up"))
    good = tmp_path / "up" / "a" / "talk.txt"
    good.parent.mkdir(parents=True)
    good.write_text("x", "utf-8")
    (tmp_path / "secret.txt").write_text("x", "utf-8")
    assert arrived(str(good)) == good.resolve()
    for path in (
        "/etc/passwd",
        str(tmp_path / "secret.txt"),
        str(good.parent / "../../secret.txt"),
        "",
        str(good.parent),
    ):
        with pytest.raises(BadInput):
            arrived(path)


def test_links_out_of_the_upload_folder_do_not_arrive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "up"))
    (tmp_path / "up").mkdir()
    (tmp_path / "secret.txt").write_text("x", "utf-8")
    link = tmp_path / "up" / "link.txt"
    link.symlink_to(tmp_path / "secret.txt")
    with pytest.raises(BadInput):
        arrived(str(link))


@pytest.mark.parametrize("data", [{"act": 3}, {"act": ["a"]}, "x", {"id": {"a": 1}}])
def test_a_strange_click_is_refused(data: object) -> None:
    with pytest.raises(BadInput):
        _press(SimpleNamespace(_data=data))


def test_an_empty_click_asks_for_nothing() -> None:
    assert _press(SimpleNamespace(_data=None)).act == ""


def test_a_way_on_is_escaped() -> None:
    assert '"x"' not in going('/zh/?a="x"')
