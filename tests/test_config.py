"""The settings: what is read, what is refused, and that the example tells the truth."""

from __future__ import annotations

import re
import tomllib
from datetime import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.config import Config, ConfigError, load, token
from bot.core.errors import Told

EXAMPLE = files("bot").joinpath("config.example.toml").read_text(encoding="utf-8")


def loaded(folder: Path, text: str, env: dict[str, str] | None = None) -> Config:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, env or {})


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        loaded(folder, text)
    return str(caught.value)


def test_example_shows_every_setting_with_its_default() -> None:
    shown = tomllib.loads(re.sub(r"^#(?=\w)", "", EXAMPLE, flags=re.M))
    assert shown == msgspec.to_builtins(Config(), enc_hook=lambda kept: str(kept)) | {
        "rhythm": {name: f"{at:%H:%M}" for name, at in msgspec.structs.asdict(Config().rhythm).items()}
    }


def test_example_gives_a_why_for_every_setting() -> None:
    blocks = [block.splitlines() for block in EXAMPLE.split("\n\n")]
    with_settings = [block for block in blocks if any(re.match(r"#\w", line) for line in block)]
    assert with_settings
    assert [block for block in with_settings if not block[0].startswith("# ")] == []


def test_example_as_it_stands_changes_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, EXAMPLE) == loaded(tmp_path, "")


def test_example_with_all_marks_removed_is_accepted_and_means_the_defaults(tmp_path: Path) -> None:
    assert loaded(tmp_path, re.sub(r"^#(?=\w)", "", EXAMPLE, flags=re.M)) == loaded(tmp_path, "")


def test_settings_arrive_typed(tmp_path: Path) -> None:
    config = loaded(
        tmp_path,
        """
        [discord]
        message_content = true
        host = "80351110224678912"
        [rhythm]
        checkin = "08:05"
        [delivery]
        per_second = 50
        [log]
        level = "WARNING"
        """,
    )
    assert config.discord.message_content is True
    assert config.discord.host == "80351110224678912"
    assert config.rhythm.checkin == time(8, 5)
    assert config.rhythm.week == time(18, 0)
    assert config.delivery.per_second == 50
    assert config.log.level == "WARNING"


def test_relative_paths_start_at_the_files_folder(tmp_path: Path) -> None:
    config = loaded(tmp_path, '[data]\nfolder = "kept"\n[discord]\ntoken_file = "secret"\n')
    assert config.data.database == tmp_path / "kept" / "cairn.sqlite3"
    assert config.discord.token_file == str(tmp_path / "secret")


def test_copies_and_ballast_follow_from_the_folder_and_the_size(tmp_path: Path) -> None:
    data = loaded(tmp_path, '[data]\nfolder = "kept"\nballast_mib = 2\n').data
    assert data.copies == data.database.parent / "backups"
    assert data.ballast == 2 * 1024 * 1024


def test_absolute_folder_is_kept(tmp_path: Path) -> None:
    assert loaded(tmp_path, '[data]\nfolder = "/srv/cairn"\n').data.folder == Path("/srv/cairn")


def test_environment_names_the_folder_over_the_file(tmp_path: Path) -> None:
    config = loaded(tmp_path, '[data]\nfolder = "kept"\n', {"CAIRN_DATA": str(tmp_path / "volume")})
    assert config.data.folder == tmp_path / "volume"


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None, {}).data.folder == tmp_path / "data"


