"""What can be done here, topic by topic: the pages of /help, each command on one of them."""

from __future__ import annotations

from typing import NamedTuple

from bot.usecases.people import Role


class Topic(NamedTuple):
    """One page of the help: its button, whom it is offered to, and what it says."""

    label: str
    roles: frozenset[Role]
    words: str


_SEEKERS, _HOSTS = frozenset({Role.SEEKER}), frozenset({Role.HOST})
_WALKERS = frozenset({Role.SEEKER, Role.FRIEND})

TOPICS = {
    "days": Topic(
        "Your days",
        _SEEKERS,
        """- I ask when you said. Press *Answer*, or just write back.
- *Later*, *Not today* and *I rest today* are answers too.
- /checkin tells how today goes, whenever you like.
- /reflect does one reflection now.
- Edit or delete your message, and the entry follows.""",
    ),
    "week": Topic(
        "Your week",
        _SEEKERS,
        """- Once a week I show you a draft. Friends read it once you press *Post*.
- /week draft brings it back; /week preview shows what friends would see.
- *Only for some* keeps an answer to the friends you name.
- /week hide masks a name for friends, as names from your log are; /week unhide ends that.
- /week show brings any past week.""",
    ),
    "asking": Topic(
        "Asking for help",
        _SEEKERS,
        """- /ask set tells friends one thing that would help.
- It stands in your posts until you close it.
- /ask list shows what you ask for, /ask close ends it.""",
    ),
    "friends": Topic(
        "What friends give",
        _SEEKERS,
        """- Cheers, ideas and introductions come to you here.
- /rhythm friends: at once, daily, or on Monday.
- /ideas list shows what is open, /ideas trail what came of each.
- *Try it*, or *Plan the talk*, sets a day and a question.
- /experiment new plans one of your own, /experiment list shows them.""",
    ),
    "log": Topic(
        "Logging your search",
        _SEEKERS,
        """- /log applied begins an application; /log note adds to it.
- /log outreach, /log conversation: whom you wrote to or talked with.
- /log interview, /log offer, /log rejection: what came of it.
- Days as you say them: yesterday, fri 14:00, 3 November.
- *Undo* and *Add detail* stand under each.
- I ask whose idea it was; *Became an application* begins one from an idea.""",
    ),
    "search": Topic(
        "Your search at a glance",
        _SEEKERS,
        """- /search board shows each application, how long it waits and is quiet.
- /search show opens one: its history, and *Move*, *Note*, *Next step*, *Edit*.
- /search next tells what is due today and within a week.
- /search funnel draws how far applications came, and where they ended.""",
    ),
    "files": Topic(
        "Your search as files",
        _SEEKERS,
        """- /search import takes in a table you kept elsewhere; you see first what it would add.
- /search export hands you all of it, as a spreadsheet or to put back.
- It also makes a log for the employment office, in six languages.
- /search calendar: interviews and due dates, for your calendar.""",
    ),
    "followups": Topic(
        "Follow-ups and interviews",
        _SEEKERS,
        """- In the morning I name what to follow up on, at most five a day: a week after you applied, sooner later on.
- Twice in a row, then I wait until something happens. A day that you set yourself goes first.
- *Later* moves this one, *Stop for this one* ends them.
- Before an interview I remind you the day before and two hours before; afterwards I ask how it was.""",
    ),
    "goals": Topic(
        "Goals",
        _SEEKERS,
        """- /goals set aims for so many applications, conversations or others in a week.
- /goals show tells how the week goes; a check-in does too.
- /goals ease makes them smaller. After the first day a change binds from Monday on. Rest counts as kept.""",
    ),
    "rhythm": Topic(
        "Rhythm and rest",
        _SEEKERS,
        """- /rhythm pause: I ask nothing for a while. /rhythm resume: I ask again.
- /rhythm show tells when I ask, /rhythm set changes it.
- /rhythm silence: after how many quiet days I ask how you are.
- /rhythm trusted: the one friend I may let know.""",
    ),
    "circles": Topic(
        "Your circles",
        _SEEKERS,
        """- /circle join lets one more circle read your week, /circle leave one less.
- Three or more who look for work share one post a week.
- /circle hour says when it goes out.""",
    ),
    "words": Topic(
        "Your words, and the end",
        _SEEKERS,
        """- All of it is private until you share it.
- /landed: you arrived, stopped, or want something else now.
- /story export hands you your journey as a text file.
- /leave stops everything, and can erase it.""",
    ),
    "giving": Topic(
        "For a friend",
        _WALKERS,
        """- React, press *Cheer*, or reply under their post: I carry it to them.
- /cheer works at any time.
- /idea gives an idea, or an introduction.
- You can change each, or take it back.
- Ask and listen before you advise. Tell what you have lived.""",
    ),
    "hearing": Topic(
        "What you hear",
        _WALKERS,
        """- /circle mine shows what became of what you gave.
- I write to you only if you pressed *Yes, write to me*.
- /circle quiet ends that.""",
    ),
    "starting": Topic(
        "Looking yourself?",
        frozenset({Role.FRIEND}),
        """- /start takes a minute: where you are, and when to ask.
- All of it is private until you share it.
- /leave stops everything, and can erase it.""",
    ),
    "hosting": Topic(
        "Hosting",
        _HOSTS,
        """- /circle setup makes a circle of a channel.
- /circle move takes it to another channel, /circle remove undoes it.
- Whoever looks for work runs /start; friends need only read the channel.
- /host status shows whether all is well. I write to you when something needs you.
- `cairn doctor` checks the settings and the machine.
- Their answers are private: you host the file, please leave it closed.""",
    ),
}


def matching(said: str) -> list[str]:
    """The topics that are named so, or whose words speak of it (as of “pause”), best first."""
    sought = said.strip().lstrip("/").casefold()
    named = [key for key, topic in TOPICS.items() if sought == key or sought in topic.label.casefold()]
    return [*named, *(key for key, topic in TOPICS.items() if sought in topic.words.casefold() and key not in named)]
