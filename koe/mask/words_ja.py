"""Words that stand around Japanese names, and words that only look like names."""

import re

from koe.mask.lists import word_list

__all__ = [
    "ATTACHED",
    "COMMON_SURNAMES",
    "DOUBTFUL_SURNAMES",
    "GREETING",
    "HONORIFICS",
    "NEVER_HONORED",
    "NEVER_INTRODUCED",
    "ORG_TAIL",
    "PARTICLES",
    "PERSON_ROLES",
    "PLACES",
    "SINGLES",
    "TITLES",
    "is_role",
]

HONORIFICS = word_list("honorifics_ja")
TITLES = word_list("titles_ja")
PERSON_ROLES = word_list("roles_ja")
PLACES = word_list("places_ja")
NEVER_HONORED = word_list("never_honored_ja")
NEVER_INTRODUCED = NEVER_HONORED | word_list("never_introduced_ja")
COMMON_SURNAMES = frozenset(
    name for name in word_list("surnames_ja") - PLACES - word_list("surnames_doubtful_ja") if len(name) > 1
)
"""Surnames that need no cue."""
DOUBTFUL_SURNAMES = frozenset(
    name for name in word_list("surnames_doubtful_ja") | (word_list("surnames_ja") & PLACES) if len(name) > 1
)
"""Surnames that are also words or places: they need a verb that only persons do."""
ATTACHED = frozenset(
    ["宛", "宛て", "あて", "経由", "名義", "本人", "個人", "印", "ら", "たち", "達", "自身", "あと"]
)
"""Nouns and suffixes that may follow a lone surname without making it a company or a place."""
PARTICLES = frozenset(
    [
        "が",
        "は",
        "に",
        "を",
        "と",
        "も",
        "へ",
        "から",
        "より",
        "の",
        "まで",
        "や",
        "、",
        "。",
        "宛",
        "って",
        "という",
        "です",
        "でし",
        "だ",
        "で",
    ]
)
SINGLES = frozenset(
    "林森原岡堀辻谷関東南西北泉島星金李朴崔鄭張陳劉楊趙周呉徐孫朱郭菅桂柳杉楠榊菊梶乾巽畑畠滝瀧浜濱湊溝"
    "王黄呂許羅梁宋唐曹鄧蔡潘姜尹沢澤境堺坂塚堤轟都平伴牧槙秦筧篠脇荒荻萩葛薮藪鎌隅鴨鶴宮丸"
)
"""One-character surnames that are met often enough to be believed next to a cue."""
_ROLE_TAIL = re.compile(
    r"(?:[部課係室科院局園所店社会校館堂屋庵組班塾寺]|組合|協会|連合会|財団|法人|チーム|グループ|センター|工場|担当|経理|総務|人事|労務|営業|購買|仕入|受付|事務|"
    r"事務局|広報|情シス|システム|管理|[長者員]|代表|秘書|マネージャー|オーナー|スタッフ|サポート|窓口|デスク|サクセス|薬局|クリニック|"
    r"歯科|商事|工業|産業|印刷|建設|運輸|運送|物流|倉庫|ホテル|旅館|サロン|ストア|マート|フーズ|ジム|スクール|企画|財務|法務|開発|製造|"
    r"品質|配車|現場|調理|厨房|ホール|フロント|看護|保育|教務|施設|カフェ|ベーカリー|デンタル|不動産|技研|電機|電気|電工|食品|製菓|酒造|"
    r"農園|牧場|商店|商会|シフト|うち|弊社|当社|当院|こちら)$"
)
ORG_TAIL = re.compile(
    r"(?:株式会社|有限会社|合同会社|工業|産業|建設|工務店|商事|商店|商会|商社|製作所|電機|電気|電工|印刷|運輸|運送|物流|倉庫|不動産|歯科|医院|"
    r"クリニック|病院|内科|眼科|外科|皮膚科|薬局|接骨院|整骨院|治療院|税理士法人|事務所|法律|会計|組|屋|店|堂|園|亭|庵|寺|農園|牧場|酒造|"
    r"食品|製菓|製麺|水産|鉄工|塗装|造園|設計|建築|土木|設備|石油|化学|製薬|自動車|モータース|技研|証券|銀行|生命|海上|学園|学院|大学|高校|"
    r"塾|道場|ビル|邸|家|駅|町|市|県|区|村|郡|川|山|橋|通り|支店|営業所|出張所|工場|本店|地区|地域|方面|港|空港|インター|製|式|系|流|版)"
)
GREETING = re.compile(
    r"(?:お世話|お疲れ|もしもし|はい|すみません|すいません|失礼|こんにちは|おはよう|こんばんは|はじめまして|初めまして|ありがとう|恐れ入り|"
    r"どうも|いつも|夜分|突然|お電話|ご連絡|先日|先ほど|あの|ええと|えっと|えー)[^。\n]{0,40}$"
)


def is_role(word: str) -> bool:
    """Whether a name can follow the word and の, as in 経理の or さくら薬局の."""
    return word in PERSON_ROLES or _ROLE_TAIL.search(word) is not None
