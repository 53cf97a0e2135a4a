"""The cases of `eval.grounding` on LangExtract's aligner, beside koe's answer to each.

    python -m eval.grounding --cases cases.jsonl
    uv venv lx && uv pip install --python lx/bin/python langextract==1.7.1
    lx/bin/python bench/langextract_aligner.py cases.jsonl

It runs in an environment of its own, so that LangExtract is no dependency of koe. What the aligner gives
a place in the text counts as kept; it is asked as it comes (fuzzy, also parts of a quote) and with both
switched off, each time with its tokenizer for scripts without spaces. It knows no speakers: cases of an
agent's words are left out.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from langextract.core.data import Extraction
from langextract.core.tokenizer import UnicodeTokenizer
from langextract.resolver import Resolver

TOKENIZER = UnicodeTokenizer()
WAYS: dict[str, dict[str, bool]] = {
    "as it comes": {},
    "strict": {"enable_fuzzy_alignment": False, "accept_match_lesser": False},
}


def is_kept(text: str, quote: str, options: dict[str, bool]) -> bool:
    """Whether the aligner finds a place for the quote in the text."""
    extraction = Extraction(extraction_class="finding", extraction_text=quote)
    aligned = Resolver().align([extraction], text, 0, 0, tokenizer_inst=TOKENIZER, **options)
    return any(one.char_interval is not None for one in aligned)


def main() -> None:
    """Print the share that each handles rightly, by sort of case."""
    right: dict[tuple[bool, str], list[dict[str, bool]]] = defaultdict(list)
    for line in Path(sys.argv[1]).read_text("utf-8").splitlines():
        case: dict[str, Any] = json.loads(line)
        if case["sort"] == "an agent's words":
            continue
        answers = {way: is_kept(case["text"], case["quote"], options) for way, options in WAYS.items()}
        answers["koe"] = case["koe"]
        right[case["keep"], case["sort"]].append({way: kept == case["keep"] for way, kept in answers.items()})
    print(f"{'':<26}{'must be':>9}{'n':>7}{'koe':>9}" + "".join(f"{way:>14}" for way in WAYS))
    for (keep, sort), cases in sorted(right.items(), key=lambda item: item[0][0]):
        shares = [sum(case[way] for case in cases) / len(cases) for way in ("koe", *WAYS)]
        numbers = f"{shares[0]:>9.1%}" + "".join(f"{share:>14.1%}" for share in shares[1:])
        print(f"{sort:<26}{'kept' if keep else 'dropped':>9}{len(cases):>7}{numbers}")


if __name__ == "__main__":
    main()
