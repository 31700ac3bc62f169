# What the check of a plan says, in English (Fluent). Each key but the pieces is the code of a fault, told in
# docs/plan-checks.md. No language may miss a key or a parameter: a test compares them.

## Pieces
part-rule = rule '{ $name }'
part-step = step '{ $name }'
part-role = role '{ $name }'
part-area = area '{ $name }'
part-watch = watch '{ $name }'
part-type = type '{ $name }'
part-level = level '{ $name }'
part-degree = degree '{ $name }'
part-guide = guide '{ $name }'
part-number = number '{ $name }'
part-scenario = scenario '{ $name }'
part-drill = drill '{ $name }'
part-test = test '{ $name }'
part-resource = resource '{ $name }'
part-audience = audience '{ $name }'
part-warning = acceptance of '{ $name }'
part-to = tone for '{ $name }'
part-committee = the committee
part-brand = the brand
part-policy = the policy
part-field = { $field } of { $of }
part-role-titled = { $title } ({ $name })
part-in-rule = rule '{ $in_rule }', character { $character }: { $sentence }
part-any = { $part } '{ $name }'
part-person = person '{ $name }'
part-shift = shift '{ $name }'
part-override = override of '{ $name }'
part-absence = absence of '{ $name }'
part-gap = accepted gap of '{ $name }'
hint-near = ; did you mean '{ $near }'?
hint-known = ; known: { $known }
shape-nothing = nothing
shape-list = a list
shape-mapping = a mapping

## The text as YAML
yaml-too-long = the text has { $count } characters; more than { $most } are refused
yaml-empty = the plan is empty; copy plans/starter.yaml and change it step by step
yaml-broken = this is no YAML: { $said }; look at the indentation, quotes and colons
yaml-unreadable = this is no YAML: { $said }
yaml-too-deep = the text is nested deeper than { $most } levels
yaml-tag = the tag '{ $tag }' has no place here; leave it out
yaml-too-many = the text holds more than { $most } values once its aliases are written out
yaml-key-no-word = a key must be a single word, not a list or a mapping
yaml-key-twice = key '{ $key }' stands here a second time (first on line { $line }); keep one
yaml-not-utf8 = this is no UTF-8 text; save the file as UTF-8
too-many = '{ $key }' has { $count } entries; more than { $most } are refused
faults-left-out = { $count } more are not listed; mend these first

## The form of keys and values
form-key-unknown = unknown key '{ $key }'{ $hint }
    .otherwise = ; known here: { $known }
form-key-missing = '{ $key }' is missing
form-no-choice = '{ $given }' is no { $key }{ $hint }; one of { $choices }
form-no-length-of-time = { $key }: '{ $given }' is no length of time; write minutes, hours or days: 30m, 4h, 1h30m, 2d
form-length-too-long = { $key }: '{ $given }' is longer than any deadline
form-no-hours = { $key }: '{ $given }' is no stretch of hours; write it as 08:00-22:00
form-no-shift-hours = { $key }: '{ $given }' are no hours of a shift; write them as 08:00-14:00, or 22:00-06:00 for a night
form-hours-close-first = { $key }: '{ $given }' closes before it opens; split a night shift at midnight: 22:00-24:00 and 00:00-06:00
form-no-time-of-day = { $key }: '{ $given }' is no time of day; hours go from 00:00 to 24:00
form-key-no-language = { $shown } stands where a language code is wanted; a text with a comma in it needs quotes
form-no-name = { $key }: { $shown } is no name; use small letters, digits, _ and -, and begin with a letter
form-no-language-code = { $key }: { $shown } is no language code; write two or three small letters: en, es, pl
form-no-telephone = { $key }: { $shown } is no telephone number; write digits and spaces, such as 112 or +34 900 000 000
form-no-country-code = { $key }: { $shown } is no country code; write two capital letters: ES, PL, GB
form-no-money = { $key }: { $shown } is no amount of money; write the number and the currency: 50 EUR, 19.90 PLN
form-no-text = { $key }: { $shown } stands where a text is wanted
form-no-whole-number = { $key }: { $shown } stands where a whole number is wanted
form-no-number = { $key }: { $shown } stands where a number is wanted
form-no-truth = { $key }: { $shown } stands where true or false is wanted
form-no-list = { $key }: { $shown } stands where a list is wanted: [one, two], or one a line after a dash
form-no-mapping = { $key }: { $shown } stands where a mapping is wanted: `key: value` lines
form-no-texts = { $key }: { $shown } stands where a mapping is wanted, such as a text per language: {"{"}en: …, es: …{"}"}
form-no-date = { $key }: { $shown } stands where a date is wanted: 2026-11-30
form-no-moment = { $key }: { $shown } stands where a day with its hour is wanted: 2026-11-28T23:30
form-too-small = { $key }: { $shown } is too small; { $limit } is the least
form-too-large = { $key }: { $shown } is too large; { $limit } is the most
form-text-too-short = { $key }: { $shown } is too short; write at least { $limit ->
        [one] 1 character
       *[other] { $limit } characters
    }
