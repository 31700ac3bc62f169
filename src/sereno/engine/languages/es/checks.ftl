# Lo que dice la comprobación de un plan, en español (Fluent). Cada clave, salvo las piezas, es el código de un error.

## Piezas
part-rule = regla '{ $name }'
part-step = paso '{ $name }'
part-role = rol '{ $name }'
part-area = área '{ $name }'
part-watch = búsqueda '{ $name }'
part-type = tipo '{ $name }'
part-level = nivel '{ $name }'
part-degree = grado '{ $name }'
part-guide = guía '{ $name }'
part-number = número '{ $name }'
part-scenario = escenario '{ $name }'
part-drill = simulacro '{ $name }'
part-test = prueba '{ $name }'
part-resource = recurso '{ $name }'
part-audience = público '{ $name }'
part-warning = aceptación de '{ $name }'
part-to = tono para '{ $name }'
part-committee = comité
part-brand = marca
part-policy = política
part-field = { $of }, { $field }
part-role-titled = { $title } ({ $name })
part-in-rule = regla '{ $in_rule }', carácter { $character }: { $sentence }
part-any = { $part } '{ $name }'
part-person = persona '{ $name }'
part-shift = turno '{ $name }'
part-override = relevo de '{ $name }'
part-absence = ausencia de '{ $name }'
part-gap = hueco aceptado de '{ $name }'
hint-near = ; ¿quiso decir '{ $near }'?
hint-known = ; se conocen: { $known }
shape-nothing = nada
shape-list = una lista
shape-mapping = un bloque de claves

## El texto como YAML
yaml-too-long = el texto tiene { $count } caracteres; no se admiten más de { $most }
yaml-empty = el plan está vacío; copie plans/starter.yaml y cámbielo paso a paso
yaml-broken = esto no es YAML: { $said }; revise el sangrado, las comillas y los dos puntos
yaml-unreadable = esto no es YAML: { $said }
yaml-too-deep = el texto tiene más de { $most } niveles, uno dentro de otro
yaml-tag = la etiqueta '{ $tag }' no tiene sitio aquí; quítela
yaml-too-many = el texto contiene más de { $most } valores una vez escritos sus alias
yaml-key-no-word = una clave debe ser una sola palabra, no una lista ni un bloque
yaml-key-twice = la clave '{ $key }' aparece aquí por segunda vez (la primera, en la línea { $line }); deje una
yaml-not-utf8 = este texto no es UTF-8; guarde el archivo como UTF-8
too-many = '{ $key }' tiene { $count } entradas; no se admiten más de { $most }
faults-left-out = no se enumeran otros { $count }; corrija primero estos

## La forma de claves y valores
form-key-unknown = clave desconocida '{ $key }'{ $hint }
    .otherwise = ; aquí se conocen: { $known }
form-key-missing = falta '{ $key }'
form-no-choice = '{ $given }' no vale para { $key }{ $hint }; elija entre { $choices }
form-no-length-of-time = { $key }: '{ $given }' no es una duración; escriba minutos, horas o días: 30m, 4h, 1h30m, 2d
form-length-too-long = { $key }: '{ $given }' es más largo que cualquier plazo
form-no-hours = { $key }: '{ $given }' no es un tramo de horas; escríbalo así: 08:00-22:00
form-no-shift-hours = { $key }: '{ $given }' no son horas de un turno; escríbalas así: 08:00-14:00, o 22:00-06:00 para una noche
form-hours-close-first = { $key }: '{ $given }' cierra antes de abrir; parta el turno de noche a medianoche: 22:00-24:00 y 00:00-06:00
form-no-time-of-day = { $key }: '{ $given }' no es una hora del día; las horas van de 00:00 a 24:00
form-key-no-language = { $shown } está donde se espera un código de idioma; un texto con coma necesita comillas
form-no-name = { $key }: { $shown } no es un nombre; use minúsculas, cifras, _ y -, y empiece por una letra
form-no-language-code = { $key }: { $shown } no es un código de idioma; escriba dos o tres minúsculas: en, es, pl
form-no-telephone = { $key }: { $shown } no es un teléfono; escriba cifras y espacios, como 112 o +34 900 000 000
form-no-country-code = { $key }: { $shown } no es un código de país; escriba dos mayúsculas: ES, PL, GB
form-no-money = { $key }: { $shown } no es un importe; escriba la cifra y la moneda: 50 EUR, 19.90 PLN
form-no-text = { $key }: { $shown } está donde se espera un texto
form-no-whole-number = { $key }: { $shown } está donde se espera un número entero
form-no-number = { $key }: { $shown } está donde se espera un número
form-no-truth = { $key }: { $shown } está donde se espera true o false
form-no-list = { $key }: { $shown } está donde se espera una lista: [uno, dos], o uno por línea tras un guion
form-no-mapping = { $key }: { $shown } está donde se espera un bloque: líneas `clave: valor`
form-no-texts = { $key }: { $shown } está donde se espera un bloque, como un texto por idioma: {"{"}en: …, es: …{"}"}
form-no-date = { $key }: { $shown } está donde se espera una fecha: 2026-11-30
form-no-moment = { $key }: { $shown } está donde se espera un día con su hora: 2026-11-28T23:30
form-too-small = { $key }: { $shown } es demasiado poco; lo mínimo es { $limit }
form-too-large = { $key }: { $shown } es demasiado; lo máximo es { $limit }
form-text-too-short = { $key }: { $shown } es demasiado corto; escriba al menos { $limit ->
        [one] 1 carácter
       *[other] { $limit } caracteres
    }
