"""Does a request cost more when the tables are large? `python -m benchmarks.scale [--holds 10000000]`

A PostgreSQL of its own is filled with a year of sessions of as many people as that many holds need, and the same
deeds are measured before and after. Needs about 350 bytes of disk for each hold.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import pages
from benchmarks.cluster import HASTY, cluster
from benchmarks.server import Server

DAYS = 365
GROW = """
SET session_replication_role = replica;
CREATE TEMP TABLE model AS SELECT * FROM routines_session ORDER BY started_at LIMIT 1;
CREATE TEMP TABLE model_holds AS SELECT * FROM journal_hold WHERE session_id = (SELECT id FROM model);
CREATE TEMP TABLE grown AS
  SELECT gen_random_uuid() AS id, u.id AS user_id, now() - (day || ' days')::interval AS began
  FROM accounts_user u, generate_series(1, {days}) AS day WHERE u.id > (SELECT min(id) FROM accounts_user) + 15;
INSERT INTO routines_session (id, user_id, name, plan, total_seconds, time_zone, started_at, finished_at, is_whole)
  SELECT g.id, g.user_id, m.name, m.plan, m.total_seconds, m.time_zone, g.began, g.began + interval '15 minutes', true
  FROM grown g, model m;
INSERT INTO journal_painscore (user_id, session_id, moment, score, first_score, given_at, time_zone, sequence)
  SELECT g.user_id, g.id, w.moment, 4, 4, g.began, 'UTC', 0 FROM grown g, (VALUES ('before'), ('after')) AS w (moment);
INSERT INTO journal_hold (session_id, step, stretch_id, side, result, seconds, at, sequence)
  SELECT g.id, m.step, m.stretch_id, m.side, m.result, m.seconds, g.began, 0 FROM grown g, model_holds m;
ANALYZE;
"""
SIZES = """
SELECT c.relname, c.reltuples::bigint, pg_relation_size(c.oid), pg_indexes_size(c.oid), pg_total_relation_size(c.oid)
FROM pg_class c WHERE c.relname IN ('journal_hold', 'journal_painscore', 'routines_session') ORDER BY 1
"""


def main() -> None:
    import psycopg

    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("--holds", type=int, default=10_000_000)
    wanted = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="limber-scale-") as folder,
        cluster(*HASTY, "shared_buffers=512MB", "max_wal_size=8GB") as here,
    ):
        server = Server(Path(folder) / "data", here.url, LIMBER_BENCH="1")
        server.start()
        signed_in = server.people(16, 30, 16)
        show("With 16 people and 30 days", pages.table(server, signed_in))
        each = DAYS * len(signed_in[0]["holds"])
        server.people(wanted.holds // each + 1, 0, 0)
        start = time.monotonic()
        with psycopg.connect(here.url, autocommit=True) as connection:
            connection.execute(GROW.format(days=DAYS))
            sys.stdout.write(f"\nfilled in {time.monotonic() - start:.0f} s\n")
            for name, rows, table, indexes, total in connection.execute(SIZES).fetchall():
                sys.stdout.write(
                    f"  {name:20}{rows:12,} rows  {total / 1e6:8.0f} MB  {total / max(rows, 1):6.0f} bytes a row "
                    f"({table / 1e6:.0f} MB and {indexes / 1e6:.0f} MB of indexes)\n"
                )
        show("With all of these", pages.table(server, signed_in))
        server.kill()


def show(title: str, lines: Iterator[str]) -> None:
    sys.stdout.write(f"\n{title}\n")
    for line in lines:
        sys.stdout.write(f"  {line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
