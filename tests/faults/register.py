"""Which tests show that each promise is kept and what becomes of each fault.

A test is named by its file and how its name begins.
"""

from typing import Final

from tests.security import register as security
from tests.support.rows import Shown

HERE: Final = "tests/faults/test_"
KILL: Final = f"{HERE}kill.py::test_"
LOST: Final = f"{HERE}database_lost.py::test_"
SENDER: Final = "tests/slack/test_sender.py::test_"
URGENT: Final = "tests/slack/test_sender_urgent.py::test_"
MORNINGS: Final = "tests/features/digest/test_mornings.py::test_"
CLOCK: Final = "tests/core/test_response_clock"
DRAFTS: Final = "tests/flows/test_digest_drafts.py::test_"
MODEL: Final = "tests/llm/test_client.py::test_"
BUDGET: Final = "tests/llm/test_budget.py::test_"
STEPS: Final = "tests/core/test_migrations.py::test_"
STORM: Final = f"{HERE}storms.py::test_p1_p2"

PROMISES: Final[dict[str, Shown | str]] = {
    "P1": (STORM, f"{KILL}a_selection_of_named", f"{KILL}every_named", f"{KILL}every_random"),
    "P2": (STORM, f"{SENDER}f11", f"{KILL}every_named"),
    "P3": (f"{HERE}flood.py::test_p3",),
    "P4": (
        f"{MORNINGS}in_two_years",
        f"{MORNINGS}round_every_change",
        f"{MORNINGS}wherever_somebody",
        "tests/features/digest/test_channels.py::test_no_change_of_any_clock",
    ),
    "P5": (
        f"{CLOCK}_properties.py::test_in_every_zone",
        f"{CLOCK}.py::test_over_a_weekend",
        f"{HERE}clock_jumps.py::test_f22_a_clock",
        "tests/flows/test_asks.py::test_silence_brings_one_reminder",
    ),
    "P6": (
        f"{HERE}redphone_first.py::test_p6",
        f"{URGENT}p6",
        f"{HERE}flood.py::test_p3_f32",
        "tests/load/test_redphone.py::test_a_thousand_pages",
        "tests/features/redphone/test_auditing.py::test_the_alarm_comes",
    ),
    "P7": ("tests/core/test_visibility.py::test_p7",),
    "P8": (
        "tests/core/test_verify.py::test_a_false_id",
        "tests/core/test_verify.py::test_a_false_number",
        "tests/llm/test_recordings.py::test_a_recorded_reply",
        "tests/llm/test_digest_path.py::test_no_bad_line",
    ),
    "P9": (f"{STEPS}a_step_keeps", f"{STEPS}every_step_keeps", f"{HERE}versions.py::test_f40"),
}

