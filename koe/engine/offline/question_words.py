"""The words by which a question's filters are known, as patterns over its normalised lower-case text."""

from koe.engine.base import Ask
from koe.records import FindingKind, Outcome

K = FindingKind


def _any(*alternatives: str) -> str:
    return "|".join(alternatives)


KINDS: tuple[tuple[str, FindingKind], ...] = (
    (
        _any(
            r"feature requests?|requested features?|request(?:s|ed|ing)?\b|ask(?:ed|ing|s)? for\b",
            r"\bwants?\b|\bwanted\b|would like|wish(?:es|ed)?\b",
            r"要望|機能要求|欲しがって|(?:ほしい|欲しい)と|求めて|リクエスト",
        ),
        K.FEATURE_REQUEST,
    ),
    (
        _any(
            r"buying reasons?|reasons? (?:to buy|for buying|they (?:bought|chose))",
            r"why .{0,30}(?:\bwin\b|\bwon\b|chose|choose|picked|bought|buy)",
            r"決め手|(?:購入|導入|受注|採用)(?:の|した|する|を決めた)?理由|買う理由|買った理由|選んだ理由|選ばれる理由",
        ),
        K.BUYING_REASON,
    ),
    (
        _any(
            r"objections?|hesitat\w*|concern(?:s|ed)?\b|reservations?|worr(?:y|ied|ies)\b",
            r"reasons? (?:not to buy|for losing|we lost)|why .{0,30}(?:\blose\b|\blost\b)",
            r"懸念|不安|ためら|躊躇|見送|失注(?:の|した)?(?:理由|原因)|買わない理由|断られ|反対",
        ),
        K.OBJECTION,
    ),
    (
        _any(
            r"complain(?:t|ts|ing|ed|s)?\b|grievances?|pain points?",
            r"苦情|不満|クレーム|文句|困って|困りごと",
        ),
        K.COMPLAINT,
    ),
    (
        _any(
            r"faqs?\b|how-to|questions?\b|ask(?:s|ed|ing)? (?:how|where|whether|about)\b",
            r"質問|よく聞かれ|聞かれ(?:た|て|る)|聞いて(?:き|いる|い?ます)|尋ね|問い合わせの多い|使い方の",
        ),
        K.QUESTION,
    ),
    (
        _any(
            r"prais\w+|compliments?|complimented|happy with|satisf\w+",
            r"褒め|ほめ|称賛|賞賛|好評|満足|喜び|喜ばれ|高評価",
        ),
        K.PRAISE,
    ),
)
OUTCOMES: tuple[tuple[str, Outcome], ...] = (
    (_any(r"\b(?:closed[- ])?lost\b|\blos(?:e|ing)\b", r"失注|負けた|逃した|取れなかった"), "lost"),
    (_any(r"\b(?:closed[- ])?won\b|\bwin(?:ning|s)?\b", r"受注|成約|勝った|獲得した|契約に至った"), "won"),
    (_any(r"\bopen deals?|in progress|pipeline", r"進行中|商談中の"), "open"),
)
CALL = _any(r"\bcalls?\b|\bmeetings?\b|\bdeals?\b|\bprospects?\b", r"商談|通話|コール|打ち合わせ")
TICKET = r"\b(?:support )?tickets\b|\b(?:in|by) (?:a )?ticket\b|チケット|問い合わせ(?:で|の中)"
ASKS: tuple[tuple[str, Ask], ...] = (
    (
        _any(
            r"increas\w+|decreas\w+|declin\w+|trend\w*|grow(?:ing|n)?\b|ris(?:e|ing|en)\b|fall(?:ing|en)?\b",
            r"go(?:ing|ne)? (?:up|down)|more often|over time|week by week|per week|by week|each week|weekly",
            r"settled|増え|減っ|減り|推移|傾向|落ち着|収ま|治ま|週ごと|週別|毎週|変化",
        ),
        "trend",
    ),
    (r"\bcompar\w+|\bversus\b|\bvs\b|\bdiffer\w*|比べ|比較|それぞれ|違い", "compare"),
    (r"how many|number of|count\b|何社|何件|何商談|いくつ|件数|社数", "count"),
    (r"\bwhy\b|reasons?\b|because|なぜ|どうして|理由|原因", "reasons"),
    (
        _any(
            r"which|who\b|whose|list\b|what (?:are|were|do|did|is|was)|what\b|top|most",
            r"誰|どの|どこ|どんな|何(?:が|を|です|でし|と)|一覧|上位|トップ|一番|教えて",
        ),
        "list",
    ),
)
BY_WEEK = r"week by week|per week|by week|each week|every week|weekly|週ごと|週別|毎週|週単位"
FIRST = _any(
    r"first (?:seen|appeared|time)|newly|appeared for the first|\bnew (?:complaints?|themes?|requests?)",
    r"(?:はじめて|初めて|新しく|新たに)(?:現れ|出)?",
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
TOP_MANY = _any(
    rf"(?:上位|トップ|ベスト|top|first){{1}}[\s-]*{_MANY}(?:つ|件|位|個)?",
    rf"多い(?:順に|もの(?:を|から)?){_MANY}(?:つ|件|個)?",
    rf"{_MANY} most (?:common|frequent)",
)
TOP_ONE = _any(
    r"(?:一番|いちばん|最も|もっとも)多(?:い|かった|く)|最多",
    r"\bmost (?:common|frequent|often)|\b(?:biggest|main|number one|top) (?:complaint|request|question"
    r"|objection|reason|problem|issue)\b",
)
REPLIES = _any(
    r"何と答え|どう答え|どのように答え|どう(?:回答|案内|対応)|何と(?:回答|案内|説明|返答)|答え(?:て|まし)",
    r"(?:what|how) (?:did|do|does|have|has|was|were) (?:we|our|the|an|support|agents?|reps?|sales)\b"
    r"[\w\s']{0,20}(?:answer|repl|respond|tell|told|say|explain)\w*|\banswered\b|\breplied\b",
)
SAYS = _any(
    r"という(?:言葉|単語|語|ワード|キーワード|用語)|口に(?:した|して)|言及",
    r"mention\w*|\bsaid\b|\bsays?\b|\bus(?:e|ed|ing)\b|\bwords?\b|\bterms?\b|\bphrases?\b",
)
KEYWORDS = _any(
    r"keywords?|\bwords?\b|\bvocabulary\b",
    r"キーワード|言葉遣い|どんな言葉|どういう言葉|言葉は何|(?:使|話|出)\S{0,5}言葉|言葉(?:の違い|を教えて)",
)
BEYOND = _any(
    r"率(?:は|が|を|って|の推移)|何(?:%|パーセント|割)|売上|利益|原価|株価|従業員数|社員数",
    r"(?:契約|導入|利用|会員|顧客|ユーザー|登録|来場|ダウンロード|アクセス|インストール)(?:社|者|件)?数",
    r"\b(?:churn|conversion|retention|open|click) rate|revenue|profit|head ?count|market share",
    r"(?:number of|how many) (?:downloads|installs|users|employees)\b|\bnps\b|\barr\b|\bmrr\b",
)
FILLER = _any(
    r"教えてください|ください|あります(?:か)?|ありました(?:か)?|ですか|でしたか|ますか|ましたか|でしょうか",
    r"お客さま|お客様|顧客|会社|企業|声|件|社|記録|全期間|全体|データ|現れた?|多かった|という|ている|ていま",
    r"\bcompan(?:y|ies)\b|\baccounts?\b|\bcustomers?\b|\bpeople\b|\bconversations?\b|\bdata\b|\btheir\b",
)
_GENERIC = """
上げる 挙げる 出 名前 数字 話す 話 言う 答え 答える 問題 多い 少ない つく 内容 事 有る 成る 為る 理由 意見 数
say said mention talk name get happen come give make go thing issu problem mani much
何人 find ask request want worri tell told raise
"""
GENERIC = frozenset(_GENERIC.split())
"""Words, in normal form or stemmed, that questions have and that say nothing of what they are about."""
