"""The client book: one page of text for each client, kept for whoever wrote it and shown to nobody else.

A SQLite file in the user's data folder; `ADVISOR_DATABASE` names another database, such as PostgreSQL, by its address. Does not know
what stands on a page.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import platformdirs
from sqlalchemy import Column, DateTime, Engine, Integer, MetaData, Row, String, Table, Text, create_engine, delete, event, insert, make_url, select, update

PATIENCE = 10  # seconds that a writer waits for another one
MOST_TRIES = 50  # to change a page that others change at the same time

_pages = Table(
    "pages",
    MetaData(),
    Column("id", String(32), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("written", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What is kept about one client, and when it was written last."""

    id: str
    text: str
    written: datetime


class Book:
    """All pages, each under the secret key of its owner, of which only a digest is kept."""

    def __init__(self, address: str | None = None) -> None:
        self._engine = _opened(address or os.environ.get("ADVISOR_DATABASE") or _in_data_folder())
        _pages.metadata.create_all(self._engine)

    def pages(self, owner: str) -> list[Page]:
        """The pages of one owner, the latest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(_pages).where(_pages.c.owner == _digest(owner)).order_by(_pages.c.written.desc(), _pages.c.id))
            return [_page(row) for row in rows]

    def page(self, owner: str, name: str) -> Page | None:
        """One page, or nothing if this owner has none of this name."""
        with self._engine.connect() as connection:
            row = connection.execute(select(_pages).where(*_is(owner, name))).first()
        return _page(row) if row else None

    def begin(self, owner: str, text: str) -> Page:
        """A new page."""
        page = Page(uuid.uuid4().hex, text, datetime.now(UTC))
        with self._engine.begin() as connection:
            connection.execute(insert(_pages).values(id=page.id, owner=_digest(owner), text=text, revision=1, written=page.written))
        return page

    def change(self, owner: str, name: str, change: Callable[[str], str]) -> Page | None:
        """The page after a change, which is made on what stands there now, whoever wrote it; nothing if the page is gone."""
        for _ in range(MOST_TRIES):
            with self._engine.begin() as connection:
                row = connection.execute(select(_pages).where(*_is(owner, name))).first()
                if row is None:
                    return None
                page = Page(name, change(row.text), datetime.now(UTC))
                new = {"text": page.text, "revision": row.revision + 1, "written": page.written}
                if connection.execute(update(_pages).where(*_is(owner, name), _pages.c.revision == row.revision).values(**new)).rowcount:
                    return page
        raise TimeoutError(name)

    def tear_out(self, owner: str, name: str) -> None:
        """One page less."""
        with self._engine.begin() as connection:
            connection.execute(delete(_pages).where(*_is(owner, name)))

    def forget(self, owner: str) -> None:
        """No page of this owner is left."""
        with self._engine.begin() as connection:
            connection.execute(delete(_pages).where(_pages.c.owner == _digest(owner)))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def _digest(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()


def _is(owner: str, name: str) -> tuple[Any, Any]:
    return _pages.c.owner == _digest(owner), _pages.c.id == name


def _page(row: Row[Any]) -> Page:
    written = row.written if row.written.tzinfo else row.written.replace(tzinfo=UTC)  # SQLite forgets the zone
    return Page(row.id, row.text, written)


def _in_data_folder() -> str:
    folder = Path(platformdirs.user_data_dir("advisor"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return f"sqlite:///{(folder / 'book.sqlite').as_posix()}"


def _opened(address: str) -> Engine:
    if make_url(address).get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    engine = create_engine(address, connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "connect")
    def _careful(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")  # readers and a writer at once
        cursor.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten
        cursor.close()

    return engine
