"""The words of a mail that was pasted into a ticket, without the mails it quotes and the card below. Pure.

A ticket may hold anything, so less is cut than of a mail: lines that are marked as quoted, the line that says
whose they are, the earlier mail that stands at the end without marks where nothing speaks against it, and at
the end, under a ruled line, a card that says who can be reached where and nothing else. A mail that was
passed on stays. Lines are never changed, and no turn is left without words.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from connectors.text.html_text import cell_of
from connectors.text.mail_text import LINE_SEEN, SHORT, WROTE
from koe.language.earlier_mail import earlier_mail
from koe.records import Conversation, Turn

_QUOTED = re.compile(r"^\s{0,3}[>＞](?!\s?[=＝_.<＜])")
"""A quoted line; what begins as `>=` or as a face does is none."""
_RULE = re.compile(r"[-=_*~+#─━―－＝＿＊～〜◇◆■□●○★☆\s]{4,}|--|––|—")
_CARD_LINES = 12
_REACHED = 4 * _CARD_LINES
"""How many lines from the end a card may begin, blank and ruled ones counted."""
_REACH = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|〒\s?\d{3}|(?:^|\D)0\d{1,4}[-(（ ]\d{1,4}[-)） ]\d{3,4}(?:\D|$)"
)
_LABEL = re.compile(r"^[^:：/@]{1,20}[:：](?!//)")
_CARD_LABEL = re.compile(
    r"\W*(?:tel|fax|phone|mobile|cell|e-?mail|mail|url|web|hp|電話|携帯|直通|代表|内線|住所|所在地|メール"
    r"|ホームページ|営業時間|診療時間|定休日|休診日)",
    re.I,
)
_SENTENCE = re.compile(
    r"[。？！?!…]|を|[一-龥ァ-ヶー][がはにもで][一-龥ァ-ヶ]"
    r"|(?:ます|です|ました|ません|でした|たい|ない|ている|さい|でしょうか|した|する|れる|希望|お願い|まで)\s*$"
    r"|追伸|\bp\.?\s?s\b",
    re.I,
)
_ADDRESS = re.compile(r"〒|[都道府県市区町村].*\d")


def untagged(talk: Conversation) -> Conversation:
    """The ticket with the words of each turn that is an HTML message; one of images alone stays as it is."""
    turns = tuple(_with(turn, cell_of(turn.text) or turn.text) for turn in talk.turns)
    return talk if turns == talk.turns else talk.model_copy(update={"turns": turns})


def own_turns(talk: Conversation) -> Conversation:
    """The ticket with what was written anew in each of its turns; every turn stays in its place."""
    names = (talk.account.name, talk.contact)
    turns = tuple(_with(turn, own_words(turn.text, (*names, turn.name))) for turn in talk.turns)
    return talk if turns == talk.turns else talk.model_copy(update={"turns": turns})


def _with(turn: Turn, words: str) -> Turn:
    return turn if words == turn.text else turn.model_copy(update={"text": words})


def own_words(text: str, names: Iterable[str] = ()) -> str:
    """What somebody wrote in a turn; `names` are those of the customer, as a card of names alone has them.

    The text as it is where nothing is cut, or where nothing would be left.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    own = _without_quoted(lines[: earlier_mail(lines)])
    kept = _without_card(own, [_folded(name) for name in names if len(name.strip()) > 1])
    if len(kept) == len(lines) or not _has_words(kept):
        return text
    return "\n".join(kept).strip("\n \t　")


def _without_quoted(lines: Sequence[str]) -> list[str]:
    own = (n for n, line in enumerate(lines) if not _QUOTED.match(line))
    return [lines[n] for n in own if not _says_whose(lines[n], lines[n + 1 : n + 4])]


def _says_whose(line: str, below: Sequence[str]) -> bool:
    """Whether a line ends in a colon, says who wrote, and a quoted line is next."""
    seen = line[:LINE_SEEN].strip()
    if not seen.endswith((":", "：")) or not WROTE.match(seen):
        return False
    return _QUOTED.match(next((one for one in below if one.strip()), "")) is not None


def _without_card(lines: Sequence[str], names: Sequence[str]) -> list[str]:
    """The lines before the first ruled line under which there is a card alone."""
    for n in range(max(0, len(lines) - _REACHED), len(lines)):
        if _is_rule(lines[n]) and _has_words(lines[:n]) and _is_card(lines[n + 1 :], names):
            return list(lines[:n])
    return list(lines)


def _is_card(lines: Sequence[str], names: Sequence[str]) -> bool:
    """Whether lines say who can be reached where, or have a name of the customer, and are no sentences."""
    filled = [line.strip() for line in lines if line.strip() and not _is_rule(line)]
    if not 0 < len(filled) <= _CARD_LINES or not all(map(_is_of_card, filled)):
        return False
    whole = _folded("".join(filled))
    return any(map(_REACH.search, filled)) or any(name in whole for name in names)


def _is_of_card(line: str) -> bool:
    if len(line) > SHORT or (_LABEL.match(line) and not _CARD_LABEL.match(line)):
        return False
    return _ADDRESS.search(line) is not None or _SENTENCE.search(line) is None


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch(line[:LINE_SEEN].strip()) is not None


def _has_words(lines: Sequence[str]) -> bool:
    return any(line.strip() and not _is_rule(line) for line in lines)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).lower()
