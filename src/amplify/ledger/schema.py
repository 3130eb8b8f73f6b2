"""The tables as SQLAlchemy sees them. What makes them is `migrations/*.sql`; a test keeps the two equal."""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


def _perhaps(*names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names]


def _number(*names: str) -> list[Column[int]]:
    return [Column(name, Integer, nullable=False) for name in names]


campaign = Table(
    "campaign",
    metadata,
    Column("one", Integer, primary_key=True),
    *_text("name"),
    *_number("epoch", "last_seq"),
    *_text("last_hash"),
)
revision = Table(
    "revision",
    metadata,
    Column("id", Integer, primary_key=True),
    *_text("at", "who"),
    Column("files", LargeBinary, nullable=False),
)
delivery = Table(
    "delivery",
    metadata,
    Column("key", Text, primary_key=True),
    *_text("channel", "state"),
    *_number("version"),
    *_text("nonce", "made_at"),
    *_number("renewals"),
    *_text("slot", "due", "file"),
    *_number("position"),
    *_text("digest", "text", "account"),
    *_number("attempts"),
    *_text("reason", "worker"),
    *_perhaps("lease_until", "not_before", "begun_at", "lost_at", "envelope", "receipt", "published_at", "staged"),
)
history = Table(
    "history",
    metadata,
    Column("seq", Integer, primary_key=True),
    *_text("key", "event", "before", "after", "at"),
    *_perhaps("content", "salt"),
    *_text("digest", "previous", "hash"),
)
approval = Table(
    "approval",
    metadata,
    Column("id", Integer, primary_key=True),
    *_text("key", "digest", "who", "at", "via"),
    *_perhaps("revoked_at"),
    *_text("note", "text"),
    *_perhaps("due"),
)
stop = Table(
    "stop",
    metadata,
    Column("id", Integer, primary_key=True),
    *_text("reason", "who", "at", "channel", "except_posts"),
    *_perhaps("lifted_at"),
)
resume_vote = Table(
    "resume_vote",
    metadata,
    Column("stop", Integer, primary_key=True),
    Column("who", Text, primary_key=True),
    *_text("at"),
)
proposal = Table(
    "proposal",
    metadata,
    Column("id", Integer, primary_key=True),
    *_text("figure", "state", "who", "at", "said"),
    *_perhaps("settled_by", "settled_at", "settled_reason"),
)
measurement = Table(
    "measurement",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Text, primary_key=True),
    *_text("counts"),
)
spending = Table(
    "spending",
    metadata,
    Column("id", Integer, primary_key=True),
    *_text("account", "use"),
    *_number("number"),
    *_text("at"),
)
word = Table(
    "word",
    metadata,
    Column("account", Text, primary_key=True),
    Column("budget", Text, primary_key=True),
    Column("most", Integer),
    *_perhaps("until"),
)
away = Table("away", metadata, Column("channel", Text, primary_key=True), *_text("since", "why"))
account = Table(
    "account",
    metadata,
    Column("channel", Text, primary_key=True),
    *_text("id", "name", "url", "halted"),
    *_perhaps("throttled_until", "limits", "traits"),
)
