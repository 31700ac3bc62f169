"""Watches: is a post about us, and by which words? The rule language is told in `docs/watches.md`."""

from sereno.engine.watches.check import WatchFault, check_watches, watch_faults
from sereno.engine.watches.forms import forms_of
from sereno.engine.watches.match import Mention, Watcher
from sereno.engine.watches.rule import RuleError, explain, parse

__all__ = [
    "Mention",
    "RuleError",
    "WatchFault",
    "Watcher",
    "check_watches",
    "explain",
    "forms_of",
    "parse",
    "watch_faults",
]
