//! axe-core on what is on the screen now.

use std::fs;

use serde_json::Value;

use crate::page::Page;
use crate::{Result, root, shots};

/// The rules of axe-core, ready to be put in a page.
#[derive(Debug)]
pub struct Axe {
    source: String,
}

/// Looks at one screen, as [`Axe::look`] does, and fails with all that is wrong with it.
///
/// # Errors
/// Also when it cannot be looked at.
pub async fn passes(page: &Page, screen: &str) -> Result<()> {
    nothing_in(&Axe::load()?.look(page, screen).await?)
}

/// Fails with all that was found wrong, if anything was.
///
/// # Errors
/// Those.
pub fn nothing_in(found: &[String]) -> Result<()> {
    match found {
        [] => Ok(()),
        some => Err(format!("{} violations:\n{}", some.len(), some.join("\n")).into()),
    }
}

/// Runs the rules and names, for each violation, the rule, its help and the first places.
const LOOK: &str = include_str!("axe.js");

/// What stands in the place of a screen that broke.
const FAILED: [&str; 2] = [
    "Dit scherm kan niet worden getoond",
    "This screen cannot be shown",
];

impl Axe {
    /// Reads the rules that came with the screens' packages.
    ///
    /// # Errors
    /// When the packages are not installed.
    pub fn load() -> Result<Self> {
        let path = root()?.join("ui/node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(&path)
            .map_err(|problem| format!("{} cannot be read: {problem}", path.display()))?;
        Ok(Self { source })
    }

    /// Waits until this screen is filled, keeps a picture of it, and tells what is wrong with it, one line each.
    ///
    /// # Errors
    /// When it stays busy, or the rules cannot be run.
    pub async fn look(&self, page: &Page, screen: &str) -> Result<Vec<String>> {
        page.settled().await?;
        shots::keep(screen, &page.picture().await?)?;
        let words = page.words().await?;
        let failed = FAILED.iter().any(|failed| words.contains(failed));
        let failed = failed.then(|| "it failed and shows nothing".to_owned());
        let wrong = failed.into_iter().chain(self.violations(page).await?);
        Ok(wrong.map(|line| format!("{screen}: {line}")).collect())
    }

    /// What breaks WCAG 2.2 A and AA on this screen, one line each.
    ///
    /// # Errors
    /// When the rules cannot be run.
    pub async fn violations(&self, page: &Page) -> Result<Vec<String>> {
        let known = page.run("return typeof axe === 'object'", vec![]).await?;
        if known != Value::Bool(true) {
            page.run(&self.source, vec![]).await?;
        }
        let lines = page.run_async(LOOK, vec![]).await?;
        let lines = lines.as_array().ok_or("axe gave no answer")?;
        Ok(lines
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect())
    }
}
