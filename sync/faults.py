"""Everything that can go wrong, by code. A code is never reused and never renamed.

A code is for machines: the client's words and `docs/faults.md` follow this list (a test holds
them together). What nobody can act on is a bug and has no code of its own.
"""

from typing import Final

# Faults of a whole request: nothing in the store changed.
REQUEST: Final[dict[str, str]] = {
    "not_signed_in": "Nobody is signed in, or the session has ended.",
    "sign_in_refused": "The login or the password is not right.",
    "slow_down": "Too many tries; the answer says when to come again.",
    "device_foreign": "The device belongs to another person, or a letter names another device.",
    "device_revoked": "The device has been revoked.",
    "origin_foreign": "The request does not come from this application's own pages.",
    "not_json": "A line of the exchange is not JSON.",
    "wrong_shape": "The request does not have the fields or types that it must have.",
    "duplicate_key": "A line names a member twice, or is not in the one canonical form.",
    "cut": "The exchange ends before its last line: lines were lost on the way.",
    "too_large": "The exchange has more bytes or letters than the limits allow.",
    "protocol_unknown": "The protocol number is not one that this store speaks.",
    "not_allowed": "The person's role may not do this.",
    "purpose_missing": "This is read only by whoever says why; a reason of one's own needs words.",
    "too_many": "More was read in an hour than one person may; the answer says when to come again.",
    "not_found": "There is no such thing here, or it is not yours to see.",
    "method_unknown": "This address does not answer to that method.",
    "later": "The store cannot write at the moment; nothing was taken; try again.",
    "server_broken": "An error of the server's own; it has been noted under its number.",
}

# Codes of an outcome: the letter is kept, and this is what became of it.
OUTCOME: Final[dict[str, str]] = {
    "": "Taken as it was written.",
    "moved": "Others changed the same atoms meanwhile; the declared rules decided.",
    "lost": "Others changed the same atoms meanwhile, and by the declared rules theirs stand.",
    "ask": "Two people wrote two different things; a person decides which one stands.",
    "merged_invalid": "The two edits together would break the kind's rules; a person decides.",
    "contract_newer": "The letter is written by a newer contract than this store knows.",
    "kind_unknown": "There is no such kind of record.",
    "field_unknown": "The kind has no such field.",
    "field_wrong": "A field has a value that the kind does not allow.",
    "not_allowed": REQUEST["not_allowed"],
    "not_own": "The author may do this only with records of his own scope.",
    "right_lost": "The author had the right when the device last knew, and has it no more.",
    "record_exists": "A record with this id is there already.",
    "record_unknown": "There is no such record.",
    "base_ahead": "The letter builds on a version that this store does not have (yet).",
    "over_refused": "The letter builds on one of the same device that was not taken.",
    "signed": "A signed record is not changed; it is amended.",
    "wrong_step": "The record's state does not allow this step.",
    "double_booked": "The person already has a shift at that time.",
    "group_broken": "The letters of a group did not arrive together and in order.",
    "group_refused": "Another letter of the same group was not taken.",
    "unreadable": "The line of this number cannot be read; it is kept as it came.",
    "not_canonical": "The line of this number is not in the one canonical form; it is kept.",
    "device_foreign": REQUEST["device_foreign"],
    "author_foreign": "The letter names another author than the person signed in.",
    "fork": "Another letter with this number was taken before: the device has been copied.",
    "handler_failed": "The store failed on this very letter; it is kept for a person to look at.",
    "void": "The numbers are void, by the device's own word.",
}

CODES: Final[dict[str, str]] = {**OUTCOME, **REQUEST}


class Fault(Exception):
    """A failure that the other side can act on.

    `code` stands in `CODES`. `detail` is for whoever reads the log; it names ids and numbers,
    never people and never what they wrote.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        assert code in CODES, code
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
