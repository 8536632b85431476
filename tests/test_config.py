"""A configuration file becomes settings, or an error that names file, key and remedy."""

from __future__ import annotations

import pickle
import re
from fractions import Fraction
from pathlib import Path

import pytest

from calcverify.checks import RULES
from calcverify.config.codes import left_out
from calcverify.config.faults import ConfigError
from calcverify.config.model import DEFAULT, Config, Settings
from calcverify.config.reading import KEYS, LARGEST, Options, settings_for
from calcverify.exact.rounding import mode_named
from calcverify.exact.verdict import Leeway
from calcverify.verify.model import Severity

CODES = frozenset(rule.code for rule in RULES)
PAGE = Path(__file__).parent.parent / "docs" / "configuration.md"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def settings(text: str, **options: object) -> Settings:
    """The settings of a ``calcverify.toml`` that holds ``text``."""
    Path("calcverify.toml").write_text(text, encoding="utf-8")
    return settings_for([], Options(**options))  # type: ignore[arg-type]  # a table of keywords


def begun(*beginnings: str) -> frozenset[str]:
    """The codes that begin so."""
    return frozenset(code for code in CODES if code.startswith(beginnings))


GOOD: list[tuple[str, Config]] = [
    ("", DEFAULT),
    ('ignore = ["CV104", "cv4"]', Config(ignore=begun("CV104", "CV4"))),
    ('select = ["CV1"]', Config(ignore=CODES - begun("CV1"))),
    ('select = ["CV1"]\nignore = ["CV10"]', Config(ignore=CODES - begun("CV1") | begun("CV10"))),
    ('select = ["CV101"]\nignore = ["CV1"]', Config(ignore=CODES - {"CV101"})),  # the more special of two counts
    ('select = ["CV101"]\nignore = ["CV101"]', Config(ignore=CODES)),  # of two that are alike, ignore
    ("strict = true", Config(strict=True)),
    ('rounding = "truncate"', Config(leeway=Leeway(mode_named("truncate")))),
    ('rounding = "half-even"', Config(leeway=Leeway(mode_named("half-even")))),
    ('hedge-tolerance = "0.5%"', Config(leeway=Leeway(hedge=Fraction(1, 200)))),
    ("hedge-tolerance = 0.02", Config(leeway=Leeway(hedge=Fraction(1, 50)))),
    ("hedge-tolerance = 0", Config(leeway=Leeway(hedge=Fraction(0)))),
    ('severity = {CV104 = "warning"}', Config(severities=(("CV104", Severity.WARNING),))),
    ('[severity]\nCV401 = "error"', Config(severities=(("CV401", Severity.ERROR),))),
]


@pytest.mark.parametrize(("text", "config"), GOOD)
def test_a_file_says(text: str, config: Config) -> None:
    assert settings(text).config == config


def test_the_more_special_severity_counts() -> None:
    weights = dict(settings('[severity]\nCV30 = "notice"\nCV301 = "error"').config.severities)
    assert weights == {code: Severity.ERROR if code == "CV301" else Severity.NOTICE for code in begun("CV30")}


