"""The command line: `sereno COMMAND`. A command's module is loaded only when the command is asked for, so that
`triage` and `plan` never start Django and `--help` answers at once."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS: dict[str, tuple[str, str, str]] = {
    # name: module, attribute, what it does
    "triage": ("sereno.commands.triage", "triage", "Judge posts of a file or a pipe."),
    "plan": ("sereno.commands.plan", "plan", "Check a crisis plan, test it, explain it, ask who would be called."),
    "duty": ("sereno.commands.duty", "duty", "Who is on duty, where nobody is, how long anybody waits at worst."),
    "replay": ("sereno.commands.replay", "replay", "What a plan would have done with the posts of a file."),
    "up": ("sereno.commands.desk", "up", "Web, worker and scheduler in one process."),
    "work": ("sereno.commands.desk", "work", "The worker alone, beside `sereno up --no-work`."),
    "demo": ("sereno.commands.desk", "demo", "A fictional brand, seeded and alive."),
    "learn": ("sereno.commands.learn", "learn", "Learn a brand's way of reading from its overruled lights and kinds."),
    "import": ("sereno.commands.intake", "import_posts", "Bring posts of a file into the inbox."),
    "source": ("sereno.commands.intake", "source", "Where posts come from."),
    "brand": ("sereno.commands.desk", "brand", "Brands and their plans."),
    "health": ("sereno.commands.health", "health", "Whether all is well; runs what is late, and tells a monitor."),
    "person": ("sereno.commands.desk", "person", "People and their roles."),
    "messages": ("sereno.commands.desk", "messages", "Compile the interface's translations."),
}
"""One line adds a command."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, _, told) in COMMANDS.items()])


@click.command(cls=_Commands)
@click.version_option(package_name="sereno", prog_name="sereno")
def main() -> None:
    """Listens to what people say about a brand, and gets the right person to answer well and in time."""


if __name__ == "__main__":
    main()
