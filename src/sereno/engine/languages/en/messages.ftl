# The engine's words in English (Fluent). No language may miss a key: a test compares them.

## What a post is
kind-complaint = complaint
kind-question = question
kind-praise = praise
kind-suggestion = suggestion
kind-news = news
kind-attack = attack
kind-other = something else

## Lights and degrees
light-green = green
light-amber = amber
light-red = red
light-none = no light
degree-none = no light
degree-green = green
degree-amber = amber
degree-red = red

## What a text claims, the gravest
risk-none = no risk
risk-safety = danger to people
risk-discrimination = discrimination or harassment
risk-data = personal data or privacy
risk-fraud = deceit or theft
risk-legal = lawsuit, regulator or consumer authority
risk-vulnerable = harm to vulnerable people or animals
risk-mass = a failure that hits many

## Finer facts of a text
claim-self_harm = the author speaks of harming themselves
claim-threat = violence is threatened
claim-legal_filed = legal steps or a regulator are already under way
claim-legal_threat = legal steps or a claim with an authority are announced
claim-press = the press is already on it
claim-fraud_system = deceit is claimed as a system or by several people
claim-mass = many people are hit
claim-repeat_contact = written or called before without a solution
claim-promised_answer = a promised answer did not come
claim-real_harm = real harm or a sum that hurts is claimed
claim-repeated_failure = the same thing failed again and again
claim-lying = lying or carelessness is plainly reproached
claim-leaving_loudly = a threat to leave and to tell everyone
claim-boycott = others are called to boycott
claim-weighty = it weighs more than an everyday matter

## Topics
topic-delivery = delivery
topic-product_defect = faulty product
topic-assembly = assembly
topic-late_or_unfinished_service = late or unfinished service
topic-billing = billing
topic-contract_price = contract and price
topic-customer_service = customer service
topic-staff_behaviour = behaviour of staff
topic-app_website = app or website
topic-availability = availability
topic-how_to_claim = how to claim
topic-safety = safety
topic-privacy = privacy
topic-other = other

## Linguistic level of a complaint
severity-no_explicit_reproach = no explicit reproach
severity-disapproval = disapproval
severity-accusation = accusation
severity-blame = blame

## Good or bad for our reputation
polarity-negative = negative
polarity-neutral = neutral
polarity-positive = positive

## Watches, authors, storms, places
watch-brand = our brand
watch-product = our product
watch-person = one of our people
watch-competitor = a competitor
watch-sector = our sector
author-journalist = journalist
author-influencer = influencer
author-competitor = competitor
author-employee = employee
author-suspected_bot = suspected bot
storm-stirring = stirring
storm-rising = rising
storm-storm = at full strength
place-post = post
place-comment = comment
place-direct_message = direct message
place-review = review
place-story = story
place-article = article
place-mail = mail
visibility-public = public
visibility-private = private

## Networks
network-x = X
network-facebook = Facebook
network-instagram = Instagram
network-tiktok = TikTok
network-youtube = YouTube
network-reddit = Reddit
network-mastodon = Mastodon
network-bluesky = Bluesky
network-telegram = Telegram
network-linkedin = LinkedIn
network-whatsapp = WhatsApp
network-google = Google
network-google_reviews = Google reviews
network-trustpilot = Trustpilot
network-wordpress = WordPress
network-email = e-mail
network-rss = RSS
network-web = the web
network-news = the news
network-blog = a blog
network-forum = a forum
network-reviews = a review site
network-unknown = an unknown network

## Lengths of time
unit-day = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
unit-hour = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
unit-minute = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}

