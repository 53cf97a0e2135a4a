"""What exports call the outcome of a deal. Pure."""

from collections.abc import Mapping

from koe.records import Outcome

OUTCOMES: Mapping[str, Outcome] = {
    "won": "won",
    "win": "won",
    "closed won": "won",
    "closedwon": "won",
    "受注": "won",
    "受注済": "won",
    "受注済み": "won",
    "成約": "won",
    "契約成立": "won",
    "lost": "lost",
    "loss": "lost",
    "closed lost": "lost",
    "closedlost": "lost",
    "失注": "lost",
    "失注済": "lost",
    "失注済み": "lost",
    "不成約": "lost",
    "契約不成立": "lost",
    "open": "open",
    "in progress": "open",
    "商談中": "open",
    "進行中": "open",
    "提案中": "open",
    "交渉中": "open",
}
"""What exports call an outcome; what is not here has to be named in a map."""
