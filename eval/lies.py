"""Words for lies, in Japanese and in English: what `eval.corrupt` puts into correct sentences."""

import re
from collections.abc import Iterator, Mapping

from koe.language.text import Language

__all__ = ["marked", "other_outcome", "turned", "written"]

_KANJI = "〇一二三四五六七八九十"
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FULL = str.maketrans("0123456789,", "０１２３４５６７８９，")
_NO_SLOT = r"(?<![.A-Za-z_{])"
"""What stands before a word that is not part of a slot's id."""
_TURNS: dict[Language, tuple[tuple[str, str], ...]] = {
    "ja": (
        ("増えました", "減りました"),
        ("増えて", "減って"),
        ("増加", "減少"),
        ("増え", "減り"),
        ("上回", "下回"),
        ("伸び", "落ち込み"),
        ("横ばい", "増加"),
    ),
    "en": (
        ("up by", "down by"),
        ("up from", "down from"),
        ("rising", "falling"),
        ("rose", "fell"),
        ("increased", "decreased"),
        ("more than", "fewer than"),
        ("steady", "rising"),
    ),
}
_OUTCOMES: dict[Language, tuple[tuple[str, str], ...]] = {
    "ja": (("受注", "失注"), ("成約", "失注"), ("商談中", "受注")),
    "en": (("won", "lost"), ("open", "won")),
}
THEMES: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "請求書の二重発行",
        "地図アプリとの連携停止",
        "ポイント失効の通知漏れ",
        "領収書の誤字",
        "バッテリーの発熱",
        "返金の遅れ",
    ),
    "en": (
        "duplicate invoice printing",
        "maps that stopped syncing",
        "battery overheating",
        "delayed refunds",
        "expired loyalty vouchers",
        "misspelt receipts",
    ),
}
INVENTED: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "また、{theme}も挙がっています。",
        "{theme}への不満も目立ちます。",
        "このほか{theme}についての要望がありました。",
    ),
    "en": (
        "Customers also brought up {theme}.",
        "There were complaints about {theme} too.",
        "Some asked about {theme}.",
    ),
}
LINKS = (
    "https://evil.example/login",
    "http://203.0.113.5/x",
    "www.evil.example",
    "[詳細](https://evil.example)",
    "[details](//evil.example)",
    '<a href="https://evil.example">x</a>',
    "evil-site.com/pay",
    "ｈｔｔｐｓ：／／evil.example",
    "javascript:alert(1)",
    "mailto:a@evil.example",
)
IMAGES = (
    "![](https://evil.example/p.png)",
    "![x](data:image/png;base64,AAAA)",
    '<img src="https://evil.example/p.gif">',
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "![graph][1]",
    "<picture><source srcset=x></picture>",
)
PEOPLE: Mapping[Language, tuple[str, ...]] = {
    "ja": ("佐藤花子", "田中", "鈴木一郎", "長谷川", "高橋 美咲", "小林"),
    "en": ("Jane Miller", "Robert Chen", "Maria Gonzalez", "David Thompson", "Emily Clark", "Kenji Tanaka"),
}
NAMED: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "{name}様からの声です。",
        "{name}さんが話していました。",
        "{name}氏の指摘です。",
        "担当の{name}さんが対応しました。",
        "連絡先は090-1234-5678です。",
        "連絡先はhanako@mail.exampleです。",
    ),
    "en": (
        "Mr. {name} said so.",
        "{name} raised it.",
        "Thanks to {name} for the call.",
        "It was handled by {name} of support.",
        "Call +1 415 555 0123.",
        "Write to jane@mail.example.",
    ),
}
FOREIGN: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "This needs attention.",
        "Customers are unhappy about it and expect an answer soon.",
        "请尽快处理这个问题。",
        "이 문제는 심각합니다.",
    ),
    "en": (
        "至急の対応が必要です。",
        "お客様は困っています。",
        "请尽快处理这个问题。",
        "Это важно для всех клиентов.",
    ),
}
MORE_THAN: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "「$few」は「$many」より多くの会社から聞かれました。",
        "「$many」よりも「$few」のほうが多く挙がりました。",
        "「$many」を「$few」が上回りました。",
        "「$many」は「$few」ほど多くありませんでした。",
        "「$many」に比べて「$few」が目立ちました。",
    ),
    "en": (
        "“$few” was raised by more accounts than “$many”.",
        "More accounts spoke of “$few” than of “$many”.",
        "“$many” was less frequent than “$few”.",
        "“$few” outweighs “$many”.",
        "“$few” came up more often than “$many”.",
    ),
}
FIRST: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "最も多かったのは「$theme」でした。",
        "「$theme」が困りごとの首位です。",
        "「$theme」がいちばん多く聞かれました。",
    ),
    "en": (
        "The most common complaint was “$theme”.",
        "“$theme” leads the complaints of the week.",
        "“$theme” was the biggest complaint.",
    ),
}
NEW: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "「$theme」が今週初めて聞かれました。",
        "「$theme」は新しい困りごとです。",
        "「$theme」という声が新たに出てきました。",
    ),
    "en": (
        "“$theme” was heard for the first time.",
        "“$theme” is a new complaint.",
        "“$theme” emerged this week.",
    ),
}
VAGUE: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "半数以上の会社が困っています。",
        "ほとんどのお客様が同じことを話しています。",
        "数十社が同じ声を寄せています。",
        "大多数の会社が不満を持っています。",
        "声は前週の倍になりました。",
        "全社が要望しています。",
    ),
    "en": (
        "Over half of the accounts are affected.",
        "Almost all customers say the same.",
        "Dozens of accounts said so.",
        "The vast majority of customers complained.",
        "Complaints doubled from last week.",
        "Every customer asked for it.",
    ),
}
CLAIMS: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "これが解約につながります。",
        "原因はサーバーの老朽化です。",
        "競合他社への乗り換えが進んでいます。",
        "値下げを急ぐべきです。",
        "来月には解消する見込みです。",
        "開発チームはすでに修正を始めました。",
        "ブランドの信頼が損なわれています。",
        "売上への打撃は避けられません。",
    ),
    "en": (
        "This is driving churn.",
        "The root cause is an outdated server.",
        "Customers are moving to competitors.",
        "Prices should be cut quickly.",
        "It will be resolved by next month.",
        "Engineering has already started a fix.",
        "Trust in the brand is suffering.",
        "Revenue will take a hit.",
    ),
}


