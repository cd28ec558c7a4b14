//! The header is the one of the Rust declarations.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;

use cbindgen::{Builder, Config};

const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/cbindgen.toml");
const DECLARATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/interface.rs");
const HEADER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tuf_client.h");

fn header() -> String {
    let config = Config::from_file(CONFIG).unwrap();
    let mut header = Vec::new();
    Builder::new().with_src(DECLARATIONS).with_config(config).generate().unwrap().write(&mut header);
    String::from_utf8(header).unwrap()
}

#[test]
fn the_committed_header_is_the_one_of_the_declarations() {
    let header = header();
    if std::env::var_os("UPDATE_HEADER").is_some() {
        fs::write(HEADER, &header).unwrap();
    }
    let committed = fs::read_to_string(HEADER).unwrap_or_default();
    assert!(
        committed == header,
        "harness/library/tuf_client.h is out of date: UPDATE_HEADER=1 cargo test -p tuf-cookbook-library"
    );
}

#[test]
fn there_are_four_functions_for_c_and_for_cpp() {
    let header = header();
    let functions: Vec<&str> = header.lines().filter(|line| line.ends_with(");")).collect();
    assert_eq!(
        functions,
        [
            "extern struct TufClient *tuf_client_new(void);",
            "extern char *tuf_client_call(struct TufClient *client, const char *request);",
            "extern void tuf_client_release(char *answer);",
            "extern void tuf_client_free(struct TufClient *client);",
        ]
    );
    assert!(header.contains("#ifndef TUF_CLIENT_H") && header.contains("extern \"C\" {"));
}
