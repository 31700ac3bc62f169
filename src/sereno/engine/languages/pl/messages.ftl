# Słowa silnika po polsku (Fluent): bezosobowo, bez rodzaju. W żadnym języku nie może brakować klucza: porównuje je test.

## Czym jest wpis
kind-complaint = skarga
kind-question = pytanie
kind-praise = pochwała
kind-suggestion = sugestia
kind-news = wiadomość
kind-attack = atak
kind-other = coś innego

## Światła i stopnie
light-green = zielone
light-amber = żółte
light-red = czerwone
light-none = bez światła
degree-none = bez światła
degree-green = zielone
degree-amber = żółte
degree-red = czerwone

## Najpoważniejszy zarzut tekstu
risk-none = brak ryzyka
risk-safety = zagrożenie dla ludzi
risk-discrimination = dyskryminacja lub molestowanie
risk-data = dane osobowe lub prywatność
risk-fraud = oszustwo lub kradzież
risk-legal = pozew, regulator lub urząd ochrony konsumentów
risk-vulnerable = krzywda osób bezbronnych lub zwierząt
risk-mass = awaria, która dotyka wielu osób

## Szczegóły tekstu
claim-self_harm = mowa o zrobieniu sobie krzywdy
claim-threat = pada groźba przemocy
claim-legal_filed = podjęto już kroki prawne lub działa urząd
claim-legal_threat = zapowiedziano kroki prawne lub skargę do urzędu
claim-press = sprawą zajmują się już media
claim-fraud_system = zarzut oszukiwania na szeroką skalę lub od wielu osób
claim-mass = dotyczy wielu osób
claim-repeat_contact = wcześniejszy kontakt nie przyniósł rozwiązania
claim-promised_answer = obiecana odpowiedź nie nadeszła
claim-real_harm = mowa o realnej szkodzie lub dotkliwej kwocie
claim-repeated_failure = to samo zawiodło po raz kolejny
claim-lying = pada wyraźny zarzut kłamstwa lub niedbalstwa
claim-leaving_loudly = zapowiedź odejścia i opowiedzenia o tym wszystkim
claim-boycott = padło wezwanie do bojkotu
claim-weighty = to sprawa poważniejsza niż codzienna

## Tematy
topic-delivery = dostawa
topic-product_defect = wada produktu
topic-assembly = montaż
topic-late_or_unfinished_service = usługa spóźniona lub niedokończona
topic-billing = rozliczenia
topic-contract_price = umowa i cena
topic-customer_service = obsługa klienta
topic-staff_behaviour = zachowanie pracowników
topic-app_website = aplikacja lub strona
topic-availability = dostępność
topic-how_to_claim = jak złożyć reklamację
topic-safety = bezpieczeństwo
topic-privacy = prywatność
topic-other = inny temat

## Poziom językowy skargi
severity-no_explicit_reproach = bez wyraźnego zarzutu
severity-disapproval = niezadowolenie
severity-accusation = oskarżenie
severity-blame = obwinianie

## Dobre czy złe dla naszej reputacji
polarity-negative = negatywny
polarity-neutral = neutralny
polarity-positive = pozytywny

## Nasłuch, autorstwo, burze, miejsca
watch-brand = nasza marka
watch-product = nasz produkt
watch-person = osoba z naszej firmy
watch-competitor = konkurencja
watch-sector = nasza branża
author-journalist = osoba z mediów
author-influencer = influencer
author-competitor = konkurencja
author-employee = osoba z personelu
author-suspected_bot = podejrzenie bota
storm-stirring = zaczyna się
storm-rising = narasta
storm-storm = w pełni
place-post = wpis
place-comment = komentarz
place-direct_message = wiadomość prywatna
place-review = opinia
place-story = relacja
place-article = artykuł
place-mail = e-mail
visibility-public = publiczny
visibility-private = prywatny

## Sieci
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
network-google_reviews = Opinie Google
network-trustpilot = Trustpilot
network-wordpress = WordPress
network-email = e-mail
network-rss = RSS
network-web = internet
network-news = serwisy informacyjne
network-blog = blog
network-forum = forum
network-reviews = serwis z opiniami
network-unknown = nieznana sieć

## Długości czasu
unit-day = { $count ->
    [one] { $count } dzień
    [few] { $count } dni
    [many] { $count } dni
   *[other] { $count } dnia
}
unit-hour = { $count ->
    [one] { $count } godzina
    [few] { $count } godziny
    [many] { $count } godzin
   *[other] { $count } godziny
}
unit-minute = { $count ->
    [one] { $count } minuta
    [few] { $count } minuty
    [many] { $count } minut
   *[other] { $count } minuty
}

