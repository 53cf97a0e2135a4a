"""The words by which a question names deals by what they are worth, over its normalised lower-case text."""

from koe.engine.offline.question_kinds import either

LARGEST = either(
    r"(?:金額|規模|額)(?:の|が|で)?(?:一番|いちばん|最も|もっとも)?大き(?:い|な|く|かった)(?:順に?)?",
    r"(?:金額|額)(?:の|が)(?:一番|いちばん|最も|もっとも)?高い(?:順に?|(?=商談|案件))",
    r"金額(?:の多い)?順に?|(?:一番|最も|もっとも)大き[いな](?=商談|案件)|大型(?:の|な)?(?=商談|案件)"
    r"|高額(?:の|な)?(?=商談|案件)|大口(?:の|な)?(?=商談|案件|顧客|要望|お客)",
    r"\b(?:biggest|largest|highest[- ]value|most valuable|high[- ]value|top)(?: \w+)? deals?\b",
    r"\b(?:ranked|sorted|ordered)?\s?by (?:deal )?(?:amount|value|size)\b",
    r"\bdeals? (?:with|of) the (?:largest|highest|biggest) (?:amounts?|values?)\b",
)
"""Wants deals one by one, the largest first."""
_SUM = r"(\d[\d,.]*)\s*(万|億|千)?(?:円|ドル|ユーロ)"
_SUM_EN = (
    r"[£$€¥]?\s?(\d[\d,.]*)\s?(k|m|thousand|million)?\b(?: ?(?:gbp|usd|eur|jpy|yen|dollars|pounds|euros))?"
)
_WORTH_EN = r"\b(?:deals?|worth|valued?(?: at)?|amounts?|contracts?)\b[\w\s]{0,16}?"
AT_LEAST = (
    rf"{_SUM}(?:以上|超|を?(?:超え|上回)|より(?:大き|高|多))",
    rf"{_WORTH_EN}\b(?:over|above|more than|at least|from|exceeding)\s+{_SUM_EN}",
)
AT_MOST = (
    rf"{_SUM}(?:以下|未満|まで|を?下回|より(?:小さ|安|少な))",
    rf"{_WORTH_EN}\b(?:under|below|less than|at most|up to)\s+{_SUM_EN}",
)
TIMES = {
    "万": 1e4, "億": 1e8, "千": 1e3, "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6,
}  # fmt: skip
