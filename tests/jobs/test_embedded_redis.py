import os
import signal
from pathlib import Path

import pytest
import redis

from auramail.core.clock import SystemClock
from auramail.core.errors import NeedsPersonError
from auramail.jobs.embedded_redis import LONGEST_SOCKET_PATH, EmbeddedRedis, embedded_url, find_program, make_private

pytestmark = pytest.mark.crash


def connect(server: EmbeddedRedis) -> redis.Redis:
    return redis.Redis.from_url(server.url)


def test_what_was_kept_is_there_after_a_restart(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path, SystemClock()) as server, connect(server) as connection:
        connection.set("kept", "1")

    with EmbeddedRedis(tmp_path, SystemClock()) as server, connect(server) as connection:
        assert connection.get("kept") == b"1"


def test_a_server_that_was_killed_is_started_again_over_its_data(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path, SystemClock()) as server:
        with connect(server) as connection:
            connection.set("kept", "1")
        assert server.pid is not None
        os.kill(server.pid, signal.SIGKILL)
        os.waitid(os.P_PID, server.pid, os.WEXITED | os.WNOWAIT)
        assert not server.is_alive()

        server.start()

        with connect(server) as connection:
            assert connection.get("kept") == b"1"


def test_a_server_left_by_a_killed_parent_is_ended_and_its_data_taken_over(tmp_path: Path) -> None:
    orphan = EmbeddedRedis(tmp_path, SystemClock()).__enter__()
    with connect(orphan) as connection:
        connection.set("kept", "1")

    with EmbeddedRedis(tmp_path, SystemClock()) as server, connect(server) as connection:
        assert not orphan.is_alive()
        assert connection.get("kept") == b"1"


def test_only_this_user_may_reach_it_and_no_port_is_open(tmp_path: Path) -> None:
    folder = tmp_path / "redis"
    with EmbeddedRedis(folder, SystemClock()) as server, connect(server) as connection:
        assert folder.stat().st_mode & 0o077 == 0
        assert (folder / "redis.sock").stat().st_mode & 0o077 == 0
        assert connection.config_get("port") == {"port": "0"}


def test_a_path_too_long_for_a_socket_gets_a_private_short_one_that_is_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 25)
    assert len(str(folder)) > LONGEST_SOCKET_PATH

    with EmbeddedRedis(folder, SystemClock()) as server:
        socket = Path(server.url.removeprefix("unix://"))
        assert socket.exists()
        assert len(str(socket)) <= LONGEST_SOCKET_PATH
        assert server.url == embedded_url(folder)

    assert not socket.parent.exists()


def test_nothing_is_left_running_and_no_socket_after_the_end(tmp_path: Path) -> None:
    with EmbeddedRedis(tmp_path, SystemClock()) as server:
        pid = server.pid

    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not (tmp_path / "redis.sock").exists()


def test_a_server_that_cannot_start_says_where_to_look(tmp_path: Path) -> None:
    data = tmp_path / "appendonlydir"
    data.mkdir()
    (data / "appendonly.aof.manifest").write_text("this is no manifest\n", encoding="utf-8")

    with pytest.raises(NeedsPersonError) as caught:
        EmbeddedRedis(tmp_path, SystemClock()).__enter__()

    assert caught.value.hint is not None
    assert "redis.log" in caught.value.hint.say()


def test_a_program_on_the_path_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "redis-server"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_program() == str(program)


def test_a_private_folder_is_this_users_alone(tmp_path: Path) -> None:
    make_private(tmp_path / "own")

    assert (tmp_path / "own").stat().st_mode & 0o077 == 0