form-text-too-long = { $key }: { $shown } es demasiado largo; escriba como mucho { $limit ->
        [one] 1 carácter
       *[other] { $limit } caracteres
    }
form-list-too-short = { $key }: la lista es demasiado corta; ponga al menos { $limit ->
        [one] 1 elemento
       *[other] { $limit } elementos
    }
form-refused = { $key }: no se admite { $shown }: { $said }

## Marca
timezone-unknown = la zona horaria '{ $zone }' no existe{ $hint }
    .otherwise = ; por ejemplo, Europe/Warsaw
country-missing = no se indica el país, así que no se conoce ningún festivo: añada `country: ES`
country-unknown = el país '{ $country }' no existe; escriba ISO 3166-1, como ES o PL
holidays-unknown = aquí no se conocen los festivos de { $country }; no contará ninguno
brand-without-language = la marca no responde en ningún idioma; indique al menos uno: [en]

## Nombres
name-twice = { $key } '{ $name }' aparece dos veces en { $where }; dé otro nombre a una de ellas
role-unknown = { $what }: el rol '{ $role }', { $use ->
        [calls] al que avisa
        [owner] del que depende
        [deputy] que suple
        [decides] que decide
        [offers] que lo ofrece
        [member] que es miembro
       *[speaks] que habla
    }, no existe{ $hint }
role-named-area-owner = '{ $role }' significa siempre la persona responsable del área del caso; dé otro nombre a este rol

## Personas
deputies-in-a-circle = las suplencias van en círculo: { $way }; deje un rol sin suplente
topic-unknown = { $what }: el tema '{ $topic }', { $part ->
        [area] que atiende
       *[type] del que trata
    }, no existe{ $hint }
topic-with-two-areas = el tema '{ $topic }' tiene dos áreas, '{ $first }' y '{ $second }'; déjelo en una
area-rest-twice = una segunda área no indica temas; solo una puede quedarse con el resto
topics-without-area = ningún área atiende { $topics }; añada un área sin temas, que se queda con el resto
area-deputy-is-owner = área '{ $area }': quien responde de ella, '{ $role }', es también su suplente; indique otro rol
area-without-deputy = el área '{ $area }' no tiene suplente, ni tampoco '{ $role }', que responde de ella; si no se le localiza, solo queda la cadena

## Búsquedas, alcance, redes
reach-without-default = al nivel '{ $level }' le falta `default`; indique la cifra para las redes que no figuran
reach-beyond-everybody = el nivel '{ $level }' pide en { $network } más seguidores de los que tiene ninguna cuenta; indique menos
reach-never-told = { $what } pide seguidores en { $network }, donde no se conocen; quítelo
reach-out-of-order = el nivel '{ $level }' empieza en { $high } en { $network }, no por encima de '{ $smaller }' ({ $low }); los niveles van del menor al mayor
network-unknown = no conocemos la red '{ $network }'{ $hint }
    .otherwise = ; si la trae un conector suyo, acepte este aviso

## Condiciones de reglas y desencadenantes
condition-empty = { $what }: la condición '{ $condition }' no pide nada; complétela o quítela
rule-without-conditions = { $what } no tiene condiciones, así que { $part ->
        [scenario] se propondría con cada publicación roja
       *[rule] daría luz a cada publicación
    }; añada una
