"""Made-up deals in which a term is said as often as a test says."""

from collections.abc import Sequence

from koe.keywords import KeywordReport
from koe.keywords.deals import DealVoice, Utterance
from koe.language.text import normalize

FILLER = (
    "画面の色がもう少し濃いと助かるという声が現場から出ています。",
    "請求書は毎月経理が紙で保管しておりまして、棚がもういっぱいです。",
    "倉庫の在庫は週に一度だけ棚卸しをしています。",
    "会議室の予約は総務がまとめて受けています。",
    "写真は担当者がスマホで撮って送っています。",
    "受付の端末は去年入れ替えたばかりです。",
)


def make_deal(n: int, outcome: str, texts: Sequence[str], industry: str = "") -> DealVoice:
    turns = tuple(Utterance(f"C{n:03}", m, text) for m, text in enumerate(texts))
    searched = "\n".join(normalize(text).lower() for text in texts)
    side = "won" if outcome == "won" else "lost"
    return DealVoice(f"D{n:03}", side, f"A{n:03}", "", industry or f"業種{n % 3}", turns, searched)


def make_deals(said: dict[str, tuple[int, int]], size: int = 20, industry: str = "") -> list[DealVoice]:
    """Deals in which each text is said by so many won and so many lost ones, with filler around."""
    out = []
    for n in range(2 * size):
        side, place = ("won", n) if n < size else ("lost", n - size)
        texts = [text for text, counts in said.items() if place < counts[side == "lost"]]
        out.append(make_deal(n, side, [FILLER[n % len(FILLER)], *texts], industry))
    return out


def words(report: KeywordReport) -> dict[str, str]:
    return {word.term: word.tier for word in report.keywords}