## Why: what was found, beside what the plan asks
found-kind = the text reads as: { $found }
found-risk = the text claims: { $found }
found-claims = { $found }
found-severity = wording: { $found } (the plan asks for { $asked } or stronger)
found-polarity = for our reputation: { $found }
found-complaint = a complaint with a probability of { $found }%, the plan's line is { $asked }%
found-hostile = hostile with a probability of { $found }%, the plan's line is { $asked }%
found-call_to_action = a call to action with a probability of { $found }%, the plan's line is { $asked }%
found-topic = topic: { $found }
found-language = language: { $found }
found-about = about { $found }
found-network = network: { $found }
found-place = place: { $found }
found-visibility = visibility: { $found }
found-text_light = the text alone is { $found }
found-reach = { $found ->
    [one] the author reaches { $found } follower
   *[other] the author reaches { $found } followers
}, the plan's line is { $asked }
found-reach-network = { $found ->
    [one] the author reaches { $found } follower
   *[other] the author reaches { $found } followers
}, the plan's line on { $network } is { $asked }
found-shares = { $found ->
    [one] shared once
   *[other] shared { $found } times
}, the plan's line is { $asked }
found-shares_per_hour = { $found ->
    [one] { $found } share an hour
   *[other] { $found } shares an hour
}, the plan's line is { $asked }
found-repeat_contact = { $found ->
    [one] they wrote once before in this matter
   *[other] they wrote { $found } times before in this matter
}
found-open_promise = a promise of ours to them is still open
found-story = { $found ->
    [one] { $found } person tells this
   *[other] { $found } people tell the same
}, the plan's line is { $asked }
found-storm = storm: { $found }
found-author_type = author: { $found }
found-rating = { $found ->
    [one] { $found } star
   *[other] { $found } stars
}, the plan's line is { $asked }

## Why there is no light, and detours
reason-no-light = No rule of the plan gives a light · the text reads as: { $kind }
reason-own-post = Written by one of our own accounts
reason-another-party = About { $about }, not about us
reason-unsupported-language = Written in { $written }; this brand answers in { $languages }
reason-called-also = To be called at once: { $role }
reason-called-first = Called by name, before the chain: { $role }
reason-guide = Read first: “{ $guide }”

## A rule of the plan as a sentence
rule-sentence = { $title } → { $light }, when { $conditions }
rule-calls-also = { $role } is called at once, with the chain
rule-calls-first = { $role } is called first; the chain follows if nobody acknowledges
rule-guide = the guide “{ $guide }” is read first
asks-kind = the text reads as { $asked }
asks-risk = the text claims { $asked }
asks-claims = one of these is said: { $asked }
asks-severity = the wording is { $asked } or stronger
asks-polarity = it is { $asked } for our reputation
asks-complaint = it is a complaint with a probability of { $asked }% or more
asks-hostile = it is hostile with a probability of { $asked }% or more
asks-call_to_action = it calls to action with a probability of { $asked }% or more
asks-topic = the topic is { $asked }
asks-language = the language is { $asked }
asks-about = it is about { $asked }
asks-network = the network is { $asked }
asks-place = the place is { $asked }
asks-visibility = the visibility is { $asked }
asks-text_light = the text alone is { $asked } or graver
asks-reach = the author has { $asked } or more
asks-shares = it was shared { $asked } times or more
asks-shares_per_hour = it gains { $asked } shares an hour or more
asks-repeat_contact = { $asked ->
    [one] they wrote before in the same matter
   *[other] they wrote { $asked } times before in the same matter, or more
}
asks-open_promise = a promise of ours to them is still open
asks-story = { $asked } people or more tell the same
asks-storm = a storm is in this state or further: { $asked }
asks-author_type = the author is: { $asked }
asks-rating = it has { $asked } stars or fewer

## The plan's own tests: what was expected, and what came
trial-missed = { $what }: expected { $expected }; what came: { $came }
trial-rule-came = The rule { $rule } should not match, and it does
trial-at = The moment is out of reach: a test's year lies between { $first } and { $last }
trial-light = Light
trial-rule = Rules that match
trial-not-rule = Not the rule
trial-step = Step of the chain
trial-role = Whose turn it is
trial-area = Area
trial-called = Who is called by name
trial-guide = Guide
trial-wakes = Somebody is told at once
trial-first-answer-by = First answer due
trial-scenario = Scenario proposed
trial-nothing = nothing
trial-nobody = nobody
trial-yes = yes
trial-no = no

