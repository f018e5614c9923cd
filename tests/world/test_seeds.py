"""Every seed that ever failed, by what it showed. `tests/planted/bugs.py` has most of them back."""

from pathlib import Path

import pytest

from tests.world.history import Stage, plan

FAILED = {
    2: "a shift that was given away still counted as the duty of whom it was taken from",
    4: "the duty of a day from which a shift was moved away",
    8: "what was written below the store's head, on a copied phone, was never sent and never told",
    15: "a double booking was not seen where the letter before it in the batch had moved the shift",
    26: "a feed that the restored store had never had was not compared: all in it stayed for ever",
    43: "a letter over one that had become void stood",
    55: "a letter that is taken up in the exchange that parked it is told of twice",
    57: "the search for a poison letter cut the groups of the same delivery in half",
    81: "a shift clashed with those of the person who did not get it",
    168: "an answer that came twice emptied the feeds that were being filled",
    201: "the tail let go of letters before a restored store was offered them again",
    208: "the same, where facts were those of before the batch",
    204: "a copied phone's old letters, in a life of the store that has others by these numbers",
    244: "the mark named the newest version, so a position was given twice without a proof",
    528: "a letter upon one that had made no version waited for ever after a restore",
    3716: "put back twice: what the first new life had parked, the second had long rejected",
    1648: "a copied phone, and a life of the store in which its letter became something else",
}


@pytest.mark.parametrize("seed", FAILED)
async def test_a_seed_that_failed_fails_no_more(seed: int, tmp_path: Path) -> None:
    world = await Stage(tmp_path).play(plan(seed))

    assert world.watch.wrong == []
