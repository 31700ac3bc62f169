# Las palabras del motor en español (Fluent): neutro, de usted. Ninguna lengua puede carecer de una clave: una prueba las compara.

## Qué es una publicación
kind-complaint = queja
kind-question = pregunta
kind-praise = elogio
kind-suggestion = sugerencia
kind-news = noticia
kind-attack = ataque
kind-other = algo distinto

## Luces y grados
light-green = verde
light-amber = ámbar
light-red = rojo
light-none = sin luz
degree-none = sin luz
degree-green = verde
degree-amber = ámbar
degree-red = rojo

## Lo que denuncia un texto, lo más grave
risk-none = ningún riesgo
risk-safety = peligro para las personas
risk-discrimination = discriminación o acoso
risk-data = datos personales o privacidad
risk-fraud = engaño o robo
risk-legal = demanda, regulador u organismo de consumo
risk-vulnerable = daño a personas vulnerables o animales
risk-mass = un fallo que afecta a muchos

## Detalles de un texto
claim-self_harm = habla de hacerse daño
claim-threat = se amenaza con violencia
claim-legal_filed = ya hay acciones legales o un regulador de por medio
claim-legal_threat = se anuncian acciones legales o una reclamación ante un organismo
claim-press = la prensa ya está en ello
claim-fraud_system = se denuncia un engaño sistemático o lo denuncian varias personas
claim-mass = afecta a muchas personas
claim-repeat_contact = ya se puso en contacto antes sin solución
claim-promised_answer = una respuesta prometida no llegó
claim-real_harm = se denuncia un daño real o una suma importante
claim-repeated_failure = lo mismo ha fallado una y otra vez
claim-lying = se reprocha abiertamente mentira o descuido
claim-leaving_loudly = amenaza con irse y contarlo a todos
claim-boycott = se llama a otros al boicot
claim-weighty = pesa más que un asunto cotidiano

## Temas
topic-delivery = entrega
topic-product_defect = producto defectuoso
topic-assembly = montaje
topic-late_or_unfinished_service = servicio tardío o sin terminar
topic-billing = facturación
topic-contract_price = contrato y precio
topic-customer_service = atención al cliente
topic-staff_behaviour = trato del personal
topic-app_website = aplicación o web
topic-availability = disponibilidad
topic-how_to_claim = cómo reclamar
topic-safety = seguridad
topic-privacy = privacidad
topic-other = otro

## Nivel lingüístico de una queja
severity-no_explicit_reproach = sin reproche explícito
severity-disapproval = desaprobación
severity-accusation = acusación
severity-blame = condena

## Bueno o malo para nuestra reputación
polarity-negative = negativa
polarity-neutral = neutra
polarity-positive = positiva

## Búsquedas, autores, tormentas, lugares
watch-brand = nuestra marca
watch-product = nuestro producto
watch-person = una persona nuestra
watch-competitor = un competidor
watch-sector = nuestro sector
author-journalist = periodista
author-influencer = influencer
author-competitor = competidor
author-employee = persona de la plantilla
author-suspected_bot = posible bot
storm-stirring = incipiente
storm-rising = en aumento
storm-storm = en plena fuerza
place-post = publicación
place-comment = comentario
place-direct_message = mensaje directo
place-review = reseña
place-story = historia
place-article = artículo
place-mail = correo
visibility-public = público
visibility-private = privado

## Redes
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
network-google_reviews = Reseñas de Google
network-trustpilot = Trustpilot
network-wordpress = WordPress
network-email = correo electrónico
network-rss = RSS
network-web = la web
network-news = las noticias
network-blog = un blog
network-forum = un foro
network-reviews = un sitio de reseñas
network-unknown = una red desconocida

## Duraciones
unit-day = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
unit-hour = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
unit-minute = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}

