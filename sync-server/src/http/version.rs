//! Which apps are served: an administrator may ask for a newer one.

use super::failure::Failure;

/// Refuses an app of a version below the lowest that this server takes. One that names no version is let be: this is for
/// apps that behave, and what does harm is kept out by other means.
pub(super) fn check_app(app: &str, minimum: &str) -> Result<(), Failure> {
    match (numbers(app), numbers(minimum)) {
        (Some(app), Some(minimum)) if app < minimum => Err(Failure::App),
        _ => Ok(()),
    }
}

/// `1.2.3-anything` as numbers; what is missing is 0.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let release = version.split(['-', '+']).next()?;
    let mut numbers = [0; 3];
    let mut parts = release.split('.');
    for (number, part) in numbers.iter_mut().zip(&mut parts) {
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_is_older_by_its_numbers_and_not_by_its_letters() {
        for (app, minimum) in [("0.9.0", "0.10.0"), ("1.2.3", "1.2.4"), ("1", "1.0.1")] {
            assert!(check_app(app, minimum).is_err(), "{app} {minimum}");
        }
        for (app, minimum) in [
            ("0.10.0", "0.9.0"),
            ("1.2.3-beta", "1.2.3"),
            ("1.2.3", "1.2.3"),
            ("mine", "1.0.0"),
        ] {
            assert!(check_app(app, minimum).is_ok(), "{app} {minimum}");
        }
    }
}