## The whole plan in words
trial-expected = { $what }: { $expected }
told-part-brand = Whose plan it is
told-part-duty_hours = Duty hours
told-part-roles = Roles
told-part-areas = Areas
told-part-watches = What we look for
told-part-reach = How far an author reaches
told-part-lights = What makes a post red, amber or green
told-part-guides = Guides
told-part-targets = By when
told-part-statutory = Deadlines of the law
told-part-chain = The decision chain
told-part-languages = Other languages
told-part-catalogue = Complaints and the substance of their answers
told-part-policy = How we speak
told-part-resources = What may be offered, and its limits
told-part-committee = The crisis committee
told-part-scenarios = Worst cases
told-part-drills = Drills
told-part-tests = What this plan must do
told-part-accepted = Warnings that were accepted
told-quoted = “{ $text }”
told-area-owner = the owner of the area
told-brand = This is the plan of { $brand }, which answers in { $languages }.
told-brand-zone = Its clock: { $zone }.
told-brand-zone-country = Its clock: { $zone }. Its law and public holidays: { $country }.
told-audience = { $audience } are spoken to in their own way.
told-audience-on = { $audience } are spoken to in their own way, mostly on { $networks }.
told-languages = A post in another language goes to the step “{ $step }”; a red one takes its usual way.
told-watch-terms = { $watch } ({ $kind }): posts that say { $terms }.
told-watch-rule = { $watch } ({ $kind }): posts that fit “{ $rule }”.
told-watch-never = Never one that says { $terms }.
told-term-exact = { $term } exactly as written
told-term-forms = { $term } in any of its inflected forms ({ $languages })
told-reach = { $level }: more than { $lines }.
told-reach-on = { $followers } followers on { $network }
told-reach-elsewhere = { $followers } elsewhere
told-role = { $role }.
told-role-deputy = { $role }; where nobody of this role can be reached, { $deputy } stands in.
told-area = { $area }: { $owner } looks after { $topics }.
told-area-rest = { $area }: { $owner } looks after all that no other area does.
told-area-deputy = { $deputy } stands in.
told-step = { $number }. { $step }
told-step-enters = Posts enter the chain here when their light is: { $degrees }.
told-step-calls = { $role } is called and has { $length } to acknowledge, counted { $clock }.
told-step-then = If nobody does, the step “{ $step }” follows.
told-step-ends = The chain ends here: nobody else is called.
told-clock-duty = in duty hours
told-clock-always = day and night
told-committee-members = Its members: { $members }.
told-member-deputy = { $role } (deputy: { $deputy })
told-committee-quorum = { $quorum } of { $members } members, or their deputies, must be there to decide, within { $length } of the call, day and night.
told-committee-spokesperson = While a crisis lasts, one role alone speaks for the brand: { $role }.
told-committee-meets = It meets here: { $where }
told-days = { $first } to { $last }
told-hours = { $days }: { $hours }
told-no-hours = nobody is on duty
told-whole-day = all day and all night
told-holidays-count = Public holidays are duty days like any other.
told-holidays-free = The public holidays of this country are no duty days: { $country }.
told-target = { $degree }: acknowledged within { $acknowledge }, first answer within { $first }, each further answer within { $next }, solved within { $resolution }; counted { $clock }.
told-statutory = { $country }: { $days ->
    [one] { $days } calendar day
   *[other] { $days } calendar days
} to answer complaints of the type { $types } ({ $law }).
told-statutory-all = { $country }: { $days ->
    [one] { $days } calendar day
   *[other] { $days } calendar days
} to answer any complaint ({ $law }).
told-entry = { $title } (topic: { $topic })
told-entry-on = { $title } (topic: { $topic }; only on { $networks })
told-entry-examples = Such as: { $examples }
told-entry-substance = The facts to give: { $text }
told-entry-claim = The route to a claim: { $text }
told-entry-documents = Asked for in private: { $text }
told-entry-if-valid = If it is confirmed: { $text }
told-entry-if-false = If it is not so: { $text }
told-entry-decides = Who decides: { $role }.
told-tone = Our tone: { $tone }
told-tone-on = { $code ->
    [email] By e-mail
    [news] In the news
   *[other] On { $network }
}: { $tone }
told-tone-to = To { $audience }: { $tone }
told-use = Words of ours in { $spoken }: { $words }.
told-avoid = Never { $words }: { $why }
told-instead = Instead: { $text }
told-resource = { $title }: may be offered by { $roles }.
told-resource-up-to = At most { $amount } a case.
told-resource-up-to-above = At most { $amount } a case; beyond that decides: { $role }.
told-resource-legal = Legal has to see it first.
told-resource-hours = Opening hours, { $hours }.
told-scenario-trigger = Proposed for a red post when { $conditions }.
told-scenario-or = Or when { $conditions }.
told-first-hour = Within { $length }, { $role }: { $do }
told-holding = The first statement: { $text }
told-scenario-speaks = Who speaks: { $role }.
told-drill = “{ $scenario }” is rehearsed on { $date }.
told-drill-every = Then again every { $length }.
told-drill-roles = Who takes part: { $roles }.
told-drill-committee = The whole committee takes part.
told-drill-announced = It is announced.
told-drill-surprise = It comes as a surprise.
told-test = { $test }: { $post }; { $at } → { $expected }
told-test-followers = { $followers ->
    [one] { $followers } follower
   *[other] { $followers } followers
}
told-closed = closed
told-list-and = { $rest }; and { $last }
told-list-or = { $rest }; or { $last }
told-test-reads_as = read as: { $value }
told-test-language = language: { $value }
told-test-severity = wording: { $value }
told-test-polarity = { $value } for our reputation
told-test-hostile = hostile with a probability of { $value }%
told-test-call_to_action = a call to action with a probability of { $value }%
told-test-place = place: { $value }
told-test-visibility = visibility: { $value }
told-test-about = about { $value }
told-test-country = country: { $value }
told-test-author_type = author: { $value }
told-test-storm = storm: { $value }
told-test-open_promise = a promise of ours to them is still open
told-test-shares = { $value ->
    [one] shared once
   *[other] shared { $value } times
}
told-test-shares_per_hour = { $value ->
    [one] { $value } share an hour
   *[other] { $value } shares an hour
}
told-test-repeat_contact = { $value ->
    [one] wrote once before in this matter
   *[other] wrote { $value } times before in this matter
}
told-test-story = { $value ->
    [one] { $value } person tells this
   *[other] { $value } people tell the same
}
told-test-rating = { $value ->
    [one] { $value } star
   *[other] { $value } stars
}
told-accepted = The warning { $warning } is accepted: { $reason }
told-accepted-at = The warning { $warning } at { $at } is accepted: { $reason }

