"""The plainest asks that do not say what, in the other languages that are known."""

from typing import Final

from bot.features.coach.rules.answerability.wording import any_of, maybe, more, pattern, several

_MICH: Final = (
    "mir uns euch dich du ihr sie hier da mal bitte jemand wer einer kurz vielleicht sich dir"
)
_KANN: Final = any_of("kann könnte kannst könntest könnt")
_PEUT: Final = any_of("peut pourrait peux pourrais pouvez pourriez")
_PUEDE: Final = any_of("puede podría puedes podrías pueden")
_PODE: Final = any_of("pode poderia podem podes consegue")

ASK: Final = pattern(
    # German: kann mir jemand helfen, ich hätte eine frage zum vertrag, brauche hilfe
    f"{_KANN}{several(_MICH)} (?:weiter)?helfen{maybe('bitte')}",
    f"(?:ich )?{any_of('hab habe hätte')}{several('ich da mal noch nur')} "
    f"{any_of('eine ein paar ein_paar')} {any_of('frage fragen problem kurze_frage kleine_frage')}"
    f"(?: {any_of('zu zum zur wegen bezüglich mit')}{more(4, 1)})?",
    f"(?:eine )?(?:kurze |kleine )?frage(?: {any_of('zu zum zur wegen')}{more(4, 1)})?",
    f"(?:ich )?brauche?{several('mal bitte kurz eure deine')} hilfe(?: (?:bei|mit){more(4, 1)})?",
    f"{any_of('hast habt')}{several('du ihr mal kurz gerade einen eine bisschen etwas')} "
    f"{any_of('zeit moment minute sekunde')}",
    f"{any_of('darf kann')} ich{several('euch dich hier mal kurz was etwas eine_frage')} "
    f"{any_of('fragen stellen')}",
    # French: quelqu'un peut m'aider, j'ai une question sur le contrat, besoin d'aide
    f"(?:est-ce que |est ce que )?(?:quelqu'un|qqn|vous|tu|qui) {_PEUT} "
    f"(?:m'|nous )?aider(?: (?:svp|stp|s'il vous plaît|avec|sur){more(4)})?",
    f"(?:j'ai|j'aurais|on a){maybe('juste encore')} (?:besoin d'aide|"
    f"{any_of('une_question une_petite_question des_questions un_problème un_petit_problème')})"
    f"(?: {any_of('sur avec pour concernant')}{more(4, 1)})?",
    f"besoin d'aide(?: {any_of('sur avec pour')}{more(4, 1)})?",
    # Spanish: alguien me puede ayudar, tengo una duda, necesito ayuda
    f"(?:alguien )?(?:me |nos )?{_PUEDE} (?:ayudar(?:me|nos)?|echar una mano)"
    f"(?: (?:por favor|con){more(4)})?",
    f"{any_of('tengo tenemos')} "
    f"{any_of('una_pregunta una_duda una_consulta un_problema dudas una_pequeña_duda')}"
    f"(?: {any_of('sobre con de')}{more(4, 1)})?",
    f"{any_of('necesito necesitamos')} (?:un poco de )?ayuda(?: (?:con|por favor){more(4)})?",
    f"puedo {any_of('preguntar hacer')}{several('una pregunta consulta algo aquí les')}",
    # Portuguese: alguém pode me ajudar, tenho uma dúvida, preciso de ajuda
    f"{any_of('alguém você vocês')} (?:me )?{_PODE}{maybe('me nos')} (?:ajudar|dar uma mão)"
    f"(?: (?:por favor|com|aqui){more(4)})?",
    f"{any_of('tenho temos estou_com')} "
    f"{any_of('uma_dúvida uma_pergunta um_problema dúvidas uma_pequena_dúvida')}"
    f"(?: {any_of('sobre com no na de')}{more(4, 1)})?",
    f"{any_of('preciso precisamos')} de (?:uma )?ajuda(?: (?:com|por favor){more(4)})?",
    f"posso {any_of('fazer tirar perguntar')}{several('uma pergunta dúvida algo aqui')}",
)
POINT: Final = pattern(
    # quelqu'un peut regarder le bug, kann jemand das anschauen, alguien puede mirar esto
    f"(?:quelqu'un|qqn|tu|vous) {_PEUT} {any_of('regarder voir vérifier relire corriger')} "
    rf"{any_of('ça cela le la les mon ma mes ce cette')}(?: \w+)?{maybe('svp stp')}",
    f"{any_of('kann könnte kannst könntest')}{several(_MICH)} "
    rf"{any_of('das es den die mein meine meinen')}(?: \w+)? {any_of('anschauen ansehen prüfen')}",
    f"alguien {_PUEDE} {any_of('mirar revisar ver arreglar')} "
    rf"{any_of('esto eso el la mi lo')}(?: \w+)?{maybe('por_favor porfa')}",
    f"(?:alguém|você) {_PODE} {any_of('ver olhar revisar arrumar')} "
    rf"{any_of('isso isto o a meu minha')}(?: \w+)?{maybe('por_favor')}",
)
