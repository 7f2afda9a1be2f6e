"""Which tests show what becomes of each threat, hostile input and fault; or why it does not apply.

A test is named by its file and how its name begins.
"""

from typing import Final

from tests.support.rows import Shown

TEXTS: Final = "tests/security/test_hostile_texts.py::test_"
STORED: Final = "tests/security/test_hostile_stored.py::test_every_hostile_text"
SHAPES: Final = "tests/security/test_hostile_stored.py::test_an_event_of_any_shape"
MODEL: Final = "tests/security/test_threats_model.py::test_a_hostile_answer"
MADE: Final = "tests/security/test_threats_model.py::test_no_feature"
RENDER: Final = "tests/core/test_render.py::test_hostile_text_is_shown_literally"
VERIFY: Final = "tests/core/test_verify.py::test_"
RECORDED: Final = "tests/llm/test_recordings.py::test_a_recorded_reply"
DOOR: Final = "tests/security/test_door_"
BLIND: Final = "tests/architecture/test_blind.py::test_"
CLAIMS: Final = "tests/security/test_hostile_claims.py::test_"
OTHERS: Final = "tests/security/test_threats_strangers.py::test_"

THREATS: Final[dict[str, Shown | str]] = {
    "T01": ("tests/flows/test_digest_drafts.py::test_t01", MODEL, MADE),
    "T02": (MODEL, MADE, "tests/slack/test_gateway.py::test_links_are_never_unfurled"),
    "T03": (
        "tests/architecture/test_house.py::test_t03",
        "tests/slack/test_gateway.py::test_t03",
        f"{BLIND}t03",
    ),
    "T04": (MODEL, f"{TEXTS}a_form", f"{TEXTS}a_message", VERIFY + "h02_h03"),
    "T05": (
        "tests/flows/test_visibility.py::test_t05",
        "tests/core/test_visibility.py::test_",
        "tests/flows/test_digest_drafts.py::test_t01",
    ),
    "T06": ("tests/flows/test_visibility.py::test_t06",),
    "T07": ("tests/flows/test_visibility.py::test_t07", "tests/flows/test_trust.py::test_t07"),
    "T08": ("tests/flows/test_outsiders.py::test_t08", f"{OTHERS}t08"),
    "T09": (
        "tests/core/test_installations.py::test_t09",
        "tests/slack/test_access.py::test_t09",
        "tests/flows/test_install_organisation.py::test_t09",
    ),
    "T10": (f"{TEXTS}a_command", f"{TEXTS}a_form", f"{TEXTS}a_message", MODEL, RENDER),
    "T11": (
        "tests/flows/test_actions.py::test_t11",
        "tests/flows/test_agreement.py::test_t11",
        "tests/flows/test_trust.py::test_t11",
        f"{OTHERS}t11",
    ),
    "T12": (
        "tests/flows/test_actions.py::test_t12",
        "tests/core/test_actions.py::test_t12",
        f"{OTHERS}t12",
    ),
    "T13": (
        f"{DOOR}signature.py::test_t13",
        f"{DOOR}flood.py::test_t13",
        "tests/flows/test_over_http.py::test_t13",
        "tests/flows/test_actions.py::test_t13",
        "tests/core/test_actions.py::test_t13",
        f"{OTHERS}t13",
    ),
    "T14": (
        f"{DOOR}limits.py::test_t14",
        f"{DOOR}flood.py::test_t14",
        f"{DOOR}sockets.py::test_t14",
    ),
    "T15": (f"{DOOR}signature.py::test_t15",),
    "T16": (
        "tests/core/test_encryption.py::test_nowhere_else",
        "tests/core/test_encrypted.py::test_everything_has_the_newest_key",
        "tests/core/test_installations.py::test_t16",
        "tests/slack/test_tokens.py::test_t16",
        "tests/flows/test_install_keys.py::test_t16",
    ),
    "T17": ("tests/core/test_installations.py::test_t17",),
    "T18": ("tests/slack/test_oauth_states.py::test_t18",),
    "T19": (
        "tests/calendars/test_addresses.py::test_nothing_in_this_network",
        "tests/calendars/test_addresses.py::test_loopback_is_found",
        "tests/calendars/test_addresses.py::test_where_it_is_sent_on_to",
        "tests/slack/test_gateway.py::test_h34",
        f"{OTHERS}t19",
    ),
    "T20": (
        "tests/llm/test_client.py::test_t20",
        "tests/security/test_logs.py::test_t20",
        "tests/security/test_canaries.py::test_t20",
        f"{DOOR}contents.py::test_t14_t20",
        f"{DOOR}sockets.py::test_t14_t20",
    ),
    "T21": ("tests/llm/test_client.py::test_t21",),
    "T22": (
        "tests/architecture/test_kept.py::test_t22",
        "tests/flows/test_privacy.py::test_whoever_is_off",
        "tests/flows/test_decisions_drafts.py::test_words_of_whoever_wants",
    ),
    "T23": (f"{BLIND}t23",),
    "T24": (
        "tests/flows/test_redphone_limits.py::test_after_three_pages",
        "tests/flows/test_redphone_form.py::test_a_guest",
        f"{OTHERS}t24",
    ),
    "T25": ("tests/core/test_visibility.py::test_t25", f"{BLIND}t25"),
    "T26": ("tests/core/test_agreement.py::test_t26", "tests/flows/test_agreement.py::test_t26"),
    "T27": (
        f"{TEXTS}a_command",
        STORED,
        "tests/features/decisions/test_search.py::test_signs_mean_nothing",
    ),
    "T28": ("tests/features/privacy/test_rules.py::test_t28", f"{TEXTS}a_form"),
    "T29": (f"{BLIND}t29",),
    "T30": ("tests/flows/test_visibility.py::test_t30", "tests/flows/test_visibility.py::test_h35"),
}

