"""Problems told without what was tried or seen."""

import re
from typing import Final

from bot.features.coach.rules.answerability.asking import ANYONE

_PLAIN: Final = (
    r"(?!.*\b(?:when|if|because|after|since|while|where|why|whether|unless|until|instead|"
    r"although|even|only|except|says|saying|called|named|anymore lol|lol|haha)\b)"
)
_REST: Final = _PLAIN + r"(?: [\w'-]+){0,5}"
_SUBJECT: Final = r"(?:(?:my|the|our|this|your) )?[\w'-]+(?: (?!and\b|or\b)[\w'-]+){0,2}"
_OFTEN: Final = (
    r"(?: (?:still|always|keeps?|now|suddenly|all|both|constantly|never|completely|totally))*"
)
_DEFECT: Final = (
    r"(?:error|errors|problem|problems|issue|issues|trouble|troubles|bug|bugs|difficulty|"
    r"difficulties|exception|exceptions|crash|crashes|failure)"
)
_SOME: Final = (
    r"(?:(?:a|an|some|strange|weird|odd|annoying|another|one|lots|many|little|small|big|"
    r"serious|huge|major|random|few|couple|of|lot|bit|"
    r"technical|such) )*"
)

HAVING: Final = re.compile(
    rf"(?:i|we)?(?: am| are| have been)?{_OFTEN} ?(?:getting|get|got|have|having|"
    rf"has|facing|face|faced|seeing|see|running into|ran into|run into|encountering|encounter|"
    rf"encountered|experiencing|experience|have got) {_SOME}{_DEFECT}(?: (?:here|now|today))?"
    rf"( (?:with|in|on|regarding|about|from|using|related to|at|during|for){_REST})?|"
    rf"(?:there is|there are|there seems to be) {_SOME}{_DEFECT}(?: (?:with|in|on){_REST})?|"
    rf"(?:{_SOME}{_DEFECT}) (?:with|in|on){_REST}|"
    rf"(?:i|we) (?:am|are|got)?{_OFTEN} ?stuck(?: (?:with|on){_REST})?|"
    rf"{_SUBJECT}{_OFTEN} (?:gives?|giving|throws?|throwing|shows?|returns?|has|is giving|"
    rf"is throwing)(?: me| us)? {_SOME}{_DEFECT}(?: (?:on|in|with){_REST})?"
)
STATE: Final = re.compile(
    rf"{_SUBJECT}(?: is| are| seems?| looks?| was)?{_OFTEN} (?:not working|isn't working|"
    rf"aren't working|broken|failing|crashing|bad|weird|wrong|messed up|acting up|acting weird|"
    rf"buggy|not loading|not responding|not starting|stopped working|hanging|freezing)"
    rf"(?: (?:on|in|for|with|at|again|today|anymore|any more|at all|now|properly|correctly)"
    rf"{_REST})?|"
    rf"{_SUBJECT}{_OFTEN} (?:doesn't|don't|does not|do not|didn't|did not|won't|will not|can't)"
    rf"{_OFTEN} (?:work|start|load|open|respond|connect|compile|build|run|show up|launch|boot|"
    rf"function)(?: (?:on|in|for|with|at|again|today|anymore|any more|at all|now|properly|"
    rf"correctly){_REST})?|"
    rf"{_SUBJECT}{_OFTEN} (?:fails|crashes|breaks|hangs|freezes|crashed|broke)"
    rf"(?: (?:on|in|for|with|at|again|today|all the time|every time|constantly){_REST})?|"
    rf"(?:i|we) (?:can't|could not|couldn't|am unable to|am not able to|are unable to)"
    rf"{_OFTEN} (?:log ?in|login|connect|get in|sign in|"
    rf"make it work|get (?:it|this|that|\w+) (?:to )?work(?:ing)?)(?: (?:to|into|in|on|with){_REST})?"
)
TRIED: Final = re.compile(
    r"(?:i|we) (?:have )?(?:already )?(?:tried|did|checked|googled|searched)"
    r"(?: (?:everything|all|a lot|many things|so many things|everywhere|for hours|for days|"
    r"for|hours|days|lots of|things|it|all day|nothing|works?|solutions|different))*|"
    r"(?:i|we) (?:have been |am |was |are )?(?:trying|struggling|stuck)(?: (?:for|since|all|a|"
    r"hours|days|day|while|long|time|now|the whole|yesterday|this morning|with (?:this|it)))*|"
    r"(?:i )?(?:don't|do not) (?:know|understand|get) (?:what|why|how|it)"
    r"(?: (?:to|do|is|wrong|anymore|happening|this|going|on|it|happens))*|"
    r"nothing works|no idea(?: (?:why|what|how))?(?: (?:to do|is wrong))?"
)
COMPLAINS: Final = re.compile(
    r"i (?:don't|do not) (?:like|want|love) (?:the|this|that) \w+(?: \w+)?"
)
ELSE: Final = re.compile(
    r"(?:is |has |does |did )?(?:anyone|someone|anyone here)(?: (?:else|here))?"
    r"(?: (?:have|had|has|having|seeing|see|seen|getting|get|facing|know|knows|experienced|"
    r"encountered))?(?: (?:this|that|it|the same|same|issue|problem|too|before|why|how to fix "
    r"(?:this|it)))*|same for (?:anyone|someone)|is it (?:just|only) me|only me"
)
SOMEBODY_SHOULD: Final = re.compile(
    rf"{ANYONE} (?:should|needs to|has to|must|ought to|better) "
    r"(?:look at|check|fix|do|update|take care of|have a look at|take a look at|handle|"
    r"clean up|review|look into|restart|answer|reply to) (?:it|(?:the|that|this|these|those|our)"
    r"(?: [\w'-]+){1,2})(?: (?:today|soon|asap|now))?"
)
