"""What was acknowledged is still there after a SIGKILL. The long run: python -m benchmarks.crash."""

from benchmarks.crash import run


def test_ten_kills_lose_nothing_that_was_acknowledged(data):
    result = run(10, data)
    assert (result.lost, result.doubled, result.is_whole) == (0, 0, True), result
    assert result.acknowledged > 1000


def test_what_was_only_sent_is_lost_sometimes(data):
    """So the kills do strike in the midst of work, and a loss would be seen."""
    assert run(4, data, control=True).lost > 0


def test_kills_lose_nothing_on_postgres(data, postgres):
    result = run(5, data, postgres.url)
    assert (result.lost, result.doubled, result.is_whole) == (0, 0, True), result
