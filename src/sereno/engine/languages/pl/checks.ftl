# Co mówi kontrola planu, po polsku (Fluent). Każdy klucz oprócz części zdań jest kodem usterki.

## Części zdań
part-rule = reguła '{ $name }'
part-step = krok '{ $name }'
part-role = rola '{ $name }'
part-area = obszar '{ $name }'
part-watch = nasłuch '{ $name }'
part-type = typ '{ $name }'
part-level = poziom '{ $name }'
part-degree = stopień '{ $name }'
part-guide = wskazówki '{ $name }'
part-number = numer '{ $name }'
part-scenario = scenariusz '{ $name }'
part-drill = ćwiczenie '{ $name }'
part-test = test '{ $name }'
part-resource = środek '{ $name }'
part-audience = grupa odbiorców '{ $name }'
part-warning = akceptacja '{ $name }'
part-to = ton dla '{ $name }'
part-committee = komitet
part-brand = marka
part-policy = polityka
part-field = { $of }, { $field }
part-role-titled = { $title } ({ $name })
part-in-rule = reguła '{ $in_rule }', znak { $character }: { $sentence }
part-any = { $part } '{ $name }'
part-person = osoba '{ $name }'
part-shift = dyżur '{ $name }'
part-override = zastępstwo: '{ $name }'
part-absence = nieobecność: '{ $name }'
part-gap = zaakceptowana luka: '{ $name }'
hint-near = ; może chodziło o '{ $near }'?
hint-known = ; znane: { $known }
shape-nothing = nic
shape-list = lista
shape-mapping = blok kluczy

## Tekst jako YAML
yaml-too-long = liczba znaków w tekście: { $count }; dopuszczalne jest najwyżej { $most }
yaml-empty = plan jest pusty; proszę skopiować plans/starter.yaml i zmieniać go krok po kroku
yaml-broken = to nie jest YAML: { $said }; proszę sprawdzić wcięcia, cudzysłowy i dwukropki
yaml-unreadable = to nie jest YAML: { $said }
yaml-too-deep = tekst jest zagnieżdżony głębiej niż na { $most } poziomów
yaml-tag = na znacznik '{ $tag }' nie ma tu miejsca; proszę go usunąć
yaml-too-many = liczba wartości w tekście po rozwinięciu aliasów przekracza { $most }
yaml-key-no-word = klucz musi być jednym słowem, nie listą ani blokiem
yaml-key-twice = klucz '{ $key }' stoi tu po raz drugi (pierwszy raz w wierszu { $line }); proszę zostawić jeden
yaml-not-utf8 = ten tekst nie jest w UTF-8; proszę zapisać plik jako UTF-8
too-many = liczba wpisów w '{ $key }': { $count }; dopuszcza się najwyżej { $most }
faults-left-out = pozostałych, których tu nie wymieniono: { $count }; najpierw trzeba poprawić te

## Postać kluczy i wartości
form-key-unknown = nieznany klucz '{ $key }'{ $hint }
    .otherwise = ; tu znane: { $known }
