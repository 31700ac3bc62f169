"""Portuguese, French, German and Italian: what must ring by the words alone, and what must not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sereno.engine.fold import fold
from sereno.engine.language import detect
from sereno.engine.messages import languages, spoken
from sereno.engine.read import CLAIMS, KINDS, RISKS, TOPICS
from sereno.engine.reading.fast import FastReader
from sereno.engine.reading.features import prefix_sums
from sereno.engine.reading.layout import lay_out
from sereno.engine.reading.lexicon import SIGNALS, load_lexicon, parse_language

PARTIAL = ("de", "fr", "it", "pt")
PROBE = Path(__file__).parents[3] / "bench" / "probe"
GRAVE = ("risk.", "claims.", "hostile")


def heard(text: str, language: str) -> set[str]:
    """Sure signals of a text, topics and kinds left out."""
    layout = lay_out([text])
    hits = load_lexicon().scan(layout, prefix_sums(layout), [language])
    return {
        SIGNALS[hit.signal] for hit in hits if not hit.soft and not SIGNALS[hit.signal].startswith(("kind.", "topic."))
    }


RINGS = [
    ("pt", "O carregador pegou fogo em cima da cama", "risk.safety"),
    ("pt", "Havia um caco de vidro na salada", "risk.safety"),
    ("pt", "Não só é perigoso, é criminoso", "risk.safety"),
    ("pt", "A minha avó de 86 anos está na cadeira de rodas", "risk.vulnerable"),
    ("pt", "Vazaram os dados pessoais de todos", "risk.data"),
    ("pt", "Fui seguida pela loja por ser negra", "risk.discrimination"),
    ("pt", "Cobrança indevida outra vez", "risk.fraud"),
    ("pt", "Já registrei a reclamação no Procon", "claims.legal_filed"),
    ("pt", "Vou apresentar queixa na DECO e na ASAE", "claims.legal_threat"),
    ("pt", "A ANPD abriu um processo", "claims.legal_filed"),
    ("pt", "Não comprem nesta loja", "claims.boycott"),
    ("pt", "É o quarto e-mail que mando", "claims.repeat_contact"),
    ("pt", "Prometeram ligar em 48 horas", "claims.promised_answer"),
    ("pt", "Bairro inteiro sem água", "claims.mass"),
    ("pt", "Não quero mais viver", "claims.self_harm"),
    ("pt", "Sei onde você mora", "claims.threat"),
    ("pt", "São uns filhos da puta", "hostile"),
    ("pt", "Cobraram R$ 1.250,00", "sum"),
    ("pt", "Perdi 2 mil reais", "sum"),
    ("fr", "La bouilloire a pris feu", "risk.safety"),
    ("fr", "Un éclat de verre dans la purée", "risk.safety"),
    ("fr", "Nous avons fini à l'hôpital", "risk.safety"),
    ("fr", "Ma grand-mère de 90 ans en fauteuil roulant", "risk.vulnerable"),
    ("fr", "Une fuite de données, la CNIL enquête", "risk.data"),
    ("fr", "Le Défenseur des droits est saisi, c'est du racisme", "risk.discrimination"),
    ("fr", "C'est de l'arnaque", "risk.fraud"),
    ("fr", "J'ai signalé les faits à la DGCCRF", "claims.legal_filed"),
    ("fr", "Je vais contacter l'UFC-Que Choisir", "claims.legal_threat"),
    ("fr", "Mon dossier est chez l'avocat", "risk.legal"),
    ("fr", "N'achetez rien chez eux", "claims.boycott"),
    ("fr", "C'est mon cinquième mail", "claims.repeat_contact"),
    ("fr", "On m'avait promis un rappel sous 48 heures", "claims.promised_answer"),
    ("fr", "Des milliers d'abonnés coupés", "claims.mass"),
    ("fr", "J'ai envie de mourir", "claims.self_harm"),
    ("fr", "Je vais lui casser la gueule", "claims.threat"),
    ("fr", "Bande d'incapables", "hostile"),
    ("fr", "Ça m'a coûté 1 250 euros", "sum"),
    ("fr", "Ça m'a coûté CHF 200.00, soit 200 CHF", "sum"),
    ("de", "Der Akku ist explodiert", "risk.safety"),
    ("de", "Das ist gemeingefaehrlich", "risk.safety"),
    ("de", "Glassplitter im Babybrei", "risk.safety"),
    ("de", "Wir landeten im Spital", "risk.safety"),
    ("de", "Nicht nur teuer, auch nicht nur gefährlich, sondern tödlich", "risk.safety"),
    ("de", "Meine Oma, 88 und dement, saß im Dunkeln", "risk.vulnerable"),
    ("de", "Das ist ein Datenleck", "risk.data"),
    ("de", "Wegen meiner Hautfarbe kontrolliert", "risk.discrimination"),
    ("de", "Das ist Betrug", "risk.fraud"),
    ("de", "Ich habe Anzeige erstattet", "claims.legal_filed"),
    ("de", "Die Verbraucherzentrale ist eingeschaltet", "claims.legal_filed"),
    ("de", "Sonst gehe ich zur Arbeiterkammer", "claims.legal_threat"),
    ("de", "Die BaFin ermittelt", "claims.legal_filed"),
    ("de", "Nächster Schritt: Schlichtungsstelle", "claims.legal_threat"),
    ("de", "Finger weg von diesem Laden", "claims.boycott"),
    ("de", "Das ist meine vierte Mail", "claims.repeat_contact"),
    ("de", "Rückruf versprochen, nie erfolgt", "claims.promised_answer"),
    ("de", "Die ganze Stadt ohne Strom", "claims.mass"),
    ("de", "Ich will nicht mehr leben", "claims.self_harm"),
    ("de", "Ich bring dich um", "claims.threat"),
    ("de", "Ihr seid Arschlöcher", "hostile"),
    ("de", "Das kostete mich 300 Franken", "sum"),
    ("it", "Il bollitore ha preso fuoco", "risk.safety"),
    ("it", "Siamo finiti al pronto soccorso", "risk.safety"),
    ("it", "Un pezzo di vetro nell'insalata", "risk.safety"),
    ("it", "Mia nonna di 90 anni in carrozzina", "risk.vulnerable"),
    ("it", "Hanno violato il mio account", "risk.data"),
    ("it", "È razzismo", "risk.discrimination"),
    ("it", "È una truffa", "risk.fraud"),
    ("it", "Ho segnalato tutto all'AGCM", "claims.legal_filed"),
    ("it", "I NAS hanno chiuso il locale", "claims.legal_filed"),
    ("it", "La Guardia di Finanza indaga", "claims.legal_filed"),
    ("it", "Mi rivolgerò all'avvocato", "claims.legal_threat"),
    ("it", "Andrò da Altroconsumo o dal Codacons", "claims.legal_threat"),
    ("it", "Non comprate da loro", "claims.boycott"),
    ("it", "È la quarta mail che scrivo", "claims.repeat_contact"),
    ("it", "Dovevano richiamarmi entro 48 ore", "claims.promised_answer"),
    ("it", "Migliaia di utenti isolati", "claims.mass"),
    ("it", "Voglio farla finita", "claims.self_harm"),
    ("it", "Vengo e vi spacco la faccia", "claims.threat"),
    ("it", "Siete degli stronzi", "hostile"),
    ("it", "Mi avete addebitato 1.250 euro", "sum"),
]

SILENT = [
    ("pt", "Não é perigoso"),
    ("pt", "Ofertas de arrasar"),
    ("pt", "Morri de rir com o vosso anúncio"),
    ("pt", "Que legal, muito legal mesmo"),
    ("pt", "Queima de estoque no sábado"),
    ("pt", "Esse bolo é uma explosão de sabor"),
    ("pt", "O novo uniforme roubou a cena"),
    ("pt", "Cadê meu pedido?"),
    ("pt", "Espero a encomenda na rua desde as nove"),
    ("pt", "Corto o pão com a faca que comprei na loja"),
    ("pt", "Vou partir amanhã para um hotel"),
    ("pt", "O preço da bomba de calor baixou"),
    ("fr", "Ce n'est pas dangereux"),
    ("fr", "Aucun danger"),
    ("fr", "La promotion qui tue"),
    ("fr", "Morts de rire avec le serveur"),
    ("fr", "Le vol de retour était parfait"),
    ("fr", "Un feu d'artifice de saveurs"),
    ("fr", "J'ai la crève, je reste au lit"),
    ("fr", "Prix choc sur les canapés"),
    ("fr", "Le concert était un truc de malade"),
    ("fr", "Une crème brûlée délicieuse"),
    ("fr", "J'attends dehors depuis dix minutes"),
    ("fr", "Pour en finir avec ce problème j'ai changé de box"),
    ("de", "Das ist nicht gefährlich"),
    ("de", "Mega geil"),
    ("de", "Killerpreise und Bombenstimmung"),
    ("de", "Ich sterbe vor Lachen"),
    ("de", "Ich bringe das Paket um fünf vorbei"),
    ("de", "Das Gericht war köstlich, leckere Gerichte"),
    ("de", "Das falsche Modell wurde getauscht"),
    ("de", "Ich warte draußen auf den Fahrer"),
    ("de", "Zünde die Kerze an"),
    ("de", "Warum soll ich mir das antun"),
    ("de", "Kinderleicht aufgebaut"),
    ("de", "Das geht nicht mit Karte"),
    ("de", "Schockverliebt in dieses Sofa"),
    ("it", "Non è pericoloso"),
    ("it", "Prezzi da paura"),
    ("it", "Buona da morire"),
    ("it", "Muoio dal ridere"),
    ("it", "La pasta al pesto piace a tutti"),
    ("it", "Ti ha rubato il cuore"),
    ("it", "Fuochi d'artificio sul lungomare"),
    ("it", "Lo butto dalla finestra questo telefono"),
    ("it", "Aspetto la consegna"),
    ("it", "Il burro era ottimo"),
    ("it", "L'attaccante è infortunato, salta la partita"),
    ("it", "Acqua gassata o naturale?"),
]


@pytest.mark.parametrize(("language", "text", "signal"), RINGS)
def test_words_claim(language: str, text: str, signal: str) -> None:
    assert signal in heard(text, language)


@pytest.mark.parametrize(("language", "text", "signal"), RINGS)
def test_they_claim_it_without_diacritics_and_in_capitals_too(language: str, text: str, signal: str) -> None:
    assert signal in heard(fold(text).upper(), language)


@pytest.mark.parametrize(("language", "text"), SILENT)
def test_figures_of_speech_negations_and_everyday_words_do_not_ring(language: str, text: str) -> None:
    assert not {signal for signal in heard(text, language) if signal.startswith(GRAVE)}


@pytest.mark.parametrize(
    ("text", "true_in", "false_in"),
    [
        ("I bought a gift card in the brand store", "en", PARTIAL),
        ("The fart was legal", "en", PARTIAL),
        ("El burro come y el gato sale", "es", PARTIAL),
        ("Das Kind war arm, der Rat half", "de", ("pt", "fr", "it")),
        ("Il pane e il burro sono sul tavolo", "it", ("pt", "fr", "de")),
    ],
)
def test_false_friends_do_not_ring_in_the_other_languages(text: str, true_in: str, false_in: tuple[str, ...]) -> None:
    for language in (true_in, *false_in):
        assert not {signal for signal in heard(text, language) if signal.startswith(GRAVE)}, language


def test_a_word_is_found_behind_an_elided_article() -> None:
    assert "risk.legal" in heard("j'ai vu l'avocat", "fr")
    assert "risk.legal" in heard("parere dell’avvocato", "it")


def test_letters_without_a_key_may_be_written_as_two() -> None:
    assert heard("Das ist gefaehrlich", "de") == heard("Das ist gefährlich", "de") != set()


def test_a_folder_without_spelling_has_only_the_words_it_writes() -> None:
    language = 'code = "xx"\n[negation]\nreach = 3\nwords = []\n[money]\n'
    plain = parse_language('hostile = "ácido"', language, "xx")
    elided = parse_language('hostile = "ácido"', language + '[spelling]\nelided = ["l"]\nalso = { "á" = "aa" }\n', "xx")
    assert set(plain.entries) == {"acido"}
    assert set(elided.entries) == {"acido", "l'acido", "aacido", "l'aacido"}


def test_a_language_may_be_judged_in_without_being_spoken() -> None:
    assert set(PARTIAL) <= set(load_lexicon().languages)
    assert not set(PARTIAL) & set(languages())
    assert {spoken(code) for code in PARTIAL} == {"en"}


@pytest.mark.parametrize("code", PARTIAL)
def test_a_lexicon_by_hand_is_large_enough_to_be_of_use(code: str) -> None:
    entries = {id(entry) for found in load_lexicon().languages[code].entries.values() for entry in found}
    assert len(entries) >= 350


@pytest.mark.parametrize("code", PARTIAL)
def test_the_probe_is_labelled_by_the_guide_and_heard_as_its_language(code: str) -> None:
    posts = [json.loads(line) for line in (PROBE / f"{code}.jsonl").read_text("utf-8").splitlines()]
    assert len(posts) == len({post["text"] for post in posts}) == 40
    for post in posts:
        assert post["kind"] in KINDS
        assert post["topic"] in TOPICS
        assert post["risk"] in ("none", *RISKS)
        assert (post["severity"] is not None) == (post["kind"] == "complaint")
        in_danger = post["risk"] == "safety" and post["light"] == "red"
        assert (post["light"] is not None) == (post["kind"] in ("complaint", "attack", "news") or in_danger)
    found = detect([post["text"] for post in posts])
    assert sum(each == code for each in found) >= 38


@pytest.mark.parametrize("code", PARTIAL)
def test_nobody_in_danger_is_missed_on_the_probe(code: str) -> None:
    posts = [json.loads(line) for line in (PROBE / f"{code}.jsonl").read_text("utf-8").splitlines()]
    danger = [p["text"] for p in posts if p["risk"] == "safety" and p["kind"] in ("other", "attack")]
    read = FastReader().read(danger, [None] * len(danger))
    assert len(danger) == 2
    assert [claims & {"self_harm", "threat"} != set() for claims in read.claims] == [True, True]
    assert set().union(*read.claims) <= set(CLAIMS)
