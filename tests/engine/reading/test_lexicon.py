"""What words claim: hits, what silences them, and sums of money."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.fold import fold
from sereno.engine.reading.features import prefix_sums
from sereno.engine.reading.layout import lay_out
from sereno.engine.reading.lexicon import SIGNALS, BadLexicon, amount, load_lexicon, parse_entry


def heard(text: str, language: str) -> set[str]:
    """Sure signals of a text, topics and kinds left out."""
    layout = lay_out([text])
    hits = load_lexicon().scan(layout, prefix_sums(layout), [language])
    return {
        SIGNALS[hit.signal] for hit in hits if not hit.soft and not SIGNALS[hit.signal].startswith(("kind.", "topic."))
    }


@pytest.mark.parametrize(
    ("language", "text", "signal"),
    [
        ("en", "The kettle exploded in my kitchen", "risk.safety"),
        ("en", "We found a shard of glass in the baby food", "risk.safety"),
        ("en", "I have filed a complaint with the ombudsman", "claims.legal_filed"),
        ("en", "Next stop: the ombudsman", "claims.legal_threat"),
        ("en", "This is my fourth email", "claims.repeat_contact"),
        ("en", "You promised to call me back within 48 hours", "claims.promised_answer"),
        ("en", "I want to kill myself", "claims.self_harm"),
        ("en", "They cost me £1,250", "sum"),
        ("es", "El cargador se prendió fuego", "risk.safety"),
        ("es", "Ya puse la denuncia en Profeco", "claims.legal_filed"),
        ("es", "Voy a ir a la OCU", "claims.legal_threat"),
        ("es", "No compren en esta tienda", "claims.boycott"),
        ("es", "Me quedé sin 1.200 euros", "sum"),
        ("pl", "Ładowarka się zapaliła", "risk.safety"),
        ("pl", "Ladowarka sie zapalila", "risk.safety"),
        ("pl", "Zgłosiłam sprawę do UOKiK", "claims.legal_filed"),
        ("pl", "Nie kupujcie tam", "claims.boycott"),
        ("pl", "Czwarty mail i nadal cisza", "claims.repeat_contact"),
        ("pl", "Pobraliście 2 000 zł", "sum"),
    ],
)
def test_words_claim(language: str, text: str, signal: str) -> None:
    assert signal in heard(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Relax, it is not dangerous"),
        ("en", "What a killer deal!"),
        ("en", "I am dying of laughter"),
        ("en", "Huge fire sale on Friday"),
        ("en", "I never said it was unsafe"),
        ("es", "Me muero de risa con vuestro anuncio"),
        ("es", "No es peligroso"),
        ("es", "Los Reyes me robaron el corazón"),
        ("pl", "Umieram ze śmiechu"),
        ("pl", "To nie jest niebezpieczne"),
        ("pl", "Skradł moje serce"),
    ],
)
def test_figures_of_speech_and_negations_do_not_ring(language: str, text: str) -> None:
    assert not {signal for signal in heard(text, language) if signal.startswith(("risk.", "claims."))}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I don't want to be alive any more"),
        ("en", "my kids would be better off without me"),
        ("en", "i just hope i never wake up"),
        ("en", "thinking about ending it all tonight"),
        ("en", "There is no reason to go on living"),
        ("en", "I have written goodbye letters"),
        ("es", "Ya no quiero vivir"),
        ("es", "No tengo ganas de vivir"),
        ("es", "He pensado en quitarme la vida"),
        ("es", "Todos estarían mejor sin mí"),
        ("es", "Ojalá no despertara mañana, ojalá no despertar"),
        ("es", "Soy una carga para mi familia"),
        ("pl", "Nie chcę już żyć"),
        ("pl", "nie chce juz zyc"),
        ("pl", "Kończę ze sobą"),
        ("pl", "Beze mnie będzie im lepiej"),
        ("pl", "Chciałabym zasnąć i się nie obudzić"),
        ("pl", "Po co mam dalej żyć"),
    ],
)
def test_who_speaks_of_ending_their_life_is_heard(language: str, text: str) -> None:
    assert "claims.self_harm" in heard(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I know where you live"),
        ("en", "I'll smash your face in"),
        ("en", "you'll end up in hospital"),
        ("en", "I'll be waiting for him outside after his shift"),
        ("en", "someone should torch your depot"),
        ("es", "Sé dónde vives"),
        ("es", "Le voy a partir la cara al repartidor"),
        ("es", "Te voy a esperar a la salida"),
        ("es", "Vas a acabar en el hospital"),
        ("es", "Vamos a quemarles el local con todos adentro"),
        ("es", "No vas a salir caminando"),
        ("pl", "Wiem, gdzie mieszkasz"),
        ("pl", "Połamię mu nogi"),
        ("pl", "polamie mu nogi"),
        ("pl", "Skończycie w szpitalu"),
        ("pl", "Spalę wam tę budę"),
        ("pl", "Wiem, o której kończysz"),
    ],
)
def test_a_threat_of_violence_is_heard(language: str, text: str) -> None:
    assert "claims.threat" in heard(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I could kill for a coffee"),
        ("en", "Don't burn your bridges"),
        ("en", "I'd rather die than queue again"),
        ("en", "I don't want to live in a flat like that"),
        ("en", "How do I know when you finish?"),
        ("en", "Just watched Suicide Squad on your service"),
        ("es", "Me quería morir de vergüenza"),
        ("es", "No quiero vivir en ese barrio"),
        ("es", "El juego es la bomba, me mató de risa"),
        ("es", "¿Me tiro al tren? Amiga, date cuenta"),
        ("es", "Ya no puedo más con esta aplicación"),
        ("es", "Cuidado al salir a la calle"),
        ("pl", "Zabije mnie ten upał"),
        ("pl", "Samobójczy gol w ostatniej minucie"),
        ("pl", "Nie chcę żyć w takim hałasie"),
        ("pl", "Uważajcie na siebie w drodze"),
        ("pl", "Zatrudnimy kierowcę, prace pożarowe"),
    ],
)
def test_no_threat_is_heard_in_figures_of_speech(language: str, text: str) -> None:
    assert not heard(text, language) & {"claims.self_harm", "claims.threat", "risk.safety"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Good afternoon, my mum is 81 and loves your shop"),
        ("en", "Do you have a wheelchair ramp for my son?"),
        ("es", "Mi madre tiene 80 años y está encantada"),
        ("es", "¿Tienen menú para niños con silla alta?"),
        ("pl", "Mam 79 zł do wydania"),
        ("pl", "Pani z okienka nr 3 była przemiła, mama ma 80 lat"),
    ],
)
def test_the_mere_mention_of_frail_people_is_no_harm(language: str, text: str) -> None:
    assert "risk.vulnerable" not in heard(text, language)


@pytest.mark.parametrize(
    ("language", "text", "signal"),
    [
        ("en", "The whole town is without water", "risk.mass"),
        ("es", "Todo el barrio sin luz desde anoche", "risk.mass"),
        ("pl", "Całe osiedle bez prądu", "risk.mass"),
        ("en", "They left my disabled son stranded at the station", "risk.vulnerable"),
        ("es", "Mi bebé terminó en urgencias", "risk.vulnerable"),
        ("pl", "Wasz kurier potrącił dziecko, dziecko krwawiło", "risk.vulnerable"),
        ("en", "I can see someone else's invoices in my account", "risk.data"),
        ("es", "En la app veo facturas de otra persona", "risk.data"),
        ("pl", "Na moim koncie widzę dane innej osoby", "risk.data"),
        ("en", "They did this to everyone, same scam as my neighbours", "risk.fraud"),
    ],
)
def test_gravest_matters_are_heard_by_what_happened(language: str, text: str, signal: str) -> None:
    assert signal in heard(text, language)


def test_a_negation_reaches_no_further_than_its_sentence() -> None:
    assert "risk.safety" in heard("No. Dangerous, that is what it is", "en")


def test_not_only_is_no_negation() -> None:
    assert "risk.safety" in heard("It is not only dangerous", "en")


@given(
    st.sampled_from([("en", "My charger caught fire"), ("es", "Huele a quemado"), ("pl", "Zatrułam się zupą")]),
    st.data(),
)
@settings(deadline=None, max_examples=60)
def test_case_and_diacritics_change_nothing(pair: tuple[str, str], data: st.DataObject) -> None:
    language, text = pair
    changed = "".join(data.draw(st.sampled_from([c, c.upper(), fold(c)])) for c in text)
    assert heard(changed, language) == heard(text, language)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("1.900", 1900),
        ("1,900", 1900),
        ("1 900", 1900),
        ("19,90", 19.9),
        ("19.90", 19.9),
        ("12", 12),
        ("1.234,50", 1234.5),
    ],
)
def test_amounts_as_people_write_them(written: str, means: float) -> None:
    assert amount(written) == means


def test_a_bad_entry_is_named_with_its_place() -> None:
    with pytest.raises(BadLexicon, match=r"xx: 'fi\*re': 'fi\*re' has no word"):
        parse_entry("fi*re", 0, "xx")


def test_every_language_folder_says_something_on_each_risk() -> None:
    for language in load_lexicon().languages.values():
        spoken = {SIGNALS[e.signal] for entries in language.entries.values() for e in entries if e.signal >= 0}
        asked = {signal for signal in SIGNALS if signal.startswith("risk.")} - {"risk.mass"} | {"claims.mass"}
        assert asked <= spoken, language.code
