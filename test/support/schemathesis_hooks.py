"""Bodies that a schema cannot describe: lists as files. Schemathesis loads this by SCHEMATHESIS_HOOKS."""

import schemathesis
from hypothesis import strategies as st

STATUSES = ["completed", "watching", "on_hold", "dropped", "plan_to_watch", ""]
entries = st.lists(
    st.tuples(st.integers(1, 60_000), st.integers(1, 10), st.sampled_from(STATUSES)), max_size=30
)


def csv(rows):
    lines = [f"{anime},{rating},{status}" for anime, rating, status in rows]
    return "\n".join(["anime_id,rating,status", *lines]).encode()


def xml(rows):
    anime = [
        f"<anime><series_animedb_id>{one}</series_animedb_id><my_score>{rating}</my_score></anime>"
        for one, rating, _ in rows
    ]
    return f"<myanimelist>{''.join(anime)}</myanimelist>".encode()


schemathesis.openapi.media_type("text/csv", entries.map(csv))
schemathesis.openapi.media_type("application/xml", entries.map(xml), aliases=["text/xml"])
# The address that takes any list: each kind of file in turn.
schemathesis.openapi.media_type(
    "application/octet-stream", entries.flatmap(lambda rows: st.sampled_from([csv(rows), xml(rows)]))
)
