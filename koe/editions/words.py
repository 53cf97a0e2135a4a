"""What an edition says by itself, in both languages."""

from typing import NamedTuple

from koe.editions.shape import EditionName
from koe.language.text import Language

__all__ = ["Phrases", "phrases_in"]


class Phrases(NamedTuple):
    """The headings and short phrases of editions."""

    titles: dict[EditionName, str]
    top: str
    requests: str
    requests_note: str
    faq: str
    faq_note: str
    answered: str
    unanswered: str
    besides: str
    objections: str
    objections_note: str
    reasons_won: str
    reasons_note: str
    call: str
    call_note: str
    lost: str
    phrases: str
    phrases_note: str
    keywords_won: str
    keywords_lost: str
    keywords_note: str
    no_keywords: str
    volumes: str
    stakes: str
    stakes_note: str
    trends: str
    deals_closed: str
    context: str
    deals_of: str
    finding: str
    hint: str
    shares: str
    severity: str
    gone: str
    sheet: str
    series: str
    read: str
    unused: str
    unused_note: str
    no_unused: str
    unanswered_faq: str
    answered_faq: str
    no_entry: str
    entry: str


JA = Phrases(
    titles={
        "developers": "開発チームのみなさんへ",
        "support": "サポートチームのみなさんへ",
        "sales": "営業チームのみなさんへ",
        "content": "コンテンツ担当のみなさんへ",
        "management": "経営層のみなさんへ",
    },
    top="困りごと 上位3つ",
    requests="機能の要望",
    requests_note="関わる商談の金額は、同じ商談を一度だけ数えた合計です。",
    faq="よくある質問の候補",
    faq_note="直近{weeks}に、何社から聞かれたかの順です。1社だけの質問は、今週聞かれたものに限ります。",
    answered="担当者の返答",
    unanswered="この会話に、担当者からの返答は見つかりませんでした",
    besides="担当者の返答はありますが、この質問に触れた文は見つかりませんでした",
    objections="迷いとお断りの理由",
    objections_note="発言した会社と、関わる商談を添えています。",
    reasons_won="選ばれる理由（そのまま使える言葉）",
    reasons_note="商談でお客さまが挙げた理由です。次の商談でも、そのままの言葉で使えます。",
    call="フォローしたい会社",
    call_note="進行中の商談で、迷いや要望を話した会社です。",
    lost="今週の失注",
    phrases="お客さまの言葉",
    phrases_note="選ばれる理由とお褒めの言葉です。紹介文を書くときの素材にどうぞ。",
    keywords_won="受注した商談に多い言葉",
    keywords_lost="失注した商談に多い言葉",
    keywords_note="受注{won}・失注{lost}の商談を比べました。お客さまの発言だけを数えています。",
    no_keywords="受注と失注の違いを表す言葉は、まだ見つかっていません。",
    volumes="届いた会話",
    stakes="商談金額に関わる声",
    stakes_note="進行中の商談の金額が大きい順です。",
    trends="困りごとの推移",
    deals_closed="決着した商談",
    context="前後の発言",
    deals_of="関わる商談 {n}",
    finding="統計的に確かな差",
    hint="参考（まだ確かとは言えない差）",
    shares="受注 {won}件・失注 {lost}件",
    severity="深刻度 {level}",
    gone="先週はあって、今週は聞かれなかったもの",
    sheet="一覧表は添付の keywords.xlsx をご覧ください。",
    series="週ごと（{first}〜{last}の週）: {counts}",
    read="届いた会話 {n}の内訳：{states}",
    unused="受注した商談の言葉で、サイトにないもの",
    unused_note="お客さまは使っているのに、サイトのどのページにも出てこない言葉です。",
    no_unused="受注した商談の言葉は、すべてサイトで使われています。",
    unanswered_faq="よく聞かれるのに、サイトに答えがない質問",
    answered_faq="サイトに答えがある質問",
    no_entry="サイトに答えなし",
    entry="サイトの答え：{heading}（{url}）",
)

EN = Phrases(
    titles={
        "developers": "For developers",
        "support": "For support",
        "sales": "For sales",
        "content": "For the content team",
        "management": "For management",
    },
    top="Top 3 complaints",
    requests="Feature requests",
    requests_note="Amounts add up the deals that mention a request, each deal once.",
    faq="FAQ candidates",
    faq_note="By the number of accounts that asked within {weeks}; of a single one only this week's.",
    answered="Agent's answer",
    unanswered="no answer from an agent in the conversation",
    besides="an agent answered, in no sentence that is clearly about this",
    objections="Objections",
    objections_note="With the accounts that said so and their deals.",
    reasons_won="Why customers choose us (words to use)",
    reasons_note="Reasons that customers gave in sales talks; say them back in the same words.",
    call="Accounts to call",
    call_note="They have an open deal and voiced a doubt or a wish.",
    lost="Lost this week",
    phrases="Customers' phrases",
    phrases_note="Reasons to buy and praise, as starting points for copy.",
    keywords_won="Words of won deals",
    keywords_lost="Words of lost deals",
    keywords_note="Compared: {won} won, {lost} lost; only customers' words count.",
    no_keywords="No word separates won deals from lost ones yet.",
    volumes="Conversations that came in",
    stakes="Amounts at stake",
    stakes_note="By the amount of open deals.",
    trends="How complaints move",
    deals_closed="Deals closed",
    context="Around it",
    deals_of="{n} concerned",
    finding="a tested difference",
    hint="a hint, not yet certain",
    shares="{won} won, {lost} lost",
    severity="severity: {level}",
    gone="Raised last week, not this week",
    sheet="The table is in the attached keywords.xlsx.",
    series="by week, {first}–{last}: {counts}",
    read="{n} came in: {states}",
    unused="Words of won deals that your website does not use",
    unused_note="Customers use them, and no page does.",
    no_unused="Your website uses every word of won deals.",
    unanswered_faq="Questions that keep coming and that your website does not answer",
    answered_faq="Questions that your website answers",
    no_entry="no answer found on the website",
    entry="on the website: {heading} ({url})",
)


def phrases_in(language: Language) -> Phrases:
    """The catalogue of one language."""
    return JA if language == "ja" else EN
