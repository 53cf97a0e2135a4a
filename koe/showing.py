"""What `koe show` says around a conversation and a deal: one catalogue per language, one type."""

from collections.abc import Mapping
from typing import NamedTuple

from koe.language.text import Language
from koe.records import FindingKind, Outcome, State
from koe.report.words import words_in

__all__ = ["Showing", "showing_in"]


class Showing(NamedTuple):
    """The words of a shown conversation and of a shown deal."""

    roles: Mapping[str, str]
    kinds: Mapping[str, str]
    finding_kinds: Mapping[FindingKind, str]
    outcomes: Mapping[Outcome, str]
    states: Mapping[State, str]
    no_date: str
    no_amount: str
    days: str
    lost_because: str
    behind: str
    """What stands in brackets behind a name: a stage, or the rule by which a deal is known."""
    rules: Mapping[str, str]
    rule_alone: str
    no_such_deal: str
    """Why a conversation has no deal, from here on, and then what to do."""
    open_then: str
    called_so: str
    never_opened: str
    pull_deals: str
    one_source: str
    is_it_this: str
    say_opening: str
    fits_another: str
    """Why a deal has no conversation, and what to do."""
    not_opened: str
    none_then: str


def showing_in(language: Language) -> Showing:
    """The catalogue of one language."""
    return JA if language == "ja" else EN


EN = Showing(
    roles={"customer": "customer", "agent": "agent", "other": "other"},
    kinds={"ticket": "ticket", "call": "call", "deal": "deal"},
    finding_kinds={kind: kind.value for kind in FindingKind},
    outcomes={"won": "won", "lost": "lost", "open": "open"},
    states={state: state.value for state in State},
    no_date="no date",
    no_amount="no amount",
    days="{opened} – {closed}",
    lost_because="lost because: {reason}",
    behind="{name} ({what})",
    rules={
        "source": "named by its source",
        "other source": "named by an id of another source",
        "account and time": "by account and time",
    },
    rule_alone="({rule})",
    no_such_deal="no deal: no source has {deal}",
    open_then="no deal: {deals} were open then",
    called_so="no deal: {deals} are called so",
    never_opened="no deal: none of its account says since when it is open",
    pull_deals=(
        "Next: pull the deals too, or mend the deal's id where the conversation comes from; then koe pull"
    ),
    one_source="Next: koe show {look}; it joins as soon as one source alone has a deal {deal}",
    is_it_this=(
        "Next: koe show {deal}; is it this one, write {deal} as the call's deal id where it comes from (for "
        "a transcript in a list beside it: calls.csv with the columns file,deal_id), then koe pull"
    ),
    say_opening="Next: give the deals the day since when they are open (opened_at, 作成日), then koe pull",
    fits_another=(
        "No conversation belongs to it: {call} fits it, and another deal too. Next: koe show {call}"
    ),
    not_opened=(
        "No conversation belongs to it; it does not say since when it is open (opened_at), so no call joins "
        "it by time. Next: give it that day where it comes from, then koe pull"
    ),
    none_then=(
        "No conversation belongs to it: no call names it, and no call of its company took place while it was "
        "open. Next: koe pull, with its calls under the company's name as it stands here, or with this "
        "deal's id"
    ),
)
JA = Showing(
    roles={"customer": "お客さま", "agent": "担当", "other": "その他"},
    kinds={"ticket": "問い合わせ", "call": "通話", "deal": "商談"},
    finding_kinds=words_in("ja").finding_kinds,
    outcomes=words_in("ja").outcomes,
    states={
        State.READ: "声あり",
        State.NOTHING: "声なし",
        State.EMPTY: "お客さまの発言なし",
        State.UNPLACED: "話者が不明のため未読",
        State.FOREIGN: "日本語でも英語でもないため未読",
        State.FAILED: "読めず（次回もう一度読みます）",
        State.LEFT: "未読",
        State.WITHDRAWN: "削除済み",
    },
    no_date="日付なし",
    no_amount="金額なし",
    days="{opened} ～ {closed}",
    lost_because="失注理由：{reason}",
    behind="{name}（{what}）",
    rules={
        "source": "元のデータの指定",
        "other source": "別のソースの番号",
        "account and time": "会社と日付から",
    },
    rule_alone="（{rule}）",
    no_such_deal="商談なし：{deal} はどのソースにもありません",
    open_then="商談なし：当時は {deals} が進行中で、1つに決まりません",
    called_so="商談なし：同じ番号の商談が複数あります（{deals}）",
    never_opened="商談なし：この会社の商談に作成日がありません",
    pull_deals="次へ: 商談も取り込むか、元のデータで商談の番号を直してから、koe pull",
    one_source="次へ: koe show {look}（番号 {deal} の商談があるソースが1つになれば、結び付きます）",
    is_it_this=(
        "次へ: koe show {deal}（この商談なら、元のデータで通話の商談の番号を {deal} にしてから、koe pull。"
        "文字起こしなら、同じフォルダの calls.csv に file,deal_id の列で書きます）"
    ),
    say_opening="次へ: 商談に作成日（opened_at）を入れてから、koe pull",
    fits_another=(
        "結び付いた会話はありません。{call} が当てはまりますが、ほかの商談にも当てはまります。"
        "次へ: koe show {call}"
    ),
    not_opened=(
        "結び付いた会話はありません。商談の作成日（opened_at）がないため、日付では通話を結び付けられません。"
        "次へ: 元のデータに作成日を入れてから、koe pull"
    ),
    none_then=(
        "結び付いた会話はありません。この商談を指す通話も、進行中にあったこの会社の通話もありません。"
        "次へ: ここにある会社名か、この商談の番号を付けた通話を用意してから、koe pull"
    ),
)
