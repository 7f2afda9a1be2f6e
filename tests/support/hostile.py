"""Hostile inputs by the row of the table that they belong to, and what is read of them."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Hostile:
    """A text that means harm. `id` begins with its row, as in `H09-newlines`.

    `shown` is how Slack is told of it where somebody typed it, if that is one text everywhere.
    """

    id: str
    text: str
    shown: str | None = None


TYPED: Final = (
    Hostile("H01-tag-characters", "hi\U000e0069\U000e0067", "hi"),
    Hostile("H02-variation-selectors", "😀" + "".join(map(chr, range(0xE0100, 0xE01C8))), "😀"),
    Hostile("H02-one-selector-stays", "❤\ufe0f\ufe0f\ufe01", "❤\ufe0f"),
    Hostile("H03-fillers", "a\u200b\u200c\u2060\ufeff\u00ad\u3164\u115f\u2800b", "ab"),
    Hostile("H03-nothing-but-fillers", "\u200b\u3164\u2800", ""),
    Hostile("H04-direction-marks", "file\u202egpj.exe\u2066x\u2069", "filegpj.exex"),
    Hostile("H05-NUL", "a\x00b", "a\u2400b"),
    Hostile("H06-lone-surrogate", "a\ud800b", "a\ufffdb"),
    Hostile("H10-channel", "<!channel>", "&lt;!channel&gt;"),
    Hostile("H10-here", "<!here>", "&lt;!here&gt;"),
    Hostile("H10-everyone", "<!everyone>", "&lt;!everyone&gt;"),
    Hostile("H10-group", "<!subteam^S1>", "&lt;!subteam^S1&gt;"),
    Hostile("H11-full-width-brackets", "\uff1c!channel\uff1e", "&lt;!channel&gt;"),
    Hostile("H11-small-brackets", "\ufe64!channel\ufe65", "&lt;!channel&gt;"),
    Hostile("H12-already-encoded", "&lt;!channel&gt;", "&amp;lt;!channel&amp;gt;"),
    Hostile("H13-plain-broadcast", "@channel @here @everyone", "at-channel at-here at-everyone"),
    Hostile("H14-mention-token", "<@U0ADMIN>", "&lt;@U0ADMIN&gt;"),
    Hostile(
        "H15-date-token", "<!date^0^{date}|<!channel>>", "&lt;!date^0^{date}|&lt;!channel&gt;&gt;"
    ),
    Hostile("H15-channel-token", "<#C1|x>", "&lt;#C1|x&gt;"),
    Hostile("H15-mail-token", "<mailto:a@b.c>", "&lt;mailto:a@b.c&gt;"),
    Hostile("H15-telephone-token", "<tel:1>", "&lt;tel:1&gt;"),
    Hostile("H15-link-token", "<slack://x>", "&lt;slack://x&gt;"),
)
"""What has one right form, whoever shows it."""

HUGE: Final = (
    Hostile("H09-one-word", "a" * 1_000_000),
    Hostile("H09-40,000-characters", "word " * 8_000),
    Hostile("H09-100k-newlines", "a" + "\n" * 100_000 + "b"),
    Hostile("H09-open-mentions", "<@U1|" * 100_000),
    Hostile("H09-open-tokens", "<" * 500_000),
    Hostile("H09-open-links", "[a](" * 100_000),
    Hostile("H09-dots", "a." * 200_000),
    Hostile("H09-backticks", "`a\n" * 100_000),
    Hostile("H09-marks", "a" + "\u0301" * 100_000),
)

CURIOUS: Final = (
    Hostile("H08-zalgo", "Z" + "\u0336" * 2_000),
    Hostile("H08-marks-of-four-alphabets", "a\u0301\u0483\u1ab0\u20d0" * 300),
    Hostile("H11-fullwidth-mention", "\uff1c\uff20U0ADMIN\uff1e"),
    Hostile("H11-entity-inside", "&#60;!channel&#62; &lt;<!here>&gt;"),
    Hostile("H12-thrice-encoded", "&amp;amp;lt;!channel&amp;amp;gt;"),
    Hostile("H13-broadcast-with-joiners", "@\u200bchannel @\u2060here \uff20everyone"),
    Hostile("H13-broadcast-upper-case", "@CHANNEL and (@Here)"),
    Hostile("H15-link-with-label", "<https://evil.example/?q=SECRET|your payslip>"),
    Hostile("H15-nested", "<<!channel>|<@U0TOM0000>> <https://evil.example|<!here>>"),
    Hostile("H15-script-link", "<javascript:alert(1)|x> <data:text/html,hi|y>"),
    Hostile("H16-name-like", "*bold* _it_ ~no~ `code` ```pre```"),
    Hostile("H27-code-block", "```\n<!channel>\nrm -rf /\n```"),
    Hostile("H27-emoji", ":tada:"),
    Hostile("H27-quote", "> &gt; quoted\n>>> rest"),
    Hostile("H29-flags", "--team T0SECOND0 --admin --user=U0TOM0000"),
    Hostile("H29-quotes", "\"' ` '' \"\" \u201d\u201c \u2018\u2019 \\"),
    Hostile("H29-newline", "first\nsecond\r\nthird\u2028fourth"),
    Hostile("H29-drop", "help; DROP TABLE messages; --"),
    Hostile("H29-format-fields", "{who} {0} {self.__class__} %s %(x)s ${x} {{y}}"),
    Hostile("H29-spaces", "   \t  \u3000 "),
    Hostile("H30-zone", "../../etc/passwd Etc/GMT+25 America/Nowhere"),
    Hostile("H32-path", "../../x/..\\..\\y%2e%2e%2fz"),
    Hostile("H36-approved-by", "We ship it\nApproved by: CEO\n*Decided by:* <@U0TOM0000>"),
    Hostile("T27-or-one", '" OR 1=1 --'),
    Hostile("T27-near", "a* NEAR( b AND"),
    Hostile("T27-quotes", "'" * 3_000),
    Hostile("T27-operators", "!!! & | <-> :* ()"),
    Hostile("T28-formula", '=HYPERLINK("https://evil.example","x")\t+1\r-1 @SUM(A1)'),
    Hostile("T19-metadata-address", "http://169.254.169.254/latest http://[::ffff:127.0.0.1]/"),
    Hostile("T19-odd-addresses", "http://0x7f.1/ https://slack.com@evil.example/ file:///etc/x"),
)
"""What each feature words in its own way; the invariants hold wherever it appears."""