## A plan replayed over the past: the report of the command line
replay-title = What would change
replay-title-alone = What this plan would have done
replay-plans = { $after }, against { $before }
replay-lede = { $posts ->
    [one] { $posts } post was replayed
   *[other] { $posts } posts were replayed
}; { $changed ->
    [0] none gets another light, route or deadline.
    [one] { $changed } gets another light, route or deadline.
   *[other] { $changed } get another light, route or deadline.
}
replay-lede-alone = { $posts ->
    [one] { $posts } post was replayed.
   *[other] { $posts } posts were replayed.
}
replay-span = They came between { $first } and { $last } (clock: { $zone }).
replay-red = { $more ->
    [0] None becomes red
    [one] { $more } becomes red
   *[other] { $more } become red
}, { $less ->
    [0] none stops being red.
    [one] { $less } stops being red.
   *[other] { $less } stop being red.
}
replay-woken = Posts that wake somebody: { $before } before, { $after } after.
replay-woken-alone = Posts that wake somebody: { $after }.
replay-none-about-us = No post is about the brand.
replay-before = before
replay-after = after
replay-light = Light
replay-lights = Lights
replay-lights-how = A row for the light before, a column for the light after.
replay-becomes-red = become red
replay-stops-red = stop being red
replay-changed = change
replay-woken-short = wake somebody
replay-alarms = Who is woken
replay-role = Role
replay-posts = Posts
replay-load = Work by role
replay-load-hour = Posts by role and hour of the day
replay-load-how = Dashed: before. Solid: after.
replay-load-table = The same as a table
replay-people = People
replay-hours = Hours of work
replay-overloaded = Overloaded hours
replay-late = Late first answers, reckoned
replay-answered = Late first answers, as given then
replay-decided = Against what the team decided
replay-decided-how = { $known ->
    [one] The team decided { $known } of these posts
   *[other] The team decided { $known } of these posts
}, { $red } of them red.
replay-false-alarms = False alarms
replay-misses = Misses
replay-changes = The posts that change
replay-changes-alone = The gravest posts
replay-shown = { $shown } of { $all } are shown, the weightiest first.
replay-when = Arrived
replay-post = Post
replay-turn = Whose turn
replay-first-answer = First answer by
replay-why = Why
replay-none = none
replay-nothing = Nothing changes.
replay-sorts = A press on a heading sorts by it.
replay-how = How this was reckoned
replay-how-model = Texts were read by { $model }; readings are kept and are not made twice.
replay-how-contexts = What is known besides the text was made again from the file, by the time of the events: who had written before. Shares, reach and stars are those of the file. What it does not tell (open promises, speed, storms, who is a journalist) counts as not there, so a plan that asks for it shows less here than on duty.
replay-how-live = Each post counts as if it had come in when it was written: it wakes people and starts deadlines.
replay-how-load = Work: each post that starts a deadline goes to the role whose turn it is, { $minutes } minutes each. An hour is overloaded when more work comes in than the people of that role can do in it.
replay-how-queue = Late answers are reckoned with a queue for each role: the gravest post first, then the one that came first, with the people on duty, in duty hours where the chain counts in them. Nobody is ill or interrupted: it is no forecast, and only says which plan asks more of the same people.
replay-how-people = People on duty: as many as stand in the table, day and night, one where no number was given. No roster was given.
replay-how-roster = People on duty: those whom roster { $roster } puts there at each hour of the past; leave, holidays, swaps and gaps count. They are counted as heads, whatever networks and languages they watch, and deputies are not counted.
replay-how-given = By a number instead of the roster, day and night: { $given }.
replay-nobody-there = Nobody there
replay-nobody = Nobody is on duty as { $role } when the clock of a post begins to run; posts: { $before } before, { $after } after.
replay-nobody-alone = Nobody is on duty as { $role } when the clock of a post begins to run: { $after ->
    [one] { $after } post.
   *[other] { $after } posts.
}
replay-undated = { $count ->
    [one] { $count } post had no date
   *[other] { $count } posts had no date
} and counts as arrived when the replay ran.

