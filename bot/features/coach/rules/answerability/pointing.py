"""Asks that point at something which is not there: this, it, the doc, my change, any news."""

import re
from typing import Final

from bot.features.coach.rules.answerability.asking import ANYONE, WHO

_CAN_SOMEBODY: Final = (
    rf"(?:(?:can|could|would|will|may|might) {WHO} |{ANYONE} (?:can |could )?)?(?:able to )?"
)
_THIS: Final = (
    r"(?:this|that|it|these|those|them|the same|something|one|him|here|there|"
    r"(?:this|that|the|my|our) (?:issue|problem|bug|error|thing|question|one|stuff|code|mess|"
    r"thing we (?:talked|spoke) about|above|below|topic|matter))"
)
_DO: Final = (
    r"(?:look|check|see|review|fix|do|test|confirm|change|correct|explain|send|share|"
    r"approve|update|solve|handle|debug|clarify|verify|answer|reply|respond|advise|suggest|"
    r"take(?: a)?(?: (?:quick|short))? look|have(?: a)?(?: (?:quick|short))? look|tell|"
    r"get back|take care|work|comment|investigate|finish|continue|proceed|merge|sign|read|"
    r"proofread|resolve)"
)

_WHEN_YOU_CAN: Final = (
    r"(?: (?:and|when you (?:can|have (?:a )?(?:time|chance|sec|minute|moment)|get (?:a )?"
    r"(?:time|chance|sec|minute|moment))|today|asap|soon|now|for me|for us|tell me|let me know|"
    r"what you(?: all)? think|is real|is ok|is fine|is correct|whenever|if you have time))*"
)
IDEA: Final = re.compile(
    r"(?:do you have |does anyone (?:here )?have |has anyone |anyone (?:here )?(?:has |have |got )?|"
    r"have |got |is there |are there |you have |you got )?any (?:idea|ideas|thoughts|clue|clues|"
    r"suggestions?|tips|tip|advice|pointers|pointer|luck|news|updates?|word|progress|feedback|"
    r"inputs?|opinions?|comments?|hints?|solution|solutions|eta|info|information|answer|help|"
    r"reply|response)(?: (?:yet|on|about|for|from|regarding|with|to|at all|here|you|so far))*"
    rf"(?: {_THIS})*(?: (?:why|what|how) (?:this|that|it|to fix|to solve|is wrong|"
    rf"could be(?: wrong)?|might be(?: wrong)?|is happening|is going on|happened|could happen)"
    rf"(?: (?:fails|failed|happens|happened|is|means|works?|breaks|doesn't|not|this|that|it|wrong|"
    rf"could|might|be|happening|the|problem|issue|reason|cause)){{0,4}})?|"
    r"(?:your )?(?:thoughts|ideas|opinions|suggestions|feedback|updates?|news|eta|status|ptal|wdyt|"
    r"comments)(?: (?:on|about))?(?: (?:this|that|it))?(?: (?:welcome|appreciated))?|"
    r"(?:tell me |let me know )?what do you(?: all)? think(?: (?:about|of))?"
    r"(?: (?:this|that|it|these))?|(?:tell me |let me know )what you(?: all)? think"
    r"(?: (?:about|of) (?:this|that|it))?"
)
DO_IT: Final = re.compile(
    rf"{_CAN_SOMEBODY}{_DO}(?: (?:at|into|on|to|over|of|with|me|us|back|for))*"
    rf"(?: {_THIS})?(?: (?:back|for me|for us|to me|to us|out|today|now|asap|soon|quick|me|us|"
    rf"over|up|too))*{_WHEN_YOU_CAN}|"
    r"(?:please )?do the needful|who can (?:fix|do|help with|look at|explain|solve|check) "
    rf"(?:{_THIS})"
)
HOW: Final = re.compile(
    r"(?:how (?:do|can|could|should|would|to) ?(?:i|we)? (?:get access|fix|solve|do|start|get in|"
    r"use|make|handle|resolve|change|get it|set it up|install|get|run)"
    rf"(?: {_THIS})?(?: (?:work|working|to work|up|back|off|on))?|"
    r"what (?:should|can|do|must|shall) (?:i|we) do(?: (?:now|next|here|about (?:this|that|it)|"
    r"with (?:this|that|it)))?|"
    r"what is (?:wrong|the (?:problem|issue|matter|solution))"
    r"(?: (?:here|with (?:this|that|it|mine)))?|what am i doing wrong|"
    r"why (?:is|does|doesn't|isn't|won't|can't|did) (?:this|that|it)(?: (?:not|happen|happening|"
    r"work|working|fail|failing|broken|doing this|doing that|like this))*|"
    r"why does this happen|is (?:this|that|it) (?:normal|ok|okay|right|correct|done|ready|"
    r"fixed|possible|a bug|expected|me)(?: (?:yet|now|already))?|does (?:this|that|it) work"
    r"(?: (?:now|for anyone|for you))?|how does (?:this|that|it) work)"
)
WAITS: Final = re.compile(
    r"(?:it has|it is|been|has been|it|they have)? ?(?:been )?(?:sitting|waiting|open|hanging|"
    r"lying|up|pending)(?: (?:there|around|for|since|a|the|while|long|time|weeks?|days?|too|"
    r"now|already|quite|ages|some|review|yesterday|monday|tuesday|wednesday|thursday|friday))*|"
    r"(?:i )?can't (?:go on|continue|proceed|work|finish|start)(?: (?:without|until|before)"
    r"(?: [\w'-]+){0,3})?|(?:i|we) (?:am|are) (?:blocked|stuck)(?: on (?:this|that|it))?|"
    r"(?:it is |this is )?(?:urgent|important|asap|very urgent|a blocker)|(?:i|we) (?:really )?"
    r"need (?:it|this|that)(?: (?:asap|urgently|soon|today|now))?|"
    r"(?:i|we) (?:am|are) waiting"
)

