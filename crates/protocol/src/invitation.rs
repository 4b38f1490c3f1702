//! The text by which a person joins: a link whose secret stands after `#`, where no server ever sees it.

use std::fmt;

/// A server and the secret to join it.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    server: String,
    secret: String,
}

/// Why a text is not an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvitationError {
    /// There is nothing in it.
    #[error("the text is empty")]
    Empty,
    /// There is no invitation link in it.
    #[error("there is no invitation link in the text")]
    NoLink,
    /// The link has no secret: it was probably cut off when copied.
    #[error("the link is incomplete: the part after # is missing")]
    NoSecret,
    /// The secret is too short or has strange characters: part of it is missing.
    #[error("the link is incomplete or damaged: the part after # is not right")]
    BadSecret,
    /// The server in the link is not an http or https address.
    #[error("the server address in the link is not right")]
    BadServer,
}

/// 128 random bits in base64url are 22 characters; we make 43. More than 128 is no secret of ours.
const SECRET_CHARS: std::ops::RangeInclusive<usize> = 22..=128;
const APP_LINK: &str = "buurtboek://join?";

impl Invitation {
    /// An invitation for the server at this base address (`https://host[:port][/path]`, no slash needed at the end).
    ///
    /// # Errors
    /// When the address or the secret is not right.
    pub fn new(server: &str, secret: &str) -> Result<Self, InvitationError> {
        let server = server.trim_end_matches('/');
        if !is_base_url(server) {
            return Err(InvitationError::BadServer);
        }
        if !SECRET_CHARS.contains(&secret.len()) || !secret.chars().all(is_secret_char) {
            return Err(InvitationError::BadSecret);
        }
        Ok(Self {
            server: server.to_owned(),
            secret: secret.to_owned(),
        })
    }

    /// Finds the invitation in what a person pasted: the link alone, in angle brackets, or inside a message.
    ///
    /// # Errors
    /// When there is none, or it is incomplete.
    pub fn parse(text: &str) -> Result<Self, InvitationError> {
        if text.trim().is_empty() {
            return Err(InvitationError::Empty);
        }
        let links = text
            .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '(' | ')'));
        let mut error = InvitationError::NoLink;
        for link in links {
            match parse_link(link) {
                Ok(invitation) => return Ok(invitation),
                Err(InvitationError::NoLink) => {}
                Err(other) => error = other,
            }
        }
        Err(error)
    }

    /// Base address of the server, without a slash at the end.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.server
    }

    /// The secret, to be sent in the enrolment only.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// Whether the way to the server is encrypted, or does not leave this machine.
    #[must_use]
    pub fn is_private(&self) -> bool {
        let Some((scheme, rest)) = self.server.split_once("://") else {
            return false;
        };
        let authority = rest.split('/').next().unwrap_or_default();
        let host = authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host);
        scheme.eq_ignore_ascii_case("https")
            || host.eq_ignore_ascii_case("localhost")
            || host
                .trim_matches(['[', ']'])
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback())
            || authority
                .trim_matches(['[', ']'])
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback())
    }

    /// The same invitation as a link that opens the app: `buurtboek://join?server=…#…`.
    #[must_use]
    pub fn app_link(&self) -> String {
        let mut server = String::new();
        for byte in self.server.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte) {
                server.push(char::from(byte));
            } else {
                server.push_str(&format!("%{byte:02X}"));
            }
        }
        format!("{APP_LINK}server={server}#{}", self.secret)
    }
}

/// The text to send or to put in a QR code: `{server}/join#{secret}`.
impl fmt::Display for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/join#{}", self.server, self.secret)
    }
}

/// The secret stays out of logs.
impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitation")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

