"""The lock of the prompts: `python -m eval.prompt_lock` after a change, `koe eval --accept` after a run.

The command records each prompt that has changed as written and not measured, which is all that can be said
of it before a model was scored with it; what koe finds with it is marked as unreviewed until then.
"""

from collections.abc import Sequence

from eval.shape import Result
from koe.model.prompts import NOT_MEASURED, VERBS, accept_prompts, load_lock, load_prompt, prompt_names

__all__ = ["main", "record"]

OFFLINE = "offline"


def record(results: Sequence[Result], reason: str) -> tuple[str, ...]:
    """The prompts that these accepted results lock: the engine's, where a model was measured, else none."""
    measured = [result for result in results if result.asked != OFFLINE]
    if not measured:
        return ()
    sets = ", ".join(result.set for result in measured)
    run = f"{measured[-1].engine} on {sets}: {reason.strip()}"
    accept_prompts(dict.fromkeys(VERBS, run))
    return VERBS


def main() -> None:
    """Record every prompt that is not as the lock has it, and print which."""
    lock = load_lock()
    changed = [
        name for name in prompt_names() if name not in lock or lock[name].sha256 != load_prompt(name).sha256
    ]
    accept_prompts(dict.fromkeys(changed, NOT_MEASURED))
    print("\n".join(f"{name}: {NOT_MEASURED}" for name in changed) or "The lock stands.")


if __name__ == "__main__":
    main()