form-text-too-long = { $key }: { $shown } is too long; write at most { $limit ->
        [one] 1 character
       *[other] { $limit } characters
    }
form-list-too-short = { $key }: the list is too short; put in at least { $limit ->
        [one] 1 entry
       *[other] { $limit } entries
    }
form-refused = { $key }: { $shown } is refused: { $said }

## Brand
timezone-unknown = time zone '{ $zone }' does not exist{ $hint }
    .otherwise = ; such as Europe/Warsaw
country-missing = no country is given, so no public holiday is known: add `country: ES`
country-unknown = country '{ $country }' does not exist; write ISO 3166-1, such as ES or PL
holidays-unknown = the public holidays of { $country } are not known here; none will count
brand-without-language = the brand answers in no language; name at least one: [en]

## Names
name-twice = { $key } '{ $name }' stands twice in { $where }; give one another name
role-unknown = { $what } { $use ->
        [calls] calls
        [owner] belongs to
        [deputy] has the deputy
        [decides] is decided by
        [offers] is offered by
        [member] has the member
       *[speaks] speaks through
    } '{ $role }', no such role{ $hint }
role-named-area-owner = '{ $role }' always means the owner of the case's area; give this role another name

## People
deputies-in-a-circle = deputies go in a circle: { $way }; let one of them stand without a deputy
topic-unknown = { $what } { $part ->
        [area] looks after
       *[type] is of
    } '{ $topic }', no such topic{ $hint }
topic-with-two-areas = topic '{ $topic }' has two areas, '{ $first }' and '{ $second }'; leave it in one
area-rest-twice = a second area lists no topics; only one can take the rest
topics-without-area = no area looks after { $topics }; add an area without topics, it takes the rest
area-deputy-is-owner = area '{ $area }': its owner '{ $role }' is its deputy too; name somebody else
area-without-deputy = area '{ $area }' has no deputy, nor has its owner '{ $role }'; when they cannot be reached, only the chain is left

## Watches, reach, networks
reach-without-default = level '{ $level }' has no `default`; give the number for networks that are not listed
reach-beyond-everybody = level '{ $level }' asks for more followers on { $network } than any account has; give a smaller number
reach-never-told = { $what } asks for followers on { $network }, which tells no follower counts; leave it out
reach-out-of-order = level '{ $level }' begins at { $high } on { $network }, not above '{ $smaller }' ({ $low }); levels go from the smallest to the largest
network-unknown = '{ $network }' is no network we know of{ $hint }
    .otherwise = ; if a connector of yours brings it, accept this warning

## Conditions of rules and triggers
condition-empty = { $what }: condition '{ $condition }' asks for nothing; fill it in or leave it out
rule-without-conditions = { $what } has no condition, so it would { $part ->
        [scenario] be proposed for every red post
       *[rule] light every post
    }; add one
claim-unknown = { $what } asks for claim '{ $claim }', which nobody reads{ $hint }
topic-unread = { $what } asks for topic '{ $topic }', which nobody reads{ $hint }
reach-unknown = { $what } asks for reach '{ $level }', no such level{ $hint }
certainty-never-reached = { $what }: `{ $condition }: 1` is never reached, no reader is ever quite certain; write 0.95 or less
condition-always-holds = { $what }: condition '{ $condition }' holds for every post, so it says nothing; raise it or leave it out
count-beyond-any-post = { $what }: no post anywhere reaches this `{ $condition }`; give a smaller number
rating-below-one-star = { $what }: nobody can give fewer stars than one; write `rating: 1` or more
severity-without-complaint = { $what }: only complaints have a severity, and it asks for other kinds; add complaint to `kind`, or leave `severity` out
private-in-a-public-place = { $what }: what stands in { $places } is never private; leave `visibility` out or name another place
rating-outside-reviews = { $what }: only reviews have stars; add review to `place`, or leave `rating` out

## Rules among themselves
text-light-never-given = { $what } asks for `text_light: { $light }`, but no rule that asks for the text alone gives { $light } or graver; write one, or ask for less
rule-never-holds = { $what } can never hold: its conditions exclude every rule that gives the text { $light } or graver
rule-never-decides = rule '{ $rule }' never decides: wherever it holds, rule '{ $other }' holds too, gives { $light } and is told first; take it away, or make it graver
trigger-never-red = scenario '{ $scenario }' is proposed for red posts only, and no red rule can hold together with this trigger; mend it, or write the rule

