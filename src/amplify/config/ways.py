"""Which way leads to a server: the channel's own proxy, else AMPLIFY_PROXY, else what the environment says to everybody."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from amplify.config.settings import PROXY, NoSecret, Settings
from amplify.domain.loopback import on_this_machine
from amplify.ports.way import Way, proxy_problem, spelled

#: What a channel writes behind `proxy:` to be led past all of them.
DIRECT = "direct"
#: For a server that a network itself names, or many: it is none of this machine.
ELSEWHERE = "https://"
_BUNDLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def way_to(server: str, settings: Settings, *, proxy: str = "", ca: str = "", root: Path = Path()) -> Way:
    """The way to `server`; `proxy` and `ca` are the channel's own, as written.

    What is on this machine is reached straight, unless the channel itself names a proxy. Raises NoSecret, also where a proxy cannot be used.
    """
    own = settings.fill(proxy)
    trusted = _believed(root / ca, ca) if ca else _everybodys(settings.environ)
    if own == DIRECT or (not own and on_this_machine(server)):
        return Way(ca=trusted)
    chosen = own or settings.environ.get(PROXY, "").strip() or _of_everybody(server, settings.environ)
    if not chosen:
        return Way(ca=trusted)
    if wrong := proxy_problem(chosen):
        whose = f"the proxy in {proxy}" if own else "the proxy of the environment (HTTPS_PROXY, ALL_PROXY)"
        raise NoSecret(f"{whose} cannot be used: {wrong}")
    return Way(proxy=spelled(chosen), ca=trusted)


def _everybodys(environ: Mapping[str, str]) -> str:
    """The first bundle of certificates that is set for all programs. Raises NoSecret where it is no file.

    Whoever connects looks at what is in it: to do so for every channel at every sweep takes the time of posts.
    """
    named = ((name, environ.get(name, "").strip()) for name in _BUNDLES)
    name, file = next(((name, file) for name, file in named if file), ("", ""))
    if file and not Path(file).is_file():
        raise NoSecret(f"the file that {name} names, {file}, is not there")
    return file


def _believed(file: Path, written: str) -> str:
    """Raises NoSecret where there are no certificates in it."""
    import ssl

    try:
        ssl.create_default_context(cafile=file.resolve())
    except OSError as error:
        why = "is not there" if isinstance(error, FileNotFoundError) else "cannot be read, or has no certificates in it"
        raise NoSecret(f"the file behind `ca:`, {written}, {why}") from None
    return str(file.resolve())


def _of_everybody(server: str, environ: Mapping[str, str]) -> str:
    """HTTPS_PROXY, ALL_PROXY and so on, as other programs read them; capital letters are the second choice."""
    parts = urlsplit(server)
    names = (f"{parts.scheme}_proxy", f"{parts.scheme.upper()}_PROXY", "all_proxy", "ALL_PROXY")
    said = _first(environ, names)
    if not said:
        return ""
    from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]  # typeshed leaves it out

    bypassed = _first(environ, ("no_proxy", "NO_PROXY"))
    if parts.hostname and proxy_bypass_environment(parts.hostname, {"no": bypassed}):
        return ""
    return said if "://" in said else f"http://{said}"


def _first(environ: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((said for name in names if (said := environ.get(name, "").strip())), "")
