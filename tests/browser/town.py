"""A small town for the browser: brands, people and posts, filled in by a process of its own beside a real server.

Reads commands from standard input, one JSON object a line, and answers each with one line, so that a test can let a
post arrive while the browser looks on: `{"do": "arrive", "text": "…", "author": "Ewa"}`.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sereno.desk.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from sereno.desk.accounts.actions import add_brand, add_person, give_role  # noqa: E402
from sereno.desk.accounts.models import Brand, Role, User  # noqa: E402
from sereno.desk.cases.actions import take  # noqa: E402
from sereno.desk.cases.arrivals import work_through  # noqa: E402
from sereno.desk.cases.models import Case  # noqa: E402
from sereno.desk.intake.models import Author, AuthorIdentity, Post, PostText, RawBody, RawRecord, Source  # noqa: E402
from sereno.desk.plans.actions import confirm_known, put_in_force  # noqa: E402
from sereno.desk.plans.drafting import start_draft  # noqa: E402
from sereno.desk.plans.queries import version_in_force  # noqa: E402
from sereno.desk.replays.running import work_on_replays  # noqa: E402
from sereno.engine.fold import fold  # noqa: E402
from sereno.engine.read import Evidence  # noqa: E402
from tests.fakes import FakeReader  # noqa: E402

PASSWORD = "calm-night-2026"
PLAN = Path(__file__).parents[2] / "plans" / "starter.yaml"
reader = FakeReader()


def now() -> datetime:
    return datetime.now(UTC)


def brand(slug: str, name: str) -> Brand:
    added = add_brand(slug=slug, name=name, by=None, now=now())
    put_in_force(added, text=PLAN.read_text().replace("Your Brand", name), name="starter.yaml", by=None, now=now())
    Source.objects.create(
        brand=added, kind="webhook", name="Review portal", public_id=f"{slug}-portal", settings={"all_about_us": True},
        last_post_at=now(), last_ok_at=now(),
    )  # fmt: skip
    return added


def person(name: str, language: str, brands: list[Brand], role: Role = Role.OWNER, **wishes: str) -> User:
    email = f"{name.split()[0].lower()}@acme.example"
    user = add_person(
        email=email, name=name, password=PASSWORD, by=None, now=now(), language=language, timezone="Europe/Madrid"
    )
    User.objects.filter(pk=user.pk).update(**wishes)
    for one in brands:
        give_role(user, one, role, by=None, now=now())
    return user


def arrive(
    text: str,
    *,
    slug: str = "acme",
    author: str = "Marta Nowak",
    handle: str = "",
    network: str = "x",
    followers: int | None = None,
    minutes_ago: float = 0,
    marked: tuple[str, ...] = (),
    in_reply_to: str = "",
    conversation: str = "",
    own: bool = False,
    url: str = "",
    name: str = "",
    judge: bool = True,
    **says: Any,
) -> str:
    """Store a post and let it be judged; returns its name on the network. `marked` are the words that mattered."""
    into = Brand.objects.get(slug=slug)
    at = now() - timedelta(minutes=minutes_ago)
    name = name or f"post-{Post.objects.count()}"
    who, created = Author.objects.get_or_create(
        brand=into, network=network, external_id=f"{author}", defaults={"first_seen_at": at, "followers": followers}
    )
    if created:
        AuthorIdentity.objects.create(author=who, handle=handle, name=author)
    post = Post.objects.create(
        brand=into, network=network, external_id=name, author=who, source=Source.objects.filter(brand=into)[0],
        created_at=at, received_at=at, own=own, in_reply_to=in_reply_to, conversation=conversation,
    )  # fmt: skip
    PostText.objects.create(post=post, text=text, folded=fold(text), url=url)
    signal = next((f"risk.{risk}" for risk in says.get("risks", ())), None) or next(
        (f"claims.{claim}" for claim in says.get("claims", ())), "kind"
    )
    evidence = tuple(Evidence(signal, text.index(word), text.index(word) + len(word)) for word in marked)
    if "claims" in says:
        says["claims"] = frozenset(says["claims"])
    if "risks" in says:
        says["risks"] = tuple(says["risks"])
    reader.says(text, **{"evidence": evidence, **says})
    if judge:
        work()
    return name


def work() -> None:
    while work_through(now=now(), reader=reader, limit=500):
        pass


def settle() -> None:
    """Two brands, four people, and a dozen posts that show what the pages must bear."""
    acme = brand("acme", "Acme Home")
    brand("other", "Other Brand")
    person("Ana Ruiz", "en", [acme, Brand.objects.get(slug="other")])
    person("Elena Sanz", "es", [acme])
    person("Kasia Wrona", "pl", [acme])
    person("Dark Knight", "en", [acme], theme="dark", density="compact")
    person("Audra Silent", "en", [acme], Role.AUDITOR)
    person("Empty Eve", "en", [brand("empty", "Nothing Yet")])
    Source.objects.create(
        brand=acme, kind="rss", name="Blog comments", public_id="blog", settings={"url": "https://blog.example/feed"},
        failures=3, last_error="blog.example answered 404 Not Found; check the address of the feed.",
        last_post_at=now() - timedelta(days=2), next_poll_at=now() + timedelta(minutes=14),
    )  # fmt: skip
    posts()
    broken(acme)
    Case.objects.filter(light="green").first() and take(
        Case.objects.filter(light="green").first(), by=User.objects.get(name="Elena Sanz"), now=now()
    )


def posts() -> None:
    kettle = arrive(
        "The new kettle caught fire while my son stood next to it. We were lucky. Nobody at Acme answers the phone.",
        author="Marta Nowak", handle="martan", followers=24_300, minutes_ago=46, kind="complaint", risks=["safety"],
        topic="safety", marked=("caught fire", "my son"), url="https://x.example/martan/1", name="kettle",
    )  # fmt: skip
    arrive("Same here, ours melted in March!", author="Tom B", minutes_ago=40, in_reply_to=kettle, conversation=kettle,
           kind="other")  # fmt: skip
    arrive(
        "Llevo tres semanas esperando el armario y nadie me da una fecha. Una vergüenza.", author="Lucía Pérez",
        network="instagram", followers=640, minutes_ago=130, kind="complaint", topic="delivery", language="es",
        claims=["repeat_contact"], marked=("tres semanas esperando",),
    )  # fmt: skip
    arrive(
        "Zażółć gęślą jaźń — a reklamacja leży od miesiąca. Zgłaszam sprawę do UOKiK.", author="Łukasz Śliwiński",
        network="facebook", followers=1_204, minutes_ago=300, kind="complaint", topic="how_to_claim", language="pl",
        risks=["legal"], claims=["legal_filed"], marked=("Zgłaszam sprawę do UOKiK",),
    )  # fmt: skip
    arrive("Screws were missing from the box, how do I get them?", author="Joe", minutes_ago=25, kind="complaint",
           topic="assembly", marked=("missing",))  # fmt: skip
    arrive("Do you open on Sundays in Sevilla?", author="Pilar", minutes_ago=15, kind="question", topic="availability")
    arrive("Love my new sofa, thank you Acme!", author="Ines", network="instagram", followers=90, minutes_ago=12,
           kind="praise", polarity="positive")  # fmt: skip
    arrive("<script>alert('x')</script> your shop <b>stole</b> my money", author="<script>alert(1)</script>",
           handle="<img src=x onerror=alert(2)>", minutes_ago=9, kind="complaint", topic="billing", marked=("stole",),
           url="javascript:alert(3)")  # fmt: skip
    arrive("طلبت طاولة قبل شهر ولم تصل حتى الآن. خدمة سيئة جدا!", author="سارة الأحمد", network="facebook",
           followers=18_000, minutes_ago=7, kind="complaint", topic="delivery", language="ar")  # fmt: skip
    arrive("Nooooo" + "o" * 4990 + "!!!!", author="W" * 90, minutes_ago=5, kind="complaint", topic="other")
    answered = arrive("My parcel came open.", author="Piotr", minutes_ago=90, kind="complaint", topic="delivery")
    arrive("Dear Piotr, we are sorry. A new one leaves today; please keep the open one for the courier.",
           author="Acme Home", own=True, minutes_ago=60, in_reply_to=answered, conversation=answered)  # fmt: skip


def haven() -> None:
    """A brand of its own where people are in danger and others are rude; three people who help there."""
    of = brand("haven", "Haven")
    for name, language in (("Hanna Bell", "en"), ("Hugo Sanz", "es"), ("Halina Zych", "pl")):
        person(name, language, [of], Role.SAFETY_CONTACT)
    arrive("Is the loan stopped now? I cannot go on, I want to end it tonight.", slug="haven",
           author="Rose", minutes_ago=4, kind="question", claims=["self_harm"], topic="billing",
           marked=("end it tonight",))  # fmt: skip
    arrive("Tomorrow I come to your shop and break his arms, you rats.", slug="haven", author="Rob", minutes_ago=3,
           kind="attack", claims=["threat"], hostile=0.9, topic="staff_behaviour",
           marked=("break his arms",))  # fmt: skip
    arrive("The kettle leaks a little.", slug="haven", author="Kim", minutes_ago=2, kind="complaint",
           topic="product_defect", marked=("leaks",))  # fmt: skip


def broken(of: Brand) -> None:
    record = RawRecord.objects.create(
        brand=of, source=Source.objects.filter(brand=of)[0], key="dead-1", via="webhook", received_at=now(),
        state=RawRecord.State.DEAD, place="posts.jsonl:42", error="not JSON (line 1): one JSON object a line",
    )  # fmt: skip
    RawBody.objects.create(record=record, body=b'{"id": "7", "text": "<b>half a rec')


def many(count: int, slug: str = "acme") -> None:
    """Many ordinary complaints of many people."""
    with transaction.atomic():
        for number in range(count):
            text = f"Delivery number {number} is late and nobody tells me why."
            arrive(text, slug=slug, author=f"Customer {number}",
                   minutes_ago=400 + number, kind="complaint", topic="delivery", marked=("late",),
                   judge=False)  # fmt: skip
    work()


def proving(posts: int = 10_000) -> int:
    """A brand with many posts, a tenth of them by people whom between 10,000 and 15,000 follow on Instagram; Petra
    writes its plan, Quentin may approve it, Zofia and Sara look on."""
    of = brand("proving", "Proving Ground")
    petra = person("Petra Lind", "en", [of])
    person("Quentin Moss", "en", [of], Role.APPROVER)
    person("Zofia Lis", "pl", [of])
    person("Sara Gil", "es", [of])
    confirm_known(version_in_force(of), by=petra, now=now())
    text = "My delivery is late and nobody tells me why."
    reader.says(text, kind="complaint", topic="delivery")
    source = Source.objects.filter(brand=of)[0]
    at = [now() - timedelta(minutes=30 + 3 * i) for i in range(posts)]
    networks = ["instagram" if i % 5 == 0 else "x" for i in range(posts)]
    authors = Author.objects.bulk_create(
        Author(brand=of, network=networks[i], external_id=f"person-{i}", first_seen_at=at[i],
               followers=12_000 if i % 10 == 0 else 300)
        for i in range(posts)
    )  # fmt: skip
    AuthorIdentity.objects.bulk_create(
        AuthorIdentity(author=author, handle=f"person{i}", name=f"Person {i}") for i, author in enumerate(authors)
    )
    made = Post.objects.bulk_create(
        Post(brand=of, network=networks[i], external_id=f"p-{i}", author=authors[i], source=source,
             created_at=at[i], received_at=at[i])
        for i in range(posts)
    )  # fmt: skip
    PostText.objects.bulk_create(PostText(post=post, text=text, folded=fold(text)) for post in made)
    work()
    return Case.objects.filter(brand=of).count()


def replay() -> int:
    """The worker's turn: replays that wait."""
    return work_on_replays(now=now(), reader=reader)


