"""The package has tests of its own, which run where it is installed (tests/contract/test_a_package_of_others.py)."""

collect_ignore = ["package", "faulty"]
