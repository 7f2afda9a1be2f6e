"""What the digest is called, and what it keeps, in words."""

from typing import Final

COMMAND_DESCRIPTION: Final = "Your digest: when it comes, or at once"
COMMAND_USAGE: Final = "now | 08:30 | weekly | daily | off | on | help"
HELP: Final = (
    "*Digest.* On each of your working mornings (at 09:00 unless you change it), one message says "
    "what waits on you, what was decided and what happened since you stopped working. "
    "`/digest now` shows it at once, `/digest 08:30`, `/digest weekly` and `/digest off` "
    "change it. With `/baton link github your-login` it also has the pull requests that wait "
    "for you."
)
BENEFIT: Final = (
    "*Sign in late and miss nothing:* one message in your own morning says what waits for you, "
    "what was decided and what happened, with links: `/digest now`"
)
KEEPS: Final = "On which days you got a digest; not what was in it"
KEPT_FOR: Final = "90 days"
SCHEDULE: Final = "When your next digest comes, and how far the last one told"
SCHEDULED_FOR: Final = "until the next one comes"
WISHES: Final = "Of which channels you want more or less in your digest"
WISHES_FOR: Final = "until you take it back"
OPINIONS: Final = "Whether you found a digest of use (👍 or 👎)"
OPINIONS_FOR: Final = "180 days"
SLICES: Final = "Talk in your channels in short, for the next digests"
SLICES_FOR: Final = "four days"
