"""The table of roles: what each may do with, and see of, a seeker's journey. docs/privacy.md is made of it.

One line for each command, button, form and message: its name, what each of the ROLES may do, and what it is. A name
may go on in brackets, for a further way to try it. After a change `python -m tests.cogs._privacy_page` writes the page.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.cogs._privacy_world import ROLES

# yes: may do or read it; own: for themselves and on what is theirs; no: is told no in words, and nothing is changed;
# -: is never shown it, and refused all the same
CELLS = ("yes", "own", "no", "-")

TABLE = {
    "Beginning and leaving": """
    /start                                   yes  own  own  own  no   Begin: be asked how it goes
    /start (in the seeker's circle)          yes  own  own  no   no   Begin in the seeker's circle
    /leave                                   yes  own  own  own  no   Stop, and decide what I forget
    /help                                    yes  yes  yes  own  own  What I do, and where to turn
    press helpme                             yes  yes  yes  own  own  *What is this?*
    press helpon                             yes  yes  yes  own  own  A topic of the help
    press erase                              yes  -    -    -    -    *Erase everything*, after /leave
    """,
    "Rhythm": """
    /rhythm show                             yes  no   no   own  no   When one is asked
    /rhythm set                              yes  no   no   own  no   Change when and what
    /rhythm friends                          yes  no   no   own  no   When one hears what friends left
    /rhythm pause                            yes  no   no   own  no   Rest for a while
    /rhythm resume                           yes  no   no   own  no   Be asked again
    press later                              yes  -    -    -    -    *Later* under a question
    press snooze                             yes  -    -    -    -    How much later
    press nottoday                           yes  -    -    -    -    *Not today*
    press rest                               yes  -    -    -    -    *I rest today*
    press skip                               yes  -    -    -    -    *Just skip it*
    """,
    "Answers": """
    /checkin                                 yes  no   no   own  no   Tell how today is going
    /reflect                                 yes  no   no   own  no   Do a reflection
    press answer                             yes  -    -    -    -    *Answer* under a question
    form answered                            yes  -    -    -    -    Send the answer
    form checkedin                           yes  -    -    own  -    Send a check-in
    form reflected                           yes  -    -    own  -    Send a reflection
    press change                             yes  -    -    -    -    *Change* an answer
    form changed                             yes  -    -    -    -    Send what it says now
    press numbers                            yes  -    -    -    -    *Add numbers*
    form numbered                            yes  -    -    -    -    Send the numbers
    press rate                               yes  -    -    -    -    Pick a mood or an energy
    press readall                            yes  -    -    -    -    *Read all* of an answer
    press share                              yes  -    -    -    -    *Share with friends*
    press hide                               yes  -    -    -    -    *Only me*
    press keepnote                           yes  -    -    -    -    *Keep as a note* what was just written
    press keepcheckin                        yes  -    -    -    -    Keep it as a check-in
    press letgo                              yes  -    -    -    -    *Forget it*
    press forget                             yes  -    -    -    -    Forget the part whose message was deleted
    press spare                              yes  -    -    -    -    Keep that part
    press tryagain                           yes  -    -    -    -    *Try again* with words that were not kept
    """,
    "Answers for some friends only": """
    press onlysome                           yes  -    -    -    -    *Only for some* under the draft
    press onlywhich                          yes  -    -    -    -    Pick the answer
    press onlyfor                            yes  -    -    -    -    *Only for some* under an answer
    press onlyto                             yes  -    -    -    -    Pick the friends
    press readweek (a chosen friend's part)  -    yes  -    -    -    *Read all* under the part that a friend got
    press cheer (a chosen friend's part)     -    yes  -    -    -    *Cheer* under it
    form said (a chosen friend's part)       -    yes  -    -    -    Send that cheer
    press idea (a chosen friend's part)      -    yes  -    -    -    *I have an idea* under it
    form ideagiven (a chosen friend's part)  -    yes  -    -    -    Send that idea
    """,
    "The week": """
    /week preview                            yes  no   no   own  no   What friends would see
    /week draft                              yes  no   no   own  no   Choose what goes in
    /week show                               yes  no   no   own  no   Any past week
    /week hide                               yes  no   no   own  no   Hide a name, by hand or from the log
    /week unhide                             yes  no   no   own  no   Let a hidden name be read again
    press look                               yes  -    -    -    -    *Preview* under the draft
    press edit                               yes  -    -    -    -    *Write a line* on top
    form worded                              yes  -    -    -    -    Send them
    press editpart                           yes  -    -    -    -    *Edit an answer* under the draft
    press editwhich                          yes  -    -    -    -    Pick the answer, or what is asked for
    form askreworded                         yes  -    -    -    -    Send other words for what is asked for
    press choose                             yes  -    -    -    -    *Choose what goes in*
    press chosen                             yes  -    -    -    -    Pick it
    press readdraft                          yes  -    -    -    -    *Read all* of a draft
    press post                               yes  -    -    -    -    *Post* it
    press stop                               yes  -    -    -    -    *Stop* before it posts by itself
    press skipweek                           yes  -    -    -    -    *Skip this week*
    press takedown                           yes  -    -    -    -    *Take down* what is posted
    press readweek                           yes  yes  yes  -    -    *Read all* under a post
    """,
    "What the seeker asks for": """
    /ask set                                 yes  no   no   own  no   Ask for something
    /ask list                                yes  no   no   own  no   What is asked for
    /ask close                               yes  no   no   own  no   Close an ask
    /ask close (another's)                   yes  no   no   no   no   Close one that is the seeker's
    press ask                                yes  -    -    -    -    *Ask for something* under the draft
    form asked                               yes  -    -    -    -    Send it
    press askopen                            yes  -    -    -    -    *Still open*
    press askclose                           yes  -    -    -    -    *Close it*
    press askchange                          yes  -    -    -    -    *Change it*
    form askchanged                          yes  -    -    -    -    Send what it says now
    """,
    "Cheers": """
    /cheer                                   no   yes  yes  no   -    Cheer the seeker on by name
    /cheer (nobody named)                    yes  own  own  own  -    One's own cheers
    press cheer                              no   yes  yes  -    -    *Cheer* under a post
    press say                                -    yes  yes  -    -    The same under posts of earlier versions
    form said                                -    yes  yes  -    -    Send that cheer
    press cheeron                            -    yes  yes  -    -    The seeker's name under one's own cheers
    form cheered                             -    yes  yes  -    -    Send a cheer given by name
    press recheer                            -    -    own  -    -    *Change* a cheer
    form recheered                           -    -    own  -    -    Send what it says now
    press uncheer                            -    -    own  -    -    *Take back* a cheer
    press readnote                           yes  -    -    -    -    *Read again* what friends left
    """,
    "Ideas and introductions": """
    /idea                                    no   yes  yes  no   -    Give the seeker an idea by name
    press idea                               no   yes  yes  -    -    *I have an idea* under a post
    press offer                              no   yes  yes  -    -    *I know someone* under a post
    form ideagiven                           -    yes  yes  -    -    Send that idea
    form offergiven                          -    yes  yes  -    -    Send that introduction
    form ideafor                             -    yes  yes  -    -    Send an idea given by name
    form offerfor                            -    yes  yes  -    -    Send an introduction given by name
    /circle mine                             yes  own  own  own  own  What one gave, and what became of it
    press minepage                           yes  own  own  own  own  A page of it
    press openmine                           -    no   own  -    -    Open one that a friend gave
    press reword                             -    -    own  -    -    *Change* what a friend gave
    form reworded                            -    -    own  -    -    Send what it says now
    press unidea                             -    -    own  -    -    *Take back* what a friend gave
    press reword (an unnamed friend's)       -    -    -    -    -    *Change* what a friend gave who is not to be named
    press unidea (an unnamed friend's)       -    -    -    -    -    *Take back* it
    press intouch                            -    own  -    -    -    *They are in touch*, of the one who introduced
    press fellthrough                        -    own  -    -    -    *It fell through*, of the same
    /ideas list                              yes  no   no   own  no   What friends brought
    press ideaspage                          yes  -    -    own  -    A page of it
    press settledpage                        yes  -    -    own  -    Those that are settled
    press openidea                           yes  -    -    -    -    Open one
    press readidea                           yes  -    -    -    -    *Read all* of one
    press readidea (an unnamed friend's)     yes  -    -    -    -    The same, of a friend who is not to be named
    press keepidea                           yes  -    -    -    -    *Keep* it
    press yesplease                          yes  -    -    -    -    *Yes, please* to an introduction
    press introduced                         yes  -    -    -    -    *We are in touch*
    press talked                             yes  -    -    -    -    *We have talked*
    press nothingcame                        yes  -    -    -    -    *It fell through*, of the one it was for
    press notforme                           yes  -    -    -    -    *Not for me*
    press hush                               yes  -    -    -    -    *Say nothing* of it to the friend
    /ideas trail                             yes  no   no   own  no   The way from each idea to what was learned
    press trailpage                          yes  -    -    own  -    A page of it
    press trailtext                          yes  -    -    own  -    *Read it as text*
    """,
    "Things to try": """
    /experiment new                          yes  no   no   own  no   Plan something
    form planned                             yes  -    -    own  -    Send the plan
    /experiment list                         yes  no   no   own  no   What is planned
    press tryidea                            yes  -    -    -    -    *Try it* under an idea
    form trying                              yes  -    -    -    -    Send when, and what to learn
    press happened                           yes  -    -    -    -    *It happened*
    form learned                             yes  -    -    -    -    Send what was learned
    press notyet                             yes  -    -    -    -    *Not yet*
    form moved                               yes  -    -    -    -    Send another day
    press dropit                             yes  -    -    -    -    *Let it go*
    press readtrial                          yes  -    -    -    -    *Read again* what was planned
    """,
    "Thanks, and a kind no": """
    press thank                              yes  -    -    -    -    *Say thanks* for an idea
    form thanked                             yes  -    -    -    -    Send the thanks
    press decline                            yes  -    -    -    -    *Tell them kindly*
    form declined                            yes  -    -    -    -    Send the kind no
    press thankcheer                         yes  -    -    -    -    *Say thanks* for a cheer
    press thankwhom                          yes  -    -    -    -    Pick whom to thank
    form cheerthanked                        yes  -    -    -    -    Send the thanks
    """,
    "Being written to": """
    press writeme                            no   own  own  own  no   *Yes, write to me*
    press quiet                              yes  own  own  own  own  *Stop these messages*
    /circle quiet                            yes  own  own  own  own  The same by a command
    """,
    "Circles and joint posts": """
    /circle setup                            no   no   no   no   -    Make a circle (whoever manages the server)
    /circle remove                           no   no   no   no   -    Undo it (the same)
    /circle move                             no   no   no   no   -    Move it (the same)
    /circle hour                             yes  yes  yes  own  no   When the joint post goes out
    /circle hour (another one)               yes  no   no   own  no   Set that hour (seekers; who manages the server)
    /circle join                             yes  no   no   own  no   Let one's week go to one more circle
    /circle join (a circle elsewhere)        yes  no   no   no   no   The same with a circle of the seeker's server
    /circle leave                            yes  no   no   own  no   Let it go there no more
    press cheerwhom                          yes  yes  yes  -    -    *Cheer* under a joint post
    press cheerto                            yes  yes  yes  -    -    Pick whom
    press ideawhom                           yes  yes  yes  -    -    *I have an idea* under it
    press ideato                             yes  yes  yes  -    -    Pick whom
    press offerwhom                          yes  yes  yes  -    -    *I know someone* under it
    press offerto                            yes  yes  yes  -    -    Pick whom
    press readwhom                           yes  yes  yes  -    -    *Read all* under it
    press readof                             yes  yes  yes  -    -    Pick whose week
    press ideawhom (an invitation)           yes  -    -    -    -    *I have an idea* under what others ask for
    press offerwhom (an invitation)          yes  -    -    -    -    *I know someone* under it
    press uninvite                           yes  -    -    own  -    *Don't send me these*
    """,
    "When a seeker goes silent": """
    /rhythm silence                          yes  no   no   own  no   When I ask how one is
    /rhythm trusted                          yes  no   no   own  no   Name the friend whom I may let know
    press trustnobody                        yes  -    -    own  -    *Name nobody*
    press carefine                           yes  -    -    -    -    *I am fine*
    press carepause                          yes  -    -    -    -    *Pause*
    press pausefor                           yes  -    -    -    -    For how long
    press lighten                            yes  -    -    -    -    *Lighten the rhythm*
    press letknow                            yes  -    -    -    -    *Let a friend know*
    press letword                            yes  -    -    -    -    *Change the words*
    form letworded                           yes  -    -    -    -    Send them
    press letsend                            yes  -    -    -    -    *Send it*
    press letbe                              yes  -    -    -    -    *Not now*
    """,
    "Landing and story": """
    /landed                                  yes  no   no   own  no   Say that the journey ends or turns
    press landas                             yes  -    -    own  -    Which of them
    form landing                             yes  -    -    own  -    Send it
    press landedit                           yes  -    -    -    -    *Edit* the words on top
    form landworded                          yes  -    -    -    -    Send them
    press landlook                           yes  -    -    -    -    *Preview*
    press landchoose                         yes  -    -    -    -    *What friends see*
    press landchosen                         yes  -    -    -    -    Pick it
    press landlines                          yes  -    -    -    -    *Whom to thank*
    press lineok                             yes  -    -    -    -    *That is right*
    press lineout                            yes  -    -    -    -    *Leave out*
    press linesay                            yes  -    -    -    -    *Other words*
    form linesaid                            yes  -    -    -    -    Send them
    press linesok                            yes  -    -    -    -    *These are all right*
    press mystory                            yes  -    -    own  -    *My story* under the end of a journey
    press landthank                          yes  -    -    -    -    *Thank by message*
    press landthankwhom                      yes  -    -    -    -    Pick whom
    form helperthanked                       yes  -    -    -    -    Send the thanks
    press landpost                           yes  -    -    -    -    *Post* the end of the journey
    press landtake                           yes  -    -    -    -    *Take down*
    press landkeep                           yes  -    -    -    -    *Keep private*
    press landgoon                           yes  -    -    no   -    *I am still on my way*
    press readend                            yes  yes  yes  -    -    *Read all* under the closing post
    /story export                            yes  no   no   own  no   The story as a file
    /story export (all of it)                yes  no   no   own  no   The story with all that is private
    """,
    "The log of the search": """
    /log applied                             yes  no   no   own  no   Begin an application
    /log outreach                            yes  no   no   own  no   Note that somebody was written to
    /log conversation                        yes  no   no   own  no   Note a talk
    /log interview                           yes  no   no   own  no   Note an interview that comes, or was
    /log offer                               yes  no   no   own  no   Note an offer
    /log rejection                           yes  no   no   own  no   Note a no
    /log note                                yes  no   no   own  no   Note anything else
    press logmore                            yes  -    -    -    -    *Add detail* to what was noted
    form logtold                             yes  -    -    -    -    Send it
    press unlog                              yes  -    -    -    -    *Undo*
    press logwhen                            yes  -    -    -    -    Which of two dates was meant
    press logwhich                           yes  -    -    -    -    Which of several applications
    press logback                            yes  -    -    -    -    *Yes, a mistake*, or that it goes on
    press logday                             yes  -    -    -    -    *Say when*
    form logdated                            yes  -    -    -    -    Send the date
    press lognot                             yes  -    -    -    -    *Leave it*
    press logfrom                            yes  -    -    -    -    Whose idea it was
    press logown                             yes  -    -    -    -    *No*, nobody else's
    press applyfrom                          yes  -    -    -    -    *Became an application*, of an idea or a try
    form appliedfrom                         yes  -    -    -    -    Send it
    press logit                              yes  -    -    -    -    *Log it*, what a check-in mentions
    form loggedit                            yes  -    -    -    -    Send it
    /search board                            yes  no   no   own  no   Where each application stands
    press boardpage                          yes  -    -    own  -    A page of it, or what has ended
    /search funnel                           yes  no   no   own  no   How far applications came, as a picture
    /search calendar                         yes  no   no   own  no   Interviews and due dates as a file
    /search export                           yes  no   no   own  no   All of it as a file
    /search import                           yes  no   no   own  no   What a file would add, before it does
    press importlook                         yes  -    -    -    -    Look at that again
    press importcolumns                      yes  -    -    -    -    *Change columns*
    press importholds                        yes  -    -    -    -    Pick what a column holds
    press importstages                       yes  -    -    -    -    *Change stages*
    press importmeans                        yes  -    -    -    -    Pick which stage is meant
    press importdays                         yes  -    -    -    -    *Change dates*, or say which number is the day
    press importdo                           yes  -    -    -    -    *Import*
    press importnot                          yes  -    -    -    -    *Not now*
    press importquiet                        yes  -    -    -    -    *Close* what no answer came to
    press importopen                         yes  -    -    -    -    *Take that back*
    /search next                             yes  no   no   own  no   What is due and to come
    /search show                             yes  no   no   own  no   One application
    press appopen                            yes  -    -    no   -    Open one from a list
    press apppage                            yes  -    -    -    -    A page of what happened with it
    press appread                            yes  -    -    -    -    *Read all* of that page
    press appmove                            yes  -    -    -    -    *Move* it to another stage
    press applost                            yes  -    -    -    -    *Reject* or *Withdraw*
    press appevent                           yes  -    -    -    -    Change or take back what happened
    press appundo                            yes  -    -    -    -    *Undo* that
    press appnote                            yes  -    -    -    -    *Note*
    form appnoted                            yes  -    -    -    -    Send the note
    press appstep                            yes  -    -    -    -    *Next step*
    form appstepped                          yes  -    -    -    -    Send it
    press appedit                            yes  -    -    -    -    *Edit*
    form appedited                           yes  -    -    -    -    Send the changes
    press appplace                           yes  -    -    -    -    *Address*
    form appplaced                           yes  -    -    -    -    Send it
    press followdone                         yes  -    -    -    -    *Done* under what to follow up on
    press followlater                        yes  -    -    -    -    *Later*
    press followin                           yes  -    -    -    -    How much later
    press followstop                         yes  -    -    -    -    *Stop for this one*
    press followon                           yes  -    -    -    -    *Remind me after all*
    press followlost                         yes  -    -    -    -    *Yes, it ended*, of a silence
    press follownot                          yes  -    -    -    -    *Not yet*
    press follownext                         yes  -    -    own  -    *What is next*
    press felt                               yes  -    -    -    -    How an interview was
    """,
    "Goals": """
    /goals set                               yes  no   no   own  no   Aim for so much in a week
    /goals show                              yes  no   no   own  no   How the week goes
    /goals ease                              yes  no   no   own  no   Aim for less
    """,
    "The host": """
    /host status                             -    -    -    -    no   Whether all is well (the host alone)
    press status                             -    -    -    -    -    *How all is* under a warning
    """,
    "Messages": """
    message hello                            yes  -    -    own  -    The first message of a seeker
    message prompt                           yes  -    -    own  -    A question
    message draft                            yes  -    -    own  -    The draft of a week
    message recall                           yes  -    -    own  -    The draft once more
    message post                             yes  yes  yes  own  -    The post of a week, in the circle's channel
    message part                             -    yes  -    -    -    What of a week is for one friend alone
    message council                          yes  yes  yes  -    -    The joint post, in the circle's channel
    message invitation                       yes  -    -    -    -    What others of the circle ask for
    message note                             yes  -    -    -    -    What friends left
    message still open                       yes  -    -    own  -    Whether an ask is still open
    message idea                             yes  -    -    -    -    A friend's idea or introduction
    message became                           yes  -    -    -    -    What became of it?
    message introduction                     -    yes  -    -    -    That an introduction is welcome, to who offered it
    message consent                          -    yes  yes  -    -    The greeting of a friend who accepted messages
    message reply                            -    yes  -    -    -    Thanks or a kind no, to the friend it is for
    message silence                          yes  -    -    own  -    How are you? after a silence
    message confided                         -    yes  -    -    -    To the one friend whom a silent seeker lets know
    message trial                            yes  -    -    -    -    Did it happen?
    message follow ups                       yes  -    -    -    -    What to follow up on, in the morning
    message interview                        yes  -    -    -    -    An interview that comes, or how it was
    message landing                          yes  -    -    -    -    The draft of a journey's end
    message closing                          yes  yes  yes  -    -    The closing post, in the circle's channel
    message welcome                          yes  yes  yes  own  -    My first message in a circle's channel
    message unreached                        yes  yes  yes  -    -    That I cannot reach the seeker, if they chose so
    message alert                            -    -    -    -    -    A warning to the host
    """,
}


class Line(NamedTuple):
    """One row."""

    section: str
    name: str
    cells: dict[str, str]  # by role
    words: str


def lines() -> list[Line]:
    """Every row of the table, in order."""
    return [_line(section, text) for section, block in TABLE.items() for text in block.strip().splitlines()]


def _line(section: str, text: str) -> Line:
    found = re.fullmatch(
        rf"(?P<name>\S.*?\S) +(?P<cells>(?:(?:yes|own|no|-) +){{{len(ROLES)}}})(?P<words>\S.*)", text.strip()
    )
    assert found, f"this line is not understood: {text}"
    return Line(section, found["name"], dict(zip(ROLES, found["cells"].split(), strict=True)), found["words"])
