"""Every word the keyword report says by itself, in Japanese and in English."""

from typing import NamedTuple

from koe.keywords.shape import KeywordReport
from koe.language.text import Language
from koe.report.words import Counted

__all__ = ["KeywordWords", "message", "period", "words_in"]


class KeywordWords(NamedTuple):
    """What the report says by itself; `{…}` is filled from the report."""

    title: str
    all_time: str
    since: str
    until: str
    between: str
    sides: dict[str, str]
    """Headings of the two sides."""
    outcomes: dict[str, str]
    deals: Counted
    silent: str
    tiers: dict[str, str]
    tier_notes: dict[str, str]
    counts: str
    terms: str
    points: str
    interval: str
    needs: str
    industry: str
    industry_note: str
    written: str
    none: str
    messages: dict[str, str]
    by_chance: str
    columns: dict[str, str]
    quotes: str
    about: str
    how: tuple[str, ...]
    method: tuple[str, ...]


JA = KeywordWords(
    title="受注と失注の言葉",
    all_time="すべての期間",
    since="{since} から",
    until="{until} まで",
    between="{since} 〜 {until}",
    sides={"won": "受注で多い言葉", "lost": "失注で多い言葉"},
    outcomes={"won": "受注", "lost": "失注"},
    deals=Counted("件", "件", ""),
    silent="ほかに、お客さまの発言がない商談が {n}件あります。数には入れていません。",
    tiers={"finding": "確か", "hint": "手がかり"},
    tier_notes={
        "finding": "調べた語の数を考えに入れても、偶然とは考えにくい差",
        "hint": "差は見えるが、いまの件数では偶然かもしれない",
    },
    counts="受注 {won}/{of_won}件・失注 {lost}/{of_lost}件",
    terms="{n}語",
    points="ポイント",
    interval="90%区間",
    needs="あと約{n}件の商談で判断できます",
    industry="業種で説明できる",
    industry_note="同じ業種の商談どうしで比べると、差がほとんど残りません。",
    written="書き方",
    none="この期間には、こちらに偏る言葉がありません。",
    messages={
        "ok": "{tested}語を検定し、{findings}語が偶然とは考えにくい差でした。",
        "nothing": "受注と失注を分けると言い切れる言葉は、まだありません。",
        "hints": "以下はすべて手がかりです。",
        "needed": "いちばん強い手がかりで、あと約{n}件の商談が要ります。",
        "one_side": "受注か失注のどちらかしかないため、比べられません。",
        "no_deals": "この期間に、お客さまの発言がある終わった商談がありません。",
    },
    by_chance="言葉が結果と無関係でも、手がかりは{n}語ほど並びます。一つずつ発言を読んで確かめてください。",
    columns={
        "term": "言葉",
        "tier": "確かさ",
        "deals_won": "受注の商談",
        "deals_lost": "失注の商談",
        "share_won": "受注での割合",
        "share_lost": "失注での割合",
        "difference": "差",
        "low": "90%下限",
        "high": "90%上限",
        "log_odds": "対数オッズ比",
        "p": "p（1語）",
        "p_adjusted": "p（補正後）",
        "needed": "要る商談数",
        "industry": "業種",
        "variants": "書き方",
        "outcome": "結果",
        "quote": "お客さまの発言",
        "conversation": "通話",
        "turn": "発言番号",
    },
    quotes="発言",
    about="読み方",
    how=(
        "数えているのは商談です。一人のお客さまが何度言っても1件、営業担当の発言は数えません。",
        "「書き方」のどれかが、お客さまの発言に含まれていれば1件です（全角・半角と大文字・小文字は区別せず、"
        "英字の語は語頭から、4文字以下なら語全体で探します）。"
        "発言を検索すれば、だれでも同じ数になります。",
        "「確か」は、調べた語の数で補正しても残る差です。「手がかり」は補正すると残りませんが、"
        "90%区間（商談が30件に満たなければ80%区間）が0をまたぎません。それ以外の言葉は載せていません。",
        "「業種で説明できる」は、業種ごとに比べると差が消える言葉です。消さずに印をつけ、「確か」にはしません。",
        "差は「受注での割合 − 失注での割合」です。件数が少ないほど区間は広くなります。",
    ),
    method=(
        "順位: 対数オッズ比（ジェフリーズ事前分布 +0.5）を標準誤差で割った値",
        "検定: フィッシャーの正確確率検定（両側）、ベンジャミニ・ホッホベルグ法 q=0.10",
        "区間: 2つのジェフリーズ区間を合わせた差の90%区間（Newcombe 1998, 方法10）",
        "業種: コクラン・マンテル・ヘンツェル検定（正確法）と、業種・結果それぞれの周辺尤度の比較",
        "要る商談数: いまの割合が続くとき、検出力80%で検定に通る件数（Fleiss, Tytun, Ury 1980）",
    ),
)

