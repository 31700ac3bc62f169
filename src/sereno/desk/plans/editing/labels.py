"""What the plan's parts and fields are called on screen, and one sentence of help where a name is not enough.

`Role.title` goes before `title`. A test holds every field of the model to a label.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("The brand"), ("heading", "brand", "languages", "duty_hours")),
    (_("Who answers"), ("roles", "areas", "chain", "committee")),
    (_("What we look for"), ("watches", "reach")),
    (_("What makes a light"), ("lights", "guides")),
    (_("By when"), ("targets", "statutory")),
    (_("What we answer"), ("catalogue", "policy", "resources")),
    (_("Worst cases"), ("scenarios", "drills")),
    (_("What the plan proves"), ("tests", "accepted")),
)
"""The document's parts as the table of contents tells them."""

PARTS: dict[str, tuple[Promise, Promise]] = {
    "heading": (_("Name and version"), _("What this plan is called in judgements and in the history.")),
    "brand": (_("Brand and audiences"), _("Where it is based, the languages it answers in, and whom it speaks to.")),
    "languages": (_("Other languages"), _("Who takes a post in a language that the brand does not answer in.")),
    "duty_hours": (_("Duty hours"), _("Most targets run in these hours only, in the brand's time zone.")),
    "roles": (_("Roles"), _("Roles, never people: the duty roster says who fills a role at a given hour.")),
    "areas": (_("Areas"), _("Each topic belongs to one area, whose owner answers for amber posts.")),
    "chain": (_("Decision chain"), _("Who is called at each degree, and who follows when nobody takes it.")),
    "committee": (_("Crisis committee"), _("Called for a crisis, in minutes, all of it.")),
    "watches": (_("Watches"), _("What we look for: our names, our people, the others, the sector.")),
    "reach": (_("Levels of reach"), _("From how many followers an author counts as widely read, per network.")),
    "lights": (_("Light rules"), _("The gravest rule that fits gives the light. All conditions of a rule must hold.")),
    "guides": (_("Guides"), _("A few careful steps, read before anything is answered.")),
    "targets": (_("Targets"), _("By when a post of each degree is taken, answered and solved.")),
    "statutory": (_("Deadlines of the law"), _("Deadlines in calendar days that the law sets.")),
    "catalogue": (_("Common complaints"), _("The substance of the answer, never a text to paste.")),
    "policy": (_("How we speak"), _("Tone, and words to use and to avoid, per network and audience.")),
    "resources": (_("What may be offered"), _("What may be offered or called upon, by whom, and up to how much.")),
    "scenarios": (_("Scenarios"), _("The worst cases, thought through before they happen.")),
    "drills": (_("Drills"), _("When the worst cases are rehearsed.")),
    "tests": (_("The plan's own tests"), _("If this post at this moment, then this light and this role.")),
    "accepted": (_("Accepted warnings"), _("Warnings of the check that somebody looked at and lives with.")),
}

ENTRIES: dict[str, Promise] = {
    "roles": _("Add a role"), "areas": _("Add an area"), "chain": _("Add a step"), "watches": _("Add a watch"),
    "reach": _("Add a level"), "lights": _("Add a rule"), "guides": _("Add a guide"), "targets": _("Add a target"),
    "statutory": _("Add a deadline"), "catalogue": _("Add a complaint"), "resources": _("Add a resource"),
    "scenarios": _("Add a scenario"), "drills": _("Add a drill"), "tests": _("Add a test"),
    "accepted": _("Accept a warning"), "committee": _("Add a committee"), "policy": _("Add a policy"),
}  # fmt: skip
"""The button that adds an entry to a list, or a part that may be missing."""

