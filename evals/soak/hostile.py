"""Documents and transcripts made to do harm: bombs, references, depth, paths, formulas, markup, odd encodings.

Each is (file name, bytes). They are small as files; what they want is memory, time, a path or a page of ours.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Final

HEADS: Final = "案例名称,所属行业,员工数,异议,结果,项目背景,可复用话术\n"
ROW: Final = (
    "报警没人接,食品厂,300人,嫌贵,丢单,上一家供应商的报警半夜没人接，采购不信我们。,先看两个夜班的数。\n"
)
MARKUP: Final = "<script>alert(1)</script><img src=x onerror=alert(1)>"
TALK: Final = "销售: 您好，我们上周谈过那条线。\n客户: 太贵了，下周三再说。\n销售: 我理解，您是和谁比的？\n"


def hostile() -> Iterator[tuple[str, bytes]]:
    """Every one of them, in a fixed order."""
    yield from _bombs()
    yield from _yaml()
    yield from _json()
    yield from _sheets()
    yield from _transcripts()
    yield from _pdfs()
    for encoding in ("utf-8", "utf-16", "gb18030", "big5", "shift_jis", "cp1252", "utf-7", "utf-32"):
        yield f"talk-{encoding}.txt", TALK.encode(encoding, "replace")
        yield f"sheet-{encoding}.csv", (HEADS + ROW).encode(encoding, "replace")
    yield "half.csv", (HEADS + ROW).encode("utf-8")[:-2]
    yield (
        "surrogates.json",
        b'[{"title":"\\ud800\\udfff","outcome":"won","background":"\\udead words of a story"}]',
    )
    yield "nul.md", ("# 标题\0\0\n\n## 背景\n\n" + "\0" * 5000 + "\n").encode()


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


_LAUGHS: Final = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def _bombs() -> Iterator[tuple[str, bytes]]:
    relations = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'officeDocument" Target="%s"/></Relationships>'
    )
    types = (
        b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.document.main+xml"/></Types>'
    )
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    base = {"[Content_Types].xml": types, "_rels/.rels": relations % b"word/document.xml"}
    laughing = (
        f'<?xml version="1.0"?>{_LAUGHS}' + word.decode() + "<w:p>&j;</w:p></w:body></w:document>"
    ).encode()
    outside = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        + word.decode()
        + "<w:p><w:r><w:t>&f;</w:t></w:r></w:p></w:body></w:document>"
    ).encode()
    paragraphs = word + b"<w:p/>" * 9_000_000 + b"</w:body></w:document>"
    yield "laughs.docx", _packed({**base, "word/document.xml": laughing})
    yield "outside.docx", _packed({**base, "word/document.xml": outside})
    yield "deep.docx", _packed({**base, "word/document.xml": word + b"<w:p>" * 200_000})
    # Forty million bytes of nothing: below every cap on sizes, half a gigabyte as a tree of objects.
    yield "paragraphs.docx", _packed({**base, "word/document.xml": paragraphs[:49_000_000]})
    yield "swells.docx", _packed({**base, "word/document.xml": bytes(150_000_000)})
    yield "swells.xlsx", _packed({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(120_000_000)})
    yield "many.xlsx", _packed({"xl/workbook.xml": b"<x/>"} | {f"x/{n}": b"" for n in range(25_000)})
    yield "path.xlsx", _packed({"../../../outside.xml": b"evil", "xl/workbook.xml": b"<x/>"})
    nested = _packed({"a.zip": _packed({"b.zip": bytes(1_000_000)})})
    yield "nested.zip", nested
    liar = bytearray(nested)
    at = liar.rfind(b"PK\x05\x06")
    liar[at + 8 : at + 20] = b"\xff" * 12
    yield "liar.docx", bytes(liar)


def _yaml() -> Iterator[tuple[str, bytes]]:
    laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
    )
    yield "laughs.yaml", f"title: x\noutcome: won\nbackground: *j\n{laughs}".encode()
    yield "laughs-2.yaml", f"{laughs}title: x\noutcome: won\nbackground: *j\n".encode()
    yield "deep.yaml", b"title: x\nbackground: " + b"[" * 100_000
    yield "object.yaml", b"title: !!python/object/apply:os.system ['touch outside']\noutcome: won\n"
    yield "head.md", f"---\n{laughs}---\n# x\n\n## 背景\n\n什么\n".encode()
    yield "deep-head.md", b"---\ntitle: " + b"[" * 50_000 + b"\n---\n# x\n"
    yield "keys.yaml", b"? [a, b]\n: 1\n? {c: d}\n: 2\n"


def _json() -> Iterator[tuple[str, bytes]]:
    yield "deep.json", b"[" * 200_000
    yield "deep-2.json", b'{"title":' * 5_000 + b"1" + b"}" * 5_000
    yield "number.json", b'[{"title": ' + b"9" * 6_000 + b', "outcome": "won"}]'
    yield "infinite.json", b'[{"title": NaN, "outcome": Infinity, "background": -Infinity}]'
    yield "kinds.json", b'[1, null, "x", [], {"title": [], "outcome": {}, "background": 3}]'
    yield (
        "wide.json",
        json.dumps([{"title": "长" * 60_000, "outcome": "won", "background": "故" * 150_000}]).encode(),
    )


def _sheets() -> Iterator[tuple[str, bytes]]:
    formula = '"=HYPERLINK(""http://x"",""点这里"")"'
    yield "formula.csv", (HEADS + f"{formula},=1+1,@SUM(1),+1,-1,\tcmd|' /C calc'!A0,\r=2\n").encode()
    yield "markup.csv", (HEADS + ROW.replace("报警没人接", MARKUP)).encode()
    yield "quotes.csv", (HEADS + '"' + "x" * 300_000).encode()
    yield "columns.csv", (",".join(f"列{n}" for n in range(30_000)) + "\n" + "x," * 30_000 + "\n").encode()
    yield "path.csv", (HEADS + ROW.replace("报警没人接", "../../../../outside")).encode()
    cell = "- &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"- &b{n} [{','.join(['*a'] * 9)}]\n" for n in range(50))
    yield "cell.csv", (HEADS + ROW.replace("先看两个夜班的数。", f'"{cell}"')).encode()
    yield "deep-cell.csv", (HEADS + ROW.replace("先看两个夜班的数。", "- " + "[" * 50_000)).encode()


def _transcripts() -> Iterator[tuple[str, bytes]]:
    yield "markup.txt", TALK.replace("太贵了", f"{MARKUP}太贵了").encode()
    yield "label.txt", TALK.replace("客户", MARKUP).encode()
    yield "endless-line.txt", ("客户: " + "太贵了" * 60_000 + "\n销售: 好。\n").encode()
    yield "many-lines.txt", ("客户: 嗯。\n销售: 好。\n" * 10_000).encode()
    yield "colons.txt", (":" * 200_000 + "\n" + "：" * 50_000).encode()
    yield "stamps.txt", "".join(f"[{n}:99:99] 客户: 太贵\n" for n in range(2_000)).encode()
    yield "markup.srt", f"1\n00:00:01,000 --> 00:00:02,000\n{MARKUP}客户: 太贵\n".encode()
    yield "arrows.srt", b"00:00:01,000 --> " * 20_000
    yield "angles.vtt", ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 60_000 + "\n").encode()
    yield "segments.json", b'{"segments":[{"start":1e400,"end":-5,"text":"x"},{"start":"a"}]}'
    yield (
        "many-segments.json",
        json.dumps({"segments": [{"start": n, "end": n, "text": "贵"} for n in range(20_000)]}).encode(),
    )
    yield "right-to-left.txt", ("客户: \u202e\u2066" + "\u0301" * 30_000 + "贵\n销售: 好\n").encode()
    yield "date.txt", ("# date: 9999-99-99\n# date: " + "9" * 5000 + "\n" + TALK).encode()


def _pdfs() -> Iterator[tuple[str, bytes]]:
    import zlib

    def pdf(stream: bytes, extra: bytes = b"/Filter /FlateDecode") -> bytes:
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] >>",
            b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), extra, stream),
        ]
        out, places = b"%PDF-1.5\n", []
        for number, body in enumerate(objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"xref\n0 5\n0000000000 65535 f \n" + table
        return out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start

    yield "swells.pdf", pdf(zlib.compress(bytes(60_000_000), 9))
    yield (
        "twice.pdf",
        pdf(zlib.compress(zlib.compress(bytes(60_000_000), 9), 9), b"/Filter [/FlateDecode /FlateDecode]"),
    )
    yield "loop.pdf", pdf(b"x", b"").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    yield "count.pdf", pdf(b"x", b"").replace(b"/Count 1", b"/Count 999999999")
    yield "operators.pdf", pdf(zlib.compress(b"BT (x) Tj ET\n" * 3_000_000, 9))