form-key-missing = brak '{ $key }'
form-no-choice = '{ $given }' nie pasuje do { $key }{ $hint }; do wyboru: { $choices }
form-no-length-of-time = { $key }: '{ $given }' to nie czas trwania; proszę podać minuty, godziny lub dni: 30m, 4h, 1h30m, 2d
form-length-too-long = { $key }: '{ $given }' jest dłuższe niż jakikolwiek termin
form-no-hours = { $key }: '{ $given }' to nie przedział godzin; proszę napisać 08:00-22:00
form-no-shift-hours = { $key }: '{ $given }' to nie godziny dyżuru; proszę napisać 08:00-14:00, a nocą 22:00-06:00
form-hours-close-first = { $key }: '{ $given }' kończy się przed początkiem; nocną zmianę proszę podzielić o północy: 22:00-24:00 i 00:00-06:00
form-no-time-of-day = { $key }: '{ $given }' to nie godzina; godziny biegną od 00:00 do 24:00
form-key-no-language = { $shown } stoi tam, gdzie powinien być kod języka; tekst z przecinkiem wymaga cudzysłowu
form-no-name = { $key }: { $shown } to nie nazwa; dozwolone są małe litery, cyfry, _ i -, na początku litera
form-no-language-code = { $key }: { $shown } to nie kod języka; proszę podać dwie lub trzy małe litery: en, es, pl
form-no-telephone = { $key }: { $shown } to nie numer telefonu; proszę podać cyfry i spacje, na przykład 112 lub +34 900 000 000
form-no-country-code = { $key }: { $shown } to nie kod kraju; proszę podać dwie wielkie litery: ES, PL, GB
form-no-money = { $key }: { $shown } to nie kwota; proszę podać liczbę i walutę: 50 EUR, 19.90 PLN
form-no-text = { $key }: { $shown } stoi tam, gdzie powinien być tekst
form-no-whole-number = { $key }: { $shown } stoi tam, gdzie powinna być liczba całkowita
form-no-number = { $key }: { $shown } stoi tam, gdzie powinna być liczba
form-no-truth = { $key }: { $shown } stoi tam, gdzie powinno być true lub false
form-no-list = { $key }: { $shown } stoi tam, gdzie powinna być lista: [jeden, dwa] lub po jednym w wierszu po myślniku
form-no-mapping = { $key }: { $shown } stoi tam, gdzie powinien być blok: wiersze `klucz: wartość`
form-no-texts = { $key }: { $shown } stoi tam, gdzie powinien być blok, na przykład tekst w każdym języku: {"{"}en: …, es: …{"}"}
form-no-date = { $key }: { $shown } stoi tam, gdzie powinna być data: 2026-11-30
form-no-moment = { $key }: { $shown } stoi tam, gdzie powinien być dzień z godziną: 2026-11-28T23:30
form-too-small = { $key }: { $shown } to za mało; najmniej { $limit }
form-too-large = { $key }: { $shown } to za dużo; najwięcej { $limit }
form-text-too-short = { $key }: { $shown } to za krótki tekst; potrzeba co najmniej { $limit ->
        [one] 1 znaku
       *[other] { $limit } znaków
    }
form-text-too-long = { $key }: { $shown } to za długi tekst; dozwolone jest najwyżej { $limit ->
        [one] 1 znak
        [few] { $limit } znaki
       *[other] { $limit } znaków
    }
form-list-too-short = { $key }: lista jest za krótka; potrzeba co najmniej { $limit ->
        [one] 1 pozycji
       *[other] { $limit } pozycji
    }
form-refused = { $key }: { $shown } nie może tu stać: { $said }

## Marka
timezone-unknown = strefa czasowa '{ $zone }' nie istnieje{ $hint }
    .otherwise = ; na przykład Europe/Warsaw
country-missing = nie podano kraju, więc nie są znane żadne święta: proszę dodać `country: ES`
country-unknown = kraj '{ $country }' nie istnieje; proszę podać kod ISO 3166-1, na przykład ES lub PL
holidays-unknown = święta kraju { $country } nie są tu znane; żadne nie będzie liczone
brand-without-language = marka nie odpowiada w żadnym języku; proszę podać co najmniej jeden: [en]

## Nazwy
name-twice = { $key } '{ $name }' stoi dwa razy w { $where }; jednej pozycji proszę dać inną nazwę
role-unknown = { $what }: rola '{ $role }', { $use ->
        [calls] która dostaje zawiadomienie
        [owner] która odpowiada
        [deputy] która zastępuje
        [decides] która decyduje
        [offers] która oferuje
        [member] która zasiada w komitecie
       *[speaks] która zabiera głos
    }, nie istnieje{ $hint }
role-named-area-owner = '{ $role }' oznacza zawsze osobę odpowiedzialną za obszar sprawy; tej roli proszę dać inną nazwę

## Ludzie
deputies-in-a-circle = zastępstwa biegną w kółko: { $way }; jedna z ról niech nie ma zastępstwa
topic-unknown = { $what }: temat '{ $topic }', { $part ->
        [area] którym się zajmuje
       *[type] którego dotyczy
    }, nie istnieje{ $hint }
topic-with-two-areas = temat '{ $topic }' ma dwa obszary, '{ $first }' i '{ $second }'; proszę zostawić go w jednym
area-rest-twice = drugi obszar nie podaje tematów; resztę może brać tylko jeden
topics-without-area = żaden obszar nie zajmuje się: { $topics }; proszę dodać obszar bez tematów, weźmie resztę
area-deputy-is-owner = obszar '{ $area }': odpowiedzialna za niego rola '{ $role }' sama siebie zastępuje; proszę podać inną
area-without-deputy = obszar '{ $area }' nie ma zastępstwa i nie ma go też odpowiedzialna rola '{ $role }'; gdy nikt się nie zgłosi, zostaje tylko łańcuch