# text ⇒ key that is named, words of the message in Chinese
BAD = [
    ('ignor = ["CV1"]', "ignor", "是否应为“ignore”"),
    ("hedge_tolerance = 0.01", "hedge_tolerance", "是否应为“hedge-tolerance”"),
    ("colour = 1", "colour", "可用：select, ignore"),
    ('ignore = ["CV1O1"]', "ignore", "没有规则“CV1O1”，是否应为“CV101”"),
    ('ignore = ["E501"]', "ignore", "calcverify explain 列出全部规则"),
    ('select = ["CV"]\nignore = ["CV907"]', "ignore", "输入文件本身的问题"),
    ('select = "CV1"', "select", "列表"),
    ("select = [1]", "select", "列表"),
    ("strict = 1", "strict", "true 或 false"),
    ('strict = "yes"', "strict", "true 或 false"),
    ('rounding = "nearset"', "rounding", "是否应为“nearest”；可用：nearest, half-even, truncate, up"),
    ('rounding = ""', "rounding", "是空的"),
    ("rounding = 2", "rounding", "应为文字"),
    ("hedge-tolerance = 1", "hedge-tolerance", "“1”不是 0 到 10% 之间的比例"),
    ('hedge-tolerance = "11%"', "hedge-tolerance", "“11%”"),
    ("hedge-tolerance = -0.01", "hedge-tolerance", "“-0.01”"),
    ("hedge-tolerance = 1e-2", "hedge-tolerance", "“1e-2”"),
    ("hedge-tolerance = nan", "hedge-tolerance", "比例"),
    ("hedge-tolerance = true", "hedge-tolerance", "比例"),
    ('hedge-tolerance = "%"', "hedge-tolerance", "比例"),
    ('[severity]\nCV101 = "fatal"', "severity.CV101", "可用：error, warning, notice"),
    ('[severity]\nCV101 = "waring"', "severity.CV101", "是否应为“warning”"),
    ('[severity]\nCV1001 = "error"', "severity.CV1001", "没有规则“CV1001”"),
    ('severity = "error"', "severity", "一节（表）"),
    ("standards = 3", "standards", "应为文字"),
    ("baseline = []", "baseline", "应为文字"),
    ("ignore = [", "", "不是正确的 TOML"),
]


