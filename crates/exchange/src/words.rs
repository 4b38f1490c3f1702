//! Words in files and what they mean here: roles, languages, labels of telephone numbers.

use domain::ContactRole;
use domain::projection::fold;

/// Role words, folded, as people and other programs write them; the first of each role is the one that is written.
const ROLES: &[(&str, ContactRole)] = &[
    ("bewoner", ContactRole::Resident),
    ("bewoners", ContactRole::Resident),
    ("bewoonster", ContactRole::Resident),
    ("buurtbewoner", ContactRole::Resident),
    ("wijkbewoner", ContactRole::Resident),
    ("buur", ContactRole::Resident),
    ("resident", ContactRole::Resident),
    ("sleutelfiguur", ContactRole::KeyFigure),
    ("sleutelpersoon", ContactRole::KeyFigure),
    ("sleutelfiguren", ContactRole::KeyFigure),
    ("key_figure", ContactRole::KeyFigure),
    ("key figure", ContactRole::KeyFigure),
    ("vrijwilliger", ContactRole::Volunteer),
    ("vrijwilligers", ContactRole::Volunteer),
    ("vrijwilligster", ContactRole::Volunteer),
    ("volunteer", ContactRole::Volunteer),
    ("professional", ContactRole::Professional),
    ("professionals", ContactRole::Professional),
    ("beroepskracht", ContactRole::Professional),
    ("hulpverlener", ContactRole::Professional),
    ("ambtenaar", ContactRole::Official),
    ("gemeenteambtenaar", ContactRole::Official),
    ("official", ContactRole::Official),
    ("civil servant", ContactRole::Official),
    ("politicus", ContactRole::Politician),
    ("politica", ContactRole::Politician),
    ("raadslid", ContactRole::Politician),
    ("wethouder", ContactRole::Politician),
    ("politician", ContactRole::Politician),
    ("ondernemer", ContactRole::Entrepreneur),
    ("ondernemers", ContactRole::Entrepreneur),
    ("winkelier", ContactRole::Entrepreneur),
    ("entrepreneur", ContactRole::Entrepreneur),
    ("overig", ContactRole::Other),
    ("anders", ContactRole::Other),
    ("other", ContactRole::Other),
];

/// Languages: tag (RFC 5646, ISO 639), Dutch name, English name.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("nl", "Nederlands", "Dutch"),
    ("en", "Engels", "English"),
    ("ar", "Arabisch", "Arabic"),
    ("tr", "Turks", "Turkish"),
    ("ber", "Berbers", "Berber"),
    ("rif", "Tarifit", "Tarifit"),
    ("shi", "Tashelhiyt", "Tachelhit"),
    ("zgh", "Tamazight", "Tamazight"),
    ("pl", "Pools", "Polish"),
    ("uk", "Oekraïens", "Ukrainian"),
    ("ru", "Russisch", "Russian"),
    ("de", "Duits", "German"),
    ("fr", "Frans", "French"),
    ("es", "Spaans", "Spanish"),
    ("pt", "Portugees", "Portuguese"),
    ("it", "Italiaans", "Italian"),
    ("el", "Grieks", "Greek"),
    ("bg", "Bulgaars", "Bulgarian"),
    ("ro", "Roemeens", "Romanian"),
    ("hu", "Hongaars", "Hungarian"),
    ("cs", "Tsjechisch", "Czech"),
    ("sr", "Servisch", "Serbian"),
    ("hr", "Kroatisch", "Croatian"),
    ("bs", "Bosnisch", "Bosnian"),
    ("sq", "Albanees", "Albanian"),
    ("ku", "Koerdisch", "Kurdish"),
    ("fa", "Farsi", "Persian"),
    ("prs", "Dari", "Dari"),
    ("ps", "Pasjtoe", "Pashto"),
    ("ur", "Urdu", "Urdu"),
    ("hi", "Hindi", "Hindi"),
    ("pa", "Punjabi", "Punjabi"),
    ("ta", "Tamil", "Tamil"),
    ("zh", "Chinees", "Chinese"),
    ("vi", "Vietnamees", "Vietnamese"),
    ("id", "Indonesisch", "Indonesian"),
    ("th", "Thais", "Thai"),
    ("ti", "Tigrinya", "Tigrinya"),
    ("am", "Amhaars", "Amharic"),
    ("so", "Somalisch", "Somali"),
    ("sw", "Swahili", "Swahili"),
    ("srn", "Sranantongo", "Sranan Tongo"),
    ("pap", "Papiaments", "Papiamento"),
    ("hns", "Sarnami", "Sarnami Hindustani"),
    ("fy", "Fries", "Frisian"),
    ("he", "Hebreeuws", "Hebrew"),
    ("hy", "Armeens", "Armenian"),
    ("ja", "Japans", "Japanese"),
    ("dse", "Nederlandse Gebarentaal", "Dutch Sign Language"),
];

