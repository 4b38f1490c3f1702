//! What the program is started with.

use std::path::PathBuf;

/// What the program was started with.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub(crate) data: Option<PathBuf>,
    pub(crate) invitation: Option<String>,
}

impl Arguments {
    pub(crate) fn read(words: impl Iterator<Item = String>) -> Self {
        let mut arguments = Self::default();
        let mut words = words;
        while let Some(word) = words.next() {
            if word == "--data" {
                arguments.data = words.next().map(PathBuf::from);
            } else if word.contains("/join") || word.starts_with("buurtboek:") {
                arguments.invitation = Some(word);
            }
        }
        arguments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Arguments {
        Arguments::read(words.iter().map(ToString::to_string))
    }

    #[test]
    fn a_link_that_opened_the_app_is_an_invitation() {
        let link = "https://buurt.example/join#geheim";
        assert_eq!(read(&[link]).invitation.as_deref(), Some(link));
        assert_eq!(
            read(&["--data", "/tmp/x"]).data,
            Some(PathBuf::from("/tmp/x"))
        );
        assert_eq!(read(&["--automation"]), Arguments::default());
    }
}
