"""Text in the encodings of Japanese software comes back letter by letter."""

import csv
import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.tables.csv_rows import read_csv
from connectors.text.encodings import (
    Encoding,
    as_written,
    decode,
    detect_encoding,
    is_western,
    opened_text,
    undecoded_at,
)
from koe.errors import SetupError
from koe.settings import CsvMap

SENTENCE = "シフト表が開きません。何度やっても同じです。"
LONG = f"番号,受付日時,会社名,内容\n1,2026/9/14,山田書店,{SENTENCE}\n"
VENDOR = "①㈱テスト ｱｰ"
VENDOR_JIS = b"\x1b$B-!-j%F%9%H\x1b(B \x1b(I10\x1b(B"
COLUMNS = CsvMap(
    path="t.csv",
    records="tickets",
    columns={"id": "番号", "created_at": "受付日時", "account_name": "会社名", "text": "内容"},
)


def found(folder: Path, content: bytes) -> Encoding:
    (folder / "x.csv").write_bytes(content)
    return detect_encoding(folder / "x.csv")


def text_of(folder: Path, content: bytes) -> str:
    encoding = found(folder, content)
    with opened_text(folder / "x.csv", encoding) as file:
        return file.read()


@pytest.mark.parametrize(
    ("content", "name", "text"),
    [
        pytest.param(SENTENCE.encode(), "utf-8", SENTENCE, id="25-utf-8"),
        pytest.param(SENTENCE.encode("utf-8-sig"), "utf-8-sig", SENTENCE, id="25-utf-8-bom"),
        pytest.param(SENTENCE.encode("utf-16"), "utf-16", SENTENCE, id="25-utf-16-of-excel"),
        pytest.param(b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "utf-16", SENTENCE, id="25-utf-16-be"),
        pytest.param("a,b\r\n1,x".encode("utf-16-le"), "utf-16-le", "a,b\r\n1,x", id="25-utf-16-no-mark"),
        pytest.param("①㈱髙﨑 ｶﾞ".encode("cp932"), "cp932", "①㈱髙﨑 ｶﾞ", id="25-cp932-vendor"),
        pytest.param(
            b"plain\n" * 200 + "髙橋".encode("cp932"), "cp932", "plain\n" * 200 + "髙橋", id="25-rare"
        ),
        pytest.param(LONG.encode("euc_jp"), "euc_jp", LONG, id="25-euc-jp"),
        pytest.param(("①表" + SENTENCE).encode("cp932"), "cp932", "①表" + SENTENCE, id="25-cp932-plain"),
        pytest.param("髙﨑,ｶﾞｽ".encode("cp932"), "cp932", "髙﨑,ｶﾞｽ", id="25-cp932-names-alone"),
        pytest.param(b"\xad\xa1" + LONG.encode("euc_jp"), "cp51932", "①" + LONG, id="25-euc-vendor"),
        pytest.param(SENTENCE.encode("iso2022_jp"), "cp50221", SENTENCE, id="25-iso-2022-jp"),
        pytest.param(VENDOR_JIS, "cp50221", VENDOR, id="25-cp50221"),
        pytest.param(b"", "utf-8", "", id="25-empty"),
    ],
)
def test_an_encoding_is_found_and_read(tmp_path: Path, content: bytes, name: str, text: str) -> None:
    assert found(tmp_path, content) == Encoding(name)
    assert text_of(tmp_path, content).lstrip("\ufeff") == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('id,amount\r\nQ-2,"£18,500"\r\n', id="pounds-alone"),
        pytest.param("It’s the café’s “best” – naïve", id="quotes-and-accents"),
        pytest.param("Müller GmbH;Größe ½;50°C;1.200 €", id="german"),
        pytest.param("Ça va à l’école, São Paulo, ¿qué tal?", id="french-portuguese-spanish"),
        pytest.param("päivää", id="two-accents-in-a-row"),
    ],
)
def test_western_windows_is_not_read_as_japanese(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text.encode("cp1252")) == Encoding("cp1252")
    assert text_of(tmp_path, text.encode("cp1252")) == text


@pytest.mark.parametrize("word", ["電", "能", "認", "ﾄ", "テスト", "東京", "ソ", "表", "髙橋", "本"])
def test_one_japanese_word_in_a_plain_file_is_not_western(tmp_path: Path, word: str) -> None:
    content = f"id,name,value\n1,{word},3\n2,plain,4\n".encode("cp932")
    assert found(tmp_path, content).name == "cp932"


@given(st.text("あいうえおアイウエオ電能認東京表本日曜山川。、ー", min_size=4))
def test_japanese_is_never_western(text: str) -> None:
    assert not is_western(f"a,{text},1\n".encode("cp932"))
    assert not is_western(f"a,{text},1\n".encode("euc_jp"))


def test_euc_that_is_also_cp932_is_asked_about(tmp_path: Path) -> None:
    for text in ("すすすす", SENTENCE):
        with pytest.raises(SetupError, match="it reads as CP932 and as EUC-JP"):
            found(tmp_path, text.encode("euc_jp"))


