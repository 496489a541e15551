"""Looks into a database file beside the service, without ever touching the original."""

import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path


@contextlib.contextmanager
def copied(data):
    """A connection to a copy of the database with its WAL: what a start would find."""
    with tempfile.TemporaryDirectory(prefix="linchpin-copy-") as folder:
        for name in ("linchpin.sqlite", "linchpin.sqlite-wal"):
            if (Path(data) / name).exists():
                shutil.copy(Path(data) / name, folder)
        with contextlib.closing(sqlite3.connect(Path(folder) / "linchpin.sqlite")) as connection:
            yield connection


def is_sound(data):
    with copied(data) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def fields(data, assessment=None):
    """Stored values by (assessment, field), or by field."""
    with copied(data) as connection:
        rows = connection.execute("SELECT assessment, name, value FROM field").fetchall()
    if assessment:
        return {name: value for holder, name, value in rows if holder == assessment}
    return {(holder, name): value for holder, name, value in rows}


def count(data, table):
    with copied(data) as connection:
        return connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def contents(folder):
    """Every file of a folder with its bytes, to see that nothing was touched."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(Path(folder).rglob("*")) if file.is_file()}
