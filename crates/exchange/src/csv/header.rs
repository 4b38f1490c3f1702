//! What the words in a header mean, in Dutch and English, in lists of people's own and in exports.

use domain::projection::fold;

/// What a column holds. A text with it is the label of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// A part of the name or the address, to be put together with other columns.
    Part(Part),
    Phone(&'static str),
    Email(&'static str),
    Web,
    OtherWay(&'static str),
    /// The label of the way in the next column that holds one.
    Label,
    Role,
    /// Groups of an address book: a role when it is one, else nothing.
    Category,
    Language,
    Note,
    CaresAbout,
    Talent,
    Consent,
    /// Not taken over.
    Unknown,
}

/// A part of what a contact is called or where they live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The whole name, or the family name when another column has the first name.
    Name,
    Given,
    /// More first names, or the particles in front of the family name.
    Middle,
    Family,
    /// Used when there is no other name.
    Nickname,
    Organisation,
    Position,
    /// The address in one cell.
    Address,
    Street,
    HouseNumber,
    Addition,
    Postcode,
    Town,
}

use Column::{
    CaresAbout, Category, Consent, Email, Label, Language, Note, OtherWay, Part as Is, Phone, Role,
    Talent, Unknown, Web,
};
use Part::{
    Addition, Address, Family, Given, HouseNumber, Middle, Name, Nickname, Organisation, Position,
    Postcode, Street, Town,
};

/// Header words, folded, without digits, spaces and punctuation.
#[rustfmt::skip]
const WORDS: &[(&str, Column)] = &[
    // Names: own lists, Outlook, Google Contacts.
    ("naam", Is(Name)), ("name", Is(Name)), ("volledigenaam", Is(Name)), ("fullname", Is(Name)), ("contact", Is(Name)),
    ("contactpersoon", Is(Name)), ("displayname", Is(Name)), ("weergavenaam", Is(Name)), ("naambewoner", Is(Name)),
    ("bewoner", Is(Name)), ("naamcontact", Is(Name)), ("wie", Is(Name)), ("fileas", Is(Nickname)),
    ("voornaam", Is(Given)), ("voornamen", Is(Given)), ("firstname", Is(Given)), ("givenname", Is(Given)), ("roepnaam", Is(Given)),
    ("voorletters", Is(Given)), ("initialen", Is(Given)), ("initials", Unknown),
    ("tussenvoegsel", Is(Middle)), ("tussenvoegsels", Is(Middle)), ("voorvoegsel", Is(Middle)), ("voorvoegsels", Is(Middle)),
    ("middelstenaam", Is(Middle)), ("middlename", Is(Middle)), ("additionalname", Is(Middle)), ("infix", Is(Middle)), ("tv", Is(Middle)),
    ("tussenv", Is(Middle)), ("prefix", Unknown), ("nameprefix", Unknown),
    ("achternaam", Is(Family)), ("lastname", Is(Family)), ("familyname", Is(Family)), ("surname", Is(Family)), ("familienaam", Is(Family)),
    ("geslachtsnaam", Is(Family)),
    ("bijnaam", Is(Nickname)), ("nickname", Is(Nickname)),
    // Organisations.
    ("organisatie", Is(Organisation)), ("organisation", Is(Organisation)), ("organization", Is(Organisation)),
    ("organizationname", Is(Organisation)), ("bedrijf", Is(Organisation)), ("bedrijfsnaam", Is(Organisation)),
    ("company", Is(Organisation)), ("companyname", Is(Organisation)), ("instelling", Is(Organisation)),
    ("instantie", Is(Organisation)), ("werkgever", Is(Organisation)), ("vereniging", Is(Organisation)),
    ("functie", Is(Position)), ("jobtitle", Is(Position)), ("organizationtitle", Is(Position)), ("beroep", Is(Position)),
    ("functietitel", Is(Position)), ("organizationjobdescription", Is(Position)),
    // Addresses.
    ("adres", Is(Address)), ("address", Is(Address)), ("addressformatted", Is(Address)), ("adresregel", Is(Address)),
    ("huisadres", Is(Address)), ("homeaddress", Is(Address)), ("woonadres", Is(Address)), ("adresgegevens", Is(Address)),
    ("straat", Is(Street)), ("straatnaam", Is(Street)), ("street", Is(Street)), ("addressstreet", Is(Street)),
    ("homestreet", Is(Street)), ("businessstreet", Is(Street)), ("otherstreet", Is(Street)), ("huisadresstraat", Is(Street)),
    ("werkadresstraat", Is(Street)), ("straathuis", Is(Street)), ("straatthuis", Is(Street)), ("straatprive", Is(Street)),
    ("huisnummer", Is(HouseNumber)), ("huisnr", Is(HouseNumber)), ("nummer", Is(HouseNumber)), ("nr", Is(HouseNumber)),
    ("housenumber", Is(HouseNumber)), ("number", Is(HouseNumber)), ("hnr", Is(HouseNumber)),
    ("toevoeging", Is(Addition)), ("huisnummertoevoeging", Is(Addition)), ("addition", Is(Addition)), ("huisletter", Is(Addition)),
    ("toev", Is(Addition)),
    ("postcode", Is(Postcode)), ("pc", Is(Postcode)), ("postalcode", Is(Postcode)), ("zip", Is(Postcode)), ("zipcode", Is(Postcode)),
    ("addresspostalcode", Is(Postcode)), ("homepostalcode", Is(Postcode)), ("businesspostalcode", Is(Postcode)),
    ("huisadrespostcode", Is(Postcode)), ("werkadrespostcode", Is(Postcode)), ("postcodethuis", Is(Postcode)),
    ("postcodehuisadres", Is(Postcode)), ("postcodewerk", Is(Postcode)),
    ("plaats", Is(Town)), ("woonplaats", Is(Town)), ("stad", Is(Town)), ("town", Is(Town)), ("city", Is(Town)), ("plaatsnaam", Is(Town)),
    ("addresscity", Is(Town)), ("homecity", Is(Town)), ("businesscity", Is(Town)), ("huisadresplaats", Is(Town)),
    ("werkadresplaats", Is(Town)), ("plaatsthuis", Is(Town)),
    // Ways.
    ("telefoon", Phone("")), ("telefoonnummer", Phone("")), ("telnr", Phone("")), ("tel", Phone("")),
    ("phone", Phone("")), ("phonenumber", Phone("")), ("phonevalue", Phone("")), ("telephone", Phone("")),
    ("primaryphone", Phone("")), ("otherphone", Phone("")), ("telefoonnr", Phone("")),
    ("telefoonmobiel", Phone("mobiel")), ("mobiel", Phone("mobiel")), ("mobielnummer", Phone("mobiel")),
    ("mobieletelefoon", Phone("mobiel")), ("mobieltelefoonnummer", Phone("mobiel")), ("mobile", Phone("mobiel")),
    ("mobilephone", Phone("mobiel")), ("gsm", Phone("mobiel")), ("whatsapp", Phone("mobiel")),
    ("mobieletelefoonnummer", Phone("mobiel")), ("cell", Phone("mobiel")), ("cellphone", Phone("mobiel")),
    ("telefoonthuis", Phone("thuis")), ("homephone", Phone("thuis")), ("telefoonprive", Phone("thuis")),
    ("vast", Phone("thuis")), ("vastetelefoon", Phone("thuis")), ("telefoonvast", Phone("thuis")),
    ("telefoonwerk", Phone("werk")), ("telefoonopwerk", Phone("werk")), ("businessphone", Phone("werk")),
    ("workphone", Phone("werk")), ("companymainphone", Phone("werk")), ("telefoonzakelijk", Phone("werk")),
    ("email", Email("")), ("emailadres", Email("")), ("emailaddress", Email("")), ("mail", Email("")),
    ("mailadres", Email("")), ("emailvalue", Email("")), ("emaildisplayname", Unknown),
    ("emailprive", Email("thuis")), ("emailwerk", Email("werk")), ("emailzakelijk", Email("werk")),
    ("website", Web), ("webpagina", Web), ("webpage", Web), ("url", Web), ("websitevalue", Web), ("web", Web),
    ("homepage", Web), ("facebook", OtherWay("Facebook")), ("instagram", OtherWay("Instagram")),
    ("phonetype", Label), ("phonelabel", Label), ("emailtype", Label), ("emaillabel", Label),
    ("websitetype", Label), ("websitelabel", Label),
    // The person.
    ("rol", Role), ("rollen", Role), ("role", Role), ("roles", Role),
    ("categorie", Category), ("categorieen", Category), ("categories", Category), ("category", Category),
    ("labels", Category), ("groepen", Category), ("groupmembership", Category),
    ("taal", Language), ("talen", Language), ("language", Language), ("languages", Language),
    ("spreekttaal", Language), ("moedertaal", Language),
    ("opmerking", Note), ("opmerkingen", Note), ("notitie", Note), ("notities", Note), ("note", Note),
    ("notes", Note), ("bijzonderheden", Note), ("toelichting", Note), ("remarks", Note), ("remark", Note),
    ("comments", Note), ("comment", Note), ("hoeontmoet", Note), ("ontmoet", Note), ("waarvan", Note),
    ("omschrijving", Note),
    ("interesse", CaresAbout), ("interesses", CaresAbout), ("interests", CaresAbout), ("hartvoor", CaresAbout),
    ("talent", Talent), ("talenten", Talent), ("krachten", Talent), ("kracht", Talent), ("kanhelpenmet", Talent),
    ("aanbod", Talent), ("talents", Talent), ("skills", Talent), ("hobby", Talent), ("hobbys", Talent),
    ("toestemming", Consent), ("akkoord", Consent), ("avg", Consent), ("consent", Consent),
];

/// What a header word says its column holds.
pub(super) fn column(word: &str) -> Column {
    let folded: String = fold(word)
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .collect();
    WORDS
        .iter()
        .find(|(known, _)| *known == folded)
        .map_or(Unknown, |(_, column)| *column)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Column, Part, WORDS, column};

    #[test]
    fn no_word_stands_in_the_list_twice() {
        let words: BTreeSet<_> = WORDS.iter().map(|(word, _)| word).collect();
        assert_eq!(words.len(), WORDS.len());
    }

    #[test]
    fn words_are_known_however_they_are_written() {
        for (word, meant) in [
            ("Naam", Column::Part(Part::Name)),
            (" E-mail ", Column::Email("")),
            ("E-mail 2 - Value", Column::Email("")),
            ("E-mailadres 3", Column::Email("")),
            ("Telefoon op werk 2", Column::Phone("werk")),
            ("Categorieën", Column::Category),
            ("HUISNR.", Column::Part(Part::HouseNumber)),
            ("Huisadres, straat", Column::Part(Part::Street)),
            ("Verjaardag", Column::Unknown),
            ("", Column::Unknown),
        ] {
            assert_eq!(column(word), meant, "{word}");
        }
    }
}
