//! Key pairs: the same name gives the same key, and the same message the same signature.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use ed25519_dalek::Signer as _;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use rsa::pkcs8::{DecodePrivateKey as _, EncodePublicKey as _, LineEnding};
use rsa::signature::{RandomizedSigner as _, SignatureEncoding as _};
use rsa::traits::PublicKeyParts as _;
use sha2::{Digest as _, Sha256};
use suite::KeyType;

use crate::rsa_pool;

/// How many signatures are remembered. When there are more, all are forgotten.
const REMEMBERED: usize = 1 << 16;

/// A key pair that scenarios sign with.
#[derive(Clone)]
pub enum KeyPair {
    /// Ed25519.
    Ed25519(ed25519_dalek::SigningKey),
    /// ECDSA on P-256 with SHA-256; signatures in ASN.1 DER.
    Ecdsa(p256::ecdsa::SigningKey),
    /// RSA with PSS and SHA-256.
    Rsa(Box<rsa::RsaPrivateKey>),
}

impl KeyPair {
    /// The Ed25519 key of this name.
    pub fn ed25519(name: &str) -> Self {
        Self::Ed25519(ed25519_dalek::SigningKey::from_bytes(&seed(name)))
    }

    /// The ECDSA key of this name. `None` for the few seeds that are no key.
    pub fn ecdsa(name: &str) -> Option<Self> {
        p256::ecdsa::SigningKey::from_slice(&seed(name)).ok().map(Self::Ecdsa)
    }

    /// The RSA key of this size at this place in the pool.
    pub fn rsa(bits: u32, place: usize) -> Option<Self> {
        let pem = rsa_pool::pem(bits, place)?;
        rsa::RsaPrivateKey::from_pkcs8_pem(pem).ok().map(|key| Self::Rsa(Box::new(key)))
    }

    /// The type, as scenarios name it.
    pub const fn key_type(&self) -> KeyType {
        match self {
            Self::Ed25519(_) => KeyType::Ed25519,
            Self::Ecdsa(_) => KeyType::Ecdsa,
            Self::Rsa(_) => KeyType::Rsa,
        }
    }

    /// The public key as it stands in metadata: hexadecimal for Ed25519, PEM for the others (section 4.2.2).
    ///
    /// # Errors
    /// What the encoder says; it does not happen for keys that were made here.
    pub fn public(&self) -> Result<String, String> {
        match self {
            Self::Ed25519(key) => Ok(hex::encode(key.verifying_key().as_bytes())),
            Self::Ecdsa(key) => {
                use p256::pkcs8::EncodePublicKey as _;
                let ending = p256::pkcs8::LineEnding::LF;
                key.verifying_key().to_public_key_pem(ending).map_err(|error| error.to_string())
            }
            Self::Rsa(key) => key.to_public_key().to_public_key_pem(LineEnding::LF).map_err(|error| error.to_string()),
        }
    }

    /// The hexadecimal signature of a message.
    ///
    /// Many scenarios begin with the same files, so that each signature is made once.
    pub fn sign(&self, message: &[u8]) -> String {
        static MADE: LazyLock<Mutex<HashMap<[u8; 32], String>>> = LazyLock::new(Mutex::default);
        let made = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let what = self.identity().chain_update(message).finalize().into();
        if let Some(signature) = made().get(&what) {
            return signature.clone();
        }
        let signature = self.sign_anew(message);
        let mut made = made();
        if made.len() >= REMEMBERED {
            made.clear();
        }
        made.insert(what, signature.clone());
        signature
    }

    /// A digest that begins with something of a fixed length which only this key has.
    fn identity(&self) -> Sha256 {
        let public: [u8; 32] = match self {
            Self::Ed25519(key) => key.verifying_key().to_bytes(),
            Self::Ecdsa(key) => Sha256::digest(key.to_bytes()).into(),
            Self::Rsa(key) => Sha256::digest(key.n().to_bytes_be()).into(),
        };
        Sha256::new().chain_update(public)
    }

    fn sign_anew(&self, message: &[u8]) -> String {
        match self {
            Self::Ed25519(key) => hex::encode(key.sign(message).to_bytes()),
            Self::Ecdsa(key) => {
                let signature: p256::ecdsa::Signature = p256::ecdsa::signature::Signer::sign(key, message);
                hex::encode(signature.to_der().as_bytes())
            }
            Self::Rsa(key) => {
                // PSS is randomised; a generator seeded by the message makes it repeatable.
                let mut random = ChaCha20Rng::from_seed(Sha256::digest(message).into());
                let signer = rsa::pss::SigningKey::<rsa::sha2::Sha256>::new((**key).clone());
                hex::encode(signer.sign_with_rng(&mut random, message).to_bytes())
            }
        }
    }
}

fn seed(name: &str) -> [u8; 32] {
    Sha256::digest(format!("tuf-cookbook test key: {name}")).into()
}