## Guides
guide-unknown = rule '{ $rule }' gives the guide '{ $guide }', no such guide{ $hint }
    .otherwise = { $known ->
        [none] ; add it to `guides`
       *[other] ; known: { $known }
    }
danger-without-help = rule '{ $rule }' finds people in danger; add { $missing ->
        [both] `route` and `guide`
        [guide] `guide`
       *[route] `route`
    }, so that a named role is called at once and knows what to do
guide-without-steps = guide '{ $guide }' has no steps; add at least one
guide-never-read = guide '{ $guide }' is never read: no rule of `lights` gives it

## The decision chain
degree-without-step = no step takes degree '{ $degree }'; add it to the `degrees` of one step
degree-without-target = degree '{ $degree }' has no target; add `- degree: { $degree }` with its times
degree-with-two-steps = step '{ $step }' takes degree '{ $degree }', which step '{ $first }' takes already; leave it in one of them
degree-twice-in-a-step = step '{ $step }' names degree '{ $degree }' twice; keep one
degree-with-two-targets = degree '{ $degree }' has a second target; keep one
step-leads-nowhere = step '{ $step }' goes on to '{ $then }', no such step{ $hint }
chain-in-a-circle = the chain goes in a circle: { $way }; let its last step end without `then`
chain-ends-with-the-area = the chain ends at step '{ $step }' with the area's owner; let it end with a role that is always there, such as the committee on duty: add `then`
step-never-reached = step '{ $step }' is never reached: no degree enters it, no step leads to it
unsupported-step-unknown = posts in other languages go to step '{ $step }', no such step{ $hint }
step-slower-than-target = step '{ $step }' waits { $given } for an acknowledgement, but the target of '{ $degree }' is { $target }; shorten `acknowledge_within`, so that the next step can still keep it
red-chain-too-long = a red post reaches step '{ $step }' only after { $passed }, when the first answer was due after { $target }; shorten the steps before it
red-waits-for-the-morning = step '{ $step }' lets a red post wait for duty hours before the next step is called; add `clock: always`
red-target-in-duty-hours = the target of 'red' runs in duty hours only, so it waits for the morning; add `clock: always`

## Times
length-beyond-years = { $key } of '{ $of }': { $given } is longer than ten years; write what somebody can wait for
hours-overlap = the hours of { $weekday } overlap; write each hour once
duty-hours-too-few = { $key } of '{ $of }' never comes: { $hours } duty hours do not pass within a year; widen duty_hours or set `clock: always`
target-takes-long = { $key } of '{ $of }': { $hours } duty hours can take { $days } days by the calendar, public holidays not counted; shorten it, widen duty_hours or set `clock: always`
target-out-of-order = target of '{ $degree }': acknowledge, first_answer and resolution usually follow each other
law-beyond-years = a deadline of { $country } is longer than ten years; look it up again
law-type-unknown = a deadline of { $country } is for '{ $type }', not in the catalogue{ $hint }

## Answers and resources
topics-without-answer = the catalogue has no answer for { $topics }
topic-answered-on-some = the catalogue answers '{ $topic }' on { $networks } only; add an entry without `networks` for all the others
resource-without-above = resource '{ $resource }' is limited to { $limit }, and nobody is named who decides beyond it; add `above`
resource-above-nothing = resource '{ $resource }' names who decides beyond its limit, but has none; add `up_to`
resource-never-open = resource '{ $resource }' has hours, but no day is given; write them, or leave `hours` out: always

## Policy
audience-unknown = a tone is for the audience '{ $audience }', no such audience{ $hint }
    .otherwise = { $known ->
        [none] ; add it to `audiences` of the brand
       *[other] ; known: { $known }
    }
avoided-word-empty = a word to avoid is empty; write it or take it away
word-used-and-avoided = '{ $word }' is to be used and to be avoided ({ $language }); keep one
avoided-word-said = { $place } says '{ $word }' ({ $language }), a word that the policy avoids; write it in other words

## Crisis
committee-missing = there is no crisis committee; add `committee` with its members, a quorum and a spokesperson
member-twice = '{ $role }' is a member of the committee twice; name each role once
quorum-too-large = the quorum is { $quorum }, but the committee has { $members ->
        [one] only 1 member
       *[other] only { $members } members
    }; it could never decide
