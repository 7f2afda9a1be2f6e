"""Ways to reach people outside of Slack: e-mail, phone, PagerDuty, webhooks."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from bot.core import attempts
from bot.core.attempts import CALLER
from bot.core.bot import Bot
from bot.core.ports import Pager
from bot.pagers.appriser import Appriser
from bot.pagers.caller import Caller, Leftovers
from bot.pagers.email import Email, server
from bot.pagers.heartbeat import WebHeartbeat
from bot.pagers.looking import look_over
from bot.pagers.pagerduty import PagerDuty
from bot.pagers.twilio import Sms, Twilio, Voice
from bot.pagers.webhook import Webhook
from bot.settings import Settings

HOUR: Final = timedelta(hours=1)
KEPT_FOR: Final = timedelta(days=31)
"""How long it is known what became of an attempt."""


def configured(settings: Settings) -> list[Pager]:
    """The pagers that the settings name, in a fixed order."""
    return [
        *_email(settings),
        *_phone(settings),
        *_pagerduty(settings),
        *_webhook(settings),
        *_apprise(settings),
    ]


def _email(settings: Settings) -> list[Pager]:
    url = settings.baton_pager_smtp_url
    return [Email(server(url.get_secret_value()))] if url else []


def _phone(settings: Settings) -> list[Pager]:
    account, token = settings.baton_pager_twilio_account, settings.baton_pager_twilio_token
    sender = settings.baton_pager_twilio_from
    if account is None or token is None or sender is None:
        return []
    twilio = Twilio(account, token.get_secret_value(), sender, settings.baton_pager_twilio_url)
    return [Sms(twilio), *([Voice(twilio)] if twilio.can_call else [])]


def _pagerduty(settings: Settings) -> list[Pager]:
    key, url = settings.baton_pager_pagerduty_key, settings.baton_pager_pagerduty_url
    return [PagerDuty(key.get_secret_value(), url)] if key else []


def _webhook(settings: Settings) -> list[Pager]:
    url, secret = settings.baton_pager_webhook_url, settings.baton_pager_webhook_secret
    return [Webhook(url, secret.get_secret_value())] if url and secret else []


def _apprise(settings: Settings) -> list[Pager]:
    urls = settings.baton_pager_apprise_urls
    return [Appriser(urls.get_secret_value())] if urls else []


def register(bot: Bot, settings: Settings) -> None:
    """Sets the pagers of the settings up, and has what is queued for them be called."""
    bot.in_lane(CALLER, Leftovers(bot).step)
    bot.every(HOUR, forget_old)
    bot.look_over(partial(look_over, settings))
    for pager in configured(settings):
        add(bot, pager)
    if settings.baton_heartbeat_url:
        bot.outside.heartbeat = WebHeartbeat(settings.baton_heartbeat_url)


def add(bot: Bot, pager: Pager) -> None:
    """Sets a pager up; it has a lane of its own, so that a slow one holds up no other."""
    bot.outside.pagers = (*bot.outside.pagers, pager)
    bot.house = replace(bot.house, pagers=(*bot.house.pagers, pager.name))
    bot.in_lane(attempts.lane_of(pager.name), Caller(bot, pager).step)


def forget_old(bot: Bot) -> None:
    """Deletes what is known of attempts that were over long ago."""
    with bot.database.transaction() as session:
        attempts.forget_old(session, before=bot.clock.now() - KEPT_FOR)
