//! Takes markup away: what is left is what a reader reads.

/// A character of the source, with the number of its line.
pub(super) type Char = (char, usize);

/// The words of a paragraph, without markup and with one space between them, each character with its line.
///
/// Taken away are HTML tags, the targets of links, marks of emphasis and of code, and backslashes before punctuation;
/// character references become what they stand for. What stands between backticks is left as it is.
pub(super) fn plain(source: &[Char]) -> Vec<Char> {
    let mut reader = Reader { source, place: 0, plain: Vec::with_capacity(source.len()) };
    while let Some((c, line)) = reader.source.get(reader.place).copied() {
        match c {
            '`' => reader.code(),
            '<' => reader.tag(),
            '[' => reader.link(),
            '&' => reader.reference(),
            '*' => reader.skip(1),
            '\\' if reader.peek(1).is_some_and(|next| next.is_ascii_punctuation()) => {
                reader.skip(1);
                reader.take();
            }
            c if c.is_whitespace() => reader.space(line),
            _ => reader.take(),
        }
    }
    while reader.plain.last().is_some_and(|(c, _)| *c == ' ') {
        reader.plain.pop();
    }
    reader.plain
}

struct Reader<'a> {
    source: &'a [Char],
    place: usize,
    plain: Vec<Char>,
}

impl Reader<'_> {
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
        if self.plain.last().is_some_and(|(c, _)| *c != ' ') {
            self.plain.push((' ', line));
        }
        self.place += 1;
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

    /// `<a for="role">`, `</a>`, `<br />`. A `<` that begins no tag is taken.
    fn tag(&mut self) {
        let begins = |c: char| c.is_ascii_alphabetic() || c == '/' || c == '!';
        match self.find(1, '>', &['<']) {
            Some(end) if self.peek(1).is_some_and(begins) => self.skip(end + 1),
            _ => self.take(),
        }
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
        let Some((words, end)) = end else { return self.take() };
        let inner = plain(&self.source[self.place + 1..self.place + words]);
        self.plain.extend(inner);
        self.skip(end + 1);
    }

    /// `&lt;` is `<`. What is no known reference is taken.
    fn reference(&mut self) {
        const KNOWN: [(&str, char); 5] = [("lt", '<'), ("gt", '>'), ("amp", '&'), ("quot", '"'), ("nbsp", ' ')];
        let end = self.find(1, ';', &[' ', '&', '\n']);
        let name: Option<String> =
            end.map(|end| self.source[self.place + 1..self.place + end].iter().map(|(c, _)| *c).collect());
        let known = name.and_then(|name| KNOWN.iter().find(|(known, _)| *known == name).map(|(_, c)| *c));
        let (Some(end), Some(c)) = (end, known) else { return self.take() };
        let line = self.source[self.place].1;
        if c == ' ' {
            self.space(line);
            self.skip(end);
        } else {
            self.plain.push((c, line));
            self.skip(end + 1);
        }
    }
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
    fn what_is_not_closed_is_left() {
        assert_eq!(words("a [b](c and <d and `e &lt"), "a [b](c and <d and e &lt");
    }
}
