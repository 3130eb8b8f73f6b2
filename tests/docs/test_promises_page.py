"""docs/promises.md has every promise of the contracts, as they are."""

from docs.promises import PAGE, page


def test_the_page_is_the_one_that_the_contracts_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "`make promises` writes it anew"
