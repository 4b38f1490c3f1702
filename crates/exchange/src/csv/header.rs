//! What the words in a header mean, in Dutch and English, in lists of people's own and in exports.

use domain::projection::fold;

/// What a column holds. A text with it is the label of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
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

use Column::{
    Addition, Address, CaresAbout, Category, Consent, Email, Family, Given, HouseNumber, Label,
    Language, Middle, Name, Nickname, Note, Organisation, OtherWay, Phone, Position, Postcode, Role,
    Street, Talent, Town, Unknown, Web,
};

/// Header words, folded, without digits, spaces and punctuation.
#[rustfmt::skip]
const WORDS: &[(&str, Column)] = &[
    // Names: own lists, Outlook, Google Contacts.
    ("naam", Name), ("name", Name), ("volledigenaam", Name), ("fullname", Name), ("contact", Name),
    ("contactpersoon", Name), ("displayname", Name), ("weergavenaam", Name), ("naambewoner", Name),
    ("bewoner", Name), ("naamcontact", Name), ("wie", Name), ("fileas", Nickname),
    ("voornaam", Given), ("voornamen", Given), ("firstname", Given), ("givenname", Given), ("roepnaam", Given),
    ("voorletters", Given), ("initialen", Given), ("initials", Unknown),
    ("tussenvoegsel", Middle), ("tussenvoegsels", Middle), ("voorvoegsel", Middle), ("voorvoegsels", Middle),
    ("middelstenaam", Middle), ("middlename", Middle), ("additionalname", Middle), ("infix", Middle), ("tv", Middle),
    ("tussenv", Middle), ("prefix", Unknown), ("nameprefix", Unknown),
    ("achternaam", Family), ("lastname", Family), ("familyname", Family), ("surname", Family), ("familienaam", Family),
    ("geslachtsnaam", Family),
    ("bijnaam", Nickname), ("nickname", Nickname),
    // Organisations.
    ("organisatie", Organisation), ("organisation", Organisation), ("organization", Organisation),
    ("organizationname", Organisation), ("bedrijf", Organisation), ("bedrijfsnaam", Organisation),
    ("company", Organisation), ("companyname", Organisation), ("instelling", Organisation),
    ("instantie", Organisation), ("werkgever", Organisation), ("vereniging", Organisation),
    ("functie", Position), ("jobtitle", Position), ("organizationtitle", Position), ("beroep", Position),
    ("functietitel", Position), ("organizationjobdescription", Position),
    // Addresses.
    ("adres", Address), ("address", Address), ("addressformatted", Address), ("adresregel", Address),
    ("huisadres", Address), ("homeaddress", Address), ("woonadres", Address), ("adresgegevens", Address),
    ("straat", Street), ("straatnaam", Street), ("street", Street), ("addressstreet", Street),
    ("homestreet", Street), ("businessstreet", Street), ("otherstreet", Street), ("huisadresstraat", Street),
    ("werkadresstraat", Street), ("straathuis", Street), ("straatthuis", Street), ("straatprive", Street),
    ("huisnummer", HouseNumber), ("huisnr", HouseNumber), ("nummer", HouseNumber), ("nr", HouseNumber),
    ("housenumber", HouseNumber), ("number", HouseNumber), ("hnr", HouseNumber),
    ("toevoeging", Addition), ("huisnummertoevoeging", Addition), ("addition", Addition), ("huisletter", Addition),
    ("toev", Addition),
    ("postcode", Postcode), ("pc", Postcode), ("postalcode", Postcode), ("zip", Postcode), ("zipcode", Postcode),
    ("addresspostalcode", Postcode), ("homepostalcode", Postcode), ("businesspostalcode", Postcode),
    ("huisadrespostcode", Postcode), ("werkadrespostcode", Postcode), ("postcodethuis", Postcode),
    ("postcodehuisadres", Postcode), ("postcodewerk", Postcode),
    ("plaats", Town), ("woonplaats", Town), ("stad", Town), ("town", Town), ("city", Town), ("plaatsnaam", Town),
    ("addresscity", Town), ("homecity", Town), ("businesscity", Town), ("huisadresplaats", Town),
    ("werkadresplaats", Town), ("plaatsthuis", Town),
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
    let folded: String = fold(word).chars().filter(|letter| letter.is_alphabetic()).collect();
    WORDS
        .iter()
        .find(|(known, _)| *known == folded)
        .map_or(Unknown, |(_, column)| *column)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Column, WORDS, column};

    #[test]
    fn no_word_stands_in_the_list_twice() {
        let words: BTreeSet<_> = WORDS.iter().map(|(word, _)| word).collect();
        assert_eq!(words.len(), WORDS.len());
    }

    #[test]
    fn words_are_known_however_they_are_written() {
        for (word, meant) in [
            ("Naam", Column::Name),
            (" E-mail ", Column::Email("")),
            ("E-mail 2 - Value", Column::Email("")),
            ("E-mailadres 3", Column::Email("")),
            ("Telefoon op werk 2", Column::Phone("werk")),
            ("Categorieën", Column::Category),
            ("HUISNR.", Column::HouseNumber),
            ("Huisadres, straat", Column::Street),
            ("Verjaardag", Column::Unknown),
            ("", Column::Unknown),
        ] {
            assert_eq!(column(word), meant, "{word}");
        }
    }
}
