"""Words that carry no matter of their own, by normal form: never a term, a content word or a keyword."""

_JA_BREAKS = """
事 物 者 所 時 為 様 訳 筈 積もり 通り 儘 方 際 場合 点 形 感じ 位 程 度 他 外 上 下 中 内 間 前 後 次 側
先 元 隣 辺り 辺 迄 等 類 種 風 気 気持ち 件 話 旨 由 限り 一方 反面 以上 以下 以外 以内 以前 以後 以降
未満 程度 全部 全て 一部 半分 大半 殆ど 多く 色々 一つ 二つ 三つ 何 何れ 幾つ 誰 何時 何処 何方 感 大丈夫
結構 本当 多分 一応 一番 沢山 十分 確か 逆 実際 よう そう みたい の こと もの ため とき ところ ほう まま
わけ はず うち もと ほか あと ごと 毎 ばかり 今 今日 昨日 明日 明後日 一昨日 今朝 今晩 今夜 昨夜 今週
先週 来週 再来週 今月 先月 来月 再来月 今年 去年 昨年 来年 一昨年 今期 前期 来期 今年度 昨年度 来年度
年度 毎日 毎週 毎月 毎年 毎回 毎朝 今回 前回 次回 今後 現在 最近 最初 最後 当初 当時 先日 先程 後程 以来
普段 何時も 一度 一旦 今度 此の前 此の間 昔 将来 直ぐ 朝 昼 夜 夕方 午前 午後 週末 週明け 月末 月初 年末
年始 年内 年明け 月曜 火曜 水曜 木曜 金曜 土曜 日曜 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 年
月 日 週 週間 箇月 分間 秒 秒間 日間 年間 月間 途中 直前 直後 今月末 先月末 来月末 瞬間 頃 折 度々 時々
日頃 日中 日々 私 私達 我々 僕 俺 自分 皆 皆様 皆さん 方々 弊社 御社 貴社 当社 自社 弊方 当方 御客様
お客様 氏 君 さん 本人 彼 彼女 一人 二人 先方
"""
_JA_WEAK = """
全体 方法 状態 状況 面 部分 内容 関係 理由 結果 必要 可能 普通 特別 基本 意味 様子 期間 同時 分 人 会社
相手 担当 担当者 他社 時間 時間帯 平日 祝日 休日 連絡 返信 回答 質問 問い合わせ 御願い 願い 宜しく 御礼
礼 挨拶 承知 了解 感謝 恐縮 恐れ 手数 面倒 迷惑 失礼 苦労 世話 申し訳 御免 有り難う 御早う 今日は 拝啓
敬具 確認 対応 件名 添付 転送 案内 返事 電話 メール 御世話 御連絡 御確認 御手数 追伸 了承 検討 相談 説明
紹介 打ち合わせ 機会
"""
_JA_VERBS = """
為る 有る 居る 成る 出来る 言う 思う 願う 頂く 下さる 致す 御座る 申す 伺う 参る 存ずる 存じる 仰る
居らっしゃる 呉れる 貰う 遣る 行く 来る 見る 置く 仕舞う 知る 聞く 考える 持つ
感じる 申し上げる 拝見 承る 過ぎる 続ける 始める 始まる 下さい
ます です だ た ない たい れる られる せる させる 宜しい 良い 無い 欲しい
有り難い 申し訳無い 同じ 其の 此の
"""
_EN = """
a about above actually after again against ago ah all almost already also although always am an and
another any anybody anyone anything anyway are aren't around as at away back be because been before being
below between both but by came can can't cannot come comes could couldn't d day days did didn't do does
doesn't doing don't done down during each either else enough etc even ever every everyone everything
exactly far few first for from further get gets getting give given go goes going gone good got great had
hadn't has hasn't have haven't having he he'd he'll he's hello her here here's hers herself hey hi him
himself his hmm how how's however i i'd i'll i'm i've if in into is isn't it it'd it'll it's its itself
just keep kind knew know known last later least less let let's like little ll long look looking lot lots
m made make makes making many may maybe me mean might mine more most much must my myself need needs never
next nice no nobody none nor not nothing now of off often oh ok okay on once one ones only onto or other
others our ours ourselves out over own per perhaps please pretty probably put quite rather re real really
right s said same saw say saying says see seem seems seen she she'd she'll she's should shouldn't since
so some somebody someone something sometimes somewhat soon sort still stuff such sure t take taken takes
tell than thank thanks that that'll that's the their theirs them themselves then there there's these they
they'd they'll they're they've thing things think this those though thought three through till time times
to today together told tomorrow too took toward towards try trying two uh um under until up upon us use
used using usually ve very via want wanted wants was wasn't way we we'd we'll we're we've week weeks well
went were weren't what what's whatever when when's where where's whether which while who who's whom whose
why why's will with within without won't work works would wouldn't yeah year years yes yesterday yet you
you'd you'll you're you've your yours yourself yourselves month months dear regards sincerely best hope
morning afternoon monday tuesday wednesday thursday friday saturday sunday january february march april
june july august september october november december mr mrs ms able bit big small new old currently
recently basically
"""

JA_BREAKS = frozenset(_JA_BREAKS.split())
"""Formal nouns, places, orders, times, speakers: no compound is made of them, they end it."""
JA_WEAK = frozenset(_JA_WEAK.split())
"""Greetings, chores and frames: they stand in a compound and say nothing alone."""
JA_NOUNS = JA_BREAKS | JA_WEAK
JA_VERBS = frozenset(_JA_VERBS.split())
"""Verbs and adjectives that say nothing alone."""
EN = frozenset(_EN.split())
"""Function words, contractions, times and greetings."""
