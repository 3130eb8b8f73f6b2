"""A register of protected persons beside a campaign's folder, with invented persons in it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

#: Of a consent, all but whose it is.
AGREED = {
    "profile": "https://rights.example/people/17",
    "basis": "the family's own wish",
    "given_by": "a relative",
    "date": "2027-05-01",
    "review": "2027-05-30",
    "scope": ["text", "picture"],
}


def beside(root: Path) -> Path:
    """Where it lies."""
    return root.with_name(f"{root.name}-protected.yaml")


def protect(
    root: Path, names: Iterable[object] = (), consents: Mapping[str, Mapping[str, object]] | None = None
) -> Path:
    """Write it; `consents` is id → what differs from AGREED, with a name at least."""
    listed = [{"id": id, **AGREED, **more} for id, more in (consents or {}).items()]
    path = beside(root)
    path.touch(0o600)
    path.chmod(0o600)
    path.write_text(yaml.safe_dump({"do_not_name": list(names), "consent": listed}, allow_unicode=True))
    return path


def environ(root: Path) -> dict[str, str]:
    """What the environment says of it, where there is one."""
    return {"AMPLIFY_PROTECTED": str(beside(root))} if beside(root).exists() else {}
