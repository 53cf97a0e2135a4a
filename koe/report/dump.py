"""`facts.json`: everything counted, the sentences that passed, and what the guard did."""

import json
import re

from koe.digest import Digest, Filled
from koe.facts.shape import WeekFacts
from koe.publish import Publication

__all__ = ["facts_json"]

_RAW = re.compile(
    r"[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)


def _shown(digest: Digest) -> tuple[Filled, ...]:
    return () if digest.state == "held" else digest.sentences


def facts_json(publication: Publication, facts: WeekFacts, digest: Digest) -> str:
    """The week as JSON: keys sorted, one value a line, characters that a screen would hide escaped.

    What the guard took out is counted by rule; its words stand nowhere.
    """
    rules = [refusal.rule for refusal in digest.refusals]
    told = {
        "digest": {
            "engine": digest.engine,
            "language": digest.language,
            "sentences": [sentence.model_dump(mode="json") for sentence in _shown(digest)],
        },
        "guard": {
            "state": digest.state,
            "refused": {rule: rules.count(rule) for rule in rules},
            "held_for": digest.held_for,
        },
        "revision": publication.revision,
        "changes": publication.changes,
    }
    body = facts.model_dump(mode="json") | told
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, indent=2)
    return _RAW.sub(lambda match: json.dumps(match[0])[1:-1], text) + "\n"