## Nasłuch, zasięg, sieci
reach-without-default = poziom '{ $level }' nie ma `default`; proszę podać liczbę dla sieci, których nie wymieniono
reach-beyond-everybody = poziom '{ $level }' wymaga w sieci { $network } więcej obserwujących, niż ma jakiekolwiek konto; proszę podać mniej
reach-never-told = { $what } pyta o obserwujących w sieci { $network }, która ich liczby nie podaje; proszę to usunąć
reach-out-of-order = poziom '{ $level }' zaczyna się od { $high } w sieci { $network }, nie powyżej '{ $smaller }' ({ $low }); poziomy rosną od najmniejszego
network-unknown = sieć '{ $network }' nie jest nam znana{ $hint }
    .otherwise = ; jeśli przynosi ją własny konektor, można zaakceptować to ostrzeżenie

## Warunki reguł i wyzwalaczy
condition-empty = { $what }: warunek '{ $condition }' o nic nie pyta; proszę go uzupełnić lub usunąć
rule-without-conditions = { $what }: brak warunków, więc { $part ->
        [scenario] każdy czerwony wpis wywoływałby propozycję
       *[rule] światło dostawałby każdy wpis
    }; proszę dodać warunek
claim-unknown = { $what }: twierdzenia '{ $claim }' nikt nie odczytuje{ $hint }
topic-unread = { $what }: tematu '{ $topic }' nikt nie odczytuje{ $hint }
reach-unknown = { $what }: poziom zasięgu '{ $level }' nie istnieje{ $hint }
certainty-never-reached = { $what }: `{ $condition }: 1` nie zdarza się nigdy, żaden odczyt nie jest całkiem pewny; proszę podać 0.95 lub mniej
condition-always-holds = { $what }: warunek '{ $condition }' jest zawsze spełniony, więc nic nie mówi; proszę go podnieść lub usunąć
count-beyond-any-post = { $what }: żaden wpis na świecie nie osiąga takiego `{ $condition }`; proszę podać mniejszą liczbę
rating-below-one-star = { $what }: nikt nie może dać mniej niż jednej gwiazdki; proszę podać `rating: 1` lub więcej
severity-without-complaint = { $what }: dotkliwość mają tylko skargi, a warunek pyta o inne rodzaje; proszę dodać complaint do `kind` lub usunąć `severity`
private-in-a-public-place = { $what }: to, co stoi w { $places }, nigdy nie jest prywatne; proszę usunąć `visibility` lub podać inne miejsce
rating-outside-reviews = { $what }: gwiazdki mają tylko opinie; proszę dodać review do `place` lub usunąć `rating`

## Reguły między sobą
text-light-never-given = { $what } pyta o `text_light: { $light }`, ale żadna reguła pytająca o sam tekst nie daje { $light } ani poważniejszego; proszę taką napisać lub pytać o mniej
rule-never-holds = { $what }: warunki nigdy nie są spełnione, bo wykluczają każdą regułę, która daje tekstowi { $light } lub poważniejsze
rule-never-decides = reguła '{ $rule }' nigdy nie rozstrzyga: zawsze razem z nią działa reguła '{ $other }', która daje { $light } i jest pierwsza; proszę ją usunąć albo zaostrzyć
trigger-never-red = scenariusz '{ $scenario }' jest proponowany tylko przy czerwonych wpisach, a żadna czerwona reguła nie działa razem z tym wyzwalaczem; proszę go poprawić lub napisać regułę

## Wskazówki
guide-unknown = reguła '{ $rule }' daje wskazówki '{ $guide }', które nie istnieją{ $hint }
    .otherwise = { $known ->
        [none] ; proszę je dodać do `guides`
       *[other] ; znane: { $known }
    }
danger-without-help = reguła '{ $rule }' znajduje ludzi w niebezpieczeństwie; proszę dodać { $missing ->
        [both] `route` i `guide`
        [guide] `guide`
       *[route] `route`
    }, aby wskazana rola od razu dostała zawiadomienie i wiedziała, co robić
guide-without-steps = wskazówki '{ $guide }' nie mają kroków; proszę dodać co najmniej jeden
guide-never-read = wskazówek '{ $guide }' nikt nie czyta: nie daje ich żadna reguła w `lights`

