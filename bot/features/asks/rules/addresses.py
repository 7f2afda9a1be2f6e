"""The web addresses behind the words of a text, where a form can show words alone."""

from bot.core.render import links_in


def with_addresses(words: str, text: str) -> str:
    """The words with the address behind each label of a link in the text, as Slack has that."""
    for link in links_in(text):
        if link.url not in words and link.label != link.url:
            words = words.replace(link.label, f"{link.label} ({link.url})", 1)
    return words