fn parse_link(word: &str) -> Result<Invitation, InvitationError> {
    let lower = word.to_ascii_lowercase();
    let start = [APP_LINK, "https://", "http://"]
        .iter()
        .filter_map(|scheme| lower.find(scheme))
        .min();
    let link = start
        .and_then(|start| word.get(start..))
        .ok_or(InvitationError::NoLink)?;
    let (before, after) = link.split_once('#').unwrap_or((link, ""));
    let server = if let Some(query) = strip_prefix_ignoring_case(before, APP_LINK) {
        let server = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("server="))
            .ok_or(InvitationError::BadServer)?;
        percent_decode(server).ok_or(InvitationError::BadServer)?
    } else {
        before
            .strip_suffix('/')
            .unwrap_or(before)
            .strip_suffix("/join")
            .ok_or(InvitationError::NoLink)?
            .to_owned()
    };
    let secret: String = after.chars().take_while(|&c| is_secret_char(c)).collect();
    if secret.is_empty() {
        return Err(InvitationError::NoSecret);
    }
    Invitation::new(&server, &secret)
}

const fn is_secret_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

fn is_base_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let known = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let host = rest.split('/').next().unwrap_or_default();
    known
        && !host.is_empty()
        && !rest
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "@?#\\<>\"".contains(c))
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "q2_8cB1xkD-0Zr4tYw6mPjL9sVnH3fGaEuQiToRbXyC";

    #[test]
    fn an_invitation_survives_every_way_people_pass_it_on() {
        let invitation = Invitation::new("https://sync.example.org/buurt/", SECRET).unwrap();
        let link = invitation.to_string();
        assert_eq!(
            link,
            format!("https://sync.example.org/buurt/join#{SECRET}")
        );
        for text in [
            link.clone(),
            format!("  {link}\n"),
            format!("<{link}>"),
            format!("Hoi! Doe je mee? Klik hier: {link}. Groet"),
            format!("See https://example.org/help first, then ({link})"),
            link.replace("https", "HTTPS"),
            link.replace("/join#", "/join/#"),
            invitation.app_link(),
            format!("BUURTBOEK://JOIN?server=https%3A%2F%2Fsync.example.org%2Fbuurt#{SECRET}"),
        ] {
            let found = Invitation::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(found.secret(), SECRET, "{text}");
            assert!(
                found
                    .server()
                    .eq_ignore_ascii_case("https://sync.example.org/buurt"),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_wrong_with_a_link_is_said() {
        let cases = [
            ("", InvitationError::Empty),
            (" \n", InvitationError::Empty),
            ("hallo", InvitationError::NoLink),
            ("https://example.org/", InvitationError::NoLink),
            ("https://example.org/join", InvitationError::NoSecret),
            ("https://example.org/join#", InvitationError::NoSecret),
            (
                "https://example.org/join#tooshort",
                InvitationError::BadSecret,
            ),
            (
                "https:///join#q2_8cB1xkD-0Zr4tYw6mPjL9sVnH3fGaEuQiToRbXyC",
                InvitationError::BadServer,
            ),
            (
                "https://a@b/join#q2_8cB1xkD-0Zr4tYw6mPjL9sVnH3fGaEuQiToRbXyC",
                InvitationError::BadServer,
            ),
            (
                "buurtboek://join?server=ftp://x#q2_8cB1xkD-0Zr4tYw6mPjL9sVnH3fGaEuQiToRbXyC",
                InvitationError::BadServer,
            ),
            (
                "buurtboek://join?server=%zz#q2_8cB1xkD-0Zr4tYw6mPjL9sVnH3fGaEuQiToRbXyC",
                InvitationError::BadServer,
            ),
        ];
        for (text, error) in cases {
            assert_eq!(Invitation::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn only_https_and_this_machine_are_private() {
        let private = |server| Invitation::new(server, SECRET).unwrap().is_private();
        assert!(private("https://example.org"));
        assert!(private("http://127.0.0.1:8080"));
        assert!(private("http://[::1]:8080"));
        assert!(private("http://localhost"));
        assert!(!private("http://example.org"));
        assert!(!private("http://192.168.1.4:8080/x"));
    }

    #[test]
    fn the_secret_is_not_in_debug_output() {
        let invitation = Invitation::new("https://example.org", SECRET).unwrap();
        assert!(!format!("{invitation:?}").contains(SECRET));
    }
}