## What differs between two plans
change-entry = { $part } ‘{ $name }’
change-entry-titled = { $part } ‘{ $title }’ ({ $name })
change-entry-added = Added: { $what }
change-entry-removed = Removed: { $what }
change-moved = Moved: { $what }, from place { $before } to place { $after }
change-changed = { $what }: { $before } → { $after }
change-added = { $what }: nothing → { $after }
change-removed = { $what }: { $before } → nothing
change-value-true = yes
change-value-false = no
change-clock-duty = in duty hours
change-clock-always = round the clock
change-chain-also = also
change-chain-waits = waits
change-default = elsewhere
change-area_owner = the owner of the area
change-part-sereno_plan = version of the format
change-part-plan = name of the plan
change-part-version = version
change-part-brand = brand
change-part-duty_hours = duty hours
change-part-roles = role
change-part-areas = area
change-part-watches = watch
change-part-reach = level of reach
change-part-lights = rule
change-part-guides = guide
change-part-targets = target for
change-part-statutory = deadline of the law
change-part-chain = step
change-part-catalogue = complaint type
change-part-policy = communication policy
change-part-resources = resource
change-part-committee = crisis committee
change-part-scenarios = scenario
change-part-drills = drill
change-part-languages = other languages
change-part-tests = test
change-part-accepted = accepted warning
change-field-about = what it is about
change-field-above = decides beyond the limit
change-field-accepted = accepted warnings
change-field-acknowledge = acknowledged within
change-field-acknowledge_within = acknowledged within
change-field-announced = announced
change-field-area = area
change-field-areas = areas
change-field-assembles_within = assembled within
change-field-at = when or where
change-field-audience = audience
change-field-audiences = audiences
change-field-author_type = who writes
change-field-avoid = words to avoid
change-field-brand = brand
change-field-call_to_action = call to action
change-field-called = called by name
change-field-catalogue = catalogue
change-field-chain = chain
change-field-claim = route to a claim
change-field-claims = what is said
change-field-clock = clock
change-field-committee = committee
change-field-complaint = probability of a complaint
change-field-country = country
change-field-days = days
change-field-decides = decides
change-field-degree = light
change-field-degrees = lights
change-field-deputy = deputy
change-field-do = what to do
change-field-documents = documents
change-field-drill = drill
change-field-drills = drills
change-field-duty_hours = duty hours
change-field-every = every
change-field-exact = exactly as written
change-field-examples = examples
change-field-expect = what is expected
change-field-first = first time
change-field-first_answer = first answer
change-field-first_answer_by = first answer by
change-field-first_hour = first hour
change-field-followers = followers
change-field-forms = inflected forms
change-field-guide = guide
change-field-guides = guides
change-field-holding = holding statement
change-field-holidays = public holidays are duty days
change-field-hostile = hostility
change-field-hours = opening hours
change-field-if_false = answer where it is false
change-field-if_valid = answer where it is valid
change-field-instead = instead
change-field-kind = kind
change-field-language = language
change-field-languages = languages
change-field-law = law
change-field-legal_review = legal sees it first
change-field-level = level
change-field-light = light
change-field-lights = rules
change-field-limits = limits
change-field-meets = where it meets
change-field-members = members
change-field-name = name
change-field-network = network
change-field-networks = networks
change-field-never = never with
change-field-next_answer = next answer
change-field-not_rule = rule that must not apply
change-field-number = number
change-field-numbers = telephone numbers
change-field-offered_by = offered by
change-field-open_promise = open promise
change-field-owner = owner
change-field-place = place
change-field-plan = plan
change-field-polarity = for our reputation
change-field-policy = policy
change-field-post = post
change-field-quorum = quorum
change-field-rating = stars
change-field-reach = reach
change-field-reads_as = what the text says
change-field-reason = reason
change-field-repeat_contact = earlier posts
change-field-resolution = resolution
change-field-resource = resource
change-field-resources = resources
change-field-risk = risk
change-field-role = role
change-field-roles = roles
change-field-route = called at once
change-field-rule = rule
change-field-scenario = scenario
change-field-scenarios = scenarios
change-field-sereno_plan = version of the format
change-field-severity = wording
change-field-shares = shares
change-field-shares_per_hour = shares an hour
change-field-spokesperson = spokesperson
change-field-statutory = deadlines of the law
change-field-step = step
change-field-steps = steps
change-field-storm = storm
change-field-story = people who tell the same
change-field-substance = substance of the answer
change-field-targets = targets
change-field-term = term
change-field-terms = terms
change-field-test = test
change-field-tests = tests
change-field-text = text
change-field-text_light = light of the text alone
change-field-then = if nobody takes it
change-field-timezone = time zone
change-field-title = title
change-field-to = for
change-field-tone = tone
change-field-topic = topic
change-field-topics = topics
change-field-triggers = known by
change-field-type = type
change-field-types = complaint types
change-field-unsupported_step = step that takes them
change-field-up_to = up to
change-field-use = words to use
change-field-version = version
change-field-visibility = visibility
change-field-wakes = wakes somebody
change-field-warning = warning
change-field-watch = watch
change-field-watches = watches
change-field-when = conditions
change-field-why = why
change-field-within = within
change-field-words = words