deputy-is-member = '{ $role }' is stood in for by '{ $deputy }', who is a member too: one person would have two votes; name another deputy
spokesperson-without-deputy = nobody speaks when '{ $role }', the spokesperson, cannot be reached; give the role a `deputy`
scenarios-missing = no worst case is thought through; add `scenarios`, at least the one you fear most
first-hour-too-late = scenario '{ $scenario }': { $within } is beyond the first hour; shorten it, or leave it to the committee
first-hour-out-of-order = scenario '{ $scenario }': { $within } comes after a step of { $before }; put the steps in the order of their times
scenario-unknown = { $what } rehearses scenario '{ $scenario }', no such scenario{ $hint }
    .otherwise = { $known ->
        [none] ; add it to `scenarios`
       *[other] ; known: { $known }
    }
drill-too-often = drill '{ $drill }' comes again within a day; give days: 90d, 180d
drill-not-every-year = no drill comes again within a year; rehearse at least one scenario each year: `every: 180d`

## The plan's own tests
test-expects-unknown = test '{ $test }' expects { $what }, which is not in the plan{ $hint }
test-expects-nothing = test '{ $test }' expects nothing, so it proves nothing; say what must come out
test-without-text = test '{ $test }' has a post with neither `text` nor `reads_as`; give one

## Texts per language
text-missing = { $thing } has no text in { $languages } ({ $place }); readers get another language
answer-missing = { $thing } has no text in { $languages } ({ $place }); whoever answers gets another language
holding-statement-missing = { $thing } has no text in { $languages } ({ $place }); in a crisis there is no time to translate it

## Accepted warnings
accepted-unknown = no warning is called '{ $warning }'{ $hint }
    .otherwise = ; the check tells each code in brackets
accepted-error = '{ $warning }' is an error here and cannot be accepted; mend it
accepted-nothing = '{ $warning }' is accepted, but the check does not tell it any more; take the acceptance away
accepted-nothing-there = '{ $warning }' is accepted at '{ $at }', but the check does not tell it there; correct the place, or take the acceptance away

## A folder of files
source-bad-name = the file name { $name } holds signs that cannot be read; rename it
source-nested = a folder stands among the plan's files; they stand side by side, so move it away
source-no-yaml = the folder holds no .yaml file; copy plans/starter.yaml into it
source-many-files = the folder holds { $count } .yaml files; more than { $most } are refused
source-link-nowhere = the link leads nowhere; put the file itself here
source-link-out = the link leads out of the plan's folder; put the file itself here
source-no-file = this is no file that can be read as a whole; save the plan as a file
source-huge = the file is larger than { $most } bytes; no plan is
source-margin = a part of a plan is written as `key:` lines that begin at the left margin
source-marks = '{ $marks }' begins or ends a document; leave it out, for the files become one text
source-key-twice = key '{ $key }' stands here and in { $file }:{ $line }; keep one

## Watches
watch-rule-empty = the rule is empty; write at least one term, such as acme
watch-not-alone = with this NOT the rule would match every post in which none of its terms stands; say what to look for first: acme NOT jobs
watch-rule-too-deep = more than { $most } parentheses or NOTs inside each other; write the rule flatter
watch-parentheses-empty = nothing stands between these parentheses; write a term or take them away
watch-parenthesis-not-closed = this parenthesis is never closed; add a ')'
watch-parenthesis-not-opened = this parenthesis was never opened; add a '(' or take it away
watch-no-term-after = a term must follow { $operator }, such as acme { $operator } refund; to look for the word itself, quote it: "{ $operator }"
watch-no-term-before = a term must stand before { $operator }, such as acme { $operator } refund; to look for the word itself, quote it: "{ $operator }"
watch-rule-ends = the rule ends where a term must stand
watch-quotation-not-closed = this quotation mark is never closed; add a "
watch-quotation-empty = nothing stands between these quotation marks; write what to look for
watch-no-term-after-modifier = a term must follow '{ $modifier }' at once: { $modifier }Play
watch-no-forms = no inflected forms for language '{ $language }'; there are { $languages }
watch-no-modifier = '{ $modifier }' is no modifier{ $hint } To look for the text itself, quote it: "{ $modifier }{ $term }"
    .otherwise = ; there are exact: and forms:.
