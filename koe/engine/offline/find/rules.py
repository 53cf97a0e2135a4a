"""What so small a model cannot learn: words that say a thing and take it back, or say it of another.

Each rule looks at the sentence the span stands in, general language only.
"""

import re

from koe.engine.offline.find.others import is_mistaken, is_of_others
from koe.engine.offline.find.pointing import only_points
from koe.records import FindingKind, MaskedConversation

__all__ = ["allowed_kinds", "is_taken_back", "never_a_finding"]

_SALE_KINDS = frozenset({FindingKind.OBJECTION, FindingKind.BUYING_REASON})
_CRITICAL = frozenset({FindingKind.COMPLAINT, FindingKind.OBJECTION})
_SALE = re.compile(
    r"契約|更新|導入|検討|見積|予算|稟議|決裁|商談|乗り換え|乗換|解約|トライアル|試用|デモ|料金プラン|"
    r"\b(?:renew\w*|contract|quote|pricing|budget|trial|pilot|demo|proposal|procurement|sign(?:ing)? up|"
    r"subscription)\b",
    re.I,
)
_RENEWAL = re.compile(
    r"解約|更新(?:を|は|し|手続|時期|の(?:検討|判断))|乗り換え|乗換|契約(?:を|は)(?:続|見直|打ち切|やめ|終)|"
    r"\b(?:renew(?:al|ing)?|cancel(?:ling)? (?:our|the|my) (?:contract|subscription|account)|"
    r"switch(?:ing)? (?:to another|provider))\b",
    re.I,
)
_OTHERS_SAY = (
    r"(?:(?:という|って|と|なんて|みたいな)(?:話|声|噂|うわさ|口コミ|評判|人|意見|方)|らしい|"
    r"と聞[きいく]|って聞[きいく]|"
    r"って(?:言|い)[っいう]|と(?:言|い)って|とか(?:聞|言))"
)
_BUT_WE = (
    r"(?:うち|弊社|当社|当方|こちら|私(?:ども|たち)?|僕|自分)(?:で|のところ|の(?:場合|環境|会社|"
    r"店))?(?:は|では|に限っては|だけは)"
    r".{0,24}(?:な[いくか]|ありませ|ございませ|ませ(?:ん)|平気|大丈夫|快適|順調|無縁|早い|速い|すぐ|"
    r"普通に|ちゃんと|満足)"
)
_DENIAL = re.compile(
    rf"{_OTHERS_SAY}.{{0,30}}{_BUT_WE}|"
    r"(?:起き|起こっ|発生し|再発し)(?:て)?(?:い|おり)?(?:ませ(?:ん)(?!か)|な[いく](?!か)|なかった|なくなり)|"
    r"(?:特に|とくに|全く|まったく|一切|別に)(?:困っ|問題|不満|支障|不便|不具合|気に)(?:て|は|が|も|"
    r"に)?(?:い|お)?(?:な[いくっ]|ありま|ございま|ませ)|"
    r"(?:問題|不満|支障|不便|トラブル|不具合)(?:は|も|なんて)?(?:特に|全く|一切|何も|"
    r"一度も)?(?:ない(?:です|んで|です|。|、|し|ので)|ありません(?!か)|"
    r"ございません(?!か)|なく(?:使|動))|"
    r"(?:落ち|止ま|固ま|切れ|消え|遅れ|困[っら]|遅い|重い)[^。、]{0,12}(?:こと|ため|試し|の)(?:は|が|"
    r"も)?(?:一度も|一回も|まだ)?(?:な[いく](?!か)|"
    r"なかった|ありません(?!か)|ございません)|"
    r"\b(?:no|never (?:had|any)|not had|haven['’]?t had|without) (?:a |any |a single |one )?(?:trouble|"
    r"complaints?|issues?|problems?|grumbles?|bother|hiccups?)\b|"
    r"\b(?:we|i|ours?|mine|it)(?:['’](?:s|ve|re))? (?:(?:has|have|is|are|was|been) )?(?:been )?(?:never |"
    r"not )?(?:absolutely |perfectly |all |just )?"
    r"(?:fine (?:for|with|by|on) (?:us|me|here|ours)|had no (?:such )?(?:trouble|issues?|problems?))|"
    r"\b(?:can['’]?t|cannot) (?:say (?:we|i)['’]?ve|complain|fault)\b",
    re.I,
)
_SETTLED = re.compile(
    r"(?:もう|すでに|既に|無事|先日|その後|おかげさまで|お陰様で)[^。]{0,20}(?:解決|直り|直って|復旧|"
    r"改善(?:し|され)|収まり|済みまし|治り)|"
    r"(?:解決|復旧|解消)(?:し|済み|いたし|でき)(?:て|まし|た|で)(?:い|お|た)?(?![いか]な|ません)|"
    r"(?:出なく|起きなく|落ちなく|止まらなく|気にならなく|困らなく)なり|"
    r"(?:昔|以前|前|当初|最初|去年|昨年|前回)(?:は|の|に|も)[^。]{0,40}(?:今は|いまは|今では|"
    r"現在は)[^。]{0,20}(?:(?:こと|困って|起き|起こ)[^。]{0,6}(?:な[いくっ]|ませ)|快適|大丈夫|"
    r"平気|問題|解消|直)|"
    r"\b(?:was|were|got|been|has been|is|all|it['’]s|you|they|team) (?:since |all |now |already |"
    r"long since )?(?:fixed|sorted|resolved|solved|patched|put right|cleared up)\b|"
    r"\b(?:doesn['’]?t|don['’]?t|hasn['’]?t|no longer) (?:happen|happened|happens|do(?:es)? (?:it|"
    r"that))(?: any ?more| since| now)|\bworking (?:again|fine now)\b",
    re.I,
)
_NOT_YET = re.compile(
    r"(?:と(?:思|言|聞|伺)[^。]{0,14}(?:が|のに|けど)|はず|のに[、,]?|また|まだ|再発|直ってい?(?:な|"
    r"ませ)|解決(?:して|され)い?(?:な|ませ))|"
    r"\b(?:but|again|still|not (?:been )?(?:fixed|sorted|resolved)|isn['’]?t|wasn['’]?t|never|supposed|"
    r"said|claimed|thought|yet)\b",
    re.I,
)
_CHORE = re.compile(
    r"^(?:お世話に|いつも(?:お世話|大変|ありがとう)|お疲れ|こんにち|はじめまして|初めまして|突然の|"
    r"取り急ぎ|以上[、。]|(?:何卒|どうぞ|引き続き|今後とも|では)?[、]?よろしく|"
    r"(?:ご)?(?:返信|回答|連絡|確認|返事|対応|案内)[^。]{0,16}(?:ありがとう|お待ち|お願い(?:いた|し)|"
    r"ください|願い)|(?:早速|迅速|"
    r"ご丁寧)[^。]{0,16}ありがとう|承知|了解|かしこまり|失礼|お手数|お忙し|恐れ入り|"
    r"(?:hi|hello|dear|hey|good (?:morning|afternoon|evening)|thanks|thank you|many thanks|regards|"
    r"cheers|kind regards|best|sincerely|yours|"
    r"hope (?:you|this)|looking forward|let me know|please (?:let|advise|confirm|find)|speak soon|ok|"
    r"okay|sure|noted|understood|got it)\b)",
    re.I,
)
_NO_LONGER_SO = re.compile(
    r"のに|(?:てい|で)(?:た|ました)(?:が|けど|けれど|んですが)|\b(?:until|but|"
    r"though)\b",
    re.I,
)
_TAKEN_BACK = re.compile(
    r"(?:ご)?心配(?:に(?:は)?)?(?:ご)?(?:無用|及びません|いりません|要りません)|忘れてください|"
    r"気にし(?:ないで|なくて)|笑い話|早とちり|"
    r"(?:数え|思い|見|勘|打ち|入力)(?:間違い|違い)(?:でした|だった|です)|(?:こちら|当方|うち|"
    r"私)の(?:間違い|ミス|手違い|操作ミス|早とちり|勘違い|不注意)|"
    r"(?:御社|おたく|そちら|こちらのソフト)(?:と|に)は(?:関係|無関係)|(?:御社|おたく)の(?:せい|"
    r"話)(?:じゃ|では)|縁が切れ|冗談です|"
    r"\b(?:nothing to do with (?:you|your)|just venting|not your (?:fault|doing)|our own (?:fault|"
    r"mistake|firewall|doing)|my (?:own )?(?:mistake|fault|error)|"
    r"moved on|ignore (?:that|me|my)|forget (?:that|i said)|taken? (?:it |that )?back|please close|"
    r"close (?:the|this|my) ticket|you may close|"
    r"isn['’]?t bothered|nobody minds|don['’]?t worry about)\b",
    re.I,
)
_ERRAND = re.compile(
    r"(?:いくら(?:です|ぐらい|くらい|に|かか)|おいくら|見積(?:書|り)?(?:を|に|は)|"
    r"(?:請求書|領収書|住所|名義|宛名|送り先)(?:の(?:再発行|送付|変更)|を(?:再発行|送|変更|郵送)|が変わ)|"
    r"納期|発送|出荷|"
    r"いつ(?:頃|ごろ)?(?:届|着|来|発送|納品)|日程|都合の?(?:いい|良い|よい)|折り返し|"
    r"お電話(?:を)?(?:いただ|ください)|郵送|"
    r"(?:資料|書類|契約書|申込書|カタログ)(?:を|は|だけ)?(?:送|いただ|頂|もら|郵送))|"
    r"\b(?:how much (?:is|are|would|does|do|for)|what would (?:it|that) (?:come to|cost)|"
    r"set-?up (?:charge|fee)|"
    r"(?:billing|postal|registered|delivery|our|new) address|copy of (?:the|our|my|last|that)|(?:vat|"
    r"purchase order|po) number|"
    r"(?:refund|order|payment|delivery|parcel|reader|hardware)\b.{0,50}\b(?:approved|paid|dispatched|"
    r"shipped|arrive[ds]?|sent|status)|"
    r"put me through|(?:call|ring|phone) me|speak to (?:someone|somebody|whoever)|reschedul\w*|"
    r"move (?:it|our (?:call|meeting)) to)\b",
    re.I,
)
_ASKING = frozenset({FindingKind.QUESTION, FindingKind.FEATURE_REQUEST})
_THANKS = re.compile(
    r"(?:ご?(?:返事|返信|連絡|回答|案内|確認|手配|送付|教示|説明|対応|"
    r"丁寧)[^。]{0,14}(?:ありがとうございま|助かりま|感謝(?:し|いた|申)))|"
    r"教えていただ[^。]{0,20}(?:試し|進め|やって)|^(?:どうも|誠に|大変|本当に)?ありがとうございま(?:す|"
    r"した)[。!！]?$|"
    r"\b(?:thanks|thank you|cheers)(?: so much| very much| a lot)? for (?:your |the |getting |"
    r"coming )?(?:quick |prompt )?"
    r"(?:reply|response|help|back|answer|time|update|email|message|call)\b",
    re.I,
)
_WARM = re.compile(
    r"親切|丁寧(?!に(?:ありがとう|ご))|親身|迅速|素早|早[いくさ]|速[いくさ]|すぐ|即|さすが|すごい|素晴|"
    r"すばら|感動|神|最高|わかりやす|分かりやす|"
    r"根気|安心|信頼|驚|嬉し|うれし|[\d一二三四五六七八九十]+(?:分|時間)で|"
    r"\b(?:brilliant\w*|star|fantastic|great|superb|excellent|quick\w*|fast|patien\w*|kind\w*|lovely|"
    r"amaz\w*|impress\w*|best|"
    r"within|minutes|clear\w*|helpful|saved|legend|hero|delight\w*|wonderful)\b",
    re.I,
)
_REGRET = re.compile(
    r"(?:[れえけせてめべげね]ば|たら|だら)(?:もっと|まだ)?"
    r"(?:よかった|良かった|いいのに|良いのに|ありがたい|助か[るっ]|嬉しい|うれしい)|(?:べき|はず)(?:だった|でした)|"
    r"\b(?:if only|(?:i|we|just) wish|should(?: really)? have|shouldn['’]t have|"
    r"could have (?:just|at least|told|said|asked|warned)|"
    r"would(?: have been|['’]ve been| be) (?:nice|good|great|better|helpful|lovely|handy))\b",
    re.I,
)
"""What would have been good is not so."""
_ACT = re.compile(
    r"(?:調べ|直し|なおし|対応し|確認し|調査し|修正し|復旧し|戻し|止め|消し|送っ|返金し|変更し|連絡し|電話し)て"
    r"(?:もらえ|いただけ|頂け|くれ)(?:る|ます|ません|ない)(?:でしょう)?か|"
    r"(?:確認|対応|調査|修正|連絡|返金|手配|送付)(?:を)?(?:いただけ|頂け|お願いでき|願え|してもらえ)"
    r"(?:ます|ません|ない)(?:でしょう)?か|"
    r"\b(?:can|could|would|will) (?:you|someone|somebody|anyone|anybody|one of you|your (?:team|people))"
    r"(?: (?:please|possibly|kindly|just))? (?:look|check|fix|sort|call|ring|phone|email|send|resend|reset|"
    r"refund|cancel|change|update|remove|delete|restore|investigate|take a look|have a look|get back|chase|"
    r"confirm|escalate|mend|repair)\b",
    re.I,
)
"""What asks somebody to do something asks nothing that an answer could be written down for."""
_CHORE_MOST = {"ja": 30, "en": 36}