def paper() -> int:
    """A brand whose plan is being written: Pia, Paco and Pola may edit its draft."""
    of = brand("paper", "Paper & Ink")
    pia = person("Pia Berg", "en", [of])
    person("Paco Ruiz", "es", [of])
    person("Pola Mak", "pl", [of], theme="dark")
    text = PLAN.read_text().replace("{instagram: 10000,", "{instagram: 10000,  # the customer's own figure\n     ")
    return start_draft(of, name="Louder voices", by=pia, now=now(), text=text).number


def tower() -> None:
    """A brand without a roster: Rosa leads, Bruno and Carla are at the desk, Dora is of the committee."""
    of = brand("tower", "Watch Tower")
    person("Rosa Vela", "en", [of])
    person("Bruno Lis", "pl", [of], Role.COMMUNITY_MANAGER, theme="dark")
    person("Carla Mas", "es", [of], Role.COMMUNITY_MANAGER)
    person("Dora Hill", "en", [of], Role.COMMITTEE)


def night(hook: int) -> None:
    """A brand in which Cem is on duty day and night, by mail, and Dia stands behind, by a web hook."""
    from django.conf import settings

    from sereno.desk.duty.rosters import put_roster_in_force
    from sereno.desk.notify.models import ContactWay
    from sereno.desk.notify.ways import add_way
    from tests.desk.duty.watch import DEPUTY, ROSTER

    dark = add_brand(slug="night", name="Night", by=None, now=now())
    put_in_force(dark, text=DEPUTY, name="acme.yaml", by=None, now=now())
    Source.objects.create(brand=dark, kind="webhook", name="Portal", public_id="night", settings={"all_about_us": True})
    person("Cem", "en", [dark], Role.COMMITTEE)
    dia = person("Dia", "en", [dark], Role.COMMITTEE)
    always = ROSTER.replace('hours: ["08:00-20:00"], people: [cem]', 'hours: ["00:00-00:00"], people: [cem]')
    put_roster_in_force(dark, text=always, by=None, now=now())
    settings.SERENO_MESSAGES_PRIVATE = frozenset({f"127.0.0.1:{hook}"})
    way = add_way(dia, kind="apprise", address=f"json://127.0.0.1:{hook}/dia", now=now())
    ContactWay.objects.filter(user=dia).update(position=2)
    ContactWay.objects.filter(pk=way.pk).update(confirmed_at=now(), position=1)


