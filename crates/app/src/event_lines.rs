//! Server-sent events, as they come in pieces of a body (WHATWG HTML, section 9.2, “Server-sent events”). What an event says
//! does not matter here, only that there was one.

/// The field whose presence makes an event.
const DATA: &[u8; 4] = b"data";

/// A stream of events that is being read. Pieces may be cut anywhere, also inside a line, a line end or a character.
#[derive(Debug, Default)]
pub(crate) struct EventLines {
    /// The first bytes of the line that is being read: as far as they tell its field.
    start: [u8; DATA.len() + 1],
    length: usize,
    /// The last byte was a carriage return; a line feed that follows belongs to the same line end.
    after_return: bool,
    /// The event that is being read has data.
    has_data: bool,
}

impl EventLines {
    /// Reads a piece; how many events ended in it. Comments are none, and neither is an event without data.
    pub(crate) fn read(&mut self, piece: &[u8]) -> usize {
        piece.iter().filter(|byte| self.ends_event(**byte)).count()
    }

    fn ends_event(&mut self, byte: u8) -> bool {
        let of_return = std::mem::take(&mut self.after_return) && byte == b'\n';
        match byte {
            b'\n' if of_return => false,
            b'\n' | b'\r' => {
                self.after_return = byte == b'\r';
                self.end_line()
            }
            _ => {
                if let Some(place) = self.start.get_mut(self.length) {
                    *place = byte;
                    self.length += 1;
                }
                false
            }
        }
    }

    fn end_line(&mut self) -> bool {
        let length = std::mem::take(&mut self.length);
        let field = self.start.get(..length).unwrap_or_default();
        if field.is_empty() {
            return std::mem::take(&mut self.has_data);
        }
        self.has_data |= field == DATA || field == b"data:";
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two events, between comments and fields that are none; with every way to end a line, and a word of two bytes.
    const STREAM: &str = ": data: hartslag\n\nevent: space\r\ndata: {\"space\":\"één\",\"seq\":3}\r\n\r\nid: data:\n\n\
        database: 1\n\ndata\rretry: 5\r\r:\n\ndata: half";

    #[test]
    fn an_event_is_heard_once_however_the_body_is_cut() {
        let bytes = STREAM.as_bytes();
        assert_eq!(EventLines::default().read(bytes), 2);
        for cut in 0..=bytes.len() {
            let (head, tail) = bytes.split_at(cut);
            for next in 0..=tail.len() {
                let (middle, end) = tail.split_at(next);
                let mut lines = EventLines::default();
                let heard: usize = [head, middle, end]
                    .iter()
                    .map(|piece| lines.read(piece))
                    .sum();
                assert_eq!(heard, 2, "cut at {cut} and {next} later");
            }
        }
    }

    #[test]
    fn an_event_counts_when_it_is_whole() {
        let mut lines = EventLines::default();
        let heard: Vec<usize> = b"data: 1\n\n"
            .iter()
            .map(|byte| lines.read(&[*byte]))
            .collect();
        assert_eq!(heard, [0, 0, 0, 0, 0, 0, 0, 0, 1]);
    }

    #[test]
    fn a_line_without_an_end_takes_no_memory() {
        let mut lines = EventLines::default();
        assert_eq!(lines.read(&[b'x'; 1 << 20]), 0);
        assert_eq!(lines.read(b"\n\ndata:\n\n"), 1);
    }
}
