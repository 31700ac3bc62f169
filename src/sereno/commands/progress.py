"""A counter on the terminal, on stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def counting(what: str = "posts", total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Gives a function that is told how many more were done; with a total, a bar fills."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, TextColumn, TimeElapsedColumn

    bar: list[ProgressColumn] = [BarColumn()] if total else []
    columns = SpinnerColumn(), *bar, TextColumn("{task.completed:,} {task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda count: progress.update(task, advance=count)
