"""A PDF made by hand, whose letters say by a table of their own which characters they are, as real ones do."""

from __future__ import annotations


def pdf_saying(words: str) -> bytes:
    """A page with one line; every glyph number stands for one character of `words`."""
    glyphs = "".join(f"{n:04X}" for n in range(1, len(words) + 1))
    table = "\n".join(f"<{n:04X}> <{ord(letter):04X}>" for n, letter in enumerate(words, 1))
    says = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(words)} beginbfchar\n{table}\nendbfchar\nendcmap end end"
    )
    shows = f"BT /F1 12 Tf 20 100 Td <{glyphs}> Tj ET" if words else ""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        _stream(shows),
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo"
        " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>",
        _stream(says),
    ]
    out = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    start = len(out)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode("ascii")
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode(
        "ascii"
    )


def _stream(words: str) -> str:
    return f"<< /Length {len(words)} >>\nstream\n{words}\nendstream"
