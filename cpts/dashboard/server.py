"""The server of pages (serveur): Solara for what moves, plain links for what is taken away; nothing from outside."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cpts.dashboard.service import Settings, service

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    b"content-security-policy": (
        b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        b"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        b"connect-src 'self' ws: wss:; frame-ancestors 'self'; object-src 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
}
_OFFLINE = {
    "SOLARA_APP": "cpts.dashboard.page",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_KERNEL_CULL_TIMEOUT": "3m",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_VARIANT": "light",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
}


class Guarded:
    """Every answer forbids the browser to ask anything of anybody else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to what goes out."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS.items()]
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] == "http" else send)


def application(settings: Settings) -> Starlette:
    """Everything that answers; to be made once in a process, for Solara keeps one set of pages."""
    os.environ.update(_OFFLINE)
    os.environ.update(settings.told())
    from solara.server import starlette as pages
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.routing import Route

    from cpts.dashboard.take import give, handed, take

    routes = [
        Route("/take/{kind}", take),
        Route("/give/{ticket}", give, methods=["POST"]),
        Route("/handed/{token}", handed),
        *pages.routes,
    ]
    service().begin()
    return Starlette(routes=routes, middleware=[Middleware(Guarded)], lifespan=pages.lifespan)


def serve(settings: Settings, host: str, port: int, ready: Callable[[], None]) -> None:
    """Answer until interrupted; `ready` is called once pages can be opened."""
    import uvicorn

    class Announced(uvicorn.Server):
        """Says that it listens when it does, and ends the workers before a signal ends the process."""

        async def startup(self, sockets: list[Any] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

        async def shutdown(self, sockets: list[Any] | None = None) -> None:
            service().engine.close()
            await super().shutdown(sockets)

    app = application(settings)
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", ws_max_size=2**20)
    try:
        Announced(config).run()
    finally:
        service().engine.close()