def allowed_kinds(conversation: MaskedConversation) -> frozenset[FindingKind]:
    """The kinds a conversation can hold: reasons for and against buying need a sale or a renewal."""
    words = "\n".join(turn.text for turn in conversation.turns if turn.role == "customer")
    selling = conversation.outcome is not None
    cue = _SALE if conversation.kind == "call" else _RENEWAL
    if selling or cue.search(words) or (conversation.kind == "call" and _SALE.search(conversation.title)):
        return frozenset(FindingKind)
    return frozenset(FindingKind) - _SALE_KINDS


def is_taken_back(kind: FindingKind, quote: str, sentence: str, around: str) -> bool:
    """Whether the words deny it, tell it of others or as settled, take it back, or only run an errand.

    `sentence` is what the quote stands in, `around` that with the sentence before and the one behind.
    """
    if kind in _ASKING:
        return _ERRAND.search(quote) is not None
    if kind not in _CRITICAL:
        return False
    if kind == FindingKind.COMPLAINT and is_of_others(quote, sentence):
        return True
    if is_mistaken(sentence):
        return True
    stands = _NOT_YET.search(sentence) is not None
    denied = kind == FindingKind.COMPLAINT and _is_denied(sentence)
    back = _TAKEN_BACK.search(around) is not None or _SETTLED.search(around) is not None
    return denied or (back and not stands)


def _is_denied(sentence: str) -> bool:
    """Whether there is no trouble; as a reason not to buy that would be an objection."""
    return _DENIAL.search(sentence) is not None and _NO_LONGER_SO.search(sentence) is None


def never_a_finding(kind: FindingKind, quote: str) -> bool:
    """Whether the span is a greeting, a sign-off, a chore or thanks for an answer, and nothing else.

    Nor is a regret praise, nor a call to act a question, nor one that only points at something.
    """
    if kind == FindingKind.PRAISE and _REGRET.search(quote):
        return True
    if kind == FindingKind.QUESTION and (_ACT.search(quote) or only_points(quote)):
        return True
    most = _CHORE_MOST["en" if quote.isascii() else "ja"]
    if len(quote) <= most and _CHORE.match(quote.lstrip(" 　、。,.「『(（")):
        return True
    return kind == FindingKind.PRAISE and bool(_THANKS.search(quote)) and not _WARM.search(quote)
