//! RSA keys from files: see `keys/README.md`.

const BITS_2048: [&str; 16] = [
    include_str!("../keys/rsa-2048-00.pem"),
    include_str!("../keys/rsa-2048-01.pem"),
    include_str!("../keys/rsa-2048-02.pem"),
    include_str!("../keys/rsa-2048-03.pem"),
    include_str!("../keys/rsa-2048-04.pem"),
    include_str!("../keys/rsa-2048-05.pem"),
    include_str!("../keys/rsa-2048-06.pem"),
    include_str!("../keys/rsa-2048-07.pem"),
    include_str!("../keys/rsa-2048-08.pem"),
    include_str!("../keys/rsa-2048-09.pem"),
    include_str!("../keys/rsa-2048-10.pem"),
    include_str!("../keys/rsa-2048-11.pem"),
    include_str!("../keys/rsa-2048-12.pem"),
    include_str!("../keys/rsa-2048-13.pem"),
    include_str!("../keys/rsa-2048-14.pem"),
    include_str!("../keys/rsa-2048-15.pem"),
];
const BITS_1024: [&str; 1] = [include_str!("../keys/rsa-1024-00.pem")];
const BITS_2047: [&str; 1] = [include_str!("../keys/rsa-2047-00.pem")];
const BITS_3072: [&str; 1] = [include_str!("../keys/rsa-3072-00.pem")];
const BITS_4096: [&str; 1] = [include_str!("../keys/rsa-4096-00.pem")];

/// The key of this size at this place, as PKCS#8 PEM. `None` if the pool has no such key.
pub fn pem(bits: u32, place: usize) -> Option<&'static str> {
    let pool: &[&str] = match bits {
        1024 => &BITS_1024,
        2047 => &BITS_2047,
        2048 => &BITS_2048,
        3072 => &BITS_3072,
        4096 => &BITS_4096,
        _ => return None,
    };
    pool.get(place).copied()
}
