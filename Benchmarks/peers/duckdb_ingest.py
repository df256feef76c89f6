#!/usr/bin/env python3
"""Reads a log into a DuckDB table in memory: `duckdb_ingest.py FILE THREADS [sampled]`.

With the columns given, DuckDB need not look at the file twice to find out their types, and reads of each object only
what is asked for; that is its fastest way to these columns. With `sampled` it finds them out itself, as `read_json(FILE)` does.
"""

import json
import sys
import time

began = time.perf_counter()
import duckdb  # noqa: E402, I001  The import is timed.

from fields import FIELDS  # noqa: E402

imported = time.perf_counter()
file, threads = sys.argv[1], int(sys.argv[2])
COLUMNS = {
    "uuid": "VARCHAR",
    "published": "TIMESTAMP",
    "eventType": "VARCHAR",
    "displayMessage": "VARCHAR",
    "severity": "VARCHAR",
    "actor": "STRUCT(id VARCHAR, alternateId VARCHAR)",
    "client": "STRUCT(ipAddress VARCHAR, userAgent STRUCT(rawUserAgent VARCHAR), "
    "geographicalContext STRUCT(country VARCHAR, city VARCHAR))",
    "outcome": "STRUCT(result VARCHAR)",
    "authenticationContext": "STRUCT(externalSessionId VARCHAR)",
    "transaction": "STRUCT(id VARCHAR)",
}
types = ", ".join(f"{name}: '{type}'" for name, type in COLUMNS.items())
selected = ", ".join(f'{path} AS "{path}"' for path in FIELDS)
quoted = file.replace("'", "''")

connection = duckdb.connect()
connection.execute(f"SET threads = {threads}")
started = time.perf_counter()
options = "" if "sampled" in sys.argv[3:] else f", format = 'newline_delimited', columns = {{{types}}}"
connection.execute(f"CREATE TABLE t AS SELECT {selected} FROM read_json('{quoted}'{options})")
seconds = time.perf_counter() - started
(rows,) = connection.execute("SELECT count(*) FROM t").fetchone()
print(json.dumps({"rows": rows, "seconds": seconds, "import": imported - began}))
