"""What the offline digest says: one catalogue, Japanese and English beside each other.

`$name` stands for a slot (`$theme`, `$accounts`, `$quote` …) that `compose` puts in. Numbers, names
and customers' words come through slots alone.
"""

from string import Template
from typing import NamedTuple

from koe.language.text import Language


class Phrase(NamedTuple):
    """One sentence in each language; `en_one` where the first number is one."""

    ja: str
    en: str
    en_one: str = ""

    def __call__(self, language: Language, is_one: bool = False, **slots: str) -> str:
        """The sentence with its slots put in. Raises KeyError when one is missing."""
        english = self.en_one if is_one and self.en_one else self.en
        return Template(self.ja if language == "ja" else english).substitute(slots)

    def and_then(self, other: "Phrase") -> "Phrase":
        """Both, one behind the other."""
        return Phrase(self.ja + other.ja, self.en + other.en, self.en_one and self.en_one + other.en)


VOLUMES = Phrase(
    "今週届いた会話は$all件で、問い合わせが$tickets件、商談・通話が$calls件です。",
    "Conversations this week: $all, with tickets at $tickets and calls at $calls.",
)
VOLUMES_UP = Phrase(
    "今週届いた会話は$all件（問い合わせ$tickets件、商談・通話$calls件）で、前週より$change件増えました。",
    "Conversations this week: $all (tickets $tickets, calls $calls), up by $change from last week.",
)
VOLUMES_DOWN = Phrase(
    "今週届いた会話は$all件（問い合わせ$tickets件、商談・通話$calls件）で、前週より$change件減りました。",
    "Conversations this week: $all (tickets $tickets, calls $calls), down by $change from last week.",
)
NO_CONVERSATIONS = Phrase("今週届いた会話は$all件でした。", "Conversations this week: $all.")
SILENT = Phrase(
    "会話は$all件届きましたが、取り上げる声はありませんでした。",
    "Of $all conversations, none held anything to report.",
    "Of $all conversation, none held anything to report.",
)
TOTALS = Phrase(
    "困りごとを話した会社は$complaint社、要望を話した会社は$request社でした。",
    "Accounts that complained: $complaint. Accounts that asked for a feature: $request.",
)

FIRST_MOVES = {
    "plain": Phrase(
        "最も多くの会社から聞かれた困りごとは「$theme」で、$accounts社、$conversations件の会話に出ています。",
        "The most widespread complaint is “$theme”, with $accounts accounts.",
        "The most widespread complaint is “$theme”, with $accounts account.",
    ),
    "up": Phrase(
        "最も多くの会社から聞かれた困りごとは「$theme」で、$accounts社と、前週の$previous社から増えています。",
        "The most widespread complaint is “$theme”, with $accounts accounts, up from $previous last week.",
    ),
    "down": Phrase(
        "最も多くの会社から聞かれた困りごとは「$theme」の$accounts社ですが、前週の$previous社からは減っています。",
        "The most widespread complaint is “$theme”, with $accounts accounts, down from $previous last week.",
        "The most widespread complaint is “$theme”, with $accounts account, down from $previous last week.",
    ),
    "new": Phrase(
        "最も多くの会社から聞かれた困りごとは「$theme」で、今週初めて$accounts社から挙がりました。",
        "The most widespread complaint is “$theme”, heard for the first time, from $accounts accounts.",
        "The most widespread complaint is “$theme”, heard for the first time, from $accounts account.",
    ),
}
SECOND_MOVES = {
    "plain": Phrase(
        "次に「$theme」が$accounts社から挙がりました。",
        "Next comes “$theme”, with $accounts accounts.",
        "Next comes “$theme”, with $accounts account.",
    ),
    "up": Phrase(
        "次に「$theme」が$accounts社から挙がり、前週の$previous社から増えています。",
        "Next comes “$theme”, with $accounts accounts, up from $previous last week.",
    ),
    "down": Phrase(
        "次に「$theme」が$accounts社から挙がりましたが、前週の$previous社からは減っています。",
        "Next comes “$theme”, with $accounts accounts, down from $previous last week.",
        "Next comes “$theme”, with $accounts account, down from $previous last week.",
    ),
    "new": Phrase(
        "次に「$theme」が$accounts社から挙がり、この話は今週初めて出ました。",
        "Next comes “$theme”, heard for the first time, from $accounts accounts.",
        "Next comes “$theme”, heard for the first time, from $accounts account.",
    ),
}
THIRD_MOVES = {
    "plain": Phrase(
        "「$theme」は$accounts社から聞かれました。",
        "“$theme” was raised by $accounts accounts.",
        "“$theme” was raised by $accounts account.",
    ),
    "up": Phrase(
        "「$theme」は$accounts社で、前週の$previous社から増えました。",
        "“$theme” was raised by $accounts accounts, up from $previous last week.",
    ),
    "down": Phrase(
        "「$theme」は$accounts社で、前週の$previous社から減りました。",
        "“$theme” was raised by $accounts accounts, down from $previous last week.",
        "“$theme” was raised by $accounts account, down from $previous last week.",
    ),
    "new": Phrase(
        "「$theme」は今週初めて聞かれ、$accounts社から挙がりました。",
        "“$theme” was heard for the first time, from $accounts accounts.",
        "“$theme” was heard for the first time, from $accounts account.",
    ),
}
QUOTE = Phrase("$quoteという声がありました。", " One customer put it this way: $quote.")
"""Follows what is said of a theme."""
GONE = Phrase(
    "前週に$previous社から聞かれた「$theme」は、今週は聞かれなくなりました。",
    "“$theme”, raised by $previous accounts last week, was no longer heard.",
    "“$theme”, raised by $previous account last week, was no longer heard.",
)

