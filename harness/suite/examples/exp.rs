//! tmp
use std::path::Path;
fn main() {
    let tree = suite::read_tree(Path::new(".")).unwrap();
    let start = std::time::Instant::now();
    let problems = suite::lint::lint(&tree);
    eprintln!("{} files, {} problems, {:?}", tree.len(), problems.len(), start.elapsed());
    for p in &problems { println!("{}:{}:{} {} {} | {}", p.file, p.line(), p.column(), p.code, p.message, p.help.clone().unwrap_or_default()); }
    let mut n = 0;
    for (path, text) in &tree { match suite::format(path, text) { Ok(f) => if &f != text { n += 1; let d = std::env::temp_dir().join("fmt"); std::fs::create_dir_all(&d).unwrap(); std::fs::write(d.join("a"), text).unwrap(); std::fs::write(d.join("b"), &f).unwrap(); if n < 6 { println!("{path}"); std::process::Command::new("diff").arg(d.join("a")).arg(d.join("b")).status().unwrap(); } }, Err(e) => println!("{e}") } }
    println!("{n} not formatted");
}