_MATTER: Final = (
    r"(?:doc|pr|pull request|merge request|patch|ticket|proposal|spec|specs|deck|slides|sheet|"
    r"spreadsheet|contract|mail|email|e-mail|design|designs|mockup|mockups|draft|branch|diff|"
    r"changes|report|file|page|rfc|notes|post|presentation|article|blog post|agenda|invoice|plan|"
    r"comment|comments|code|repo|document|figma|board|form|issue|message|screenshot|link|wiki)"
)
_THE: Final = r"(?:the|my|our|this|that|his|her|their|these|a|your)"
_NEW: Final = (
    r"(?: (?:new|latest|updated|last|first|small|little|open|current|second|revised|pending))*"
)
_LOOK: Final = (
    r"(?:see|check|check out|read|look at|look into|look over|have a look at|take a look at|"
    r"have a look into|take a look into|take a quick look at|have a quick look at|review|"
    r"approve|merge|proofread|comment on|sign|sign off|sign off on|go over|go through|"
    r"give (?:me |us )?(?:some )?feedback on|share feedback on|feedback on|give me a review on|"
    r"answer|reply to|respond to|fix|open|test|use|"
    r"finish|update|complete|edit|fill in|fill out)"
)
MATTER: Final = re.compile(
    rf"(?:(?:if )?(?:can|could|would|will) )?(?:{WHO} )?(?:able to |have time to |has time to )?"
    rf"{_LOOK}(?: if)? {_THE}{_NEW} {_MATTER}{_WHEN_YOU_CAN}|"
    rf"(?:what do you(?: all)? think (?:about|of)|(?:any )?(?:thoughts|feedback|comments|opinions|"
    rf"ideas) (?:on|about)) {_THE}{_NEW} {_MATTER}|"
    rf"(?:i|we) (?:have )?(?:left|opened|made|created|pushed|sent|posted|put up|submitted|"
    rf"shared|wrote|written)(?: you| everyone| your?)? {_THE}{_NEW} {_MATTER}|"
    rf"(?:who|anyone) can (?:review|approve|merge|check|look at) {_THE}{_NEW} {_MATTER}|"
    rf"(?:i )?need (?:{_THE} )?(?:review|reviews|approval|feedback|eyes|reviewer|reviewers) (?:on|"
    rf"for|of) {_THE}{_NEW} {_MATTER}|"
    rf"{_THE} (?:link|page|url|image|picture|attachment) (?:is|seems) (?:dead|broken|gone|"
    rf"missing|not working)"
)
REFERS_BACK: Final = re.compile(
    rf"{_CAN_SOMEBODY}(?:do|finish|send|share|fix|check|handle|prepare)(?: me| us)? the "
    r"(?:thing|things|stuff|task|file|files|list|one)(?: that| which)? (?:we|i|you) "
    r"(?:talked|spoke|discussed|mentioned|asked|agreed|wanted|sent|promised)"
    r"(?: (?:about|on|yesterday|last week|earlier|for|before|today|you))*"
)
OTHER_TONGUES: Final = re.compile(
    r"(?:quelqu'un|qqn|tu|vous) (?:peut|peux|pouvez|pourrait|pourriez) (?:regarder|voir|v\u00e9rifier|"
    r"relire|corriger|checker) (?:\u00e7a|cela|le|la|les|mon|ma|mes|ce|cette)(?: \w+)?(?: (?:svp|stp))?|"
    r"(?:kann|k\u00f6nnte|kannst|k\u00f6nntest)(?: (?:jemand|wer|du|sich|dir|bitte|mal|kurz|da))* "
    r"(?:das|es|den|die|meinen|meine|mein)(?: \w+)? (?:anschauen|ansehen|pr\u00fcfen|checken|"
    r"fixen|reparieren)|"
    r"(?:alguien|me) (?:puede|podr\u00eda|puedes|podr\u00edas) (?:mirar|revisar|ver|arreglar) "
    r"(?:esto|eso|el|la|mi|lo)(?: \w+)?(?: (?:por favor|porfa))?|"
    r"(?:algu\u00e9m|voc\u00ea) (?:pode|poderia|consegue) (?:ver|olhar|revisar|checar|arrumar) "
    r"(?:isso|isto|o|a|meu|minha)(?: \w+)?(?: (?:por favor|pfv))?"
)