## Por qué: lo que se encontró, junto a lo que pide el plan
found-kind = el texto se lee como: { $found }
found-risk = el texto habla de: { $found }
found-claims = { $found }
found-severity = tono de la queja: { $found } (el plan pide { $asked } o más)
found-polarity = { $found } para nuestra reputación
found-complaint = queja con una probabilidad del { $found } %, el límite del plan es { $asked } %
found-hostile = hostil con una probabilidad del { $found } %, el límite del plan es { $asked } %
found-call_to_action = llamamiento a actuar con una probabilidad del { $found } %, el límite del plan es { $asked } %
found-topic = tema: { $found }
found-language = idioma: { $found }
found-about = sobre: { $found }
found-network = red: { $found }
found-place = lugar: { $found }
found-visibility = visibilidad: { $found }
found-text_light = el texto por sí solo es { $found }
found-reach = { $found ->
    [one] el autor llega a { $found } seguidor
   *[other] el autor llega a { $found } seguidores
}, el límite del plan es { $asked }
found-reach-network = { $found ->
    [one] el autor llega a { $found } seguidor
   *[other] el autor llega a { $found } seguidores
}, el límite del plan en { $network } es { $asked }
found-shares = { $found ->
    [one] compartido una vez
   *[other] compartido { $found } veces
}, el límite del plan es { $asked }
found-shares_per_hour = { $found ->
    [one] { $found } vez compartido por hora
   *[other] { $found } veces compartido por hora
}, el límite del plan es { $asked }
found-repeat_contact = { $found ->
    [one] ya escribió una vez por este asunto
   *[other] ya escribió { $found } veces por este asunto
}
found-open_promise = tiene pendiente una promesa nuestra
found-story = { $found ->
    [one] { $found } persona cuenta esto
   *[other] { $found } personas cuentan lo mismo
}, el límite del plan es { $asked }
found-storm = tormenta: { $found }
found-author_type = lo escribe: { $found }
found-rating = { $found ->
    [one] { $found } estrella
   *[other] { $found } estrellas
}, el límite del plan es { $asked }

## Por qué no hay luz, y desvíos
reason-no-light = Ninguna regla del plan da una luz · el texto se lee como: { $kind }
reason-own-post = Escrito por una de nuestras cuentas
reason-another-party = Trata de { $about }, no de nosotros
reason-unsupported-language = Escrito en { $written }; esta marca responde en { $languages }
reason-called-also = Hay que avisar en el acto: { $role }
reason-called-first = Se avisa primero, antes que a la cadena: { $role }
reason-guide = Leer primero: «{ $guide }»

## Una regla del plan en una frase
rule-sentence = { $title } → { $light }, cuando { $conditions }
rule-calls-also = se avisa en el acto a: { $role }, además de la cadena
rule-calls-first = se avisa primero a: { $role }; la cadena sigue si nadie confirma
rule-guide = se lee primero la guía «{ $guide }»
asks-kind = el texto se lee como { $asked }
asks-risk = el texto habla de { $asked }
asks-claims = se dice algo de esto: { $asked }
asks-severity = el tono de la queja es { $asked } o más fuerte
asks-polarity = es { $asked } para nuestra reputación
asks-complaint = es una queja con una probabilidad del { $asked } % o más
asks-hostile = es hostil con una probabilidad del { $asked } % o más
asks-call_to_action = llama a actuar con una probabilidad del { $asked } % o más
asks-topic = el tema es { $asked }
asks-language = el idioma es { $asked }
asks-about = trata de { $asked }
asks-network = la red es { $asked }
asks-place = el lugar es { $asked }
asks-visibility = la visibilidad es: { $asked }
asks-text_light = el texto por sí solo es { $asked } o más grave
asks-reach = el autor tiene { $asked } o más
asks-shares = se ha compartido { $asked } veces o más
asks-shares_per_hour = se comparte { $asked } veces por hora o más
asks-repeat_contact = { $asked ->
    [one] ya escribió por el mismo asunto
   *[other] ya escribió { $asked } veces o más por el mismo asunto
}
asks-open_promise = tiene pendiente una promesa nuestra
asks-story = { $asked } personas o más cuentan lo mismo
asks-storm = hay una tormenta en este estado o más avanzada: { $asked }
asks-author_type = lo escribe: { $asked }
asks-rating = tiene { $asked } estrellas o menos

## Las pruebas del propio plan: qué se esperaba y qué salió
trial-missed = { $what }: se esperaba { $expected }; lo que salió: { $came }
trial-rule-came = La regla { $rule } no debería cumplirse, y se cumple
trial-at = El momento queda fuera de alcance: el año de una prueba está entre { $first } y { $last }
trial-light = Luz
trial-rule = Reglas que se cumplen
trial-not-rule = No la regla
trial-step = Paso de la cadena
trial-role = A quién le toca
trial-area = Área
trial-called = A quién se avisa por su nombre
trial-guide = Guía
trial-wakes = Se avisa en el acto
trial-first-answer-by = Plazo de la primera respuesta
trial-scenario = Escenario propuesto
trial-nothing = nada
trial-nobody = nadie
trial-yes = sí
trial-no = no

