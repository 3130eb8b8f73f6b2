"""docs/features.md is what the networks list, and every key on it is one that posts may have."""

import re

import pytest

from amplify.domain.feature import Feature
from amplify.publishers import installed
from amplify.testing.feature_contract import trials
from docs.features import PAGE, WRITTEN, page


def test_the_page_is_the_one_that_the_networks_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "`make features` writes it anew"


def test_every_feature_has_a_trial_or_a_contract_of_its_own() -> None:
    assert set(Feature) - set(trials()) == {Feature.EDIT}


def test_every_feature_is_one_that_some_network_has() -> None:
    assert set(Feature) == set().union(*(network.features for network in installed().values()))


@pytest.mark.parametrize("feature", [feature for feature in Feature if "under `on:`" in WRITTEN[feature]])
def test_a_network_has_a_feature_where_its_key_is_known_and_only_there(feature: Feature) -> None:
    key = re.match(r"`(\w+):", WRITTEN[feature])[1]
    for network in installed().values():
        assert (key in network.variants) is (feature in network.features), network.name
