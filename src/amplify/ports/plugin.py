"""What an installed package brings under one of our entry point groups, and why that cannot be used, if it cannot.

What cannot be used is left out and told of; all others go on. Each is written for one version of its port: another
version is another set of promises, so nothing of it is believed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_OURS = "amplify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """`part` is what was loaded, None where it is `broken`, which says why; `port` is the one that it is written for."""

    kind: str
    name: str
    value: str
    package: str
    version: str
    port: int | None = None
    part: object = field(default=None, repr=False)
    broken: str = ""

    @property
    def is_ours(self) -> bool:
        return self.package == _OURS

    @property
    def known(self) -> str:
        """As sentences about it begin: publisher “square” of the package notice-boards 1.0."""
        return f"{self.kind} “{self.name}” of the package {self.package} {self.version}".rstrip()

    def left_out(self, why: str) -> "Plugin":
        return replace(self, part=None, broken=why)


def loaded(points: "Iterable[EntryPoint]", *, kind: str, port: int, like: type) -> list[Plugin]:
    """Each of them, ours first; broken where it fails, is written for another port, or its name is not its own alone.

    `like` is the Protocol that they must have every member of.
    """
    members = tuple(name for name in vars(like) if not name.startswith("_"))
    found = sorted(
        (_loaded(point, kind, port, members) for point in points), key=lambda one: (not one.is_ours, one.name)
    )
    ours, bring = {one.name for one in found if one.is_ours}, Counter(one.name for one in found)
    return [_alone(one, ours, bring[one.name]) for one in found]


def _alone(one: Plugin, ours: set[str], bring: int) -> Plugin:
    if bring == 1 or one.is_ours:
        return one
    if one.name in ours:
        return one.left_out(f"amplify has its own {one.kind} “{one.name}”: uninstall {one.package}")
    return one.left_out(f"{bring} installed packages bring a {one.kind} “{one.name}”: uninstall all but one of them")


def _loaded(point: "EntryPoint", kind: str, port: int, members: tuple[str, ...]) -> Plugin:
    package, version = (point.dist.name, point.dist.version) if point.dist is not None else ("a package", "")
    bare = Plugin(kind=kind, name=point.name, value=point.value, package=package, version=version)
    try:
        part = point.load()
        name, written_for = part.name, getattr(part, "port", None)
        lacks = [member for member in members if not hasattr(part, member)]
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's module may fail in any way while it is loaded
        return bare.left_out(f"it cannot be loaded ({type(error).__name__}: {error}): update or uninstall {package}")
    one = replace(bare, part=part, port=written_for if type(written_for) is int else None)
    if name != point.name:
        return one.left_out(f"it calls itself “{name}”: names must agree; tell who made {package}")
    if one.port != port:
        return one.left_out(_at_odds(one.port, port, package))
    return one.left_out(f"it has no {', no '.join(lacks)}: update or uninstall {package}") if lacks else one


def _at_odds(its: int | None, ours: int, package: str) -> str:
    here = f"this amplify has port {ours}"
    if its is None:
        return f"it does not say which port it is written for, and {here}: ask who made {package} for a version with `port`"
    update = package if its < ours else "amplify"
    return f"it is written for port {its}, and {here}: update {update}, or uninstall {package}"
