"""A hospital (établissement), with or without an emergency department."""

from __future__ import annotations

from typing import Any

import mesa


class Hospital(mesa.Agent):
    """Where people go who are hurt, in danger, sent, or without an answer elsewhere (urgences)."""

    def __init__(self, model: Any, identifier: str, name: str, emergency: bool) -> None:
        super().__init__(model)
        self.identifier, self.name, self.emergency = identifier, name, emergency
