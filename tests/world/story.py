"""A history that failed, made as short as it goes and told in words."""

from tests.world.history import Plan, Stage


async def broken(stage: Stage, plan: Plan) -> str:
    """What a history breaks first: the name of the invariant; '' if it breaks none."""
    world = await stage.play(plan)
    return world.watch.wrong[0].split(" ")[0] if world.watch.wrong else ""


async def shrunk(stage: Stage, plan: Plan) -> Plan:
    """Fewer steps that break the same: halves are left out, then quarters, down to single steps."""
    what = await broken(stage, plan)
    size = len(plan.steps) // 2
    while size:
        start = 0
        while start < len(plan.steps):
            steps = plan.steps[:start] + plan.steps[start + size :]
            fewer = plan._replace(steps=steps)
            if await broken(stage, fewer) == what:
                plan = fewer
            else:
                start += size
        size //= 2
    return plan


async def told(stage: Stage, plan: Plan) -> list[str]:
    """The story of a history, and what was wrong with it."""
    world = await stage.play(plan)
    cast = ", ".join(part.name for part in plan.cast)
    tail = "" if plan.tail > 100 else f" Phones keep only {plan.tail} letters that were taken."
    story = [f"Seed {plan.seed}. There are {cast}, and the store.{tail}"]
    story += [f"{n:3d}. {sentence}" for n, sentence in enumerate(world.told, 1)]
    return story + [f"WRONG: {wrong}" for wrong in world.watch.wrong or ["nothing"]]