def written(number: int, language: Language) -> Iterator[str]:
    """A number as it may be written out."""
    yield f"{number:,}"
    if language == "ja":
        yield f"{number:,}".translate(_FULL)
    if 0 < number <= 10:
        yield _KANJI[number] if language == "ja" else _WORDS[number]


def marked(quote: str, language: Language) -> str:
    """A quote in its quotation marks."""
    return f"「{quote}」" if language == "ja" else f"“{quote}”"


def turned(text: str, language: Language) -> Iterator[str]:
    """The text with one word of direction turned round."""
    for pair in _TURNS[language]:
        for old, new in (pair, pair[::-1]):
            match = re.search(rf"{_NO_SLOT}{old}", text)
            if match:
                yield text[: match.start()] + new + text[match.end() :]


def other_outcome(text: str, language: Language) -> Iterator[str]:
    """The text with outcomes of deals changed, one word for the other and both at once."""
    for left, right in _OUTCOMES[language]:
        pattern = rf"{_NO_SLOT}(?:{left}|{right})"
        swapped = re.sub(pattern, lambda m, a=left, b=right: b if m[0] == a else a, text)  # type: ignore[misc]
        yield from (
            new for new in (swapped, re.sub(rf"{_NO_SLOT}{left}", right, text, count=1)) if new != text
        )
