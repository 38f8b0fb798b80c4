"""What workers answered to an errand (réponse), as a page waits for it."""

from __future__ import annotations

from collections.abc import Callable

import solara

from cpts.dashboard.engine import Progress
from cpts.dashboard.follow import Follower, Results
from cpts.dashboard.question import Task
from cpts.dashboard.service import Service
from texts import say


def known(
    shared: Service, page: str, tasks: tuple[Task, ...], meanwhile: str, lang: str
) -> tuple[Results, str]:
    """What workers answered to these so far, and a word on how far they are."""
    told, tell = solara.use_state({"of": (), "found": {}, "status": ""})
    names = tuple(task.key for task in tasks)

    def begin() -> Callable[[], None] | None:
        """Ask for what is not known yet, and tell it as it comes."""
        if not tasks:
            return None

        def known_(results: Results, progress: Progress) -> None:
            failed_ = progress.problem is not None
            status = "failed" if failed_ else "" if progress.is_over else meanwhile
            follower.put(
                tell, {"of": names, "found": results, "status": status and say(f"dashboard.{status}", lang)}
            )

        def failed() -> None:
            follower.put(tell, {"of": names, "found": {}, "status": say("dashboard.failed", lang)})

        follower = Follower(shared, page, tasks, known_, failed)
        return follower.begin()

    solara.use_effect(begin, [names, lang])
    if told["of"] != names:
        return {}, say(f"dashboard.{meanwhile}", lang) if tasks else ""
    return told["found"], told["status"]
