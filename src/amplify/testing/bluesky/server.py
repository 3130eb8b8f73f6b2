"""The endpoints: signing in, and reading and writing an account's own repository."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from aiohttp import web

from amplify.testing.bluesky.blobs import Blobs
from amplify.testing.bluesky.identifiers import cid_of, did_of, tid
from amplify.testing.bluesky.lexicon import POST, POSTGATE, REPOST, THREADGATE
from amplify.testing.bluesky.posting import Beside, wall_post, wall_repost
from amplify.testing.bluesky.profile import PROFILE, pinned_in, profile_json
from amplify.testing.bluesky.quota import BLOBS, LOGINS, WRITES, Quota
from amplify.testing.bluesky.repository import ANYTHING, Record, Repository
from amplify.testing.bluesky.sessions import Sessions
from amplify.testing.bluesky.view import MOST, post_views
from amplify.testing.bluesky.xrpc import asked, body_of, refuse
from amplify.testing.premises import Premises
from amplify.testing.resident import Resident
from amplify.testing.wall import Hung

_ON_A_PAGE = 50
_MOST_ON_A_PAGE = 100


class BlueskyLookAlike:
    def __init__(self, premises: Premises) -> None:
        self._on = premises
        self._residents = {did_of(r.name): r for r in premises.residents}
        self._kept = premises.memory.section("bluesky")
        self._sessions = Sessions(self._kept.setdefault("sessions", {}), premises.machine)
        self._quota = Quota(self._kept.setdefault("counts", {}), premises.machine)
        self._blobs = Blobs(premises, self._kept)
        self._records: dict[str, Any] = self._kept.setdefault("records", {})

    def routes(self) -> Iterable[web.RouteDef]:
        return (
            web.get("/xrpc/com.atproto.server.describeServer", self._describe_server),
            web.post("/xrpc/com.atproto.server.createSession", self._create_session),
            web.post("/xrpc/com.atproto.server.refreshSession", self._refresh_session),
            web.get("/xrpc/com.atproto.server.getSession", self._get_session),
            web.get("/xrpc/com.atproto.identity.resolveHandle", self._resolve_handle),
            web.get("/xrpc/app.bsky.actor.getProfile", self._get_profile),
            web.get("/xrpc/app.bsky.feed.getPosts", self._get_posts),
            web.get("/xrpc/com.atproto.repo.describeRepo", self._describe_repo),
            web.get("/xrpc/com.atproto.repo.getRecord", self._get_record),
            web.get("/xrpc/com.atproto.repo.listRecords", self._list_records),
            web.post("/xrpc/com.atproto.repo.createRecord", self._create_record),
            web.post("/xrpc/com.atproto.repo.putRecord", self._put_record),
            web.post("/xrpc/com.atproto.repo.deleteRecord", self._delete_record),
            web.post("/xrpc/com.atproto.repo.uploadBlob", self._upload_blob),
            web.route("*", "/xrpc/{method}", self._unknown),
        )

    def wall(self) -> Iterator[Hung]:
        for did in self._records:
            repository, resident = self._repository(did), self._residents.get(did)
            handle = self._kept.setdefault("handles", {}).get(did, did)
            author = resident or Resident(network="bluesky", channels=(), name=handle, secret="")
            pictures, pinned = self._blobs.pictures(did), pinned_in(repository)
            for record in repository.all(POST):
                uri = repository.uri(record)
                beside = Beside(
                    replies=repository.get(THREADGATE, record.rkey),
                    quotes=repository.get(POSTGATE, record.rkey),
                    pinned=uri == pinned,
                )
                yield record.number, wall_post(uri, record, beside, author, self._on.url, pictures)
            for record in repository.all(REPOST):
                yield record.number, wall_repost(repository.uri(record), record, author, self._on.url)

    def refusal(self, status: int) -> web.Response:
        headers = self._quota.exhausted() if status == 429 else None  # noqa: PLR2004 -- Too Many Requests
        return refuse(status, headers=headers).answer

    async def _describe_server(self, _: web.Request) -> web.Response:
        links = {name: f"{self._on.url}/{name}" for name in ("termsOfService", "privacyPolicy")}
        said = {"did": "did:web:look-alike.invalid", "availableUserDomains": [], "inviteCodeRequired": True}
        return self._answer(said | {"links": links})

    async def _create_session(self, request: web.Request) -> web.Response:
        said = await body_of(request, "identifier", "password")
        identifier = str(said["identifier"]).lower()
        if self._on.manners.limits_logins:
            self._quota.spend(f"login {identifier}", LOGINS)
        did = self._did(identifier)
        if did is None or self._residents[did].secret != said["password"]:
            raise refuse(401, "AuthenticationRequired", "Invalid identifier or password")
        tokens = self._sessions.open(did, "".join(self._residents[did].rights))
        self._on.memory.save()
        return self._answer(tokens | self._who(did))

    async def _refresh_session(self, request: web.Request) -> web.Response:
        did, tokens = self._sessions.refresh(request.headers.get("Authorization", ""))
        self._on.memory.save()
        return self._answer(tokens | self._who(did))

    async def _get_session(self, request: web.Request) -> web.Response:
        return self._answer(self._who(self._signed_in(request)))

    async def _resolve_handle(self, request: web.Request) -> web.Response:
        if (did := self._did(asked(request, "handle")["handle"])) is None:
            raise refuse(400, "InvalidRequest", "Unable to resolve handle")
        return self._answer({"did": did})

    async def _get_profile(self, request: web.Request) -> web.Response:
        self._signed_in(request)
        if (did := self._did(asked(request, "actor")["actor"])) is None:
            raise refuse(400, "InvalidRequest", "Profile not found")
        resident = self._residents[did]
        said = {"src": did, "uri": f"at://{did}/{PROFILE}/self", "val": "bot", "cts": _stamp(self._on.today())}
        labels = [said] if resident.automated else []
        posts = len(self._repository(did).all(POST))
        return self._answer(
            {
                "did": did,
                "handle": resident.name,
                "displayName": resident.shown_as,
                "labels": labels,
                "postsCount": posts,
            }
        )

    async def _get_posts(self, request: web.Request) -> web.Response:
        self._signed_in(request)
        wanted = request.query.getall("uris", [])
        if not 1 <= len(wanted) <= MOST:
            raise refuse(400, "InvalidRequest", f"Error: uris must have 1 to {MOST} elements")
        records = {did: self._repository(did).everything for did in self._residents}
        handles = {did: resident.name for did, resident in self._residents.items()}
        return self._answer({"posts": post_views(wanted, records, handles)})

    async def _describe_repo(self, request: web.Request) -> web.Response:
        did = self._repo(asked(request, "repo")["repo"])
        said = {"handle": self._residents[did].name, "did": did, "didDoc": self._document(did), "handleIsCorrect": True}
        return self._answer(said | {"collections": self._repository(did).collections})

    async def _get_record(self, request: web.Request) -> web.Response:
        said = asked(request, "repo", "collection", "rkey")
        did = self._repo(said["repo"])
        self._introduce(did)
        record = self._repository(did).get(said["collection"], said["rkey"])
        if record is None or said.get("cid", record.cid) != record.cid:
            uri = f"at://{did}/{said['collection']}/{said['rkey']}"
            raise refuse(400, "RecordNotFound", f"Could not locate record: {uri}")
        return self._answer(self._shown(did, record))

    async def _list_records(self, request: web.Request) -> web.Response:
        """The newest key first, unless `reverse` is asked for."""
        said = asked(request, "repo", "collection")
        did = self._repo(said["repo"])
        upwards = said.get("reverse") == "true"
        most = min(int(word) if (word := said.get("limit", "")).isdigit() else _ON_A_PAGE, _MOST_ON_A_PAGE)
        found = self._repository(did).all(said["collection"])
        if cursor := said.get("cursor"):
            found = [r for r in found if (r.rkey > cursor if upwards else r.rkey < cursor)]
        page = (found if upwards else found[::-1])[:most]
        more = {"cursor": page[-1].rkey} if len(found) > len(page) else {}
        return self._answer({"records": [self._shown(did, r) for r in page], **more})

    async def _upload_blob(self, request: web.Request) -> web.Response:
        did = self._signed_in(request)
        if self._on.manners.enforces_limits:
            self._quota.spend(f"blob {did}", BLOBS)
        return self._answer({"blob": self._blobs.take(did, await request.read(), request.content_type)})

    async def _create_record(self, request: web.Request) -> web.Response:
        said = await body_of(request, "repo", "collection", "record")
        did, repository = self._own(request, said)
        rkey = said.get("rkey") or self._next_key()
        record = self._record(said, str(rkey))
        self._blobs.check(did, record.value)
        self._quota.spend(f"write {did}", WRITES, 3)
        if repository.get(record.collection, record.rkey) is not None:
            raise refuse(500)
        return self._written(did, repository, record)

    async def _put_record(self, request: web.Request) -> web.Response:
        said = await body_of(request, "repo", "collection", "rkey", "record")
        did, repository = self._own(request, said)
        self._introduce(did)
        record = self._record(said, str(said["rkey"]))
        self._quota.spend(f"write {did}", WRITES, 2)
        self._blobs.check(did, record.value)
        if repository.is_there(record, said.get("swapRecord", ANYTHING)):
            return self._answer({"uri": repository.uri(record), "cid": record.cid, "validationStatus": "valid"})
        return self._written(did, repository, record)

    async def _delete_record(self, request: web.Request) -> web.Response:
        said = await body_of(request, "repo", "collection", "rkey")
        did, repository = self._own(request, said)
        self._quota.spend(f"write {did}", WRITES, 1)
        repository.check_swap(str(said["collection"]), str(said["rkey"]), said.get("swapRecord", ANYTHING))
        if not repository.delete(str(said["collection"]), str(said["rkey"])):
            return self._answer({})
        commit = self._commit(did)
        self._on.memory.save()
        return self._answer({"commit": commit})

    async def _unknown(self, _: web.Request) -> web.Response:
        raise refuse(501)

    def _record(self, said: dict[str, Any], rkey: str) -> Record:
        cid = Repository.judge(said["collection"], rkey, said["record"])
        return Record(
            collection=said["collection"],
            rkey=rkey,
            cid=cid,
            value=said["record"],
            number=self._on.memory.next_number(),
            at=_stamp(self._on.today()),
        )

    def _introduce(self, did: str) -> None:
        """An account has a profile from the beginning, and nobody else changes it but its owner."""
        repository = self._repository(did)
        stands = repository.get(PROFILE, "self")
        profile = profile_json(self._residents[did], stands.value if stands is not None else {})
        if stands is None or stands.value != profile:
            repository.write(self._record({"collection": PROFILE, "record": profile}, "self"))

    def _written(self, did: str, repository: Repository, record: Record) -> web.Response:
        repository.write(record)
        self._blobs.hold(did, record.value)
        self._kept.setdefault("handles", {})[did] = self._residents[did].name
        commit = self._commit(did)
        self._on.memory.save()
        said = {"uri": repository.uri(record), "cid": record.cid, "commit": commit, "validationStatus": "valid"}
        return self._answer(said)

    def _commit(self, did: str) -> dict[str, str]:
        rev = self._next_key()
        return {"cid": cid_of({"did": did, "rev": rev, "version": 3}), "rev": rev}

    def _next_key(self) -> str:
        self._kept["last_tid"] = key = tid(self._on.today(), self._kept.get("last_tid", ""))
        return key

    def _signed_in(self, request: web.Request) -> str:
        """The DID of an access token. Raises Refused."""
        did = self._sessions.account(request.headers.get("Authorization", ""))
        if did not in self._residents:
            raise refuse(401, "AccountNotFound", "Account not found")
        return did

    def _own(self, request: web.Request, said: dict[str, Any]) -> tuple[str, Repository]:
        """The repository to write to, which must be the signed-in account's. Raises Refused."""
        did = self._signed_in(request)
        if self._did(str(said["repo"])) != did:
            raise refuse(401)
        return did, self._repository(did)

    def _repo(self, named: str) -> str:
        """Raises Refused."""
        if (did := self._did(named)) is None:
            raise refuse(400, "InvalidRequest", f"Could not find repo: {named}")
        return did

    def _did(self, named: str) -> str | None:
        """Of a handle or a DID, if it lives here."""
        did = named if named.startswith("did:") else did_of(named)
        return did if did in self._residents else None

    def _repository(self, did: str) -> Repository:
        return Repository(did, self._records.setdefault(did, {}))

    def _shown(self, did: str, record: Record) -> dict[str, Any]:
        return {"uri": self._repository(did).uri(record), "cid": record.cid, "value": record.value}

    def _who(self, did: str) -> dict[str, Any]:
        return {"did": did, "handle": self._residents[did].name, "didDoc": self._document(did), "active": True}

    def _document(self, did: str) -> dict[str, Any]:
        service = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": self._on.url}
        return {"id": did, "alsoKnownAs": [f"at://{self._residents[did].name}"], "service": [service]}

    def _answer(self, said: object) -> web.Response:
        return web.json_response(said, headers=self._quota.headers())


def _stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"
