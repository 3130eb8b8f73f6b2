"""`server:`, `proxy:` and `ca:` of a channel: one spelling of an address, always https, and no password in sight."""

import re
from collections.abc import Iterator

from amplify.authoring.reading.findings import error
from amplify.authoring.reading.nodes import Node, Scalar
from amplify.domain.loopback import on_this_machine
from amplify.domain.problem import Problem
from amplify.domain.server_address import address_of
from amplify.ports.way import proxy_problem

#: The keys of every channel that say how its server is reached.
WAY = ("proxy", "ca")
REFERENCE = re.compile(r"\$\{[A-Z][A-Z0-9_]*\}")
_DIRECT = "direct"


def way_problems(key: str, node: Node, suggested: str) -> Iterator[Problem]:
    """`suggested` is a name for a secret."""
    if not isinstance(node, Scalar) or not node.value.strip():
        yield error("not-a-text", f"`{key}` needs a single text", node.place)
    elif key == "ca":
        if "${" in node.value:
            yield error("not-a-secret", "`ca` is not secret, so `${…}` is not read here", node.place, "write the file")
    elif not REFERENCE.fullmatch(node.value) and node.value != _DIRECT:
        if "@" in node.value:
            hint = f'write `proxy: "${{{suggested}}}"` and set that variable to the whole address where amplify runs'
            yield error("literal-secret", "a proxy's password must never be written here", node.place, hint)
        elif wrong := proxy_problem(node.value):
            hint = 'write `proxy: "socks5://127.0.0.1:9050"`, or `proxy: direct` for none'
            yield error("not-a-url", f"this proxy cannot be used: {wrong}", node.place, hint)


def server_problems(node: Scalar) -> Iterator[Problem]:
    """Only over https, where the address is not this machine's; nothing of it is a path, a user or a question."""
    address = address_of(node.value)
    if address is None:
        told = f"“{node.value}” is not the address of a server"
        yield error(
            "not-a-url", told, node.place, f'write all of it: `server: "https://{node.value.strip().lstrip(":/")}"`'
        )
    elif address.scheme == "http" and not on_this_machine(address.spelled):
        told = "a server is reached by https only: everybody on the way could read and change the rest"
        yield error("not-a-url", told, node.place, f'write `server: "https://{address.host}"`')
    elif address.around:
        told = f"the address of a server ends behind its name: “{address.around}” is too much"
        yield error("not-a-url", told, node.place, f'write `server: "{address.spelled}"`')