## Why an edit of the plan is refused
edit-layout = this place is written in a way that cannot be edited here; change it in the text
edit-unreadable = the plan's text cannot be read, so nothing is changed in it: line { $line }: { $why }
edit-whole = the whole plan cannot be removed; discard the draft instead
edit-no-place = { $place } has { $count } items; there is no place { $index } in it
edit-no-item = { $place } is no item of a list; only items can be moved
edit-no-list = { $place } is no list; an item cannot be put into it
edit-no-keys = { $place } holds no keys; there is no place for '{ $name }' in it
edit-missing = there is no { $place } in the plan
edit-missing-near = there is no { $place } in the plan; did you mean '{ $near }'?
edit-missing-item = there is no { $place } in the plan; the list has { $count } items
edit-alias = '*{ $anchor }' stands here for what is written at '&{ $anchor }'; change it there, or write the value out in the text
edit-anchor = '&{ $anchor }' is used in other places too ('*{ $anchor }'), which would change unseen; write the values out in the text
edit-shared-line = the list begins on the line of another; give it lines of its own in the text first
edit-too-deep = the value is nested deeper than { $most } levels
edit-key-type = { $name } cannot be a key; keys are texts
edit-no-number = { $value } is no number that a plan can hold
edit-half-sign = the text holds half a character (a lone surrogate); write it anew
edit-value-type = a { $type } has no place in a plan; texts, numbers, true and false, lists and mappings have

