-- Instants are UTC in ISO 8601 (`_at`), local dates ISO (`_on`). `person_id` names whose data a row is.

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    workspace TEXT NOT NULL,
    external_id TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (platform, workspace, external_id)
) STRICT;

CREATE TABLE circles (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    workspace TEXT NOT NULL,
    external_id TEXT NOT NULL,
    name TEXT NOT NULL,
    made_at TEXT NOT NULL,
    removed_at TEXT
) STRICT;
CREATE UNIQUE INDEX circles_one_each ON circles (platform, workspace, external_id) WHERE removed_at IS NULL;

CREATE TABLE seekers (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    zone TEXT NOT NULL,
    quiet_from TEXT NOT NULL,
    quiet_to TEXT NOT NULL,
    autopost INTEGER NOT NULL DEFAULT 0,
    started_at TEXT NOT NULL,
    left_at TEXT
) STRICT;

CREATE TABLE memberships (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    circle_id INTEGER NOT NULL REFERENCES circles (id),
    PRIMARY KEY (person_id, circle_id)
) STRICT;
CREATE INDEX memberships_in ON memberships (circle_id);

CREATE TABLE schedules (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    ask TEXT NOT NULL,
    days TEXT NOT NULL,
    at TEXT NOT NULL,
    exercise TEXT,
    last_on TEXT,
    next_on TEXT,
    next_at TEXT,
    UNIQUE (person_id, ask)
) STRICT;
CREATE INDEX schedules_due ON schedules (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE pauses (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    from_on TEXT NOT NULL,
    until_on TEXT
) STRICT;
CREATE INDEX pauses_of ON pauses (person_id);

CREATE TABLE rests (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    rest_on TEXT NOT NULL,
    PRIMARY KEY (person_id, rest_on)
) STRICT;

CREATE TABLE occurrences (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    schedule_id INTEGER REFERENCES schedules (id) ON DELETE CASCADE,
    ask TEXT NOT NULL,
    exercise TEXT NOT NULL,
    local_on TEXT NOT NULL,
    due_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    UNIQUE (schedule_id, local_on)
) STRICT;
CREATE INDEX occurrences_of ON occurrences (person_id, local_on);

CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    subject INTEGER NOT NULL,
    part INTEGER NOT NULL DEFAULT 0,
    turn INTEGER NOT NULL DEFAULT 0,
    to_kind TEXT NOT NULL,
    to_platform TEXT NOT NULL,
    to_workspace TEXT NOT NULL,
    to_id TEXT NOT NULL,
    due_at TEXT NOT NULL,
    expires_at TEXT,
    try_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'owed',
    attempts INTEGER NOT NULL DEFAULT 0,
    claimed_at TEXT,
    settled_at TEXT,
    why TEXT NOT NULL DEFAULT '',
    stale INTEGER NOT NULL DEFAULT 0,
    post_workspace TEXT,
    post_channel TEXT,
    post_id TEXT,
    UNIQUE (kind, subject, part, turn, to_platform, to_workspace, to_id)
) STRICT;
CREATE INDEX deliveries_waiting ON deliveries (try_at) WHERE state IN ('owed', 'sending', 'unknown');
CREATE INDEX deliveries_stale ON deliveries (try_at) WHERE stale > 0;
CREATE INDEX deliveries_about ON deliveries (kind, subject);
CREATE INDEX deliveries_of ON deliveries (person_id, kind);
CREATE INDEX deliveries_at ON deliveries (post_channel, post_id);

CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    exercise TEXT NOT NULL,
    entry_on TEXT NOT NULL,
    week_on TEXT NOT NULL,
    occurrence_id INTEGER REFERENCES occurrences (id) ON DELETE SET NULL,
    answers TEXT NOT NULL,
    numbers TEXT NOT NULL,
    visibility TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX entries_of ON entries (person_id, week_on);
CREATE UNIQUE INDEX entries_for ON entries (occurrence_id) WHERE occurrence_id IS NOT NULL;

CREATE TABLE entry_parts (
    channel TEXT NOT NULL,
    message TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    said_at TEXT NOT NULL,
    replaced INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (channel, message)
) STRICT;
CREATE INDEX entry_parts_of ON entry_parts (entry_id);
CREATE INDEX entry_parts_said ON entry_parts (person_id, said_at);

CREATE TABLE held (
    id TEXT PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    ref TEXT NOT NULL,
    words TEXT NOT NULL,
    held_at TEXT NOT NULL
) STRICT;
CREATE INDEX held_since ON held (held_at);
CREATE INDEX held_of ON held (person_id, ref);
CREATE INDEX held_about ON held (ref);

CREATE TABLE weeks (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    monday_on TEXT NOT NULL,
    phase TEXT NOT NULL DEFAULT 'open',
    words TEXT NOT NULL,
    share_numbers INTEGER NOT NULL DEFAULT 0,
    share_mood INTEGER NOT NULL DEFAULT 0,
    posts_at TEXT,
    closes_at TEXT,
    posted_at TEXT,
    turn INTEGER NOT NULL DEFAULT 0,
    UNIQUE (person_id, monday_on)
) STRICT;
CREATE INDEX weeks_posting ON weeks (posts_at) WHERE posts_at IS NOT NULL;
CREATE INDEX weeks_closing ON weeks (closes_at) WHERE phase = 'drafted';

CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    week_id INTEGER NOT NULL REFERENCES weeks (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX notes_of ON notes (person_id);
CREATE INDEX notes_about ON notes (week_id);

CREATE TABLE reactions (
    week_id INTEGER NOT NULL REFERENCES weeks (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    message TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    emoji TEXT NOT NULL,
    added_at TEXT NOT NULL,
    note_id INTEGER REFERENCES notes (id) ON DELETE SET NULL,
    PRIMARY KEY (channel, message, person_id, emoji)
) STRICT;
CREATE INDEX reactions_carried ON reactions (note_id);
CREATE INDEX reactions_of ON reactions (person_id);
CREATE INDEX reactions_under ON reactions (week_id, note_id);

CREATE TABLE words (
    id INTEGER PRIMARY KEY,
    week_id INTEGER NOT NULL REFERENCES weeks (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    link TEXT NOT NULL,
    channel TEXT,
    message TEXT,
    said_at TEXT NOT NULL,
    note_id INTEGER REFERENCES notes (id) ON DELETE SET NULL,
    UNIQUE (channel, message)
) STRICT;
CREATE INDEX words_carried ON words (note_id);
CREATE INDEX words_of ON words (person_id);
CREATE INDEX words_under ON words (week_id, note_id);

CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
