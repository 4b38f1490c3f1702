//! One figure with its comparison, and the table of all of them.

use std::fmt::Write as _;

use serde::{Serialize, Serializer, ser::SerializeStruct as _};

/// In what a figure is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    Milliseconds,
    Bytes,
    Mebibytes,
    Requests,
}

impl Unit {
    const fn symbol(self) -> &'static str {
        match self {
            Self::Milliseconds => "ms",
            Self::Bytes => "B",
            Self::Mebibytes => "MiB",
            Self::Requests => "requests",
        }
    }
}

/// What a figure must reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Reach {
    /// No more than this.
    AtMost(f64),
    /// No more than this many times the comparison.
    Times(f64),
    /// No more than the comparison and this.
    Beyond(f64),
    /// Told for the picture; nothing is asked of it.
    Told,
}

/// Something measured, and what it is compared with.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    name: String,
    unit: Unit,
    ours: f64,
    comparison: Option<(String, f64)>,
    reach: Reach,
}

impl Figure {
    pub(crate) fn new(name: impl Into<String>, unit: Unit, ours: f64) -> Self {
        Self {
            name: name.into(),
            unit,
            ours,
            comparison: None,
            reach: Reach::Told,
        }
    }

    /// Milliseconds.
    pub(crate) fn ms(name: impl Into<String>, ours: f64) -> Self {
        Self::new(name, Unit::Milliseconds, ours)
    }

    /// Bytes.
    pub(crate) fn bytes(name: impl Into<String>, ours: u64) -> Self {
        #[expect(
            clippy::cast_precision_loss,
            reason = "sizes here are far below 2^52 bytes"
        )]
        Self::new(name, Unit::Bytes, ours as f64)
    }

    /// Compares with something of the same unit, measured in the same run.
    pub(crate) fn against(mut self, what: impl Into<String>, theirs: f64) -> Self {
        self.comparison = Some((what.into(), theirs));
        self
    }

    /// Says what it must reach.
    pub(crate) const fn reach(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    /// What was measured.
    pub(crate) const fn value(&self) -> f64 {
        self.ours
    }

    /// Ours divided by the comparison.
    pub(crate) fn ratio(&self) -> Option<f64> {
        let (_, theirs) = self.comparison.as_ref()?;
        (*theirs > 0.0).then(|| self.ours / theirs)
    }

    /// Whether it reaches what it must; `None` when nothing is asked.
    pub(crate) fn met(&self) -> Option<bool> {
        match self.reach {
            Reach::AtMost(most) => Some(self.ours <= most),
            Reach::Times(most) => Some(self.ratio().is_some_and(|ratio| ratio <= most)),
            Reach::Beyond(most) => {
                let theirs = self.comparison.as_ref().map(|(_, theirs)| *theirs);
                Some(theirs.is_some_and(|theirs| self.ours <= theirs + most))
            }
            Reach::Told => None,
        }
    }

    fn reach_text(&self) -> String {
        match self.reach {
            Reach::AtMost(most) => format!("≤ {}", amount(most, self.unit)),
            Reach::Times(most) => format!("≤ {most} ×"),
            Reach::Beyond(most) => format!("≤ + {}", amount(most, self.unit)),
            Reach::Told => "–".to_owned(),
        }
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut figure = serializer.serialize_struct("Figure", 8)?;
        figure.serialize_field("name", &self.name)?;
        figure.serialize_field("unit", &self.unit)?;
        figure.serialize_field("ours", &self.ours)?;
        let comparison = self.comparison.as_ref();
        figure.serialize_field("compared_with", &comparison.map(|(what, _)| what))?;
        figure.serialize_field("comparison", &comparison.map(|(_, theirs)| theirs))?;
        figure.serialize_field("ratio", &self.ratio())?;
        figure.serialize_field("reach", &self.reach_text())?;
        figure.serialize_field("met", &self.met())?;
        figure.end()
    }
}

/// All figures as a Markdown table.
pub(crate) fn table(figures: &[Figure]) -> String {
    let mut text = String::from(
        "| figure | ours | comparison | ratio | reach | met |\n|---|---|---|---|---|---|\n",
    );
    for figure in figures {
        let comparison = figure.comparison.as_ref().map_or_else(
            || "–".to_owned(),
            |(what, theirs)| format!("{} ({what})", amount(*theirs, figure.unit)),
        );
        let ratio = figure
            .ratio()
            .map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"));
        let met = match figure.met() {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "–",
        };
        // Writing to a String does not fail.
        writeln!(
            text,
            "| {} | {} | {comparison} | {ratio} | {} | {met} |",
            figure.name,
            amount(figure.ours, figure.unit),
            figure.reach_text()
        )
        .unwrap_or_default();
    }
    text
}

fn amount(value: f64, unit: Unit) -> String {
    let digits = match unit {
        Unit::Milliseconds if value < 10.0 => 2,
        Unit::Milliseconds | Unit::Mebibytes => 1,
        Unit::Bytes | Unit::Requests => 0,
    };
    format!("{value:.digits$} {}", unit.symbol())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_whether_it_reaches_what_it_must() {
        let figure = Figure::ms("edit", 3.0).against("bare", 2.0);
        assert_eq!(figure.clone().reach(Reach::Times(2.0)).met(), Some(true));
        assert_eq!(figure.clone().reach(Reach::Times(1.4)).met(), Some(false));
        assert_eq!(figure.clone().reach(Reach::AtMost(2.9)).met(), Some(false));
        assert_eq!(figure.met(), None);
    }

    #[test]
    fn the_table_shows_ours_beside_the_comparison() {
        let figure = Figure::bytes("up", 1_500)
            .against("raw", 3_000.0)
            .reach(Reach::AtMost(1_000.0));
        let table = table(&[figure]);
        assert!(
            table.contains("| up | 1500 B | 3000 B (raw) | 0.50 | ≤ 1000 B | **no** |"),
            "{table}"
        );
    }
}