## The command line: who would be called, the check, the tests
who-title = { $light }, { $at } ({ $duty }), area: { $area }
who-on-duty = in duty hours
who-off-duty = outside duty hours
who-no-area = none
who-call = { $number }. { $title } ({ $role }): would be called { $called }, acknowledging by { $by }
who-again = again
who-deputy = deputy: { $title } ({ $role })
who-area-unknown = --area: '{ $name }' is no area of the plan; known: { $known }
who-area-unknown-near = --area: '{ $name }' is no area of the plan; did you mean '{ $near }'?
who-rule-unknown = --rule: '{ $name }' is no light rule of the plan; known: { $known }
who-rule-unknown-near = --rule: '{ $name }' is no light rule of the plan; did you mean '{ $near }'?
who-light-or-rule = say either --light, such as --light red, or --rule with the name of a light rule
who-roles-only = Roles only: a roster says which people fill them.
check-sound = { $plan }: { $rules ->
    [one] { $rules } light rule
   *[other] { $rules } light rules
}, { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
}, no faults
check-warning = warning
test-why = why: { $why }
test-named = test { $test }
test-none = { $plan }: no tests; write some under `tests`, docs/plan-format.md tells how
test-all-passed = { $plan }: { $count ->
    [one] { $count } test
   *[other] { $count } tests
}, all passed
test-some-failed = { $plan }: { $count ->
    [one] { $count } test
   *[other] { $count } tests
}, { $passed } passed, { $failed } failed
test-read-by = texts read by { $models }

