"""Whether prose brings up matters of its own: content words that neither reporting nor the evidence has."""

import re
from collections.abc import Iterator
from functools import cache

from koe.guard import words
from koe.guard.rules import Read
from koe.guard.slots import HOLE, Evidence
from koe.text import Language, normalize

_STOCK_JA = """
今週 前週 先週 週 直近 期間 会話 問い合わせ 問合せ 商談 通話 会社 各社 顧客 客様 客 声 困りごと 困 苦情
不満 不便 要望 望 希望 求 質問 使い方 使 方 懸念 迷い 迷 断り 断 理由 選 評価 好評 称賛 褒 感謝 満足 発言
言葉 指摘 意見 相談 報告 内容 話題 話 件数 社数 合計 合 多 少 最 次 続 増 減 増加 減少 傾向 横 変 変化 同
初 新 挙 聞 出 届 寄 触 述 言 見 読 終 残 失敗 範囲 全体 中心 特 目立 代表的 典型的 主 主題 具体的 例
例えば 引用 対 関 関連 関係 受注 失注 成約 決 結果 状況 進行中 検討中 検討 金額 額 規模 円 候補 載 掲載
記載 案内 資料 説明 対応 改善 優先 確認 必要 重要 影響 点 面 件 社 名 人 回 別 間 中 前 後 上 下 内 以上
以下 以外 程度 比 比較 数 数字 数値 計算 下書 文章 検査 通 組 立 要約 替 今回 引き続 並 加 含 分 分類 部分
場合 際 時 日 月 年 担当 担当者 サポート 製品 サービス 機能 営業 利用 利用者 ユーザー チーム 部門 社内
業務 現場 導入 契約 更新 予算 データ レポート テーマ トピック コメント メール チケット コール ページ
ガイド マニュアル ヘルプ フォロー ポイント ケース 明 伝 考 思 感 示 受 得 持 置 入 取 付 行 来 止 待 高 低
大 小 早 強 弱 良 悪 一方 一部 一番 首位 上位 順 同様 同じ 動 状態 落着 落 着 急 上回 下回 伸 共通 複数
ドル ユーロ 円 課題 顕著 集中 背景 動向 推移 継続 発生 判明 確認済 概要 全般 総数 累計 延 筆頭 並び 比率 一覧
項目 上記 左記 各 諸 特徴 頻度 頻繁 頻出 最多 最大 最小 首 迎 占 及 語 訴 対象 期 始
割合 根拠 出典 記録 元 口 最後 主な もう一方
"""
_STOCK_EN = """
about account accounts across added again against agent also among another around asked asking asks
because been before being both brought buying call called calls came candidate care case cases cited clear
closed come comes comment comments common company companies compared complain complained complaining
complains complaint complaints computed conversation conversations could count counted customer customers
data deal deals described detail different digest down draft drafted during each every everything evidence
example fell fewer figure figures find finding findings first following found four frequent from gone
heard help here high hesitate hesitated hesitation held high however improvement include includes
including increase increased issue issues item items known largest last least left less like linked list
listed lost made main mainly many meanwhile mention mentioned mentions month more most moved much name
named need needed needs next none nothing noted notes number numbers objection objections once only open
opportunity other others outcome outcomes over overall part pass past period person point points praise
praised problem problems product product's prospect prospects purchase quarter question questions quote
quoted quotes raise raised raising rank ranks rather read reads reason reasons record recorded remain
remained remains report reported reports request requested requests rise rising rose sales same said
saying says several share should shows since sold some speak spoke stand stands statement steady still
summary support team teams text than that their them theme themes then there these they thing things this
those time times told together topic topics total trend under unchanged until upon used user users using
value voice voiced want wanted wants week weekly weeks were what when where which while whose widespread
widely with within without word words work worth would wrote your arrived appear appeared appears
account's leave leaves time worth voices lasting wait waits waiting order orders faq put way came come
going goes give gave gives given
ticket tickets feature longer ones dollar dollars euro euros yen half-year amount attention average based
behind below beside besides brings bring concern concerns continued continues count dominated dominates
dropped eased easing ended featured followed follows frequently further group grew growing highest
increasing lower lowest main majority modest notable notably often ongoing overview particular period
persist persists place places previous prior ranked ranking recent recently reached reaching record
reflect reflects relative remaining repeated roughly second secondly seen separate showed showing similar
slight slightly small smaller stable stayed stays sum telling third trends turn turned volume volumes
welcomed whom window pending unread failed failure hear hears heard yet ahead after afterwards across
along regarding concerning although though however despite instead rest toward towards frustration
frustrated frustrating trouble troubled troubles worried worry worries happy happily pleased unhappy
satisfied disappointed annoyed liked likes loved appreciated thanked know knew learn wish wished hope
hoped tell look looking saw wrote written stood stands beyond half full complete completely entire
entirely altogether almost
"""
_TOKENS: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"[ァ-ヺー]{2,}|[一-鿿々]+|[A-Za-z]{3,}"),
    "en": re.compile(r"[A-Za-z][A-Za-z'’]{3,}|[ァ-ヺー]{2,}|[一-鿿々]+"),
}
_GUESS: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(
        r"べき|でしょう|だろう|見込み|見通し|恐れが|おそれが|かもしれ|はずです|と思われ|と考えられ|と予想|つなが[りる]"
    ),
    "en": re.compile(
        r"\b(?:should|must|ought|will|shall|likely|probably|perhaps|maybe|might|expected to|going to"
        r"|because of|due to|driv(?:es|en|ing)|leads? to|caus(?:es?|ed|ing))\b",
        re.IGNORECASE,
    ),
}
"""Words of advice, of what is to come and of what comes from what."""


