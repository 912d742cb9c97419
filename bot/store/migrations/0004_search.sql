-- The job-search log: applications, what happened with each, follow-ups, interviews, goals.

CREATE TABLE applications (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- deliveries outlive an erased one
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    company TEXT NOT NULL,
    role TEXT NOT NULL,
    link TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    reach TEXT NOT NULL DEFAULT '',
    idea_id INTEGER REFERENCES ideas (id) ON DELETE SET NULL,
    experiment_id INTEGER REFERENCES experiments (id) ON DELETE SET NULL,
    made_at TEXT NOT NULL,
    -- folded from its events whenever one is added
    stage TEXT NOT NULL,
    round INTEGER NOT NULL DEFAULT 0,
    loss TEXT,
    furthest TEXT NOT NULL,
    stage_on TEXT NOT NULL,
    active_on TEXT NOT NULL,
    applied_on TEXT,
    answered_on TEXT,
    -- its next step: set by rule or by hand
    next_on TEXT,
    next_sort TEXT NOT NULL DEFAULT '',
    next_words TEXT NOT NULL DEFAULT '',
    nudged INTEGER NOT NULL DEFAULT 0, -- how often in a row
    hushed INTEGER NOT NULL DEFAULT 0,
    remind_at TEXT, -- the morning whose message names it next
    history_to INTEGER -- the last event of the file that brought it in, long quiet: the rules wait for a later one
) STRICT;
CREATE INDEX applications_of ON applications (person_id, stage, active_on);
CREATE INDEX applications_from ON applications (idea_id);
CREATE INDEX applications_tried ON applications (experiment_id);
CREATE INDEX applications_next ON applications (person_id, next_on) WHERE next_on IS NOT NULL;
CREATE INDEX applications_remind ON applications (remind_at) WHERE remind_at IS NOT NULL;

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- append-only
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    application_id INTEGER REFERENCES applications (id) ON DELETE CASCADE,
    act TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    stage TEXT,
    round INTEGER NOT NULL DEFAULT 0,
    loss TEXT,
    starts_at TEXT,
    whom TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    energy INTEGER,
    about INTEGER REFERENCES events (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX events_of ON events (person_id, happened_on);
CREATE INDEX events_with ON events (application_id);
CREATE INDEX events_about ON events (about) WHERE about IS NOT NULL;
CREATE INDEX events_planned ON events (person_id, starts_at) WHERE starts_at IS NOT NULL;

-- Follow-ups: the messages of mornings, and what each reminds of.
CREATE TABLE mornings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- deliveries outlive an erased one
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    local_on TEXT NOT NULL,
    made_at TEXT NOT NULL,
    UNIQUE (person_id, local_on)
) STRICT;
CREATE TABLE reminders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    morning_id INTEGER NOT NULL REFERENCES mornings (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    application_id INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    sort TEXT NOT NULL,
    due_on TEXT NOT NULL,
    words TEXT NOT NULL,
    at TEXT NOT NULL,
    reply TEXT NOT NULL DEFAULT 'open',
    until_on TEXT, -- to which day it was put off
    again INTEGER NOT NULL DEFAULT 0, -- it was put off before
    UNIQUE (morning_id, application_id)
) STRICT;
CREATE INDEX reminders_of ON reminders (application_id);
CREATE INDEX reminders_by ON reminders (person_id);

-- Interviews with a time, derived from their events: what reminds of each, and what asks how it was.
CREATE TABLE interviews (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- deliveries outlive a cancelled one
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    application_id INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    event_id INTEGER NOT NULL UNIQUE REFERENCES events (id) ON DELETE CASCADE,
    starts_at TEXT NOT NULL,
    moved INTEGER NOT NULL DEFAULT 0,
    next_at TEXT
) STRICT;
CREATE INDEX interviews_of ON interviews (application_id);
CREATE INDEX interviews_by ON interviews (person_id);
CREATE INDEX interviews_due ON interviews (next_at) WHERE next_at IS NOT NULL;

-- Files sent to be imported, until their person decides.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- messages outlive it
    person_id INTEGER NOT NULL UNIQUE REFERENCES people (id) ON DELETE CASCADE,
    content TEXT NOT NULL,
    choices TEXT NOT NULL,
    sent_at TEXT NOT NULL
) STRICT;
CREATE INDEX imports_sent ON imports (sent_at);

-- Goals: how much of an activity somebody aims for in each week from a Monday on; 0 ends it.
CREATE TABLE goals (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    activity TEXT NOT NULL,
    from_on TEXT NOT NULL,
    per_week INTEGER NOT NULL,
    PRIMARY KEY (person_id, activity, from_on)
) STRICT;
ALTER TABLE weeks ADD COLUMN share_goals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE weeks ADD COLUMN share_rejections INTEGER NOT NULL DEFAULT 0;

-- Names that stand in the log, and that others may read all the same.
CREATE TABLE allowed_names (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    name TEXT NOT NULL
) STRICT;
CREATE INDEX allowed_names_of ON allowed_names (person_id);