def call(minutes: float, smtp: int, hook: int) -> None:
    """The worker's round so many minutes from now: lines moved on, messages handed over."""
    from django.conf import settings

    from sereno.desk.duty.acting import act
    from sereno.desk.notify.configured import smtp as mail_server
    from sereno.desk.notify.delivering import deliver

    settings.SERENO_SMTP = mail_server(f"smtp://127.0.0.1:{smtp}")
    settings.SERENO_MAIL_FROM = "Sereno <sereno@acme.example>"
    settings.SERENO_MESSAGES_PRIVATE = frozenset({f"127.0.0.1:{hook}"})
    at = now() + timedelta(minutes=minutes)
    act(now=at)
    deliver(now=at)


def ailing() -> str:
    """A brand whose worker stopped twelve minutes ago, right after it had called for a red post, and one of whose
    sources has been silent for three days. Returns the secret of its web hook."""
    from sereno.desk.duty.auditor import audit
    from sereno.desk.intake.sources import add_source
    from sereno.desk.worker import beat

    of = brand("ailing", "Ailing House")
    for name, language in (("Nora Dale", "en"), ("Noe Vidal", "es"), ("Nela Kos", "pl")):
        person(name, language, [of], Role.COMMITTEE)
    Source.objects.create(
        brand=of, kind="rss", name="Customers' blog", public_id="quiet", settings={"url": "https://blog.example/feed"},
        last_post_at=now() - timedelta(days=3), last_ok_at=now(), next_poll_at=now() + timedelta(hours=1),
    )  # fmt: skip
    _source, secret = add_source(of, kind="webhook", name="Shop", settings={"all_about_us": True}, now=now(), by=None)
    Source.objects.filter(kind="webhook", name="Shop").update(public_id="shop")
    arrive("Your heater burnt my child", slug="ailing", author="Eva", minutes_ago=12, kind="complaint",
           risks=["safety"], judge=False)  # fmt: skip
    reader.says("The lamp exploded over the cot", kind="complaint", risks=("safety",))
    stopped = now() - timedelta(minutes=12)
    for _round in range(2):
        done = _round_at(stopped)
    beat("shop-floor", started=stopped - timedelta(hours=5), now=stopped, done=done)
    audit(now=stopped, url="")
    return str(secret)