## Dlaczego: co znaleziono, obok tego, czego chce plan
found-kind = tekst odczytano jako: { $found }
found-risk = zarzut w tekście: { $found }
found-claims = { $found }
found-severity = ton skargi: { $found } (plan: co najmniej { $asked })
found-polarity = wydźwięk dla naszej reputacji: { $found }
found-complaint = skarga z prawdopodobieństwem { $found }%, próg planu to { $asked }%
found-hostile = wrogość z prawdopodobieństwem { $found }%, próg planu to { $asked }%
found-call_to_action = wezwanie do działania z prawdopodobieństwem { $found }%, próg planu to { $asked }%
found-topic = temat: { $found }
found-language = język: { $found }
found-about = dotyczy: { $found }
found-network = sieć: { $found }
found-place = miejsce: { $found }
found-visibility = widoczność: { $found }
found-text_light = sam tekst daje światło: { $found }
found-reach = { $found ->
    [one] konto ma { $found } obserwującego
    [few] konto ma { $found } obserwujących
    [many] konto ma { $found } obserwujących
   *[other] konto ma { $found } obserwujących
}, próg planu to { $asked }
found-reach-network = { $found ->
    [one] konto ma { $found } obserwującego
    [few] konto ma { $found } obserwujących
    [many] konto ma { $found } obserwujących
   *[other] konto ma { $found } obserwujących
}, próg planu dla sieci { $network } to { $asked }
found-shares = { $found ->
    [one] { $found } udostępnienie
    [few] { $found } udostępnienia
    [many] { $found } udostępnień
   *[other] { $found } udostępnienia
}, próg planu to { $asked }
found-shares_per_hour = { $found ->
    [one] { $found } udostępnienie na godzinę
    [few] { $found } udostępnienia na godzinę
    [many] { $found } udostępnień na godzinę
   *[other] { $found } udostępnienia na godzinę
}, próg planu to { $asked }
found-repeat_contact = { $found ->
    [one] { $found } wcześniejszy wpis w tej sprawie
    [few] { $found } wcześniejsze wpisy w tej sprawie
    [many] { $found } wcześniejszych wpisów w tej sprawie
   *[other] { $found } wcześniejszego wpisu w tej sprawie
}
found-open_promise = nasza obietnica wciąż czeka na spełnienie
found-story = { $found ->
    [one] { $found } osoba o tym pisze
    [few] { $found } osoby piszą o tym samym
    [many] { $found } osób pisze o tym samym
   *[other] { $found } osoby pisze o tym samym
}, próg planu to { $asked }
found-storm = burza: { $found }
found-author_type = autorstwo: { $found }
found-rating = { $found ->
    [one] { $found } gwiazdka
    [few] { $found } gwiazdki
    [many] { $found } gwiazdek
   *[other] { $found } gwiazdki
}, próg planu to { $asked }

## Dlaczego nie ma światła, i objazdy
reason-no-light = Żadna reguła planu nie daje światła · tekst odczytano jako: { $kind }
reason-own-post = Wpis z jednego z naszych kont
reason-another-party = Nie dotyczy nas, lecz: { $about }
reason-unsupported-language = Język wpisu: { $written }; języki odpowiedzi tej marki: { $languages }
reason-called-also = Zawiadomić od razu: { $role }
reason-called-first = Zawiadomienie najpierw, przed łańcuchem: { $role }
reason-guide = Przeczytać najpierw: „{ $guide }”

## Reguła planu jako zdanie
rule-sentence = { $title } → światło { $light }, gdy { $conditions }
rule-calls-also = od razu zawiadomienie, obok łańcucha: { $role }
rule-calls-first = najpierw zawiadomienie: { $role }; łańcuch następuje, gdy nikt nie potwierdzi
rule-guide = najpierw czyta się wskazówki „{ $guide }”
asks-kind = tekst odczytano jako: { $asked }
asks-risk = zarzut w tekście to: { $asked }
asks-claims = padło coś z tego: { $asked }
asks-severity = ton skargi to co najmniej: { $asked }
asks-polarity = wydźwięk dla naszej reputacji jest { $asked }
asks-complaint = to skarga z prawdopodobieństwem co najmniej { $asked }%
asks-hostile = to wrogość z prawdopodobieństwem co najmniej { $asked }%
asks-call_to_action = to wezwanie do działania z prawdopodobieństwem co najmniej { $asked }%
asks-topic = temat to { $asked }
asks-language = język to { $asked }
asks-about = dotyczy: { $asked }
asks-network = sieć to { $asked }
asks-place = miejsce to { $asked }
asks-visibility = widoczność: { $asked }
asks-text_light = sam tekst daje światło co najmniej { $asked }
asks-reach = konto ma co najmniej { $asked }
asks-shares = liczba udostępnień to co najmniej { $asked }
asks-shares_per_hour = liczba udostępnień na godzinę to co najmniej { $asked }
asks-repeat_contact = wcześniejsze wpisy w tej samej sprawie: co najmniej { $asked }
asks-open_promise = nasza obietnica wciąż czeka na spełnienie
asks-story = o tym samym pisze co najmniej tyle osób: { $asked }
asks-storm = burza jest co najmniej w stanie: { $asked }
asks-author_type = autorstwo: { $asked }
asks-rating = liczba gwiazdek to najwyżej { $asked }

