"""The words by which a question names a kind of finding, as patterns over its normalised lower-case text."""

from koe.records import FindingKind

K = FindingKind


def either(*alternatives: str) -> str:
    """One pattern of several."""
    return "|".join(alternatives)


KINDS: tuple[tuple[str, FindingKind], ...] = (
    (
        either(
            r"\bfaqs?(?![a-z])|q&a|how-to|questions?\b",
            r"ask(?:s|ed|ing)? (?:us )?(?:how|where|whether|about|which|if)\b",
            r"want(?:s|ed)? to know|wonder(?:s|ed|ing)?\b",
            r"(?:people|customers|they) ask\b(?! (?:us )?(?:for|to)\b)",
            r"質問|よくある(?:問い?合わ?せ|疑問)|よく聞かれ|聞かれ(?:た|て|る|ま)|聞いて(?:き|いる|い?ます)|尋ね|問い合わせの多い(?!会社|企業|お客|顧客|取引先|ところ)|使い方の",
        ),
        K.QUESTION,
    ),
    (
        either(
            r"feature requests?|requested features?|request(?:s|ed|ing)?\b",
            r"(?:which|what) (?:new )?features? (?=.*\b(?:ask|request|want|wish|miss|need|like))",
            r"ask(?:ed|ing|s)? (?:us )?(?:for|to)\b",
            r"(?<!not )(?<!n't )\bwants?\b(?! to know)|\bwanted\b(?! to know)|would like|wish(?:es|ed)?\b",
            r"要望|機能要求|欲しがって|(?:ほしい|欲しい)(?:と|という)|求め(?:て|る|た)|リクエスト",
        ),
        K.FEATURE_REQUEST,
    ),
    (
        either(
            r"buying reasons?|reasons? (?:to buy|for buying|they (?:bought|chose))",
            r"why .{0,30}(?:\bwin\b|\bwon\b|chose|choose|picked|bought|buy)",
            r"(?:bought|buy|chose|choose|signed|(?:customers?|deals?) won|won (?:customers?|deals?)) because",
            r"\b(?:bought|buys?) (?:it )?(?:because|for)\b|\bvalues?\b|valued",
            r"決め手|(?:購入|導入|受注|採用)(?:の|した|する|を決めた)?理由|買う理由|買った理由",
            r"選んだ理由|選ばれ(?:る|た|ている)理由|選ぶ理由|選んで(?:いる|くれた|もらえた)理由",
            r"(?:なぜ|どうして).{0,30}(?:導入|購入|契約|採用)(?:を決め|した|して)",
            r"(?:なぜ|どうして|何で|何が|どこが).{0,30}選(?:ばれ|んで(?:くれ|もらえ|いただけ))(?!な)",
            r"選(?:ばれ|んで(?:くれ|もらえ|いただけ))(?!な)\S{0,6}(?:のは|のか|わけ|訳|ポイント|決め手)",
            r"理由に(?:\S{0,4})?(?:受注|購入|導入|採用)|評価(?:し|す|さ|の声)|買ってくれ|選んでくれ",
        ),
        K.BUYING_REASON,
    ),
    (
        either(
            r"objections?|\bobject(?:s|ed|ing)? to|hesitat\w*|concern(?:s|ed)?\b|reservations?",
            r"worr(?:y|ied|ies)\b",
            r"reasons? (?:not to buy|for losing|we lost)|why .{0,30}(?:\blose\b|\blost\b)|\blos[et] because",
            r"\bfear(?:s|ed)?\b|afraid|put off by|(?:do|did|does)(?: not|n't) want|deal.?breakers?",
            r"懸念|不安|ためら|躊躇|見送|失注(?:の|した)?(?:理由|原因)|買わない理由|断られ|反対|心配|難色|ネック(?=に|は|と|だった|で)",
            r"理由に(?:\S{0,4})?失注|失注につながっ",
        ),
        K.OBJECTION,
    ),
    (
        either(
            r"what (?:\w+ )?(?:hurt|annoy|bother|frustrate|upset|irritate)s?\b",
            r"complain(?:t|ts|ing|ed|s|ers?)?\b|grievances?|\bpain(?:[ -]?points?|s)\b",
            r"\bproblems?\b|\bissues?\b|\bbugs?\b",
            r"\bwhat (?:should|must|do|could) we (?:need to )?(?:fix|improve|prioriti[sz]e|tackle|address)\b",
            r"\btroubl(?:es?|ed|ing|esome)\b|\bstruggl(?:e|es|ed|ing)\b|\bdifficult(?:y|ies)\b",
            r"\bfrustrat\w+|\bannoy\w+|\bunhappy\b|\bdissatisf\w+|\bdislikes?\b|\bhard time\b",
            r"苦情|不満|クレーム|文句|困(?:っ[たて]|ら[させ]|る|り(?:ごと|事|ます|果て))|お困り|不具合|トラブル",
            r"バグ|(?:何|どれ|どこ)(?:から|を)(?:最初に|先に|優先して)?(?:直す|改善|対応)(?:す)?(?:べき|れば|ればいい)?"
            r"|改善(?:す)?(?:べき|したほうがいい)(?:点|こと|ところ)|問題|不便|悩み|悩んで|苦労|イライラ|いらいら|怒って|怒ら",
        ),
        K.COMPLAINT,
    ),
    (
        either(
            r"prais\w+|compliments?|complimented|(?<!un)happy(?: (?:with|about)|(?=\s*(?:[?.!]|$)))",
            r"(?<!dis)(?<!un)satisf\w+",
            r"thank(?:s|ed)?\b|pleased",
            r"\b(?:do|did|does) (?:\w+ ){0,2}(?:like|love|enjoy)\b(?! to\b)|\bliked (?:best|most|about)\b",
            r"(?:良い|よい|いい)(?:評価|点|ところ|声|評判)|良かった|よかった点",
            r"(?:お?褒め|お?ほめ|感謝|お礼)の?(?:言葉|声)|褒め言葉|褒め|ほめ|称賛|賞賛|好評|満足|喜[びばんぶ]|高評価|感謝|お礼",
        ),
        K.PRAISE,
    ),
)
SAID_JA = r"苦情|不満|クレーム|文句|困りごと|不具合|トラブル|要望|リクエスト|質問|懸念|不安"
SAID_EN = r"complaints?|requests?|questions?|objections?|concerns?|problems?|issues?"
FRAME_JA = r"テーマ|話題|トピック|項目|論点|課題"
FRAME_EN = r"themes?|topics?|subjects?|matters?"
"""What a question calls that which customers speak of, whatever it is."""
SUMMARY = either(
    r"一言で(?:言うと|まとめ(?:ると|て))?|全体を?まとめると|要約(?:して|すると)|全体(?:の)?(?:像|サマリー?)|^サマリー?",
    r"(?:客(?:様|さま|さん)?|顧客|ユーザー|みんな)の声(?=は|を|[?。]|$)",
    r"\b(?:an?|the|me|quick|short|brief) (?:summary|overview)\b(?! (?:of|report|e?mail|page|screen))"
    r"|^(?:summary|overview|summari[sz]e)\b",
)
"""Wants what is said most."""
SEVERE = either(
    r"深刻な?|重大な?|緊急の?(?=(?:苦情|不満|不具合|問題|要望))|(?:一番|最も|もっとも)(?:重い|ひどい)",
    rf"\b(?:most )?(?:severe|serious|critical|urgent|worst)\b(?= (?:{SAID_EN}|bugs?|ones?)\b)",
    r"(?:(?<=the )|(?<=are )|(?<=is ))(?:most (?:severe|serious|critical|urgent)|worst)\b",
)
"""Wants what weighs most with customers."""
