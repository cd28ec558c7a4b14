//! Leaves debug information out of the programs. They are many, and with that of all that they are made of each would
//! take more than a hundred megabytes.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-bins=-Wl,-S");
}
