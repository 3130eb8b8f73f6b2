"""What the client libraries are told about certificates."""

from pathlib import Path

from amplify.ports.way import STRAIGHT, Way
from amplify.publishers.lines import leading
from servers.certificate import self_signed


def test_certificates_are_read_once_and_anew_when_they_were_renewed(tmp_path: Path) -> None:
    way = Way(ca=str(self_signed(tmp_path)))
    believed = leading(way)["verify"]
    assert leading(way)["verify"] is believed
    self_signed(tmp_path, days=10)
    assert leading(way)["verify"] is not believed


def test_who_names_a_certificate_believes_that_alone_and_who_names_none_everybodys(tmp_path: Path) -> None:
    everybodys = leading(STRAIGHT)["verify"]
    assert leading(STRAIGHT)["verify"] is everybodys
    assert everybodys.cert_store_stats()["x509"] > 1
    assert leading(Way(ca=str(self_signed(tmp_path))))["verify"].cert_store_stats()["x509"] == 1
