"""How severe a finding is, by stated rules; general language only.

Grave (3): work is stopped, many people have it, money, data or safety is lost, it has gone on for long or
happened for the third time, or somebody is leaving over it; also what happens each time and cannot wait.
Slight (1): said in passing or with a way around, and nothing of the above. All else is 2.
"""

import re

from koe.records import FindingKind

__all__ = ["severity_of"]

_STOPPED = re.compile(
    r"(?:業務|仕事|作業|営業|出荷|生産|受付|会計|現場|ライン|レジ|診療|授業|手続き?)[^。、]{0,8}"
    r"(?:止ま|でき(?:な|ませ)|な(?:らな|りませ)|回ら)|仕事にな(?:らな|りませ)|"
    r"全滅|全停止|停止し|ダウンし|落ち(?:た|ました|て(?:い|る|し|ま|ば)|る|ます)|固ま(?:っ|り|る)|フリーズ|"
    r"ログイン(?:が)?でき(?:な|ませ)|サインイン(?:が)?でき(?:な|ませ)|締め出さ|入れな(?:い|く)|入れませ|"
    r"(?:起動し|立ち上がら|動か|動き|つながら|つながり|繋がら|繋がり)(?:な[いくか]|ませ)|使い物にな|"
    r"使えなくな|"
    r"(?:誰も|だれも|一人も|1人も|誰一人|全員|全店|全社|どの(?:端末|店|人))[^。]{0,24}"
    r"(?:でき|使え|入れ|開[かけ]|動[かけ]|進め|見られ|つながら|繋がら)(?:な[いくか]|ませ)|"
    r"\b(?:nobody|no[ -]?one|not one|none of (?:us|them|my|our|the))\b.{0,30}?\b(?:can|could|(?:is|are|was|"
    r"were) able)\b|"
    r"\b(?:can(?:no|['’])?t|can ?not|couldn['’]?t|unable to|not able to) (?:even |now |any longer )?(?:work|"
    r"log ?(?:in|on)|"
    r"sign[ -]?(?:in|on)|get (?:in(?:to)?|on(?:to)?)|open|trade|pay|invoice|bill|file|submit|serve|sell|ship|"
    r"dispatch|"
    r"do (?:my|our|their|any)|take (?:payments?|orders?|bookings?)|carry on|continue|start)\b|"
    r"\b(?:is|are|was|were|went|goes|going|been|['’]s|keeps? (?:going|falling)) (?:all |completely |"
    r"still )?down\b|"
    r"\b(?:outages?|standstill|out of (?:service|order|action)|unusable|stopped working|(?:is|are|was|were|"
    r"went) dead|"
    r"lock(?:ed|s|ing) (?:\w+ ){0,3}out|lock-?outs?|crash(?:e[sd]|ing)?|fr(?:eez(?:e[sd]?|ing)|ozen?)|"
    r"falls? over|fell over|"
    r"won['’]?t (?:even )?(?:start|open|load|boot|connect|turn on|come on|let (?:us|me|them|anyone|"
    r"anybody)))\b",
    re.I,
)
_LOST = re.compile(
    r"消え(?:た|て|る|ま)|消失|吹っ?飛|失(?:っ|い|われ)|[がもは](?:全部|すべて|全て|まるごと)?(?:な|"
    r"無)くなっ(?:た|て)|損(?:し|が|害|失)|赤字|"
    r"(?:二重|重複|余分|多く|過大)(?:に|で|な)?[^。、]{0,6}(?:請求|引き落|課金|計上|支払|決済)|過払|"
    r"払いすぎ|返金|違約|賠償|罰金|"
    r"訴[えら]|(?:お客|顧客|患者|利用者|会員)[^。、]{0,10}(?:怒|叱|苦情|クレーム|失っ|離れ)|信用(?:を|が|"
    r"問題)|"
    r"怪我|けが(?:を|人|し)|事故|危険|危な[いく]|漏れ(?:た|て|ま)|漏洩|流出|"
    r"\b(?:lost|losing|loses?|wiped|vanish\w*|disappear\w*|deleted|(?:is|are|was|were|just|all|has|have|"
    r"['’]s) gone|"
    r"over-?charg\w*|overpaid|out of pocket|double[ -](?:charg|bill|book)\w*|"
    r"(?:charg|bill|debit|invoic|paid)\w* (?:\w+ ){0,3}(?:twice|double)|refund\w*|penalt\w*|fined|lawsuits?|"
    r"lawyers?|sued|suing|leak(?:s|ed|ing)?|breach\w*|injur\w*|unsafe|danger\w*|furious|in tears|wrote off|"
    r"thrown away)\b",
    re.I,
)
_LEAVING = re.compile(
    r"解約|乗り換え|乗換え|他社(?:に|へ)(?:移|変え|切り替え)|(?:もう|今(?:月|年|期)で)[^。、]{0,8}やめ(?:ま|"
    r"た|よ|る)|"
    r"我慢の限界|もう限界|"
    r"\b(?:cancel(?:l?ing|l?ed)? (?:our|the|my|this)? ?(?:contract|subscription|account|plan|membership)|"
    r"switch(?:ing)? to (?:another|a different|some)|(?:go|going|look|looking) elsewhere|last straw|"
    r"leav(?:e|ing) (?:you|over (?:this|it)))\b",
    re.I,
)
_DECIDES = re.compile(
    r"論外|話にな(?:らな|りませ)|必須|絶対(?:に)?(?:条件|必要|無理)|(?:で|が)?ない(?:と|なら|"
    r"限り)[^。、]{0,14}"
    r"(?:契約|導入|更新|検討|決め|進め|入れ)[^。、]{0,8}(?:な[いく]|ませ|無理|難し)|決め手|決定打|(?:それ|"
    r"これ|そこ)(?:で|が)決め|"
    r"見送(?:り|る|っ)|お断り|断(?:る|り|っ)|(?:認め|許可し|通り|通し)(?:ませ|てもらえ|ていただけ)|"
    r"\b(?:deal-?\s?breakers?|non-?\s?starters?|show-?\s?stoppers?|non-?negotiable|out of the question|"
    r"no way|must[ -]have|"
    r"(?:won['’]?t|can(?:no|['’])?t|can ?not|couldn['’]?t|not going to|wouldn['’]?t) (?:sign|buy|renew|"
    r"commit|go ahead|"
    r"proceed|move (?:forward|ahead)|switch|approve|justify|accept|allow)|(?:not|isn['’]?t|"
    r"aren['’]?t) allowed|"
    r"by law|(?:the )?only reason|(?:the )?deciding|clinch\w*|sold (?:me|us)|settle[sd] it|swung it|"
    r"the reason we|"
    r"decided against|turned (?:it|you) down)\b",
    re.I,
)
_MANY = re.compile(
    r"全員|全店|全社|全館|全支店|全拠点|全部署|何(?:人|名|件|十|百)も|"
    r"(?:[\d０-９]{2,}|[一二三四五六七八九]?[十百千]+[一二三四五六七八九]?)(?:人|名|店舗?|社|拠点|台|世帯)|"
    r"\b(?:everyone|everybody|(?:all|none|half|most) of (?:the|my|our|us|them)|all (?:staff|users?|sites?|"
    r"shops?|branches|customers|teams?|\d+)|(?:the|our) (?:whole|entire) (?:\w+ )?(?:team|office|company|"
    r"department|"
    r"staff|site|floor|shift|school|building|crew)|company-?wide|dozens|hundreds|thousands|"
    r"(?:\d{2,}|\d{1,3},\d{3}|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|"
    r"(?:a|two|three|four|five|six) (?:hundred|thousand)) (?:of (?:us|them|our|my)|(?:\w+ )?(?:people|users?|"
    r"staff|"
    r"employees|customers|clients|members|patients|guests|students|pupils|drivers|engineers|nurses|teachers|"
    r"workers|"
    r"agents|colleagues|sites|stores|shops|branches|offices|accounts|families|suppliers)))\b",
    re.I,
)
_REPEATED = re.compile(
    r"毎(?:日|朝|晩|回|週|月)|何度も|何回も|何日も|何週間も|何か?月も|また(?:も|して)|たびに|ずっと|"
    r"いまだに|未だに|相変わらず|立て続け|"
    r"\b(?:every (?:single )?(?:day|time|morning|evening|night|week|month|shift|other)|again|keeps?|kept|"
    r"constantly|"
    r"all (?:day|morning|week|afternoon|night)|still)\b",
    re.I,
)
_LONG = re.compile(
    r"(?:[三四五六七八九十]|[3-9]|\d{2,})(?:回|度|通)目|(?:[\d一二三四五六七八九十]+|数)(?:日|週間|か月|"
    r"ヶ月|カ月)"
    r"(?:も|間|以上|前から|たって|経って)|(?:昨日|今朝|昨夜|先週|先月|週末)から|"
    r"\b(?:(?:third|fourth|fifth|sixth|umpteenth|\d+(?:rd|th)) time|for (?:days|weeks|months|"
    r"(?:\w+|the (?:past|last) \w+) (?:days|weeks|months))|since (?:last |this )?(?:yesterday|morning|week|"
    r"month|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d{1,2}))\b",
    re.I,
)
_URGENT = re.compile(
    r"至急|緊急(?:で|です|の(?:対応|連絡|件)|に|。|、|！)|今すぐ|いますぐ|一刻も早く|(?:本日|今日|"
    r"明日)(?:中|まで)に|"
    r"間に合(?:わ(?:な|ず)|いませ|うか)|\b(?:urgent\w*|asap|immediately|right (?:now|away)|"
    r"as soon as possible|"
    r"(?:by|before) (?:tonight|tomorrow|noon|(?:the )?end of (?:the )?day|close of))\b",
    re.I,
)
_SMALL = re.compile(
    r"些細|ささい|気になる程度|急ぎ(?:では|ませ)|お手すき|欲を言え|強いて|支障は(?:な|あり)|"
    r"大したこと(?:では|じゃ)|"
    r"\b(?:minor|niggles?|no rush|not urgent|nothing (?:serious|major|urgent)|(?:no|not a) big deal|cosmetic|"
    r"can live with|"
    r"not a deal-?\s?breaker|small thing)\b",
    re.I,
)
_SOFT = re.compile(
    r"ちょっと|少し|すこし|若干|やや|多少|たまに|ときどき|時々|まれに|気がし|小さな|ついでに|"
    r"\b(?:a (?:bit|little|touch|shade)|slightly|sometimes|occasionally|now and (?:then|again)|tiny|"
    r"when you can|"
    r"work-?arounds?)\b",
    re.I,
)
_NICE = re.compile(
    r"できれば|可能(?:で|なら)|あれば|あると|(?:と|たら|れば|ば)(?:いい|良い|よい|嬉し|うれし|ありがた|有難|"
    r"助か|便利|最高|なお)|"
    r"(?:かな|なあ|なぁ|のに)[。？?\s]*$|もし|夢|"
    r"\b(?:would be (?:nice|handy|lovely|great|good|useful|helpful|neat|cool|wonderful)|['’]d be (?:nice|"
    r"handy|lovely|"
    r"great|good|useful|helpful|neat|cool|wonderful|glad)|if (?:possible|you (?:can|could|ever|get))|ideally|"
    r"maybe|perhaps|"
    r"might|i wish|wishing|nice to have|one day|some ?day)\b",
    re.I,
)
_GRAVE = (_STOPPED, _LOST, _LEAVING, _LONG, _MANY)
_SALE = frozenset({FindingKind.OBJECTION, FindingKind.BUYING_REASON})