## Testy samego planu: czego oczekiwano i co wyszło
trial-missed = { $what }: oczekiwano: { $expected }; wyszło: { $came }
trial-rule-came = Reguła { $rule } nie powinna pasować, a pasuje
trial-at = Ten moment jest poza zasięgiem: rok testu leży między { $first } a { $last }
trial-light = Światło
trial-rule = Pasujące reguły
trial-not-rule = Bez reguły
trial-step = Krok łańcucha
trial-role = Czyja kolej
trial-area = Obszar
trial-called = Role zawiadamiane z nazwy
trial-guide = Wskazówki
trial-wakes = Natychmiastowe powiadomienie
trial-first-answer-by = Termin pierwszej odpowiedzi
trial-scenario = Proponowany scenariusz
trial-nothing = brak
trial-nobody = żadne
trial-yes = tak
trial-no = nie

## Cały plan w słowach
trial-expected = { $what }: { $expected }
told-part-brand = Czyj to plan
told-part-duty_hours = Godziny dyżuru
told-part-roles = Role
told-part-areas = Obszary
told-part-watches = Czego szukamy
told-part-reach = Jak daleko sięga konto
told-part-lights = Kiedy wpis jest czerwony, żółty lub zielony
told-part-guides = Wskazówki
told-part-targets = Na kiedy
told-part-statutory = Terminy ustawowe
told-part-chain = Łańcuch decyzji
told-part-languages = Inne języki
told-part-catalogue = Skargi i treść odpowiedzi
told-part-policy = Jak mówimy
told-part-resources = Co można zaproponować i w jakich granicach
told-part-committee = Komitet kryzysowy
told-part-scenarios = Najgorsze scenariusze
told-part-drills = Ćwiczenia
told-part-tests = Co ten plan musi spełniać
told-part-accepted = Zaakceptowane ostrzeżenia
told-quoted = „{ $text }”
told-area-owner = osoba odpowiedzialna za obszar
told-brand = To plan marki { $brand }. Języki odpowiedzi: { $languages }.
told-brand-zone = Zegar: { $zone }.
told-brand-zone-country = Zegar: { $zone }. Prawo i święta: { $country }.
told-audience = { $audience }: do tej grupy mówi się po swojemu.
told-audience-on = { $audience }: do tej grupy mówi się po swojemu, głównie tu: { $networks }.
told-languages = Wpis w innym języku trafia do kroku „{ $step }”; czerwony idzie zwykłą drogą.
told-watch-terms = { $watch } ({ $kind }): wpisy ze słowami { $terms }.
told-watch-rule = { $watch } ({ $kind }): wpisy pasujące do „{ $rule }”.
told-watch-never = Nigdy ze słowami { $terms }.
told-term-exact = { $term } dokładnie tak, jak zapisano
told-term-forms = { $term } w każdej odmianie ({ $languages })
told-reach = { $level }: ponad { $lines }.
told-reach-on = { $followers } obserwujących w sieci { $network }
told-reach-elsewhere = { $followers } w pozostałych sieciach
told-role = { $role }.
told-role-deputy = { $role }; jeśli nikt z tej roli nie jest osiągalny, wkracza: { $deputy }.
told-area = { $area }: odpowiada { $owner }. Tematy: { $topics }.
told-area-rest = { $area }: odpowiada { $owner }. Tematy: wszystko, czym nie zajmuje się inny obszar.
told-area-deputy = W razie nieobecności: { $deputy }.
told-step = { $number }. { $step }
told-step-enters = Tu trafiają wpisy o świetle: { $degrees }.
told-step-calls = Zawiadomienie dostaje: { $role }. Czas na potwierdzenie: { $length }, liczony { $clock }.
told-step-then = Jeśli nikt nie potwierdzi, następuje krok „{ $step }”.
told-step-ends = Łańcuch kończy się tutaj: nikt więcej nie dostaje zawiadomienia.
told-clock-duty = w godzinach dyżuru
told-clock-always = dniem i nocą
told-committee-members = W składzie: { $members }.
told-member-deputy = { $role } (w razie nieobecności: { $deputy })
told-committee-quorum = Do decyzji potrzeba obecności { $quorum } z { $members } osób ze składu lub tych, które je zastępują; czas od zawiadomienia: { $length }, dniem i nocą.
told-committee-spokesperson = Gdy trwa kryzys, w imieniu marki mówi tylko jedna rola: { $role }.
told-committee-meets = Miejsce spotkania: { $where }
told-days = { $first }–{ $last }
told-hours = { $days }: { $hours }
told-no-hours = nikt nie ma dyżuru
told-whole-day = cała doba
told-holidays-count = Święta są dniami dyżuru jak każde inne.
told-holidays-free = Święta tego kraju nie są dniami dyżuru: { $country }.
told-target = { $degree }: potwierdzenie: { $acknowledge }, pierwsza odpowiedź: { $first }, każda następna: { $next }, rozwiązanie: { $resolution }; czas liczony { $clock }.
told-statutory = { $country }: { $days ->
    [one] { $days } dzień kalendarzowy
    [few] { $days } dni kalendarzowe
   *[other] { $days } dni kalendarzowych
} na odpowiedź na skargi typu { $types } ({ $law }).
told-statutory-all = { $country }: { $days ->
    [one] { $days } dzień kalendarzowy
    [few] { $days } dni kalendarzowe
   *[other] { $days } dni kalendarzowych
} na odpowiedź na każdą skargę ({ $law }).
told-entry = { $title } (temat: { $topic })
told-entry-on = { $title } (temat: { $topic }; tylko tutaj: { $networks })
told-entry-examples = Na przykład: { $examples }
told-entry-substance = Fakty do podania: { $text }
told-entry-claim = Droga do reklamacji: { $text }
told-entry-documents = O co prosi się prywatnie: { $text }
told-entry-if-valid = Jeśli się potwierdzi: { $text }
told-entry-if-false = Jeśli tak nie jest: { $text }
told-entry-decides = Kto decyduje: { $role }.
told-tone = Nasz ton: { $tone }
told-tone-on = { $code ->
    [email] W e-mailach
    [news] W serwisach informacyjnych
    [blog] Na blogu
    [forum] Na forum
    [web] W internecie
    [reviews] W serwisie z opiniami
    [google_reviews] W opiniach Google
   *[other] W sieci { $network }
}: { $tone }
told-tone-to = Do grupy „{ $audience }”: { $tone }
told-use = Nasze słowa (język: { $spoken }): { $words }.
told-avoid = Nigdy { $words }: { $why }
told-instead = Zamiast tego: { $text }
told-resource = { $title }. Kto może zaproponować: { $roles }.
told-resource-up-to = Najwyżej { $amount } na sprawę.
told-resource-up-to-above = Najwyżej { $amount } na sprawę; powyżej decyduje: { $role }.
told-resource-legal = Najpierw musi to zobaczyć dział prawny.
told-resource-hours = Godziny otwarcia, { $hours }.
told-scenario-trigger = Proponowany przy czerwonym wpisie, gdy { $conditions }.
told-scenario-or = Albo gdy { $conditions }.
told-first-hour = Czas: { $length }. { $role }: { $do }
told-holding = Pierwsze oświadczenie: { $text }
told-scenario-speaks = Kto mówi: { $role }.
told-drill = Ćwiczenie „{ $scenario }”, { $date }.
told-drill-every = Potem ponownie co { $length }.
told-drill-roles = Kto bierze udział: { $roles }.
told-drill-committee = Bierze udział cały komitet.
told-drill-announced = Jest zapowiedziane.
told-drill-surprise = Jest niezapowiedziane.
told-test = { $test }: { $post }; { $at } → { $expected }
told-test-followers = { $followers ->
    [one] { $followers } obserwujący
   *[other] { $followers } obserwujących
}
told-closed = zamknięte
told-list-and = { $rest }; oraz { $last }
told-list-or = { $rest }; albo { $last }
told-test-reads_as = odczytane jako: { $value }
told-test-language = język: { $value }
told-test-severity = ton: { $value }
told-test-polarity = wydźwięk dla naszej reputacji: { $value }
told-test-hostile = wrogość z prawdopodobieństwem { $value }%
told-test-call_to_action = wezwanie do działania z prawdopodobieństwem { $value }%
told-test-place = miejsce: { $value }
told-test-visibility = widoczność: { $value }
told-test-about = dotyczy: { $value }
told-test-country = kraj: { $value }
told-test-author_type = autorstwo: { $value }
told-test-storm = burza: { $value }
told-test-open_promise = nasza obietnica wciąż czeka na spełnienie
told-test-shares = { $value ->
    [one] { $value } udostępnienie
    [few] { $value } udostępnienia
    [many] { $value } udostępnień
   *[other] { $value } udostępnienia
}
told-test-shares_per_hour = { $value ->
    [one] { $value } udostępnienie na godzinę
    [few] { $value } udostępnienia na godzinę
    [many] { $value } udostępnień na godzinę
   *[other] { $value } udostępnienia na godzinę
}
told-test-repeat_contact = { $value ->
    [one] { $value } wcześniejszy wpis w tej sprawie
    [few] { $value } wcześniejsze wpisy w tej sprawie
    [many] { $value } wcześniejszych wpisów w tej sprawie
   *[other] { $value } wcześniejszego wpisu w tej sprawie
}
told-test-story = { $value ->
    [one] { $value } osoba o tym pisze
    [few] { $value } osoby piszą o tym samym
    [many] { $value } osób pisze o tym samym
   *[other] { $value } osoby pisze o tym samym
}
told-test-rating = { $value ->
    [one] { $value } gwiazdka
    [few] { $value } gwiazdki
    [many] { $value } gwiazdek
   *[other] { $value } gwiazdki
}
told-accepted = Zaakceptowano ostrzeżenie { $warning }: { $reason }
told-accepted-at = Zaakceptowano ostrzeżenie { $warning } w miejscu { $at }: { $reason }