LABELS: dict[str, Promise] = {
    # names and texts that many parts have
    "title": _("Title"),
    "role": _("Role"),
    "deputy": _("Deputy"),
    "topics": _("Topics"),
    "topic": _("Topic"),
    "networks": _("Networks"),
    "network": _("Network"),
    "clock": _("Counted"),
    "country": _("Country"),
    "spokesperson": _("Spokesperson"),
    "tone": _("Tone"),
    # heading, brand, languages
    "Heading.plan": _("Name of the plan"),
    "Heading.version": _("Version"),
    "Brand.name": _("Name of the brand"),
    "Brand.timezone": _("Time zone"),
    "Brand.languages": _("Languages we answer in"),
    "Brand.audiences": _("Audiences"),
    "Audience.audience": _("Short name"),
    "Languages.unsupported_step": _("Step that takes them"),
    # duty hours
    "monday": _("Monday"),
    "tuesday": _("Tuesday"),
    "wednesday": _("Wednesday"),
    "thursday": _("Thursday"),
    "friday": _("Friday"),
    "saturday": _("Saturday"),
    "sunday": _("Sunday"),
    "holidays": _("Public holidays are duty days like any other"),
    # people
    "Role.role": _("Short name"),
    "Area.area": _("Short name"),
    "Area.owner": _("Owner"),
    "Step.step": _("Short name"),
    "Step.degrees": _("Posts that enter here"),
    "Step.role": _("Who is called"),
    "Step.acknowledge_within": _("To be acknowledged within"),
    "Step.then": _("If nobody takes it, then"),
    "Committee.members": _("Members"),
    "Committee.quorum": _("Quorum"),
    "Committee.assembles_within": _("Assembled within"),
    "Committee.meets": _("Where it meets"),
    # listening
    "Watch.watch": _("Short name"),
    "Watch.kind": _("Kind"),
    "Watch.rule": _("Rule"),
    "Watch.terms": _("Terms"),
    "Watch.never": _("Never with these terms"),
    "Term.term": _("Term"),
    "Term.exact": _("Exactly as written"),
    "Term.forms": _("With inflected forms in"),
    "ReachLevel.level": _("Short name"),
    "ReachLevel.followers": _("Followers, more than"),
    # lights
    "LightRule.rule": _("Short name"),
    "LightRule.light": _("Light"),
    "LightRule.when": _("When all of these hold"),
    "LightRule.route": _("Called by name"),
    "LightRule.guide": _("Read first"),
    "RuleRoute.role": _("Who is called at once"),
    "RuleRoute.chain": _("And the chain"),
    "Guide.guide": _("Short name"),
    "Guide.steps": _("Steps"),
    "Guide.numbers": _("Telephone numbers"),
    "HelpNumber.number": _("Number"),
    "When.kind": _("Kind of post"),
    "When.risk": _("Risk"),
    "When.claims": _("What is said"),
    "When.severity": _("Wording, at least"),
    "When.polarity": _("For our reputation"),
    "When.complaint": _("Probability of a complaint"),
    "When.hostile": _("Probability of hostility"),
    "When.call_to_action": _("Probability of a call to action"),
    "When.language": _("Language"),
    "When.about": _("What it is about"),
    "When.place": _("Place"),
    "When.visibility": _("Visibility"),
    "When.text_light": _("Light of the text alone, at least"),
    "When.reach": _("Reach, at least"),
    "When.shares": _("Shares, at least"),
    "When.shares_per_hour": _("Shares an hour, at least"),
    "When.repeat_contact": _("Earlier posts in this matter, at least"),
    "When.open_promise": _("An open promise"),
    "When.story": _("People who tell the same, at least"),
    "When.storm": _("Storm, at least"),
    "When.author_type": _("Who writes"),
    "When.rating": _("Stars, at most"),
    # times
    "Target.degree": _("Degree"),
    "Target.acknowledge": _("Acknowledged within"),
    "Target.first_answer": _("First answer within"),
    "Target.next_answer": _("Next answer within"),
    "Target.resolution": _("Solved within"),
    "Statutory.types": _("Complaints"),
    "Statutory.days": _("Calendar days"),
    "Statutory.law": _("The law"),
    # answers
    "Complaint.type": _("Short name"),
    "Complaint.examples": _("Examples"),
    "Complaint.substance": _("Facts to give"),
    "Complaint.claim": _("Route to a claim"),
    "Complaint.documents": _("What we need from the person"),
    "Complaint.if_valid": _("If it is true"),
    "Complaint.if_false": _("If it is not"),
    "Complaint.decides": _("Who decides"),
    "Policy.networks": _("Tone per network"),
    "Policy.audiences": _("Tone per audience"),
    "Policy.use": _("Words to use"),
    "Policy.avoid": _("Words to avoid"),
    "Tone.to": _("Network or audience"),
    "Avoided.words": _("Words"),
    "Avoided.why": _("Why"),
    "Avoided.instead": _("Rather"),
    "Resource.resource": _("Short name"),
    "Resource.offered_by": _("Who may offer it"),
    "Resource.up_to": _("Up to"),
    "Resource.above": _("Beyond that, who decides"),
    "Resource.legal_review": _("Legal sees it first"),
    "Resource.hours": _("Open at"),
    "Resource.limits": _("Other limits"),
    # crisis
    "Scenario.scenario": _("Short name"),
    "Scenario.triggers": _("Proposed for a red post when"),
    "Scenario.first_hour": _("The first hour"),
    "Scenario.holding": _("Holding statement"),
    "FirstHourStep.do": _("To do"),
    "FirstHourStep.within": _("Within"),
    "Drill.drill": _("Short name"),
    "Drill.scenario": _("Scenario"),
    "Drill.first": _("First on"),
    "Drill.every": _("Again every"),
    "Drill.roles": _("Who takes part"),
    "Drill.announced": _("Announced beforehand"),
    # proof
    "PlanTest.test": _("Short name"),
    "PlanTest.post": _("If this post"),
    "PlanTest.at": _("At this moment"),
    "PlanTest.expect": _("Then this"),
    "MadeUpPost.text": _("Text"),
    "MadeUpPost.reads_as": _("Taken to say"),
    "MadeUpPost.place": _("Place"),
    "MadeUpPost.visibility": _("Visibility"),
    "MadeUpPost.about": _("About"),
    "MadeUpPost.followers": _("Followers of the author"),
    "MadeUpPost.rating": _("Stars"),
    "MadeUpPost.shares": _("Shares"),
    "MadeUpPost.shares_per_hour": _("Shares an hour"),
    "MadeUpPost.repeat_contact": _("Earlier posts in this matter"),
    "MadeUpPost.open_promise": _("A promise of ours is open"),
    "MadeUpPost.story": _("People who tell the same"),
    "MadeUpPost.storm": _("Storm"),
    "MadeUpPost.author_type": _("Who writes"),
    "MadeUpPost.country": _("Country of the person"),
    "ReadsAs.kind": _("Kind of post"),
    "ReadsAs.language": _("Language"),
    "ReadsAs.risk": _("Risk"),
    "ReadsAs.claims": _("What is said"),
    "ReadsAs.severity": _("Wording"),
    "ReadsAs.polarity": _("For our reputation"),
    "ReadsAs.hostile": _("Probability of hostility"),
    "ReadsAs.call_to_action": _("Probability of a call to action"),
    "Expected.light": _("Light"),
    "Expected.rule": _("A rule that matches"),
    "Expected.not_rule": _("A rule that does not speak"),
    "Expected.step": _("Step of the chain"),
    "Expected.role": _("Role that answers"),
    "Expected.area": _("Area"),
    "Expected.called": _("Called by name, exactly these"),
    "Expected.guide": _("Guide to read first"),
    "Expected.wakes": _("Somebody is woken"),
    "Expected.first_answer_by": _("First answer by"),
    "Expected.scenario": _("Scenario proposed"),
    "Accepted.warning": _("Warning"),
    "Accepted.at": _("Where"),
    "Accepted.reason": _("Reason"),
    # kept by the format itself
    "Plan.sereno_plan": _("Version of the format"),
}

