"""One file per network: the pure manner of showing a text, and the connection that carries it."""

from amplify.publishers.registry import installed

__all__ = ["installed"]
