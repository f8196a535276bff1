"""What axe-core finds serious on a page.

axe-core 4.14.1 lies beside this file with its licence (MPL-2.0); it is used only here and never shipped.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

_AXE: Final = Path(__file__).parent / "axe" / "axe.min.js"
_RUN: Final = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  return found.violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => ({
    id: one.id, help: one.help, nodes: one.nodes.slice(0, 5).map((node) => node.html.slice(0, 160))}));
}"""


def serious(page: Page) -> list[dict[str, Any]]:
    """The serious and critical violations on the page as it stands."""
    page.evaluate(_AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return found