## El plan entero en palabras
trial-expected = { $what }: { $expected }
told-part-brand = De quién es el plan
told-part-duty_hours = Horario de guardia
told-part-roles = Roles
told-part-areas = Áreas
told-part-watches = Qué buscamos
told-part-reach = Hasta dónde llega un autor
told-part-lights = Qué hace que una publicación sea roja, ámbar o verde
told-part-guides = Guías
told-part-targets = Para cuándo
told-part-statutory = Plazos de la ley
told-part-chain = La cadena de decisión
told-part-languages = Otros idiomas
told-part-catalogue = Las quejas y el contenido de sus respuestas
told-part-policy = Cómo hablamos
told-part-resources = Qué se puede ofrecer y con qué límites
told-part-committee = El comité de crisis
told-part-scenarios = Los peores casos
told-part-drills = Simulacros
told-part-tests = Lo que este plan debe cumplir
told-part-accepted = Avisos aceptados
told-quoted = «{ $text }»
told-area-owner = responsable del área
told-brand = Este es el plan de { $brand }, que responde en { $languages }.
told-brand-zone = Su reloj: { $zone }.
told-brand-zone-country = Su reloj: { $zone }. Su ley y sus festivos: { $country }.
told-audience = { $audience }: se les habla a su manera.
told-audience-on = { $audience }: se les habla a su manera, sobre todo en { $networks }.
told-languages = Una publicación en otro idioma va al paso «{ $step }»; una roja sigue su camino habitual.
told-watch-terms = { $watch } ({ $kind }): publicaciones que dicen { $terms }.
told-watch-rule = { $watch } ({ $kind }): publicaciones que cumplen «{ $rule }».
told-watch-never = Nunca una que diga { $terms }.
told-term-exact = { $term } tal como está escrito
told-term-forms = { $term } con cualquiera de sus terminaciones ({ $languages })
told-reach = { $level }: más de { $lines }.
told-reach-on = { $followers } seguidores en { $network }
told-reach-elsewhere = { $followers } en las demás redes
told-role = { $role }.
told-role-deputy = { $role }; si no se localiza a nadie de este rol, suple: { $deputy }.
told-area = { $area }: responde { $owner }. Temas: { $topics }.
told-area-rest = { $area }: responde { $owner }. Temas: todos los que no lleva otra área.
told-area-deputy = Suple: { $deputy }.
told-step = { $number }. { $step }
told-step-enters = Aquí entran en la cadena las publicaciones con esta luz: { $degrees }.
told-step-calls = Se avisa a: { $role }. Plazo para confirmar: { $length }, contado { $clock }.
told-step-then = Si nadie confirma, sigue el paso «{ $step }».
told-step-ends = La cadena termina aquí: no se avisa a nadie más.
told-clock-duty = en horario de guardia
told-clock-always = de día y de noche
told-committee-members = Lo forman: { $members }.
told-member-deputy = { $role } (suple: { $deputy })
told-committee-quorum = Para decidir deben estar { $quorum } de { $members } miembros o quienes los suplen; plazo desde el aviso: { $length }, de día y de noche.
told-committee-spokesperson = Mientras dura una crisis, un solo rol habla por la marca: { $role }.
told-committee-meets = Se reúne aquí: { $where }
told-days = de { $first } a { $last }
told-hours = { $days }: { $hours }
told-no-hours = nadie está de guardia
told-whole-day = todo el día y toda la noche
told-holidays-count = Los festivos son días de guardia como los demás.
told-holidays-free = Los festivos de este país no son días de guardia: { $country }.
told-target = { $degree }: confirmar en { $acknowledge }, primera respuesta en { $first }, cada respuesta siguiente en { $next }, solución en { $resolution }; contado { $clock }.
told-statutory = { $country }: { $days ->
    [one] { $days } día natural
   *[other] { $days } días naturales
} para responder las quejas del tipo { $types } ({ $law }).
told-statutory-all = { $country }: { $days ->
    [one] { $days } día natural
   *[other] { $days } días naturales
} para responder cualquier queja ({ $law }).
told-entry = { $title } (tema: { $topic })
told-entry-on = { $title } (tema: { $topic }; solo aquí: { $networks })
told-entry-examples = Por ejemplo: { $examples }
told-entry-substance = Los hechos que se dan: { $text }
told-entry-claim = La vía para reclamar: { $text }
told-entry-documents = Se pide en privado: { $text }
told-entry-if-valid = Si se confirma: { $text }
told-entry-if-false = Si no es así: { $text }
told-entry-decides = Quién decide: { $role }.
told-tone = Nuestro tono: { $tone }
told-tone-on = { $code ->
    [email] Por correo electrónico
    [news] En las noticias
   *[other] En { $network }
}: { $tone }
told-tone-to = Para { $audience }: { $tone }
told-use = Palabras nuestras en { $spoken }: { $words }.
told-avoid = Nunca { $words }: { $why }
told-instead = En su lugar: { $text }
told-resource = { $title }. Lo puede ofrecer: { $roles }.
told-resource-up-to = Como mucho { $amount } por caso.
told-resource-up-to-above = Como mucho { $amount } por caso; por encima decide: { $role }.
told-resource-legal = Antes debe verlo el área jurídica.
told-resource-hours = Horario, { $hours }.
told-scenario-trigger = Se propone para una publicación roja cuando { $conditions }.
told-scenario-or = O cuando { $conditions }.
told-first-hour = En { $length }, { $role }: { $do }
told-holding = La primera declaración: { $text }
told-scenario-speaks = Quién habla: { $role }.
told-drill = «{ $scenario }» se ensaya el { $date }.
told-drill-every = Después, de nuevo cada { $length }.
told-drill-roles = Quién participa: { $roles }.
told-drill-committee = Participa todo el comité.
told-drill-announced = Se anuncia.
told-drill-surprise = Llega por sorpresa.
told-test = { $test }: { $post }; { $at } → { $expected }
told-test-followers = { $followers ->
    [one] { $followers } seguidor
   *[other] { $followers } seguidores
}
told-closed = cerrado
told-list-and = { $rest }; y { $last }
told-list-or = { $rest }; o bien { $last }
told-test-reads_as = leído como: { $value }
told-test-language = idioma: { $value }
told-test-severity = tono: { $value }
told-test-polarity = { $value } para nuestra reputación
told-test-hostile = hostil con una probabilidad del { $value } %
told-test-call_to_action = llama a actuar con una probabilidad del { $value } %
told-test-place = lugar: { $value }
told-test-visibility = visibilidad: { $value }
told-test-about = sobre: { $value }
told-test-country = país: { $value }
told-test-author_type = lo escribe: { $value }
told-test-storm = tormenta: { $value }
told-test-open_promise = tiene pendiente una promesa nuestra
told-test-shares = { $value ->
    [one] compartido una vez
   *[other] compartido { $value } veces
}
told-test-shares_per_hour = { $value ->
    [one] compartido { $value } vez por hora
   *[other] compartido { $value } veces por hora
}
told-test-repeat_contact = { $value ->
    [one] ya escribió una vez por este asunto
   *[other] ya escribió { $value } veces por este asunto
}
told-test-story = { $value ->
    [one] { $value } persona cuenta esto
   *[other] { $value } personas cuentan lo mismo
}
told-test-rating = { $value ->
    [one] { $value } estrella
   *[other] { $value } estrellas
}
told-accepted = Se acepta el aviso { $warning }: { $reason }
told-accepted-at = Se acepta el aviso { $warning } en { $at }: { $reason }

