"""The form as it is drawn: labels, options, rows and faults, out of the flat entries (`form_fields.py`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from sereno.desk.plans.editing.field_kinds import NAMED_BY, NETWORKS, FieldKind, FieldSpec, fields_of
from sereno.desk.plans.editing.form_fields import ENTRY, GIVEN, Flat, count_of, first
from sereno.desk.plans.editing.labels import WORDS, elsewhere, fault_words, help_of, is_short_name, label_of
from sereno.desk.plans.titles import role_title
from sereno.desk.words import capital, language, language_label, names_of
from sereno.engine import messages
from sereno.engine.plan.model import AREA_OWNER, When


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A text in one language."""

    name: str
    code: str
    language: str
    text: str
    short: bool = False
    """A title: one line is enough."""
    faults: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")

    @property
    def rows(self) -> int:
        """Lines to show at first, for browsers that do not let the field grow by itself."""
        return min(8, max(1 if self.short else 2, sum(1 + len(line) // 70 for line in self.text.split("\n"))))


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    number: int
    fields: tuple[Shown, ...]
    first: bool
    last: bool
    texts: tuple[Said, ...] = ()
    network: tuple[Option, ...] = ()
    text: str = ""
    given: tuple[Option, ...] = ()
    """Of a row of conditions: those that may be added."""
    is_when: bool = False
    faults: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Shown:
    """One field, ready to be drawn."""

    name: str
    key: str
    kind: FieldKind
    label: str
    help: str
    required: bool
    text: str = ""
    options: tuple[Option, ...] = ()
    texts: tuple[Said, ...] = ()
    fields: tuple[Shown, ...] = ()
    rows: tuple[Row, ...] = ()
    there: bool = True
    """False: a group that may be missing, and is."""
    is_short_name: bool = False
    """By which other parts call the entry; it is made from the title where nobody gives one."""
    condition: bool = False
    """It may be taken out again by itself."""
    default_chosen: bool = False
    """A choice that is made for whoever makes none: no empty option is needed."""
    faults: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")

    @property
    def described(self) -> str:
        """The ids of what is said about it."""
        ids = [f"{self.id}-help"] if self.help else []
        return " ".join(ids + ([f"{self.id}-error"] if self.faults else []))

    @property
    def may_be_empty(self) -> bool:
        return not self.default_chosen and not (self.required and any(option.chosen for option in self.options))

    @property
    def is_number(self) -> bool:
        return self.kind in (FieldKind.NUMBER, FieldKind.PERCENT, FieldKind.DECIMAL)

    @property
    def is_short(self) -> bool:
        return self.kind in (FieldKind.LENGTH, FieldKind.DATE, FieldKind.MOMENT)

    @property
    def is_words(self) -> bool:
        return self.kind is FieldKind.WORDS


@dataclass(frozen=True, slots=True)
class Around:
    """What a form needs to know of the plan around it."""

    values: Mapping[str, Any]
    """The whole plan, as plain values; nothing in it need be valid."""
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Names of inputs with sentences."""

    @property
    def languages(self) -> tuple[str, ...]:
        brand = self.values.get("brand")
        said = brand.get("languages") if isinstance(brand, dict) else None
        return tuple(code for code in said if isinstance(code, str)) if isinstance(said, list) and said else ("en",)

    def audiences(self, chosen: str) -> tuple[Option, ...]:
        """The brand's audiences by their titles; one that is chosen though it is none of them must not get lost."""
        brand = self.values.get("brand")
        said = brand.get("audiences") if isinstance(brand, dict) else None
        rows = [row for row in said if isinstance(row, dict) and row.get("audience")] if isinstance(said, list) else []
        named = {str(row["audience"]): title_of(row, self.languages) or str(row["audience"]) for row in rows}
        named |= {chosen: chosen} if chosen and chosen not in named else {}
        return tuple(Option(value, label, value == chosen) for value, label in named.items())


def show(model: type[BaseModel], flat: Flat, around: Around, at: str = ENTRY) -> tuple[Shown, ...]:
    """Every field of a part, in the order of the format."""
    specs = fields_of(model)
    if model is When:
        given = flat.get(f"{at}.{GIVEN}", [])
        specs = tuple(sorted((s for s in specs if s.key in given), key=lambda spec: given.index(spec.key)))
    return tuple(_show(spec, flat, around, f"{at}.{spec.key}") for spec in specs)


def _show(spec: FieldSpec, flat: Flat, around: Around, name: str) -> Shown:
    inside: dict[str, Any] = {}
    if spec.kind in (FieldKind.GROUP, FieldKind.WHEN):
        assert spec.part is not None
        inside["there"] = spec.required or count_of(flat, name) > 0
        inside["fields"] = show(spec.part, flat, around, name) if inside["there"] else ()
        inside["options"] = more_conditions(flat, name) if spec.kind is FieldKind.WHEN else ()
    elif spec.kind in (FieldKind.GROUPS, FieldKind.TEXT_ROWS, FieldKind.PER_NETWORK):
        count = count_of(flat, name)
        inside["rows"] = tuple(_row(spec, flat, around, name, number, count) for number in range(count))
    elif spec.kind in (FieldKind.TEXTS, FieldKind.WORDS):
        inside["texts"] = _texts(flat, around, name)
    elif spec.kind is FieldKind.YES:
        inside["text"] = "on" if flat.get(name) else ""
    elif spec.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        to_audience = spec.model == "Tone" and name.startswith(f"{ENTRY}.audiences.")
        chosen = flat.get(name, [])
        inside["options"] = around.audiences(first(flat, name)) if to_audience else _options(spec, around, chosen)
    else:
        inside["text"] = flat.get(name, [""])[0]
    return Shown(
        name=name,
        key=spec.key,
        kind=spec.kind,
        label=label_of(spec.model, spec.key),
        help=help_of(spec.model, spec.key),
        required=spec.required,
        is_short_name=is_short_name(spec.model, spec.key),
        condition=spec.model == "When",
        default_chosen=spec.default in spec.options if spec.kind is FieldKind.CHOICE else spec.default is not None,
        faults=tuple(around.faults.get(name, ())),
        **inside,
    )


def _row(spec: FieldSpec, flat: Flat, around: Around, parent: str, number: int, count: int) -> Row:
    name = f"{parent}.{number}"
    inside: dict[str, Any] = {}
    if spec.kind is FieldKind.TEXT_ROWS:
        inside["texts"] = _texts(flat, around, name)
    elif spec.kind is FieldKind.PER_NETWORK:
        inside["text"] = flat.get(f"{name}.number", [""])[0]
        inside["network"] = _network_options(first(flat, f"{name}.network"))
        inside["faults"] = (*around.faults.get(f"{name}.network", ()), *around.faults.get(f"{name}.number", ()))
    elif spec.part is When:
        inside |= {"given": more_conditions(flat, name), "is_when": True}
    fields = show(spec.part, flat, around, name) if spec.part is not None else ()
    inside.setdefault("faults", tuple(around.faults.get(name, ())))
    return Row(name, number, fields, number == 0, number == count - 1, **inside)


def more_conditions(flat: Flat, name: str) -> tuple[Option, ...]:
    """Conditions that are not given yet, each with its plain sentence."""
    given = flat.get(f"{name}.{GIVEN}", [])
    return tuple(
        Option(spec.key, f"{label_of('When', spec.key)} — {help_of('When', spec.key)}", chosen=False)
        for spec in fields_of(When)
        if spec.key not in given
    )


def _texts(flat: Flat, around: Around, name: str) -> tuple[Said, ...]:
    held = [key.removeprefix(f"{name}.") for key in flat if key.startswith(f"{name}.")]
    codes = dict.fromkeys([*around.languages, *(code for code in held if code.isalpha())])
    return tuple(
        Said(
            name=f"{name}.{code}",
            code=code,
            language=language_label(code),
            text=flat.get(f"{name}.{code}", [""])[0],
            short=name.endswith(".title"),
            faults=tuple(around.faults.get(f"{name}.{code}", ())),
        )
        for code in codes
    )


def _options(spec: FieldSpec, around: Around, chosen: Sequence[str]) -> tuple[Option, ...]:
    """Everything that may be chosen, and what is chosen though nobody listed it: it must not get lost."""
    labels = {value: _word(spec.words, value) for value in spec.options}
    if spec.refers:
        labels = {**names_in(around, spec.refers), **labels}
    # what holds where nothing is said (`unknown`, of a network) is no choice
    stray = [value for value in chosen if value and value not in labels and value != spec.default]
    options = list(labels.items()) + [(value, value) for value in stray]
    if spec.kind is FieldKind.CHOICES and spec.words == "language":
        # the first one chosen is the fallback of every text: the order that stands is kept
        options.sort(key=lambda option: chosen.index(option[0]) if option[0] in chosen else len(chosen))
    return tuple(Option(value, label, value in chosen) for value, label in options)


def choices_of(spec: FieldSpec, around: Around) -> tuple[Option, ...]:
    """What may be chosen at this field."""
    return _options(spec, around, ())


def _word(words: str, value: str) -> str:
    if value == AREA_OWNER:
        return role_title(None, AREA_OWNER)
    if words in WORDS:
        return str(WORDS[words][value])
    if words == "language":
        return language_label(value)
    return capital(messages.word(words, value, language())) if words else value


def _network_options(chosen: str) -> tuple[Option, ...]:
    values = dict.fromkeys(["default", *NETWORKS, *([chosen] if chosen else [])])
    return tuple(
        Option(value, elsewhere() if value == "default" else _word("network", value), value == chosen)
        for value in values
    )


def names_in(around: Around, part: str) -> dict[str, str]:
    """The names of a part's entries, each with its title in the reader's language."""
    entries = around.values.get(part)
    key = NAMED_BY[part]
    named = [one for one in entries if isinstance(one, dict) and one.get(key)] if isinstance(entries, list) else []
    return {str(one[key]): title_of(one, around.languages) or str(one[key]) for one in named}


def title_of(entry: Mapping[str, Any], order: tuple[str, ...]) -> str:
    """An entry's title in the reader's language; empty where it has none."""
    texts = entry.get("title")
    said = {str(code): str(text) for code, text in texts.items() if text} if isinstance(texts, dict) else {}
    return names_of(said, order)


def told_faults(codes: Mapping[str, str]) -> dict[str, list[str]]:
    """Names of inputs with the sentences for their codes."""
    return {name: [fault_words(code)] for name, code in codes.items()}
