-- Who can be written to, which messages were taken, what the host was told, and who runs on this database.

DROP INDEX deliveries_about; -- the table's unique key begins with the same columns
DROP INDEX deliveries_at;

CREATE TABLE conversations (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    channel TEXT NOT NULL DEFAULT '',
    seen TEXT NOT NULL DEFAULT '',
    since TEXT NOT NULL DEFAULT '',
    closed_at TEXT,
    closed_why TEXT NOT NULL DEFAULT '',
    told_at TEXT
) STRICT;
CREATE INDEX conversations_in ON conversations (channel);

INSERT INTO conversations (person_id, channel, since)
SELECT person_id, max(post_channel), coalesce(max(settled_at), '') FROM deliveries
WHERE to_kind = 'person' AND post_channel IS NOT NULL AND person_id IS NOT NULL GROUP BY person_id;

CREATE TABLE taken (
    channel TEXT NOT NULL,
    message TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    said_at TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    edited_at TEXT NOT NULL DEFAULT '',
    refused TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (channel, message)
) STRICT;
CREATE INDEX taken_of ON taken (person_id);
CREATE INDEX taken_since ON taken (taken_at);

INSERT INTO taken (channel, message, person_id, said_at, taken_at)
SELECT channel, message, person_id, said_at, said_at FROM entry_parts;
INSERT OR IGNORE INTO taken (channel, message, person_id, said_at, taken_at)
SELECT substr(ref, 1, instr(ref, '/') - 1), substr(ref, instr(ref, '/') + 1), person_id, held_at, held_at
FROM held WHERE purpose IN ('stray', 'refused');

CREATE INDEX weeks_standing ON weeks (posted_at) WHERE phase = 'posted';
ALTER TABLE entry_parts ADD COLUMN gone_at TEXT;
ALTER TABLE entry_parts ADD COLUMN asked_at TEXT;
ALTER TABLE held ADD COLUMN asked_at TEXT;
UPDATE held SET asked_at = held_at;
ALTER TABLE seekers ADD COLUMN tell_circle INTEGER NOT NULL DEFAULT 0;
ALTER TABLE circles ADD COLUMN lost_at TEXT;
ALTER TABLE circles ADD COLUMN lost_why TEXT NOT NULL DEFAULT '';

CREATE TABLE alerts (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    about TEXT NOT NULL,
    person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
    detail TEXT NOT NULL DEFAULT '',
    raised_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX alerts_open ON alerts (topic, about) WHERE ended_at IS NULL;
CREATE INDEX alerts_of ON alerts (person_id);
CREATE INDEX alerts_ended ON alerts (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE lease (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    machine TEXT NOT NULL,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    since TEXT NOT NULL,
    beats INTEGER NOT NULL
) STRICT;

ALTER TABLE deliveries ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN stuck_at TEXT;
CREATE INDEX deliveries_stuck ON deliveries (to_id) WHERE stuck_at IS NOT NULL;

CREATE INDEX conversations_closed ON conversations (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX circles_lost ON circles (lost_at) WHERE lost_at IS NOT NULL;
CREATE INDEX deliveries_unsure ON deliveries (try_at) WHERE state = 'unknown';
CREATE INDEX deliveries_ended ON deliveries (settled_at, state) WHERE settled_at IS NOT NULL;

CREATE INDEX occurrences_due ON occurrences (due_at);
CREATE INDEX deliveries_at ON deliveries (post_channel, post_id) WHERE post_id IS NOT NULL;