## Un plan repasado sobre el pasado: el informe de la línea de órdenes
replay-title = Qué cambiaría
replay-title-alone = Qué habría hecho este plan
replay-plans = { $after } frente a { $before }
replay-lede = { $posts ->
    [one] Se repasó { $posts } publicación
   *[other] Se repasaron { $posts } publicaciones
}; { $changed ->
    [0] ninguna recibe otra luz, otro camino u otro plazo.
    [one] { $changed } recibe otra luz, otro camino u otro plazo.
   *[other] { $changed } reciben otra luz, otro camino u otro plazo.
}
replay-lede-alone = { $posts ->
    [one] Se repasó { $posts } publicación.
   *[other] Se repasaron { $posts } publicaciones.
}
replay-span = Llegaron entre el { $first } y el { $last } (reloj: { $zone }).
replay-red = { $more ->
    [0] Ninguna pasa a rojo
    [one] { $more } pasa a rojo
   *[other] { $more } pasan a rojo
}, { $less ->
    [0] ninguna deja de ser roja.
    [one] { $less } deja de ser roja.
   *[other] { $less } dejan de ser rojas.
}
replay-woken = Publicaciones que despiertan a alguien: { $before } antes, { $after } después.
replay-woken-alone = Publicaciones que despiertan a alguien: { $after }.
replay-none-about-us = Ninguna publicación trata de la marca.
replay-before = antes
replay-after = después
replay-light = Luz
replay-lights = Luces
replay-lights-how = Una fila por la luz de antes, una columna por la de después.
replay-becomes-red = pasan a rojo
replay-stops-red = dejan de ser rojas
replay-changed = cambian
replay-woken-short = despiertan a alguien
replay-alarms = A quién se despierta
replay-role = Rol
replay-posts = Publicaciones
replay-load = Trabajo por rol
replay-load-hour = Publicaciones por rol y hora del día
replay-load-how = Línea discontinua: antes. Línea continua: después.
replay-load-table = Lo mismo en una tabla
replay-people = Personas
replay-hours = Horas de trabajo
replay-overloaded = Horas desbordadas
replay-late = Primeras respuestas tardías, calculadas
replay-answered = Primeras respuestas tardías, como se dieron entonces
replay-decided = Frente a lo que decidió el equipo
replay-decided-how = { $known ->
    [one] El equipo decidió { $known } de estas publicaciones
   *[other] El equipo decidió { $known } de estas publicaciones
}; rojas: { $red }.
replay-false-alarms = Falsas alarmas
replay-misses = Omisiones
replay-changes = Las publicaciones que cambian
replay-changes-alone = Las publicaciones más graves
replay-shown = Se muestran { $shown } de { $all }, primero las de más peso.
replay-when = Llegada
replay-post = Publicación
replay-turn = A quién le toca
replay-first-answer = Primera respuesta antes de
replay-why = Por qué
replay-none = ninguna
replay-nothing = No cambia nada.
replay-sorts = Pulse un encabezado para ordenar por él.
replay-how = Cómo se ha calculado
replay-how-model = Los textos los leyó { $model }; las lecturas se guardan y no se hacen dos veces.
replay-how-contexts = Lo que se sabe además del texto se rehízo a partir del archivo, según el momento de los hechos: quién había escrito antes. Difusión, alcance y estrellas son los del archivo. Lo que no dice (promesas abiertas, velocidad, tormentas, quién es periodista) cuenta como inexistente; por eso un plan que lo pregunta muestra aquí menos que de guardia.
replay-how-live = Cada publicación cuenta como si hubiera llegado cuando se escribió: despierta a personas e inicia plazos.
replay-how-load = Trabajo: cada publicación que inicia un plazo va al rol al que le toca, { $minutes } minutos cada una. Una hora está desbordada cuando entra más trabajo del que puede hacer en ella la gente de ese rol.
replay-how-queue = Las respuestas tardías se calculan con una cola por rol: primero la publicación más grave, luego la que llegó antes, con las personas de guardia, en horario de guardia donde la cadena cuenta en ellas. Nadie enferma ni es interrumpido: no es una previsión, solo dice qué plan pide más a las mismas personas.
replay-how-people = De guardia: tantas personas como dice la tabla, día y noche; una donde no se dio un número. No se dio ningún cuadrante.
replay-how-roster = De guardia: quienes el cuadrante { $roster } pone ahí a cada hora del pasado; cuentan ausencias, festivos, cambios de turno y huecos. Se cuentan personas, sin mirar qué redes e idiomas atienden, y no se cuentan suplencias.
replay-how-given = Por un número en lugar del cuadrante, día y noche: { $given }.
replay-nobody-there = Sin nadie
replay-nobody = Nadie está de guardia como { $role } cuando empieza a correr el plazo; publicaciones: { $before } antes, { $after } después.
replay-nobody-alone = Nadie está de guardia como { $role } cuando empieza a correr el plazo de { $after ->
    [one] { $after } publicación.
   *[other] { $after } publicaciones.
}
replay-undated = { $count ->
    [one] { $count } publicación no tenía fecha y cuenta como llegada
   *[other] { $count } publicaciones no tenían fecha y cuentan como llegadas
} al hacerse el repaso.

