//! Takes markup away: what is left is what a reader reads.

use super::emphasis::Emphasis;
use super::line::is_invisible;
use super::tag::Tag;

/// A character of the source, with the number of its line.
pub(super) type Char = (char, usize);

/// The words of a paragraph, without markup and with one space between them, each character with its line.
///
/// Taken away are HTML tags, the targets of links, marks of emphasis and of code, and backslashes before punctuation;
/// character references become what they stand for. What stands between backticks is left as it is. A tag that strikes
/// out or hides what comes is no markup, and stays.
pub(super) fn plain(source: &[Char]) -> Vec<Char> {
    let mut reader = Reader::new(source);
    while let Some((c, line)) = reader.source.get(reader.place).copied() {
        match c {
            '`' => reader.code(),
            '<' => reader.tag(),
            '[' => reader.link(),
            '&' => reader.reference(),
            '*' | '_' if reader.depth == 0 => reader.marks(c),
            '\\' if reader.peek(1).is_some_and(|next| next.is_ascii_punctuation()) => {
                reader.skip(1);
                reader.take();
            }
            c if c.is_whitespace() => reader.space(line),
            _ => reader.take(),
        }
    }
    reader.finish()
}

/// The words between `<pre>` and `</pre>`, where tags and character references are markup and nothing else is.
pub(super) fn preformatted(source: &[Char]) -> Vec<Char> {
    let mut reader = Reader::new(source);
    while let Some((c, line)) = reader.source.get(reader.place).copied() {
        match c {
            '<' => reader.tag(),
            '&' => reader.reference(),
            c if c.is_whitespace() => reader.space(line),
            _ => reader.take(),
        }
    }
    reader.finish()
}

/// The words of code that has no markup.
pub(super) fn raw(source: &[Char]) -> Vec<Char> {
    let mut reader = Reader::new(source);
    while let Some((c, line)) = reader.source.get(reader.place).copied() {
        if c.is_whitespace() { reader.space(line) } else { reader.take() }
    }
    reader.finish()
}

struct Reader<'a> {
    source: &'a [Char],
    place: usize,
    plain: Vec<Char>,
    emphasis: Emphasis,
    /// How many elements of code are open.
    depth: usize,
}

impl<'a> Reader<'a> {
    fn new(source: &'a [Char]) -> Self {
        Self { source, place: 0, plain: Vec::with_capacity(source.len()), emphasis: Emphasis::default(), depth: 0 }
    }

    /// The words, without the marks of emphasis among them.
    fn finish(self) -> Vec<Char> {
        let mut marks = self.emphasis.marks().into_iter().peekable();
        let mut words: Vec<Char> = Vec::with_capacity(self.plain.len());
        for (place, (c, line)) in self.plain.into_iter().enumerate() {
            let is_mark = marks.next_if_eq(&place).is_some();
            // Where a mark stood between two spaces, one is left.
            let is_second_space = c == ' ' && words.last().is_none_or(|(c, _)| *c == ' ');
            if !is_mark && !is_second_space {
                words.push((c, line));
            }
        }
        while words.last().is_some_and(|(c, _)| *c == ' ') {
            words.pop();
        }
        words
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.source.get(self.place + ahead).map(|(c, _)| *c)
    }

    fn skip(&mut self, count: usize) {
        self.place += count;
    }

    fn take(&mut self) {
        self.plain.extend(self.source.get(self.place));
        self.place += 1;
    }

    fn space(&mut self, line: usize) {
        self.push_space(line);
        self.place += 1;
    }

    fn push_space(&mut self, line: usize) {
        if self.plain.last().is_some_and(|(c, _)| *c != ' ') {
            self.plain.push((' ', line));
        }
    }

    fn gap(&mut self) {
        self.push_space(self.source[self.place].1);
    }

    /// How far ahead a character is, if it comes before `limit` more and none of `barriers` comes first.
    fn find(&self, from: usize, wanted: char, barriers: &[char]) -> Option<usize> {
        // What is longer is no markup, and looking further would take time without end.
        const REACH: usize = 2_000;
        let rest = self.source.get(self.place + from..)?;
        let found = rest.iter().take(REACH).position(|(c, _)| *c == wanted || barriers.contains(c))?;
        (rest[found].0 == wanted).then_some(from + found)
    }

    /// `` `code` ``: the code is taken as it is, but for white space.
    fn code(&mut self) {
        let Some(end) = self.find(1, '`', &[]) else { return self.skip(1) };
        self.skip(1);
        for _ in 1..end {
            match self.source.get(self.place).copied() {
                Some((c, line)) if c.is_whitespace() => self.space(line),
                _ => self.take(),
            }
        }
        self.skip(1);
    }

    /// `*`, `**`, `_` and so on. They are taken for words until their partners are found.
    fn marks(&mut self, mark: char) {
        let length = self.source[self.place..].iter().take_while(|(c, _)| *c == mark).count();
        let before = self.place.checked_sub(1).and_then(|before| self.source.get(before)).map(|(c, _)| *c);
        self.emphasis.take(mark, self.plain.len(), length, (before, self.peek(length)));
        (0..length).for_each(|_| self.take());
    }