REQUEST = Phrase(
    "要望では「$theme」が$accounts社から寄せられました。",
    "Among the requests, “$theme” came from $accounts accounts.",
    "Among the requests, “$theme” came from $accounts account.",
)
REQUEST_NEXT = Phrase(
    "「$theme」を望む会社も$accounts社ありました。",
    "“$theme” was asked for by $accounts accounts.",
    "“$theme” was asked for by $accounts account.",
)
REQUEST_OPEN = Phrase(
    "「$theme」に触れた商談は$deals件あり、このうち商談中の金額は$amount$currencyです。",
    "“$theme” was mentioned in $deals deals; open ones are worth $amount $currency.",
    "“$theme” was mentioned in $deals deal; open ones are worth $amount $currency.",
)
REQUEST_OPEN_SOME = Phrase(
    "「$theme」に触れた商談は$deals件あり、このうち商談中の金額は$amount$currencyです（金額の記載がない商談$unknown件を除く）。",
    "“$theme” was mentioned in $deals deals; open ones are worth $amount $currency, "
    "deals without an amount ($unknown) left out.",
    "“$theme” was mentioned in $deals deal; open ones are worth $amount $currency, "
    "deals without an amount ($unknown) left out.",
)
REQUEST_DEALS = Phrase(
    "「$theme」に触れた商談は$deals件あります。",
    "“$theme” was mentioned in $deals deals.",
    "“$theme” was mentioned in $deals deal.",
)
FAQ = Phrase(
    "使い方の質問では、直近$weeks週で「$theme」が$accounts社から寄せられ、よくある質問に載せる候補です。",
    "Over $weeks weeks, the question “$theme” came from $accounts accounts: a candidate for the FAQ.",
    "Over $weeks weeks, the question “$theme” came from $accounts account: a candidate for the FAQ.",
)
FAQ_ONE = Phrase(
    "使い方の質問では「$theme」が$accounts社から寄せられ、よくある質問に載せる候補です。",
    "The question “$theme” came from $accounts accounts: a candidate for the FAQ.",
    "The question “$theme” came from $accounts account: a candidate for the FAQ.",
)
CLOSED = Phrase(
    "今週決まった商談は、受注が$won件、失注が$lost件でした。",
    "Deals that closed this week: won $won, lost $lost.",
)
OBJECTION = Phrase(
    "商談での迷いとしては「$theme」が$accounts社から挙がり、$quoteという発言がありました。",
    "In sales calls, $accounts accounts hesitated over “$theme”: $quote.",
    "In sales calls, $accounts account hesitated over “$theme”: $quote.",
)
OBJECTION_PLAIN = Phrase(
    "商談での迷いとしては「$theme」が$accounts社から挙がりました。",
    "In sales calls, $accounts accounts hesitated over “$theme”.",
    "In sales calls, $accounts account hesitated over “$theme”.",
)
BUYING = Phrase(
    "選ばれる理由としては「$theme」を$accounts社が挙げています。",
    "As a reason to buy, $accounts accounts named “$theme”.",
    "As a reason to buy, $accounts account named “$theme”.",
)
PRAISE = Phrase(
    "「$theme」は$accounts社から評価されました。",
    "“$theme” was praised by $accounts accounts.",
    "“$theme” was praised by $accounts account.",
)
PRAISE_QUOTE = Phrase(
    "「$theme」は$accounts社から評価され、$quoteという言葉がありました。",
    "“$theme” was praised by $accounts accounts: $quote.",
    "“$theme” was praised by $accounts account: $quote.",
)
COVERED = Phrase(
    "届いた会話$all件は、すべて読み終えています。",
    "Everything that came in was read: $all conversations.",
    "Everything that came in was read: $all conversation.",
)
NOT_COVERED = Phrase(
    "届いた会話$all件のうち、読めなかったものが$failed件、まだ読んでいないものが$left件あります。",
    "Conversations that came in: $all. Could not be read: $failed. Still to be read: $left.",
)
UNPLACED = Phrase(
    "届いた会話$all件のうち、どなたがお客さまか分からず読んでいないものが$unplaced件あります。",
    "Conversations that came in: $all. "
    "Not read, as it is not known which speaker is the customer: $unplaced.",
)
FOREIGN = Phrase(
    "届いた会話$all件のうち、日本語でも英語でもないため読んでいないものが$foreign件あります。",
    "Conversations that came in: $all. Not read, as they are neither in Japanese nor in English: $foreign.",
)
DEGRADED = Phrase(
    "検査を通った下書きの文章がなかったため、計算した数字だけで組み立てた要約を載せています。",
    "No drafted text passed the check, so this summary is put together from computed numbers.",
)
UNREVIEWED = Phrase(
    "この週の会話は、まだ確認が済んでいない方法で読んでいます。",
    "What was read here was read by prompts that were not evaluated yet.",
)
CURRENCY: dict[str, Phrase] = {"JPY": Phrase("円", "JPY"), "USD": Phrase("ドル", "USD")}
