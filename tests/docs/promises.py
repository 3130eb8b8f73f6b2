"""docs/promises.md, made of the names of the contract's tests: run this file to write it anew."""

from collections.abc import Iterator, Mapping

from amplify.testing.broken_contract import sentence
from amplify.testing.budget_contract import BudgetPromises
from amplify.testing.edit_contract import EditContract
from amplify.testing.feature_contract import FeaturePromises
from amplify.testing.picture_contract import PicturePromises
from amplify.testing.publisher_contract import PublisherContract
from amplify.testing.upkeep_contract import MeasureContract, WithdrawContract
from docs.pages import ROOT

PAGE = ROOT / "docs" / "promises.md"
HEAD = """\
# What every publisher promises

Each line is a test that ships with amplify and runs against a server: ours run them against look-alikes, and against real servers where
those can be had. [Writing a publisher](writing-a-publisher.md) says how yours does. A broken promise is told by its sentence.

This page is made from the tests themselves (`make promises`).
"""
PARTS: Mapping[str, type] = {
    "Every network": PublisherContract,
    "For each feature that it lists": FeaturePromises,
    "Where it takes pictures": PicturePromises,
    "Where it says how many posts its server takes": BudgetPromises,
    "Where it can change what is public": EditContract,
    "Where it deletes": WithdrawContract,
    "Where it counts": MeasureContract,
}


def page() -> str:
    parts = [f"\n## {title}\n\n" + "".join(f"- {each}\n" for each in promises(kind)) for title, kind in PARTS.items()]
    return HEAD + "".join(parts)


def promises(kind: type) -> Iterator[str]:
    """Those of its own, in the order in which they stand."""
    return (sentence(name).capitalize() for name in vars(kind) if name.startswith("test_"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