## Plan odtworzony na przeszłości: raport wiersza poleceń
replay-title = Co by się zmieniło
replay-title-alone = Co zrobiłby ten plan
replay-plans = { $after } wobec { $before }
replay-lede = Odtworzono { $posts ->
    [one] { $posts } wpis
    [few] { $posts } wpisy
   *[other] { $posts } wpisów
}; inne światło, drogę lub termin { $changed ->
    [0] nie dostaje żaden.
    [one] dostaje { $changed }.
    [few] dostają { $changed }.
   *[other] dostaje { $changed }.
}
replay-lede-alone = Odtworzono { $posts ->
    [one] { $posts } wpis.
    [few] { $posts } wpisy.
   *[other] { $posts } wpisów.
}
replay-span = Przyszły między { $first } a { $last } (zegar: { $zone }).
replay-red = Czerwone { $more ->
    [0] nie staje się żaden
    [one] staje się { $more }
    [few] stają się { $more }
   *[other] staje się { $more }
}, przestaje być czerwonych: { $less }.
replay-woken = Wpisy, które kogoś budzą: przedtem { $before }, potem { $after }.
replay-woken-alone = Wpisy, które kogoś budzą: { $after }.
replay-none-about-us = Żaden wpis nie dotyczy marki.
replay-before = przedtem
replay-after = potem
replay-light = Światło
replay-lights = Światła
replay-lights-how = Wiersz to światło przedtem, kolumna to światło potem.
replay-becomes-red = staje się czerwone
replay-stops-red = przestaje być czerwone
replay-changed = zmienia się
replay-woken-short = kogoś budzi
replay-alarms = Kto jest budzony
replay-role = Rola
replay-posts = Wpisy
replay-load = Praca według ról
replay-load-hour = Wpisy według roli i godziny dnia
replay-load-how = Linia przerywana: przedtem. Linia ciągła: potem.
replay-load-table = To samo w tabeli
replay-people = Osoby
replay-hours = Godziny pracy
replay-overloaded = Przeciążone godziny
replay-late = Spóźnione pierwsze odpowiedzi, obliczone
replay-answered = Spóźnione pierwsze odpowiedzi, jak było naprawdę
replay-decided = Wobec decyzji zespołu
replay-decided-how = Wpisy z decyzją zespołu: { $known }, w tym czerwone: { $red }.
replay-false-alarms = Fałszywe alarmy
replay-misses = Przeoczenia
replay-changes = Wpisy, które się zmieniają
replay-changes-alone = Najpoważniejsze wpisy
replay-shown = Pokazano { $shown } z { $all }, najważniejsze najpierw.
replay-when = Nadejście
replay-post = Wpis
replay-turn = Czyja kolej
replay-first-answer = Pierwsza odpowiedź do
replay-why = Dlaczego
replay-none = brak
replay-nothing = Nic się nie zmienia.
replay-sorts = Naciśnięcie nagłówka sortuje według niego.
replay-how = Jak to obliczono
replay-how-model = Teksty czytał model { $model }; odczyty są przechowywane i nie powstają dwa razy.
replay-how-contexts = To, co wiadomo poza tekstem, odtworzono z pliku według czasu zdarzeń: kto pisał wcześniej. Udostępnienia, zasięg i gwiazdki są takie jak w pliku. Czego plik nie mówi (otwarte obietnice, tempo, burze, kto jest dziennikarzem), tego jakby nie było; plan, który o to pyta, pokaże tu mniej niż na dyżurze.
replay-how-live = Każdy wpis liczy się tak, jakby nadszedł w chwili napisania: budzi ludzi i uruchamia terminy.
replay-how-load = Praca: każdy wpis, który uruchamia termin, trafia do roli, której jest kolej, po { $minutes } min na wpis. Godzina jest przeciążona, gdy przychodzi więcej pracy, niż osoby w tej roli mogą w niej wykonać.
replay-how-queue = Spóźnienia oblicza się dla kolejki każdej roli: najpierw wpis najpoważniejszy, potem ten, który przyszedł wcześniej, z osobami na dyżurze, w godzinach dyżuru tam, gdzie liczy je łańcuch. Nikt nie choruje i nikomu się nie przerywa: to nie prognoza, a tylko znak, który plan wymaga więcej od tych samych osób.
replay-how-people = Na dyżurze: tyle osób, ile podaje tabela, dzień i noc; jedna tam, gdzie nie podano liczby. Nie podano grafiku.
replay-how-roster = Na dyżurze: osoby, które grafik { $roster } przewiduje na każdą godzinę przeszłości; liczą się nieobecności, święta, zamiany i luki. Liczone są osoby, bez względu na ich sieci i języki, a zastępstw się nie liczy.
replay-how-given = Według liczby zamiast grafiku, dzień i noc: { $given }.
replay-nobody-there = Bez nikogo
replay-nobody = Nikt nie ma dyżuru jako { $role }, gdy zaczyna biec termin wpisu; wpisy: { $before } przedtem, { $after } potem.
replay-nobody-alone = Nikt nie ma dyżuru jako { $role }, gdy zaczyna biec termin { $after ->
    [one] { $after } wpisu.
   *[other] { $after } wpisów.
}
replay-undated = { $count ->
    [one] { $count } wpis nie miał daty i liczy się
    [few] { $count } wpisy nie miały daty i liczą się
   *[other] { $count } wpisów nie miało daty i liczy się
} jako nadesłane w chwili odtwarzania.

