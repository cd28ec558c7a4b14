//! The console blocks of the book, played as they stand there.

/// `...` in a block stands for any lines, and `[..]` for a part of a line. `TRYCMD=overwrite` writes what the program says.
#[test]
fn the_book_shows_what_the_program_does() {
    trycmd::TestCases::new().case("../../cookbook/book/src/*.md");
}
