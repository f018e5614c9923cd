"""What a journey costs a person: counted taps and keys, a stated model, and the clock.

The model is of the keystroke-level kind (Card, Moran and Newell, 1980), with times for a phone that
we state rather than claim: 1.1 s to find and tap, 0.3 s a key, 1.2 s to decide once a journey, and
1.0 s for a signature that is held.
"""

from pathlib import Path

import msgspec
from msgspec import Struct

TAP_S, KEY_S, DECIDE_S, HOLD_S = 1.1, 0.3, 1.2, 1.0
PATH = Path(__file__).resolve().parents[2] / "build" / "journeys.json"


class Measured(Struct):
    """`target` is "N taps, S s", from the mission."""

    taps: int
    typed: int
    measured_seconds: float
    target: str


def keep(name: str, measured: Measured) -> None:
    """Lay one journey's figures beside the others."""
    taps, seconds = (float(part.split()[0]) for part in measured.target.split(", "))
    modelled = measured.taps * TAP_S + measured.typed * KEY_S + DECIDE_S + HOLD_S
    figures = msgspec.json.decode(PATH.read_bytes()) if PATH.exists() else {}
    figures[name] = {
        "taps": measured.taps,
        "typed": measured.typed,
        "modelled_seconds": round(modelled, 1),
        "measured_seconds": round(measured.measured_seconds, 1),
        "target": measured.target,
        "met": measured.taps <= taps and modelled <= seconds,
    }
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2))


def keep_figure(name: str, figure: float) -> None:
    """Lay one number beside the journeys; its unit is the end of its name."""
    figures = msgspec.json.decode(PATH.read_bytes()) if PATH.exists() else {}
    figures[name] = round(figure, 1)
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2))