## Łańcuch decyzyjny
degree-without-step = żaden krok nie przyjmuje stopnia '{ $degree }'; proszę go dodać do `degrees` jednego kroku
degree-without-target = stopień '{ $degree }' nie ma celu; proszę dodać `- degree: { $degree }` z czasami
degree-with-two-steps = krok '{ $step }' przyjmuje stopień '{ $degree }', który przyjmuje już krok '{ $first }'; proszę zostawić go w jednym
degree-twice-in-a-step = krok '{ $step }' wymienia stopień '{ $degree }' dwa razy; proszę zostawić jeden
degree-with-two-targets = stopień '{ $degree }' ma drugi cel; proszę zostawić jeden
step-leads-nowhere = krok '{ $step }' prowadzi do '{ $then }', a takiego kroku nie ma{ $hint }
chain-in-a-circle = łańcuch biegnie w kółko: { $way }; ostatni krok niech nie ma `then`
chain-ends-with-the-area = łańcuch kończy się w kroku '{ $step }' na osobie odpowiedzialnej za obszar; niech kończy się na roli, która jest zawsze, na przykład na dyżurze komitetu: proszę dodać `then`
step-never-reached = krok '{ $step }' nigdy nie jest osiągany: nie wchodzi do niego żaden stopień i nie prowadzi żaden krok
unsupported-step-unknown = wpisy w innych językach idą do kroku '{ $step }', a takiego kroku nie ma{ $hint }
step-slower-than-target = krok '{ $step }' czeka na potwierdzenie { $given }, a cel dla '{ $degree }' to { $target }; proszę skrócić `acknowledge_within`, aby następny krok mógł jeszcze zdążyć
red-chain-too-long = czerwony wpis dociera do kroku '{ $step }' dopiero po { $passed }, gdy termin pierwszej odpowiedzi to { $target }; proszę skrócić wcześniejsze kroki
red-waits-for-the-morning = w kroku '{ $step }' czerwony wpis czeka na godziny dyżuru, zanim zawiadomienie dostanie następny krok; proszę dodać `clock: always`
red-target-in-duty-hours = cel dla 'red' biegnie tylko w godzinach dyżuru, więc czeka do rana; proszę dodać `clock: always`

## Czasy
length-beyond-years = { $key } dla '{ $of }': { $given } to ponad dziesięć lat; proszę podać czas, na który da się czekać
hours-overlap = godziny w { $weekday } nachodzą na siebie; każdą proszę podać raz
duty-hours-too-few = { $key } dla '{ $of }' nigdy nie nadejdzie: w ciągu roku liczba godzin dyżuru nie sięga { $hours }; proszę rozszerzyć duty_hours lub dodać `clock: always`
target-takes-long = { $key } dla '{ $of }': czas dyżuru { $hours } h może potrwać { $days } dni kalendarzowych, nie licząc świąt; proszę go skrócić, rozszerzyć duty_hours lub dodać `clock: always`
target-out-of-order = cel dla '{ $degree }': acknowledge, first_answer i resolution zwykle następują po sobie
law-beyond-years = termin ustawowy w { $country } przekracza dziesięć lat; proszę go sprawdzić
law-type-unknown = termin ustawowy w { $country } dotyczy '{ $type }', a tego nie ma w katalogu{ $hint }

## Odpowiedzi i środki
topics-without-answer = katalog nie ma odpowiedzi na: { $topics }
topic-answered-on-some = katalog odpowiada na '{ $topic }' tylko w sieciach: { $networks }; proszę dodać pozycję bez `networks` dla pozostałych
resource-without-above = środek '{ $resource }' ma limit { $limit }, a nie podano, kto decyduje powyżej; proszę dodać `above`
resource-above-nothing = środek '{ $resource }' podaje, kto decyduje powyżej limitu, a limitu nie ma; proszę dodać `up_to`
resource-never-open = środek '{ $resource }' ma godziny, ale żadnego dnia; proszę je podać lub usunąć `hours`: zawsze

## Polityka
audience-unknown = jest ton dla grupy odbiorców '{ $audience }', a takiej grupy nie ma{ $hint }
    .otherwise = { $known ->
        [none] ; proszę ją dodać do `audiences` marki
       *[other] ; znane: { $known }
    }
avoided-word-empty = słowo do unikania jest puste; proszę je wpisać lub usunąć
word-used-and-avoided = '{ $word }' stoi wśród słów do używania i do unikania ({ $language }); proszę zostawić jedno
avoided-word-said = w { $place } stoi '{ $word }' ({ $language }), słowo, którego polityka unika; proszę napisać to inaczej