watch-operator-in-capitals = '{ $word }': operators are in capitals, { $operator }; to look for it, quote it: "{ $word }"
watch-comma = '{ $word }' ends in a '{ $sign }'; part terms by AND or OR, or quote it: "{ $word }"
watch-no-placeholder = '{ $word }': there is no placeholder *; write forms:{ $bare }, or the words with OR, or quote it: "{ $word }"
watch-minus = '{ $word }': to rule a term out, write NOT { $bare }; to look for it, quote it: "{ $word }"
watch-rule-and-terms = has both `rule` and `terms`; keep one (in a rule, terms are joined by OR)
watch-looks-for-nothing = has neither `rule` nor `terms`; say what to look for, such as terms: [acme]
watch-term-empty = has an empty term; write what to look for, or take it away
watch-term-without-forms = asks for forms of '{ $term }' in '{ $language }'; there are { $languages }
watch-term-like-a-rule = term '{ $term }' reads like a rule, but `terms` are looked for as they stand; write it under `rule`, or in a rule in quotes ("…") if the text itself is meant
watch-term-of-one-letter = term '{ $term }' is one letter and would match far too much; write a longer one, or ask for its exact case (exact:{ $term })
watch-term-of-one-sign = term '{ $term }' is one punctuation mark and would match nearly every post; write a longer one
watch-term-ruled-out = term '{ $term }' stands under `terms` and under `never`; take one away
watch-never-matches = rule '{ $rule }' can never match: what it asks for it also rules out

## The roster
roster-empty = the roster is empty; copy rosters/starter.yaml and change it step by step
roster-role-unknown = { $what } has the role '{ $role }', which the plan does not have{ $hint }
roster-area-unknown = { $what } looks after the area '{ $area }', which the plan does not have{ $hint }
roster-resource-unknown = { $what } decides about the resource '{ $resource }', which the plan does not have{ $hint }
roster-person-unknown = { $what } names '{ $person }', who is not among the people{ $hint }
roster-person-twice = { $what } names '{ $person }' twice; once is enough
roster-role-not-held = { $what }: '{ $person }' does not hold the role '{ $role }'; add it to the person, or name somebody who holds it
roster-language-unknown = { $what }: '{ $language }' is no language we know of; write its ISO 639 code: en, es, pl
roster-network-unknown = { $what }: '{ $network }' is no network we know of{ $hint }
    .otherwise = ; if a connector of yours brings it, leave it as it is
roster-email-missing = { $what } has no e-mail, so no account at the desk: they can be seen in the roster, but not called
roster-email-odd = { $what }: '{ $email }' is no e-mail address
roster-email-twice = { $what } has the e-mail of '{ $other }'; each person has an account of their own
roster-account-missing = { $what }: no account at the desk has the e-mail '{ $email }', so they cannot be called
roster-rotation-days = { $what } hands on every { $given }; turns last whole days: 1d, 7d
roster-rotation-together = { $what } wants { $together } at a time and has { $count }; nobody takes turns
roster-shift-never = { $what } never begins: no day is left to it; give it days, or take it away
roster-hours-overlap = { $what }: two of its stretches overlap; write each hour once
roster-ends-first = { $what } ends before it begins
roster-moment-far = { $what }: the year { $year } is beyond any roster; write a year of this century
roster-instead-of-self = { $what }: they stand in for themselves; name somebody else
roster-swap-alone = { $what } is a swap and does not say with whom; add `instead_of`
roster-override-idle = { $what }: '{ $person }' does not stand as '{ $role }' then, so nothing is taken over
roster-override-on-leave = { $what }: they are on leave then, and are called all the same
roster-doubled = { $what } stands as '{ $role }' twice at once, in '{ $first }' and '{ $second }', first on { $when }
roster-own-deputy = { $what } stands as '{ $role }' and as its deputy '{ $deputy }' at once, first on { $when }: one person, called twice
roster-shift-in-quiet = { $what } is to sleep undisturbed while on duty in '{ $shift }', first on { $when }: only red will reach them
roster-clock-change = { $what } begins or ends at { $at }, which on { $day } the clocks { $how ->
        [skip] skip: it counts as the moment at which they change
       *[repeat] show twice: the first time counts
    }
roster-role-held-by-nobody = nobody holds the role '{ $role }', which the plan calls{ $deputy ->
        [none] {""}
       *[other] ; only its deputy '{ $deputy }' is left
    }
roster-chain-ends-in-nobody = the chain ends with '{ $role }' at step '{ $step }', and nobody holds that role or stands in for it: a post that nobody takes would wait for ever; give somebody the role, with an e-mail
roster-role-without-shift = people hold the role '{ $role }', but no shift ever puts one of them there
roster-gap-idle = { $what }: there is no such gap then; take it away
roster-too-much = { $what }: with it, all shifts together make more than { $most } stretches a quarter; take shifts, hours or people away
roster-too-many-gaps = { $what }: up to here, the accepted gaps last too long together; take away those that are over
roster-too-many-overrides = { $what }: up to here, the overrides touch too many stretches together; take away those that are over
roster-too-much-quiet = { $what } has more than { $most } quiet hours; keep those that count
