//! The keys of one scenario, by the names that the scenario gives them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use suite::{Dialect, KeyForm, KeyName, KeySetup, KeyType, MAIN, RepositoryName};

use crate::ForgeError;
use crate::canonical::canonical;
use crate::key::KeyPair;

/// The size of an RSA key for which a scenario states none.
const RSA_BITS: u32 = 2048;

/// A key with what metadata says of it.
#[derive(Clone)]
pub struct Key {
    /// The key pair.
    pub pair: Arc<KeyPair>,
    /// The identifier that it is listed under.
    pub id: String,
    /// Its key object (section 4.2.2).
    pub object: Value,
}

/// Whose keys a keyring has: of the main repository by default.
#[derive(Debug, Clone, Default)]
pub struct Owner {
    /// The name of a further repository (TAP 4), whose keys are others than those of the same names elsewhere.
    pub repository: Option<RepositoryName>,
    /// How many keys of each RSA size in the pool belong to other repositories.
    pub rsa_keys_before: usize,
}

impl Owner {
    /// What a key is made from. Keys of another repository are called by its name as well: `main/root`, `left/root`.
    fn seed(&self, name: &str) -> String {
        match &self.repository {
            None => name.to_owned(),
            Some(_) if name.starts_with(&format!("{MAIN}/")) => name[MAIN.len() + 1..].to_owned(),
            Some(_) if name.contains('/') => name.to_owned(),
            Some(repository) => format!("{repository}/{name}"),
        }
    }
}

/// Makes keys as they are asked for.
#[derive(Clone)]
pub struct Keyring {
    owner: Owner,
    key_type: KeyType,
    keyid_hash_algorithms: bool,
    setup: BTreeMap<KeyName, KeySetup>,
    made: BTreeMap<KeyName, Key>,
    /// How many keys of each RSA size have been taken from the pool.
    taken: BTreeMap<u32, usize>,
}

impl Keyring {
    /// A keyring of a repository with these special keys, in a dialect.
    pub fn new(setup: &BTreeMap<KeyName, KeySetup>, dialect: &Dialect, owner: Owner) -> Self {
        Self {
            owner,
            key_type: dialect.key_type,
            keyid_hash_algorithms: dialect.keyid_hash_algorithms,
            setup: setup.clone(),
            made: BTreeMap::new(),
            taken: BTreeMap::new(),
        }
    }

    /// The key of this name. The same name always gives the same key.
    ///
    /// # Errors
    /// If the scenario sets the key up in a way that cannot be made.
    pub fn key(&mut self, name: &str) -> Result<Key, ForgeError> {
        if let Some(key) = self.made.get(name) {
            return Ok(key.clone());
        }
        let setup = self.setup.get(name).cloned().unwrap_or_default();
        let pair = match &setup.same_as {
            Some(other) if other == name => return Err(error(name, "it cannot be the same as itself")),
            Some(other) => self.key(other)?.pair,
            None => self.pair(name, &setup)?,
        };
        let object = self.object(name, &pair, &setup)?;
        let id = match (&setup.id, &setup.id_of) {
            (Some(_), Some(_)) => return Err(error(name, "state either `id` or `id-of`")),
            (Some(id), None) => id.clone(),
            (None, Some(other)) if other == name => return Err(error(name, "it cannot take its own identifier")),
            (None, Some(other)) => self.key(other)?.id,
            (None, None) => hex::encode(Sha256::digest(canonical(&object).map_err(|text| error(name, &text))?)),
        };
        let key = Key { pair, id, object };
        self.made.insert(name.to_owned(), key.clone());
        Ok(key)
    }

    fn pair(&mut self, name: &str, setup: &KeySetup) -> Result<Arc<KeyPair>, ForgeError> {
        let key_type = setup.key_type.unwrap_or(if setup.bits.is_some() { KeyType::Rsa } else { self.key_type });
        match key_type {
            KeyType::Ed25519 => Ok(ed25519_key(&self.owner.seed(name))),
            KeyType::Ecdsa => KeyPair::ecdsa(&self.owner.seed(name))
                .map(Arc::new)
                .ok_or_else(|| error(name, "its name gives no P-256 key; rename it")),
            KeyType::Rsa => {
                let bits = setup.bits.unwrap_or(RSA_BITS);
                let place = self.taken.entry(bits).or_insert(self.owner.rsa_keys_before);
                let pair = rsa_key(bits, *place)
                    .ok_or_else(|| error(name, &format!("there are only {place} RSA keys of {bits} bits")))?;
                *place += 1;
                Ok(pair)
            }
        }
    }

    fn object(&self, name: &str, pair: &KeyPair, setup: &KeySetup) -> Result<Value, ForgeError> {
        let (keytype, scheme) = match pair.key_type() {
            KeyType::Ed25519 => ("ed25519", "ed25519"),
            KeyType::Ecdsa => ("ecdsa", "ecdsa-sha2-nistp256"),
            KeyType::Rsa => ("rsa", "rsassa-pss-sha256"),
        };
        let mut object = Map::new();
        object.insert("keytype".into(), setup.keytype.as_deref().unwrap_or(keytype).into());
        object.insert("scheme".into(), setup.scheme.as_deref().unwrap_or(scheme).into());
        let public = pair.public().map_err(|text| error(name, &text))?;
        let public = match (setup.form, pair.key_type()) {
            (None, _) => public,
            (Some(KeyForm::UpperCase), KeyType::Ed25519) => public.to_uppercase(),
            (Some(KeyForm::NoFinalLineBreak), KeyType::Ecdsa | KeyType::Rsa) => public.trim_end().to_owned(),
            (Some(_), _) => return Err(error(name, "a key of its type cannot be written in this form")),
        };
        object.insert("keyval".into(), json!({ "public": public }));
        if self.keyid_hash_algorithms {
            object.insert("keyid_hash_algorithms".into(), json!(["sha256", "sha512"]));
        }
        object.extend(setup.members.clone());
        Ok(Value::Object(object))
    }
}

/// Every scenario has the same few names, so each key is derived once.
fn ed25519_key(name: &str) -> Arc<KeyPair> {
    static MADE: LazyLock<Mutex<HashMap<KeyName, Arc<KeyPair>>>> = LazyLock::new(Mutex::default);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(made.entry(name.to_owned()).or_insert_with(|| Arc::new(KeyPair::ed25519(name))))
}

/// Reading an RSA key takes longer than signing with it, so each is read once.
fn rsa_key(bits: u32, place: usize) -> Option<Arc<KeyPair>> {
    type ByPlace = HashMap<(u32, usize), Arc<KeyPair>>;
    static READ: LazyLock<Mutex<ByPlace>> = LazyLock::new(Mutex::default);
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pair) = read.get(&(bits, place)) {
        return Some(pair.clone());
    }
    let pair = Arc::new(KeyPair::rsa(bits, place)?);
    read.insert((bits, place), pair.clone());
    Some(pair)
}

fn error(key: &str, problem: &str) -> ForgeError {
    ForgeError::Key { key: key.to_owned(), problem: problem.to_owned() }
}
