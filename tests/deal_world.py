"""Companies and deals as they truly are; fakes of CRMs show them beside the calls of a world."""

from dataclasses import dataclass
from typing import Literal

from tests.vendor_world import World


@dataclass
class Company:
    id: int
    name: str
    industry: str
    merged_into: int | None = None


@dataclass
class Sale:
    id: int
    name: str
    company: int
    created: int
    updated: int
    outcome: Literal["open", "won", "lost"] = "open"
    amount: float | None = None
    closed: int | None = None
    deleted: bool = False
    merged_into: int | None = None

    @property
    def is_live(self) -> bool:
        return not self.deleted and self.merged_into is None


Shown = tuple[str, str, str, str, float | None]


class SalesWorld(World):
    """A world whose calls belong to deals. Ids of deals and companies are as long as vendors' are."""

    def __init__(self) -> None:
        super().__init__()
        self.companies: dict[int, Company] = {}
        self.sales: dict[int, Sale] = {}
        self.call_sales: dict[int, int] = {}
        """Which deal a call is linked to, by call."""

    def company(self, name: str = "", industry: str = "小売") -> int:
        key = 90_000_001 + len(self.companies)
        self.companies[key] = Company(key, name or f"店{key % 100}", industry)
        return key

    def sell(self, company: int, name: str = "", amount: float | None = 100.0) -> int:
        key = 70_000_001 + len(self.sales)
        now = int(self.time.at)
        self.sales[key] = Sale(key, name or f"商談{key % 100}", company, now, now, amount=amount)
        return key

    def end(self, key: int, outcome: Literal["open", "won", "lost"]) -> None:
        sale = self.sales[key]
        sale.outcome, sale.closed = outcome, None if outcome == "open" else int(self.time.at)
        self.touch_sale(key)

    def delete_sale(self, key: int) -> None:
        self.sales[key].deleted = True
        self.touch_sale(key)

    def merge_sales(self, loser: int, winner: int) -> None:
        self.sales[loser].merged_into = winner
        for call, sale in self.call_sales.items():
            if sale == loser:
                self.call_sales[call] = winner
        self.touch_sale(winner)

    def touch_sale(self, key: int) -> None:
        self.sales[key].updated = int(self.time.at)

    def losers(self, key: int) -> list[int]:
        """Deals merged into this one, and into those."""
        if not any(sale.merged_into for sale in self.sales.values()):
            return []
        direct = [sale.id for sale in self.sales.values() if sale.merged_into == key]
        return [one for loser in direct for one in (loser, *self.losers(loser))]

    def sales_truth(self) -> dict[str, Shown]:
        """What the ledger should hold of deals: name, outcome, company, industry, amount."""
        return {str(one.id): self._shown(one) for one in self.sales.values() if one.is_live}

    def _shown(self, sale: Sale) -> Shown:
        company = self.companies[sale.company]
        return sale.name, sale.outcome, company.name, company.industry, sale.amount
