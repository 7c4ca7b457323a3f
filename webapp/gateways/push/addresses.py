"""The guard against being sent to our own network: only public addresses, and only the checked."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable, Sequence

from webapp.gateways.push.endpoints import Endpoint

# Everything that the registries of special addresses (RFC 6890 and later) keep from the public.
NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
# Inside it: protocol assignments with Teredo, documentation twice, 6to4.
NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
# A network without IPv4 reaches it here (RFC 6052); the last 32 bits are what is meant.
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
LAST_32_BITS = 0xFFFFFFFF
MOST_ADDRESSES = 16

Resolve = Callable[[str, int], Sequence[str]]


class UnsafeAddressError(Exception):
    """A push service's name led to an address that is not public."""


class UnknownHostError(Exception):
    """A push service's name led nowhere."""


class AddressGuard:
    """Resolves once, checks everything, and hands out addresses to be connected to as they are."""

    def __init__(self, resolve: Resolve | None = None) -> None:
        self._resolve = resolve or system_resolve

    def pinned(self, endpoint: Endpoint) -> tuple[str, ...]:
        """The addresses of an endpoint, all of them public but for a stand-in's.

        A stand-in that stands elsewhere than its name says is looked up there alone: its name
        may be known to nobody. Blocks meanwhile. Raises UnsafeAddressError or UnknownHostError.
        """
        elsewhere = endpoint.trusted.connects_to if endpoint.trusted else None
        host, port = elsewhere or (endpoint.host, endpoint.port)
        found = tuple(dict.fromkeys(self._resolve(host, port)))[:MOST_ADDRESSES]
        if not found:
            raise UnknownHostError
        if endpoint.trusted is None:
            refuse_unless_public(found)
        return found


def system_resolve(host: str, port: int) -> Sequence[str]:
    """Every address that the machine's resolver knows."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownHostError from error
    return [str(entry[4][0]) for entry in found]


def refuse_unless_public(addresses: Iterable[str]) -> None:
    """One private address among many is enough to refuse. Raises UnsafeAddressError."""
    if not all(is_public(address) for address in addresses):
        raise UnsafeAddressError


def is_public(text: str) -> bool:
    """Whether an address belongs to the public internet; False for what is no address.

    >>> is_public("8.8.8.8"), is_public("169.254.169.254"), is_public("::ffff:8.8.8.8")
    (True, False, False)
    """
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return _is_public_4(address)
    if address.scope_id is not None:
        return False
    if address in NAT64:
        return _is_public_4(ipaddress.IPv4Address(int(address) & LAST_32_BITS))
    return address in PUBLIC_6 and not any(address in network for network in NOT_PUBLIC_6)


def _is_public_4(address: ipaddress.IPv4Address) -> bool:
    return not any(address in network for network in NOT_PUBLIC_4)
