//! Rebuilds the crate when the data that it embeds changes.

fn main() {
    println!("cargo:rerun-if-changed=../../scenarios");
    println!("cargo:rerun-if-changed=../../spec");
}
