"""Every word the report says by itself: one catalogue per language, one type."""

from typing import NamedTuple

from koe.digest import DigestState
from koe.facts.shape import Credit, ThemeFacts, Trend
from koe.facts.trend import QUIET
from koe.language.text import Language
from koe.records import ConversationKind, FindingKind, Outcome, State

__all__ = ["Counted", "Words", "words_in"]


class Counted(NamedTuple):
    """A unit that follows a number: `6社`, `1 account`, `6 accounts`."""

    one: str
    many: str
    gap: str = " "

    @property
    def mark(self) -> str:
        """The unit where the number already stands; empty where the label names it."""
        return "" if self.gap else self.many

    def __call__(self, count: int) -> str:
        return f"{count:,}{self.gap}{self.one if count == 1 else self.many}"


class Words(NamedTuple):
    """What the report says by itself."""

    # masthead
    title: str
    brand: str
    skip: str
    readers: str
    readers_of: dict[str, str]
    revision: str
    changes: str
    # units
    accounts: Counted
    conversations: Counted
    tickets: Counted
    calls: Counted
    themes: Counted
    quotes: Counted
    deals: Counted
    findings: Counted
    lines: Counted
    flags: Counted
    weeks: Counted
    # sections, in the order they stand
    overview: str
    complaints: str
    top: str
    rest_complaints: str
    gone: str
    requests: str
    faq: str
    faq_note: str
    sales: str
    objections: str
    losses: str
    content: str
    buying_reasons: str
    praise: str
    history: str
    trust: str
    guard: str
    coverage: str
    # short labels
    total: str
    chart_complaints: str
    history_caption: str
    volumes: str
    tickets_label: str
    calls_label: str
    themes_label: str
    outcomes_label: str
    new_of: str
    previous: str
    no_previous: str
    this_week: str
    previous_week: str
    theme: str
    week: str
    accounts_label: str
    change: str
    severity: str
    strength: str
    conversation: str
    account: str
    amounts: str
    amount_unknown: str
    no_currency: str
    in_no_sum: str
    closed: str
    crm_reason: str
    no_reason: str
    no_objection: str
    no_calls: str
    also: str
    more_themes: str
    more_quotes: str
    weeks_axis: str
    none: dict[str, str]
    empty_week: str
    silent_week: str
    kinds: dict[ConversationKind, str]
    finding_kinds: dict[FindingKind, str]
    outcomes: dict[Outcome, str]
    trends: dict[Trend, str]
    no_trend: str
    levels: dict[int, str]
    states: dict[State, str]
    state: str
    sum_line: str
    duplicates: str
    skipped: str
    undated: str
    dropped: str
    languages: dict[Language, str]
    digest_states: dict[DigestState, str]
    refused: str
    nothing_refused: str
    held: str
    drifts: dict[str, str]
    rule: str
    count_label: str
    method: str
    # index and terminal
    index_title: str
    weeks_title: str
    index_empty: str
    first_complaint: str
    report: str
    read_line: str
    unsaid_line: str
    unplaced_line: str
    foreign_line: str
    withdrawn_line: str
    not_read: str
    """Stands where a count would."""
    unknown_line: str
    partly_read: str
    gap: str
    open_quotes: str
    comma: str
    open_quote: str
    close_quote: str
    sections: dict[str, str]
    reasons: dict[str, str]
    rules: dict[str, str]
    credits: dict[Credit, str]
    unsettled: str
    set_aside: str

    def trend(self, theme: ThemeFacts, weeks: int) -> str:
        """Where a theme goes, and over how many weeks: the last one alone may go another way."""
        if theme.trend == "steady" and len(theme.history) < 2:
            return self.no_trend
        return self.trends[theme.trend].format(weeks=self.weeks(weeks), quiet=self.weeks(QUIET))


def words_in(language: Language) -> Words:
    """The catalogue of one language."""
    from koe.report.words_en import EN
    from koe.report.words_ja import JA

    return JA if language == "ja" else EN
