//! axe-core on what is on the screen now.

use std::fs;

use serde_json::Value;

use crate::page::Page;
use crate::{Result, root};

/// The rules of axe-core, ready to be put in a page.
#[derive(Debug)]
pub struct Axe {
    source: String,
}

/// Runs the rules and names, for each violation, the rule, its help and the first places.
const LOOK: &str = include_str!("axe.js");

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