## Kryzys
committee-missing = nie ma komitetu kryzysowego; proszę dodać `committee` z członkami, kworum i rolą, która zabiera głos
member-twice = '{ $role }' stoi w komitecie dwa razy; każdą rolę proszę podać raz
quorum-too-large = kworum to { $quorum }, a liczba ról w komitecie: { $members ->
        [one] tylko 1
       *[other] tylko { $members }
    }; decyzja nigdy by nie zapadła
deputy-is-member = rolę '{ $role }' zastępuje '{ $deputy }', która też zasiada w komitecie: jedna osoba miałaby dwa głosy; proszę podać inne zastępstwo
spokesperson-without-deputy = gdy roli '{ $role }' nie można zastać, nikt nie zabiera głosu; proszę dać jej `deputy`
scenarios-missing = nie przemyślano żadnego najgorszego przypadku; proszę dodać `scenarios`, choćby ten najgroźniejszy
first-hour-too-late = scenariusz '{ $scenario }': { $within } wykracza poza pierwszą godzinę; proszę skrócić lub zostawić to komitetowi
first-hour-out-of-order = scenariusz '{ $scenario }': { $within } stoi po kroku z czasem { $before }; proszę ułożyć kroki według czasu
scenario-unknown = { $what }: scenariusz '{ $scenario }' nie istnieje{ $hint }
    .otherwise = { $known ->
        [none] ; proszę go dodać do `scenarios`
       *[other] ; znane: { $known }
    }
drill-too-often = ćwiczenie '{ $drill }' wraca w ciągu jednego dnia; proszę podać dni: 90d, 180d
drill-not-every-year = żadne ćwiczenie nie wraca w ciągu roku; proszę ćwiczyć co roku choć jeden scenariusz: `every: 180d`

## Własne testy planu
test-expects-unknown = test '{ $test }' oczekuje: { $what }, a tego nie ma w planie{ $hint }
test-expects-nothing = test '{ $test }' niczego nie oczekuje, więc niczego nie dowodzi; proszę podać, co ma wyjść
test-without-text = wpis w teście '{ $test }' nie ma ani `text`, ani `reads_as`; proszę podać jedno z nich

## Teksty w językach
text-missing = { $thing }: brak tekstu (język: { $languages }; miejsce: { $place }); widoczny będzie inny język
answer-missing = { $thing }: brak tekstu (język: { $languages }; miejsce: { $place }); przy odpowiadaniu widoczny będzie inny język
holding-statement-missing = { $thing }: brak tekstu (język: { $languages }; miejsce: { $place }); w kryzysie nie ma czasu na tłumaczenie

## Zaakceptowane ostrzeżenia
accepted-unknown = żadne ostrzeżenie nie nazywa się '{ $warning }'{ $hint }
    .otherwise = ; kontrola podaje każdy kod w nawiasach
accepted-error = '{ $warning }' to tutaj błąd i nie da się go zaakceptować; proszę go naprawić
accepted-nothing = '{ $warning }' jest zaakceptowane, ale kontrola już tego nie zgłasza; proszę usunąć akceptację
accepted-nothing-there = '{ $warning }' jest zaakceptowane w '{ $at }', ale kontrola tam tego nie zgłasza; proszę poprawić miejsce lub usunąć akceptację

## Folder z plikami
source-bad-name = nazwa pliku { $name } zawiera nieczytelne znaki; należy ją zmienić
source-nested = między plikami planu jest folder; pliki leżą obok siebie, więc folder należy przenieść
source-no-yaml = w folderze nie ma pliku .yaml; można skopiować do niego plans/starter.yaml
source-many-files = liczba plików .yaml w folderze: { $count }; dozwolone najwyżej { $most }
source-link-nowhere = dowiązanie prowadzi donikąd; należy umieścić tu sam plik
source-link-out = dowiązanie prowadzi poza folder planu; należy umieścić tu sam plik
source-no-file = tego nie da się odczytać w całości jako pliku; plan należy zapisać w pliku
source-huge = plik ma więcej niż { $most } bajtów; żaden plan nie jest tak duży
source-margin = część planu zapisuje się w wierszach `klucz:` zaczynających się przy lewym marginesie
source-marks = '{ $marks }' zaczyna lub kończy dokument; należy to usunąć, bo z plików powstaje jeden tekst
source-key-twice = klucz '{ $key }' jest tu i w { $file }:{ $line }; należy zostawić jeden

