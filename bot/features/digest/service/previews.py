"""What a digest would say now, for whoever runs Baton."""

from bot.core import channels, people
from bot.core.blocks import Message
from bot.core.digests import DigestSources
from bot.core.errors import BatonError
from bot.core.unit_of_work import UnitOfWork
from bot.core.working_time import UNKNOWN_ZONE
from bot.features.digest.service import mornings
from bot.features.digest.service.channels import composed_now
from bot.features.digest.service.composing import compose


class NobodyCalled(BatonError):
    """There is nobody of that name or id in the workspace."""


class SeveralCalled(BatonError):
    """There are several of that name: say which by id."""


class GetsNoDigest(BatonError):
    """They get no digest: they are in no channel that Baton is in, or no full members."""


class SwitchedOff(BatonError):
    """They get no digest: they have switched it off."""


class NotInChannel(BatonError):
    """Baton is in no channel of that name or id."""


def of_person(uow: UnitOfWork, wanted: str, sources: DigestSources) -> Message | None:
    """The digest that somebody would get now; None: there is nothing to say.

    Raises BatonError if there is no such person, or if they get none.
    """
    found = people.called(uow.session, uow.team_id, wanted.removeprefix("@"))
    if not found:
        raise NobodyCalled(f"({wanted})")
    if len(found) > 1:
        raise SeveralCalled(f"({', '.join(found)})")
    person = mornings.enrolled(uow, found[0])
    if person is None:
        raise GetsNoDigest(f"({wanted})")
    if not mornings.wants(uow, person.user_id):
        raise SwitchedOff(f"({wanted})")
    reader = mornings.reader_of(uow, person)
    beginning = mornings.beginning_of(uow, reader)
    composed = compose(uow, reader, sources, beginning=beginning)
    return composed.message if composed else None


def of_channel(uow: UnitOfWork, wanted: str, sources: DigestSources) -> Message | None:
    """The digest that a channel would get now; None: there is nothing to say.

    Of one that gets none it is what it would get every weekday. Raises BatonError if there is no
    such channel.
    """
    place = (uow.session, uow.team_id)
    channel = channels.find(*place, wanted) or channels.called(*place, wanted.removeprefix("#"))
    if channel is None or not channel.is_member:
        raise NotInChannel(f"({wanted})")
    return composed_now(uow, channel, sources, UNKNOWN_ZONE)
