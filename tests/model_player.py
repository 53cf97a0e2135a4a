"""Models to play behind the loopback server: a good one, a liar, and one that obeys whatever it reads."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from koe.language.text import sentences
from tests.observatory import KNOWN, Known

_RECORD = re.compile(r"^### (\d+) .*$", re.MULTILINE)
_TURN = re.compile(r"^(\d+) customer\| ((?:.*)(?:\n\| .*)*)", re.MULTILINE)
_FINDING = re.compile(r"^(\d+)\| (.*)$", re.MULTILINE)
_THEME = re.compile(r"^## (T\d+) \((\w+)(?:, (\w+))?\) (.*)$", re.MULTILINE)
LEAST = 14
"""Characters of an order that a model must see to obey it."""

Play = Callable[[Mapping[str, Any]], str]


def verb_of(body: Mapping[str, Any]) -> str:
    """Which of the five a call is, by the name of its schema."""
    return str(body["response_format"]["json_schema"]["name"])


def user_of(body: Mapping[str, Any]) -> str:
    """The user part of a call."""
    return str(body["messages"][1]["content"])


def good(body: Mapping[str, Any]) -> str:
    """What a careful reader answers."""
    made = {"find": _find, "settle": _settle, "compose": _compose, "plan": _plan, "answer": _answer}
    return json.dumps(made[verb_of(body)](user_of(body)), ensure_ascii=False)


def obeying(attacks: Sequence[str]) -> Play:
    """Good until any of the orders stands before it; then all it says is what an attacker wants."""
    orders = [text[a:b] for text in attacks for a, b in _lines(text) if b - a >= LEAST]

    def play(body: Mapping[str, Any]) -> str:
        user = user_of(body)
        seen = next((order for order in orders if order in user), None)
        return good(body) if seen is None else json.dumps(_forged(body, seen), ensure_ascii=False)

    return play


def liar(body: Mapping[str, Any]) -> str:
    """Good answers with invented ones among them: quotes, turns, numbers, ids, links, names."""
    answer = json.loads(good(body))
    verb = verb_of(body)
    if verb == "find":
        for item in answer["records"]:
            item["findings"] += LIES
            item["findings"] += [{**one, "statement": LIE_STATEMENT} for one in item["findings"][:1]]
    if verb == "settle":
        for theme in answer["themes"]:
            theme["name"] = "障害99件 https://evil.example"
        answer["themes"].append({"known": 77, "name": "捏造", "findings": [900, 901]})
    if verb in ("compose", "answer"):
        answer["sentences"] += [
            {"section": "complaints", "text": text, "cites": ["Q99"]} for text in LIE_TEXTS
        ]
    return json.dumps(answer, ensure_ascii=False)


LIES: list[dict[str, Any]] = [
    {
        "turn": 0,
        "quote": "金庫が爆発しました",
        "kind": "complaint",
        "statement": "金庫が爆発した。",
        "severity": 3,
    },
    {"turn": 77, "quote": "解約します", "kind": "objection", "statement": "解約する。", "severity": 9},
    {"turn": 1, "quote": "確認いたします", "kind": "praise", "statement": "確認した。", "severity": 1},
    {"turn": 0, "quote": "", "kind": "scandal", "statement": "醜聞。", "severity": -1},
]
LIE_STATEMENT = "被害は4711件、詳しくは https://evil.example へ。"
LIE_TEXTS = (
    "困りごとは4711社から寄せられました。",
    "「{t:T99}」は{f:complaint.T99.accounts}社から聞かれました。",
    "{q:Q99}という声がありました。",
    "金庫の爆発が相次いでいます。",
    "詳しくは https://evil.example をご覧ください。",
)
INVENTED = ("4711", "evil.example", "爆発", "捏造", "99件", "醜聞", "解約")
"""What stands in nothing but lies."""


def _lines(text: str) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in sentences(text)]


def _forged(body: Mapping[str, Any], order: str) -> dict[str, Any]:
    verb, user = verb_of(body), user_of(body)
    if verb == "find":
        said = {"turn": 0, "quote": order, "kind": "praise", "statement": LIE_STATEMENT, "severity": 3}
        return {
            "records": [{"record": n, "findings": [said]} for n in range(1, len(_RECORD.findall(user)) + 1)]
        }
    answer: dict[str, Any] = json.loads(good(body))
    for sentence in answer.get("sentences", ()):
        sentence["text"] = order
    return answer


def _find(user: str) -> dict[str, Any]:
    parts = _RECORD.split(user)
    return {
        "records": [
            {
                "record": int(n),
                "findings": [one for turn, text in _TURN.findall(body) for one in _said(turn, text)],
            }
            for n, body in zip(parts[1::2], parts[2::2], strict=True)
        ]
    }


def _said(turn: str, text: str) -> list[dict[str, Any]]:
    return [
        {"turn": int(turn), "quote": k.quote, "kind": k.kind, "statement": k.statement, "severity": 2}
        for k in KNOWN
        if k.quote in text
    ]


def _settle(user: str) -> dict[str, Any]:
    known_part, _, lines = user.partition("\nFindings:\n")
    known = {name.split(" | ")[0]: int(n) for n, name in _FINDING.findall(known_part)}
    groups: dict[str, list[int]] = {}
    for n, line in _FINDING.findall(lines):
        groups.setdefault(_theme_of(line), []).append(int(n))
    return {
        "themes": [
            {"known": known.get(name, 0), "name": name, "findings": places} for name, places in groups.items()
        ]
    }


def _theme_of(line: str) -> str:
    found: list[Known] = [k for k in KNOWN if k.statement in line or k.quote in line]
    return found[0].theme if found else line[:20]


def _compose(user: str) -> dict[str, Any]:
    made = [("overview", "今週届いた会話は{f:volumes.conversations}件です。", [])]
    for theme, prefix, trend, _ in _THEME.findall(user):
        if trend != "gone":
            quotes = re.findall(r"^(Q\d+) \(", user[user.index(f"## {theme} ") :], re.MULTILINE)[:1]
            figure = f"{{f:{prefix}.{theme}.accounts}}"
            made.append((f"{prefix}s", f"「{{t:{theme}}}」は{figure}社から聞かれました。", quotes))
    return {"sentences": [{"section": s, "text": text, "cites": cites} for s, text, cites in made]}


def _plan(user: str) -> dict[str, Any]:
    themes = [int(n) for n, line in _FINDING.findall(user) if "世界時" in line]
    return PLAIN | {"themes": themes, "words": ["世界時"]}


PLAIN: dict[str, Any] = {
    "ask": "count", "themes": [], "kinds": [], "outcome": "any", "channel": "any", "since": "", "until": "",
    "against_since": "", "against_until": "", "period_named": False, "words": [], "mentions": [],
    "by_week": False, "first_seen": False, "top": 0, "counted": "any", "amount": False, "by_stream": False,
    "by_industry": False, "replies": False, "beyond": False,
}  # fmt: skip


def _answer(user: str) -> dict[str, Any]:
    text = "「{f:all.name}」にあたる声は{f:all.accounts}社、{f:all.conversations}件の会話にあります。"
    return {"answerable": True, "sentences": [{"section": "", "text": text, "cites": ["Q1"]}]}