## En qué se diferencian dos planes
change-entry = { $part } «{ $name }»
change-entry-titled = { $part } «{ $title }» ({ $name })
change-entry-added = Se añade: { $what }
change-entry-removed = Se quita: { $what }
change-moved = Cambia de sitio: { $what }, del puesto { $before } al { $after }
change-changed = { $what }: { $before } → { $after }
change-added = { $what }: nada → { $after }
change-removed = { $what }: { $before } → nada
change-value-true = sí
change-value-false = no
change-clock-duty = en horario de guardia
change-clock-always = de día y de noche
change-chain-also = a la vez
change-chain-waits = espera
change-default = en otras
change-area_owner = responsable del área
change-part-sereno_plan = versión del formato
change-part-plan = nombre del plan
change-part-version = versión
change-part-brand = marca
change-part-duty_hours = horario de guardia
change-part-roles = rol
change-part-areas = área
change-part-watches = búsqueda
change-part-reach = nivel de alcance
change-part-lights = regla
change-part-guides = guía
change-part-targets = plazo para
change-part-statutory = plazo legal
change-part-chain = paso
change-part-catalogue = tipo de queja
change-part-policy = política de comunicación
change-part-resources = recurso
change-part-committee = comité de crisis
change-part-scenarios = escenario
change-part-drills = simulacro
change-part-languages = otros idiomas
change-part-tests = prueba
change-part-accepted = aviso aceptado
change-field-about = de qué trata
change-field-above = decide por encima del límite
change-field-accepted = avisos aceptados
change-field-acknowledge = confirmar en
change-field-acknowledge_within = confirmar en
change-field-announced = anunciado
change-field-area = área
change-field-areas = áreas
change-field-assembles_within = reunido en
change-field-at = cuándo o dónde
change-field-audience = público
change-field-audiences = públicos
change-field-author_type = quién escribe
change-field-avoid = palabras que se evitan
change-field-brand = marca
change-field-call_to_action = llamamiento a actuar
change-field-called = a quién se avisa por su nombre
change-field-catalogue = catálogo
change-field-chain = cadena
change-field-claim = vía de reclamación
change-field-claims = lo que se dice
change-field-clock = reloj
change-field-committee = comité
change-field-complaint = probabilidad de queja
change-field-country = país
change-field-days = días
change-field-decides = decide
change-field-degree = luz
change-field-degrees = luces
change-field-deputy = suplente
change-field-do = qué hacer
change-field-documents = documentos
change-field-drill = simulacro
change-field-drills = simulacros
change-field-duty_hours = horario de guardia
change-field-every = cada
change-field-exact = tal como está escrito
change-field-examples = ejemplos
change-field-expect = lo que se espera
change-field-first = primera vez
change-field-first_answer = primera respuesta
change-field-first_answer_by = primera respuesta antes de
change-field-first_hour = primera hora
change-field-followers = seguidores
change-field-forms = formas flexionadas
change-field-guide = guía
change-field-guides = guías
change-field-holding = declaración inicial
change-field-holidays = los festivos son días de guardia
change-field-hostile = hostilidad
change-field-hours = horario
change-field-if_false = respuesta si es falsa
change-field-if_valid = respuesta si es válida
change-field-instead = en su lugar
change-field-kind = clase
change-field-language = idioma
change-field-languages = idiomas
change-field-law = ley
change-field-legal_review = antes lo ve el área jurídica
change-field-level = nivel
change-field-light = luz
change-field-lights = reglas
change-field-limits = límites
change-field-meets = dónde se reúne
change-field-members = miembros
change-field-name = nombre
change-field-network = red
change-field-networks = redes
change-field-never = nunca con
change-field-next_answer = siguiente respuesta
change-field-not_rule = regla que no debe aplicarse
change-field-number = número
change-field-numbers = teléfonos
change-field-offered_by = lo ofrece
change-field-open_promise = promesa pendiente
change-field-owner = responsable
change-field-place = lugar
change-field-plan = plan
change-field-polarity = para nuestra reputación
change-field-policy = política
change-field-post = publicación
change-field-quorum = quórum
change-field-rating = estrellas
change-field-reach = alcance
change-field-reads_as = lo que dice el texto
change-field-reason = motivo
change-field-repeat_contact = publicaciones anteriores
change-field-resolution = resolución
change-field-resource = recurso
change-field-resources = recursos
change-field-risk = riesgo
change-field-role = rol
change-field-roles = roles
change-field-route = aviso en el acto
change-field-rule = regla
change-field-scenario = escenario
change-field-scenarios = escenarios
change-field-sereno_plan = versión del formato
change-field-severity = tono del texto
change-field-shares = veces compartido
change-field-shares_per_hour = veces compartido por hora
change-field-spokesperson = portavoz
change-field-statutory = plazos legales
change-field-step = paso
change-field-steps = pasos
change-field-storm = tormenta
change-field-story = personas que cuentan lo mismo
change-field-substance = contenido de la respuesta
change-field-targets = plazos
change-field-term = término
change-field-terms = términos
change-field-test = prueba
change-field-tests = pruebas
change-field-text = texto
change-field-text_light = luz del texto por sí solo
change-field-then = si nadie confirma
change-field-timezone = zona horaria
change-field-title = título
change-field-to = para
change-field-tone = tono
change-field-topic = tema
change-field-topics = temas
change-field-triggers = se reconoce por
change-field-type = tipo
change-field-types = tipos de queja
change-field-unsupported_step = paso que los recibe
change-field-up_to = hasta
change-field-use = palabras que se usan
change-field-version = versión
change-field-visibility = visibilidad
change-field-wakes = despierta a alguien
change-field-warning = aviso
change-field-watch = búsqueda
change-field-watches = búsquedas
change-field-when = condiciones
change-field-why = por qué
change-field-within = en
change-field-words = palabras

