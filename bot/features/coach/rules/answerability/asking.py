"""Asks that do not say what: help, a question, a moment, somebody who knows."""

import re
from typing import Final

_WHERE: Final = (
    r"(?: (?:here|around|there|online|in here|out there|of you|else|on here|"
    r"in this channel|from (?:the )?\w+(?: \w+)?))*"
)
ANYONE: Final = (
    rf"(?:anyone|someone|any of you|one of you|some of you|any \w+(?: \w+)?|some \w+){_WHERE}"
)
WHO: Final = (
    rf"(?:anyone|someone|any of you|one of you|some of you|any \w+(?: \w+)?|you|you all|"
    rf"an? \w+){_WHERE}"
)
_CAN: Final = r"(?:can|could|may|might|will|would|is|are|does|do|if|shall|wondering if|hoping)"
_ABLE: Final = (
    r"(?:able to|available to|willing to|free to|here to|around to|there to|there who can|"
    r"who can|who could|that can|can|could|going to|have time to)"
)
_PLAIN_TOPIC: Final = (
    r"(?!.*\b(?:when|if|that|which|because|after|since|while|where|how|why|whether|what|who|"
    r"doesn't|don't|can't|isn't|won't|not|error|saying|says|getting|seeing|versus|vs)\b)"
)
TOPIC: Final = (
    r"( (?:about|with|regarding|on|in|for|around|concerning|re|related to|relating to|"
    r"using|reg|of|over|at)\b" + _PLAIN_TOPIC + r"(?: [\w'-]+){0,7})"
)
_SOON: Final = r"(?: (?:here|real quick|quick|asap|now|today|right now))*"
_ABOUT: Final = rf"{_SOON}{TOPIC}?{_SOON}"
_ON: Final = r"( (?:about|regarding|concerning|re)\b" + _PLAIN_TOPIC + r"(?: [\w'-]+){0,7})?"
_UNSAID: Final = (
    r"(?: (?:fix|solve|debug|understand|figure out|resolve|fixing|solving|debugging) (?:it|this|"
    r"that|something|(?:my|this|that|the|an?|some|these)(?: \w+)? (?:code|problem|problems|issue|"
    r"issues|error|errors|bug|bugs|thing|things|stuff|script|project|assignment|query)))?"
)
_SMALL: Final = (
    r"(?:a|an|one|some|another|few|couple|of|two|three|any|the|quick|small|short|simple|stupid|"
    r"dumb|silly|noob|newbie|newb|beginner|basic|general|little|random|technical|brief|more|"
    r"important|urgent|similar|serious|new|weird|tricky|last|follow|up|my|bit|tiny|other|"
    r"different|own|different)"
)
_ONE: Final = (
    r"(?:a|an|one|some|another|few|couple|of|two|three|quick|small|short|simple|stupid|dumb|silly|"
    r"noob|newbie|newb|beginner|basic|general|little|random|technical|brief|important|urgent|"
    r"similar|serious|new|weird|tricky|follow|up|bit|tiny|different|more)"
)
_QUESTION: Final = r"(?:question|questions|query|queries|doubt|doubts|request|favor|favour)"
_FOR_WHOM: Final = (
    r"(?: (?:for you(?: all)?|for anyone(?: here)?|to ask(?: you)?|here|for the \w+(?: team)?|"
    r"for any \w+|for someone|to you))*"
)
_SOMETHING: Final = (
    rf"(?:(?: {_SMALL})* (?:{_QUESTION}|something|anything|thing|things|privately|stuff))?"
)
_WHILE: Final = r"(?:sec|minute|moment|time|bit)"

