"""The brakes on public forms."""

import pytest

from core.limits import under_limit, visitor_address


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:1:2:3", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("[2001:db8:1:2::1]", "2001:db8:1:2::2", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "", True),
        ("inconnu", "autre", False),
    ],
)
def test_a_visitor_is_a_network_of_ipv6_or_an_address_of_ipv4(rf, one, other, same):
    seen = [visitor_address(rf.get("/", REMOTE_ADDR=address)) for address in (one, other)]
    assert (seen[0] == seen[1]) is same


def test_changing_one_s_address_within_one_s_network_does_not_lift_the_brake(rf):
    asked = [rf.get("/", REMOTE_ADDR=f"2001:db8::{rank:x}") for rank in range(1, 5)]
    assert [under_limit("essai", visitor_address(request), 3) for request in asked] == [True, True, True, False]


def test_behind_a_proxy_the_network_is_that_of_the_last_address_told(rf, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    told = rf.get("/", headers={"x-forwarded-for": "203.0.113.9, 2001:db8:1:2::7"}, REMOTE_ADDR="10.0.0.1")
    assert visitor_address(told) == "2001:db8:1:2::/64"
