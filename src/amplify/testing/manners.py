"""How servers that speak a network's protocol differ from its reference server: measured on real ones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """The defaults are those of Mastodon and of Bluesky's own servers.

    `replay_answers_500` is the fault of Mastodon 4.6: the second request with one key makes no post, and
    answers 500 instead of the first. `limits_logins` off is a PDS as it comes out of the box. `looks_at_pictures`
    is how often a Mastodon must be asked before it has finished with a picture; one that does not `misses_pictures`
    is older than 4.3 and publishes a post without those that it does not have. `boosts_twice`: what is boosted again is
    on the wall again. `silences`: what is meant for everybody is shown to those who look for it. `deletes_answer_404`:
    what should be deleted stays, and is said not to be there. `tells_rights`: a token is told what it may do. `rules` are
    what the server asks of everybody. `enforces_limits`: what look-alikes else only tell, or pass over, is refused too.

    The others are those of servers that speak Mastodon's API and are not Mastodon. `longest` is how long a text may be.
    `usual_visibility` is for posts that tell none. `languages` are the only ones that it takes; `drops_languages`: it
    forgets them all. `gone_pictures_answer` is told of a picture that is in another post. `polls_want_booleans`: where a
    yes or no comes as a text, a poll is refused. `bad_token_answers_400` in plain text. `takes_png` off: another picture
    is answered with 500 and a page. `edits_answer_404`. `lacks_v2`: only the older address tells what it is.
    `keeps_refusals`: what was refused under a key stays refused, whoever asks. `hides_posts`: it says yes, and keeps nothing.
    `claims` is the version that it tells, in place of ours, and `made_by` where its makers are. `nodeinfo` is where it says
    that its nodeinfo document lies, which tells of a Friendica; it has none otherwise.
    """

    honours_idempotency: bool = True
    counts_urls_in_full: bool = False
    over_limit_status: int = 422
    ulid_ids: bool = False
    replay_answers_500: bool = False
    limits_logins: bool = True
    looks_at_pictures: int = 0
    misses_pictures: bool = True
    boosts_twice: bool = False
    silences: bool = False
    deletes_answer_404: bool = False
    tells_rights: bool = True
    rules: tuple[str, ...] = ()
    enforces_limits: bool = False
    longest: int = 500
    usual_visibility: str = "public"
    languages: tuple[str, ...] = ()
    drops_languages: bool = False
    gone_pictures_answer: int = 422
    polls_want_booleans: bool = False
    bad_token_answers_400: bool = False
    takes_png: bool = True
    edits_answer_404: bool = False
    lacks_v2: bool = False
    keeps_refusals: bool = False
    hides_posts: bool = False
    claims: str = ""
    nodeinfo: str = ""
    made_by: str = "https://github.com/mastodon/mastodon"
