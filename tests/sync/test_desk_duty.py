"""A shift at a desk has no route, and that opens nothing to whoever serves it."""

import msgspec
import pytest

from sync.catalogue import CATALOGUE
from sync.feeds import granted
from sync.kind import Scope
from sync.kinds.shift import Shift
from sync.record import Body
from sync.rights import Duty, within
from sync.roles import Actor, Role

ME, DEVICE, ROUTE = (f"019a0000-0000-7000-8000-00000000000{n}" for n in (1, 2, 3))
GUARD = Actor(ME, Role.GUARD, "ALM", "", DEVICE)
SHIFT: Body = {
    "person": ME,
    "route": "",
    "district": "ALM",
    "day": "2026-11-22",
    "starts": 1,
    "ends": 2,
    "crew": [],
    "state": "planned",
    "post": "dispatcher",
}


@pytest.mark.parametrize(("post", "route"), [("patrol", ROUTE), ("dispatcher", "")])
def test_a_patrol_has_a_route_and_a_desk_has_none(post: str, route: str) -> None:
    assert msgspec.convert({**SHIFT, "post": post, "route": route}, Shift).post == post


@pytest.mark.parametrize(("post", "route"), [("patrol", ""), ("dispatcher", ROUTE)])
def test_a_patrol_without_a_route_is_no_shift(post: str, route: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**SHIFT, "post": post, "route": route}, Shift)


def test_a_shift_that_does_not_say_its_post_is_a_patrol() -> None:
    said = {name: value for name, value in SHIFT.items() if name != "post"}
    assert msgspec.convert({**said, "route": ROUTE}, Shift).post == "patrol"


@pytest.mark.parametrize(("route", "reached"), [("", False), (ROUTE, True)])
def test_only_a_duty_on_a_route_reaches_what_belongs_to_it(route: str, reached: bool) -> None:
    duties = (Duty(DEVICE, route, 1, 2, ()),)
    assert within(Scope.SHIFT, CATALOGUE["assist"], GUARD, duties, {"route": route}) is reached
    grants = granted(GUARD, duties, CATALOGUE.values(), ["ALM"], "2026-11-22", 1)
    assert any(grant.feed.startswith("route:") for grant in grants) is reached
