"""PAdES B-B with pyHanko: how a seal is made and checked. Loaded by ``seal`` when it is first needed."""

from __future__ import annotations

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from stadtamt.notices.errors import SealRefused
from stadtamt.notices.seal import SealCredentials, SealReport

FIELD = "Siegel"
BESIDE_CERTIFICATES = 2048  # bytes; signature (512 with RSA of 4,096 bits), signed attributes, frame
DEMO_MARK = "Demonstration"
DEMO_SINCE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
DEMO_UNTIL = dt.datetime(2046, 1, 1, tzinfo=dt.UTC)


def seal_pdf(*, pdf: bytes, credentials: SealCredentials, reason: str, when: dt.datetime) -> bytes:
    """The document with an invisible PAdES B-B seal that permits no later change.

    PDF/A and PDF/UA stay: the field lies outside the page (UA exempts it from the structure tree), has the print
    flag (A) and a name that a screen reader can say. `SealRefused` when document or credentials do not fit.
    """
    if when.tzinfo is None:
        raise SealRefused("Der Zeitpunkt des Siegels braucht eine Zeitzone.")
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        sealed = _Sealer(_metadata(reason), _signer(credentials), when).sign_pdf(
            writer, bytes_reserved=_room_for(credentials)
        )
    except (PdfError, SigningError, ValueError, KeyError, TypeError) as error:
        raise SealRefused from error
    return bytes(sealed.getvalue())


def verify_seal(pdf: bytes, *, known: frozenset[str] = frozenset()) -> SealReport:
    """Checks the last seal of a document. `known` are the fingerprints of the town's certificates, past ones too.

    Never raises: what cannot be read is not sealed. No network is used; whether a certificate was revoked is not asked.
    """
    # The library runs an event loop of its own, which must not meet one that the caller's thread runs already.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(_verify, pdf, known).result()


def _verify(pdf: bytes, known: frozenset[str]) -> SealReport:
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not signatures:
            return SealReport(sealed=False)
        last = signatures[-1]
        certificate = last.signer_cert
        # The context trusts the certificate at hand: here only the mathematics is asked, trust is `known`.
        context = ValidationContext(
            trust_roots=[certificate], allow_fetching=False, moment=last.self_reported_timestamp or DEMO_SINCE
        )
        status = validate_pdf_signature(last, signer_validation_context=context, skip_diff=True)
    except Exception:  # a hostile file may break the reader in any way; the answer is the same
        return SealReport(sealed=False)
    fingerprint = certificate.sha256.hex()
    return SealReport(
        sealed=True,
        intact=bool(status.intact and status.valid),
        covers_whole_document=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        signer=str(certificate.subject.native.get("common_name", "")),
        time=last.self_reported_timestamp,
        fingerprint=fingerprint,
        known=fingerprint in known,
    )


def make_demo_certificate(town_name: str) -> SealCredentials:
    """A certificate that nobody vouches for, marked as demonstration in its name; valid 2026 to 2045."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, town_name[:64]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, f"{DEMO_MARK} - ohne Rechtswirkung"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Siegel {town_name[:40]} ({DEMO_MARK})"),
        ]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(DEMO_SINCE)
        .not_valid_after(DEMO_UNTIL)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, encipher_only=False, decipher_only=False, **usage
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return SealCredentials(
        certificate=certificate.public_bytes(serialization.Encoding.DER),
        private_key=key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )


class _Sealer(signers.PdfSigner):
    """Seals at the moment it is told: the clock is an argument."""

    def __init__(self, metadata: signers.PdfSignatureMetadata, signer: signers.Signer, when: dt.datetime) -> None:
        field = SigFieldSpec(
            FIELD,
            on_page=0,
            box=None,
            invis_sig_settings=InvisSigSettings(set_print_flag=True, box_out_of_bounds=True),
            readable_field_name="Elektronisches Siegel",
        )
        super().__init__(metadata, signer, new_field_spec=field)
        self._when = when

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self._when
        return session


def _metadata(reason: str) -> signers.PdfSignatureMetadata:
    return signers.PdfSignatureMetadata(
        field_name=FIELD,
        reason=reason,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )


def _room_for(credentials: SealCredentials) -> int:
    """Hexadecimal digits kept free for the seal: its certificates and ample room for the rest.

    Without it the library makes a whole trial seal, only to see how long it gets.
    """
    return 2 * (BESIDE_CERTIFICATES + sum(len(each) for each in (credentials.certificate, *credentials.chain)))


def _signer(credentials: SealCredentials) -> signers.SimpleSigner:
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(asn1_x509.Certificate.load(each) for each in credentials.chain)
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(credentials.certificate),
        signing_key=keys.PrivateKeyInfo.load(credentials.private_key),
        cert_registry=registry,
    )