def test_a_broken_byte_in_utf8_is_not_taken_for_another_encoding(tmp_path: Path) -> None:
    content = SENTENCE.encode() + b"\xe3\x81" + b"\n" + SENTENCE.encode()
    assert found(tmp_path, content) == Encoding("utf-8", is_damaged=True)
    lines = text_of(tmp_path, content).split("\n")
    damaged = Encoding("utf-8", is_damaged=True)
    assert [undecoded_at(line, damaged) for line in lines] == [len(SENTENCE), None]


@pytest.mark.parametrize("name", ["cp932", "euc_jp"])
def test_a_broken_byte_in_older_encodings_is_not_the_end_of_the_file(tmp_path: Path, name: str) -> None:
    content = LONG.encode(name) * 2 + b"\xff\n" + LONG.encode(name)
    assert found(tmp_path, content) == Encoding(name, is_damaged=True)
    with opened_text(tmp_path / "x.csv", Encoding(name, is_damaged=True)) as file:
        lines = file.read().splitlines()
    bad = [undecoded_at(line, Encoding(name, is_damaged=True)) is not None for line in lines]
    assert bad == [False] * 4 + [True] + [False] * 2


def test_what_was_written_down_holds_with_a_broken_byte_and_not_where_all_is_another(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(LONG.encode("cp932") + b"\x81\n")
    assert as_written(path, "Shift_JIS") == Encoding("cp932", is_damaged=True)
    with pytest.raises(SetupError, match=r"'x\.csv' cannot be read as 'utf-8': line 1 is not\."):
        as_written(path, "utf-8")
    with pytest.raises(SetupError, match=r"'x\.csv' cannot be read as 'no-such'\."):
        as_written(path, "no-such")


def test_what_fits_nothing_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"^'x\.csv' has .* line 1 is not UTF-8 and line 1 not CP932\. Save"):
        found(tmp_path, b"\xfd\xff\x80")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(b"\x1b$B\x2d\x21\x1b(B", "①", id="nec-row-13"),
        pytest.param(b"\x1b(I1\x1b(B", "ｱ", id="kana-escape"),
        pytest.param(b"\x0e1\x0f", "ｱ", id="kana-shift-out"),
        pytest.param(b"\xb1", "ｱ", id="kana-8-bit"),
        pytest.param(b'\x1b$B$"\n\x1b(Bx', "あ\nx", id="line-end-inside"),
        pytest.param(b"\x1b$(D\x30\x21\x1b(B", "丂", id="jis-x-0212"),
        pytest.param(b"\x1b(Ja\\\x1b(B", "a\\", id="jis-roman"),
    ],
)
def test_cp50221_in_all_its_forms(content: bytes, text: str) -> None:
    assert decode(content, "cp50221") == text
    assert decode(content, "ISO-2022-JP") == text


def test_letters_that_the_old_standard_has_not_are_replaced_or_refused() -> None:
    with pytest.raises(UnicodeError):
        decode(b"\x1b$B\x7e\x7e\x1b(B", "cp50221")
    assert "�" in decode(b"\x1b$B\x7e\x7e\x1b(B", "cp50221", "replace")


def test_every_letter_of_jis_x_0208_reads_as_pythons_own_codecs_read_it() -> None:
    """Six signs stand at two places in Unicode; Windows and JIS disagree about them."""
    twins = dict(zip("〜‖−¢£¬", "～∥－￠￡￢", strict=True))
    rows = (bytes((0xA1 + row, 0xA1 + cell)) for row in range(84) for cell in range(94))
    letters = "".join(pair.decode("euc_jp", "ignore") for pair in rows)
    assert len(letters) == 6879
    for letter in letters:
        assert decode(letter.encode("iso2022_jp"), "cp50221") == twins.get(letter, letter)
        assert decode(letter.encode("euc_jp"), "cp51932") == twins.get(letter, letter)


SAFE = st.text(st.sampled_from('あいシ漢字、。abc ①㈱髙\n",;\t|ー1０'), min_size=1, max_size=30)
KINDS = [
    pytest.param("utf-8", id="utf-8"),
    pytest.param("utf-8-sig", id="bom"),
    pytest.param("utf-16", id="utf-16"),
    pytest.param("cp932", id="cp932"),
]


@pytest.mark.parametrize("encoding", KINDS)
@given(texts=st.lists(SAFE.filter(lambda text: bool(text.strip())), min_size=1, max_size=4), data=st.data())
def test_rows_written_in_any_dialect_come_back(
    tmp_path_factory: pytest.TempPathFactory, encoding: str, texts: list[str], data: st.DataObject
) -> None:
    delimiter = data.draw(st.sampled_from(",\t;"))
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(["番号", "受付日時", "会社名", "内容"])
    for n, text in enumerate(texts):
        writer.writerow([n, "2026/9/14", "港の本屋", text])
    path = tmp_path_factory.mktemp("rows") / "t.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    rows = list(read_csv(path, COLUMNS, ZoneInfo("Asia/Tokyo")))
    assert [row.trouble for row in rows] == [""] * len(texts)
    assert [row.fields["turns"][0]["text"] for row in rows if row.fields] == texts