## Nasłuch
watch-rule-empty = reguła jest pusta; proszę podać co najmniej jedno słowo, na przykład acme
watch-not-alone = z tym NOT reguła znajdzie każdy wpis, w którym nie ma żadnego z jej słów; najpierw proszę podać, czego szukać: acme NOT praca
watch-rule-too-deep = ponad { $most } nawiasów lub NOT jeden w drugim; proszę napisać regułę prościej
watch-parentheses-empty = między tymi nawiasami nic nie stoi; proszę wpisać słowo lub je usunąć
watch-parenthesis-not-closed = ten nawias nie jest zamknięty; proszę dodać ')'
watch-parenthesis-not-opened = ten nawias nie został otwarty; proszę dodać '(' lub go usunąć
watch-no-term-after = po { $operator } musi stać słowo, na przykład acme { $operator } zwrot; aby szukać samego wyrazu, proszę użyć cudzysłowu: "{ $operator }"
watch-no-term-before = przed { $operator } musi stać słowo, na przykład acme { $operator } zwrot; aby szukać samego wyrazu, proszę użyć cudzysłowu: "{ $operator }"
watch-rule-ends = reguła kończy się tam, gdzie musi stać słowo
watch-quotation-not-closed = ten cudzysłów nie jest zamknięty; proszę dodać "
watch-quotation-empty = między tymi cudzysłowami nic nie stoi; proszę wpisać, czego szukać
watch-no-term-after-modifier = zaraz po '{ $modifier }' musi stać słowo: { $modifier }Play
watch-no-forms = nie ma odmiany dla języka '{ $language }'; jest dla: { $languages }
watch-no-modifier = '{ $modifier }' to nie modyfikator{ $hint } Aby szukać samego tekstu, proszę użyć cudzysłowu: "{ $modifier }{ $term }"
    .otherwise = ; są exact: i forms:.
watch-operator-in-capitals = '{ $word }': operatory pisze się wielkimi literami, { $operator }; aby tego szukać, proszę użyć cudzysłowu: "{ $word }"
watch-comma = '{ $word }' kończy się na '{ $sign }'; słowa proszę łączyć przez AND lub OR albo użyć cudzysłowu: "{ $word }"
watch-no-placeholder = '{ $word }': nie ma znaku zastępczego *; proszę napisać forms:{ $bare } albo słowa z OR, albo użyć cudzysłowu: "{ $word }"
watch-minus = '{ $word }': aby wykluczyć słowo, proszę napisać NOT { $bare }; aby go szukać, użyć cudzysłowu: "{ $word }"
watch-rule-and-terms = ma i `rule`, i `terms`; proszę zostawić jedno (w regule słowa łączy OR)
watch-looks-for-nothing = nie ma ani `rule`, ani `terms`; proszę podać, czego szukać, na przykład terms: [acme]
watch-term-empty = ma puste słowo; proszę wpisać, czego szukać, lub je usunąć
watch-term-without-forms = pyta o odmianę '{ $term }' w języku '{ $language }'; jest dla: { $languages }
watch-term-like-a-rule = słowo '{ $term }' wygląda jak reguła, ale `terms` szuka się dosłownie; proszę wpisać je w `rule` albo w regule w cudzysłowie ("…"), jeśli chodzi o sam tekst
watch-term-of-one-letter = słowo '{ $term }' to jedna litera i znalazłoby o wiele za dużo; proszę podać dłuższe lub dokładną pisownię (exact:{ $term })
watch-term-of-one-sign = słowo '{ $term }' to jeden znak interpunkcyjny i znalazłoby prawie każdy wpis; proszę podać dłuższe
watch-term-ruled-out = słowo '{ $term }' stoi w `terms` i w `never`; proszę jedno usunąć
watch-never-matches = reguła '{ $rule }' nigdy nic nie znajdzie: wyklucza to, czego szuka

