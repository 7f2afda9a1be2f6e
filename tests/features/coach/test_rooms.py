"""What a channel is for, by its name."""

import pytest

from bot.core.events import ChannelKind
from bot.features.coach.rules.rooms import room_of

SOCIAL = [
    *("random", "#random", "watercooler", "water-cooler", "off-topic", "general-chatter", "pets"),
    *("team-social", "fun", "lunch", "lunch-berlin", "coffee-corner", "game-night", "music"),
    *("music-lovers", "parents", "remote-life", "writing-club", "berlin-random", "memes", "radio"),
]
GENERAL = ["general", "#general", "the-general", "all-company", "everyone", "company-wide", "all"]
HELP = ["help", "python-help", "help-linux", "it-support", "ask-hr", "beginners", "ajuda"]
WORK = [
    *("web-relaunch", "general-eng", "eng-general", "social-media", "music-backend", "eng-all"),
    *("food-delivery-api", "games-sdk", "travel-expenses", "photos-pipeline", "coffee-machine-fw"),
    *("teamwork", "allocation", "helper", "funding"),
]


@pytest.mark.parametrize("name", SOCIAL)
def test_a_pastime_makes_a_social_channel(name: str) -> None:
    room = room_of(name)
    assert room.is_social
    assert not room.is_general


@pytest.mark.parametrize("name", GENERAL)
def test_a_channel_of_everybody_is_general(name: str) -> None:
    room = room_of(name)
    assert room.is_general
    assert not room.is_social


@pytest.mark.parametrize("name", HELP)
def test_a_channel_for_questions_is_for_help(name: str) -> None:
    assert room_of(name).is_for_help


@pytest.mark.parametrize("name", [*WORK, ""])
def test_a_channel_of_work_is_none_of_these(name: str) -> None:
    room = room_of(name)
    assert not any((room.is_social, room.is_general, room.is_for_help))


def test_a_room_keeps_its_kind() -> None:
    assert room_of("random", ChannelKind.PRIVATE).kind is ChannelKind.PRIVATE
