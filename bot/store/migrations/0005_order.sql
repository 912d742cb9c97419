-- Schedules lie by their time of day: those that fall due together lie together, and planning writes few pages.
CREATE TABLE schedules_by_time (
    id INTEGER NOT NULL UNIQUE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    ask TEXT NOT NULL,
    days TEXT NOT NULL,
    at TEXT NOT NULL,
    exercise TEXT,
    last_on TEXT,
    next_on TEXT,
    next_at TEXT,
    UNIQUE (person_id, ask),
    PRIMARY KEY (at, id)
) STRICT, WITHOUT ROWID;
INSERT INTO schedules_by_time SELECT id, person_id, ask, days, at, exercise, last_on, next_on, next_at FROM schedules;
DROP TABLE schedules;
ALTER TABLE schedules_by_time RENAME TO schedules;
CREATE INDEX schedules_due ON schedules (next_at, id) WHERE next_at IS NOT NULL;