## Czym różnią się dwa plany
change-entry = { $part } „{ $name }”
change-entry-titled = { $part } „{ $title }” ({ $name })
change-entry-added = Dodano: { $what }
change-entry-removed = Usunięto: { $what }
change-moved = Przeniesiono: { $what }, z miejsca { $before } na { $after }
change-changed = { $what }: { $before } → { $after }
change-added = { $what }: brak → { $after }
change-removed = { $what }: { $before } → brak
change-value-true = tak
change-value-false = nie
change-clock-duty = w godzinach dyżuru
change-clock-always = dniem i nocą
change-chain-also = równocześnie
change-chain-waits = czeka
change-default = gdzie indziej
change-area_owner = odpowiedzialność za obszar
change-part-sereno_plan = wersja formatu
change-part-plan = nazwa planu
change-part-version = wersja
change-part-brand = marka
change-part-duty_hours = godziny dyżuru
change-part-roles = rola
change-part-areas = obszar
change-part-watches = nasłuch
change-part-reach = poziom zasięgu
change-part-lights = reguła
change-part-guides = wskazówki
change-part-targets = termin dla
change-part-statutory = termin ustawowy
change-part-chain = krok
change-part-catalogue = typ skargi
change-part-policy = polityka komunikacji
change-part-resources = zasób
change-part-committee = komitet kryzysowy
change-part-scenarios = scenariusz
change-part-drills = ćwiczenia
change-part-languages = inne języki
change-part-tests = test
change-part-accepted = zaakceptowane ostrzeżenie
change-field-about = czego dotyczy
change-field-above = decyduje ponad limit
change-field-accepted = zaakceptowane ostrzeżenia
change-field-acknowledge = potwierdzenie w ciągu
change-field-acknowledge_within = potwierdzenie w ciągu
change-field-announced = zapowiedziane
change-field-area = obszar
change-field-areas = obszary
change-field-assembles_within = zebranie w ciągu
change-field-at = kiedy lub gdzie
change-field-audience = odbiorcy
change-field-audiences = grupy odbiorców
change-field-author_type = kto pisze
change-field-avoid = słowa, których się unika
change-field-brand = marka
change-field-call_to_action = wezwanie do działania
change-field-called = role zawiadamiane z nazwy
change-field-catalogue = katalog
change-field-chain = łańcuch
change-field-claim = droga roszczenia
change-field-claims = co zostało powiedziane
change-field-clock = zegar
change-field-committee = komitet
change-field-complaint = prawdopodobieństwo skargi
change-field-country = kraj
change-field-days = dni
change-field-decides = decyduje
change-field-degree = światło
change-field-degrees = światła
change-field-deputy = zastępstwo
change-field-do = co zrobić
change-field-documents = dokumenty
change-field-drill = ćwiczenia
change-field-drills = ćwiczenia
change-field-duty_hours = godziny dyżuru
change-field-every = co ile
change-field-exact = dokładnie jak zapisano
change-field-examples = przykłady
change-field-expect = oczekiwany wynik
change-field-first = pierwszy raz
change-field-first_answer = pierwsza odpowiedź
change-field-first_answer_by = pierwsza odpowiedź do
change-field-first_hour = pierwsza godzina
change-field-followers = obserwujący
change-field-forms = formy odmienione
change-field-guide = wskazówki
change-field-guides = wskazówki
change-field-holding = pierwsze oświadczenie
change-field-holidays = święta są dniami dyżuru
change-field-hostile = wrogość
change-field-hours = godziny otwarcia
change-field-if_false = odpowiedź, gdy nieprawdziwa
change-field-if_valid = odpowiedź, gdy zasadna
change-field-instead = zamiast tego
change-field-kind = rodzaj
change-field-language = język
change-field-languages = języki
change-field-law = przepis
change-field-legal_review = najpierw dział prawny
change-field-level = poziom
change-field-light = światło
change-field-lights = reguły
change-field-limits = ograniczenia
change-field-meets = miejsce spotkania
change-field-members = członkostwo
change-field-name = nazwa
change-field-network = sieć
change-field-networks = sieci
change-field-never = nigdy z
change-field-next_answer = kolejna odpowiedź
change-field-not_rule = reguła, która nie ma zadziałać
change-field-number = numer
change-field-numbers = numery telefonów
change-field-offered_by = kto proponuje
change-field-open_promise = otwarta obietnica
change-field-owner = odpowiada
change-field-place = miejsce
change-field-plan = plan
change-field-polarity = dla reputacji
change-field-policy = polityka
change-field-post = wpis
change-field-quorum = kworum
change-field-rating = gwiazdki
change-field-reach = zasięg
change-field-reads_as = co mówi tekst
change-field-reason = powód
change-field-repeat_contact = wcześniejsze wpisy
change-field-resolution = rozwiązanie
change-field-resource = zasób
change-field-resources = zasoby
change-field-risk = ryzyko
change-field-role = rola
change-field-roles = role
change-field-route = zawiadomienie od razu
change-field-rule = reguła
change-field-scenario = scenariusz
change-field-scenarios = scenariusze
change-field-sereno_plan = wersja formatu
change-field-severity = dobór słów
change-field-shares = udostępnienia
change-field-shares_per_hour = udostępnienia na godzinę
change-field-spokesperson = osoba do kontaktu z mediami
change-field-statutory = terminy ustawowe
change-field-step = krok
change-field-steps = kroki
change-field-storm = burza
change-field-story = osoby piszące o tym samym
change-field-substance = treść odpowiedzi
change-field-targets = terminy
change-field-term = wyrażenie
change-field-terms = wyrażenia
change-field-test = test
change-field-tests = testy
change-field-text = tekst
change-field-text_light = światło samego tekstu
change-field-then = gdy nikt nie potwierdzi
change-field-timezone = strefa czasowa
change-field-title = tytuł
change-field-to = dla
change-field-tone = ton
change-field-topic = temat
change-field-topics = tematy
change-field-triggers = oznaki
change-field-type = typ
change-field-types = typy skarg
change-field-unsupported_step = krok, który je przejmuje
change-field-up_to = do kwoty
change-field-use = używane słowa
change-field-version = wersja
change-field-visibility = widoczność
change-field-wakes = budzi kogoś
change-field-warning = ostrzeżenie
change-field-watch = nasłuch
change-field-watches = nasłuchy
change-field-when = warunki
change-field-why = dlaczego
change-field-within = w ciągu
change-field-words = słowa