## Por qué se rechaza un cambio en el plan
edit-layout = este lugar está escrito de un modo que no se puede editar aquí; cámbielo en el texto
edit-unreadable = el texto del plan no se puede leer, así que no se cambia nada: línea { $line }: { $why }
edit-whole = no se puede quitar el plan entero; descarte el borrador
edit-no-place = { $place } tiene { $count } elementos; no hay un puesto { $index }
edit-no-item = { $place } no es un elemento de una lista; solo esos se pueden mover
edit-no-list = { $place } no es una lista; no se le puede añadir un elemento
edit-no-keys = { $place } no contiene claves; no hay sitio para '{ $name }'
edit-missing = en el plan no hay { $place }
edit-missing-near = en el plan no hay { $place }; ¿quería decir '{ $near }'?
edit-missing-item = en el plan no hay { $place }; la lista tiene { $count } elementos
edit-alias = aquí '*{ $anchor }' representa lo escrito en '&{ $anchor }'; cámbielo allí, o escriba el valor completo en el texto
edit-anchor = '&{ $anchor }' se usa también en otros lugares ('*{ $anchor }'), que cambiarían sin verse; escriba los valores completos en el texto
edit-shared-line = la lista empieza en la línea de otra; dele antes líneas propias en el texto
edit-too-deep = el valor tiene más de { $most } niveles, uno dentro de otro
edit-key-type = { $name } no puede ser una clave; las claves son textos
edit-no-number = { $value } no es un número que un plan pueda contener
edit-half-sign = el texto contiene medio carácter (un sustituto suelto); escríbalo de nuevo
edit-value-type = un { $type } no tiene sitio en un plan; sí lo tienen textos, números, true y false, listas y bloques

