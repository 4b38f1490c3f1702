//! How much goes in one request, found out on the line of this device and remembered for the next exchange.

use sync::Portion;

use crate::device::{Device, meta};
use crate::exchanging::Round;
use crate::round_error::RoundError;

/// How much the line of this device carried at once, last time: a program that does one exchange and ends starts with that.
pub(crate) fn portion_of(device: &Device) -> store::Result<Portion> {
    let kept = device.store.meta(meta::PORTION)?;
    let bytes = kept.and_then(|bytes| bytes.parse().ok());
    Ok(bytes.map_or_else(Portion::default, Portion::of))
}

fn keep_portion(device: &Device, portion: Portion) -> store::Result<()> {
    let bytes = portion.told().map(|bytes| bytes.to_string());
    device.store.set_meta(&[(meta::PORTION, bytes.as_deref())])
}

impl Round<'_> {
    /// One request and what comes of it; false when there is nothing left to ask. When the connection breaks under it,
    /// the next one carries less: what was taken in so far stays, and nothing starts over.
    pub(crate) async fn step_or_less(&mut self) -> Result<bool, RoundError> {
        let before = self.portion.bytes();
        let done = match self.step().await {
            Err(problem) if problem.is_break() => {
                if self.portion.broke() {
                    Ok(true)
                } else {
                    Err(problem)
                }
            }
            Ok(more) => {
                self.portion.arrived();
                Ok(more)
            }
            Err(problem) => Err(problem),
        };
        let portion = self.portion;
        if portion.bytes() != before {
            tracing::info!(bytes = portion.bytes(), "how much goes in one request");
            self.exchange
                .blocking(move |device| keep_portion(device, portion))
                .await?;
        }
        done
    }
}