## Dlaczego zmiana planu została odrzucona
edit-layout = sposób zapisu w tym miejscu nie pozwala na zmianę tutaj; należy ją wprowadzić w tekście
edit-unreadable = tekstu planu nie da się odczytać, więc nic nie zostało zmienione: wiersz { $line }: { $why }
edit-whole = nie można usunąć całego planu; można odrzucić szkic
edit-no-place = { $place }: liczba pozycji to { $count }; miejsca { $index } nie ma
edit-no-item = { $place } nie jest pozycją listy; przenosić można tylko pozycje
edit-no-list = { $place } nie jest listą; nie można tam dodać pozycji
edit-no-keys = { $place } nie zawiera kluczy; nie ma tam miejsca na '{ $name }'
edit-missing = w planie nie ma { $place }
edit-missing-near = w planie nie ma { $place }; czy chodzi o '{ $near }'?
edit-missing-item = w planie nie ma { $place }; liczba pozycji na liście: { $count }
edit-alias = '*{ $anchor }' zastępuje tu to, co zapisano przy '&{ $anchor }'; należy zmienić to tam albo wpisać wartość w tekście
edit-anchor = '&{ $anchor }' jest używane także w innych miejscach ('*{ $anchor }'), które zmieniłyby się niepostrzeżenie; należy wpisać wartości w tekście
edit-shared-line = lista zaczyna się w wierszu innej listy; najpierw należy dać jej w tekście własne wiersze
edit-too-deep = wartość ma więcej niż { $most } poziomów zagnieżdżenia
edit-key-type = { $name } nie może być kluczem; klucze to teksty
edit-no-number = { $value } nie jest liczbą, którą może zawierać plan
edit-half-sign = tekst zawiera połowę znaku (samotny surogat); należy wpisać go od nowa
edit-value-type = w planie nie ma miejsca na { $type }; są w nim teksty, liczby, true i false, listy i bloki