/// Labels of other programs, folded, as they are kept.
const LABELS: &[(&str, &str)] = &[
    ("mobile", "mobiel"),
    ("cell", "mobiel"),
    ("iphone", "mobiel"),
    ("home", "thuis"),
    ("prive", "thuis"),
    ("work", "werk"),
    ("business", "werk"),
    ("home fax", "fax"),
    ("work fax", "fax"),
    ("homefax", "fax"),
    ("workfax", "fax"),
    ("other", ""),
    ("main", ""),
    ("homepage", ""),
];

/// The role a word stands for.
pub(crate) fn role(word: &str) -> Option<ContactRole> {
    let word = fold(word.trim());
    ROLES
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, role)| *role)
}

/// The word that is written for a role.
pub(crate) fn role_word(role: ContactRole) -> &'static str {
    ROLES
        .iter()
        .find(|(_, known)| *known == role)
        .map_or(role.as_str(), |(word, _)| word)
}

/// A language by its tag or name, as its Dutch name; an unknown one as it is.
pub(crate) fn language(word: &str) -> String {
    let word = word.trim();
    let folded = fold(word);
    let primary = folded.split(['-', '_']).next().unwrap_or_default();
    let is_tag = folded.len() <= 3
        || folded
            .get(2..3)
            .is_some_and(|mark| mark == "-" || mark == "_");
    LANGUAGES
        .iter()
        .find(|(tag, dutch, english)| {
            (is_tag && *tag == primary) || fold(dutch) == folded || fold(english) == folded
        })
        .map_or_else(|| word.to_owned(), |(_, dutch, _)| (*dutch).to_owned())
}

/// The tag of a language by its Dutch or English name.
pub(crate) fn language_tag(name: &str) -> Option<&'static str> {
    let name = language(name);
    LANGUAGES
        .iter()
        .find(|(_, dutch, _)| *dutch == name)
        .map(|(tag, ..)| *tag)
}

/// A label as it is kept: without the marks of Apple's address book, in Dutch where it is a usual one.
pub(crate) fn label(text: &str) -> String {
    let text = text.trim();
    let text = text
        .strip_prefix("_$!<")
        .and_then(|text| text.strip_suffix(">!$_"))
        .unwrap_or(text)
        .trim_start_matches("* ");
    let folded = fold(text);
    LABELS
        .iter()
        .find(|(known, _)| *known == folded)
        .map_or_else(|| text.to_owned(), |(_, label)| (*label).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{label, language, language_tag, role, role_word};
    use domain::ContactRole;

    #[test]
    fn every_role_is_read_as_it_is_written() {
        for word in ContactRole::WORDS {
            let known = ContactRole::from_word(word).unwrap();
            assert_eq!(role(word), Some(known));
            assert_eq!(role(role_word(known)), Some(known));
        }
        assert_eq!(role(" Buurtbewoner "), Some(ContactRole::Resident));
        assert_eq!(role("penningmeester"), None);
    }

    #[test]
    fn languages_are_known_by_tag_and_name() {
        for (word, name) in [
            ("nl", "Nederlands"),
            ("nl-NL", "Nederlands"),
            ("TR", "Turks"),
            ("arabic", "Arabisch"),
            ("oekraiens", "Oekraïens"),
            ("Klingon", "Klingon"),
            ("Ta", "Tamil"),
        ] {
            assert_eq!(language(word), name, "{word}");
        }
        assert_eq!(language_tag("Turks"), Some("tr"));
        assert_eq!(language_tag("Klingon"), None);
    }

    #[test]
    fn labels_of_other_programs_become_plain_words() {
        for (text, kept) in [
            ("_$!<Mobile>!$_", "mobiel"),
            ("* Work", "werk"),
            ("Oma", "Oma"),
            ("Other", ""),
        ] {
            assert_eq!(label(text), kept);
        }
    }
}
