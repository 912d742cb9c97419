"""What friends leave, gathered by friend."""

from __future__ import annotations

from bot.core.circle import UNNAMED, Cheer, MissingPermissions, Reaction, Word, gathered


def test_each_friend_stands_once_in_the_order_in_which_they_first_came() -> None:
    reactions = [Reaction(1, "Jonas", "❤️"), Reaction(2, "Aisha", "🎉"), Reaction(1, "Jonas", "🌱")]
    words = [Word(2, "Aisha", "So good", ""), Word(3, "Lena", "", "https://discord.com/1")]

    assert gathered(reactions, words) == (
        Cheer("Jonas", ("❤️", "🌱")),
        Cheer("Aisha", ("🎉",), ("So good",)),
        Cheer("Lena", links=("https://discord.com/1",)),
    )


def test_the_same_emoji_under_both_messages_of_a_post_is_told_once() -> None:
    assert gathered([Reaction(1, "Jonas", "❤️"), Reaction(1, "Jonas", "❤️")], []) == (Cheer("Jonas", ("❤️",)),)


def test_two_friends_of_one_name_stay_two() -> None:
    assert len(gathered([Reaction(1, "Jonas", "❤️"), Reaction(2, "Jonas", "❤️")], [])) == 2


def test_a_friend_without_a_known_name_is_called_a_friend() -> None:
    assert gathered([Reaction(1, "", "❤️")], [Word(2, "", "Hello", "")]) == (
        Cheer(UNNAMED, ("❤️",)),
        Cheer(UNNAMED, words=("Hello",)),
    )


def test_words_that_were_withheld_are_a_link_and_never_an_empty_quote() -> None:
    [cheer] = gathered([], [Word(1, "Jonas", "", "https://discord.com/1"), Word(1, "Jonas", "Yes", "x")])

    assert cheer.words == ("Yes",)
    assert cheer.links == ("https://discord.com/1",)


def test_an_emoji_alone_is_no_withheld_message_and_joins_the_friends_others() -> None:
    cheers = gathered([Reaction(1, "Jonas", "❤️")], [Word(1, "Jonas", "", "", "🎉"), Word(1, "Jonas", "Yes", "", "❤️")])

    assert cheers == (Cheer("Jonas", ("❤️", "🎉"), ("Yes",)),)


def test_who_is_not_to_be_named_in_the_circle_is_named_to_the_seeker_who_is_told_so() -> None:
    assert gathered([], [Word(1, "Jonas", "Yes", "", unnamed=True)]) == (Cheer("Jonas", words=("Yes",), unnamed=True),)


def test_missing_permissions_are_named_with_what_to_do() -> None:
    told = str(MissingPermissions("#friends", ["Send Messages", "Attach Files"]))

    assert "I am missing Send Messages, Attach Files there" in told
    assert "allow that for me, and try again" in told
