"""Postal addresses in the comparison view: Japanese by their number block, English by their street."""

import re
from collections.abc import Iterator

from koe.mask.hits import Hit

__all__ = ["find_addresses"]

_HY = r"[-‐‑‒–—―−ー]"
_PREFECTURE = (
    r"(?:北海道|東京都|(?:大阪|京都)府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|"
    r"長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|"
    r"鹿児島|沖縄)県)"
)
_KANA_CITY = (
    r"(?:さいたま|つくばみらい|つくば|いわき|ひたちなか|かすみがうら|ふじみ野|あきる野|うるま|むつ|にかほ|つがる|えびの|"
    r"いちき串木野|南あわじ|あわら|みよし|うきは|みやま|みどり|かほく|いなべ|たつの|さぬき|東かがわ|いすみ|さくら|みやき|"
    r"せたな|むかわ|ときがわ|おいらせ)"
)
_NAME = r"[一-龥々ヶヵケノ之ァ-ヴー]"
_CITY = rf"(?:{_KANA_CITY}|{_NAME}{{1,7}}?)[市区郡町村]"
_TOWN = r"[一-龥々ヶヵケノ之ぁ-んァ-ヴー]"
_STRICT_TOWN = r"[一-龥々ヶヵケノ之のァ-ヴー]"
_KANJI_NUMBER = r"[一二三四五六七八九十百〇]+"
_NUMBER = rf"(?:\d{{1,5}}|{_KANJI_NUMBER})"
_BLOCK = (
    rf"(?:(?:{_NUMBER}(?:丁目|条通?り?|線|番町)\s?(?:{_NUMBER}(?:丁目|条))?(?:[東西南北左右]{_NUMBER}(?:丁目|号))?)?"
    rf"\s?(?:{_NUMBER}(?:番地?の?|号|{_HY}|の)\s?){{0,3}}\d{{1,5}}(?:番地?|号)?"
    rf"|{_NUMBER}丁目[左右]{_NUMBER}号?|{_NUMBER}丁目(?:\s?{_NUMBER}番地?の?)?(?:\s?{_NUMBER}号?)?|{_NUMBER}番地?(?:の?{_NUMBER})?号?)"
    rf"(?![\d.,]|\s?(?:[年月日時分秒円件人台個枚%％]|[名社本](?![一-龥ァ-ヴ])|回|店舗|校|つ|冊|件|社|店|床|室|種|問|頁|ページ|万|億|千|点|位|歳|才|代|か所|ヶ所|箇所))"
)
_ROOM = (
    r"(?:\d{1,4}\s?(?:階|F|f|号室|号棟|号|棟)(?:の?[A-Za-z]?\d{0,4}(?:号室|号)?)?"
    r"|[B地]\d?F?\d?階?|\d{2,4}(?![\d年月日時分]))"
)
_HOUSE = (
    r"(?:ビルディング|ビル|マンション|ハイツ|コーポ|タワー|荘|会館|館|棟|プラザ|センター|アパート|レジデンス|メゾン|パレス|"
    r"ハイム|コート|ヒルズ|スクエア|ガーデン|倉庫|団地|ホール|テラス|スカイ|ステージ)"
)
_LETTERS = r"[一-龥々ぁ-んァ-ヴーA-Za-z0-9・]"
_BUILDING = (
    rf"(?:[ \n]?(?:{_LETTERS}{{0,16}}?{_HOUSE}{_LETTERS}{{0,10}}?(?:\s[A-Za-z0-9]{{1,3}}棟)?\s?{_ROOM}"
    rf"|{_LETTERS}{{0,16}}?{_HOUSE}"
    rf"|(?!(?:TEL|FAX|Tel|Fax|電話|携帯|直通|内線|代表))[一-龥々ァ-ヴーA-Za-z・]{{2,12}}\s?\d{{1,4}}(?:階|F|号室|号)?(?![\d年月日時分])|{_ROOM}))?"
)
_POST = r"(?:〒\s?\d{3}[-‐‑‒–—―−ー]?\d{4}\s{0,2})"
_JAPANESE = re.compile(
    rf"{_POST}?(?:{_PREFECTURE}\s?(?:{_TOWN}{{1,12}}?[市区郡町村]\s?){{0,3}}{_TOWN}{{0,12}}?\s?"
    rf"|(?:{_CITY}\s?){{1,3}}{_STRICT_TOWN}{{0,12}}?\s?){_BLOCK}{_BUILDING}"
)
_POSTCODE = re.compile(
    rf"{_POST}|(?:郵便番号|post(?:al)?\s?code|zip(?:\s?code)?)\s?(?:は|:|is)?\s?\d{{3}}{_HY}\d{{4}}(?!\d)",
    re.I,
)
_CUED = re.compile(
    rf"(?:住所|所在地|送付先|送り先|届け先|配送先|返送先)(?:は|:|、|\s)\s?({_POST}?{_PREFECTURE}[^\s、。,\n]{{2,30}}?)(?=です|でし|に|で|へ|と|の|が|、|。|,|\s|$)"
)
_KYOTO = re.compile(
    rf"(?:京都府)?京都市{_TOWN}{{1,4}}?区{_TOWN}{{2,24}}?(?:上|下|東入|西入)[るル]?{_TOWN}{{0,12}}?\d[\d-]*"
)
"""By the streets that cross there, as in Kyoto."""
_BOX = re.compile(rf"(?:{_POST}[^。、\n]{{0,24}}?)?私書箱\s?第?\s?\d{{1,5}}号?")
_STREET = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place|Pl|Square|Sq|Terrace|Close|"
    r"Crescent|Highway|Hwy|Parkway|Pkwy|Row|Quay|Mews|Gardens|Walk|Hill|Grove|Park|Circle|Trail|Broadway|Wharf|Yard)"
)
_UNIT = (
    r"(?:,?\s(?:Suite|Ste|Unit|Apt|Apartment|Floor|Fl|Room|Level|Flat|Building|Bldg)\.?\s?#?\w{1,5}"
    r"|,?\s#\d{1,5}|,?\s\d{1,2}(?:st|nd|rd|th)\s[Ff]loor)"
)
_WORDS = r"(?:St\.\s)?[A-Z][a-z'’-]+(?:\s[A-Z][a-z'’-]+){0,2}"
_UK_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}(?![A-Za-z0-9])"
_ZIP = (
    r"(?:(?:[A-Z]{2}|[A-Z][a-z]+)\s\d{5}(?:-\d{4})?(?!\d)"
    r"|(?:[A-Z][a-z]+\s)?(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)\s\d{4}(?!\d)|[A-Z]\d{2}\s[A-Z0-9]{4}(?![A-Za-z0-9]))"
)
_ENGLISH = re.compile(
    rf"(?<![\w$£€.-])(?:(?:Suite|Unit|Flat|Apt|Apartment|Level|Floor|Room|Shop)\.?\s?\w{{1,5}},?\s)?\d{{1,6}}[A-Za-z]?(?:-\d{{1,4}})?\s"
    rf"(?:(?:[NSEW]\.?|North|South|East|West|St\.?)\s)?(?:[A-Z0-9][\w'’-]*\s){{1,3}}?{_STREET}(?![a-z])\.?(?:\s(?:North|South|East|West|[NSEW]{{1,2}})(?![\w]))?"
    rf"{_UNIT}{{0,2}}(?:(?:,\s|(?<!\.)\s(?=[A-Z]{{1,2}}\d|[A-Z]{{2}}\s\d))(?:{_UK_POSTCODE}|{_ZIP}|(?!I\b|We\b|The\b|Our\b|It\b|Please\b|And\b|But\b){_WORDS}(?:,?\s(?:{_UK_POSTCODE}|{_ZIP}))?)"
    rf"(?:,\s(?:{_UK_POSTCODE}|{_ZIP}|{_WORDS}(?:,?\s(?:{_UK_POSTCODE}|{_ZIP}))?)){{0,2}})?"
)
_CITY_ZIP = re.compile(
    rf"(?<!\w){_WORDS},\s[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?(?!\d)|(?<!\w){_UK_POSTCODE}|(?<!\w)P\.?\s?O\.?\s?Box\s\d+(?:,?\s{_WORDS})?(?:,?\s(?:{_UK_POSTCODE}|{_ZIP}|\d{{4}}(?!\d)))?"
)
_ROMAN_JAPANESE = re.compile(
    r"(?<![\w-])\d{1,3}(?:-\d{1,3}){1,3},?\s[A-Z][a-z-]+"
    r"(?:[ ,]+[A-Z][a-z]+(?:-(?:ku|shi|cho|machi|gun|ken|to|fu))?){0,4}(?:,?\s\d{3}-\d{4})?"
)


def find_addresses(text: str) -> Iterator[Hit]:
    """Addresses that name a place down to its number, and postal codes; places alone stay."""
    if not any(map(str.isdigit, text)) and "丁目" not in text and "番地" not in text:
        return
    if not text.isascii():
        yield from (Hit(m.start(), _trimmed(m), "address") for m in _JAPANESE.finditer(text))
        yield from (Hit(*m.span(1), "address") for m in _CUED.finditer(text))
        for pattern in (_BOX, _KYOTO):
            yield from (Hit(*m.span(), "address") for m in pattern.finditer(text))
    for pattern in (_POSTCODE, _ENGLISH, _CITY_ZIP, _ROMAN_JAPANESE):
        yield from (Hit(m.start(), _trimmed(m), "address") for m in pattern.finditer(text))


def _trimmed(m: re.Match[str]) -> int:
    return m.start() + len(m[0].rstrip(" \n,、."))