claim-unknown = { $what } pide el dato '{ $claim }', que nadie lee{ $hint }
topic-unread = { $what } pide el tema '{ $topic }', que nadie lee{ $hint }
reach-unknown = { $what } pide el alcance '{ $level }', que no existe{ $hint }
certainty-never-reached = { $what }: `{ $condition }: 1` no se alcanza nunca, ninguna lectura automática está del todo segura; escriba 0.95 o menos
condition-always-holds = { $what }: la condición '{ $condition }' se cumple siempre, así que no dice nada; súbala o quítela
count-beyond-any-post = { $what }: ninguna publicación del mundo alcanza este `{ $condition }`; indique una cifra menor
rating-below-one-star = { $what }: nadie puede dar menos de una estrella; escriba `rating: 1` o más
severity-without-complaint = { $what }: solo las quejas tienen tono, y pide otras clases; añada complaint a `kind` o quite `severity`
private-in-a-public-place = { $what }: lo que está en { $places } nunca es privado; quite `visibility` o indique otro lugar
rating-outside-reviews = { $what }: solo las reseñas tienen estrellas; añada review a `place` o quite `rating`

## Las reglas entre sí
text-light-never-given = { $what } pide `text_light: { $light }`, pero ninguna regla que pida solo el texto da { $light } o más; escriba una o pida menos
rule-never-holds = { $what } no puede cumplirse nunca: sus condiciones excluyen toda regla que dé al texto { $light } o más
rule-never-decides = la regla '{ $rule }' no decide nunca: donde se cumple, también se cumple '{ $other }', que da { $light } y va antes; quítela o hágala más grave
trigger-never-red = el escenario '{ $scenario }' solo se propone con publicaciones rojas, y ninguna regla roja puede cumplirse junto con este desencadenante; corríjalo o escriba la regla

## Guías
guide-unknown = la regla '{ $rule }' da la guía '{ $guide }', que no existe{ $hint }
    .otherwise = { $known ->
        [none] ; añádala a `guides`
       *[other] ; se conocen: { $known }
    }
danger-without-help = la regla '{ $rule }' encuentra a personas en peligro; añada { $missing ->
        [both] `route` y `guide`
        [guide] `guide`
       *[route] `route`
    }, para que se avise en el acto a un rol con nombre que sabe qué hacer
guide-without-steps = la guía '{ $guide }' no tiene pasos; añada al menos uno
guide-never-read = la guía '{ $guide }' no se lee nunca: ninguna regla de `lights` la da

## La cadena de decisión
degree-without-step = ningún paso toma el grado '{ $degree }'; añádalo a `degrees` de un paso
degree-without-target = el grado '{ $degree }' no tiene objetivo; añada `- degree: { $degree }` con sus tiempos
degree-with-two-steps = el paso '{ $step }' toma el grado '{ $degree }', que ya toma el paso '{ $first }'; déjelo en uno
degree-twice-in-a-step = el paso '{ $step }' nombra dos veces el grado '{ $degree }'; deje una
degree-with-two-targets = el grado '{ $degree }' tiene un segundo objetivo; deje uno
step-leads-nowhere = el paso '{ $step }' sigue en '{ $then }', que no existe{ $hint }
chain-in-a-circle = la cadena va en círculo: { $way }; deje su último paso sin `then`
chain-ends-with-the-area = la cadena acaba en el paso '{ $step }' con la persona responsable del área; que acabe en un rol que siempre está, como la guardia del comité: añada `then`
step-never-reached = al paso '{ $step }' no se llega nunca: no entra ningún grado ni lleva a él ningún paso
unsupported-step-unknown = las publicaciones en otros idiomas van al paso '{ $step }', que no existe{ $hint }
step-slower-than-target = el paso '{ $step }' espera { $given } un acuse de recibo, pero el objetivo de '{ $degree }' es { $target }; acorte `acknowledge_within`, para que el paso siguiente aún pueda cumplirlo
red-chain-too-long = una publicación roja llega al paso '{ $step }' al cabo de { $passed }, cuando la primera respuesta vencía a las { $target }; acorte los pasos anteriores
red-waits-for-the-morning = en el paso '{ $step }' una publicación roja espera al horario de guardia antes de avisar al paso siguiente; añada `clock: always`
red-target-in-duty-hours = el objetivo de 'red' solo corre en horario de guardia, así que espera a la mañana; añada `clock: always`

