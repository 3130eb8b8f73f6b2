"""What moves: whether a server takes it as it is, whether it can be made anew for it, or what to do instead.

Making a film anew takes about as long as it has pixels, and that is done beside everything else on a small machine.
"""

from dataclasses import dataclass

from amplify.domain.picture import FilmLimits

#: Pixels of all frames, read and written: about half a minute on a small machine.
_MOST_WORK = 1_800_000_000
#: What is made anew has no more pixels than 1280 by 720.
ANEW = 921_600
#: Bits a second. With less, nothing can be made out; the sound takes its own.
FEWEST_BITS, SOUND_BITS = 200_000, 128_000
#: Of the bytes that a server takes, for what a film has besides pictures and sound.
_REST = 0.92
_EXPORT = "export it as MP4 (H.264), 720p or smaller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What a file tells of itself; `frames` are counted. `as_is`: it is made of what every server and app can show."""

    bytes: int
    pixels: int
    frames: int
    seconds: float
    as_is: bool

    @property
    def rate(self) -> float:
        return self.frames / self.seconds if self.seconds else 0.0

    def goes_as_it_is(self, limits: FilmLimits) -> bool:
        """Whether it need not be made anew."""
        return self.as_is and not self._too_much(limits)

    def refusal(self, limits: FilmLimits) -> tuple[str, str]:
        """Why it cannot be shown within these limits, and what to do; nothing where it can."""
        if limits.seconds is not None and self.seconds > limits.seconds + 1:
            return f"lasts {_span(self.seconds)}, and {_span(limits.seconds)} is the most", "cut it"
        if self.goes_as_it_is(limits):
            return "", ""
        cause = self._too_much(limits) or "is not made as the networks take it (H.264 in MP4)"
        if self.frames * (self.pixels + min(self.pixels, ANEW)) > _MOST_WORK:
            return f"{cause}, and is too long and large to be made anew here", _EXPORT
        if self.bits(limits) < FEWEST_BITS:
            return f"{cause}, and with so little room for {_span(self.seconds)} nothing could be made out", "cut it"
        return "", ""

    def bits(self, limits: FilmLimits) -> int:
        """How many bits a second the pictures may have."""
        return int(limits.bytes * 8 * _REST / max(self.seconds, 1)) - SOUND_BITS

    def _too_much(self, limits: FilmLimits) -> str:
        if self.bytes > limits.bytes:
            return f"is {_size(self.bytes)} large, and {_size(limits.bytes)} is the most"
        if limits.pixels is not None and self.pixels > limits.pixels:
            return f"has {self.pixels:,} pixels, and {limits.pixels:,} are the most"
        if limits.rate is not None and self.rate > limits.rate + 1:
            return f"has {self.rate:.0f} pictures a second, and {limits.rate} are the most"
        return ""


def _size(number: int) -> str:
    return f"{number / 1_000_000:.3g} MB"


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
