"""Fault scripts: each runs real processes of the bot against the stand-in of Discord, breaks something and counts.

    python -m tests.faults.kill --runs 20              # one script, twenty runs of each of its faults
    python -m tests.faults.kill --runs 1 --seed 77     # a run again as it was (the seed is printed)
    python -m tests.faults --runs 1000 > table.md      # every script, the whole table of docs/reliability.md

A script prints a Markdown row for each fault (fault, how it is made, runs, lost, twice) and ends with status 1 where
anything was lost or came twice; then the folder of that run is kept and named. test_*.py are the short forms.

What a script is made of:

- `_clock.Clock`: the time of everybody in a run. While the bot waits (retries, time-outs, leases) it goes faster than
  the world, for the stand-in's windows too; while it works, time does not hurry it. And its wall clock may jump.
- `_bot.Bot`: the process. `_launch` is what runs in it: the real `cairn run`, and before it what a script arranged.
- `_bench.Bench`: one run's folder, clock, stand-in, bot and chance; `Bench.owe` seeds people who are due.
- `_tally.tally`: what became of everything owed, from the stand-in's messages and the database.
- `_table`: the command line and the rows.

The scripts know the bot from outside: its process, its requests, its database's tables.
"""
