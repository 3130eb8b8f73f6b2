"""Any picture's colours as plain sRGB, and nothing else of it: the result has no notes that could be saved along."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_OPAQUE = 255
_SIXTEEN_BITS_IN_EIGHT = 1 / 257


def in_plain_colours(image: "Image") -> "Image":
    """Grey (L), RGB, or RGBA where something can be seen through."""
    from PIL import Image

    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * _SIXTEEN_BITS_IN_EIGHT).convert("L")
    elif image.mode in ("PA", "LA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
    mode = image.mode if image.mode in ("L", "RGBA") else "RGB"
    plain = (_by_profile(image, profile, mode) if profile else None) or image.convert(mode)
    if plain.mode == "RGBA" and plain.getchannel("A").getextrema()[0] == _OPAQUE:
        plain = plain.convert("RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _by_profile(image: "Image", profile: bytes, mode: str) -> "Image | None":
    """What the picture's own profile makes of it, or None where that cannot be used."""
    from PIL import ImageCms

    if image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        return None
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode="RGB" if mode == "L" else mode
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def on_white(image: "Image") -> "Image":
    from PIL import Image

    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper
