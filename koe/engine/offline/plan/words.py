"""The words by which a question's filters are known, as patterns over its normalised lower-case text."""

from koe.engine.base import Ask, Counted
from koe.engine.offline.plan.deals import RATE
from koe.engine.offline.plan.kinds import FRAME_EN, FRAME_JA, SAID_EN, SAID_JA, SEVERE, SUMMARY, either
from koe.engine.offline.plan.moves import CALLS_MOVE, TICKETS_MOVE
from koe.engine.offline.plan.outcomes import LOST, WON
from koe.engine.offline.plan.who import COMPANY
from koe.records import Outcome

OUTCOMES: tuple[tuple[str, Outcome], ...] = (
    (LOST, "lost"),
    (WON, "won"),
    (
        either(
            r"\bopen deals?|\bdeals?\b (?:\w+ ){0,3}?open\b|in progress|pipeline|\bundecided\b|\bin play\b",
            r"進行中|商談中の|(?:まだ)?決まっていない|未決着|検討中の(?=商談|案件)",
        ),
        "open",
    ),
)
CALL = either(r"\bcalls?\b|\bmeetings?\b|\bdeals?\b|\bprospects?\b", r"商談|通話|コール|打ち合わせ")
TICKET = r"\b(?:support )?tickets\b|\b(?:in|by) (?:a )?ticket\b|チケット|問い?合わ?せ"
REASONS = r"\bwhy\b|何で(?=負け|失|断|決|選|買)|reasons?\b|because|なぜ|どうして|理由|原因"
ASKS: tuple[tuple[str, Ask], ...] = (
    (
        either(
            r"\b(?:increas\w+|decreas\w+|declin\w+|trend\w*|gr(?:ow(?:ing|n|s)?|ew)\b|r(?:is(?:e|es|ing|en)|ose)\b)",
            r"\b(?:fall(?:s|ing|en)?|fell|climb(?:s|ed|ing)?)\b",
            r"more than (?=(?:in )?(?:the )?(?:last|previous))",
            r"go(?:ing|ne)? (?:up|down)|more often|over time|week by week|per week|by week|each week|weekly",
            r"\bg[eo]t(?:t(?:ing|en))? (?:better|worse)|settled|\bover\?|増え|減っ|減り|推移|傾向",
            r"落ち着|収ま|治ま|週ごと|週別|毎週|変化|増加|急増|増して|減少|どう変わ\S{0,6}|変わり(?:まし|ます)た?か",
        ),
        "trend",
    ),
    (r"\bcompar\w+|\bversus\b|\bvs\b|\bdiffer\w*|比べ|比較|それぞれ|違[いう]|異な", "compare"),
    (
        either(
            r"how many|how often|how much|number of|\bcount\b|何社|何件|何商談|何回|何人のお客|いくつ",
            r"いくら|件数|社数|の数は",
            RATE,
        ),
        "count",
    ),
    (REASONS, "reasons"),
    (
        either(
            rf"(?:main|key|common|frequent|recurring) (?:{FRAME_EN})\b",
            SUMMARY,
            r"which|who\b|whose|list\b|what (?:are|were|does|do|did|is|was)\b|what\b|top|most",
            rf"誰|どの|どこ|どんな|何(?:が|を|です|でし|と|[?。]?$)|(?:主要|主な|多い|人気の?)(?:{FRAME_JA})|一覧|上位|トップ|一番|教えて",
        ),
        "list",
    ),
)
COMPARES = either(
    r"\bcompar\w+|\bversus\b|\bvs\b|\bdiffer\w*|\bthan\b|\bor\b|\band\b|increas\w+|decreas\w+|more|fewer",
    r"\bagainst\b|\bchanged?\b| & ",
    r"比べ|比較|それぞれ|違い|より|どちら|増え|減っ|と(?:先|今|前|\d)|月[、・/]\s?\d",
)
COMPARED_AFTER = (
    r"\s*(?:の(?:苦情|不満|要望|質問|件数|数))?"
    r"(?:より(?!も?後)|(?:に|と)(?:比べ|くらべ|比較)|比(?:で|べ)|から\S{0,6}(?:増|減|変))"
)
"""What stands behind a period that another one is compared with."""
_MOVED = either(
    r"r(?:is(?:e|es|ing|en)|ose)|increas\w+|gr(?:ow\w*|ew)|decreas\w+|f[ae]ll\w*|declin\w+|climb\w*",
    r"more|fewer|less|new",
)
COMPARED_BEFORE = (
    r"(?:\bthan|\b(?:compared|relative) (?:with|to)|\bversus|\bvs\.?"
    rf"|\b(?:{_MOVED})\b[\w\s]{{0,24}}?\b(?:since|from|over|on))\s+(?:in |the |during )*$"
)
"""What stands before it."""
BY_WEEK = either(
    r"week by week|(?:per|by|each|every) (?:week|month)\b|weekly|(?:週|月)(?:ごと|別|単位)|毎週",
    r"(?:多|少な|増え)(?:い|かった|た)の?(?:週|時期)|(?:多|少な)(?:い|かった)の(?:は|が)(?:いつ|どの週)|どの週",
    r"\b(?:which|what) weeks?\b|\b(?:peak|busiest|worst) week\b",
)
FIRST = either(
    rf"first (?:seen|appeared|time)|newly|appeared for the first|\bnew (?:{SAID_EN}|{FRAME_EN})\b",
    rf"\b(?:{SAID_EN}|{FRAME_EN}|ones|what)(?:'s| is| are| was| were) (?:all )?new\b(?! to\b)",
    rf"(?:はじめて|初めて|新しく|新たに)(?:現れ|出)?|(?:新しい|新規の?|新出の?)(?=(?:{SAID_JA}|{FRAME_JA}|声))",
)
MENTION = (
    r"[「『\"“']([^」』\"”']{1,40})[」』\"”']",
    r"([^\s、。がはをにでの「」]{2,20})という(?:言葉|単語|語|ワード|キーワード|用語)",
    r"\bthe (?:word|term|phrase|keyword) ([\w-]{2,30})",
)
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "十": 10,
}  # fmt: skip
_MANY = r"(\d{1,2}|one|two|three|four|five|ten|[一二三四五十])"
TOP_MANY = either(
    rf"(?:上位|トップ|ベスト|top|first){{1}}[\s-]*{_MANY}(?:つ|件|位|個)?",
    rf"多い(?:順に|もの(?:を|から)?){_MANY}(?:つ|件|個)?",
    rf"\b{_MANY} (?:most (?:common|frequent)|biggest|main|worst|largest)\b",
    rf"を{_MANY}(?:つ|個|件)|(?:大き|高|小さ|多)い{_MANY}(?:つ|個|件|社)|{_MANY}(?:つ|個)(?:だけ|ほど)?(?:教え|挙げ|あげ|[。?!]|$)",
)
TOP_ONE = either(
    r"(?:一番|いちばん|最も|もっとも)多(?:い|かった|く)(?!の?(?:週|時期))|最多",
    r"\bmost (?:common|frequent|often)|\b(?:biggest|main|number one|top) (?:complaint|request|question"
    r"|objection|reason|problem|issue)\b",
)
REPLIES = either(
    r"(?:サポート|担当者?|弊社|当社|こちら)(?:側|の人)?(?:は|では|から)?(?=(?:何と|どう|どのように)(?:答|回答|案内|説明|返答|対応))",
    r"何と答え|どう答え|どのように答え|どう(?:回答|案内|対応)|何と(?:回答|案内|説明|返答)|答え(?:て|まし)",
    r"(?:what|how) (?:did|do|does|have|has|was|were) "
    r"(?:we|our|(?:(?:the|an) )?(?:support|team|staff|agents?|reps?|sales))\b"
    r"[\w\s']{0,20}(?:answer|repl|respond|tell|told|say|explain)\w*|\banswered\b|\breplied\b",
)
SAYS = either(
    r"[「『\"“][ァ-ヶー一-龠a-z0-9]{1,12}[」』\"”](?:って|と|を|は)?.{0,8}言(?:って|った|う)",
    r"という(?:言葉|単語|語|ワード|キーワード|用語)|口に(?:した|して)|言及",
    r"mention\w*|\bsaid\b|\bsays?\b|\bus(?:e|ed|ing)\b|\bwords?\b|\bterms?\b|\bphrases?\b",
)
KEYWORDS = either(
    r"keywords?|\bwords?\b|\bvocabulary\b",
    r"キーワード|言葉遣い|どんな言葉|どういう言葉|言葉は何|(?:使|話|出)\S{0,5}言葉|言葉(?:の違い|を教えて)",
)
COUNTED: tuple[tuple[str, Counted], ...] = (
    (
        either(
            r"何社|社数|何人のお客",
            r"how many (?:\w+ ){0,2}(?:accounts|companies|customers|clients|prospects|firms)",
        ),
        "accounts",
    ),
    (
        either(
            r"(?:more|fewer) (?:\w+ ){0,2}deals",
            r"何商談|(?:商談|案件)(?:は|が|の数は?|数は?|件数は?)?(?:全部で|合計で?|今)?(?:何件|いくつ)|商談(?:の)?数",
            r"how many (?:\w+ ){0,3}deals|(?:受注|失注)\S{0,6}何件",
        ),
        "deals",
    ),
    (
        either(
            r"which (?:\w+ )?deals (?:did|do|have|has|were|are|closed)\b|\bdeals (?:that )?closed\b",
            rf"決着した|クローズした(?=商談|案件)|{RATE}",
            r"(?:受注|失注)(?:した|の)?(?:会社|企業|お客様|顧客|案件)"
            r"(?:の?(?:一覧|リスト)|は(?:どこ|どれ)|を(?:教え|挙げ))",
            r"\b(?:list|names?) (?:of )?(?:all )?(?:the )?(?:lost|won)"
            r" (?:customers|accounts|deals|companies)\b",
            r"(?:受注|失注|進行中)(?:した|の)商談(?:は?[?。]?$|は(?:どれ|どこ|何)|を(?:教え|挙げ)|の?一覧)",
            r"^(?:the |our |all )?(?:won|lost|open) deals"
            r"(?: (?:in|from|between|since|last|this)\b[^,]*)?[?.]?$",
        ),
        "deals",
    ),
    (
        either(
            r"(?:how many|more|fewer) (?:\w+ ){0,3}tickets",
            r"(?:チケット|問い?合わ?せ)\S{0,8}(?:何件|いくつ|件数|の?数)",
            TICKETS_MOVE,
        ),
        "tickets",
    ),
    (
        either(
            r"(?:how many|more|fewer) (?:\w+ ){0,2}(?:calls|meetings)",
            r"(?:通話|コール|打ち合わせ)\S{0,8}(?:何件|いくつ|件数|の?数|何回)",
            CALLS_MOVE,
        ),
        "calls",
    ),
    (
        either(
            r"何件|件数|いくつ|何回",
            r"how many (?:\w+ ){0,3}(?:conversations|complaints|requests|questions|times)|how often",
        ),
        "conversations",
    ),
)
INDUSTRY = r"(?:業界|業種|産業)(?:別|ごと)?|\bby (?:industry|trade|sector)\b|\bindustr(?:y|ies)\b"
SPEAK = either(
    r"(?:mention|speaks? of|spoke of|talks? about|talked about|bring up|brought up)(?:ed|s|ing)?"
    r" (?:an? |the |their )?([\w' -]{3,40}?)(?= and how| in\b| during| since|[,?.]|$)",
    r"([^\s、。はがを「」]{2,20})(?:に言及|の話(?:が|を|に)|について話|という話)",
)
"""A matter whose very mention may be asked for, not in quotation marks."""
BEYOND = either(
    r"満足度|(?:商談|営業)(?:の)?(?:期間|サイクル)|sales cycle|satisfaction (?:score|rate)|\bcsat\b",
    r"(?<![効税料能確倍注勝])(?<!成約)率(?:は|が|を|って|の推移)|何(?:%|パーセント|割)|割合|株価|従業員数|社員数",
    r"(?:売り?上げ?高?|利益|原価)(?:は|って|の?(?:推移|目標|実績)|を教え)|シェア(?:は|が|って|を教え)",
    r"(?:契約|導入|利用|会員|顧客|ユーザー|登録|来場|来場者|ダウンロード|アクセス|インストール)(?:社|者|件)?数",
    r"予測(?:は|を教え)|見込み(?:は|を教え)|見通し|予算(?:は|額)|採用計画|人事部|離職|給与はいくら|天気|為替",
    r"(?:他社|競合)\S{0,6}(?:料金|価格|シェア|売)",
    r"\b(?:churn|conversion|retention|open|click|interest|exchange|growth|response) rates?|market share",
    r"(?:what|how much|our|total|annual|monthly)\b.{0,20}\b(?:revenue|profit|salar(?:y|ies)|forecast)\b",
    r"head ?count|weather|stock price|\bbudget for\b|turnover",
    r"(?:number of|how many) (?:people )?(?:have |has )?(?:download|install)(?:s|ed)?\b",
    r"(?:number of|how many) (?:users|employees|visitors)\b",
    r"how many people (?:work|live|have)",
    r"how many (?:\w+ ){0,2}(?:employees|trucks|cars|users|people)"
    r" (?:do(?:es)? [\w' ]{1,20}have|(?:are|is) (?!complain|ask)[\w ]{0,20}?in [\w ]+)\?$",
    r"what (?:share|percentage|proportion|fraction|percent)\b|\bnps\b|\barr\b|\bmrr\b",
    r"how much (?:does|do|is|are|will|would)\b|what (?:does|do|did|will|would)\b.{0,40}\b(?:cost|charge)\b",
    r"^will\b|\bwhat will\b|\bhow many .{0,30}\bwill\b|competitors? .{0,20}(?:charge|price|cost|earn)",
)
_ONES = r"(?:(?:\w+ )?(?:complaint|request|question|objection|problem|issue|praise|one)s?\b)"
_BY_WHOM = (
    r"\S{0,14}(?:言い出|寄せ|挙げ|届い|[っいきれ来]た(?:会社|お客|顧客|企業|人|のは(?:誰|どこ|いつ|どの)))"
)
EARLIEST = either(
    r"(?:一番|いちばん|最も|もっとも)(?:古い|最初[のに])|最古の?|最初の(?:苦情|不満|クレーム|要望|質問|声|会話)",
    rf"最初に(?={_BY_WHOM})",
    r"(?:はじめて|初めて)(?=.{0,14}いつ)|いつ(?=.{0,8}(?:はじめて|初めて))",
    r"\bwhen\b(?=.{0,30}\bfirst (?:complain|ask|hear|rais|mention|request|said|say))",
    rf"\b(?:earliest|oldest)\b|\bthe (?:very )?first (?={_ONES})",
)
LATEST = either(
    r"(?:一番|いちばん|最も|もっとも)(?:新しい|最近の?|最後[のに])|最新(?:の|は|が)|最後の(?:苦情|不満|クレーム|要望|質問|声|会話)",
    rf"最後に(?={_BY_WHOM})",
    rf"\b(?:latest|newest|most recent)\b|\bthe (?:very )?last (?={_ONES})",
)
WITHOUT = (
    rf"(?:以外(?:の|で|に)は?|を除(?:く|いた|いて)、?)(?:主な|多い|どんな)?(?=(?:{SAID_JA}))",
    rf"\b(?:{SAID_EN})\b(?:(?! about\b)[\w\s]){{0,20}}?"
    r"\b(?:not about|other than|except(?: for)?|excluding|besides|apart from)\b",
)
"""What follows, or stands before, is not what the question is about."""
OTHER_KINDS = either(
    rf"(?:{SAID_JA}|褒め言葉|お礼)(?:以外|を除(?:く|い))",
    rf"\b(?:other than|except(?: for)?|besides|apart from) (?:the )?(?:{SAID_EN}|praise)\b",
)
"""Every kind but those that are named."""
_USED_FOR = (
    r"(?:(?:導入)?事例|広告|記事|資料|サイト|ホームページ|lp|faq|よくある質問"
    r"|プレゼン|提案書?|ブログ|sns|宣伝)"
)
FILLER = either(
    SEVERE,
    r"(?:(?<![ぁ-ん一-龠])前|以前|直前)の期間|\b(?:previous|preceding|earlier|last) period\b",
    rf"{_USED_FOR}(?:で|に)も?(?:使え(?:そうな|る)?|使いたい|載せ(?:る|られる|たい)?(?:べき)?|引用(?:でき|し)(?:る|たい))",
    r"\bfor (?:a|an|our|the) (?:case stud(?:y|ies)|website|blog|ads?|brochure|landing page|newsletter|slides?"
    r"|presentation|faq)\b|\bquotes?\b(?= for\b)",
    r"という(?:報告|連絡)(?=は|が|を|も|$|[?。])|(?:(?<=不具合)|(?<=バグ)|(?<=苦情)|(?<=トラブル))の報告",
    r"\bbug reports?\b|\breports? of\b",
    SUMMARY,
    r"(?<=理由)(?:つき|付き)(?:で|の)?",
    r"評判(?=は|を|が|$|[?。])|(?<=deals )(?:that )?closed\b|\bclosed (?=deals?\b)",
    r"\b(?:are|is|were) (?:we|things|it) (?:doing|going|getting) (?:any )?(?:better|worse)\b",
    rf"決着した|クローズした|{RATE}",
    EARLIEST,
    LATEST,
    *WITHOUT,
    r"(?:株式|有限|合同)会社|両方|どちらも|当社|弊社|わが社|我が社|案件(?=[のはがをにでとも?。]|$)",
    r"\b(?:have|has|had|got) in common\b|に共通(?:する|して(?:い)?る|した|の)(?:点|こと|もの|特徴)?|共通点",
    r"教えて(?:ください)?|全部で|合計|一覧|内訳|ランキング|候補|引用(?:付き|つき)?(?:で|を)?|話題",
    r"(?:見せ|示し|挙げ|あげ|並べ|まとめ)て(?:ください|ほしい|欲しい|くれ\S{0,4})?(?=[。?!]|$)",
    r"\bcandidates?\b|\b(?:show|give|tell)(?: me| us)\b|^show\b|\bverbatim\b|\bwith quotes\b",
    r"\bquotes?\b(?= (?:about|from|on|of|that|where|saying)\b)|\btopics?\b",
    r"(?:来|届い|寄せられ|あっ|受け取っ|記録され)(?:た|て|まし)|最初に|最後に|いつ|挙げた?",
    rf"(?<![ァ-ヶー一-龠])(?:主要|上位|頻出|人気|注目)?(?:{FRAME_JA})(?![ァ-ヶー一-龠])"
    r"(?=は|が(?:多|少|増|減|何|どれ|一番|最も)|を(?:教|挙|あげ|見|示|知|\d|[一二三四五六七八九十])"
    r"|の(?:一覧|順|トップ|上位|推移|数)|別|ごと|一覧|で|$|[?。、!])",
    r"(?<!dark )(?<!light )(?<!colour )(?<!color )\bthemes\b|\bsubjects\b|\btrending\b|\bhot\b(?= topics?\b)",
    rf"\b(?:main|key|common|frequent|recurring|popular|typical)\b(?= (?:{SAID_EN}|{FRAME_EN})\b)",
    rf"(?:主な|主要な|人気の|目立つ|代表的な|よくある)(?=(?:{SAID_JA}|{FRAME_JA}|声))",
    r"(?:(?<=which )|(?<=what )|(?<=top )|(?<=main )|(?<=biggest )|(?<=common )|(?<=new ))theme\b",
    rf"\bcomplainers?\b|\bloudest\b|{COMPANY}(?:別|ごと)",
    r"それぞれ|のは|どのくらい|についての?|言われ(?:た|て|る)|言(?:って|わ)(?:い|れ)?|(?<=た)こと(?:は|が)(?:あ|な)|声|ください|あります(?:か)?",
    r"ありました(?:か)?|ですか|でしたか|ますか|ましたか|でしょうか",
    r"お客さま|お客様|お客さん|顧客|会社|企業|声|(?<![案用条物事要])件|社|記録|全期間|全体|(?:この|全)データ|データ(?:に|の中に)は?(?:あ|出)",
    r"(?<=(?:失注|受注|成約|解約|購入|導入|契約|離脱|不満|苦情)に)(?:つなが|繋が)\S{0,3}|現れた?|多かった|という|ている|ていま",
    r"\bcompan(?:y|ies)\b|\baccounts?\b|\bcustomers?\b|\bpeople\b|\bconversations?\b|\btheir\b",
    r"\b(?:our|the|this) data\b",
    r"\b(?:we|you|they|it|that|who|was|were|been|has|have|had|did|ever|of|tickets?|requests?|complaints?"
    r"|calls?|customers?|compan(?:y|ies)|accounts?) (?:arriv|receiv|hear|rais)(?:e|ed|es|d|s|ing)?\b"
    r"|\b(?:record|report)(?:ed|ing)\b",
    r"\bprospects?\b|\bso far\b|in total|\btotal\b|\ball\b|when (?:was|did|were)",
    r"\blast (?:one|time|hear\w*)?\b|\bfirst\b",
    r"on record|come in|came in|\b(?:worse|better|busier|quieter)\b(?= than\b)",
    rf"(?:\b(?:{SAID_EN}|{FRAME_EN}|it|things)|^what) changed?\b(?= (?:between|from|since|over|in)\b)",
    r"\b(?:users|clients)\b(?= (?:have|complain|ask|want|say|struggle|need|like|dislike)\w*)",
    rf"(?:ユーザー|利用者|取引先)(?:さん|様)?(?=は|が|から|の(?:声|{SAID_JA}))",
    r"\ba features?\b(?=[?.!,]|$)|\bboth\b",
    r"how (?:do|does|did)|because of",
    r"\b(?:find|finds|found|miss|misses|need|needs|like|likes)\b",
)
_TELLING = """
電話 メール 他社 競合 連絡 返信 返事 時間 時間帯 担当 担当者 転送 添付 夜 夜間 朝 月末 休日 祝日 平日 説明
面倒 期間 半分 途中 毎月 手数 案内 前日 当日 年末 年度
"""
TELLING = frozenset(_TELLING.split())
"""Words that elsewhere are chores and frames, and in a question what it is about."""
_GENERIC = """
比 たか 出る 出す 来る 上がる 増える 減る 聞く 知る 教える speak spoke bring brought
関する 上げる 挙げる 出 名前 数字 話す 話 言う 答え 答える 問題 多い 少ない つく 内容 事 有る 成る 為る
理由 意見 数
sai keep everyon anyon thing peopl get got still ever anybodi everybodi regard concern over yet
say said mention talk name get happen come give make go thing issu problem mani much
何人 find ask request want worri tell told raise biggest
"""
GENERIC = frozenset(_GENERIC.split())
"""Words, in normal form or stemmed, that questions have and that say nothing of what they are about."""
