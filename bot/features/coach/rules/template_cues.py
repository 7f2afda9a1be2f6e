"""Cues for what a sentence is for, in the languages of the coach."""

# ruff: noqa: RUF001 - typographic apostrophes are what people type

import re
from typing import Final

from bot.core.patterns import regex


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABBREVIATIONS: Final = _words("""
    e.g. i.e. etc. vs. cf. ca. approx. no. nr. mr. mrs. ms. dr. st. fig. z.b. d.h. bzw. usw. evtl.
    ggf. inkl. incl. excl. resp. min. max. tel. str. p.ex. ex. env. sr. sra. srta. ud. uds. pág.
    núm. p.ej. ej. aprox. exmo.
""")
ASKS: Final = regex(
    r"""\b(?:
      please | pls | plz | (?:can|could|would|will)[ ](?:you|someone|somebody|anyone|anybody)
    | let[ ]me[ ]know | tell[ ]me | i(?:[ ]would|['’]d)[ ]like[ ]you[ ]to
    | (?:i|we)[ ]need[ ](?:you|your|somebody|someone|help|access)
    | bitte | (?:kannst|könntest)[ ]du | (?:könnt|könntet)[ ]ihr | (?:können|könnten)[ ]sie
    | sagt?[ ](?:mir[ ])?bescheid | ich[ ](?:brauche|bräuchte)[ ](?:dich|euch|sie|jemand)
    | s['’]il[ ](?:te|vous)[ ]pla[iî]t | (?:peux|pourrais)-tu | (?:pouvez|pourriez)-vous
    | tu[ ](?:peux|pourrais)[ ]me | merci[ ]de | dis-moi | dites-moi
    | por[ ]favor | (?:puedes|podrías|podéis|podríais)\b | avísame | dime | necesito[ ]que
    | (?:você|vocês)[ ](?:pode|podem|poderia|poderiam) | me[ ](?:diga|avise) | preciso[ ]que
    )\b""",
    re.VERBOSE,
)
_ACT: Final = r"""(?:
      answer | ask | build | call | change | check | clean | confirm | delete | deploy | disable
    | do | enable | explain | fix | give | help | join | keep | make | merge | move | ping | push
    | release | remove | rename | repair | replace | restart | restore | revert | review | roll
    | rotate | run | send | show | solve | start | stop | switch | take | tell | test | turn
    | update | upload | use | write )"""
_OBJECT: Final = r"""(?:
      (?:it|this|that|these|those|them|me|us|the|a|an|my|our|your|all|both|every|sure)\b | <?@
    | (?:back|on|off|out)[ ](?:the|this|that|it|to)\b )"""
