"""A short film of our own, to be uploaded by tests: a lamp that goes on."""

from io import BytesIO

_RATE = 10
_SOUND_RATE = 44_100


def film(width: int = 320, height: int = 240, seconds: int = 1, *, sound: bool = True) -> bytes:
    """H.264 in MP4, with a silent track of sound where wanted."""
    import av

    with BytesIO() as file:
        with av.open(file, "w", format="mp4") as container:
            seen = container.add_stream("libx264", rate=_RATE)
            seen.width, seen.height, seen.pix_fmt = width, height, "yuv420p"
            heard = container.add_stream("aac", rate=_SOUND_RATE) if sound else None
            for number in range(_RATE * seconds):
                frame = av.VideoFrame(width, height, "yuv420p")
                for plane, light in zip(frame.planes, (255 * number // (_RATE * seconds), 96, 144), strict=True):
                    plane.update(bytes([light]) * plane.buffer_size)
                container.mux(seen.encode(frame))
            container.mux(seen.encode(None))
            if heard is not None:
                for at in range(0, _SOUND_RATE * seconds, 1024):
                    silence = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
                    for side in silence.planes:
                        side.update(bytes(side.buffer_size))
                    silence.sample_rate, silence.pts = _SOUND_RATE, at
                    container.mux(heard.encode(silence))
                container.mux(heard.encode(None))
        return file.getvalue()
