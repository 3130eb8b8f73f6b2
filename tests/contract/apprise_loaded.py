"""Imported ahead by the process that couriers are forked from: Apprise, with all that it looks up when it is first used."""

import apprise
import pytest  # noqa: F401  each courier imports what began it all, which is pytest
import urllib3.contrib.socks  # noqa: F401

apprise.Apprise.instantiate("mmost://127.0.0.1/abcdefghijklmnopqrstuvwxyz")
