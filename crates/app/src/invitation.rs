//! Reading an invitation: pasted text, an opened link, or a picture with a QR code.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use protocol::Invitation;

use crate::api::{InvitationRead, InvitationView};
use crate::{App, Error, Result};

/// Pictures larger than this are not looked at: a phone's photograph is about 12 megapixels.
const LARGEST_SIDE: u32 = 10_000;
/// The most memory that unpacking a picture may take, in bytes.
const LARGEST_PICTURE: u64 = 256 * 1024 * 1024;

impl App {
    /// Reads an invitation.
    ///
    /// # Errors
    /// `no_invitation` when there is none in it, `picture_unreadable`, `no_qr_code`.
    pub fn invitation_read(&self, read: InvitationRead) -> Result<InvitationView> {
        let text = match (read.text, read.image) {
            (Some(text), _) => text,
            (None, Some(image)) => qr_text(&image)?,
            (None, None) => String::new(),
        };
        let invitation = parse(&text)?;
        Ok(InvitationView {
            server: host(invitation.server()),
            invitation: invitation.to_string(),
        })
    }
}

/// Reads the text of an invitation.
pub(crate) fn parse(text: &str) -> Result<Invitation> {
    Invitation::parse(text).map_err(|problem| {
        Error::new(
            "no_invitation",
            "There is no whole invitation in this. Copy the whole link, from https to the end, and try again.",
        )
        .because(problem)
    })
}

/// The machine's name, to show.
pub(crate) fn host(server: &str) -> String {
    let rest = server.split_once("://").map_or(server, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).to_owned()
}

fn qr_text(base64: &str) -> Result<String> {
    let unreadable = || {
        Error::new(
            "picture_unreadable",
            "This picture cannot be read. Take a PNG or JPEG picture of the code.",
        )
    };
    let bytes = STANDARD
        .decode(base64)
        .map_err(|problem| unreadable().because(problem))?;
    let mut reader = image::ImageReader::new(std::io::Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|problem| unreadable().because(problem))?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(LARGEST_PICTURE);
    reader.limits(limits);
    let picture = reader
        .decode()
        .map_err(|problem| unreadable().because(problem))?
        .to_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        let (x, y) = (u32::try_from(x).unwrap_or(0), u32::try_from(y).unwrap_or(0));
        picture.get_pixel(x, y).0.first().copied().unwrap_or(0)
    });
    prepared
        .detect_grids()
        .iter()
        .find_map(|grid| grid.decode().ok().map(|(_, text)| text))
        .ok_or_else(|| {
            Error::new(
                "no_qr_code",
                "There is no readable QR code in this picture. Take it again, sharp and straight.",
            )
        })
}
