//! Mistakes that the real code can be made to make, to see that the simulator finds them (`docs/reliability.md`).
//!
//! Without the feature `possible` there are none: [`Mistake::is_made`] is always false, and the compiler takes it and what
//! hangs on it away. Programs say `const _: () = assert!(!mistake::POSSIBLE)`, so that none can be built with it.

#[cfg(feature = "possible")]
use std::sync::atomic::{AtomicU8, Ordering};

/// Whether mistakes can be made at all.
pub const POSSIBLE: bool = cfg!(feature = "possible");

#[cfg(feature = "possible")]
static NOW: AtomicU8 = AtomicU8::new(0);

macro_rules! mistakes {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {
        /// A mistake.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Mistake {
            /// None.
            None,
            $($(#[doc = $doc])+ $name,)+
        }

        impl Mistake {
            /// All there are.
            pub const ALL: &[Self] = &[$(Self::$name),+];
        }
    };
}

mistakes! {
    /// A device does not wait until a commit is on its disk.
    UnsyncedDevice,
    /// A server does not wait until a commit is on its disk.
    UnsyncedServer,
    /// A device says "saved" although the commit failed.
    SavedEarly,
    /// A server says "taken in" although the commit failed.
    TakenEarly,
    /// A tail is dropped without being folded into the snapshot.
    DroppedTail,
    /// The cursor moves before the page is taken in.
    CursorFirst,
    /// The search index does not follow an edit.
    SkippedIndex,
    /// A copy of a database goes on in the life of the original.
    ReusedLife,
    /// A change counts as sent as soon as the request is made.
    SentEarly,
    /// What a server refused is dropped instead of kept aside.
    DroppedRefused,
    /// A change that a server lacks the past of counts as taken in.
    IgnoredMissing,
    /// A space that is lost stays on the device.
    KeptSpace,
    /// A device does not offer again what a restored server may lack.
    NothingOffered,
    /// A restored server does not look into the ledger of what was erased.
    ForgottenLedger,
    /// Something erased leaves no tombstone in the log.
    NoTombstone,
    /// What was erased on another device stays on this one.
    DeafToErasure,
    /// A request that comes twice takes numbers twice.
    NumberedTwice,
    /// Numbers are taken in a transaction of their own, before the one that writes.
    NumberedApart,
    /// A page ends early and says that it is whole.
    ShortPage,
    /// A copy of a device does not get what the other one wrote.
    NoEcho,
}

impl Mistake {
    /// Whether this is the one that is made now.
    #[must_use]
    #[inline]
    pub fn is_made(self) -> bool {
        #[cfg(feature = "possible")]
        return NOW.load(Ordering::Relaxed) == self as u8;
        #[cfg(not(feature = "possible"))]
        false
    }

    /// From now on this mistake is made, and no other.
    #[cfg(feature = "possible")]
    pub fn make(self) {
        NOW.store(self as u8, Ordering::Relaxed);
    }
}