## Wiersz poleceń: kto dostaje zawiadomienie, kontrola, testy
who-title = { $light }, { $at } ({ $duty }), obszar: { $area }
who-on-duty = w godzinach dyżuru
who-off-duty = poza godzinami dyżuru
who-no-area = brak
who-call = { $number }. { $title } ({ $role }): zawiadomienie { $called }, potwierdzenie do { $by }
who-again = ponownie
who-deputy = w zastępstwie: { $title } ({ $role })
who-area-unknown = --area: '{ $name }' nie jest obszarem planu; są to: { $known }
who-area-unknown-near = --area: '{ $name }' nie jest obszarem planu; czy chodzi o '{ $near }'?
who-rule-unknown = --rule: '{ $name }' nie jest regułą planu; są to: { $known }
who-rule-unknown-near = --rule: '{ $name }' nie jest regułą planu; czy chodzi o '{ $near }'?
who-light-or-rule = proszę podać albo --light, np. --light red, albo --rule z nazwą reguły
who-roles-only = Same role: które osoby je pełnią, mówi grafik dyżurów.
check-sound = { $plan }: { $rules ->
    [one] { $rules } reguła
    [few] { $rules } reguły
   *[other] { $rules } reguł
}, { $watches ->
    [one] { $watches } nasłuch
    [few] { $watches } nasłuchy
   *[other] { $watches } nasłuchów
}, bez błędów
check-warning = ostrzeżenie
test-why = dlaczego: { $why }
test-named = test { $test }
test-none = { $plan }: nie ma testów; pisze się je w `tests`, docs/plan-format.md mówi jak
test-all-passed = { $plan }: { $count ->
    [one] { $count } test, wynik zgodny
    [few] { $count } testy, wszystkie zgodne
   *[other] { $count } testów, wszystkie zgodne
}
test-some-failed = { $plan }: { $count ->
    [one] { $count } test
    [few] { $count } testy
   *[other] { $count } testów
}, zgodne: { $passed }, niezgodne: { $failed }
test-read-by = teksty odczytał: { $models }