def severity_of(kind: FindingKind, quote: str, title: str = "") -> int:
    """3 grave, 2 plainly meant, 1 slight; `title` is the conversation's subject line.

    Praise is 2 at most, a wish too unless the speaker leaves without it. A question is 1, or 2 when it cannot
    wait. What is said in a sale is grave when it decides the sale.
    """
    if kind == FindingKind.COMPLAINT:
        return _of_trouble(quote, title)
    if kind in _SALE:
        return 1 if _has(quote, _SMALL) else 3 if _has(quote, _DECIDES, _LEAVING) else 2
    if kind == FindingKind.QUESTION:
        return 2 if _has(quote, _URGENT) else 1
    if kind == FindingKind.FEATURE_REQUEST and _has(quote, _DECIDES, _LEAVING):
        return 3
    return 1 if _has(quote, _SMALL, _SOFT, _NICE) else 2


def _of_trouble(quote: str, title: str) -> int:
    urgent, repeated = _has(f"{title}\n{quote}", _URGENT), _has(quote, _REPEATED)
    grave = _has(quote, *_GRAVE) or (urgent and repeated)
    if _has(quote, _SMALL, _SOFT):
        return 2 if grave or urgent or repeated else 1
    return 3 if grave else 2


def _has(text: str, *words: re.Pattern[str]) -> bool:
    return any(one.search(text) for one in words)