EN = KeywordWords(
    title="Words of won and lost deals",
    all_time="All time",
    since="from {since}",
    until="until {until}",
    between="{since} to {until}",
    sides={"won": "Said more in won deals", "lost": "Said more in lost deals"},
    outcomes={"won": "Won", "lost": "Lost"},
    deals=Counted("deal", "deals"),
    silent="Deals without a customer turn, not counted: {n}.",
    tiers={"finding": "finding", "hint": "hint"},
    tier_notes={
        "finding": "hardly chance, even with so many words tried",
        "hint": "leans, but so few deals could be chance",
    },
    counts="won {won} of {of_won}, lost {lost} of {of_lost}",
    terms="{n} words",
    points="points",
    interval="90% interval",
    needs="about {n} more deals would settle it",
    industry="explained by industry",
    industry_note="Among deals of the same industry hardly any difference is left.",
    written="Written as",
    none="No word leans this way in this period.",
    messages={
        "ok": "Words tested: {tested}. Hardly chance: {findings}.",
        "nothing": "No word separates won from lost deals yet.",
        "hints": "All below are hints.",
        "needed": "The strongest of them needs about {n} more deals.",
        "one_side": "There are only won or only lost deals, so nothing can be compared.",
        "no_deals": "No closed deal of this period has a customer turn.",
    },
    by_chance="By chance alone about {n} hints would stand here. Read the quotes.",
    columns={
        "term": "Word",
        "tier": "Tier",
        "deals_won": "Won deals",
        "deals_lost": "Lost deals",
        "share_won": "Share of won",
        "share_lost": "Share of lost",
        "difference": "Difference",
        "low": "90% low",
        "high": "90% high",
        "log_odds": "Log odds ratio",
        "p": "p (one word)",
        "p_adjusted": "p (adjusted)",
        "needed": "Deals needed",
        "industry": "Industry",
        "variants": "Written as",
        "outcome": "Outcome",
        "quote": "Customer's words",
        "conversation": "Call",
        "turn": "Turn",
    },
    quotes="Quotes",
    about="How to read this",
    how=(
        "Deals are counted. A word said often in one deal counts once; words of our own people never count.",
        "A deal counts when a customer turn contains one of the ways listed under “written as”, whatever its "
        "case or width; short words whole. A search of the calls gives the same number.",
        "A finding is a difference that stands after correction for the number of words tried. "
        "A hint does not, but its 90% interval leaves out zero (of fewer than 30 deals "
        "its 80% interval). No other word is shown.",
        "“Explained by industry” marks words whose difference goes when deals are compared within "
        "industries. They stay, and are never findings.",
        "The difference is the share among won deals minus the share among lost deals. "
        "The fewer deals, the wider the interval.",
    ),
    method=(
        "Rank: log odds ratio with a Jeffreys prior (+0.5) in standard errors",
        "Test: Fisher's exact test, two-sided, Benjamini–Hochberg at q = 0.10",
        "Interval: 90% for the difference, two Jeffreys intervals combined (Newcombe 1998, method 10)",
        "Industry: Cochran–Mantel–Haenszel, exact, and marginal likelihoods of industry and outcome",
        "Deals needed: for the shares as they are, with a power of 80% (Fleiss, Tytun and Ury 1980)",
    ),
)


def words_in(language: Language) -> KeywordWords:
    """The catalogue of a language."""
    return JA if language == "ja" else EN


def period(report: KeywordReport, words: KeywordWords) -> str:
    """The closing days the report covers."""
    form = {
        (True, True): words.between,
        (True, False): words.since,
        (False, True): words.until,
    }.get((report.since is not None, report.until is not None), words.all_time)
    return form.format(since=report.since, until=report.until)


def message(report: KeywordReport, words: KeywordWords) -> list[str]:
    """What the report comes to, in one to four sentences."""
    findings = sum(word.tier == "finding" for word in report.keywords)
    lines = [words.messages[report.message].format(tested=report.tested, findings=findings)]
    if report.message == "nothing" and report.keywords:
        lines.append(words.messages["hints"])
    if report.deals_needed is not None:
        lines.append(words.messages["needed"].format(n=report.deals_needed))
    if any(word.tier == "hint" for word in report.keywords):
        lines.append(words.by_chance.format(n=round(report.by_chance)))
    if report.silent:
        lines.append(words.silent.format(n=report.silent))
    return lines
