"""Whether a sentence tells what others say or had, and whether its speaker has the same trouble.

Somebody else's trouble is no finding; "others manage, ours does not" is one. General language only.
"""

import re

__all__ = ["is_mistaken", "is_of_others"]

_SAID = re.compile(
    r"(?:よその|他社の|他の(?:会社|店|お店|人|方)|隣の|知り合い|知人|友人|友達|同業|取引先|親戚|ネット|口コミ|レビュー|"
    r"噂|うわさ)[^。]{0,40}(?:らしい|そうです|そうで|と聞[きい]|って聞[きい]|って言|と言って|とか(?:聞|言)|"
    r"という(?:話|声)|だとか|書いて(?:あり|あっ))|"
    r"(?:ネット|口コミ|レビュー|掲示板|噂|うわさ|世間|よそ|他社さん?|他のところ)(?:で|では|でも)(?:読|見|聞)(?:み|ん|まし|き|い|た|か)|"
    r"(?:って|という|との|と)(?:いう)?(?:評判|噂|うわさ|口コミ|レビュー)[^。]{0,16}(?:が|けど|ので|でも)|"
    r"(?:って|と)(?:よく)?聞いて(?:い)?た(?:けど|けれど|が|のに|ので)|"
    r"\b(?:i|we)(?:['’](?:ve|d))? (?:had )?(?:heard|read) (?:that |about |somewhere |online |a |it)|"
    r"\b(?:people|some folk|reviews?|others|forums?|everyone else) "
    r"(?:say|said|reckon|claim|complain|moan|grumble)(?:s|ed)?\b|"
    r"\b(?:i|we) (?:was|were) (?:told|warned)\b|\b(?:warned|told) (?:me|us) (?:that |it )|"
    r"\b(?:a|my|some|our) (?:friend|mate|brother|sister|cousin|neighbou?r|colleague at)\b"
    r".{0,40}\b(?:says?|said|told|reckons?|swears?|complains?)\b",
    re.I,
)
_PRODUCT = re.compile(
    r"(?:前に|以前|昔|これまで)?(?:使って(?:い)?た|入れて(?:い)?た|他社の?|よその|別の(?:会社|業者|メーカー)の?|前の|以前の|旧)"
    r"(?:ソフト|システム|サービス|製品|ツール|アプリ|業者|会社|ベンダー|やつ|もの|ところ)(?:は|が|で|の(?:ほう|方|サポート|画面))|"
    r"\b(?:our|the|my) (?:old|previous|last|former) (?:system|software|tool|app|provider|supplier|vendor|"
    r"platform|package|lot)\b|"
    r"\b(?:another|a different|the other|some other|a rival) (?:firm|company|vendor|supplier|provider|"
    r"product|tool|system|lot)(?:['’]s)?\b",
    re.I,
)
_COMPARED = re.compile(
    r"\b(?:than|unlike|compared (?:to|with)|as .{1,20} as) (?:our|the|my) (?:old|previous|last|former)\b",
    re.I,
)
_OWN = re.compile(
    r"(?:うち|弊社|当社|当方|こちら|私(?:ども|たち)?|僕|自分)(?:だけ|でも|では|じゃ|には|のは|の(?:ほう|方|場合|店|会社|ところ)?|は|も|に限って)|"
    r"実際(?:は|に|には)?|使って(?:み|い)(?:た|る)|"
    r"\b(?:ours?|mine|we|i|here)\b(?! (?:read|heard|was told|were told|was warned|were warned))",
    re.I,
)
_TROUBLE = re.compile(
    r"だけ[^。]{0,14}(?:ませ|な[いくか])|"
    r"(?:でき|動か|動き|つなが[りら]|繋が[りら]|開[かき]|入れ|入[りら]|届[かき]|使え|合[いわ]|読め|直[りら]|間に合[いわ]|進[みま]|出|来)"
    r"(?:ませ(?:ん)|な[いくか])|困って|落ち(?:ます|て|た)|止まり?(?:ます|って|った)|固ま(?:り|っ)|遅い(?:です|。|し)|エラーが|"
    r"\b(?:won['’]?t|can['’]?t|cannot|couldn['’]?t|doesn['’]?t|didn['’]?t|isn['’]?t|keeps?|still|fails?|failed|"
    r"crash\w*|freez\w*|broken?|stopp?\w*|wrong|lost|slow|late|the same (?:thing|here|trouble))\b",
    re.I,
)
_NO_TROUBLE = re.compile(
    r"(?:こと|ため|試し|経験|覚え|問題|不満|心配|不具合|トラブル|話)(?:は|が|も|なんて)?[^。]{0,8}(?:な[いくか]|ありませ|ございませ)|"
    r"\b(?:never|not|n['’]t) (?:once |yet |ever )?(?:seen|had|happen\w*|been|noticed|met)\b",
    re.I,
)
_MISTAKEN = re.compile(
    r"(?:こちら|当方|うち|弊社|私|自分)(?:側|の側)?の[^。、]{0,14}(?:が原因|のせい|でした。?$|だっただけ)|"
    r"(?:よく|改めて|もう一度)(?:見|確認し|調べ)(?:たら|てみたら|ると)|(?:ていた|てた|だった|た)だけ(?:でした|だった|です)|自己解決|"
    r"(?:声|不満|苦情|報告|クレーム)(?:は|も)[^。]{0,6}(?:出て|上がって|あがって|聞いて|来て)(?:い|おり)?(?:ませ(?:ん)|な[いく])|"
    r"(?:し|み|え|て)たら(?:すぐに?|無事)?(?:直り|治り|解決し|動き)ました(?!が|けど)|"
    r"\bturn(?:s|ed) out (?:it|that|to be|this)\b.{0,40}\b(?:our|my|us|me)\b|\bfalse alarm\b|"
    r"\b(?:was|were) (?:there|right) all along\b|"
    r"\b(?:my|our) (?:own )?(?:typo|slip|mix-?up|misreading|oversight)\b|"
    r"\b(?:has|have|had) (?:gone away|cleared|settled|stopped happening)\b|"
    r"\b(?:been )?(?:fine|good|ok(?:ay)?) (?:ever )?since\b|"
    r"\b(?:nobody|no ?one|none of (?:us|them|my \w+)) (?:here |so far )?(?:has |have |is |are )?"
    r"(?:complain\w*|grumbl\w*|moan\w*|notic\w*)|"
    r"\bi thought\b.{0,60}\bbut (?:it|that|they|there) (?:was|were) (?:just|only|actually|two|in fact|for)\b",
    re.I,
)
_AGAIN = re.compile(
    r"また|まだ|再び|毎(?:回|日|朝)|\b(?:again|still|every (?:time|day|morning)|keeps?)\b", re.I
)


def is_of_others(quote: str, sentence: str) -> bool:
    """Whether the trouble is that of others, or of another firm's product, and not the speaker's too."""
    product = _PRODUCT.search(quote) is not None and _COMPARED.search(sentence) is None
    said = _SAID.search(sentence)
    return product or (said is not None and not _has_it_too(sentence[said.end() :]))


def is_mistaken(sentence: str) -> bool:
    """Whether the speaker says that there is no such trouble, or that it was of their own making."""
    return _MISTAKEN.search(sentence) is not None and _AGAIN.search(sentence) is None


def _has_it_too(rest: str) -> bool:
    own = _OWN.search(rest)
    if own is None:
        return False
    words = rest[own.start() :]
    return _TROUBLE.search(words) is not None and _NO_TROUBLE.search(words) is None
