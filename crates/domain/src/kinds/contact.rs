//! A person the broker knows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::lines;
use crate::ids::{MemberId, RecordId};
use crate::record::{Entry, Field, KindSpec, LongText, Record, fields};
use crate::rejection::Rejection;
use crate::{Consent, ContactRole, LegalBasis, WayKind};

fields! {
    /// A person the broker knows.
    Contact {
        /// The name as the person says it; a first name alone is fine.
        name: String,
        /// Ways to reach them, by key.
        ways: BTreeMap<String, Way>,
        /// Street, without the number.
        street: String,
        /// House number with what belongs to it, such as "12 bis".
        house_number: String,
        /// Postcode, "3531 HM".
        postcode: String,
        /// Town.
        town: String,
        /// The neighbourhood they live in.
        neighbourhood: Option<RecordId>,
        /// What they are to the neighbourhood.
        roles: BTreeSet<ContactRole>,
        /// Languages they speak.
        languages: BTreeSet<String>,
        /// Talents and offers (*krachten*), by key.
        talents: BTreeMap<String, Talent>,
        /// What they care about.
        cares_about: LongText,
        /// How and where met.
        met: LongText,
        /// What they said about keeping their details.
        consent: Option<Consent>,
        /// When they said so.
        consent_on: Option<NaiveDate>,
        /// Who asked them.
        consent_by: Option<MemberId>,
        /// Why their details may be kept.
        basis: Option<LegalBasis>,
        /// Since when that reason holds.
        basis_on: Option<NaiveDate>,
        /// Who recorded the reason.
        basis_by: Option<MemberId>,
        /// Vulnerable: extra care.
        attention: bool,
        /// The contact this one turned out to be.
        merged_into: Option<RecordId>,
        /// Out of sight, kept.
        archived: bool,
    }
}

fields! {
    /// A way to reach a contact or an organisation.
    Way {
        /// Phone, e-mail, ...
        kind: Option<WayKind>,
        /// The number or address.
        value: String,
        /// "work", "her sister", ...
        label: String,
    }
}

fields! {
    /// What a contact can do or offers.
    Talent {
        /// In a few words.
        text: String,
        /// Offered by the person, not only seen by us.
        offered: bool,
    }
}

impl Entry for Way {
    const ENTRY_FIELDS: &'static [Field] = Self::FIELDS;
}

impl Entry for Talent {
    const ENTRY_FIELDS: &'static [Field] = Self::FIELDS;
}

impl Record for Contact {
    const SPEC: KindSpec = KindSpec::of::<Self>("contact", 1, 1, Self::FIELDS);

    fn title(&self) -> String {
        self.name.clone()
    }

    fn found_by(&self) -> String {
        let address = format!("{} {}", self.street, self.house_number);
        lines(
            [address.trim(), &self.postcode, &self.town]
                .into_iter()
                .chain(self.ways.values().map(|way| way.value.as_str()))
                .chain(self.talents.values().map(|talent| talent.text.as_str()))
                .chain([&*self.cares_about, &*self.met]),
        )
    }

    fn check(&self, before: Option<&Self>) -> Result<(), Rejection> {
        if self.name.trim().is_empty() {
            return Err(Rejection::Missing { field: "name" });
        }
        let needs_consent = |contact: &Self| contact.basis == Some(LegalBasis::Consent);
        // Taking consent back is always possible; the page then says that the reason is gone.
        if needs_consent(self)
            && self.consent != Some(Consent::Given)
            && !before.is_some_and(needs_consent)
        {
            return Err(Rejection::BasisWithoutConsent);
        }
        Ok(())
    }
}