ORDERS: Final = regex(
    rf"""(?:^|(?<=[,;:–—-][ ])|(?<=[ ]and[ ]))\W{{0,3}}
    (?:(?:and|so|now|just|then|also|asap|(?:<?@[\w.-]+>?[,:]?))[ ]){{0,2}}
    (?:{_ACT}[ ]{_OBJECT}
    | (?:look|have[ ]a[ ]look)[ ](?:at|into)\b | check[ ](?:if|whether|with|why|again)\b
    | (?:find[ ]out | get[ ](?:it|this|that|them|me|us|back) | take[ ]care[ ]of)\b )""",
    re.VERBOSE | re.IGNORECASE,
)
"""An order without "please": a verb at the beginning of a clause, and what it is to be done to."""
SAYS_WHO: Final = regex(
    r"\b(?:i|we|he|she|they|who|will|would|to|can|could|should|must|may|might)\b",
    re.IGNORECASE,
)
"""In front of a clause it is no order, but goes on with what somebody does."""
COURTESY: Final = regex(
    r"""(?:hi|hey|hello|dear|good[ ](?:morning|afternoon|evening)|morning|thanks|thank[ ]you|cheers
    |hallo|moin|guten[ ](?:morgen|tag|abend)|danke|bonjour|salut|merci|hola|buenos[ ]días|gracias
    |olá|oi|bom[ ]dia|obrigad[oa])\b[^.!?…]{0,30}[.!?…, ]*""",
    re.VERBOSE | re.IGNORECASE,
)
"""A greeting or thanks, which is no context."""
PROPOSES: Final = regex(
    r"""\b(?:
      i(?:[ ]would|['’]d)?[ ](?:propose|suggest|recommend|prefer|go[ ](?:for|with)|vote)
    | i(?:[ ]would|['’]d)[ ]like[ ]us[ ]to
    | (?:i|we)[ ]would[ ](?!like[ ]to[ ](?:know|ask)) | we[ ]should | let['’]s
    | my[ ](?:proposal|suggestion|recommendation|preference|plan)
    | unless[ ](?:you|somebody|someone|anyone|anybody|i[ ]hear) | otherwise[ ](?:i|we)
    | i(?:['’]ll|[ ]will)[ ]go[ ]ahead | i[ ](?:lean|am[ ]leaning)[ ]towards?
    | ich[ ](?:würde|schlage|empfehle) | wir[ ]sollten | mein[ ]vorschlag | sonst[ ]\w+[ ]ich
    | je[ ](?:propose|proposerais|suggère|recommande) | ma[ ]proposition | sinon,?[ ]je
    | (?:on|nous)[ ](?:devrait|devrions)
    | propongo | propondría | sugiero | recomiendo | mi[ ]propuesta | deberíamos
    | proponho | proporia | sugiro | recomendo | minha[ ](?:proposta|sugestão) | deveríamos
    )\b | \bi['’]d\b(?![ ](?:like|love)) """,
    re.VERBOSE,
)
LABELS: Final = regex(
    r"""[\W_]{0,4}(?:
      (?P<context> context|background|kontext|hintergrund|contexte|contexto|tried|versucht )
    | (?P<proposal> proposal|suggestion|vorschlag|proposition|propuesta|proposta|sugestão )
    | (?P<question> question|ask|request|frage|bitte|pregunta|pergunta|demande )
    | (?P<by> by[ ]when|deadline|due|bis[ ]wann|frist|pour[ ]quand|échéance|para[ ]cuándo
        | até[ ]quando|prazo|plazo )
    )[*_]{0,2}[ ]?:""",
    re.VERBOSE | re.IGNORECASE,
)
_DAY: Final = r"""(?:
      (?:mon|tues|wednes|thurs|fri|satur|sun)day | today | tonight | tomorrow | eod | eow | noon
    | (?:end[ ]of[ ])?(?:the[ ]|this[ ]|next[ ])?(?:day|week|month)
    | montag | dienstag | mittwoch | donnerstag | freitag | samstag | sonntag
    | heute(?:[ ]abend)? | morgen | ende[ ](?:der|nächster)[ ]woche
    | lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche | demain | aujourd['’]hui
    | ce[ ]soir | la[ ]fin[ ]de[ ]la[ ]semaine
    | lunes | martes | miércoles | jueves | viernes | sábado | domingo | mañana | hoy
    | (?:segunda|terça|quarta|quinta|sexta)(?:-feira)? | amanhã | hoje
    | \d{1,2}[.:h]\d{0,2}[ ]?(?:uhr|h|am|pm)? | \d{4}-\d\d-\d\d
    | \d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?
    | (?:0?[1-9]|1[0-2])[ ]?[ap]m )"""
_INTRODUCED: Final = r"""(?:
      by | before | until | till | not[ ]later[ ]than
    | (?:spätestens[ ])?(?:bis|vor)(?:[ ]zum)? | spätestens | d['’]ici(?:[ ](?:à|au))?
    | avant | jusqu['’](?:à|au)
    | antes[ ](?:de|del|do|da) | hasta | para[ ]el | até | a[ ]más[ ]tardar )"""
TIMES: Final = regex(
    rf"\b{_INTRODUCED}[ ](?:(?:el|la|le|o|a|am|den|this|next)[ ])?{_DAY}(?!\w)",
    re.VERBOSE | re.IGNORECASE,
)
ONLY_TIME: Final = regex(
    rf"""(?:(?:(?:i|we)(?:['’]d|[ ]would)?(?:[ ](?:really|only|just))?[ ])?(?:need|want|like|expect)
        [ ](?:it|this|that|them|(?:an|the|your)[ ](?:answer|reply))(?:[ ](?:back|done|fixed))?[ ])?
    (?:please[ ]|bitte[ ]|ideally[ ]|latest[ ])?{_INTRODUCED}
    [ ](?:(?:el|la|le|o|a|am|den|this|next)[ ])?{_DAY}
    (?:[ ](?:at[ ]|um[ ]|à[ ]|a[ ]las[ ]|às[ ])?{_DAY})?
    (?:,?[ ](?:please|bitte|thanks|por[ ]favor|merci|danke|latest))?""",
    re.VERBOSE | re.IGNORECASE,
)