## La línea de órdenes: a quién se avisaría, la comprobación, las pruebas
who-title = { $light }, { $at } ({ $duty }), área: { $area }
who-on-duty = en horario de guardia
who-off-duty = fuera del horario de guardia
who-no-area = ninguna
who-call = { $number }. { $title } ({ $role }): se le avisaría el { $called }; confirmaría antes del { $by }
who-again = de nuevo
who-deputy = suple: { $title } ({ $role })
who-area-unknown = --area: '{ $name }' no es un área del plan; hay estas: { $known }
who-area-unknown-near = --area: '{ $name }' no es un área del plan; ¿quería decir '{ $near }'?
who-rule-unknown = --rule: '{ $name }' no es una regla del plan; hay estas: { $known }
who-rule-unknown-near = --rule: '{ $name }' no es una regla del plan; ¿quería decir '{ $near }'?
who-light-or-rule = escriba --light, por ejemplo --light red, o bien --rule con el nombre de una regla
who-roles-only = Solo roles: el cuadrante dice qué personas los cubren.
check-sound = { $plan }: { $rules ->
    [one] { $rules } regla
   *[other] { $rules } reglas
}, { $watches ->
    [one] { $watches } búsqueda
   *[other] { $watches } búsquedas
}, sin errores
check-warning = aviso
test-why = por qué: { $why }
test-named = prueba { $test }
test-none = { $plan }: no hay pruebas; escríbalas en `tests`, docs/plan-format.md explica cómo
test-all-passed = { $plan }: { $count ->
    [one] { $count } prueba, superada
   *[other] { $count } pruebas, todas superadas
}
test-some-failed = { $plan }: { $count ->
    [one] { $count } prueba
   *[other] { $count } pruebas
}, superadas: { $passed }, no superadas: { $failed }
test-read-by = textos leídos por { $models }