    /// `<a for="role">`, `</a>`, `<br />`. A `<` that begins no tag is taken.
    fn tag(&mut self) {
        let end = self.find(1, '>', &['<']);
        let inside: Option<String> =
            end.map(|end| self.source[self.place + 1..self.place + end].iter().map(|(c, _)| *c).collect());
        let (Some(end), Some(inside)) = (end, inside) else { return self.take() };
        match Tag::of(&inside) {
            Tag::Words => return self.take(),
            Tag::Gap => self.gap(),
            Tag::Code => self.depth += 1,
            Tag::CodeEnd => self.depth = self.depth.saturating_sub(1),
            Tag::Markup => {}
        }
        self.skip(end + 1);
    }

    /// `[words](target)` is its words, `[[#anchor]]` is `#anchor`.
    fn link(&mut self) {
        if self.peek(1) == Some('[')
            && let Some(end) = self.find(2, ']', &['['])
            && self.peek(end + 1) == Some(']')
        {
            self.skip(2);
            (2..end).for_each(|_| self.take());
            return self.skip(2);
        }
        let words = self.find(1, ']', &['[']);
        let target = words.filter(|words| self.peek(words + 1) == Some('('));
        let end = target.and_then(|words| Some((words, self.find(words + 2, ')', &[])?)));
        let end = end.filter(|(words, end)| self.is_target(words + 2, *end));
        let Some((words, end)) = end else { return self.take() };
        let inner = plain(&self.source[self.place + 1..self.place + words]);
        self.plain.extend(inner);
        self.skip(end + 1);
    }

    /// Whether what stands there can be where a link leads to: one word, and perhaps a title in quotes.
    fn is_target(&self, from: usize, to: usize) -> bool {
        let target: String = self.source[self.place + from..self.place + to].iter().map(|(c, _)| *c).collect();
        let rest = target.trim().split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start());
        rest.is_empty() || rest.starts_with(['"', '\''])
    }

    /// `&lt;` is `<`. What is no known reference is taken.
    fn reference(&mut self) {
        let end = self.find(1, ';', &[' ', '&', '\n']);
        let name: Option<String> =
            end.map(|end| self.source[self.place + 1..self.place + end].iter().map(|(c, _)| *c).collect());
        let (Some(end), Some(known)) = (end, name.and_then(|name| referred(&name))) else { return self.take() };
        match known {
            UNSEEN => {}
            c if c.is_whitespace() => self.gap(),
            c => self.plain.push((c, self.source[self.place].1)),
        }
        self.skip(end + 1);
    }
}

/// What stands for all characters that nobody can see: a space without width.
const UNSEEN: char = '\u{200b}';

/// What a character reference stands for.
fn referred(name: &str) -> Option<char> {
    const KNOWN: [(&str, char); 13] = [
        ("lt", '<'),
        ("gt", '>'),
        ("amp", '&'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("ensp", ' '),
        ("emsp", ' '),
        ("thinsp", ' '),
        ("shy", UNSEEN),
        ("zwj", UNSEEN),
        ("zwnj", UNSEEN),
        ("ZeroWidthSpace", UNSEEN),
    ];
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        let c = number.ok().and_then(char::from_u32)?;
        let is_seen = !is_invisible(c) && (!c.is_control() || c.is_whitespace());
        return Some(if is_seen { c } else { UNSEEN });
    }
    KNOWN.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> String {
        let source: Vec<Char> = source.chars().map(|c| (c, 1)).collect();
        plain(&source).into_iter().map(|(c, _)| c).collect()
    }

    #[test]
    fn markup_is_taken_away_and_words_stay() {
        assert_eq!(words("A <a for=\"role\">KEYID</a> of\n  the **root** role"), "A KEYID of the root role");
        assert_eq!(words("see [the\npaper](https://example.org/a_b)."), "see the paper.");
        assert_eq!(words("see [[#update-root]], 1 &lt; 2 &amp;&nbsp; 3 < 4"), "see #update-root, 1 < 2 & 3 < 4");
        assert_eq!(words("`\"targets/*.tgz\"` \\* ok"), "\"targets/*.tgz\" * ok");
    }

    #[test]
    fn other_markup_around_the_same_words_changes_nothing() {
        let one = words("The **KEYID** in `root.json` is [unique](a).");
        assert_eq!(words("The <dfn>KEYID</dfn>\n in <code>root.json</code>   is\u{a0}*unique*."), one);
    }

    #[test]
    fn emphasis_with_underscores_is_markup_as_well() {
        assert_eq!(words("__A _b_ c__, (_d_) and ___e___"), "A b c, (d) and e");
        assert_eq!(words("**A *b* c**, (*d*) and ***e***"), "A b c, (d) and e");
        for kept in ["root_x and root_y_", "`_x_`", "a * b * c", "the \"_type\" of a \"_x\"", "5_000_000"] {
            assert_eq!(words(kept), kept.replace('`', ""), "{kept}");
        }
        assert_eq!(words("<code>_x_</code> _y_"), "_x_ y");
    }

    #[test]
    fn what_a_reader_sees_is_not_taken_for_markup() {
        assert_eq!(words("[See](the client MUST stop)."), "[See](the client MUST stop).");
        assert_eq!(words("<The client MUST stop> <del>now</del>"), "<The client MUST stop> <del>now</del>");
        assert_eq!(words("[see](https://example.org \"a title\")"), "see");
        assert_eq!(words("M&#85;ST<br>N&#x4f;&shy;T"), "MUST NOT");
    }

    #[test]
    fn what_is_not_closed_is_left() {
        assert_eq!(words("a [b](c and <d and `e &lt"), "a [b](c and <d and e &lt");
    }
}
