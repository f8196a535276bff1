"""One list of colours: every colour comes from a token, every token has a dark twin, and all text can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "ui" / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\([^)]*\)|\bhsla?\([^)]*\)")
TOKEN = re.compile(r"(--pp-[a-z0-9-]+)\s*:\s*([^;]+);")


def _without_comments(file: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)


def _block(selector: str) -> dict[str, str]:
    sheet = _without_comments(STATIC / "css" / "peipao.css")
    body = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", sheet, re.DOTALL | re.MULTILINE)
    assert body, selector
    return dict(TOKEN.findall(body.group(1)))


LIGHT, DARK = _block(":root"), _block(".dark")


def test_colours_live_in_the_token_list_only() -> None:
    for sheet in SHEETS:
        text = _without_comments(sheet)
        if sheet.name == "peipao.css":
            text = re.sub(r"^(:root|\.dark) \{.*?^\}", "", text, flags=re.DOTALL | re.MULTILINE)
            text = re.sub(r"@font-face \{.*?\}", "", text, flags=re.DOTALL)
        ids = {f"#{name}" for name in re.findall(r"#(pp-[a-z-]+)", text)}
        strange = [
            colour for colour in COLOUR.findall(text) if not any(name.startswith(colour) for name in ids)
        ]
        assert strange == [], sheet.name
    script = (STATIC / "peipao.js").read_text("utf-8")
    assert not re.search(r"#[0-9a-fA-F]{6}\b|rgb\(", script)


@pytest.mark.parametrize("file", sorted((STATIC.parent).rglob("*.py")), ids=lambda file: file.name)
def test_code_holds_no_colour(file: Path) -> None:
    if file.name != "theme.py":  # Gradio needs four literals before the stylesheet arrives
        assert not re.search(r"#[0-9a-fA-F]{6}\b", file.read_text("utf-8"))


def test_the_theme_says_the_same_as_the_tokens() -> None:
    from ui import theme

    assert LIGHT["--pp-page"] == theme.PAGE_LIGHT
    assert DARK["--pp-page"] == theme.PAGE_DARK
    assert LIGHT["--pp-ink"] == theme.INK_LIGHT
    assert DARK["--pp-ink"] == theme.INK_DARK


def test_every_colour_has_its_dark_twin() -> None:
    colours = {name for name, value in LIGHT.items() if value.startswith("#")}
    assert colours == {name for name, value in DARK.items() if value.startswith("#")}


def test_every_variable_that_is_used_is_defined() -> None:
    defined = {*LIGHT, "--pp-face", "--pp-cjk"}
    sources = [*SHEETS, *(STATIC.parent).rglob("*.py")]
    used = {
        name for file in sources for name in re.findall(r"var\((--pp-[a-z0-9-]+)", file.read_text("utf-8"))
    }
    assert used <= defined


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two colours."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


READABLE = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("surface", "page", "sunken")),
    *(
        (tone, ground)
        for tone in ("good", "warn", "bad", "customer")
        for ground in ("surface", f"{tone}-soft")
    ),
    ("accent", "surface"),
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("ink", "mark"),
    ("ink", "accent-soft"),
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READABLE)
def test_text_can_be_read(tokens: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(tokens[f"--pp-{ink}"], tokens[f"--pp-{ground}"]) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_controls_can_be_seen(tokens: dict[str, str]) -> None:
    assert contrast(tokens["--pp-edge"], tokens["--pp-surface"]) >= 3


def test_no_sheet_reaches_outside() -> None:
    for file in STATIC.rglob("*"):
        if file.suffix in (".css", ".js"):
            assert "http" not in file.read_text("utf-8"), file.name