def rounds() -> list[str]:
    """The worker comes back: three rounds and what failed in them, with its sign of life where that can be written."""
    from django.db import DatabaseError

    from sereno.desk.duty.auditor import audit
    from sereno.desk.worker import beat

    failed: list[str] = []
    for _round in range(3):
        done = _round_at(now())
        failed += done.errors
    try:
        beat("shop-floor", started=now(), now=now(), done=done)
        audit(now=now(), url="")
    except DatabaseError as error:
        failed.append(f"the sign of life: {error}")
    return failed


def _round_at(at: datetime) -> Any:
    from sereno.desk.worker import tick

    return tick(now=at, reader=reader)


def standing(slug: str) -> dict[str, Any]:
    """What is stored of a brand: its posts, the light and calls of its cases."""
    from sereno.desk.duty.models import LineHappening

    calls = LineHappening.objects.filter(brand__slug=slug, what="called")
    return {
        "posts": Post.objects.filter(brand__slug=slug).count(),
        "raw": RawRecord.objects.filter(brand__slug=slug).count(),
        "lights": sorted(case.light or "none" for case in Case.objects.filter(brand__slug=slug)),
        "called": sorted({each.line.case_id for each in calls.select_related("line")}),
        "notes": Case.objects.filter(brand__slug=slug, notes__isnull=False).count(),
    }


def squeeze() -> None:
    """Everything written goes into the database's own file, so that the next write needs room of its own."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def obey(command: dict[str, Any]) -> Any:
    name = command.pop("do")
    return {
        "settle": settle,
        "arrive": arrive,
        "many": many,
        "haven": haven,
        "proving": proving,
        "replay": replay,
        "paper": paper,
        "tower": tower,
        "night": night,
        "call": call,
        "ailing": ailing,
        "rounds": rounds,
        "standing": standing,
        "squeeze": squeeze,
    }[name](**command)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    print("ready", flush=True)  # noqa: T201 — the protocol
    for line in sys.stdin:
        print(json.dumps({"done": obey(json.loads(line))}), flush=True)  # noqa: T201
