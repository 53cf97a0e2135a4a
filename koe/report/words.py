"""Every word the report says by itself, in Japanese and in English: one catalogue, one type."""

from typing import NamedTuple

from koe.digest import DigestState
from koe.facts.shape import Credit, Trend
from koe.records import ConversationKind, FindingKind, Outcome, State
from koe.text import Language

__all__ = ["Counted", "Words", "words_in"]


class Counted(NamedTuple):
    """A unit that follows a number: `6社`, `1 account`, `6 accounts`."""

    one: str
    many: str
    gap: str = " "

    @property
    def mark(self) -> str:
        """The unit where the number already stands; empty where the label names it."""
        return "" if self.gap else self.many

    def __call__(self, count: int) -> str:
        return f"{count:,}{self.gap}{self.one if count == 1 else self.many}"


class Words(NamedTuple):
    """What the report says by itself."""

    # masthead
    title: str
    brand: str
    skip: str
    readers: str
    readers_of: dict[str, str]
    revision: str
    changes: str
    # units
    accounts: Counted
    conversations: Counted
    tickets: Counted
    calls: Counted
    themes: Counted
    quotes: Counted
    deals: Counted
    findings: Counted
    sentences: Counted
    lines: Counted
    weeks: Counted
    # sections, in the order they stand
    overview: str
    complaints: str
    top: str
    all_complaints: str
    gone: str
    requests: str
    faq: str
    faq_note: str
    sales: str
    objections: str
    losses: str
    content: str
    buying_reasons: str
    praise: str
    history: str
    trust: str
    guard: str
    coverage: str
    # short labels
    total: str
    chart_complaints: str
    history_caption: str
    volumes: str
    tickets_label: str
    calls_label: str
    themes_label: str
    outcomes_label: str
    new_of: str
    previous: str
    no_previous: str
    this_week: str
    previous_week: str
    theme: str
    week: str
    accounts_label: str
    change: str
    severity: str
    strength: str
    conversation: str
    account: str
    amounts: str
    amount_unknown: str
    crm_reason: str
    no_reason: str
    no_objection: str
    also: str
    more_themes: str
    more_quotes: str
    weeks_axis: str
    none: dict[str, str]
    empty_week: str
    silent_week: str
    kinds: dict[ConversationKind, str]
    finding_kinds: dict[FindingKind, str]
    outcomes: dict[Outcome, str]
    trends: dict[Trend, str]
    levels: dict[int, str]
    states: dict[State, str]
    state: str
    sum_line: str
    duplicates: str
    skipped: str
    dropped: str
    languages: dict[Language, str]
    digest_states: dict[DigestState, str]
    refused: str
    nothing_refused: str
    rule: str
    count_label: str
    method: str
    # index and terminal
    index_title: str
    weeks_title: str
    index_empty: str
    first_complaint: str
    report: str
    read_line: str
    open_quotes: str
    comma: str
    open_quote: str
    close_quote: str
    sections: dict[str, str]
    reasons: dict[str, str]
    rules: dict[str, str]
    credits: dict[Credit, str]
    unsettled: str


