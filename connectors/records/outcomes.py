"""What exports call the outcome of a deal: won, lost, or still open. Pure.

A stage is taken for what it says alone. 受注見込 is no 受注, and a word that is not known is named, never
guessed: a deal on the wrong side turns the words of won and lost deals over.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from koe.records import Outcome

NO_OUTCOMES: Mapping[str, Outcome] = MappingProxyType({})
_WON = """
    won win closed_won closedwon deal_won 受注 受注済 受注済み 受注完了 受注確定 受注決定 成約 成約済
    成約済み 成立 契約成立 契約済 契約済み 契約締結 契約締結済 契約締結済み 導入決定 採用決定 納品済
    納品済み 検収済 検収済み 請求済 請求済み 入金済 入金済み 獲得
"""
_LOST = """
    lost loss closed_lost closedlost deal_lost 失注 失注済 失注済み 失注確定 不成約 不成立 契約不成立
    未成約 見送り 見送 断念 流注 敗注 不採用 他社採用 他社決定 他社受注
"""
_OPEN = """
    open in_progress ongoing active 商談中 商談 進行中 進捗中 対応中 継続中 検討 検討中 新規 リード 見込
    見込み 見込み客 未着手 アプローチ アプローチ中 アプローチ済 アポ アポ取得 アポ獲得 アポイント
    アポイント設定済 アポイント設定済み アポイント予定 アポイントメント予定 初回訪問 初回面談 初回商談
    訪問 訪問済 ヒアリング ヒアリング中 ヒアリング済 ヒアリング済み 課題確認 ニーズ確認 要件確認 要件定義
    デモ デモ実施 デモ済 デモ済み トライアル トライアル中 提案 提案前 提案中 提案済 提案済み 提案準備
    提案準備中 提案書提出 見積 見積り 見積中 見積作成中 見積提出 見積提出中 見積提出済 見積提出済み 見積済
    見積済み 見積依頼 交渉 交渉中 条件交渉 価格交渉 最終交渉 クロージング クロージング中 稟議 稟議中
    社内稟議 社内検討 社内検討中 比較検討 比較検討中 決裁待ち 回答待ち 返答待ち 保留 保留中 ペンディング
    追客 追客中 継続フォロー フォロー中 ナーチャリング 受注前 受注見込 受注見込み 受注予定 購入見込みあり
    プレゼン予定 プレゼンテーション予定 意思決定者の賛同 意思決定者が賛同 契約書送付 契約書送付済
    契約書送付済み 契約手続き中 契約交渉中 prospecting qualification qualified qualified_to_buy
    needs_analysis value_proposition id._decision_makers perception_analysis proposal proposal/price_quote
    proposal/quote negotiation negotiation/review appointment_scheduled presentation_scheduled
    decision_maker_bought-in contract_sent demo demo_scheduled proposal_made negotiations_started lead_in
    contact_made discovery evaluation pending on_hold new
"""


def _known(words: str, outcome: Outcome) -> dict[str, Outcome]:
    return dict.fromkeys((word.replace("_", " ") for word in words.split()), outcome)


OUTCOMES: Mapping[str, Outcome] = _known(_WON, "won") | _known(_LOST, "lost") | _known(_OPEN, "open")
"""Stages by how they are written without their number, case and white space."""
_NUMBER = re.compile(
    r"(?:[(\[【<]?\d{1,2}[)\]】>]?\s?[.:_、-]?\s?|[a-z][.:_)-]\s?|\d{1,3}\s?%\s?[:-]?\s?)(?=\D)"
)
_HEAD = re.compile(r"(.+?)\s*(?:[(\[【<{:/|_;,、・→-]|\s)(.*)", re.DOTALL)
_IN_BRACKETS = re.compile(r"(.+?)\s*[(\[【<{](.*)", re.DOTALL)
_CLOSED = re.compile(r"closed[\s-]*(won|lost)\b(.*)", re.DOTALL)
_UNSURE = re.compile(
    r"見込|予定|見通|前|未|待|可能|候補|確度|ヨミ|読み|予測|申請|稟議|確認|交渉|取消|取り消|キャンセル|解約|撤回"
    r"|forecast|expect|pending|likely|cancel|before|\bnot\b|\bor\b|または|もしくは|[?]|^\W*[a-d]\W*$"
)
"""What behind 受注 or 失注 makes it no fact."""


def outcome_of(text: str, told: Mapping[str, Outcome] = NO_OUTCOMES) -> Outcome | None:
    """What a stage says of its deal, as the settings tell or by what exports call it; None where unknown."""
    name = _plain(text)
    settled = {_plain(key): outcome for key, outcome in told.items()}
    if name in settled:
        return settled[name]
    bare = _NUMBER.sub("", name, count=1) if _NUMBER.match(name) else name
    if bare in OUTCOMES:
        return OUTCOMES[bare]
    if closed := _CLOSED.match(bare):
        bare = f"closed {closed[1]} ({closed[2]}"
    for pattern in (_IN_BRACKETS, _HEAD):
        found = pattern.match(bare)
        if found and found[1] in OUTCOMES and not _is_unsure(OUTCOMES[found[1]], found[2]):
            return OUTCOMES[found[1]]
    return None


def _is_unsure(outcome: Outcome, rest: str) -> bool:
    """Whether what stands behind a word takes it back, or says another outcome too."""
    others = {OUTCOMES.get(word) for word in re.split(r"\W+", rest)} - {None, "open", outcome}
    return _UNSURE.search(rest) is not None or bool(others)


def advice(words: Iterable[str]) -> str:
    """The line of koe.toml that says what stages mean, with places to fill in."""
    parts = (f'"{_quoted(word)}" = "…"' for word in words)
    return f"outcomes = {{ {', '.join(parts)} }}"


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def _quoted(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
