"""A server that ends and starts again finds its port: nobody else is given it, and whoever comes is refused."""

import socket

import pytest

from amplify.testing.doors import HOST, kept, listening


def test_a_port_that_is_kept_can_be_listened_on_again_and_again_and_refuses_in_between():
    with kept(["here"]) as ports:
        for _ in range(3):
            with listening(ports["here"]), socket.create_connection((HOST, ports["here"])):
                pass
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection((HOST, ports["here"]))


def test_nobody_else_has_a_port_that_is_kept():
    with kept(["here"]) as ports, socket.socket() as stranger, pytest.raises(OSError, match="in use"):
        stranger.bind((HOST, ports["here"]))


def test_two_servers_at_one_port_are_refused_in_plain_words():
    with listening(0) as first, pytest.raises(ValueError, match="is a sandbox running already"):
        listening(first.getsockname()[1])