@pytest.mark.parametrize(("text", "key", "words"), BAD)
def test_a_fault_is_named_with_file_key_and_remedy(text: str, key: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(text)
    message = caught.value.say("zh")
    assert re.match(r"\S*calcverify\.toml: " + re.escape(f"{key}: " if key else ""), message)
    assert words in message
    english = caught.value.say("en")
    assert english.startswith(message.split(": ")[0])
    assert english != message
    assert caught.value.place.key == key


def test_text_of_a_file_is_shown_harmlessly() -> None:
    with pytest.raises(ConfigError) as caught:
        settings('"a\\u001b[31m{key}\\u202e" = 1')
    assert r"a\u001b[31m{key}\u202e" in caught.value.say("zh")
    assert caught.value.say("en").isprintable()


def test_files_that_are_none(tmp_path: Path) -> None:
    for name, data, words in (
        ("a.toml", b"\xff\xfe", "UTF-8"),
        ("b.toml", b"#" * (LARGEST + 1), "1000000"),
        ("c.toml", b"x = " + b"[" * 5000, "TOML"),
    ):
        Path(name).write_bytes(data)
        with pytest.raises(ConfigError, match=words):
            settings_for([], Options(Path(name)))
    with pytest.raises(ConfigError, match="--config"):
        settings_for([], Options(Path("none.toml")))
    with pytest.raises(ConfigError, match="无法读取"):
        settings_for([], Options(tmp_path))


def test_a_byte_order_mark_is_no_fault() -> None:
    Path("calcverify.toml").write_bytes("strict = true".encode("utf-8-sig"))
    assert settings_for([]).config.strict


def placed(**files: str) -> None:
    """Files by their path, with ``__`` for ``/`` and ``_toml`` for the suffix."""
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_toml", ".toml"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


STRICT, LOOSE = "strict = true", "strict = false"
TOOL = "[tool.calcverify]\nstrict = true"

# The files, the inputs, the file that counts.
NEAREST: list[tuple[dict[str, str], list[str], str | None]] = [
    ({}, ["a/f.txt"], None),
    ({"calcverify_toml": STRICT}, ["a/f.txt"], "calcverify.toml"),
    ({"calcverify_toml": LOOSE, "a__calcverify_toml": STRICT}, ["a/f.txt"], "a/calcverify.toml"),
    ({"calcverify_toml": STRICT, "a__calcverify_toml": LOOSE}, ["a/f.txt", "b/f.txt"], "calcverify.toml"),
    ({"a__calcverify_toml": STRICT}, [], None),
    ({"calcverify_toml": STRICT}, [], "calcverify.toml"),
    ({"pyproject_toml": TOOL}, ["a/f.txt"], "pyproject.toml"),
    ({"pyproject_toml": TOOL, "a__pyproject_toml": "[project]\nname = 'x'"}, ["a/f.txt"], "pyproject.toml"),
    ({"pyproject_toml": TOOL, "a__pyproject_toml": "[broken"}, ["a/f.txt"], "pyproject.toml"),
    ({"pyproject_toml": TOOL, "calcverify_toml": STRICT}, ["a/f.txt"], "calcverify.toml"),
    ({"a__calcverify_toml": STRICT}, ["a"], "a/calcverify.toml"),
]


@pytest.mark.parametrize(("files", "inputs", "wanted"), NEAREST)
def test_the_nearest_file_counts(files: dict[str, str], inputs: list[str], wanted: str | None, tmp_path: Path) -> None:
    placed(a__f_txt="", b__f_txt="")
    placed(**files)
    found = settings_for([Path(path) for path in inputs])
    assert found.source == (None if wanted is None else tmp_path / wanted)
    assert found.config.strict is (wanted is not None)


def test_the_working_folder_counts_where_nothing_stands_above_the_inputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed(here__calcverify_toml=STRICT, there__f_txt="")
    monkeypatch.chdir("here")
    assert settings_for([tmp_path / "there" / "f.txt"]).config.strict
    assert not settings_for([tmp_path / "there" / "f.txt"], Options(search=False)).config.strict


def test_a_shared_file_with_a_fault_in_our_table_is_no_file_to_pass_by() -> None:
    placed(pyproject_toml="[tool.calcverify]\nstrict = [")
    with pytest.raises(ConfigError, match="TOML"):
        settings_for([])
    placed(pyproject_toml="[tool.calcverify]\nstrickt = true")
    with pytest.raises(ConfigError, match=r"tool\.calcverify\.strickt: .*“strict”"):
        settings_for([])
    placed(pyproject_toml="[project]\nname = 'x'")
    with pytest.raises(ConfigError, match=r"没有 \[tool\.calcverify\]"):
        settings_for([], Options(Path("pyproject.toml")))


def test_paths_start_at_the_file_and_options_at_the_working_folder() -> None:
    text = 'standards = "own"\nsuppressions = "why.toml"\nbaseline = "old.json"'
    placed(a__calcverify_toml=text)
    found = settings_for([], Options(Path("a/calcverify.toml")))
    assert (found.config.standards, found.suppressions, found.baseline) == (
        str(Path("a/own")),
        Path("a/why.toml"),
        Path("a/old.json"),
    )
    given = Options(Path("a/calcverify.toml"), standards=Path("x"), suppressions=Path("y"), baseline=Path("z"))
    found = settings_for([], given)
    assert (found.config.standards, found.suppressions, found.baseline) == ("x", Path("y"), Path("z"))


def test_options_go_before_the_file_key_by_key() -> None:
    text = 'select = ["CV1"]\nignore = ["CV104"]\nstrict = true\nrounding = "up"'
    found = settings(text, ignore=["CV101,CV102"]).config
    assert found == Config(
        ignore=CODES - begun("CV1") | {"CV101", "CV102"}, leeway=Leeway(mode_named("up")), strict=True
    )
    assert settings(text, select=["cv2, CV3", "CV5"]).config.ignore == CODES - begun("CV2", "CV3", "CV5")
    assert not settings(text, strict=False).config.strict
    with pytest.raises(ConfigError, match="--select: 没有规则“CV777”"):
        settings(text, select=["CV777"])


def test_what_is_neither_selected_nor_left_out_is_used() -> None:
    assert left_out(None, ()) == frozenset()
    assert left_out([], ()) == CODES


def test_a_config_travels_to_workers() -> None:
    config = settings('ignore = ["CV1"]\nrounding = "up"\n[severity]\nCV2 = "notice"').config
    assert pickle.loads(pickle.dumps(config)) == config
    assert hash(config) == hash(pickle.loads(pickle.dumps(config)))


def test_the_page_describes_every_key() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [key for key in KEYS if f"`{key}`" not in page] == []
