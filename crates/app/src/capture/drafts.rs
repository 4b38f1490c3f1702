//! What is half typed: one draft of the capture screen, and one for every page on which a note was begun.

use std::collections::BTreeMap;

use domain::PlaceKind;
use serde::{Deserialize, Serialize};
use store::Action;

use crate::api::{Draft, DraftOf, Nothing};
use crate::device::{Device, meta};
use crate::edit::parse_id;
use crate::{App, Error, Result};

/// The words of a page's draft and the space chosen for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct PageDraft {
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    space: Option<String>,
}

/// Drafts of pages, by the id of the record.
type PageDrafts = BTreeMap<String, PageDraft>;

impl App {
    /// What was typed and not yet saved, on the capture screen or on the page of a record.
    ///
    /// # Errors
    /// What the database says.
    pub fn draft_get(&self, of: DraftOf) -> Result<Draft> {
        let device = self.device()?;
        let place = device.store.meta(meta::PLACE)?;
        let (text, space) = match &of.about {
            Some(about) => {
                let draft = page_drafts(&device)?.remove(about);
                draft.map_or_else(Default::default, |draft| (draft.text, draft.space))
            }
            None => (
                device.store.meta(meta::DRAFT)?.unwrap_or_default(),
                device.store.meta(meta::DRAFT_SPACE)?,
            ),
        };
        Ok(Draft {
            text,
            place: place.as_deref().and_then(PlaceKind::from_word),
            space: still_writable(&device, space)?,
            about: of.about,
        })
    }

    /// Keeps what was typed so far; durable when this returns.
    ///
    /// # Errors
    /// What the database says.
    pub fn draft_set(&self, draft: Draft) -> Result<Nothing> {
        let device = self.device()?;
        let text = Some(draft.text.as_str()).filter(|text| !text.is_empty());
        let place = (meta::PLACE, draft.place.map(PlaceKind::as_str));
        match &draft.about {
            Some(about) => {
                parse_id::<domain::ids::RecordId>(about)?;
                let mut drafts = page_drafts(&device)?;
                let page = text.map(|text| PageDraft {
                    text: text.to_owned(),
                    space: draft.space.clone(),
                });
                match page {
                    Some(page) => drafts.insert(about.clone(), page),
                    None => drafts.remove(about),
                };
                let kept = written(&drafts)?;
                device
                    .store
                    .set_meta(&[(meta::PAGE_DRAFTS, kept.as_deref()), place])?;
            }
            None => device.store.set_meta(&[
                (meta::DRAFT, text),
                place,
                (meta::DRAFT_SPACE, draft.space.as_deref()),
            ])?,
        }
        Ok(Nothing {})
    }
}

/// Empties the draft of the capture screen, or of a page, in the same moment as what was made of it is kept.
pub(crate) fn forget(device: &Device, action: &mut Action<'_>, about: Option<&str>) -> Result<()> {
    if let Some(about) = about {
        return forget_pages(device, action, |page| page == about);
    }
    action.set_meta(meta::DRAFT, None)?;
    Ok(action.set_meta(meta::DRAFT_SPACE, None)?)
}

/// Empties the drafts of these pages; once in an action, since it begins from what is kept.
pub(crate) fn forget_pages(
    device: &Device,
    action: &mut Action<'_>,
    forgotten: impl Fn(&str) -> bool,
) -> Result<()> {
    let mut drafts = page_drafts(device)?;
    drafts.retain(|about, _| !forgotten(about));
    Ok(action.set_meta(meta::PAGE_DRAFTS, written(&drafts)?.as_deref())?)
}

/// The drafts of pages: the id of the record, and the words.
pub(crate) fn of_pages(device: &Device) -> Result<Vec<(String, String)>> {
    let drafts = page_drafts(device)?.into_iter();
    Ok(drafts.map(|(about, draft)| (about, draft.text)).collect())
}

/// The drafts of pages that are still there: with a record that was erased anywhere goes what was half typed about it.
fn page_drafts(device: &Device) -> Result<PageDrafts> {
    let Some(kept) = device.store.meta(meta::PAGE_DRAFTS)? else {
        return Ok(PageDrafts::new());
    };
    let drafts: PageDrafts = serde_json::from_str(&kept).map_err(unreadable)?;
    let mut here = PageDrafts::new();
    for (about, draft) in drafts {
        if device.store.record(parse_id(&about)?)?.is_some() {
            here.insert(about, draft);
        }
    }
    Ok(here)
}

fn written(drafts: &PageDrafts) -> Result<Option<String>> {
    if drafts.is_empty() {
        return Ok(None);
    }
    serde_json::to_string(drafts).map(Some).map_err(unreadable)
}

fn unreadable(problem: serde_json::Error) -> Error {
    Error::new("storage", "What was half typed cannot be read.").because(problem)
}

/// The space that was chosen for what is half typed, while this person may still write there.
fn still_writable(device: &Device, chosen: Option<String>) -> Result<Option<String>> {
    let spaces = device.store.spaces()?;
    let may_write = |id: &String| {
        let mut found = spaces.iter().filter(|space| space.may_write());
        found.any(|space| space.id.to_string() == *id)
    };
    Ok(chosen.filter(may_write))
}