FAULTS: Final[dict[str, Shown | str]] = {
    "F01": ("tests/core/test_inbox.py::test_f01", "tests/slack/test_http.py::test_f01"),
    "F02": (f"{HERE}twice.py::test_f02",),
    "F03": ("tests/core/test_message_store.py::test_f03",),
    "F04": (
        f"{DRAFTS}h25",
        "tests/flows/test_coach_drafts.py::test_a_draft_that_is_edited_after",
        f"{HERE}twice.py::test_f04",
    ),
    "F05": (
        "tests/flows/test_asks.py::test_a_deleted_question",
        "tests/flows/test_privacy.py::test_a_digest_follows",
        "tests/flows/test_decisions_capture.py::test_a_source_that_is_deleted",
        f"{HERE}twice.py::test_f05",
    ),
    "F06": (f"{KILL}every_named",),
    "F07": (f"{KILL}a_selection_of_named", f"{KILL}every_named"),
    "F08": (f"{KILL}every_named",),
    "F09": (f"{SENDER}f09", f"{KILL}every_named"),
    "F10": (f"{SENDER}f10", f"{KILL}a_selection_of_named", f"{KILL}every_named"),
    "F11": (f"{SENDER}f11_f12_f13", STORM),
    "F12": (f"{SENDER}f11_f12_f13", "tests/slack/test_gateway.py::test_f12_f13"),
    "F13": (f"{SENDER}f11_f12_f13", "tests/slack/test_gateway.py::test_f12_f13"),
    "F14": (f"{SENDER}f14", f"{URGENT}f14"),
    "F15": ("tests/slack/test_gateway.py::test_f15",),
    "F16": (f"{SENDER}f16", "tests/flows/test_people_and_channels.py::test_f16"),
    "F17": ("tests/slack/test_socket_mode.py::test_f17", f"{HERE}bad_line.py::test_f17_f18"),
    "F18": ("tests/slack/test_socket_mode.py::test_f18", f"{HERE}bad_line.py::test_f17_f18"),
    "F19": (f"{LOST}f19", "tests/core/test_db.py::test_f19", "tests/slack/test_http.py::test_f19"),
    "F20": (f"{LOST}f20", STORM),
    "F21": (f"{LOST}f21",),
    "F22": (
        f"{HERE}clock_jumps.py::test_f22",
        f"{MORNINGS}more_than_six_hours_late",
        f"{MORNINGS}of_several_mornings",
        "tests/features/redphone/test_breaks.py::test_after_two_hours_of_sleep",
    ),
    "F23": (
        "tests/flows/test_people_and_channels.py::test_f23",
        f"{MORNINGS}in_two_years",
        f"{MORNINGS}a_date_that_a_zone_skipped",
        f"{MORNINGS}wherever_somebody",
    ),
    "F24": (f"{HERE}side_by_side.py::test_f24",),
    "F25": (
        "tests/core/test_queue_frozen.py::test_f25",
        "tests/core/test_queue_states.py::test_f25",
        f"{SENDER}f25",
    ),
    "F26": (f"{DRAFTS}whatever_goes_wrong", f"{MODEL}nobody_there", f"{BUDGET}after_a_refused"),
    "F27": (f"{MODEL}the_wall_clock", f"{DRAFTS}a_digest_never_waits"),
    "F28": (f"{MODEL}a_failure_is_a_code", f"{DRAFTS}whatever_goes_wrong"),
    "F29": (f"{MODEL}a_failure_is_a_code", "tests/llm/test_recordings.py::test_a_recorded_reply"),
    "F30": (f"{BUDGET}fifty_at_once", f"{BUDGET}a_spent_budget", f"{BUDGET}an_unknown_outcome"),
    "F31": (
        "tests/core/test_render.py::test_huge_text",
        "tests/core/test_blocks.py::test_every_message_fits",
        "tests/llm/test_budget.py::test_too_much_material",
        "tests/flows/test_asks_texts.py::test_a_text_that_is_too_long",
        "tests/flows/test_coach_drafts.py::test_a_draft_of_forty_thousand",
        "tests/security/test_hostile_stored.py::test_every_hostile_text",
    ),
    "F32": (f"{HERE}flood.py::test_p3_f32",),
    **security.FAULTS,
    "F39": (
        f"{STEPS}a_step_keeps",
        f"{STEPS}every_step_keeps",
        f"{STEPS}several_processes",
    ),
    "F40": (f"{HERE}versions.py::test_f40",),
    "F41": (f"{HERE}side_by_side.py::test_f41",),
    "F42": ("tests/cli/test_commands.py::test_f42",),
    "F43": (
        "tests/flows/test_redphone_form.py::test_f43",
        "tests/flows/test_redphone_escalating.py::test_f43",
        "tests/features/redphone/test_auditing.py::test_f43",
        f"{HERE}redphone_kill.py::test_a_page_goes_on_after_every",
    ),
    "F44": (f"{HERE}nth_call.py::test_f44",),
}

ROWS: Final = PROMISES | FAULTS
EXPECTED: Final = (
    *(f"P{number}" for number in range(1, 10)),
    *(f"F{number:02}" for number in range(1, 45)),
)