## Wiersz poleceń: kto ma dyżur, gdzie nikogo nie ma, jak długo się czeka, czy wszystko w porządku
who-people-on-duty = na dyżurze: { $people }
who-people-deputy = w zastępstwie: { $people }
who-people-everybody = nikogo na dyżurze, więc wszyscy z tej roli: { $people }
who-people-nobody = nikt nie ma dyżuru: od razu wzywany jest następny krok; ostatni wzywa wszystkich, którzy mają jego rolę
file-unknown-plan = '{ $name }' nie jest plikiem, folderem ani dołączonym planem; dołączone plany: { $known }
file-unknown-plan-near = '{ $name }' nie jest plikiem, folderem ani dołączonym planem; czy chodzi o '{ $near }'?
file-unknown-roster = '{ $name }' nie jest plikiem ani dołączonym grafikiem; dołączone grafiki: { $known }
file-unknown-roster-near = '{ $name }' nie jest plikiem ani dołączonym grafikiem; czy chodzi o '{ $near }'?
file-unreadable = nie można odczytać { $name } (system podaje: { $why }); proszę sprawdzić, gdzie leży, i jego uprawnienia
duty-role = { $title } ({ $role })
duty-nobody = nikt
duty-instead = { $name } (w zastępstwie: { $other })
duty-sound = { $roster }: { $people ->
    [one] { $people } osoba
    [few] { $people } osoby
   *[other] { $people } osób
}, { $shifts ->
    [one] { $shifts } zmiana
    [few] { $shifts } zmiany
   *[other] { $shifts } zmian
}, bez błędów
duty-role-unknown = --role: '{ $role }' nie jest rolą planu { $plan }; są to: { $known }
duty-role-unknown-near = --role: '{ $role }' nie jest rolą planu { $plan }; czy chodzi o '{ $near }'?
duty-no-moment = { $option }: '{ $given }' nie jest chwilą; zapis: 2026-12-24 lub 2026-12-24T23:30
duty-far-moment = { $option }: rok { $year } leży poza każdym grafikiem; proszę podać rok od { $first } do { $last }
duty-span = od { $start } do { $end }: koniec musi przypadać po początku, najwyżej trzy lata później
duty-on = { $role }: { $people }
duty-on-until = { $role }: { $people } do { $until }
duty-on-then = { $role }: { $people } do { $until }; potem { $next }
duty-on-then-from = { $role }: { $people } do { $until }; potem { $next } od { $from }
duty-stretch = od { $from } do { $to }
duty-gap = { $stretch }  { $role }: { $missing }
duty-gap-nobody = nikogo
duty-gap-nobody-for = nikogo ({ $what })
duty-gap-deputy = { $missing }; jest zastępstwo
duty-gap-decided = { $missing }; z wyboru: { $reason }
duty-gaps-sum = { $roster }: { $gaps ->
    [one] { $gaps } luka
    [few] { $gaps } luki
   *[other] { $gaps } luk
}, { $hours } godz.
duty-gaps-decided = { $sum }; z wyboru jeszcze: { $decided }
duty-worst-of = { $light } ({ $areas })
duty-worst-by-name = { $light }, wezwanie z nazwy: { $role }
duty-worst = { $of }: { $wait }
duty-worst-at-once = wezwanie człowieka od razu
duty-worst-within = wezwanie człowieka, najdłuższe oczekiwanie: { $span } (wpis: { $at })
duty-worst-last-at-once = ostatni krok łańcucha: od razu
duty-worst-last-within = ostatni krok łańcucha, najdłuższe oczekiwanie: { $span } (wpis: { $at })
duty-worst-off-duty = nikogo na dyżurze: wezwani zostaliby ludzie poza dyżurem { $stretches }
duty-worst-nobody = ŁAŃCUCH NIE DOCIERA DO NIKOGO { $stretches }
duty-worst-name-nobody = WEZWANIE NIE DOCIERA DO NIKOGO { $stretches }
duty-and-more = { $stretches } i jeszcze { $count ->
    [one] { $count } raz
   *[other] { $count } razy
}
duty-simulated-cases = czerwone sprawy
duty-simulated-acknowledged = potwierdzone
duty-simulated-missed = pominięte
duty-simulated-doubled = podwojone
duty-simulated-late = później, niż mówi dowód
duty-simulated-calls = wezwania
duty-simulated-deaths = ile razy padł proces roboczy
duty-simulated-races = ile razy odrzucono drugi proces
duty-simulated-at = potwierdzone w kroku { $step }
health-wrong = BŁĄD
health-look = warto zajrzeć
health-finding = { $severity }: { $what }
health-finding-of = { $severity }, { $brand }: { $what }
health-ran = { $count ->
    [one] Właśnie wykonano { $count } spóźnione wezwanie.
    [few] Właśnie wykonano { $count } spóźnione wezwania.
   *[other] Właśnie wykonano { $count } spóźnionych wezwań.
}
health-not-told = Nie udało się powiadomić zewnętrznego monitora ({ $fault }); proszę sprawdzić SERENO_HEARTBEAT_URL.
health-monitor-answered = odpowiedź monitora: { $status }
health-withheld = Zewnętrzny monitor nie słyszy, że wszystko jest w porządku.
health-no-database = nie można zapytać bazy danych ({ $error }); proszę sprawdzić DATABASE_URL
health-well = Wszystko w porządku.
health-well-told = Wszystko w porządku. Zewnętrzny monitor jest powiadomiony.