## Tiempos
length-beyond-years = { $key } de '{ $of }': { $given } son más de diez años; escriba lo que alguien pueda esperar
hours-overlap = las horas de { $weekday } se solapan; escriba cada hora una vez
duty-hours-too-few = { $key } de '{ $of }' no llega nunca: en un año no pasan { $hours } horas de guardia; amplíe duty_hours o ponga `clock: always`
target-takes-long = { $key } de '{ $of }': { $hours } horas de guardia pueden durar { $days } días naturales, sin contar los festivos; acórtelo, amplíe duty_hours o ponga `clock: always`
target-out-of-order = objetivo de '{ $degree }': acknowledge, first_answer y resolution suelen ir en este orden
law-beyond-years = un plazo legal de { $country } dura más de diez años; consúltelo de nuevo
law-type-unknown = un plazo legal de { $country } es para '{ $type }', que no está en el catálogo{ $hint }

## Respuestas y recursos
topics-without-answer = el catálogo no tiene respuesta para { $topics }
topic-answered-on-some = el catálogo responde a '{ $topic }' solo en { $networks }; añada una entrada sin `networks` para las demás
resource-without-above = el recurso '{ $resource }' tiene el límite { $limit } y no se dice quién decide por encima; añada `above`
resource-above-nothing = el recurso '{ $resource }' dice quién decide por encima de su límite, pero no lo tiene; añada `up_to`
resource-never-open = el recurso '{ $resource }' tiene horario, pero ningún día; escríbalos o quite `hours`: siempre

## Política
audience-unknown = hay un tono para el público '{ $audience }', que no existe{ $hint }
    .otherwise = { $known ->
        [none] ; añádalo a `audiences` de la marca
       *[other] ; se conocen: { $known }
    }
avoided-word-empty = una palabra que evitar está vacía; escríbala o quítela
word-used-and-avoided = '{ $word }' figura para usar y para evitar ({ $language }); deje una
avoided-word-said = { $place } dice '{ $word }' ({ $language }), que la política evita; dígalo con otras palabras

## Crisis
committee-missing = no hay comité de crisis; añada `committee` con sus miembros, un cuórum y portavoz
member-twice = '{ $role }' figura dos veces en el comité; nombre cada rol una vez
quorum-too-large = el cuórum es { $quorum }, pero el comité tiene { $members ->
        [one] solo 1 miembro
       *[other] solo { $members } miembros
    }; nunca podría decidir
deputy-is-member = a '{ $role }' lo suple '{ $deputy }', que también es miembro: una persona tendría dos votos; nombre otro suplente
spokesperson-without-deputy = nadie habla cuando no se localiza a '{ $role }', que es portavoz; dé al rol un `deputy`
scenarios-missing = no se ha pensado ningún caso grave; añada `scenarios`, al menos el que más teme
first-hour-too-late = escenario '{ $scenario }': { $within } queda fuera de la primera hora; acórtelo o déjelo al comité
first-hour-out-of-order = escenario '{ $scenario }': { $within } va después de un paso de { $before }; ordene los pasos por su tiempo
scenario-unknown = { $what } ensaya el escenario '{ $scenario }', que no existe{ $hint }
    .otherwise = { $known ->
        [none] ; añádalo a `scenarios`
       *[other] ; se conocen: { $known }
    }
drill-too-often = el simulacro '{ $drill }' se repite dentro de un mismo día; indique días: 90d, 180d
drill-not-every-year = ningún simulacro se repite dentro de un año; ensaye al menos un escenario al año: `every: 180d`

## Las pruebas del propio plan
test-expects-unknown = la prueba '{ $test }' espera { $what }, que no está en el plan{ $hint }
test-expects-nothing = la prueba '{ $test }' no espera nada, así que no demuestra nada; diga qué debe salir
test-without-text = la prueba '{ $test }' tiene una publicación sin `text` ni `reads_as`; indique uno

## Textos por idioma
text-missing = { $thing }: falta el texto en { $languages } ({ $place }); se leerá en otro idioma
answer-missing = { $thing }: falta el texto en { $languages } ({ $place }); quien responda la verá en otro idioma
holding-statement-missing = { $thing }: falta el texto en { $languages } ({ $place }); en una crisis no hay tiempo de traducirla

## Avisos aceptados
accepted-unknown = ningún aviso se llama '{ $warning }'{ $hint }
    .otherwise = ; la comprobación da cada código entre corchetes
