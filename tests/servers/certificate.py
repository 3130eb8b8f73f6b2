"""A certificate that nobody has signed but itself."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path


def self_signed(folder: Path, *names: str, here: str = "127.0.0.1", days: int = 36500) -> Path:
    """For this machine, and for these names of hosts; good for so many `days` from 2020 on."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "example.invalid")])
    began = datetime(2020, 1, 1, tzinfo=UTC)
    address = x509.IPAddress(ip_address(here))
    alternatives = x509.SubjectAlternativeName([address, *map(x509.DNSName, names)])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, began, began + timedelta(days=days))
    signed = builder.add_extension(alternatives, critical=False).sign(key, hashes.SHA256())
    file = folder / "server.pem"
    form = serialization.Encoding.PEM
    secret = key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + signed.public_bytes(form))
    return file