## The command line: who is on duty, where nobody is, how long anybody waits, whether all is well
who-people-on-duty = on duty: { $people }
who-people-deputy = stands in: { $people }
who-people-everybody = nobody on duty, so everybody of it: { $people }
who-people-nobody = nobody on duty: the next step is called at once; the last one calls everybody who holds its role
file-unknown-plan = '{ $name }' is neither a file, nor a folder, nor a shipped plan; shipped plans: { $known }
file-unknown-plan-near = '{ $name }' is neither a file, nor a folder, nor a shipped plan; did you mean '{ $near }'?
file-unknown-roster = '{ $name }' is neither a file nor a shipped roster; shipped rosters: { $known }
file-unknown-roster-near = '{ $name }' is neither a file nor a shipped roster; did you mean '{ $near }'?
file-unreadable = { $name } cannot be read (the system says: { $why }); look at its place and its rights
duty-role = { $title } ({ $role })
duty-nobody = nobody
duty-instead = { $name } (for { $other })
duty-sound = { $roster }: { $people ->
    [one] { $people } person
   *[other] { $people } people
}, { $shifts ->
    [one] { $shifts } shift
   *[other] { $shifts } shifts
}, no faults
duty-role-unknown = --role: '{ $role }' is no role of plan { $plan }; known: { $known }
duty-role-unknown-near = --role: '{ $role }' is no role of plan { $plan }; did you mean '{ $near }'?
duty-no-moment = { $option }: '{ $given }' is no moment; write it as 2026-12-24 or 2026-12-24T23:30
duty-far-moment = { $option }: the year { $year } lies beyond every roster; give one from { $first } to { $last }
duty-span = { $start } to { $end }: the end must come after the beginning, at most three years later
duty-on = { $role }: { $people }
duty-on-until = { $role }: { $people } until { $until }
duty-on-then = { $role }: { $people } until { $until }; then { $next }
duty-on-then-from = { $role }: { $people } until { $until }; then { $next } from { $from }
duty-stretch = { $from } to { $to }
duty-gap = { $stretch }  { $role }: { $missing }
duty-gap-nobody = nobody
duty-gap-nobody-for = nobody for { $what }
duty-gap-deputy = { $missing }; the deputy is there
duty-gap-decided = { $missing }; by decision: { $reason }
duty-gaps-sum = { $roster }: { $gaps ->
    [one] { $gaps } gap
   *[other] { $gaps } gaps
}, { $hours } h
duty-gaps-decided = { $sum }; { $decided } more by decision
duty-worst-of = { $light } ({ $areas })
duty-worst-by-name = { $light }, { $role } called by name
duty-worst = { $of }: { $wait }
duty-worst-at-once = a human would be called at once
duty-worst-within = a human would be called within { $span } (arriving { $at })
duty-worst-last-at-once = and the last step of the chain at once
duty-worst-last-within = and the last step of the chain within { $span } (arriving { $at })
duty-worst-off-duty = nobody on duty is left: people off duty would be called { $stretches }
duty-worst-nobody = THE CHAIN ENDS IN NOBODY { $stretches }
duty-worst-name-nobody = NOBODY WOULD BE CALLED { $stretches }
duty-and-more = { $stretches }, and { $count ->
    [one] { $count } more time
   *[other] { $count } more times
}
duty-simulated-cases = red cases
duty-simulated-acknowledged = acknowledged
duty-simulated-missed = missed
duty-simulated-doubled = doubled
duty-simulated-late = later than the proof says
duty-simulated-calls = calls
duty-simulated-deaths = times the worker died
duty-simulated-races = times a second worker was refused
duty-simulated-at = acknowledged at { $step }
health-wrong = WRONG
health-look = worth a look
health-finding = { $severity }: { $what }
health-finding-of = { $severity }, { $brand }: { $what }
health-ran = { $count ->
    [one] { $count } late call was run just now.
   *[other] { $count } late calls were run just now.
}
health-not-told = The monitor outside could not be told ({ $fault }); look at SERENO_HEARTBEAT_URL.
health-monitor-answered = the monitor answered { $status }
health-withheld = The monitor outside is not told that all is well.
health-no-database = the database cannot be asked ({ $error }); look at DATABASE_URL
health-well = All is well.
health-well-told = All is well. The monitor outside was told.