_SHORT_NAME = _(
    "Small letters, digits, - and _. Other parts of the plan call it by this name. Left empty, it is made from the "
    "title."
)
_LENGTH = _("Minutes, hours or days: 30m, 4h, 1h30m, 2d.")
_OPENING = _("As 08:00-14:00, 16:00-22:00; empty: none. Split a night shift at midnight.")

HELPS: dict[str, Promise] = {
    "Heading.plan": _("Small letters, digits, - and _."),
    "Heading.version": _("Any text; judgements tell it beside the name."),
    "Brand.timezone": _("As Europe/Madrid."),
    "country": _("Two capital letters, as ES."),
    "Brand.country": _(
        "Two capital letters, as ES. Its public holidays are no duty days; its law counts where the customer's country "
        "is unknown."
    ),
    "Brand.languages": _("The first one stands in where a text is missing in another."),
    "Languages.unsupported_step": _("A person sees every post, whatever its language."),
    "Role.deputy": _("Stands in where nobody of this role can be reached."),
    "Area.topics": _("None: the area takes every topic that no other area has."),
    "Step.clock": _("Whether the time runs in duty hours only, or day and night."),
    "Step.then": _("Nothing: the chain ends here."),
    "Committee.members": _("Roles. Whoever cannot be reached is stood in for by the role's deputy."),
    "Committee.quorum": _("So many members, or their deputies, must be there to decide."),
    "Committee.spokesperson": _("Alone speaks for the brand while a crisis lasts."),
    "Committee.meets": _("The room, the line, the link."),
    "Watch.rule": _("As: acme AND (broken OR refund) NOT jobs. Either a rule or terms."),
    "Watch.never": _("A post that holds one of these is not about it."),
    "Term.exact": _("Case and accents count: Play, not play."),
    "Term.forms": _("Żabka finds Żabki and Żabce too."),
    "ReachLevel.followers": _("Per network; “Elsewhere” for all others."),
    "LightRule.guide": _("A guide that whoever answers reads before anything else."),
    "LightRule.route": _("A role that is called besides the chain, or before it."),
    "Guide.steps": _("In order; the first is the most important."),
    "HelpNumber.title": _("Whose it is, and where it is answered."),
    "Statutory.types": _("None: every complaint."),
    "Statutory.law": _("Cite it, so that others can look it up."),
    "Complaint.networks": _("None: on every network. An entry for a network goes before one for all."),
    "Complaint.examples": _("One a line."),
    "Complaint.claim": _("Where, how, by when we answer, and who may be turned to after us."),
    "Complaint.documents": _("Asked for in private."),
    "Complaint.if_valid": _("What is admitted, and what is done now."),
    "Complaint.if_false": _("What shows it, politely, and thanks for helping to improve."),
    "Audience.networks": _("Where they mostly are."),
    "Policy.use": _("One a line."),
    "Avoided.words": _("One a line. Inflected forms are found; case and accents never matter."),
    "Resource.offered_by": _("Roles that may offer it by themselves."),
    "Resource.up_to": _("An amount and its currency, as 50 EUR; empty: no limit in money."),
    "Resource.hours": _("When the supplier or the place is open; nothing: always."),
    "Scenario.triggers": _("Where one of these holds for a red post, this scenario is proposed."),
    "Scenario.first_hour": _("In the order of their times."),
    "Scenario.holding": _("True while next to nothing is known. People adapt and approve it before it is said."),
    "Scenario.spokesperson": _("Nobody: the committee's."),
    "FirstHourStep.within": _("Since the crisis was declared, day and night: 10m, 1h."),
    "Drill.first": _("As 2026-11-30."),
    "Drill.every": _("In days, as 90d; empty: once."),
    "Drill.roles": _("None: the whole committee."),
    "PlanTest.at": _("In the brand's time zone, as 2026-11-28T23:30."),
    "Expected.first_answer_by": _("In the brand's time zone, as 2026-11-28T23:30."),
    "PlanTest.expect": _("What is not given is not asked."),
    "MadeUpPost.text": _("Read by the reader at work, unless you say below what it is taken to say."),
    "MadeUpPost.reads_as": _("So that the test speaks of the plan alone, and not of a reader."),
    "Accepted.warning": _("Its code, as the check tells it."),
    "Accepted.at": _("As catalogue.late-delivery.title; empty: wherever it comes up."),
    # one plain sentence for every condition
    "When.kind": _("What the whole text is: a complaint, a question, praise…"),
    "When.risk": _("The text claims one of these; the claim need not be proved."),
    "When.claims": _("One of these finer facts stands in the text."),
    "When.severity": _("How plainly somebody is reproached, from no reproach to blame."),
    "When.polarity": _("Whether it is good or bad for this brand, whatever its tone."),
    "When.complaint": _("In per cent, at least: how sure the reader is that this is a complaint."),
    "When.hostile": _("In per cent, at least: how sure the reader is of insult or contempt."),
    "When.call_to_action": _("In per cent, at least: how sure the reader is that others are called to act."),
    "When.topic": _("What the matter is: delivery, billing, behaviour of staff…"),
    "When.language": _("The language that the post is written in."),
    "When.about": _("Which of our watches it speaks of: only with this can a rule speak of competitors."),
    "When.network": _("Where it was posted."),
    "When.place": _("A post, a comment, a review, a message…"),
    "When.visibility": _("Whether others can read it."),
    "When.text_light": _("What the rules say of the text, before reach and speed are looked at."),
    "When.reach": _("The author has this level of reach, or more, on that network."),
    "When.shares": _("Others have passed it on so many times."),
    "When.shares_per_hour": _("It is being passed on this fast."),
    "When.repeat_contact": _("The same author wrote before, and the matter is not solved."),
    "When.open_promise": _("We promised to come back to them, and have not yet."),
    "When.story": _("So many different people tell the same thing; copies by one person count once."),
    "When.storm": _("Many people, suddenly, on one subject."),
    "When.author_type": _("What is known of the author: a journalist, one of our own, a suspected bot…"),
    "When.rating": _("A review that gives no more stars than this."),
}
_SHORT_NAMES = frozenset(
    [
        "Audience.audience",
        "Role.role",
        "Area.area",
        "Step.step",
        "Watch.watch",
        "ReachLevel.level",
        "LightRule.rule",
        "Guide.guide",
        "Complaint.type",
        "Resource.resource",
        "Scenario.scenario",
        "Drill.drill",
        "PlanTest.test",
    ]
)
_LENGTHS = frozenset(
    {"acknowledge", "first_answer", "next_answer", "resolution", "acknowledge_within", "assembles_within"}
)
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})