def prose_is_supported(one: Read, evidence: Evidence) -> Iterator[str]:
    """The prose brings up nothing of its own: its words are those of reporting or of what it cites."""
    known = _known(one, evidence)
    own = sorted({word for word in _content(one) if not _is_in(word, known)})
    if sum(map(_weight, own)) >= 1:
        yield f"it brings up what it does not cite: {', '.join(own[:5])}"
    if _GUESS[one.language].search(one.prose):
        yield "it advises or foretells, which nothing that was counted can carry"


def _weight(word: str) -> float:
    """Half for a single kanji, as often as not the stem of a plain verb, and for an English word."""
    return 0.5 if len(word) == 1 or word.isascii() else 1.0


@cache
def _checked_words(language: Language) -> re.Pattern[str]:
    """Words that rules of their own hold to the figures."""
    patterns = [*words.DIRECTIONS[language].values(), words.RANKS[language], words.NEWNESS[language]]
    return re.compile("|".join(pattern.pattern for pattern in patterns), re.IGNORECASE)


def _content(one: Read) -> list[str]:
    """Content words of the prose that are no words of reporting."""
    text = _checked_words(one.language).sub("\n", normalize(one.prose).replace(HOLE, "\n")).lower()
    if one.language == "ja":
        for word in _stock("ja"):
            text = text.replace(word, "\n")
        return _TOKENS["ja"].findall(text)
    return [word for word in _TOKENS["en"].findall(text) if not _plain_forms(word) & set(_stock("en"))]


def _plain_forms(word: str) -> set[str]:
    """An English word, and what it is without the endings of inflection."""
    ends = ("s", "es", "ed", "d", "ing", "ly", "'s", "’s")
    return {word, *(word.removesuffix(end) for end in ends if word.endswith(end))}


@cache
def _stock(language: Language) -> tuple[str, ...]:
    """Words of reporting, the longest first."""
    stock = set((_STOCK_JA if language == "ja" else _STOCK_EN).split())
    return tuple(sorted(stock, key=lambda word: (-len(word), word)))


def _known(one: Read, evidence: Evidence) -> str:
    """The text of all that the sentence cites and names."""
    cited = [evidence.findings[id] for id in one.sentence.cites if id in evidence.findings]
    parts = [text for finding in cited for text in (finding.statement, finding.quote)]
    named = {theme for slot in one.slots if (theme := evidence.theme_of(slot))}
    named |= {finding.theme for finding in cited if finding.theme}
    parts += [str(card.value) for id in sorted(named) if (card := evidence.cards.get(f"theme.{id}"))]
    return normalize("\n".join(parts)).lower()


def _is_in(word: str, known: str) -> bool:
    """Whether the evidence has the word; in English the stem is enough."""
    return word in known or (word.isascii() and len(word) > 5 and word[:5] in known)
