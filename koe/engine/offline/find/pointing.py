"""Questions that only point at something while two people talk: 「上のボタンですか」, "Where's that?"."""

import re

__all__ = ["only_points"]

_JA = re.compile(
    r"(?:(?:え|あ|えっと|ええと|あの|その|で|じゃあ|では|はい|すみません|ん)[、,\s]*)*"
    r"(?:(?:いま|今|どこ|どれ|どの|どちら|どっち|ここ|これ|それ|そこ|あれ|この|その|あの|左|右|上|下|真ん中|横|隣|奥|"
    r"手前|端|一番|さっき|画面|ボタン|タブ|欄|メニュー|行|マーク|アイコン|印|ところ|とこ|所|辺|へん|やつ|方|ほう|側|"
    r"声|音|こちら|こっち|私|僕|そちら)(?:の|は|が|を|に|で|も|って)?[、,\s]*)*"
    r"(?:(?:出て|見えて|映って|聞こえて|届いて|押して|開いて)(?:い?ます|る|ます)|(?:見え|聞こえ)(?:ます|る|ません)|"
    r"押す|押せば|押したら|開く|開けば|見れば|いい|よい|良い|ん|の|です|でしょう|だ|ます)*"
    r"(?:か|かね|かな|よね|っけ)?[、,?？。!！…\s]*"
)
_JA_PARTS = re.compile(r"(?<=[?？。!！…、,])\s*")
_EN = re.compile(
    r"(?:(?:so|sorry|um|uh|oh|and|ok|okay|wait|hang on|right|now|which|what|where|who|this|that|these|those|"
    r"the|a|one|button|screen|tab|menu|page|corner|icon|box|row|line|bit|thing|top|bottom|left|right|upper|"
    r"lower|middle|side|hand|here|there|up|down|is|are|was|it|its|(?:it|that|where|which)['’]s|do|does|did|"
    r"you|mean|on|in|at|of|to|from|see|i|we|press|click|look|looking|can|could|hear|me|us|still|am|my|mine|"
    r"your|yours|sharing|share|shared|say|said|again|pardon|kind|sort)\b[\s,.;:?!…'’-]*)+",
    re.I,
)


def only_points(question: str) -> bool:
    """True where none of its words tells of what it asks without the screen or the call it was asked in."""
    if _EN.fullmatch(question.strip()):
        return True
    parts = [part for part in _JA_PARTS.split(question.strip()) if part]
    return bool(parts) and all(_JA.fullmatch(part) for part in parts)
