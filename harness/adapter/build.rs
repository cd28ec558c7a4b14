//! Rebuilds the crate when the clients that it embeds change.

fn main() {
    println!("cargo:rerun-if-changed=../clients");
}