def test_config_toml_of_the_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text("[delivery]\nlate_hours = 3\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load(None, {}).delivery.late_hours == 3


def test_settings_are_frozen(tmp_path: Path) -> None:
    log: Any = loaded(tmp_path, "").log
    with pytest.raises(AttributeError):
        log.level = "DEBUG"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[discord]\ntoken_file = 3", "discord.token_file should be text in quotes, it is the number 3."),
        ('[discord]\nmessage_content = "yes"', "discord.message_content should be true or false"),
        ("[discord]\nhost = 80351110224678912", "discord.host should be a Discord user id in quotes"),
        (
            '[discord]\nhost = "me"',
            "discord.host should be a Discord user id in quotes: a long number, it is the",
        ),
        ("[data]\nbackups = -1", "data.backups should be a whole number of copies from 0 to 365, it is the number -1."),
        (
            '[data]\nballast_mib = "16"',
            'data.ballast_mib should be a whole number of MiB from 0 to 1024, it is the text "16".',
        ),
        ("[data]\nlitestream = 1", "data.litestream should be true or false, without quotes, it is the number 1."),
        ("[data]\nfolder = true", "data.folder should be the path of a folder, in quotes, it is true."),
        ("[rhythm]\ncheckin = 17:30:00", "rhythm.checkin should be a time in quotes"),
        ('[rhythm]\ncheckin = "25:00"', 'such as "17:30", it is the text "25:00".'),
        (
            '[rhythm]\nweek = "6 pm"',
            'rhythm.week should be a time in quotes, such as "17:30", it is the text "6 pm".',
        ),
        (
            "[delivery]\nper_second = 90",
            "delivery.per_second should be a whole number from 1 to 50, it is the number 90",
        ),
        (
            "[delivery]\nlate_hours = [1]",
            "delivery.late_hours should be a whole number of hours from 1 to 72, it is a list",
        ),
        (
            "[delivery.late_hours]\na = 1",
            "delivery.late_hours should be a whole number of hours from 1 to 72, it is a section",
        ),
        (
            '[log]\nlevel = "DEBUG"',
            '("DEBUG" would write what people say into the log), it is the text "DEBUG".',
        ),
        ("log = 3", "log should be a section that begins with [log], it is the number 3."),
        (
            "[discord]\ntoken = 'x'",
            "there is no setting discord.token. Known here: token_file, message_content, host.",
        ),
        (
            "[slack]\na = 1",
            "there is no setting slack. Known here: discord, data, rhythm, delivery, status, care, log.",
        ),
        ("[log]\n\nlevel = INFO", "can't be read as TOML: Invalid value (at line 3, column 9)"),
    ],
)
def test_what_cannot_be_used_is_named_by_its_path_in_words(tmp_path: Path, text: str, words: str) -> None:
    assert words in refusal(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('checkin = "22:00"', "rhythm.checkin is 22:00, inside the quiet hours from 22:00 to 08:00. Pick a time"),
        ('reflection = "07:59"', "rhythm.reflection is 07:59, inside"),
        (
            'quiet_from = "17:59"\nquiet_to = "18:01"',
            "rhythm.week is 18:00, inside the quiet hours from 17:59 to 18:01",
        ),
    ],
)
def test_a_time_at_which_nobody_could_be_asked_is_told(tmp_path: Path, text: str, words: str) -> None:
    assert words in refusal(tmp_path, f"[rhythm]\n{text}")


def test_without_quiet_hours_every_time_will_do(tmp_path: Path) -> None:
    text = '[rhythm]\ncheckin = "00:00"\nquiet_from = "00:00"\nquiet_to = "00:00"'
    assert loaded(tmp_path, text).rhythm.checkin == time(0)


def test_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"There is no file .*absent\.toml\. `cairn init` writes one\."):
        load(tmp_path / "absent.toml", {})


def test_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="can't be read: Is a directory"):
        load(tmp_path, {})


def test_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes("# grüße".encode("latin-1"))
    with pytest.raises(ConfigError, match="it is not text in UTF-8"):
        load(tmp_path / "config.toml", {})


def test_token_of_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from.the.file\n", encoding="utf-8")
    config = loaded(tmp_path, '[discord]\ntoken_file = "secret"')
    assert token(config, {"CAIRN_DISCORD_TOKEN": " from.the.environment "}) == "from.the.environment"
    assert token(config, {"CAIRN_DISCORD_TOKEN": " "}) == "from.the.file"


def test_missing_token_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Told, match=r"no Discord token yet.*CAIRN_DISCORD_TOKEN"):
        token(loaded(tmp_path, ""), {})


def test_token_file_that_is_not_there_is_told_without_its_name(tmp_path: Path) -> None:
    config = loaded(tmp_path, '[discord]\ntoken_file = "perhaps.a.token"')
    with pytest.raises(ConfigError, match=r"readable file that holds the token: No such file") as caught:
        token(config, {})
    assert "perhaps" not in str(caught.value)


@pytest.mark.parametrize("folder", ["~nobody-of-that-name/kept", "a\\u0000b"])
def test_a_folder_that_no_machine_has_is_told(tmp_path: Path, folder: str) -> None:
    with pytest.raises(ConfigError, match=r"data\.folder should be the path of a folder, in quotes"):
        loaded(tmp_path, f'[data]\nfolder = "{folder}"')


@pytest.mark.parametrize("file", ["~nobody-of-that-name/secret", "a\\u0000b"])
def test_a_token_file_that_no_machine_has_is_told_without_its_name(tmp_path: Path, file: str) -> None:
    with pytest.raises(ConfigError, match=r"holds the token: no file has that name\.$"):
        loaded(tmp_path, f'[discord]\ntoken_file = "{file}"')


@pytest.mark.parametrize("copied", ["a.token\nand a line", "token = a.b.c"])
def test_a_token_with_something_around_it_is_told_and_not_shown(tmp_path: Path, copied: str) -> None:
    with pytest.raises(ConfigError, match="blanks or line breaks in it") as caught:
        token(loaded(tmp_path, ""), {"CAIRN_DISCORD_TOKEN": copied})
    assert copied not in str(caught.value)
