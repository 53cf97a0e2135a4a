"""Words for the lies of a hostile hand: what `eval.hostile` puts into correct sentences."""

from collections.abc import Mapping

from koe.language.text import Language

UNITS: Mapping[Language, tuple[tuple[str, str], ...]] = {
    "ja": (("社", "件"), ("件", "社"), ("社", "人"), ("件", "％"), ("週", "社")),
    "en": (
        (" accounts", " conversations"),
        (" accounts", " deals"),
        (" conversations", " accounts"),
        (" deals", " accounts"),
        (" accounts", " percent"),
        (" weeks", " accounts"),
    ),
}
PERIODS: Mapping[Language, tuple[tuple[str, str], ...]] = {
    "ja": (
        ("今週", "前週"),
        ("今週", "今月"),
        ("前週", "今週"),
        ("前週", "先月"),
        ("今週", "昨日"),
        ("前週", "前年"),
    ),
    "en": (
        ("this week", "last week"),
        ("this week", "this month"),
        ("last week", "this week"),
        ("last week", "last month"),
        ("this week", "today"),
        ("last week", "last year"),
    ),
}
BEYOND: Mapping[Language, tuple[str, ...]] = {
    "ja": ("$n社超", "$n件以上もの数百", "$n社近く", "$n万社", "$n千件", "$n倍", "$n社余り", "$n割"),
    "en": (
        "more than $n",
        "nearly $n",
        "$n thousand",
        "over $n",
        "$n or more",
        "$n hundred",
        "$n%",
        "$n times as many",
        "$nk",
        "fewer than $n",
    ),
}
DISGUISED = (
    "evil[.]example",
    "evil dot example",
    "hxxps://evil.example",
    "//evil.example/a",
    "xn--80ak6aa92e.com",
    "evil．example",
    "evil。com",
    "bit.ly/3xYz",
    "evil.shop",
    "ｅｖｉｌ．ｃｏｍ",
    "ⓔⓥⓘⓛ.ⓒⓞⓜ",
    "tel:0312345678",
    "evil.tokyo/pay",
    "ＷＷＷ．evil.example",
    "file:///etc/passwd",
    "[x]: evil.example",
    "ｈｔｔｐ：／／evil.example",
)
MARKS = (
    "@channel",
    "<!channel>",
    "<@U012AB3CD>",
    "@here",
    "＠all",
    "**!**",
    "`rm`",
    "<script>alert(1)</script>",
    "&lt;b&gt;",
    "[x][y]",
    "<style>*{}</style>",
    "![a](b)",
    "| a | b |",
    "{{config}}",
    "{% raw %}",
    "${HOME}",
)
UNSEEN = (
    "\u200b",
    "\u200d",
    "\u202e",
    "\u2060",
    "\u00ad",
    "\ufeff",
    "\u2066",
    "\u180e",
    "\ufe0f",
    "\u3164",
    "\u2028",
)
LOOKALIKES: Mapping[str, str] = {
    "a": "\u0430",
    "e": "\u0435",
    "o": "\u043e",
    "c": "\u0441",
    "p": "\u0440",
    "i": "\u0456",
    "n": "\U0001d427",
    "t": "\U0001d42d",
}
"""Letters of other alphabets that look the same."""
LOOKALIKE_JA = ("сlick", "ρay", "аlert", "𝐩𝐚𝐲", "Ԁeal")
NAMED: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "タナカさんの声です。",
        "すずき様からの声です。",
        "サトウ氏が話しました。",
        "ハナコちゃんの指摘です。",
        "T.Y.様の声です。",
        "田 中さんの声です。",
        "担当はたかはしさんです。",
        "Ｔａｎａｋａさんの声です。",
        "渡邉様・齋藤様の声です。",
    ),
    "en": (
        "Tanaka-san said so.",
        "It was Ms. T. Yamada.",
        "Dr Okafor raised it.",
        "It came from J. Miller.",
        "Prof. Lindqvist confirmed it.",
        "Mrs O'Neill repeated it.",
        "It was said by Priya.",
        "Hanako-sama wrote it.",
    ),
}
TOLD_AS: Mapping[Language, Mapping[str, tuple[str, ...]]] = {
    "ja": {
        "for": ("「$t」は$qとお褒めをいただきました。", "「$t」への感謝として$qという声が届きました。"),
        "against": ("「$t」への苦情として$qが寄せられました。", "「$t」には$qという不満が出ています。"),
        "question": ("「$t」についての質問は$qでした。", "「$t」はよくある質問で、$qと聞かれました。"),
        "request": ("「$t」の要望は$qです。", "要望では「$t」について$qと言われました。"),
    },
    "en": {
        "for": ("“$t” was praised: $q.", "Customers were delighted by “$t”: $q."),
        "against": ("A customer complained about “$t”: $q.", "“$t” drew an objection: $q."),
        "question": ("A frequently asked question is “$t”: $q.", "The question on “$t” was $q."),
        "request": ("The feature request “$t” reads $q.", "“$t” was requested: $q."),
    },
}
PLACED: Mapping[Language, tuple[tuple[int, str], ...]] = {
    "ja": (
        (2, "二番目に多い困りごとは「$t」です。"),
        (3, "「$t」は三番目でした。"),
        (2, "次点は「$t」です。"),
        (2, "第二に「$t」が挙がりました。"),
    ),
    "en": (
        (2, "The second most common complaint is “$t”."),
        (3, "“$t” ranks third."),
        (2, "Runner-up is “$t”."),
        (2, "In second place comes “$t”."),
    ),
}
TWO: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "「$a」（$m社）と「$b」（$n社）が挙がりました。",
        "$m社が「$a」を、$n社が「$b」を挙げました。",
        "「$a」は$p、「$b」は$qという声でした。",
    ),
    "en": (
        "“$a” ($m accounts) and “$b” ($n accounts) came up.",
        "$m accounts named “$a” and $n accounts named “$b”.",
        "On “$a” we heard $p, on “$b” we heard $q.",
    ),
}
QUANTIFIED: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "すべての会社が同じ声です。",
        "どの会社も困っています。",
        "誰もが不満を話しました。",
        "三分の一の会社が挙げました。",
        "一社も不満を話しませんでした。",
        "大部分の声がこれです。",
        "軒並み増えています。",
        "声は三倍になりました。",
        "ほぼ全員が困っています。",
        "会社の過半が挙げました。",
    ),
    "en": (
        "Most accounts agree.",
        "None of the customers disagreed.",
        "Nobody was satisfied.",
        "A third of accounts said so.",
        "A handful of accounts left.",
        "Both customers confirmed it.",
        "Everyone mentioned it.",
        "Each account raised it twice.",
        "The bulk of complaints is this.",
        "Complaints rose threefold.",
        "All of our customers want it.",
        "No customer was happy.",
    ),
}
