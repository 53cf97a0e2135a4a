"""The words that name a period, in Japanese and English, and how the days are read from each."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from koe.engine.offline.plan import calendar_days as days
from koe.engine.offline.plan.kinds import FRAME_EN, SAID_EN

__all__ = ["EN_MONTH_OF", "NEWEST_WEEK", "RULES"]

_EN_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_COUNT = r"(\d+|[一二三四五六七八]|one|two|three|four|five|six|seven|eight)"
_JA_DAY = r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
_EN_DAY = rf"{_EN_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?"
_UK_DAY = rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_EN_MONTH}(?:,?\s+(\d{{4}}))?"
_JA_MONTH = r"(?:(\d{4})年の?)?(\d{1,2})月"
_EN_MONTH_LONG = r"(january|february|march|april|may|june|july|august|september|october|november|december)"
EN_MONTH_OF = rf"{_EN_MONTH}(?:\s+(\d{{4}}))?"
_BEFORE_MONTH = (
    r"in|during|for|of|than|and|to|with|versus|vs\.?|against|compar(?:e|ed|ing)|both|either"
    r"|or(?! (?:may|march)\s+\w)"
)
_CAME_EN = rf"{SAID_EN}|{FRAME_EN}|praise|feedback|tickets?|calls?|conversations?|deals?|wins?|losses"
_STOOD_EN = r"was|were|is|had|has|have|saw|see|brought|bring|worse|better|busier|quieter"
_BESIDE_MONTH = (
    rf"(?='s\b|\s+(?:(?:feature|support|customer|sales|lost|won|open)\s+)?(?:{_CAME_EN})\b|\s*[,&/]?\s*\0|\s*[,&/]\s*{_EN_MONTH})"
    rf"|(?<!may)(?<!march)(?=\s+(?:{_STOOD_EN})\b)"
)
"""What stands behind a month that nothing stands before: what it had, or another period."""
_SLASHED = r"(?<![\d/.-])(?:(\d{4})/)?(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])(?![\d/])"
NEWEST_WEEK = r"最終週|最後の週|最新の週|直近の?週|the (?:final|latest|most recent) week"
"""The week up to yesterday."""
_Read = Callable[[re.Match[str], date], tuple[date | None, date | None] | None]
RULES: tuple[tuple[str, _Read], ...] = (
    (
        rf"{_JA_DAY}\s*(?:から|~|-|–|より)\s*{_JA_DAY}",
        lambda m, t: days.span(days.ja_day(m, t), days.ja_day(m, t, 4)),
    ),
    (
        rf"(?:from|between)\s+{_EN_DAY}\s+(?:to|and|until|through)\s+{_EN_DAY}",
        lambda m, t: days.span(days.en_day(m, t), days.en_day(m, t, 4)),
    ),
    (
        r"(\d{4})-(\d{2})-(\d{2})\s*(?:から|~|to|and|until)\s*(\d{4})-(\d{2})-(\d{2})",
        lambda m, t: days.span(days.day(m[1], int(m[2]), m[3], t), days.day(m[4], int(m[5]), m[6], t)),
    ),
    (
        rf"(?:from|between)\s+{_UK_DAY}\s+(?:to|and|until|through)\s+{_UK_DAY}",
        lambda m, t: days.span(days.uk_day(m, t), days.uk_day(m, t, 4)),
    ),
    (
        r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日?\s*(?:から|~|-|–|、)\s*(\d{1,2})日",
        lambda m, t: days.span(days.day(m[1], int(m[2]), m[3], t), days.day(m[1], int(m[2]), m[4], t)),
    ),
    (
        rf"(?:(?:from|between)\s+)?(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:to|and|until|through|-|–)\s*{_UK_DAY}",
        lambda m, t: days.span(days.day(m[4], days.month_number(m[3]), m[1], t), days.uk_day(m, t, 2)),
    ),
    (
        rf"(?:(?:from|between)\s+)?{_EN_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:to|and|until|through|-|–)\s*"
        r"(\d{1,2})(?:st|nd|rd|th)?\b(?![\d:])",
        lambda m, t: days.span(
            days.day(None, days.month_number(m[1]), m[2], t), days.day(None, days.month_number(m[1]), m[3], t)
        ),
    ),
    (
        rf"{_SLASHED}\s*(?:から|~|-|–|to|and|until|through)\s*{_SLASHED}",
        lambda m, t: days.span(days.ja_day(m, t), days.ja_day(m, t, 4)),
    ),
    (rf"{_SLASHED}の?週", lambda m, t: days.week_with(days.ja_day(m, t))),
    (rf"{_SLASHED}\s*(?:以降|から)|since\s+{_SLASHED}", lambda m, t: (_slashed(m, t), None)),
    (rf"{_SLASHED}\s*(?:まで|以前)|until\s+{_SLASHED}", lambda m, t: (None, _slashed(m, t))),
    (rf"{_SLASHED}(?!\s*(?:hours?|時間|人|件))", lambda m, t: days.one(days.ja_day(m, t))),
    (
        rf"{_JA_MONTH}\s*(?:から|より|~|-|–)\s*{_JA_MONTH}",
        lambda m, t: days.months(m[1], int(m[2]), m[3], int(m[4]), t),
    ),
    (
        rf"(?:from|between)\s+{EN_MONTH_OF}\s+(?:to|and|until|through|-|–)\s+{EN_MONTH_OF}",
        lambda m, t: days.months(m[2], days.month_number(m[1]), m[4], days.month_number(m[3]), t),
    ),
    (
        rf"(?<!\s\s)\b{EN_MONTH_OF}\s*(?:to|until|through|-|–)\s*{EN_MONTH_OF}",
        lambda m, t: days.months(m[2], days.month_number(m[1]), m[4], days.month_number(m[3]), t),
    ),
    (rf"{_JA_MONTH}(?:の?末)?(?:まで|以前)に?", lambda m, t: days.until(days.month(m[1], int(m[2]), t))),
    (rf"{_JA_MONTH}の?(?:最終週|最後の週)", lambda m, t: days.last_week(days.month(m[1], int(m[2]), t))),
    (
        rf"{_JA_MONTH}の?(?:第(?:1|一)週|最初の週)",
        lambda m, t: days.first_week(days.month(m[1], int(m[2]), t)),
    ),
    (
        rf"(?:last|final) week (?:of|in) {EN_MONTH_OF}",
        lambda m, t: days.last_week(days.month(m[2], days.month_number(m[1]), t)),
    ),
    (
        rf"first week (?:of|in) {EN_MONTH_OF}",
        lambda m, t: days.first_week(days.month(m[2], days.month_number(m[1]), t)),
    ),
    (
        rf"{_JA_MONTH}の?(前半|後半|上旬|中旬|下旬)",
        lambda m, t: days.part(days.month(m[1], int(m[2]), t), m[3]),
    ),
    (
        rf"(?:until|by|before|up to|through)\s+(?:the\s+)?end\s+of\s+{EN_MONTH_OF}",
        lambda m, t: days.until(days.month(m[2], days.month_number(m[1]), t)),
    ),
    (
        rf"(first half|second half|beginning|start|middle|end) of {EN_MONTH_OF}",
        lambda m, t: days.part(days.month(m[3], days.month_number(m[2]), t), m[1]),
    ),
    (
        rf"\b(early|mid|late)[ -]{EN_MONTH_OF}",
        lambda m, t: days.part(days.month(m[3], days.month_number(m[2]), t), m[1]),
    ),
    (r"(?:(\d{4})年の?)?第?([1-4一二三四])四半期", lambda m, t: days.quarter(m[1], days.number(m[2]), t)),
    (
        r"(?:(\d{4})[\s-]*)?\bq([1-4])\b(?:\s+(?:of\s+)?(\d{4}))?",
        lambda m, t: days.quarter(m[1] or m[3], int(m[2]), t),
    ),
    (r"(?:(\d{4})年度?の?)?(上期|下期|上半期|下半期)", lambda m, t: days.half(m[1], m[2][0] == "上", t)),
    (
        r"(first|second)\s+half\s+of\s+(?:(\d{4})|(?:the|this)\s+year)",
        lambda m, t: days.calendar_half(m[2], m[1] == "first", t),
    ),
    (
        r"(?:(\d{4})[\s-]*)?\bh([12])\b(?:\s+(?:of\s+)?(\d{4}))?",
        lambda m, t: days.calendar_half(m[1] or m[3], m[2] == "1", t),
    ),
    (r"(?:お盆|盆)(?:明け|休み明け)(?:以降|から)?", lambda m, t: (days.recent(8, 17, t), None)),
    (r"(?:年明け|正月明け)(?:以降|から)?", lambda m, t: (days.recent(1, 4, t), None)),
    (r"(?:連休|ゴールデンウィーク|gw)明け(?:以降|から)?", lambda m, t: (days.recent(5, 7, t), None)),
    (r"(?:(\d{4})年の?)?第(\d{1,2})週", lambda m, t: days.iso_week(m[1], m[2], t)),
    (r"(?:(\d{4})-)?\bw(\d{1,2})\b(?!-)", lambda m, t: days.iso_week(m[1], m[2], t)),
    (r"\bweek\s+(\d{1,2})\b(?:\s+of\s+(\d{4}))?", lambda m, t: days.iso_week(m[2], m[1], t)),
    (rf"{_JA_DAY}の?(?:ある)?(?:週|からの?(?:1|一)週間)", lambda m, t: days.week_with(days.ja_day(m, t))),
    (
        rf"week\s+(?:of|starting|beginning|from)\s+(?:the\s+)?{_EN_DAY}",
        lambda m, t: days.week_with(days.en_day(m, t)),
    ),
    (
        rf"week\s+(?:of|starting|beginning|from)\s+(?:the\s+)?{_UK_DAY}",
        lambda m, t: days.week_with(days.uk_day(m, t)),
    ),
    (
        r"week\s+(?:of|starting|beginning)\s+(\d{4})-(\d{2})-(\d{2})",
        lambda m, t: days.week_with(days.day(m[1], int(m[2]), m[3], t)),
    ),
    (rf"{_JA_DAY}\s*(?:以降|から)", lambda m, t: (days.ja_day(m, t), None)),
    (rf"{_JA_DAY}\s*(?:まで|以前)", lambda m, t: (None, days.ja_day(m, t))),
    (rf"(?:since|from|after)\s+{_EN_DAY}", lambda m, t: (days.en_day(m, t), None)),
    (rf"(?:since|from|after)\s+{_UK_DAY}", lambda m, t: (days.uk_day(m, t), None)),
    (rf"(?:until|before|up to)\s+{_EN_DAY}", lambda m, t: (None, days.en_day(m, t))),
    (rf"(?:until|before|up to)\s+{_UK_DAY}", lambda m, t: (None, days.uk_day(m, t))),
    (
        rf"(?:until|through|up to)\s+{EN_MONTH_OF}",
        lambda m, t: days.until(days.month(m[2], days.month_number(m[1]), t)),
    ),
    (r"since\s+(\d{4})-(\d{2})-(\d{2})", lambda m, t: (days.day(m[1], int(m[2]), m[3], t), None)),
    (_JA_DAY, lambda m, t: days.one(days.ja_day(m, t))),
    (r"(\d{4})-(\d{2})-(\d{2})", lambda m, t: days.one(days.day(m[1], int(m[2]), m[3], t))),
    (rf"\b{_EN_DAY}\b", lambda m, t: days.one(days.en_day(m, t))),
    (rf"\b{_UK_DAY}\b", lambda m, t: days.one(days.uk_day(m, t))),
    (
        r"(?:(\d{4})年)?(\d{1,2})月(?:以降|から|に入って(?:から)?)",
        lambda m, t: days.since(days.month(m[1], int(m[2]), t)),
    ),
    (r"(?:(\d{4})年)?(\d{1,2})月(?!\d|日|分)", lambda m, t: days.month(m[1], int(m[2]), t)),
    (
        rf"(?:since|from)\s+{_EN_MONTH}(?:\s+(\d{{4}}))?\b",
        lambda m, t: days.since(days.month(m[2], days.month_number(m[1]), t)),
    ),
    (rf"\blast\s+{_EN_MONTH}", lambda m, t: days.last_such_month(days.month_number(m[1]), t)),
    (
        rf"(?:\b(?:{_BEFORE_MONTH})\s+|(?<=\0)\s?[,&/]\s*){EN_MONTH_OF}(?=\W|$)",
        lambda m, t: days.month(m[2], days.month_number(m[1]), t),
    ),
    (
        rf"\b{EN_MONTH_OF}(?:{_BESIDE_MONTH})",
        lambda m, t: days.month(m[2], days.month_number(m[1]), t),
    ),
    (rf"(?:直近|最近|過去|この|ここ)の?{_COUNT}週間?", lambda m, t: days.back_weeks(t, days.number(m[1]))),
    (
        rf"(?:last|past|previous|recent)\s+{_COUNT}\s+weeks",
        lambda m, t: days.back_weeks(t, days.number(m[1])),
    ),
    (
        rf"(?:直近|最近|過去|この|ここ)の?{_COUNT}(?:か|ヶ|カ|ケ|箇)月",
        lambda m, t: days.back(t, 30 * days.number(m[1])),
    ),
    (rf"(?:last|past|previous)\s+{_COUNT}\s+months", lambda m, t: days.back(t, 30 * days.number(m[1]))),
    (rf"(?:直近|最近|過去|この|ここ)の?{_COUNT}日間?", lambda m, t: days.back(t, days.number(m[1]))),
    (rf"(?:last|past)\s+{_COUNT}\s+days", lambda m, t: days.back(t, days.number(m[1]))),
    (NEWEST_WEEK, lambda m, t: days.week_with(t - timedelta(days=1))),
    (r"今週|this week", lambda m, t: days.week_with(t)),
    (
        r"直近(?:の)?(?:1|一)?(?:か|ヶ|カ|ケ|箇)月|(?:over|in|during) the (?:last|past) month",
        lambda m, t: days.back(t, 30),
    ),
    (
        r"先々週|その前の週|the week before last|the week before\b",
        lambda m, t: days.week_with(t - timedelta(days=14)),
    ),
    (r"先週|前の週|last week|previous week", lambda m, t: days.week_with(t - timedelta(days=7))),
    (r"先々月|その前の月|the month before last|the month before\b", lambda m, t: days.around(t, -2)),
    (r"先月|前月|last month|previous month", lambda m, t: days.around(t, -1)),
    (r"来月|next month", lambda m, t: days.around(t, 1)),
    (r"来週|next week", lambda m, t: days.week_with(t + timedelta(days=7))),
    (r"今月|this month", lambda m, t: days.around(t, 0)),
    (r"来年|next year", lambda m, t: days.year(t.year + 1)),
    (r"(?:去年|昨年)|last year", lambda m, t: days.year(t.year - 1)),
    (r"今年|this year", lambda m, t: days.year(t.year)),
    (r"来期|次の四半期|next quarter", lambda m, t: days.quarter_around(t, 1)),
    (r"前四半期|last quarter|previous quarter", lambda m, t: days.quarter_around(t, -1)),
    (r"今四半期|this quarter", lambda m, t: days.quarter_around(t, 0)),
    (r"昨日|\byesterday\b", lambda m, t: days.one(t - timedelta(days=1))),
    (r"今日|本日|\btoday\b", lambda m, t: days.one(t)),
    (r"明日|\btomorrow\b", lambda m, t: days.one(t + timedelta(days=1))),
    (
        r"(\d{4})年(?!の?\d{1,2}月)|\bin (\d{4})\b",
        lambda m, t: days.year(int(m[1] or m[2])),
    ),
    (rf"\b{_EN_MONTH_LONG}\s+(\d{{4}})\b", lambda m, t: days.month(m[2], days.month_number(m[1]), t)),
)


def _slashed(match: re.Match[str], today: date) -> date | None:
    """The day of whichever of the two forms was met."""
    return days.ja_day(match, today, 1 if match[2] else 4)