JA = Words(
    title="お客さまの声 週報",
    brand="koe 声",
    skip="本文へ",
    readers="読む人から選ぶ",
    readers_of={
        "management": "経営・全員",
        "developers": "開発",
        "support": "サポート",
        "sales": "営業",
        "content": "コンテンツ",
    },
    revision="第{n}版",
    changes="前の版から変わったこと",
    accounts=Counted("社", "社", ""),
    conversations=Counted("件", "件", ""),
    tickets=Counted("件", "件", ""),
    calls=Counted("件", "件", ""),
    themes=Counted("テーマ", "テーマ", ""),
    quotes=Counted("件", "件", ""),
    deals=Counted("件", "件", ""),
    findings=Counted("件", "件", ""),
    sentences=Counted("文", "文", ""),
    lines=Counted("行", "行", ""),
    weeks=Counted("週", "週", ""),
    overview="今週の要点",
    complaints="困りごと",
    top="上位3つ",
    all_complaints="すべての困りごと",
    gone="先週はあって、今週は聞かれなかったもの",
    requests="機能の要望",
    faq="よくある質問の候補",
    faq_note="直近{weeks}に、何社から聞かれたかの順です。",
    sales="商談",
    objections="迷いと断りの理由",
    losses="今週の失注",
    content="お客さまの言葉",
    buying_reasons="選ばれる理由",
    praise="お褒めの声",
    history="週ごとの推移",
    trust="この週報の確かさ",
    guard="文章の検査",
    coverage="読んだ範囲",
    total="合計",
    chart_complaints="困りごと（会社数）",
    history_caption="困りごとごとの会社数。日付は週の初日（月曜）。",
    volumes="届いた会話",
    tickets_label="問い合わせ",
    calls_label="商談・通話",
    themes_label="困りごと",
    outcomes_label="受注と失注",
    new_of="うち新しいもの {n}",
    previous="前週 {n}",
    no_previous="前週の記録なし",
    this_week="今週",
    previous_week="前週",
    theme="テーマ",
    week="週",
    accounts_label="会社数",
    change="動き",
    severity="重さ",
    strength="強さ",
    conversation="会話",
    account="会社",
    amounts="関わる商談",
    amount_unknown="金額なし",
    crm_reason="記録された理由",
    no_reason="理由の記録なし",
    no_objection="この商談の通話に、断りの理由にあたる発言はありません。",
    also="ほか {n}",
    more_themes="ほかの {n}",
    more_quotes="ほか {n}：",
    weeks_axis="週の初日（月曜）",
    none={
        "complaints": "今週、困りごとの声はありませんでした。",
        "requests": "今週、機能の要望はありませんでした。",
        "faq": "この期間、使い方の質問はありませんでした。",
        "objections": "今週、迷いや断りの声はありませんでした。",
        "losses": "今週、失注はありませんでした。",
        "buying_reasons": "今週、選ばれる理由にあたる声はありませんでした。",
        "praise": "今週、お褒めの声はありませんでした。",
    },
    empty_week="この週に届いた会話はありません。",
    silent_week="会話は届きましたが、取り上げる声はありませんでした。",
    kinds={"ticket": "問い合わせ", "call": "商談・通話"},
    finding_kinds={
        FindingKind.COMPLAINT: "困りごと",
        FindingKind.FEATURE_REQUEST: "要望",
        FindingKind.QUESTION: "質問",
        FindingKind.OBJECTION: "迷い・断り",
        FindingKind.BUYING_REASON: "選ばれる理由",
        FindingKind.PRAISE: "お褒め",
    },
    outcomes={"won": "受注", "lost": "失注", "open": "商談中"},
    trends={
        "new": "新しく出た",
        "rising": "増えている",
        "falling": "減っている",
        "steady": "横ばい",
        "gone": "聞かれなくなった",
    },
    levels={1: "小", 2: "中", 3: "大"},
    states={
        State.READ: "読んで、声が見つかった",
        State.NOTHING: "読んで、取り上げる声はなかった",
        State.EMPTY: "お客さまの発言がなかった",
        State.FAILED: "読めなかった（次回もう一度読みます）",
        State.LEFT: "まだ読んでいない（次回続きを読みます）",
        State.WITHDRAWN: "元のシステムで削除された",
    },
    state="状態",
    sum_line="届いた会話は合わせて{n}。どの会話も、次のどれか一つに入ります。",
    duplicates="同じ文面のくり返しが{n}ありました。読みましたが、数えるのは一度だけです。",
    skipped="会話にできなかった記録が{n}ありました。",
    dropped="原文と一致しないなどの理由で{n}の引用を捨てました。",
    languages={"ja": "日本語", "en": "英語"},
    digest_states={
        "draft": "文章はまだ検査していません。",
        "guarded": "文章は、数字・引用・出典の検査を通りました。",
        "published": "文章は、数字・引用・出典の検査を通りました。",
        "degraded": "書かれた文章が検査を通らなかったため、計算した数字だけで組み立てた文章に替えました。",
        "held": "文章は検査を通らず、公開を止めています。",
    },
    refused="検査で外した文：{n}。外した文はどこにも載せません。",
    nothing_refused="検査で外した文はありません。",
    rule="検査の項目",
    count_label="件数",
    method="数字はすべて計算したもので、引用はお客さまの発言そのままです。"
    "同じ会社からの声は、何度あっても1社と数えます。",
    weeks_title="週を選ぶ",
    index_title="お客さまの声 週報の一覧",
    index_empty="まだ週報はありません。",
    first_complaint="いちばん多い困りごと",
    report="週報",
    read_line="届いた会話 {came}：読んだもの {read}（声あり {found}）、読めていないもの {unread}",
    open_quotes="引用 {n}",
    comma="、",
    open_quote="「",
    close_quote="」",
    sections={
        "overview": "全体",
        "volumes": "届いた会話",
        "conversations": "届いた会話",
        "tickets": "問い合わせ",
        "calls": "商談・通話",
        "complaints": "困りごと",
        "gone": "聞かれなくなったもの",
        "feature_requests": "機能の要望",
        "objections": "迷いと断りの理由",
        "losses": "失注",
        "buying_reasons": "選ばれる理由",
        "faq": "よくある質問の候補",
        "praise": "お褒めの声",
        "coverage": "読んだ範囲",
    },
    reasons={
        "not_in_turn": "原文に見つからない",
        "not_customer": "お客さまの発言ではない",
        "ambiguous": "どの発言か決められない",
        "empty": "引用が空",
        "too_short": "引用が短すぎる",
        "too_long": "引用が長すぎる",
        "placeholder": "伏せた箇所だけの引用",
        "cut_number": "数字の途中で切れている",
        "cut_word": "語の途中で切れている",
        "cut_negation": "打ち消しが落ちている",
        "repeated": "同じ会話の中のくり返し",
    },
    rules={},
    credits={"product": "製品", "support": "サポート", "person": "担当者"},
    unsettled="まだテーマの決まっていない声が{n}あります。どの一覧にも入っていません。",
)

