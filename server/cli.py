"""`kezek`: the operator's command."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from server.city import OtherEditionError
from server.commands.copies import CopyFailed
from server.commands.store import StoreClosed
from server.journal import JournalBroken
from server.lease import StoreInUse
from server.ledger import StoreRestored
from server.settings import PROJECT, Settings
from sync.roles import Role

CONTRACT = PROJECT / "client/src/sync/contract.gen.ts"
Work = Callable[[Settings, Namespace], None]

SAID = (
    CopyFailed,
    JournalBroken,
    OtherEditionError,
    StoreClosed,
    StoreInUse,
    StoreRestored,
)
"""What goes wrong for the operator to mend: one sentence, and no traceback."""


def main() -> None:
    """Do what the operator says."""
    said = parser().parse_args()
    settings = Settings.read(os.environ)
    work: Work = said.work
    try:
        work(settings, said)
    except SAID as error:
        sys.exit(f"kezek: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def parser() -> ArgumentParser:
    """All verbs, each with its help."""
    kezek = ArgumentParser(prog="kezek", description="The patrol system of a large city.")
    verbs = kezek.add_subparsers(required=True, metavar="VERB")

    def verb(name: str, help_: str, work: Work) -> ArgumentParser:
        made = verbs.add_parser(name, help=help_, description=help_)
        made.set_defaults(work=work)
        return made

    from server.commands import backup, oversight, serving, store

    run = verb("run", "fill the model city if the store is empty, and serve it", serving.run_run)
    run.add_argument("--port", type=int, help="8000 unless told; the next free one otherwise")

    serve = verb("serve", "serve this store", serving.run_serve)
    serve.add_argument("--host", help="127.0.0.1 unless told; every address with --tls")
    serve.add_argument("--port", type=int)
    serve.add_argument("--workers", type=int, default=1, help="more than one needs KEZEK_REDIS")
    serve.add_argument("--tls", action="store_true", help="with a certificate of its own making")

    verb("migrate", "take the steps that this store has not taken yet", store.run_migrate)
    fill = verb("fill", "the model city into an empty store; else today's shifts", store.run_fill)
    fill.add_argument("--small", action="store_true", help="one district of it, as the tests do")

    put = verb("backup", "write a backup; the server may run", backup.run_backup)
    put.add_argument("file", type=Path, help="a file that is not there yet")
    back = verb("restore", "put a backup in the place of the store", backup.run_restore)
    back.add_argument("file", type=Path)
    verb("restored", "say that the store was put back by other means", backup.run_restored)
    came = verb("recovered", "what came back since the restore, by device", backup.run_recovered)
    came.add_argument("--json", action="store_true", help="for machines")
    out = verb("revoke", "a device may not be used any more", backup.run_revoke)
    out.add_argument("device", help="the id of the device")

    verify = verb("verify", "prove that the access log is as it was written", oversight.run_verify)
    verify.add_argument(
        "--head",
        action="append",
        default=[],
        type=oversight.head,
        metavar="POSITION:HASH",
        help="a head that was noted earlier, elsewhere; may be given more than once",
    )

    person = verb(
        "person", "open an account; the password is read from the input", store.run_person
    )
    person.add_argument("login")
    person.add_argument("role", choices=[role.value for role in Role])
    person.add_argument("--person", required=True, help="the id of the person's record")
    person.add_argument("--name", required=True)
    person.add_argument("--district", default="")
    person.add_argument("--formation", default="")

    contract = verb("contract", "write the contract in TypeScript, from sync/", write_contract)
    contract.add_argument("--check", action="store_true", help="only say whether it is fresh")
    return kezek


def write_contract(_settings: Settings, said: Namespace) -> None:
    """Write the contract anew, or say whether it is what `sync` says today."""
    from sync.typescript import typescript

    text = typescript()
    fresh = Path(CONTRACT).exists() and CONTRACT.read_text(encoding="utf-8") == text
    if said.check:
        sys.exit(0 if fresh else "the contract is stale: `make contract` writes it anew")
    if not fresh:
        CONTRACT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
