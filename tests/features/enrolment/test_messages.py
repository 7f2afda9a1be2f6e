"""What a channel is told when Baton joins it."""

from bot.features.enrolment import messages


def test_the_welcome_has_five_lines() -> None:
    for kept_days in (0, 30):
        assert len(messages.welcome("C1", kept_days).text.splitlines()) == 5


def test_whoever_may_not_resume_sees_no_button() -> None:
    assert "Resume" in str(messages.on_board(is_paused=True, is_admin=True))
    assert "Resume" not in str(messages.on_board(is_paused=True, is_admin=False))
    assert messages.on_board(is_paused=False, is_admin=False) is None