EN = Words(
    title="Voice of the customer, weekly",
    brand="koe 声",
    skip="Skip to the report",
    readers="Read as",
    readers_of={
        "management": "Management, everyone",
        "developers": "Developers",
        "support": "Support",
        "sales": "Sales",
        "content": "Content",
    },
    revision="Revision {n}",
    changes="What changed since the revision before",
    accounts=Counted("account", "accounts"),
    conversations=Counted("conversation", "conversations"),
    tickets=Counted("ticket", "tickets"),
    calls=Counted("call", "calls"),
    themes=Counted("theme", "themes"),
    quotes=Counted("quote", "quotes"),
    deals=Counted("deal", "deals"),
    findings=Counted("finding", "findings"),
    sentences=Counted("sentence", "sentences"),
    lines=Counted("record", "records"),
    weeks=Counted("week", "weeks"),
    overview="This week in short",
    complaints="Complaints",
    top="Top three",
    all_complaints="All complaints",
    gone="Heard last week, not this week",
    requests="Feature requests",
    faq="FAQ candidates",
    faq_note="By the number of accounts that asked over the last {weeks}.",
    sales="Deals",
    objections="Objections",
    losses="Lost this week",
    content="In customers’ words",
    buying_reasons="Reasons to buy",
    praise="Praise",
    history="Week by week",
    trust="How far to trust this report",
    guard="The check of the text",
    coverage="What was read",
    total="Total",
    chart_complaints="Complaints by accounts",
    history_caption="Accounts per complaint. Dates are the first day of the week (Monday).",
    volumes="Conversations that came in",
    tickets_label="Tickets",
    calls_label="Calls",
    themes_label="Complaints",
    outcomes_label="Won and lost",
    new_of="{n} of them new",
    previous="last week {n}",
    no_previous="no record of last week",
    this_week="This week",
    previous_week="Last week",
    theme="Theme",
    week="Week",
    accounts_label="Accounts",
    change="Trend",
    severity="severity",
    strength="strength",
    conversation="Conversation",
    account="Account",
    amounts="Deals that mention it",
    amount_unknown="no amount",
    crm_reason="Reason on record",
    no_reason="No reason on record",
    no_objection="Nothing said in the calls of this deal counts as an objection.",
    also="and {n} more",
    more_themes="{n} more",
    more_quotes="{n} more:",
    weeks_axis="first day of the week (Monday)",
    none={
        "complaints": "Nobody complained this week.",
        "requests": "Nobody asked for a feature this week.",
        "faq": "Nobody asked how something works in this period.",
        "objections": "No objection was raised this week.",
        "losses": "No deal was lost this week.",
        "buying_reasons": "No reason to buy was named this week.",
        "praise": "No praise this week.",
    },
    empty_week="No conversation came in this week.",
    silent_week="Conversations came in, but nothing in them belongs in this report.",
    kinds={"ticket": "ticket", "call": "call"},
    finding_kinds={
        FindingKind.COMPLAINT: "complaint",
        FindingKind.FEATURE_REQUEST: "feature request",
        FindingKind.QUESTION: "question",
        FindingKind.OBJECTION: "objection",
        FindingKind.BUYING_REASON: "reason to buy",
        FindingKind.PRAISE: "praise",
    },
    outcomes={"won": "won", "lost": "lost", "open": "open"},
    trends={
        "new": "new",
        "rising": "rising",
        "falling": "falling",
        "steady": "steady",
        "gone": "gone",
    },
    levels={1: "low", 2: "medium", 3: "high"},
    states={
        State.READ: "Read, with something to report",
        State.NOTHING: "Read, nothing to report",
        State.EMPTY: "No customer said a word in it",
        State.FAILED: "Could not be read (tried again next time)",
        State.LEFT: "Not read yet (continued next time)",
        State.WITHDRAWN: "Deleted in the system it came from",
    },
    state="State",
    sum_line="{n} came in. Each of them is in exactly one of these states.",
    duplicates="{n} repeated another one word for word: read, but counted once.",
    skipped="{n} could not become a conversation.",
    dropped="{n} dropped, because they did not match the source or for another reason.",
    languages={"ja": "Japanese", "en": "English"},
    digest_states={
        "draft": "The text has not been checked yet.",
        "guarded": "The text passed the check of numbers, quotes and sources.",
        "published": "The text passed the check of numbers, quotes and sources.",
        "degraded": "The text as written did not pass the check; "
        "it was replaced by one that is put together from computed numbers only.",
        "held": "The text did not pass the check and is held back.",
    },
    refused="{n} taken out by the check. What it takes out is shown nowhere.",
    nothing_refused="The check took nothing out.",
    rule="Rule",
    count_label="Count",
    method="Every number is computed and every quote is what the customer said, word for word. "
    "One account is one voice, however often it wrote.",
    weeks_title="Weeks",
    index_title="Voice of the customer: all weeks",
    index_empty="There is no weekly report yet.",
    first_complaint="Most frequent complaint",
    report="Report",
    read_line="{came} came in: {read} read ({found} with something to report), {unread} not read",
    open_quotes="{n}",
    comma=", ",
    open_quote="“",
    close_quote="”",
    sections={
        "overview": "Overall",
        "volumes": "Conversations",
        "conversations": "Conversations",
        "tickets": "Tickets",
        "calls": "Calls",
        "complaints": "Complaints",
        "gone": "No longer heard",
        "feature_requests": "Feature requests",
        "objections": "Objections",
        "losses": "Lost deals",
        "buying_reasons": "Reasons to buy",
        "faq": "FAQ candidates",
        "praise": "Praise",
        "coverage": "What was read",
    },
    reasons={
        "not_in_turn": "not found in the source",
        "not_customer": "not said by the customer",
        "ambiguous": "could be any of several turns",
        "empty": "empty quote",
        "too_short": "quote too short",
        "too_long": "quote too long",
        "placeholder": "only a masked stretch",
        "cut_number": "cut through a number",
        "cut_word": "cut through a word",
        "cut_negation": "lost its negation",
        "repeated": "said before in the same conversation",
    },
    rules={},
    credits={"product": "product", "support": "support", "person": "a person"},
    unsettled="{n} without a theme so far; in none of the lists.",
)

_WORDS: dict[Language, Words] = {"ja": JA, "en": EN}


def words_in(language: Language) -> Words:
    """The catalogue of one language."""
    return _WORDS[language]
