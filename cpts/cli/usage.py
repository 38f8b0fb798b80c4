"""How the command is used (mode d'emploi), and what to say to whoever mistypes it."""

import difflib
from typing import Any

from typer.core import TyperCommand, TyperGroup

from cpts.cli.faults import Misused
from cpts.cli.speaker import Speaker
from texts import say

_WIDE = 26
"""Columns kept for the names of options."""


class Verb(TyperCommand):
    """One verb, whose page is written in the reader's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of the verb."""
        formatter.write(written(self, ctx))


class Verbs(TyperGroup):
    """A command that is made of verbs."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the verb, or the one that was meant."""
        verbs = list(self.commands)
        if args and args[0] not in verbs and not args[0].startswith("-"):
            near = next(iter(difflib.get_close_matches(args[0].lower(), verbs, n=1, cutoff=0.5)), "")
            raise Misused("verb", value=args[0], nearest=near, choices=verbs)
        return super().resolve_command(ctx, args)


def written(command: Any, context: Any, section: str = "cli") -> str:
    """The page of a command: how to type it, what it does, what can be added; its sentences are of a section."""
    speaker: Speaker = context.obj
    is_root = hasattr(command, "commands")

    def told(key: str) -> str:
        return say(f"{section}.{key}", speaker.lang)

    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option" and one.help]
    pieces = [_argument(one) for one in arguments]
    if is_root:
        pieces = [speaker.say("usage_verb")]
    typed = " ".join([context.command_path, *pieces, speaker.say("usage_options")])
    lines = [speaker.wrapped(speaker.say("usage", typed=typed), speaker.width), ""]
    lines += [speaker.wrapped(told(f"verb_{command.name or 'cpts'}"), speaker.width)]
    if is_root:
        verbs = [(verb, told(f"short_{verb}")) for verb in command.commands]
        lines += _section(speaker, "usage_verbs", verbs)
    rows = [(_argument(one), told(f"argument_{one.help}")) for one in arguments]
    lines += _section(speaker, "usage_arguments", rows)
    rows = [(_option(one), told(f"option_{one.help}")) for one in options]
    rows.append(("-h, --help", speaker.say("option_help")))
    lines += _section(speaker, "usage_added", rows)
    lines += [
        "",
        speaker.wrapped(told("usage_more") if is_root else speaker.say("usage_anywhere"), speaker.width),
    ]
    return "\n".join(lines) + "\n"


def _argument(one: Any) -> str:
    name = one.metavar or one.name.upper()
    name = f"{name}..." if one.nargs == -1 else name
    return name if one.required else f"[{name}]"


def _option(one: Any) -> str:
    names = ", ".join(sorted(one.opts, key=len))
    return names if one.is_flag else f"{names} {one.metavar}"


def _section(speaker: Speaker, key: str, rows: list[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    lines = ["", speaker.say(key)]
    for name, text in rows:
        first, *more = speaker.wrapped(text, speaker.width - _WIDE).split("\n")
        lines.append(f"  {name:<{_WIDE - 2}}{first}" if len(name) < _WIDE - 2 else f"  {name}")
        more = more if len(name) < _WIDE - 2 else [first, *more]
        lines += [" " * _WIDE + line for line in more]
    return lines


def misuse(problem: Exception, speaker: Speaker) -> list[str]:
    """The sentence for a line that cannot be read; nothing when the problem is of another kind.

    Told by what the problem carries: the classes belong to Typer's own workings, which move.
    """
    if not hasattr(problem, "format_message"):
        return []
    kind, param = type(problem).__name__, getattr(problem, "param", None)
    context = getattr(problem, "ctx", None)
    page = f"{context.command_path} --help" if context is not None else "cpts --help"
    if kind == "NoSuchOption":
        value = str(problem.option_name)  # type: ignore[attr-defined]
        known = [name for one in context.command.params for name in one.opts] if context else []
        near = next(iter(difflib.get_close_matches(value, known, n=1)), "")
        return [speaker.say("misuse_option", value=value, nearest=near, page=page)]
    if kind == "MissingParameter" and param is not None:
        return [speaker.say("misuse_missing", value=param.metavar or param.name.upper(), page=page)]
    if kind == "BadParameter" and param is not None:
        return [speaker.say("misuse_value", value=max(param.opts, key=len), page=page)]
    if kind == "BadOptionUsage":
        return [speaker.say("misuse_alone", value=str(problem.option_name), page=page)]  # type: ignore[attr-defined]
    return [speaker.say("misuse_other", page=page)]