EVERYWHERE: Final = (f"{TEXTS}a_command", f"{TEXTS}a_form", f"{TEXTS}a_message", STORED)

RAW: Final = (f"{DOOR}contents.py::test_h05_h06_h07", f"{DOOR}sockets.py::test_h05_h06_h07")

INPUTS: Final[dict[str, Shown | str]] = {
    **{f"H{number:02}": (*EVERYWHERE, RENDER) for number in (1, 2, 3, 4, 10, 11, 12, 15)},
    **{f"H{number:02}": (*EVERYWHERE, RENDER, *RAW) for number in (5, 6)},
    "H07": (SHAPES, *RAW, "tests/core/test_render.py::test_h07"),
    "H08": (*EVERYWHERE, "tests/core/test_render.py::test_h08"),
    "H09": (
        *EVERYWHERE,
        "tests/core/test_render.py::test_h09",
        "tests/core/test_render.py::test_huge_text_is_cut",
    ),
    "H13": (*EVERYWHERE, RENDER, "tests/slack/test_gateway.py::test_t03_h13"),
    "H14": (*EVERYWHERE, RENDER, MODEL),
    "H16": (f"{TEXTS}a_form", "tests/core/test_render.py::test_names", f"{CLAIMS}h16"),
    "H17": (MODEL, RECORDED),
    **{f"H{number}": (MODEL, RECORDED) for number in (18, 19, 20, 21, 22, 23, 24, 26)},
    "H25": ("tests/flows/test_digest_drafts.py::test_h25", "tests/flows/test_trust.py::test_what"),
    "H27": (*EVERYWHERE, SHAPES, f"{CLAIMS}h27"),
    "H28": (f"{CLAIMS}h28",),
    "H29": EVERYWHERE,
    "H30": ("tests/slack/test_gateway.py::test_h30", f"{TEXTS}a_command"),
    "H31": (SHAPES, f"{DOOR}contents.py::test_h31", f"{DOOR}sockets.py::test_an_envelope_is"),
    "H32": (f"{TEXTS}a_form", SHAPES, f"{CLAIMS}h32"),
    "H33": (
        f"{DOOR}contents.py::test_h33",
        f"{DOOR}sockets.py::test_h33_h34",
        "tests/flows/test_twins.py::test_h33",
        "tests/flows/test_actions.py::test_h33",
        "tests/flows/test_actions.py::test_t11_h33",
    ),
    "H34": (
        "tests/slack/test_gateway.py::test_h34",
        f"{DOOR}contents.py::test_h34",
        f"{DOOR}sockets.py::test_h33_h34",
        f"{OTHERS}t19_h34",
    ),
    "H35": (
        "tests/flows/test_visibility.py::test_h35",
        "tests/llm/test_prompts.py::test_a_prompt_holds_no_secret",
        f"{CLAIMS}h35",
    ),
    "H36": (*EVERYWHERE, f"{CLAIMS}h36"),
}

FAULTS: Final[dict[str, Shown | str]] = {
    "F33": (
        f"{DOOR}contents.py::test_f33",
        "tests/slack/test_http.py::test_f33",
        "tests/flows/test_gaps.py::test_f33",
    ),
    "F34": (
        "tests/flows/test_uninstall.py::test_f34",
        "tests/core/test_installations.py::test_f34",
        "tests/slack/test_tokens.py::test_f34",
        "tests/flows/test_install_organisation.py::test_f34",
        "tests/flows/test_install_frozen.py::test_f34",
    ),
    "F35": (
        "tests/flows/test_uninstall.py::test_f35",
        "tests/core/test_installations.py::test_f35",
        "tests/slack/test_tokens.py::test_f35",
        # of many who would refresh a token none does: one that has to be is never taken
        "tests/slack/test_oauth.py::test_f35",
    ),
    "F36": (
        "tests/security/test_faults_people.py::test_f36",
        "tests/security/test_faults_closed.py::test_f36",
        "tests/slack/test_sender.py::test_f36",
    ),
    "F37": (
        "tests/security/test_faults_people.py::test_f37",
        "tests/flows/test_asks_leaving.py::test_f37",
    ),
    "F38": ("tests/security/test_faults_people.py::test_f38",),
}

ROWS: Final = THREATS | INPUTS | FAULTS
EXPECTED: Final = (
    *(f"T{number:02}" for number in range(1, 31)),
    *(f"H{number:02}" for number in range(1, 37)),
    *(f"F{number}" for number in (33, 34, 35, 36, 37, 38)),
)
