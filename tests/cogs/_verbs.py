"""Who may use each verb of a button or form, and what it would point to. A new verb belongs here."""

from __future__ import annotations

from tests.cogs._lived import Refs

# What each button of a seeker's would do, forged by somebody else. A new verb belongs here or below.
OWN_PRESSES = {
    **dict.fromkeys(("answer", "later", "nottoday", "rest", "skip"), "{prompt}"),
    "snooze": "{prompt}.1h",
    **dict.fromkeys(("change", "numbers", "share", "hide", "readall", "spare"), "{entry}"),
    "rate": "{entry}.energy.3",
    "forget": "{entry}.{part}",
    **dict.fromkeys(("keepnote", "keepcheckin", "letgo"), "{stray}"),
    "tryagain": "{refused}",
    **dict.fromkeys(("post", "edit", "choose", "chosen", "look", "readdraft"), "{week}"),
    **dict.fromkeys(("editpart", "editwhich"), "{week}"),
    **dict.fromkeys(("skipweek", "stop", "takedown"), "{week}"),
    "readnote": "{note}",
    "ask": "{week}",
    **dict.fromkeys(("onlysome", "onlywhich"), "{week}"),
    "onlyfor": "{entry}",
    "onlyto": "{entry}.0",
    **dict.fromkeys(("askopen", "askclose", "askchange"), "{asked}"),
    **dict.fromkeys(("recheer", "uncheer"), "{cheer}"),
    **dict.fromkeys(("keepidea", "yesplease", "introduced", "talked", "notforme", "readidea", "hush"), "{idea}"),
    "nothingcame": "{idea}",
    **dict.fromkeys(("reword", "unidea", "intouch", "fellthrough"), "{gift}"),
    "tryidea": "{idea}",
    **dict.fromkeys(("happened", "notyet", "readtrial", "dropit"), "{trial}"),
    **dict.fromkeys(("openidea", "openmine"), "0"),
    **dict.fromkeys(("thank", "decline"), "{idea}"),
    **dict.fromkeys(("thankcheer", "thankwhom"), "{note}"),
    **dict.fromkeys(("carefine", "carepause", "lighten", "letknow", "letsend", "letword", "letbe"), "{silence}"),
    "pausefor": "{silence}.7",
    **dict.fromkeys(("landlook", "landchoose", "landchosen", "landedit", "landthank", "landthankwhom"), "{landing}"),
    **dict.fromkeys(("landpost", "landtake", "landkeep", "landgoon"), "{landing}"),
    "landlines": "{landing}.0",
    **dict.fromkeys(("lineok", "lineout"), "{line}.{mark}"),
    "linesay": "{line}",
    "linesok": "{landing}.0.{mark}",
    **dict.fromkeys(("logmore", "unlog"), "{event}"),
    "logwhen": "{wish}.2025-12-30",
    **dict.fromkeys(("logwhich", "logback", "logday", "lognot"), "{wish}"),
    **dict.fromkeys(("appmove", "appnote", "appstep", "appedit", "appplace"), "{application}"),
    **dict.fromkeys(("apppage", "appread"), "{application}.0"),
    "applost": "{application}.rejected",
    "appundo": "{event}",
    "appopen": "0",
    "erase": "{person}",
}
OWN_FORMS = {
    "answered": "{prompt}",
    "letworded": "{silence}",
    "changed": "{entry}",
    "numbered": "{entry}",
    "worded": "{week}",
    "asked": "{week}",
    "askchanged": "{asked}",
    "askreworded": "{ask}",
    "recheered": "{cheer}",
    **dict.fromkeys(("thanked", "declined"), "{idea}"),
    "cheerthanked": "{note}.2",
    "reworded": "{gift}",
    "trying": "{idea}",
    **dict.fromkeys(("moved", "learned"), "{trial}"),
    "landworded": "{landing}",
    "linesaid": "{line}.{mark}",
    "helperthanked": "{landing}.2",
    "logtold": "{event}",
    "logdated": "{wish}",
    **dict.fromkeys(("appnoted", "appstepped", "appedited", "appplaced"), "{application}"),
}
# What is one's own: whoever presses turns, or clears, theirs.
PAGES = {
    **dict.fromkeys(("ideaspage", "settledpage", "minepage", "trailpage", "trailtext", "trustnobody", "mystory"), "0"),
    "uninvite": "me",
    "boardpage": "ended.0",
    "helpon": "week",
}
# What anybody who sees it may press, told in words where it is the host's; forms that only ever keep one's own.
FOR_ALL = {
    **dict.fromkeys(("say", "cheer", "cheeron", "idea", "offer", "readweek", "helpme", "status"), "{post}"),
    **dict.fromkeys(("cheerwhom", "ideawhom", "offerwhom", "readwhom"), "{post}"),
    **dict.fromkeys(("cheerto", "ideato", "offerto", "readof"), "{post}"),
    **dict.fromkeys(("writeme", "quiet"), "me"),
    "readend": "{post}",
    "landas": "landed",
}
OF_WHO_PRESSES = {"conversations", "consents", "deliveries", "friends", "people"}  # what accepting messages changes
FORMS_FOR_ALL = {
    "said",
    "cheered",
    "ideagiven",
    "offergiven",
    "ideafor",
    "offerfor",
    "checkedin",
    "reflected",
    "planned",
    "landing",
}
CHECKIN = {"mood": "1", "done": "Forged"}
WORDS = {
    "answered": CHECKIN,
    "changed": CHECKIN,
    "checkedin": CHECKIN,
    "numbered": {"applications": "7"},
    "worded": {"words": "Forged"},
    "said": {"words": "Forged"},
    "cheered": {"words": "Forged"},
    "recheered": {"words": "Forged"},
    "asked": {"words": "Forged"},
    "letworded": {"words": "Forged"},
    **{verb: {"words": "Forged", "way": "1"} for verb in ("thanked", "declined", "cheerthanked")},
    "askchanged": {"words": "Forged"},
    "askreworded": {"words": "Forged"},
    **{key: {"what": "Forged", "on": "friday"} for key in ("trying", "planned")},
    "moved": {"on": "friday"},
    "learned": {"learned": "Forged"},
    "reflected": {"energy": "Forged"},
    "logtold": {"words": "Forged"},
    "logdated": {"when": "yesterday"},
    "appnoted": {"words": "Forged"},
    "appstepped": {"words": "Forged", "when": "tomorrow"},
    "appedited": {"company": "Forged"},
    "appplaced": {"place": "Forged"},
    **{verb: {"words": "Forged"} for verb in ("landing", "landworded", "linesaid", "helperthanked")},
    **{verb: {"what": "Forged"} for verb in ("ideagiven", "offergiven", "ideafor", "offerfor", "reworded")},
}


def values_for(verb: str, refs: Refs) -> list[str] | None:
    picked = {
        "chosen": [refs.entry, "mood", "numbers"],
        "onlywhich": [refs.entry],
        "editwhich": [f"changed.{refs.entry}"],
        "onlyto": ["2"],
        "openidea": [refs.idea],
        "thankwhom": ["2"],
        "landthankwhom": ["2"],
        "landchosen": ["mood"],
        "openmine": [refs.gift],
        **{key: ["1"] for key in ("logwhich", "appopen")},
        "appmove": ["offer"],
    }
    return picked.get(verb)
