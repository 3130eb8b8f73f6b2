"""The files of a revision as one zip archive, which any other tool can open too."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def packed(files: Mapping[str, bytes]) -> bytes:
    """Always the same bytes for the same files: no clock is asked."""
    blob = BytesIO()
    with ZipFile(blob, "w") as archive:
        for path in sorted(files):
            archive.writestr(ZipInfo(path), files[path], compress_type=ZIP_DEFLATED)
    return blob.getvalue()


def unpacked(blob: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(blob)) as archive:
        return {path: archive.read(path) for path in archive.namelist()}
