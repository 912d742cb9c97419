-- The day on which a goal was set, so that a first one can be set again on it; and no column that nobody reads.
CREATE TABLE goals_set (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    activity TEXT NOT NULL,
    from_on TEXT NOT NULL,
    per_week INTEGER NOT NULL,
    set_on TEXT NOT NULL,
    PRIMARY KEY (person_id, activity, from_on)
) STRICT;
INSERT INTO goals_set SELECT person_id, activity, from_on, per_week, from_on FROM goals;
DROP TABLE goals;
ALTER TABLE goals_set RENAME TO goals;
ALTER TABLE applications DROP COLUMN nudged;
ALTER TABLE mornings DROP COLUMN made_at;