accepted-error = '{ $warning }' es aquí un error y no se puede aceptar; corríjalo
accepted-nothing = '{ $warning }' está aceptado, pero la comprobación ya no lo dice; quite la aceptación
accepted-nothing-there = '{ $warning }' está aceptado en '{ $at }', pero la comprobación no lo dice ahí; corrija el lugar o quite la aceptación

## Una carpeta de archivos
source-bad-name = el nombre de archivo { $name } contiene signos ilegibles; cámbielo
source-nested = hay una carpeta entre los archivos del plan; deben estar juntos en una sola, así que llévela a otro sitio
source-no-yaml = la carpeta no contiene ningún archivo .yaml; copie en ella plans/starter.yaml
source-many-files = la carpeta contiene { $count } archivos .yaml; no se admiten más de { $most }
source-link-nowhere = el enlace no lleva a ninguna parte; ponga aquí el archivo mismo
source-link-out = el enlace sale de la carpeta del plan; ponga aquí el archivo mismo
source-no-file = esto no es un archivo que se pueda leer entero; guarde el plan como archivo
source-huge = el archivo ocupa más de { $most } bytes; ningún plan es tan grande
source-margin = una parte del plan se escribe en líneas `clave:` que empiezan en el margen izquierdo
source-marks = '{ $marks }' abre o cierra un documento; quítelo, pues los archivos forman un solo texto
source-key-twice = la clave '{ $key }' está aquí y en { $file }:{ $line }; deje una

## Búsquedas
watch-rule-empty = la regla está vacía; escriba al menos un término, como acme
watch-not-alone = con este NOT la regla encontraría toda publicación en la que no esté ninguno de sus términos; diga primero qué buscar: acme NOT empleo
watch-rule-too-deep = más de { $most } paréntesis o NOT uno dentro de otro; escriba la regla más sencilla
watch-parentheses-empty = no hay nada entre estos paréntesis; escriba un término o quítelos
watch-parenthesis-not-closed = este paréntesis no se cierra; añada un ')'
watch-parenthesis-not-opened = este paréntesis no se abrió; añada un '(' o quítelo
watch-no-term-after = tras { $operator } debe ir un término, como acme { $operator } reembolso; para buscar la palabra misma, póngala entre comillas: "{ $operator }"
watch-no-term-before = antes de { $operator } debe ir un término, como acme { $operator } reembolso; para buscar la palabra misma, póngala entre comillas: "{ $operator }"
watch-rule-ends = la regla acaba donde debe ir un término
watch-quotation-not-closed = estas comillas no se cierran; añada "
watch-quotation-empty = no hay nada entre estas comillas; escriba qué buscar
watch-no-term-after-modifier = tras '{ $modifier }' debe ir enseguida un término: { $modifier }Play
watch-no-forms = no hay formas flexionadas para el idioma '{ $language }'; las hay para { $languages }
watch-no-modifier = '{ $modifier }' no es un modificador{ $hint } Para buscar el texto mismo, póngalo entre comillas: "{ $modifier }{ $term }"
    .otherwise = ; existen exact: y forms:.
watch-operator-in-capitals = '{ $word }': los operadores van en mayúsculas, { $operator }; para buscarlo, póngalo entre comillas: "{ $word }"
watch-comma = '{ $word }' acaba en '{ $sign }'; separe los términos con AND u OR, o póngalo entre comillas: "{ $word }"
watch-no-placeholder = '{ $word }': no existe el comodín *; escriba forms:{ $bare }, o las palabras con OR, o póngalo entre comillas: "{ $word }"
watch-minus = '{ $word }': para excluir un término, escriba NOT { $bare }; para buscarlo, póngalo entre comillas: "{ $word }"
watch-rule-and-terms = tiene `rule` y `terms`; deje uno (en una regla, los términos se unen con OR)
watch-looks-for-nothing = no tiene ni `rule` ni `terms`; diga qué buscar, como terms: [acme]
watch-term-empty = tiene un término vacío; escriba qué buscar o quítelo
watch-term-without-forms = pide formas de '{ $term }' en '{ $language }'; las hay en { $languages }
watch-term-like-a-rule = el término '{ $term }' parece una regla, pero `terms` se busca tal cual; escríbalo en `rule`, o entre comillas ("…") en una regla si se busca el texto mismo
watch-term-of-one-letter = el término '{ $term }' es una sola letra y encontraría demasiado; escriba uno más largo o pida sus mayúsculas exactas (exact:{ $term })
watch-term-of-one-sign = el término '{ $term }' es un signo de puntuación y encontraría casi toda publicación; escriba uno más largo
watch-term-ruled-out = el término '{ $term }' está en `terms` y en `never`; quite uno
watch-never-matches = la regla '{ $rule }' no puede encontrar nada: lo que pide también lo excluye

