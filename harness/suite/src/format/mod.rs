//! The one way to write a data file: the order of the head, blank lines and spaces. Comments, the order of steps
//! and the meaning stay as they are.

mod layout;
mod statement;

use crate::Problem;
use crate::diagnose::diagnose;
use layout::Layout;

/// Writes a data file in the one way.
///
/// # Errors
/// If the text is not TOML, at the place where it goes wrong.
pub fn format(path: &str, text: &str) -> Result<String, Box<Problem>> {
    let meaning: toml::Table = toml::from_str(text).map_err(|error| {
        let diagnosis = diagnose(text, &error);
        let mut problem = Problem::new(path, text, "format::syntax", diagnosis.message);
        problem.span = diagnosis.span;
        Box::new(problem.help(diagnosis.help))
    })?;
    let formatted = Layout::read(text).write();
    match toml::from_str::<toml::Table>(&formatted) {
        Ok(same) if same == meaning => Ok(formatted),
        _ => {
            let message = "this file cannot be laid out without a change of its meaning";
            let help = "lay it out by hand, with one key in a line; and please report this file";
            Err(Box::new(Problem::new(path, text, "format::meaning", message).help(help)))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UNTIDY: &str = r#"

#:schema ../../harness/schemas/scenario.json
covers=["a",'b' ,]   
# the name
title   = "T"  # for reports


story = """
Spaces  stay   
here.
"""
[[step]]
publish = [ "root",   
  # first comment

  "targets" ] # version 2
attack . replay={root=1,'a b'={}}
# about the step above

# about the step below
[[ step ]]


refresh = "accept"
[matrix.role]   # roles
snapshot = {x=1.5}

# the end
"#;

    const TIDY: &str = r#"#:schema ../../harness/schemas/scenario.json

# the name
title = "T" # for reports
covers = ["a", 'b']

story = """
Spaces  stay   
here.
"""

[matrix.role] # roles
snapshot = { x = 1.5 }

[[step]]
publish = ["root",
    # first comment
    "targets"] # version 2
attack.replay = { root = 1, 'a b' = {} }
# about the step above

# about the step below
[[step]]
refresh = "accept"

# the end
"#;

    #[test]
    fn an_untidy_file_is_laid_out() {
        assert_eq!(format("a.toml", UNTIDY).unwrap(), TIDY);
    }

    #[test]
    fn a_tidy_file_stays_as_it_is() {
        assert_eq!(format("a.toml", TIDY).unwrap(), TIDY);
        let tree = crate::lint::testing::tree();
        for (path, text) in &tree {
            assert_eq!(&format(path, text).unwrap(), text, "{path}");
        }
    }

    #[test]
    fn a_file_of_nothing_or_of_comments_only_is_laid_out_too() {
        for (text, formatted) in [("", ""), ("\n \n", ""), ("# a\n\n\n# b", "# a\n\n# b\n")] {
            assert_eq!(format("a.toml", text).unwrap(), formatted);
        }
    }

    #[test]
    fn the_head_follows_the_schema_unless_a_comment_stands_between() {
        for text in [
            "#:schema a\ntitle = 1\n",
            "#:schema a\n\n# b\ntitle = 1\n",
            "#:schema a\n# b\n\ntitle = 1\n",
            "# b\n\ntitle = 1\n",
            "# b\ntitle = 1\n",
        ] {
            assert_eq!(format("a.toml", text).unwrap(), text);
        }
        assert_eq!(format("a.toml", "#:schema a\n\n\ntitle = 1\n").unwrap(), "#:schema a\ntitle = 1\n");
        assert_eq!(format("a.toml", "#:schema a\n[[b]]\n").unwrap(), "#:schema a\n\n[[b]]\n");
    }

    #[test]
    fn every_data_file_that_was_laid_out_once_stays_as_it_is() {
        for (path, text) in &crate::embedded::tree() {
            let once = format(path, text).unwrap();
            assert_eq!(format(path, &once).unwrap(), once, "{path}");
        }
    }

    #[test]
    fn a_list_over_several_lines_is_indented() {
        let text = "a = [\n1,\n[\n2], # two\n\n{ b = 1,\n c = 2 } ]\n";
        let formatted = "a = [\n    1,\n    [\n        2], # two\n    { b = 1,\n        c = 2 }]\n";
        assert_eq!(format("a.toml", text).unwrap(), formatted);
    }

    #[test]
    fn a_file_that_is_not_toml_is_refused_at_its_place() {
        let problem = format("a.toml", "a = 1\nb = = 2\n").unwrap_err();
        assert_eq!((problem.line(), problem.code), (2, "format::syntax"));
    }

    proptest! {
        #[test]
        fn what_was_laid_out_once_stays_as_it_is(pieces in prop::collection::vec(piece(), 0..30)) {
            let text: String = pieces.concat();
            prop_assume!(toml::from_str::<toml::Table>(&text).is_ok());
            let once = format("a.toml", &text).unwrap();
            prop_assert_eq!(format("a.toml", &once).unwrap(), once);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = format("a.toml", &text);
        }
    }

    /// Lines of all kinds, with keys that are rarely the same.
    fn piece() -> impl Strategy<Value = String> {
        let key = "[a-z]{3}|title|covers|story|matrix\\.[a-z]";
        prop_oneof![
            Just("\n".to_owned()),
            "[ \t]{0,3}\n",
            "#[ a-z:]{0,5} {0,2}\n",
            (key, "[ \t]{0,2}", value())
                .prop_map(|(key, space, value)| format!("{space}{key}{space}={space}{value}{space}\n")),
            (key, value()).prop_map(|(key, value)| format!("{key} = {value} # note\n")),
            "\\[(matrix|repository|step)\\.[a-z]{3} ?\\]( # c)?\r?\n",
            Just("[[list]]\n".to_owned()),
        ]
    }

    fn value() -> impl Strategy<Value = String> {
        prop::sample::select(vec![
            "1",
            "-1.5e3",
            "true",
            "\" a # b \"",
            "'''\n x  \n'''",
            "\"\"\"a\n\n\n  b \"\"\"",
            "[]",
            "{}",
            "[1 ,2,]",
            "[\n\n# c\n1,\n\n2 # d\n,\n]",
            "{ a=1, b.c = [ { } ] }",
            "1979-05-27 07:32:00",
            "[\r\n1,\r\n]",
            "{ a = [\n1 ] }",
        ])
        .prop_map(ToOwned::to_owned)
    }
}