## Grafik
roster-empty = grafik jest pusty; proszę skopiować rosters/starter.yaml i zmieniać go krok po kroku
roster-role-unknown = { $what } ma rolę '{ $role }', której nie ma w planie{ $hint }
roster-area-unknown = { $what } zajmuje się obszarem '{ $area }', którego nie ma w planie{ $hint }
roster-resource-unknown = { $what } decyduje o środku '{ $resource }', którego nie ma w planie{ $hint }
roster-person-unknown = { $what }: '{ $person }' nie należy do wymienionych osób{ $hint }
roster-person-twice = { $what }: '{ $person }' stoi tu dwa razy; wystarczy raz
roster-role-not-held = { $what }: '{ $person }' nie ma roli '{ $role }'; proszę dodać ją tej osobie lub podać kogoś, kto ją ma
roster-language-unknown = { $what }: język '{ $language }' nie jest nam znany; proszę podać kod ISO 639: en, es, pl
roster-network-unknown = { $what }: sieć '{ $network }' nie jest nam znana{ $hint }
    .otherwise = ; jeśli przynosi ją własny konektor, proszę ją zostawić
roster-email-missing = { $what } nie ma adresu e-mail, więc i konta: widać tę osobę w grafiku, ale nie można jej wezwać
roster-email-odd = { $what }: '{ $email }' to nie adres e-mail
roster-email-twice = { $what } ma adres e-mail, który ma też '{ $other }'; każda osoba ma własne konto
roster-account-missing = { $what }: żadne konto nie ma adresu '{ $email }', więc tej osoby nie można wezwać
roster-rotation-days = { $what } zmienia się co { $given }; kolejka trwa całe dni: 1d, 7d
roster-rotation-together = { $what } wymaga naraz osób: { $together }, a ma: { $count }; nikt się nie zmienia
roster-shift-never = { $what } nigdy się nie zaczyna: nie zostaje mu żaden dzień; proszę dać mu dni lub go usunąć
roster-hours-overlap = { $what }: dwa jego przedziały zachodzą na siebie; każdą godzinę proszę podać raz
roster-ends-first = { $what } kończy się przed początkiem
roster-moment-far = { $what }: rok { $year } leży poza każdym grafikiem; proszę podać rok tego stulecia
roster-instead-of-self = { $what }: osoba zastępuje samą siebie; proszę podać inną
roster-swap-alone = { $what } jest zamianą i nie mówi, z kim; proszę dodać `instead_of`
roster-override-idle = { $what }: '{ $person }' nie ma wtedy dyżuru jako '{ $role }', więc nie ma czego przejąć
roster-override-on-leave = { $what }: ta osoba ma wtedy urlop, a mimo to jest wzywana
roster-doubled = { $what } ma naraz dwa dyżury jako '{ $role }', w '{ $first }' i '{ $second }', po raz pierwszy { $when }
roster-own-deputy = { $what } ma naraz dyżur jako '{ $role }' i jako zastępstwo tej roli, '{ $deputy }', po raz pierwszy { $when }: jedna osoba, dwa wezwania
roster-shift-in-quiet = { $what } ma godziny ciszy podczas dyżuru '{ $shift }', po raz pierwszy { $when }: dotrze tylko czerwone
roster-clock-change = { $what } zaczyna lub kończy się o { $at }, którą to godzinę { $day } zegary { $how ->
        [skip] pomijają: liczy się chwila zmiany
       *[repeat] pokazują dwa razy: liczy się pierwszy
    }
roster-role-held-by-nobody = nikt nie ma roli '{ $role }', którą wzywa plan{ $deputy ->
        [none] {""}
       *[other] ; zostaje tylko zastępstwo, '{ $deputy }'
    }
roster-chain-ends-in-nobody = łańcuch kończy się rolą '{ $role }' w kroku '{ $step }', a nikt jej nie ma ani nie zastępuje: wpis, którego nikt nie weźmie, czekałby bez końca; proszę dać tę rolę komuś z adresem e-mail
roster-role-without-shift = są osoby z rolą '{ $role }', ale żaden dyżur ich tam nie stawia
roster-gap-idle = { $what }: nie ma wtedy takiej luki; proszę ją usunąć
roster-too-much = { $what }: razem z tym wszystkie zmiany dają ponad { $most } odcinków na kwartał; proszę ująć zmian, godzin lub osób
roster-too-many-gaps = { $what }: do tego miejsca przyjęte luki trwają razem zbyt długo; proszę usunąć te, które minęły
roster-too-many-overrides = { $what }: do tego miejsca zastępstwa dotykają razem zbyt wielu odcinków; proszę usunąć te, które minęły
roster-too-much-quiet = { $what }: ponad { $most } przedziałów ciszy; proszę zostawić te, które się liczą