WORDS: dict[str, dict[str, Promise]] = {
    "clock": {"duty": _("in duty hours"), "always": _("day and night")},
    "call": {
        "also": _("is called at the same time"),
        "waits": _("is called only if this role does not take it in time"),
    },
    "yes": {"true": pgettext_lazy("an answer", "Yes"), "false": pgettext_lazy("an answer", "No")},
}
"""Options that are the form's own words, not the engine's."""

FAULTS: dict[str, Promise] = {
    "no-number": _("This is no number. Write it in digits, as 10000."),
    "twice": _("This network stands here a second time. Keep one."),
    "missing": _("Fill this in."),
    "choose": _("Choose one."),
    "empty-condition": _("This condition asks for nothing. Give it a value, or take it out."),
    "does-not-fit": _("This does not fit here."),
    "taken": _("Another entry has this name already. Names must differ."),
}
"""What can be wrong with a field before the plan's own check sees it."""


FORM_FAULTS: dict[str, Promise] = {
    "form-key-missing": FAULTS["missing"],
    "form-no-name": _("Small letters, digits, - and _, and a letter first."),
    "form-no-length-of-time": _("Write minutes, hours or days: 30m, 4h, 1h30m, 2d."),
    "form-no-hours": _("Write from when to when, as 08:00-22:00."),
    "form-no-telephone": _("Write digits and spaces, as 112 or +34 900 000 000."),
    "form-no-country-code": _("Write two capital letters, as ES."),
    "form-no-money": _("Write the amount and its currency, as 50 EUR."),
    "form-no-whole-number": _("Write a whole number in digits."),
    "form-no-number": _("Write a number in digits."),
    "form-no-date": _("Write year, month and day, as 2026-11-30."),
    "form-no-moment": _("Write the day and the hour, as 2026-11-28T23:30."),
}
"""What the check says of a value's form, said at its field."""


def is_short_name(model: str, key: str) -> bool:
    return f"{model}.{key}" in _SHORT_NAMES


def label_of(model: str, key: str) -> str:
    return str(LABELS[f"{model}.{key}"] if f"{model}.{key}" in LABELS else LABELS[key])


def help_of(model: str, key: str) -> str:
    name = f"{model}.{key}"
    if name in _SHORT_NAMES:
        return str(_SHORT_NAME)
    if key in _LENGTHS:
        return str(_LENGTH)
    if key in _DAYS:
        return str(_OPENING) if key == "monday" else ""
    return str(HELPS.get(name) or (HELPS["country"] if key == "country" else ""))


def fault_words(code: str) -> str:
    return str(FAULTS[code])


def elsewhere() -> str:
    """All networks that are not named by themselves."""
    return _now("Elsewhere")
