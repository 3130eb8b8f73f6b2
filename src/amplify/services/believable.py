"""What a stranger's publisher may hand over: anything at all. What is no receipt, or another post's envelope, is not believed."""

from amplify.domain.envelope import Envelope, Receipt
from amplify.domain.key import Key


def not_a_receipt(answer: object) -> str:
    """Why nobody could find the post again by it, in words; empty where it is one."""
    if not isinstance(answer, Receipt):
        return f"its publisher answers with {type(answer).__name__} in place of a receipt"
    told: dict[str, object] = {"number": answer.remote_id, "address": answer.url}
    for name, said in told.items():
        if not (isinstance(said, str) and said.strip()):
            return f"its publisher's receipt has no {name}"
    if answer.at.tzinfo is None:
        return "its publisher's receipt has a time without a zone"
    return ""


def not_sealed(answer: object, key: Key) -> str:
    """Why it is no envelope for that delivery, in words; empty where it is one."""
    if not isinstance(answer, Envelope):
        return f"its publisher makes {type(answer).__name__} in place of an envelope"
    return "" if answer.key == key else f"its publisher makes an envelope for {answer.key}"
