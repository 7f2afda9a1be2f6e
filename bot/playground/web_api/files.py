"""files.*: what the app uploads in three steps: an address, the bytes, and who is to see it."""

from typing import Any, Final
from uuid import uuid4

from bot.playground.slack import LocalSlack
from bot.playground.web_api import ApiError, Arguments, invalid, method
from bot.playground.world import Channel, File, Json

MAX_ALT: Final = 1_000
MAX_BYTES: Final = 1_000_000_000


@method(
    "files.getUploadURLExternal",
    scope="files:write",
    required=["filename", "length"],
    optional=["alt_txt", "snippet_type"],
)
def get_upload_url(slack: LocalSlack, arguments: Arguments) -> Json:
    """Hands out an address that takes one file's bytes, without a token."""
    length, alt = str(arguments["length"]), str(arguments.get("alt_txt") or "")
    if not length.isdecimal() or int(length) == 0:
        raise invalid("[ERROR] length must be a positive number [json-pointer:/length]")
    if int(length) > MAX_BYTES:
        raise ApiError("file_upload_size_restricted")
    if len(alt) > MAX_ALT:
        raise ApiError("alt_txt_too_large")
    file_id = slack.world.new_id("F")
    file = File(
        file_id,
        uuid4().hex,
        str(arguments["filename"]),
        int(length),
        alt,
        slack.clock.now(),
        slack.bot,
    )
    slack.world.files[file_id] = file
    return {"upload_url": f"{slack.server_url}upload/v1/{file.key}", "file_id": file_id}


@method(
    "files.completeUploadExternal",
    scope="files:write",
    required=["files"],
    optional=["channel_id", "channels", "initial_comment", "thread_ts", "blocks"],
    takes_json=True,
)
def complete_upload(slack: LocalSlack, arguments: Arguments) -> Json:
    """Ends an upload, once, and posts what was uploaded if a conversation is named."""
    uploaded = [_uploaded(slack, each) for each in _listed(arguments["files"])]
    wanted = arguments.get("channel_id")
    channel = _target(slack, str(wanted)) if wanted else None
    for file, title in uploaded:
        file.is_complete, file.title = True, title
    if channel is not None:
        slack.share(
            [file for file, _ in uploaded], channel, str(arguments.get("initial_comment") or "")
        )
    return {"files": [{"id": file.id, "title": file.title} for file, _ in uploaded]}


def take(slack: LocalSlack, key: str, content: bytes) -> bool:
    """Takes the bytes of a file; returns False for an address or a length that is none."""
    file = next((each for each in slack.world.files.values() if each.key == key), None)
    if file is None or file.content is not None or len(content) != file.length:
        return False
    file.content = content
    return True


def _listed(files: Any) -> list[Json]:
    if not isinstance(files, list) or not files:
        raise invalid("[ERROR] must provide an array of files [json-pointer:/files]")
    return files


def _uploaded(slack: LocalSlack, wanted: Json) -> tuple[File, str]:
    file = slack.world.files.get(str(wanted.get("id")))
    if file is None or file.content is None or file.is_complete:
        raise ApiError("file_not_found")
    return file, str(wanted.get("title") or file.name)


def _target(slack: LocalSlack, wanted: str) -> Channel:
    """A conversation by its own id; a person's is none here."""
    channel = slack.world.channels.get(wanted)
    if channel is None or slack.bot not in channel.members:
        raise ApiError("channel_not_found")
    if channel.is_archived:
        raise ApiError("is_archived")
    return channel
