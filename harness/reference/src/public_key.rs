//! Public keys of the documented types and schemes (section 4.2.2), verified with `ring`.

use pem::Pem;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    UnparsedPublicKey, VerificationAlgorithm,
};
use rsa::pkcs1::DecodeRsaPublicKey as _;
use rsa::signature::Verifier as _;
use rsa::traits::PublicKeyParts as _;
use spki::ObjectIdentifier;
use spki::SubjectPublicKeyInfoRef;
use spki::der::Decode;

use crate::fault::{Fault, FaultSet};
use crate::remembered::remembered;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ELLIPTIC_CURVE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const NIST_P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");

/// The types that the client knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Algorithm {
    Ed25519,
    EcdsaP256,
    RsaPss,
}

impl Algorithm {
    /// The algorithm for a key type. Before version 1.0.32 the type of ECDSA keys had the name of the scheme.
    pub(crate) fn of_keytype(keytype: &str) -> Option<Self> {
        match keytype {
            "ed25519" => Some(Self::Ed25519),
            "ecdsa" | "ecdsa-sha2-nistp256" => Some(Self::EcdsaP256),
            "rsa" => Some(Self::RsaPss),
            _ => None,
        }
    }

    pub(crate) const fn scheme(self) -> &'static str {
        match self {
            Self::Ed25519 => "ed25519",
            Self::EcdsaP256 => "ecdsa-sha2-nistp256",
            Self::RsaPss => "rsassa-pss-sha256",
        }
    }
}

/// The key itself. Two key objects with the same public key are one key, however they write it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PublicKey {
    algorithm: Algorithm,
    bytes: Vec<u8>,
    /// What else makes two keys different, for the faults of comparing how they are written.
    written: Option<Vec<u8>>,
}

impl PublicKey {
    /// Reads what a key object states as `public`. Nothing if it is not a key of this type.
    pub(crate) fn read(algorithm: Algorithm, public: &str, faults: FaultSet) -> Option<Self> {
        let bytes = match algorithm {
            Algorithm::Ed25519 if faults.has(Fault::NoEd25519) => return None,
            Algorithm::EcdsaP256 if faults.has(Fault::HexadecimalEcdsaKeys) && !public.starts_with('-') => {
                hex::decode(public).ok().filter(|point| point.len() == 65)?
            }
            Algorithm::Ed25519 => hex::decode(public).ok().filter(|bytes| bytes.len() == 32)?,
            Algorithm::EcdsaP256 => info(&pem(public, "PUBLIC KEY")?, ELLIPTIC_CURVE, Some(NIST_P256))?,
            Algorithm::RsaPss => match pem(public, "RSA PUBLIC KEY") {
                Some(bytes) => bytes,
                None => info(&pem(public, "PUBLIC KEY")?, RSA, None)?,
            },
        };
        let written = faults.has(Fault::CompareKeysAsWritten).then(|| public.as_bytes().to_vec());
        Some(Self { algorithm, bytes, written })
    }

    /// The same key, but different from the same one with another form.
    pub(crate) fn told_apart_by(self, form: Vec<u8>) -> Self {
        Self { written: Some(form), ..self }
    }

    /// Whether this is a signature of the message by this key. RSA keys shorter than 2048 bits verify nothing
    /// (section 4.2.2); the salt of a PSS signature is as long as its digest.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8], faults: FaultSet) -> bool {
        let (name, algorithm): (&str, &dyn VerificationAlgorithm) = match self.algorithm {
            Algorithm::Ed25519 => ("Ed25519", &ED25519),
            Algorithm::EcdsaP256 if faults.has(Fault::EcdsaWithoutDer) => ("ECDSA, fixed", &ECDSA_P256_SHA256_FIXED),
            Algorithm::EcdsaP256 => ("ECDSA", &ECDSA_P256_SHA256_ASN1),
            Algorithm::RsaPss if faults.has(Fault::RsaWithoutPss) => ("PKCS #1 v1.5", &RSA_PKCS1_2048_8192_SHA256),
            Algorithm::RsaPss if faults.has(Fault::RsaLengthInBytes) => ("PSS by bytes", &RSA_PSS_2048_8192_SHA256),
            Algorithm::RsaPss => ("PSS", &RSA_PSS_2048_8192_SHA256),
        };
        let assumed = match self.algorithm {
            Algorithm::Ed25519 => false,
            Algorithm::EcdsaP256 => faults.has(Fault::AnyEcdsaSignature),
            Algorithm::RsaPss => faults.has(Fault::AnyRsaSignature),
        };
        if assumed {
            return true;
        }
        let question = [name.as_bytes(), &self.bytes, message, signature];
        // `ring` counts the length of an RSA key in bytes, so that it takes one of 2041 bits for long enough.
        let is_short =
            || self.algorithm == Algorithm::RsaPss && !faults.has(Fault::RsaLengthInBytes) && bits(&self.bytes) < 2048;
        let verify = || UnparsedPublicKey::new(algorithm, &self.bytes).verify(message, signature).is_ok();
        remembered(&question, || !is_short() && verify())
            || self.algorithm == Algorithm::RsaPss
                && faults.has(Fault::CountShortRsaKeys)
                && verifies_of_any_length(&self.bytes, message, signature)
    }

    /// The only scheme that it is used for.
    pub(crate) const fn scheme(&self) -> &'static str {
        self.algorithm.scheme()
    }
}

