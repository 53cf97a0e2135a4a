"""The five things that need language, behind one seam."""

from koe.engine.base import Engine
from koe.errors import SetupError
from koe.settings import Settings


def pick_engine(settings: Settings) -> Engine:
    """The engine the settings name; the offline one when they name none."""
    if settings.model is None:
        from koe.engine.offline import OfflineEngine

        return OfflineEngine()
    raise SetupError(
        f"KOE_MODEL={settings.model!r}: this version reads with the offline engine only. Unset KOE_MODEL."
    )
