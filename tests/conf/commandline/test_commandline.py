from __future__ import annotations

import pytest

from stadtamt.conf.commandline import main, registry


def test_the_overview_shows_every_command_in_its_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    shown = capsys.readouterr().out
    for command in registry.available().values():
        assert command.hidden or f"  {command.name} " in shown


@pytest.mark.parametrize("name", sorted(registry.available()))
def test_every_command_explains_itself_in_german(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*name.split(" "), "--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Aufruf: stadtamt ")
    assert not any(word in shown for word in ("usage", "options:", "show this"))


def test_a_word_that_several_commands_begin_with_explains_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["package", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "  package preview  Zeigt Seiten, Ablauf und Briefe" in shown
    assert "registry" not in shown


def test_a_mistyped_command_gets_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docter"]) == 1
    assert "Meinten Sie »doctor«?" in capsys.readouterr().err


def test_an_unknown_option_is_named_in_german(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["doctor", "--gruendlich"])
    assert end.value.code == 2
    assert "Unbekannt: --gruendlich." in capsys.readouterr().err


def test_a_number_that_is_none_is_refused_in_german(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--port", "acht"])
    assert "--port braucht eine ganze Zahl, nicht 'acht'." in capsys.readouterr().err