## El cuadrante
roster-empty = el cuadrante está vacío; copie rosters/starter.yaml y cámbielo paso a paso
roster-role-unknown = { $what } tiene el rol '{ $role }', que no está en el plan{ $hint }
roster-area-unknown = { $what } atiende el área '{ $area }', que no está en el plan{ $hint }
roster-resource-unknown = { $what } decide sobre el recurso '{ $resource }', que no está en el plan{ $hint }
roster-person-unknown = { $what } nombra a '{ $person }', que no figura entre las personas{ $hint }
roster-person-twice = { $what } nombra a '{ $person }' dos veces; basta con una
roster-role-not-held = { $what }: '{ $person }' no tiene el rol '{ $role }'; añádalo a la persona o nombre a alguien que lo tenga
roster-language-unknown = { $what }: no conocemos el idioma '{ $language }'; escriba su código ISO 639: en, es, pl
roster-network-unknown = { $what }: no conocemos la red '{ $network }'{ $hint }
    .otherwise = ; si la trae un conector suyo, déjela como está
roster-email-missing = { $what } no tiene correo y, por tanto, tampoco cuenta en Sereno: se ve en el cuadrante, pero no se le puede llamar
roster-email-odd = { $what }: '{ $email }' no es una dirección de correo
roster-email-twice = { $what } tiene el correo de '{ $other }'; cada persona tiene su propia cuenta
roster-account-missing = { $what }: ninguna cuenta de Sereno tiene el correo '{ $email }', así que no se le puede llamar
roster-rotation-days = { $what } se releva cada { $given }; las rotaciones duran días enteros: 1d, 7d
roster-rotation-together = { $what } pide { $together } a la vez y tiene { $count }; nadie se turna
roster-shift-never = { $what } no empieza nunca: no le queda ningún día; dele días o quítelo
roster-hours-overlap = { $what }: dos de sus tramos se solapan; escriba cada hora una vez
roster-ends-first = { $what } termina antes de empezar
roster-moment-far = { $what }: el año { $year } queda fuera de cualquier cuadrante; escriba un año de este siglo
roster-instead-of-self = { $what }: se releva a sí misma; nombre a otra persona
roster-swap-alone = { $what } es un cambio de turno y no dice con quién; añada `instead_of`
roster-override-idle = { $what }: '{ $person }' no está entonces como '{ $role }', así que no se releva nada
roster-override-on-leave = { $what }: entonces está de permiso, y se le llama igualmente
roster-doubled = { $what } está dos veces a la vez como '{ $role }', en '{ $first }' y '{ $second }', por primera vez el { $when }
roster-own-deputy = { $what } está a la vez como '{ $role }' y como su suplente '{ $deputy }', por primera vez el { $when }: una persona, dos llamadas
roster-shift-in-quiet = { $what } pide silencio mientras está de guardia en '{ $shift }', por primera vez el { $when }: solo le llegará lo rojo
roster-clock-change = { $what } empieza o termina a las { $at }, hora que el { $day } los relojes { $how ->
        [skip] se saltan: cuenta el momento en que cambian
       *[repeat] dan dos veces: cuenta la primera
    }
roster-role-held-by-nobody = nadie tiene el rol '{ $role }', al que llama el plan{ $deputy ->
        [none] {""}
       *[other] ; solo queda su suplente '{ $deputy }'
    }
roster-chain-ends-in-nobody = la cadena termina en '{ $role }', en el paso '{ $step }', y nadie tiene ese rol ni lo suple: una publicación que nadie toma esperaría siempre; dé el rol a alguien con correo
roster-role-without-shift = hay quien tiene el rol '{ $role }', pero ningún turno le pone ahí
roster-gap-idle = { $what }: entonces no hay tal hueco; quítelo
roster-too-much = { $what }: con él, todos los turnos juntos dan más de { $most } tramos por trimestre; quite turnos, horas o personas
roster-too-many-gaps = { $what }: hasta aquí, los huecos aceptados duran demasiado en conjunto; quite los que ya pasaron
roster-too-many-overrides = { $what }: hasta aquí, los relevos tocan demasiados tramos en conjunto; quite los que ya pasaron
roster-too-much-quiet = { $what } tiene más de { $most } horarios de descanso; deje los que cuentan