/// The length of an RSA key in bits; none if it is no key.
fn bits(key: &[u8]) -> usize {
    rsa::RsaPublicKey::from_pkcs1_der(key).map_or(0, |key| key.n().bits())
}

/// `ring` has no PSS for short keys, so that the fault of counting them needs another library.
fn verifies_of_any_length(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = rsa::RsaPublicKey::from_pkcs1_der(key) else { return false };
    let Ok(signature) = rsa::pss::Signature::try_from(signature) else { return false };
    rsa::pss::VerifyingKey::<rsa::sha2::Sha256>::new(key).verify(message, &signature).is_ok()
}

fn pem(text: &str, label: &str) -> Option<Vec<u8>> {
    pem::parse(text).ok().filter(|pem| pem.tag() == label).map(Pem::into_contents)
}

/// The key in a `SubjectPublicKeyInfo` of this algorithm and, for elliptic curves, this curve.
fn info(der: &[u8], algorithm: ObjectIdentifier, curve: Option<ObjectIdentifier>) -> Option<Vec<u8>> {
    let info = SubjectPublicKeyInfoRef::from_der(der).ok()?;
    let matches = info.algorithm.oid == algorithm
        && match curve {
            Some(curve) => info.algorithm.parameters_oid().ok() == Some(curve),
            None => true,
        };
    matches.then(|| info.subject_public_key.as_bytes().map(<[u8]>::to_vec)).flatten()
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};

    use super::*;

    const HONEST: FaultSet = FaultSet::empty();

    #[test]
    fn an_ed25519_signature_is_verified_and_an_altered_one_is_not() {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
        let key = PublicKey::read(Algorithm::Ed25519, &hex::encode(pair.public_key()), HONEST).unwrap();
        let signature = pair.sign(b"message");
        assert!(key.verifies(b"message", signature.as_ref(), HONEST));
        assert!(!key.verifies(b"another message", signature.as_ref(), HONEST));
        assert!(!key.verifies(b"message", &[], HONEST));
    }

    #[test]
    fn an_ecdsa_key_is_read_from_pem_and_not_from_hex() {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let point = pair.public_key().as_ref();
        let header = hex::decode("3059301306072a8648ce3d020106082a8648ce3d030107034200").unwrap();
        let text = pem::encode(&Pem::new("PUBLIC KEY", [header.as_slice(), point].concat()));
        let key = PublicKey::read(Algorithm::EcdsaP256, &text, HONEST).unwrap();
        assert!(key.verifies(b"message", pair.sign(&random, b"message").unwrap().as_ref(), HONEST));
        assert_eq!(PublicKey::read(Algorithm::EcdsaP256, &hex::encode(point), HONEST), None);
        assert_eq!(PublicKey::read(Algorithm::RsaPss, &text, HONEST), None);
    }

    #[test]
    fn an_rsa_key_of_2048_bits_is_read_from_both_forms_of_pem_and_one_of_1024_bits_verifies_nothing() {
        let verifies = |public, signature: &str| {
            let key = PublicKey::read(Algorithm::RsaPss, public, HONEST).unwrap();
            key.verifies(b"message", &hex::decode(signature.trim()).unwrap(), HONEST)
        };
        let info = include_str!("../testdata/rsa-2048.spki.pem");
        let pss = include_str!("../testdata/rsa-2048.pss.hex");
        assert!(verifies(info, pss));
        assert!(verifies(include_str!("../testdata/rsa-2048.pkcs1.pem"), pss));
        assert!(!verifies(info, include_str!("../testdata/rsa-2048.pkcs1v15.hex")));
        let short = include_str!("../testdata/rsa-1024.spki.pem");
        assert!(!verifies(short, include_str!("../testdata/rsa-1024.pss.hex")));
    }

    #[test]
    fn one_rsa_key_in_two_forms_is_one_key() {
        let read = |public| PublicKey::read(Algorithm::RsaPss, public, HONEST).unwrap();
        let info = read(include_str!("../testdata/rsa-2048.spki.pem"));
        assert_eq!(info, read(include_str!("../testdata/rsa-2048.pkcs1.pem")));
    }

    #[test]
    fn text_that_is_no_key_is_no_key() {
        for algorithm in [Algorithm::Ed25519, Algorithm::EcdsaP256, Algorithm::RsaPss] {
            for text in ["", "00", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"] {
                assert_eq!(PublicKey::read(algorithm, text, HONEST), None);
            }
        }
    }
}
