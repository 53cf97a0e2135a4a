"""What `koe files inspect` says, and what is said of files that are not read: a catalogue per language."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from connectors.words.sentences import KINDS, said_in
from koe.language.text import Language

__all__ = ["Inspecting", "inspecting_in"]


class Inspecting(NamedTuple):
    """The lines of an inspection; a pair is for one and for several."""

    language: Language
    comma: str
    kinds: Mapping[str, str]
    """What a table is; "" is for one that is not known."""
    nouns: Mapping[str, tuple[str, str]]
    how: str
    not_used: str
    note: str
    hidden: str
    unclear: str
    to_mend: str
    as_it_is: str
    all_the_same: str
    once_above: str
    """Comments behind lines of koe.toml, from here on."""
    order: str
    outcomes: str
    speakers: str
    sides: str
    no_date: str
    a_guess: str
    ours_among: str
    own_deals: str
    ours_too: str
    can_be_read: str
    """A count, from here on words again, and what is said behind it."""
    cannot: str
    more: str
    customers_between: str
    roles: Mapping[str, str]
    no_name: str
    hinted: str
    ours_or_theirs: str
    nothing_here: str
    not_read: str
    a_step: str
    and_more: str
    a_folder: str
    steps: Mapping[str, str]

    def counted(self, number: int, noun: str) -> str:
        """How many of them."""
        return self.nouns[noun][number != 1].format(n=number)

    def joined(self, names: Sequence[str]) -> str:
        """Names one after another."""
        return self.comma.join(names)

    def said(self, sentence: str) -> str:
        """A sentence that another room said in English."""
        return said_in(sentence, self.language)


def inspecting_in(language: Language) -> Inspecting:
    """The catalogue of one language."""
    return JA if language == "ja" else EN


EN = Inspecting(
    language="en",
    comma=", ",
    kinds={"list": "a list of transcripts", "": "not known"} | {k: k for k in ("tickets", "calls", "deals")},
    nouns={
        "tickets": ("{n} ticket", "{n} tickets"),
        "calls": ("{n} call", "{n} calls"),
        "deals": ("{n} deal", "{n} deals"),
        "customers": ("{n} customer", "{n} customers"),
        "characters": ("{n} character", "{n} characters"),
    },
    how=" ({how})",
    not_used="not used: {names}",
    note="note: {line}",
    hidden="hidden sheets are not read: {names}",
    unclear="unclear: {line}",
    to_mend="To read it, mend this:",
    as_it_is="It is read like this as it is. To say it yourself:",
    all_the_same="To read it all the same, paste this; each row that cannot be used is then named:",
    once_above="once, above: [sources.files] with path = {path}",
    order='"mdy" or "dmy" or "ymd": what stands first',
    outcomes="won, lost or open",
    speakers='"agent" is ours, "customer" theirs; "*" is everybody else',
    sides='"agent" is ours, "customer" theirs',
    no_date="{header} has no date",
    a_guess="a guess",
    ours_among="those who are ours among {names}",
    own_deals="own deals",
    ours_too="; add who else is ours among {names}",
    can_be_read="{count} can be read",
    cannot=", {n} cannot",
    more="… and {n} more",
    customers_between="{first} – {last}, {count}",
    roles={role: role for role in ("customer", "agent", "other")},
    no_name="(no name)",
    hinted="{sign}● ({count})",
    ours_or_theirs="Ours or the customer's? What these speakers say is not read until koe.toml says so:",
    nothing_here="{name}: nothing here is a table, a transcript, mail or koe's own JSON lines",
    not_read="not read: {names}",
    a_step="{name} ({step})",
    and_more=" and {n} more",
    a_folder="a folder: pull it by itself",
    steps={
        **dict.fromkeys((".7z", ".gz", ".rar", ".zip"), "unpack it"),
        ".doc": "save it as .docx",
        **dict.fromkeys((".jsonl", ".ndjson"), "call it tickets.jsonl, calls.jsonl or deals.jsonl"),
        **dict.fromkeys((".m4a", ".mp3", ".mp4", ".wav"), "koe reads transcripts, no sound"),
        ".msg": "save it as .eml",
        **dict.fromkeys((".ods", ".numbers"), "save it as .xlsx or .csv"),
        ".pdf": "save it as text",
        ".pst": "save its mails as .eml or .mbox",
        ".rtf": "save it as .docx or .txt",
    },
)
JA = Inspecting(
    language="ja",
    comma="、",
    kinds={"": "種類が分かりません", **KINDS},
    nouns={
        "tickets": ("問い合わせ{n}件",) * 2,
        "calls": ("通話{n}件",) * 2,
        "deals": ("商談{n}件",) * 2,
        "customers": ("お客さま{n}社",) * 2,
        "characters": ("{n}文字",) * 2,
    },
    how="（{how}）",
    not_used="使わない列：{names}",
    note="注意：{line}",
    hidden="非表示のシートは読みません：{names}",
    unclear="要確認：{line}",
    to_mend="読むには、次の行を直して貼り付けてください。",
    as_it_is="このままで、上のように読みます。自分で指定するときは、次の行を貼り付けてください。",
    all_the_same="それでも読むときは、次の行を貼り付けてください。使えない行は1行ずつ示します。",
    once_above="この上に一度だけ書くもの：[sources.files] と path = {path}",
    order='先に来るもの："mdy" は月、"dmy" は日、"ymd" は年',
    outcomes='"won"（受注）、"lost"（失注）、"open"（進行中）のどれか',
    speakers='自社は "agent"、お客さまは "customer"。"*" はそのほか全員',
    sides='自社は "agent"、お客さまは "customer"',
    no_date="{header} には日付がありません",
    a_guess="推測",
    ours_among="このうち自社の人：{names}",
    own_deals="商談の担当者",
    ours_too="。ほかにも自社の人がいれば加えてください：{names}",
    can_be_read="{count}を読めます",
    cannot="（読めないもの{n}件）",
    more="… ほか{n}件",
    customers_between="{first}～{last}、{count}",
    roles={"customer": "お客さま", "agent": "自社", "other": "どちらか不明"},
    no_name="（名前なし）",
    hinted="{sign}●（{count}）",
    ours_or_theirs="次の話者は、自社かお客さまか分かりません。koe.toml に書くまで、その発言は読みません。",
    nothing_here="{name}: 表、文字起こし、メール、koe の JSON Lines のどれもありません",
    not_read="読まないもの：{names}",
    a_step="{name}（{step}）",
    and_more=" ほか{n}件",
    a_folder="フォルダです。別に取り込んでください",
    steps={
        **dict.fromkeys((".7z", ".gz", ".rar", ".zip"), "展開してください"),
        ".doc": ".docx で保存してください",
        **dict.fromkeys(
            (".jsonl", ".ndjson"), "tickets.jsonl、calls.jsonl、deals.jsonl のどれかの名前にしてください"
        ),
        **dict.fromkeys((".m4a", ".mp3", ".mp4", ".wav"), "音声は読めません。文字起こしを置いてください"),
        ".msg": ".eml で保存してください",
        **dict.fromkeys((".ods", ".numbers"), ".xlsx か .csv で保存してください"),
        ".pdf": "テキストで保存してください",
        ".pst": "メールを .eml か .mbox で保存してください",
        ".rtf": ".docx か .txt で保存してください",
    },
)
