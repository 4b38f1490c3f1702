//! TypeScript for the screens, made from the same types: drift is a failing check.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

/// The whole of `generated.ts`.
#[must_use]
pub fn typescript() -> String {
    let mut declarations = Declarations::default();
    let mut commands = String::new();
    super::commands::describe(&mut |doc, name, args, reply, collect| {
        collect(&mut declarations);
        commands.push_str(&format!(
            "  /**{doc} */\n  {name}: {{ args: {args}; reply: {reply} }};\n"
        ));
    });
    let mut events = String::new();
    super::commands::describe_events(&mut |name, payload, collect| {
        collect(&mut declarations);
        events.push_str(&format!("  {name}: {payload};\n"));
    });
    let mut text =
        String::from("// Generated from crates/app by `cargo xtask types`. Do not edit.\n\n");
    for declaration in declarations.found.values() {
        text.push_str(declaration);
        text.push_str("\n\n");
    }
    text.push_str(&format!(
        "export interface Commands {{\n{commands}}}\n\nexport interface Events {{\n{events}}}\n"
    ));
    text
}

/// Collects the declarations of types and of all they mention.
#[derive(Debug, Default)]
pub(super) struct Declarations {
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let config = config();
        // Only types with a place of their own are declared; strings, arrays and options are spelled out.
        if T::output_path().is_some() {
            let name = T::ident(&config);
            if self.found.contains_key(&name) {
                return;
            }
            let docs = T::docs().unwrap_or_default();
            self.found
                .insert(name, format!("{docs}export {}", T::decl(&config)));
        }
        T::visit_generics(self);
        T::visit_dependencies(self);
    }
}

pub(super) fn config() -> Config {
    Config::new().with_large_int("number")
}
