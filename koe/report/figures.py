"""Days, weeks and money as a reader of one language writes them."""

from datetime import date

from koe.language.money import behind
from koe.language.text import Language
from koe.weeks import monday

__all__ = ["day", "money", "signed", "span", "week_label", "week_title"]

_WEEKDAYS = {"ja": "月火水木金土日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(iso: str, language: Language) -> str:
    """A day with its weekday: `9月14日（月）`, `Mon 14 Sep`."""
    at = date.fromisoformat(iso)
    weekday = _WEEKDAYS[language][at.weekday()]
    if language == "ja":
        return f"{at.month}月{at.day}日（{weekday}）"
    return f"{weekday} {at.day} {_MONTHS[at.month - 1]}"


def span(first: str, last: str, language: Language) -> str:
    """First and last day of a period, both inclusive, with the year."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if language == "ja":
        year = f"{end.year}年" if end.year != start.year else ""
        return f"{start.year}年{day(first, language)}〜{year}{day(last, language)}"
    year = f" {start.year}" if end.year != start.year else ""
    return f"{day(first, language)}{year} – {day(last, language)} {end.year}"


def week_title(week: str, language: Language) -> str:
    """The week in words: `2026年 第38週`, `Week 38, 2026`."""
    year, number = week.split("-W")
    return f"{year}年 第{int(number)}週" if language == "ja" else f"Week {int(number)}, {year}"


def week_label(week: str, language: Language) -> str:
    """The Monday a week starts on, as short as it goes: `9/14`, `14 Sep`."""
    start = monday(week)
    return f"{start.month}/{start.day}" if language == "ja" else f"{start.day} {_MONTHS[start.month - 1]}"


def money(amount: float, currency: str, language: Language) -> str:
    """An amount with its currency behind it, as prose has it too: `1,088,640円`, `1,088,640 JPY`."""
    figure = f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,.2f}"
    return figure + behind(currency, language)


def signed(difference: int) -> str:
    """A difference with its sign: `+2`, `−1`, `±0`."""
    return f"+{difference:,}" if difference > 0 else f"−{-difference:,}" if difference < 0 else "±0"
