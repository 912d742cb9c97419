-- What friends give, and what becomes of it: asks, cheers, ideas and offers, experiments, thanks.

CREATE TABLE asks (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    set_at TEXT NOT NULL,
    next_at TEXT NOT NULL,
    sure_at TEXT,
    closed_at TEXT
) STRICT;
CREATE INDEX asks_of ON asks (person_id, set_at);
CREATE INDEX asks_due ON asks (next_at) WHERE closed_at IS NULL;
ALTER TABLE weeks ADD COLUMN share_asks INTEGER NOT NULL DEFAULT 1;

CREATE TABLE asked_in (
    week_id INTEGER NOT NULL REFERENCES weeks (id) ON DELETE CASCADE,
    ask_id INTEGER NOT NULL REFERENCES asks (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (week_id, ask_id)
) STRICT;
CREATE INDEX asked_in_of ON asked_in (person_id);
CREATE INDEX asked_in_by ON asked_in (ask_id);

ALTER TABLE words ADD COLUMN emoji TEXT NOT NULL DEFAULT '';
ALTER TABLE words ADD COLUMN unnamed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE seekers ADD COLUMN cheers_come TEXT NOT NULL DEFAULT 'weekly';
ALTER TABLE seekers ADD COLUMN ideas_come TEXT NOT NULL DEFAULT 'at once';

CREATE TABLE ideas (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- deliveries outlive an erased friend's ideas
    sort TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    seeker_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    week_id INTEGER REFERENCES weeks (id) ON DELETE SET NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    through INTEGER NOT NULL DEFAULT 0,
    unnamed INTEGER NOT NULL DEFAULT 0,
    hushed TEXT,
    step TEXT NOT NULL DEFAULT 'new',
    given_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    next_at TEXT,
    note_id INTEGER REFERENCES notes (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ideas_of ON ideas (person_id);
CREATE INDEX ideas_for ON ideas (seeker_id, given_at);
CREATE INDEX ideas_about ON ideas (week_id);
CREATE INDEX ideas_carried ON ideas (note_id);
CREATE INDEX ideas_asked ON ideas (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE experiments (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    idea_id INTEGER REFERENCES ideas (id) ON DELETE SET NULL,
    what TEXT NOT NULL,
    question TEXT NOT NULL,
    try_on TEXT NOT NULL,
    phase TEXT NOT NULL DEFAULT 'planned',
    learned TEXT NOT NULL,
    made_at TEXT NOT NULL,
    ended_at TEXT,
    ask_at TEXT,
    asked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX experiments_of ON experiments (person_id, made_at);
CREATE INDEX experiments_from ON experiments (idea_id);
CREATE INDEX experiments_due ON experiments (ask_at) WHERE ask_at IS NOT NULL;
CREATE UNIQUE INDEX experiments_one_each ON experiments (idea_id) WHERE phase = 'planned' AND idea_id IS NOT NULL;

CREATE TABLE consents (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    standing TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    turn INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The welcome of each circle asks friends from now on whether they may be written to.
UPDATE deliveries SET stale = stale + 1 WHERE kind = 'welcome' AND post_id IS NOT NULL;

CREATE TABLE replies (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- deliveries outlive an erased seeker's replies
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    friend_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    idea_id INTEGER REFERENCES ideas (id) ON DELETE SET NULL,
    note_id INTEGER REFERENCES notes (id) ON DELETE SET NULL,
    sort TEXT NOT NULL,
    way TEXT NOT NULL,
    words TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;
CREATE INDEX replies_of ON replies (person_id);
CREATE INDEX replies_to ON replies (friend_id);
CREATE INDEX replies_after ON replies (note_id);
CREATE INDEX replies_about ON replies (idea_id);

CREATE TABLE hidden (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    name TEXT NOT NULL
) STRICT;
CREATE INDEX hidden_of ON hidden (person_id);
ALTER TABLE weeks ADD COLUMN share_opening INTEGER NOT NULL DEFAULT 1;
UPDATE weeks SET share_opening = 0 WHERE phase = 'posted';

ALTER TABLE seekers ADD COLUMN silent_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE seekers ADD COLUMN heard_at TEXT;
ALTER TABLE seekers ADD COLUMN watch_at TEXT;
ALTER TABLE seekers ADD COLUMN tell_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE seekers ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE seekers ADD COLUMN trusted_id INTEGER REFERENCES people (id) ON DELETE SET NULL;
ALTER TABLE seekers ADD COLUMN trusted_words TEXT NOT NULL DEFAULT '';
CREATE INDEX seekers_trusting ON seekers (trusted_id);
CREATE INDEX seekers_watched ON seekers (watch_at) WHERE watch_at IS NOT NULL;

CREATE TABLE silences (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- what a friend was told about one outlives an erased seeker's
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    since_at TEXT NOT NULL,
    became TEXT NOT NULL DEFAULT 'open',
    friend_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
    friend_words TEXT NOT NULL DEFAULT '',
    asked_friend INTEGER NOT NULL DEFAULT 0,
    UNIQUE (person_id, since_at)
) STRICT;
CREATE INDEX silences_telling ON silences (friend_id);

-- Who alone is to read an answer; and who showed themselves in a circle by accepting messages there.
CREATE TABLE readers (
    entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    friend_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (entry_id, friend_id)
) STRICT;
CREATE INDEX readers_of ON readers (person_id);
CREATE INDEX readers_named ON readers (friend_id);

CREATE TABLE friends (
    circle_id INTEGER NOT NULL REFERENCES circles (id),
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (circle_id, person_id)
) STRICT;
CREATE INDEX friends_known ON friends (person_id);

-- Dates are found by their person, so one index serves them and keeps each of a schedule alone: planning writes less.
CREATE TABLE occurrences_of_each (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    schedule_id INTEGER, -- one of this person's: a schedule goes with its person alone
    ask TEXT NOT NULL,
    exercise TEXT NOT NULL,
    local_on TEXT NOT NULL,
    due_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    UNIQUE (person_id, local_on, schedule_id)
) STRICT;
INSERT INTO occurrences_of_each SELECT id, person_id, schedule_id, ask, exercise, local_on, due_at, state FROM occurrences;
CREATE TABLE answering AS SELECT id, occurrence_id FROM entries WHERE occurrence_id IS NOT NULL;
DROP TABLE occurrences; -- entries lose what they answer meanwhile
ALTER TABLE occurrences_of_each RENAME TO occurrences;
UPDATE entries SET occurrence_id = answering.occurrence_id FROM answering WHERE answering.id = entries.id;
DROP TABLE answering;
CREATE INDEX occurrences_due ON occurrences (due_at);

-- A circle of three seekers or more gets one joint post a week; what friends leave under it is each seeker's.
ALTER TABLE circles ADD COLUMN council_day INTEGER NOT NULL DEFAULT 6;
ALTER TABLE circles ADD COLUMN council_time TEXT NOT NULL DEFAULT '19:00';
ALTER TABLE circles ADD COLUMN council_zone TEXT NOT NULL DEFAULT ''; -- empty: that of its first seeker
ALTER TABLE seekers ADD COLUMN invited INTEGER NOT NULL DEFAULT 1;

CREATE TABLE councils (
    id INTEGER PRIMARY KEY,
    circle_id INTEGER NOT NULL REFERENCES circles (id),
    monday_on TEXT NOT NULL,
    UNIQUE (circle_id, monday_on)
) STRICT;

CREATE TABLE sections (
    council_id INTEGER NOT NULL REFERENCES councils (id),
    week_id INTEGER NOT NULL REFERENCES weeks (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    turn INTEGER NOT NULL, -- the posting of the week that it tells; negative while nothing is for all; 0 once it is out
    added_at TEXT NOT NULL,
    PRIMARY KEY (council_id, week_id)
) STRICT;
CREATE INDEX sections_of ON sections (person_id);
CREATE INDEX sections_about ON sections (week_id);

CREATE TABLE reactions_of_each (
    week_id INTEGER NOT NULL REFERENCES weeks (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    message TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    emoji TEXT NOT NULL,
    added_at TEXT NOT NULL,
    note_id INTEGER REFERENCES notes (id) ON DELETE SET NULL,
    PRIMARY KEY (channel, message, person_id, emoji, week_id)
) STRICT;
INSERT INTO reactions_of_each SELECT week_id, channel, message, person_id, emoji, added_at, note_id FROM reactions;
DROP TABLE reactions;
ALTER TABLE reactions_of_each RENAME TO reactions;
CREATE INDEX reactions_carried ON reactions (note_id);
CREATE INDEX reactions_of ON reactions (person_id);
CREATE INDEX reactions_under ON reactions (week_id, note_id);

CREATE TABLE words_for_each (
    id INTEGER PRIMARY KEY,
    week_id INTEGER NOT NULL REFERENCES weeks (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    link TEXT NOT NULL,
    channel TEXT,
    message TEXT,
    said_at TEXT NOT NULL,
    note_id INTEGER REFERENCES notes (id) ON DELETE SET NULL,
    emoji TEXT NOT NULL DEFAULT '',
    unnamed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (channel, message, week_id)
) STRICT;
INSERT INTO words_for_each (id, week_id, person_id, text, link, channel, message, said_at, note_id, emoji, unnamed)
SELECT id, week_id, person_id, text, link, channel, message, said_at, note_id, emoji, unnamed FROM words;
DROP TABLE words;
ALTER TABLE words_for_each RENAME TO words;
CREATE INDEX words_carried ON words (note_id);
CREATE INDEX words_of ON words (person_id);
CREATE INDEX words_under ON words (week_id, note_id);

-- How a journey ends or turns, and whom its closing post thanks. `mark` tells what a line was made of when decided.
ALTER TABLE seekers ADD COLUMN journey_at TEXT; -- when the present journey began, where an earlier one ended
ALTER TABLE seekers ADD COLUMN landed_at TEXT; -- when it ended

CREATE TABLE landings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- deliveries outlive an erased seeker's landings
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    sort TEXT NOT NULL,
    words TEXT NOT NULL,
    began_at TEXT NOT NULL,
    at TEXT NOT NULL,
    phase TEXT NOT NULL DEFAULT 'draft',
    turn INTEGER NOT NULL DEFAULT 0,
    week_id INTEGER NOT NULL REFERENCES weeks (id) ON DELETE CASCADE,
    idea_id INTEGER REFERENCES ideas (id) ON DELETE SET NULL,
    share_numbers INTEGER NOT NULL DEFAULT 0,
    share_mood INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX landings_of ON landings (person_id, at);
CREATE INDEX landings_from ON landings (idea_id);
CREATE INDEX landings_about ON landings (week_id);

CREATE TABLE thanks_lines (
    landing_id INTEGER NOT NULL REFERENCES landings (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    friend_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    unnamed INTEGER NOT NULL,
    standing TEXT NOT NULL,
    words TEXT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (landing_id, friend_id, unnamed)
) STRICT;
CREATE INDEX thanks_lines_of ON thanks_lines (person_id);
CREATE INDEX thanks_lines_to ON thanks_lines (friend_id);