## La línea de órdenes: quién está de guardia, dónde no hay nadie, cuánto se espera, si todo va bien
who-people-on-duty = de guardia: { $people }
who-people-deputy = suple: { $people }
who-people-everybody = nadie de guardia, así que todas las personas de la función: { $people }
who-people-nobody = nadie de guardia: se avisa enseguida al paso siguiente; el último avisa a todos los que tienen su rol
file-unknown-plan = '{ $name }' no es un archivo, ni una carpeta, ni un plan incluido; planes incluidos: { $known }
file-unknown-plan-near = '{ $name }' no es un archivo, ni una carpeta, ni un plan incluido; ¿quería decir '{ $near }'?
file-unknown-roster = '{ $name }' no es un archivo ni un cuadrante incluido; cuadrantes incluidos: { $known }
file-unknown-roster-near = '{ $name }' no es un archivo ni un cuadrante incluido; ¿quería decir '{ $near }'?
file-unreadable = no se puede leer { $name } (el sistema dice: { $why }); revise dónde está y sus permisos
duty-role = { $title } ({ $role })
duty-nobody = nadie
duty-instead = { $name } (en lugar de { $other })
duty-sound = { $roster }: { $people ->
    [one] { $people } persona
   *[other] { $people } personas
}, { $shifts ->
    [one] { $shifts } turno
   *[other] { $shifts } turnos
}, sin errores
duty-role-unknown = --role: '{ $role }' no es un rol del plan { $plan }; hay estos: { $known }
duty-role-unknown-near = --role: '{ $role }' no es un rol del plan { $plan }; ¿quería decir '{ $near }'?
duty-no-moment = { $option }: '{ $given }' no es un momento; escríbalo como 2026-12-24 o 2026-12-24T23:30
duty-far-moment = { $option }: el año { $year } queda fuera de cualquier cuadrante; escriba uno de { $first } a { $last }
duty-span = del { $start } al { $end }: el final debe venir después del comienzo, como mucho tres años después
duty-on = { $role }: { $people }
duty-on-until = { $role }: { $people } hasta el { $until }
duty-on-then = { $role }: { $people } hasta el { $until }; después, { $next }
duty-on-then-from = { $role }: { $people } hasta el { $until }; después, { $next } desde el { $from }
duty-stretch = del { $from } al { $to }
duty-gap = { $stretch }  { $role }: { $missing }
duty-gap-nobody = nadie
duty-gap-nobody-for = nadie ({ $what })
duty-gap-deputy = { $missing }; está la suplencia
duty-gap-decided = { $missing }; por decisión: { $reason }
duty-gaps-sum = { $roster }: { $gaps ->
    [one] { $gaps } hueco
   *[other] { $gaps } huecos
}, { $hours } h
duty-gaps-decided = { $sum }; { $decided } más por decisión
duty-worst-of = { $light } ({ $areas })
duty-worst-by-name = { $light }, aviso por nombre a { $role }
duty-worst = { $of }: { $wait }
duty-worst-at-once = se avisaría a una persona enseguida
duty-worst-within = se avisaría a una persona en { $span } como máximo (si llega el { $at })
duty-worst-last-at-once = y al último paso de la cadena, enseguida
duty-worst-last-within = y al último paso de la cadena, en { $span } como máximo (si llega el { $at })
duty-worst-off-duty = no queda nadie de guardia: se avisaría a personas fuera de guardia { $stretches }
duty-worst-nobody = LA CADENA NO LLEGA A NADIE { $stretches }
duty-worst-name-nobody = NO SE AVISARÍA A NADIE { $stretches }
duty-and-more = { $stretches }, y { $count ->
    [one] { $count } vez más
   *[other] { $count } veces más
}
duty-simulated-cases = casos rojos
duty-simulated-acknowledged = confirmados
duty-simulated-missed = perdidos
duty-simulated-doubled = duplicados
duty-simulated-late = más tarde de lo que dice la prueba
duty-simulated-calls = avisos
duty-simulated-deaths = veces que murió el proceso de fondo
duty-simulated-races = veces que se rechazó a un segundo proceso
duty-simulated-at = confirmados en { $step }
health-wrong = FALLA
health-look = conviene mirarlo
health-finding = { $severity }: { $what }
health-finding-of = { $severity }, { $brand }: { $what }
health-ran = { $count ->
    [one] Se acaba de hacer { $count } aviso atrasado.
   *[other] Se acaban de hacer { $count } avisos atrasados.
}
health-not-told = No se pudo avisar al vigilante externo ({ $fault }); revise SERENO_HEARTBEAT_URL.
health-monitor-answered = el vigilante respondió { $status }
health-withheld = Al vigilante externo no se le dice que todo va bien.
health-no-database = no se puede consultar la base de datos ({ $error }); revise DATABASE_URL
health-well = Todo va bien.
health-well-told = Todo va bien. Se avisó al vigilante externo.
