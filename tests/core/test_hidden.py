"""Names that are hidden: found however they are written, and never within another word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.hidden import LONGEST, MARK, MOST, BadName, Hidden, NotHidden, checked, key, masker, meant, named

SOME = (
    "Al",
    "Acme",
    "Jane Doe",
    "Jane",
    "Doe",
    "Zoë",
    "O'Brien",
    "Jean-Luc",
    "3M",
    "Anna",
    "Straße GmbH",
    "Łukasz",
    "Jones",
    "Müller",
)
FAR = ("東京", "アンナ", "김철수", "أحمد", "דנה", "Ярослав", "İpek", "🚀", "Star 🌟 Labs", "राम")
NAMES = (*SOME, *FAR)


def friends_read(text: str, *names: str) -> str:
    return masker(names or NAMES)(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Al always met Al.", "(a name) always met (a name)."),
        ("acme, ACME and Acme", "(a name), (a name) and (a name)"),
        ("Acme's office, ACME’S too", "(a name)'s office, (a name)’S too"),
        ("Annas Büro, und als Gast", "(a name)s Büro, und als Gast"),
        ("AcmeCorp, Acmeology, pacme", "AcmeCorp, Acmeology, pacme"),
        ("https://acme.com/jobs, jobs@acme.io", "https://(a name).com/jobs, jobs@(a name).io"),
        ("_Acme_ **Acme** @Acme #acme `acme`", "_(a name)_ **(a name)** @(a name) #(a name) `(a name)`"),
        ("Jane Doe and jane\ndoe and JANE  DOE", "(a name) and (a name) and (a name)"),
        ("Jane Miller, Jane-Doe", "(a name) Miller, (a name)"),
        ("zoe ZOË Zoe\u0308 wrote", "(a name) wrote"),
        ("O’Brien and o'brien and o`brien", "(a name) and (a name) and (a name)"),
        ("jean luc, JeanLuc", "(a name), JeanLuc"),
        ("13M 3M 3M2", "13M (a name)2"),
        ("STRASSE GMBH, strasse", "(a name), strasse"),
        ("Ac\u200bme, Ac\u00adme, Ａｃｍｅ", "(a name), (a name), (a name)"),
        ("Ac\u3164me, Ac\u115fme, Jane\u2800Doe", "(a name), (a name), (a name)"),
        ("Lukasz, ŁUKASZ, at the Joneses", "(a name), (a name), at the (a name)es"),
        ("Mueller, Muller, MÜLLER", "(a name), (a name), (a name)"),
        ("jane.doe@mail.com, linkedin.com/in/janedoe7", "(a name)@mail.com, linkedin.com/in/(a name)7"),
        ("https://x.com/?q=Jane%20Doe&p=Z%C3%B6e+Anna's", "https://x.com/?q=(a name)&p=Z%C3%B6e+(a name)'s"),
        ("https://acmerobotics.com #JaneDoe @JeanLuc", "https://(a name)robotics.com #(a name) @(a name)"),
        ("https://x.com/ana-lysis/always/%D7%93%zz", "https://x.com/ana-lysis/always/%D7%93%zz"),
        ("https://a\u0308cme.com/Stra\u00dfeGmbH.", "https://(a name).com/(a name)."),
        ("東京電力で会う", "(a name)電力で会う"),
        ("アンナさん、ｱﾝﾅ", "(a name)さん、(a name)"),
        ("김철수는 왔다", "(a name)는 왔다"),
        ("وأحمد قال، احمد وللأحمد", "و(a name) قال، (a name) ولل(a name)"),
        ("לדנה, וְדָנָה, שדנהו", "ל(a name), וְ(a name), שדנהו"),
        ("ярослав и Ярославна", "(a name) и Ярославна"),
        ("IPEK, ipek, İPEK", "(a name), (a name), (a name)"),
        ("go🚀go, Star🌟Labs, star 🌟 labs", "go(a name)go, Star🌟Labs, (a name)"),
        ("राम, रामायण", "(a name), रामायण"),
        ("Ac**me**, A_c_me, Ac``me, A\\*cme, A||c||me", "**(a name)**, (a name), (a name), (a name), (a name)"),
        ("Jane** **Doe, _Jane_ _Doe_, Jane_~~Doe~~", "(a name), _(a name)_, ~~(a name)~~"),
        ("**Ac**me, Ac~~me it is~~, ***Ac**me*", "**(a name)**, ~~(a name) it is~~, ***(a name)***"),
        ("O``'Brien, O*'*Brien, `O'Brien`", "(a name), (a name), `(a name)`"),
        ("*soon* at **A**cme, 5 * 3", "*soon* at **(a name)**, 5 * 3"),
        ("a name, (a name), nameless", "a name, (a name), nameless"),
        ("", ""),
    ],
)
def test_a_name_is_masked_however_it_is_written(written: str, read: str) -> None:
    assert friends_read(written) == read


def test_the_longest_name_is_masked_first_and_neighbours_are_one_mark() -> None:
    assert friends_read("at Acme Robotics now", "Acme", "Acme Robotics") == "at (a name) now"
    assert friends_read("the New York Times", "New York", "York Times") == "the (a name)"
    assert friends_read("Jane Doe", "Jane", "Doe") == "(a name)"
    assert friends_read("with Jane\nDoe came", "Jane", "Doe") == "with (a name)\n(a name) came"
    assert friends_read("a name is a name", "name", "a") == "(a name) is (a name)"


def test_a_long_name_of_several_words_is_masked_where_they_are_written_together() -> None:
    assert friends_read("CanalRobotics, canalrobotics' lab", "Canal Robotics") == "(a name), (a name)' lab"
    assert friends_read("canalroboticsfan, some timetable", "Canal Robotics", "Me Time") == (
        "canalroboticsfan, some timetable"
    )
    assert named(["at CanalRobotics"], ("Canal Robotics",)) == ("Canal Robotics",)


def test_a_name_that_ends_in_brackets_leaves_none_behind() -> None:
    assert friends_read("at Acme (Berlin), and (Acme (Berlin))", "Acme (Berlin)") == "at (a name), and ((a name))"
    assert friends_read("Acme (Berlin, that is)", "Acme (Berlin)") == "(a name), that is)"


def test_what_stands_alone_beside_a_mark_is_masked_too() -> None:
    assert friends_read("acmes and acmeinc.com", "Acme", "s", "Inc") == "(a name)(a name) and (a name)(a name).com"


def test_without_hidden_names_nothing_is_changed() -> None:
    assert masker(())("Acme (a name)  \n") == "Acme (a name)  \n"


def test_the_names_that_were_masked_are_told_and_a_part_of_a_longer_one_is_not() -> None:
    assert named(["at acme robotics", "with Al"], ("Al", "Acme", "Acme Robotics", "Jane")) == ("Al", "Acme Robotics")
    assert named(["Acme robotics; acme"], ("Acme", "Acme Robotics")) == ("Acme", "Acme Robotics")
    assert named(["anything"], ()) == ()


# ------------------------------------------------------------------ any text, any names

plain = st.text(st.sampled_from("aåbcs'’- 🚀م東3ß"), min_size=1, max_size=6)
texts = st.text(st.sampled_from("aåbcsABC'’-_ \n🚀م東3ßSS\u200b\u0308.@/%C3A5"), max_size=60)
hideable = plain.filter(lambda name: any(char.isalnum() for char in name) and MARK not in name)


@settings(max_examples=300)
@given(texts, st.lists(hideable, max_size=4))
def test_no_hidden_name_is_left_and_masking_twice_masks_nothing_more(text: str, names: list[str]) -> None:
    read = masker(names)(text)

    assert named([read], names) == ()
    assert masker(names)(read) == read
    assert (read == text) is (named([text], names) == ())


@given(texts, st.lists(hideable, max_size=4))
def test_what_is_no_name_stays_letter_for_letter(text: str, names: list[str]) -> None:
    at = 0
    for piece in masker(names)(text).split(MARK):
        at = text.index(piece, at) + len(piece)


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_and_any_names_can_be_masked(text: str, names: list[str]) -> None:
    usable = [name for name in names if _holds(name)]

    assert named([masker(usable)(text)], usable) == ()


MARKUP = ("*", "**", "***", "__", "~~", "||", "`", "``")
BETWEEN = ("", "", "", "_", "*", "**", "``", "||", "~~", "\\", "\u200b", "\u00ad", "\u0301", "\u2060")


def _wide(char: str) -> str:
    return chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char


@st.composite
def dressed(draw: st.DrawFn) -> tuple[str, str]:
    """A name, and how somebody may write it so that it is still read."""
    name = draw(st.sampled_from(SOME))
    ways = st.sampled_from((str, str.upper, str.lower, _wide))
    return name, "".join(draw(ways)(char) + draw(st.sampled_from(BETWEEN)) for char in name)


@given(
    dressed(), st.sampled_from(["", "at ", "**so** ", "_x_ ", "`"]), st.sampled_from(["", " now", ", *so*", "`", "**"])
)
def test_a_name_is_masked_with_any_marks_and_unseen_characters_in_it(
    written: tuple[str, str], before: str, behind: str
) -> None:
    name, dress = written

    read = masker([name])(f"{before}{dress}{behind}")

    assert read.startswith(before)
    assert read.endswith(behind)
    assert _without_marks(read) == _without_marks(f"{before}{MARK}{behind}")


def _without_marks(text: str) -> str:
    return re.sub(r"[*_~|`\\\u200b\u00ad\u0301\u2060]", "", text)


@given(st.sampled_from(["Acme", "Jane Doe", "Zoë"]), st.sampled_from(MARKUP), st.data())
def test_markup_that_begins_or_ends_in_a_name_stays_whole(name: str, markup: str, data: st.DataObject) -> None:
    line = f"we met {name} today"
    places = st.lists(st.integers(0, len(line)), min_size=2, max_size=2, unique=True).map(sorted)
    first, last = data.draw(places)
    read = masker([name])(f"{line[:first]}{markup}{line[first:last]}{markup}{line[last:]}")

    assert read.replace(markup, "") == f"we met {MARK} today"
    assert read.count(markup) in (0, 2)


def _holds(name: str) -> bool:
    try:
        return checked(name, ()) != ""
    except BadName:
        return False


@given(hideable, st.sampled_from([" ", ", ", "\n", "(", "”", " – "]))
def test_a_name_between_blanks_and_marks_is_always_masked(name: str, beside: str) -> None:
    read = masker([name])(f"{beside}{name}{beside}")

    assert MARK in read
    assert named([read], [name]) == ()


# ------------------------------------------------------------------ which names may be hidden


@pytest.mark.parametrize(("written", "kept"), [("  Acme \n Corp ", "Acme Corp"), ("🚀", "🚀"), ("x" * 80, "x" * 80)])
def test_a_name_is_kept_on_one_line(written: str, kept: str) -> None:
    assert checked(written, ()) == kept


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "no name in that"),
        ("\u200b \n", "no name in that"),
        ("...", "no name in that"),
        ("(a name)", "no name in that"),
        ("x" * (LONGEST + 1), "at most 80 characters, and this has 81"),
        ("ACME", "“ACME” is hidden already"),
        ("Ácme", "“Ácme” is hidden already"),
    ],
)
def test_what_cannot_be_hidden_is_told(written: str, told: str) -> None:
    with pytest.raises(BadName, match=told):
        checked(written, ["Acme"])


def test_so_many_names_and_no_more() -> None:
    full = [f"Acme {number}" for number in range(MOST)]

    assert checked("One", full[1:]) == "One"
    with pytest.raises(BadName, match="50 names are hidden"):
        checked("One", full)


def test_a_hidden_name_is_meant_in_any_spelling() -> None:
    hidden = [Hidden(1, "Zoë"), Hidden(2, "Jean-Luc")]

    assert meant("jean luc ", hidden) == "Jean-Luc"
    assert meant("ZOE", hidden) == "Zoë"
    assert meant("acme", hidden, ["Acme"]) == "Acme"
    with pytest.raises(NotHidden, match="“Zo” is not hidden"):
        meant("Zo", hidden)


def test_two_spellings_of_one_name_have_one_key() -> None:
    assert key("Jean–Luc  O’Neïll") == key("jean luc o'neill")
    assert key("Yahoo!") == key("“yahoo”")
    assert friends_read("Acme, Inc. and C++", "Acme, Inc", "C++") == "(a name). and (a name)"
