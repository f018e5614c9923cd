"""Names that nobody bears: ordinary given names before surnames made of street furniture."""

from random import Random
from typing import Final

# A surname is built from a thing that stands in the street: lantern, bordure, crossroads ...
SURNAMES: Final = (
    "Шамшырақов", "Бағдаршамов", "Аялдамин", "Қиылысов", "Көпіров", "Бұрқақов", "Саябақов",
    "Жаңбыров", "Бұлтов", "Найзағаев", "Самалин", "Арықов", "Фонарщиков", "Перекрёстков",
    "Светофоров", "Тротуаров", "Скамейкин", "Бордюров", "Переулков", "Облаков", "Листопадов",
    "Мостовой-Переходов", "Фонтанин", "Скверов", "Остановкин",
)  # fmt: skip
MEN: Final = (
    "Ернар", "Айдос", "Мейрам", "Санжар", "Дәурен", "Бекзат", "Нұржан", "Ілияс",
    "Пётр", "Роман", "Тимур", "Денис",
)  # fmt: skip
WOMEN: Final = (
    "Ақбота", "Айша", "Меруерт", "Назгүл", "Сәуле", "Томирис", "Вера", "Полина",
)  # fmt: skip
WOMEN_IN_TEN: Final = 3


def invented(dice: Random, count: int) -> list[str]:
    """So many names, no two alike."""
    names: dict[str, None] = {}
    while len(names) < count:
        surname = dice.choice(SURNAMES)
        woman = dice.randrange(10) < WOMEN_IN_TEN
        given = dice.choice(WOMEN if woman else MEN)
        names[f"{_feminine(surname) if woman else surname} {given}"] = None
    return list(names)


def _feminine(surname: str) -> str:
    return (
        surname.removesuffix("ой-Переходов") + "ая-Переходова" if "-" in surname else f"{surname}а"
    )