HELP: Final = re.compile(
    rf"(?:is there |are there |{_CAN} )*(?:{WHO} )(?:{_ABLE} )*(?:help|helps|assist|support|guide|advise|"
    rf"give|lend)(?: me| us)?(?: (?:out|a hand|some help|some advice|answer|solve|fix))*"
    rf"{_SOMETHING}{_UNSAID}{_ABOUT}|any help{_ABOUT}|"
    rf"(?:i|we)(?: am| are)?(?: would)?(?: still)? (?:need|needs|want|could use|looking for|"
    rf"require|seeking|like|appreciate|in need of)(?: {_SMALL}| your| someone's)* "
    rf"(?:help|assistance|support|advice|guidance|hand|helping hand)(?: here)?{_ABOUT}|"
    rf"(?:i|we) (?:need|want|am looking for|are looking for) (?:someone|anyone|a \w+|"
    rf"an expert)(?: who can| to| that can) (?:help|assist)(?: me| us)?(?: out)?{_ABOUT}|"
    rf"help(?: me| us| needed| wanted| required)?(?: out)?{_ABOUT}|"
    rf"(?:will|can) you be able to help(?: me| us)?(?: out)?{_ABOUT}|"
    rf"(?:who|whoever) (?:can|could|is able to|is free to|is available to|wants to) "
    rf"(?:help|assist)(?: me| us)?(?: out)?{_ABOUT}"
)
NEEDS: Final = re.compile(
    rf"(?:need|needing|looking for|seeking)(?: {_SMALL})* (?:help|assistance|advice|guidance|"
    rf"support){_ABOUT}|(?:have|got|had) (?:{_ONE} )*(?:question|questions|doubt){_FOR_WHOM}{_ABOUT}"
)
"""With a question mark it is an offer."""
QUESTION: Final = re.compile(
    rf"(?:(?:i|we) (?:have|had|would have|have got|got) )?(?:{_ONE} )*"
    rf"(?:question|questions|query|queries|doubt|doubts){_FOR_WHOM}{_ABOUT}{_FOR_WHOM}|"
    rf"(?:i|we) (?:have|had|would have|have got|got) (?:{_ONE} )*"
    rf"(?:request|favor|favour){_FOR_WHOM}{_ABOUT}|"
    rf"(?:can|could|may|might|shall) (?:i|we) (?:ask|bother|borrow|disturb|trouble|pick)"
    rf"(?: you| {WHO}| your brain)?{_SOMETHING}{_FOR_WHOM}{_ABOUT}|"
    rf"(?:i|we) (?:would |am |do )?(?:like|want|wanted|need|needed|love|going|wish|have|"
    rf"wanting)(?: to)? (?:to )?(?:ask|enquire|inquire|consult)(?: (?:to )?(?:you|{WHO}))?"
    rf"{_SOMETHING}{_ABOUT}|"
    rf"(?:am i|is it) (?:ok|okay|allowed|possible|alright|fine)? ?(?:to|if i) ask{_SOMETHING}"
    rf"(?: here)?{_ABOUT}"
)
MOMENT: Final = re.compile(
    rf"(?:do |does |did |has |have )?(?:you |{WHO} )?(?:got|get|have|has)(?: {_SMALL}| spare| "
    rf"free)* {_WHILE}(?: (?:today|now|right now|later|to spare|for me|for us|free|to help(?: me)?|"
    rf"to talk|to chat|to discuss|this (?:morning|afternoon|week)|tomorrow))*"
    rf"(?: for(?: {_SMALL})* (?:question|chat|call|help))?{_ON}|"
    rf"(?:are |is )?(?:you |{WHO} )(?:there|around|free|available|busy|awake)"
    rf"(?: (?:now|today|right now|atm|at the moment|for (?:a )?(?:{_SMALL} )*(?:{_WHILE}|"
    rf"chat|question|call)|to (?:chat|talk|help|help me|answer(?: {_SMALL})* "
    rf"(?:question|questions))))*{_ON}|"
    rf"(?:are |is )?(?:you |{WHO} )(?:there|around|free|available) (?:for (?:me|us) )?to "
    rf"(?:discuss|talk about|chat about|ask about|talk|help with){_PLAIN_TOPIC}(?: [\w'-]+){{0,6}}|"
    rf"(?:is |are )?(?:there )?(?:anyone|any \w+) from (?:the )?(?:\w+ ){{0,2}}(?:team|support|staff|"
    rf"devs?)(?: (?:here|around|there|online|available))*|"
    rf"i need (?:you|a (?:{_WHILE}|{_WHILE} of your time))(?: for a {_WHILE})?"
)
TALK: Final = re.compile(
    rf"(?:can|could|may) (?:i|we) (?:(?:have|do) a (?:{_SMALL} )*(?:talk|chat|word)|"
    rf"talk|chat|speak|discuss|message|dm|pm|contact)(?: (?:privately|directly|in private))?"
    rf"(?: (?:to|with))?(?: (?:you|{WHO}))?(?: (?:something|privately|in private|sometime|here|"
    rf"today|tomorrow|later|now))*((?: about| regarding| on)?" + _PLAIN_TOPIC + r""
    rf"(?: [\w'-]+){{0,6}})|"
    rf"(?:i|we) (?:would |am )?(?:like|want|wanted|need|needed|love|have|trying) to (?:talk|chat|"
    rf"speak|discuss)(?: (?:something|things))?(?: (?:to|with) (?:you|{WHO}))?{_ABOUT}(?: with "
    rf"{WHO})?"
)
CALL_ME: Final = re.compile(
    r"(?:can you |could you )?(?:call|(?:call|dm|pm|ping|message|text|contact) (?:me|us))"
    r"(?: (?:back|now|when you can|when you have (?:a )?(?:sec|minute|moment|time)|"
    r"when you are (?:free|back|around|online|here|available)|asap))*|"
    r"(?:check|see|read|look at) (?:your|my) (?:dm|dms|pm|pms|inbox|messages?)"
)
KNOWS: Final = re.compile(
    rf"(?:is |are )?(?:there |here )?(?:{ANYONE} )(?:who is |who are |that is |is )?"
    r"(?:(?:good|great|experienced|skilled|knowledgeable|familiar|expert|experts|proficient) "
    r"(?:at|in|on|about)|familiar with|experienced with|who knows(?: about)?|with (?:any |some )?(?:knowledge|experience|"
    r"expertise) (?:in|of|with|on|about|using)|(?:has|have) (?:any |some )?experience "
    r"(?:in|of|with|on|using)|knows about|know about|know anything about|"
    r"knows anything about|know much about|"
    r"understands)" + _PLAIN_TOPIC + r"((?: [\w'-]+){1,4})|"
    rf"(?:does |do )?(?:{ANYONE} )(?:know about|know anything about|know much about|"
    r"have (?:any |some )?experience (?:in|of|with|on|using))" + _PLAIN_TOPIC + r"(?: [\w'-]+){1,4}"
)
TRIES: Final = re.compile(
    r"(?:i|we) (?:would like|want|need|am trying|have) to [\w'-]+"
    + _PLAIN_TOPIC
    + r"(?: [\w'-]+){1,9}"
    r" (?:can|could|would) (?:you|anyone|someone) help(?: me| us)?(?: out)?(?: with (?:this|that|it))?"
)
OTHER_TONGUES: Final = re.compile(
    # German
    r"(?:kann|k\u00f6nnte|kannst|k\u00f6nntest|k\u00f6nnt)(?: (?:mir|uns|du|ihr|sie|hier|mal|bitte|"
    r"jemand|wer|einer|kurz|vielleicht))+ (?:helfen|weiterhelfen)(?: bitte)?|"
    r"(?:ich )?(?:habe?|h\u00e4tte)(?: (?:ich|da|mal|noch|nur))* (?:eine?|paar|ein paar) "
    r"(?:kurze |kleine )?(?:frage|fragen|problem)(?: (?:zu|zum|zur|wegen|bez\u00fcglich|mit)"
    r"(?: [\w-]+){1,4})?|(?:eine )?(?:kurze |kleine )?frage(?: (?:zu|zum|zur|wegen)(?: [\w-]+){1,4})?|"
    r"(?:ich )?brauche?(?: (?:mal|bitte|kurz|eure|deine|etwas|ein bisschen))* hilfe"
    r"(?: (?:bei|mit)(?: [\w-]+){1,4})?|(?:hast|habt)(?: (?:du|ihr|mal|kurz|gerade|einen|eine|"
    r"ein|bisschen|etwas))+ (?:zeit|moment|minute|sekunde)|(?:darf|kann) ich(?: (?:euch|dich|"
    r"hier|mal|kurz|was|etwas|eine frage))* (?:fragen|stellen)|"
    # French
    r"(?:est-ce que |est ce que )?(?:quelqu'un|qqn|vous|tu|qui|on) (?:peut|pourrait|peux|"
    r"pourrais|pouvez|pourriez)(?:-vous| vous)? ?(?:m|nous)?'? ?(?:m'aider|aider|nous aider)"
    r"(?: (?:svp|stp|s'il vous pla\u00eet|sur|avec|pour|\u00e0 propos)(?: [\w'-]+){0,4})?|"
    r"(?:j'ai|j'aurais|on a)(?: (?:juste|encore|besoin))? (?:d'aide|une (?:petite )?question|"
    r"des questions|un (?:petit )?probl\u00e8me|un souci)(?: (?:sur|avec|pour|concernant)"
    r"(?: [\w'-]+){1,4})?|besoin d'aide(?: (?:sur|avec|pour)(?: [\w'-]+){1,4})?|"
    r"(?:petite )?question(?: (?:sur|concernant)(?: [\w'-]+){1,4})|"
    # Spanish
    r"(?:alguien|me|nos)(?: me| nos)? (?:puede|podr\u00eda|puedes|podr\u00edas|pueden) ?"
    r"(?:ayudar(?:me|nos)?|echar una mano)(?: (?:por favor|con)(?: [\w'-]+){0,4})?|"
    r"(?:tengo|tenemos) (?:una (?:peque\u00f1a )?(?:pregunta|duda|consulta)|un problema|dudas)"
    r"(?: (?:sobre|con|de)(?: [\w'-]+){1,4})?|"
    r"(?:necesito|necesitamos) (?:un poco de )?ayuda(?: (?:con|por favor)(?: [\w'-]+){0,4})?|"
    r"(?:puedo|podr\u00eda) (?:hacer(?:les|te)?|preguntar(?:les|te)?)(?: (?:una|un|algo|aqu\u00ed|"
    r"pregunta|consulta))*|"
    # Portuguese
    r"(?:algu\u00e9m|voc\u00eas?|tu) (?:me )?(?:pode|poderia|podem|podes|consegue)"
    r"(?: (?:me|nos))? (?:ajudar|dar uma m\u00e3o)(?: (?:por favor|com|aqui)(?: [\w'-]+){0,4})?|"
    r"(?:estou com|tenho|temos) (?:uma (?:pequena )?(?:d\u00favida|pergunta)|um problema|"
    r"d\u00favidas)(?: (?:sobre|com|no|na|de)(?: [\w'-]+){1,4})?|"
    r"(?:preciso|precisamos) de (?:uma )?ajuda(?: (?:com|por favor)(?: [\w'-]+){0,4})?|"
    r"posso (?:fazer|tirar|perguntar)(?: (?:uma|algo|aqui|pergunta|d\u00favida))*"
)
