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
    hushed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX applications_of ON applications (person_id, stage, active_on);
CREATE INDEX applications_from ON applications (idea_id);
CREATE INDEX applications_tried ON applications (experiment_id);
CREATE INDEX applications_next ON applications (person_id, next_on) WHERE next_on IS NOT NULL;

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

-- Files sent to be imported, until their person decides.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- messages outlive it
    person_id INTEGER NOT NULL UNIQUE REFERENCES people (id) ON DELETE CASCADE,
    content TEXT NOT NULL,
    choices TEXT NOT NULL,
    sent_at TEXT NOT NULL
) STRICT;
CREATE INDEX imports_sent ON imports (sent_at);
