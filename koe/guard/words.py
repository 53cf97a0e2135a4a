"""Words that claim something a machine can check: numbers, units, directions, outcomes, ranks."""

import re
from typing import Literal

from koe.language.text import Language

Sign = Literal[-1, 0, 1]

UNITS: dict[Language, dict[str, re.Pattern[str]]] = {
    "ja": {
        "accounts": re.compile(r"社"),
        "conversations": re.compile(r"件|通"),
        "findings": re.compile(r"件"),
        "deals": re.compile(r"件"),
        "weeks": re.compile(r"週"),
        "share": re.compile(r"[%％]|パーセント"),
        "currency": re.compile(r"円|ドル|ユーロ|ポンド|[A-Z]{3}"),
    },
    "en": {
        "accounts": re.compile(r"(?:account|customer|compan(?:y|ies)|client)s?\b"),
        "conversations": re.compile(r"(?:conversation|ticket|call|record)s?\b"),
        "findings": re.compile(r"(?:finding|quote|proposal)s?\b"),
        "deals": re.compile(r"(?:deal|opportunit(?:y|ies))s?\b"),
        "weeks": re.compile(r"weeks?\b"),
        "share": re.compile(r"%|percent\b|per cent\b"),
        "currency": re.compile(r"[A-Z]{3}\b|yen\b|dollars?\b|euros?\b"),
    },
}
"""What may follow a number of a unit; a word of another unit there is a swapped number."""
UNCOUNTED: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"[人名回個日票分点](?![々気])|時間|か月|ヶ月|カ月|店舗|拠点"),
    "en": re.compile(
        r"(?:people|persons?|users?|individuals?|respondents?|employees?|staff|members?|days?|months?|years?"
        r"|hours?|minutes?|points?|votes?|stores?|e?mails?|messages?|units?)\b"
    ),
}
"""What no figure counts."""
NOUNS_JA: dict[str, re.Pattern[str]] = {
    "conversations": re.compile(r"件の(?:会話|問い?合わ?せ|通話)"),
    "deals": re.compile(r"件の商談(?!・通話)"),
}
"""What a number of 件 says it counts."""
CURRENCIES: dict[str, re.Pattern[str]] = {
    "円": re.compile("JPY"),
    "yen": re.compile("JPY"),
    "ドル": re.compile("USD"),
    "dollar": re.compile("USD"),
    "dollars": re.compile("USD"),
    "ユーロ": re.compile("EUR"),
    "euro": re.compile("EUR"),
    "euros": re.compile("EUR"),
    "ポンド": re.compile("GBP"),
}
TRAITS: dict[Language, dict[str, dict[str, str]]] = {
    "ja": {
        "channel": {
            "tickets": r"問い?合わ?せ|チケット",
            "calls": r"商談・通話|通話|コール",
            "conversations": r"会話",
        },
        "kind": {
            "complaint": r"困りごと|苦情|不満",
            "feature_request": r"要望|機能を(?:提案|要望|求|望)",
            "question": r"質問",
            "objection": r"迷い|懸念|断り",
            "buying_reason": r"選ばれる理由|購入理由|買う理由",
            "praise": r"評価|お褒め|称賛",
        },
        "outcome": {"won": r"受注|成約|獲得した", "lost": r"失注", "open": r"商談中|進行中|検討中"},
        "list": {"accounts": r"会社", "deals": r"商談"},
        "end": {"first": r"最初|初回", "last": r"最後|直近"},
        "credit": {"support": r"サポート", "product": r"製品|機能", "person": r"担当"},
        "state": {
            "nothing": r"何も(?:な|あり)",
            "failed": r"読めな|読み(?:取れ|込め)な|失敗",
            "left": r"まだ読んでいない|残って",
            "withdrawn": r"削除",
            "empty": r"発言(?:の|が)な",
            "unplaced": r"どなたがお客さまか",
            "foreign": r"日本語でも英語でも",
            "conversations": r"届いた",
        },
    },
    "en": {
        "channel": {"tickets": r"tickets?", "calls": r"calls?", "conversations": r"conversations?"},
        "kind": {
            "complaint": r"complain\w*",
            "feature_request": r"(?:feature )?requests?|asked for a feature|(?:propos|request"
            r"|suggest)ed features?",
            "question": r"questions?",
            "objection": r"objections?|hesitat\w*",
            "buying_reason": r"reasons? to buy|buying reasons?",
            "praise": r"prais\w*",
        },
        "outcome": {"won": r"won|wins?", "lost": r"lost|loss(?:es)?", "open": r"open"},
        "list": {"accounts": r"accounts?", "deals": r"deals?"},
        "end": {"first": r"first", "last": r"last"},
        "credit": {"support": r"support", "product": r"product", "person": r"person"},
        "state": {
            "nothing": r"nothing",
            "failed": r"could not be read|failed",
            "left": r"to be read|left",
            "withdrawn": r"deleted|withdrawn",
            "empty": r"empty",
            "unplaced": r"not known which",
            "foreign": r"neither in Japanese nor in English",
            "conversations": r"came in",
        },
    },
}
"""By group, the words that say which of several figures a number is."""
_UNHEARD = ("failed", "left", "withdrawn", "empty", "unplaced", "foreign")
ALSO: dict[Language, dict[str, str]] = {
    "ja": {"praise": "感謝|褒め|称え|満足|喜ば|好意", "feature_request": "求め|望", "complaint": "困"},
    "en": {
        "praise": r"compliment\w*|thank\w*|appreciat\w*|applaud\w*|pleased|happy|delighted|positive",
        "feature_request": r"features?|suggest\w*|propos\w*",
        "complaint": r"problems?|troubl\w*|frustrat\w*",
    },
}
"""What may say so too of a figure that has to be called what it is."""
STATES: dict[Language, dict[str, str]] = {
    "ja": {
        "read": r"読",
        "nothing": r"な(?:い|かった|く)|ありません",
        "duplicates": r"重複|同じ",
        "skipped": r"取り込め|飛ば|除",
        "undated": r"日付",
        **{name: TRAITS["ja"]["state"][name] for name in _UNHEARD},
    },
    "en": {
        "read": r"read",
        "nothing": r"nothing|none|no",
        "duplicates": r"duplicates?|repeat\w*",
        "skipped": r"skipped|left out",
        "undated": r"undated|dates?",
        **{name: TRAITS["en"]["state"][name] for name in _UNHEARD},
    },
}
"""What a sentence has to say of figures of the coverage."""
DIRECTIONS: dict[Language, dict[Sign, re.Pattern[str]]] = {
    "ja": {
        1: re.compile(r"増え|増加|増し|上回|急増|上昇|伸び"),
        -1: re.compile(r"減っ|減り|減少|下回|急減|低下|落ち着"),
        0: re.compile(
            r"横ばい|変わって(?:い|お)|変わりません|変わらず|変化(?:は|が)?(?:なく|なし|ありません)"
        ),
    },
    "en": {
        1: re.compile(
            r"\b(?:up (?:by|from|on|\ufffc)|rose|ris(?:es|en|ing)|increas\w+|gr[eo]w\w*|climb\w*"
            r"|more (?:\w+ )?than (?:in )?(?:last|the (?:week|previous))|higher than)\b",
            re.IGNORECASE,
        ),
        -1: re.compile(
            r"\b(?:down (?:by|from|on|\ufffc)|fell|fall(?:s|en|ing)|decreas\w+|declin\w+|dropp\w+"
            r"|shrank|eased"
            r"|(?:fewer|less) (?:\w+ )?than (?:in )?(?:last|the (?:week|previous))|lower than)\b",
            re.IGNORECASE,
        ),
        0: re.compile(r"\b(?:unchanged|steady|flat|same as|as many as|stable)\b", re.IGNORECASE),
    },
}
STEP: dict[Language, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "ja": (
        re.compile(r"(?!)"),
        re.compile(r"[件社通％%]?(?:ほど|だけ|分)?(?:の)?(?:増|減|上回|下回|の?差)"),
    ),
    "en": (
        re.compile(
            r"\b(?:up|down|rose|risen|rises|rising|grew|grown|fell|fallen|falls|falling|increased|decreased"
            r"|declined|dropped|climbed|increasing|decreasing|dropping|growing|declining|climbing) by $"
            r"|\b(?:increase|decrease|rise|drop|decline|fall|jump|dip|gain|uptick|reduction|growth) of $"
            r"|\b(?:up|down) $",
            re.IGNORECASE,
        ),
        re.compile(
            r" (?:\w+ )?(?:more|fewer|less) (?:\w+ )?than| (?:\w+ )?(?:up|down) (?:on|from)\b", re.IGNORECASE
        ),
    ),
}
"""The words before, and the words behind a number that say it is a difference."""
TREND_WORDS: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"傾向|続け"),
    "en": re.compile(r"\b(?:trend\w*|week after week)\b", re.I),
}
"""Beside a direction, these speak of the trend over the weeks, not of the week before."""
NEGATION: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(
        r"(?:増え|増加し|増し|減っ|減り|減少し|上回っ|下回っ|低下し|上昇し)(?:て|は|ては)?(?:い"
        r"|は)?(?:ません|ない|なく|ず)"
    ),
    "en": re.compile(
        r"\b(?:not|never|no)\s+(?:\w+\s+)?(?:r[io]se|risen|increas\w+|gr[eo]w\w*|f[ae]ll\w*|decreas\w+"
        r"|declin\w+|up|down)\b",
        re.IGNORECASE,
    ),
}
NEWNESS: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(
        r"初めて|はじめて|新た[にな]|新しく|新しい(?:困|要望|質問|声|テーマ|懸念|理由|問題)|新顔"
        r"|新規の(?:困|要望|質問|声|テーマ)"
    ),
    "en": re.compile(
        r"\bfirst time\b|\bnewly\b|\bnew this week\b|\bis new\b|\bemerg(?:ed|es|ing)\b"
        r"|\bnew (?:complaint|request|question|theme|topic|objection|concern|issue|reason|entry)\b",
        re.I,
    ),
}
GONENESS: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(
        r"聞かれなくな|聞かれません|なくなりました|消えました|挙がりませんでした"
        r"|[一1][件社人]も[^。]*(?:ません|ない|なか)"
    ),
    "en": re.compile(
        r"\bno longer\b|\bdisappeared\b|\bnobody\b|\bno one\b|\bnot a single\b|\bgone\b|\bvanished\b"
        r"|\bno (?:customer|account|user|prospect)s?\b",
        re.I,
    ),
}
RANKS: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(
        r"最も(?:多|目立)|(?:一番|いちばん)(?:多|目立)|最多|最大|首位|筆頭|先頭|トップ|第一位|第一は"
        r"|ほど多く[^。]*(?:ない|ませ)"
    ),
    "en": re.compile(
        r"\b(?:most (?:widespread|frequent\w*|common\w*|often|\w+ed)"
        r"|(?:top|main|biggest|largest|leading|foremost|chief|number one) (?:complaint|request|question"
        r"|theme|issue|objection|concern|reason)|leads?|tops|comes? first|ahead of (?:all|every)"
        r"|headed by|led by|topped by|heads|most prominently|above all"
        r"|no other \w+ [^.]*as (?:many|often|much))\b",
        re.IGNORECASE,
    ),
}
PREFIXES = {"question": "faq"}
"""What the facts of a kind are called where that is not the kind's own name."""
LED_BY: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(
        r"(?:先頭|筆頭|首位|中心|最多|トップ|一番手)は|[なな]かでも|中でも|とりわけ|特に|そのうち"
    ),
    "en": re.compile(
        r"\b(?:led by|headed by|topped by|most (?:prominently|notably|often|commonly|of all)|above all"
        r"|chiefly|mainly"
        r"|notably|particularly|especially|including|such as)\b",
        re.IGNORECASE,
    ),
}
"""Words that single one theme out of the total of its kind."""
WHOLE_BEFORE: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"(?:全体|合わせて|あわせて|合計|計|全部で|全)[^、。]{0,6}$"),
    "en": re.compile(
        r"\b(?:of|total|all|overall|altogether|together|among)\W+(?:[a-z]+ ){0,2}$", re.IGNORECASE
    ),
}
WHOLE_AFTER: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"[社件](?:の(?:会話|商談))?(?:のうち|中)"),
    "en": re.compile(r" (?:[a-z]+ ){0,2}(?:in total|in all|overall|altogether)\b", re.IGNORECASE),
}
"""The words before and behind a number that say it is of everything."""
COMPLETE: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"(?:すべて|全て|全部)[^、。]{0,6}読"),
    "en": re.compile(r"\b(?:every|all)\w*\b[^.]{0,24}\bread\b", re.IGNORECASE),
}
"""Nothing was left unread."""
CLAIMS: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(
        r"困りごと|困っ|苦情|不満|要望|質問|懸念|迷い|断り|理由|声|評価|称賛|不具合|障害|問題|求め|望"
        r"|受注|失注|解約|お?客様|顧客|誰"
        r"|各?社[がはも]|挙が|挙げ|寄せ|聞かれ|目立"
    ),
    "en": re.compile(
        r"\b(?:nobody|no one|everyone|everybody|anyone|complain\w*|request\w*|ask\w*|question\w*"
        r"|objection\w*|hesitat\w*|reason\w*|prais\w*"
        r"|problem\w*|issue\w*|bug\w*|want\w*|need\w*|customers?|accounts?|won|lost|churn\w*|said"
        r"|mention\w*|rais\w*)\b",
        re.IGNORECASE,
    ),
}
"""Words by which a sentence says something of customers; alone, without a slot, it is an empty claim."""
LINK = re.compile(
    r"https?:|ftp:|mailto:|javascript:|data:\w|www\.|://|!\[|\]\s*\(|\]\s*\[|<[^<>]*>?|&(?:#\d+|\w+);"
    r"|\b[a-z0-9-]+\.(?:com|net|org|io|jp|co|dev|app|ai|info|biz|me|example)\b",
    re.IGNORECASE,
)
MARKUP = re.compile(
    r"[*_]{1,3}\S[^*_]*[*_]{1,3}|`|^\s{0,3}#{1,6}\s|^\s*>|\|.*\||~~|^\s*-{3,}|[\x00-\x1f\x7f]", re.MULTILINE
)
