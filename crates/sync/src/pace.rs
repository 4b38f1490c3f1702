//! When to exchange: at once after an edit or a word from the server, now and then by itself, and with growing pauses
//! while there is no connection.

/// Milliseconds since 1970.
type Millis = i64;

/// An edit is sent this long after it was made, so that a burst of typing goes in one request.
const AFTER_EDIT: Millis = 400;
/// Without a word from the server, look this often.
const BY_ITSELF: Millis = 60_000;
/// The first pause after a failure; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Millis = 1_000;
/// The longest pause between tries: a phone that comes out of a dead zone is up to date within half a minute.
const LONGEST_PAUSE: Millis = 30_000;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The device was opened and belongs to a team.
    Started,
    /// A person made an edit.
    Edited,
    /// The server said that something is new, or the event stream came up.
    ServerSpoke,
    /// A person asked, or the connection came back.
    Asked,
    /// Time passed.
    Tick,
    /// A round came to its end.
    Finished,
    /// A round broke off.
    Failed(Failure),
    /// The event stream broke off.
    StreamEnded,
}

/// Why a round broke off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No connection.
    Offline,
    /// The server answered with a problem that may pass.
    Server,
    /// The server has too much to do.
    Busy {
        /// Not sooner than after so many seconds it wants to be asked again.
        seconds: u32,
    },
    /// The server does not know this device any more: no use trying again.
    Refused,
}

/// What is the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Situation {
    /// Nothing is wrong.
    Well,
    /// No connection since then.
    Offline {
        /// Since when.
        since: Millis,
    },
    /// The server has a problem since then.
    Troubled {
        /// Since when.
        since: Millis,
    },
    /// The server does not know this device any more.
    Refused,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Exchange now.
    StartRound,
    /// Come back with [`Event::Tick`] at this moment.
    WakeAt(Millis),
    /// Listen to the server's events.
    OpenStream,
}

/// The pace of one device.
#[derive(Debug, Clone)]
pub struct Pace {
    situation: Situation,
    running: bool,
    /// Something happened during the round that the round may have missed.
    again: bool,
    pause: Millis,
    /// Until the event stream is opened again after it ended.
    stream_pause: Millis,
    next: Option<Millis>,
    stream: bool,
}

impl Default for Pace {
    fn default() -> Self {
        Self::new()
    }
}

impl Pace {
    /// At rest.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            situation: Situation::Well,
            running: false,
            again: false,
            pause: FIRST_PAUSE,
            stream_pause: FIRST_PAUSE,
            next: None,
            stream: false,
        }
    }

    /// What is the case.
    #[must_use]
    pub const fn situation(&self) -> Situation {
        self.situation
    }

    /// A round is under way.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.running
    }

    /// Takes in what happened and says what to do.
    pub fn handle(&mut self, now: Millis, event: Event) -> Vec<Effect> {
        match event {
            Event::Started | Event::Asked => {
                self.pause = FIRST_PAUSE;
                if self.situation == Situation::Refused && event == Event::Asked {
                    self.situation = Situation::Well;
                }
                self.start(now)
            }
            Event::ServerSpoke => {
                self.stream_pause = FIRST_PAUSE;
                self.start(now)
            }
            Event::Edited => self.wake(now, AFTER_EDIT),
            Event::Tick => self.tick(now),
            Event::Finished => self.finished(now),
            Event::Failed(failure) => self.failed(now, failure),
            Event::StreamEnded => {
                self.stream = false;
                // The next round that gets through opens it again. Where it never lasts (a proxy that forbids it) that comes
                // later each time.
                let after = self.stream_pause;
                self.stream_pause = (after * 2).min(BY_ITSELF);
                self.wake(now, after)
            }
        }
    }

    fn start(&mut self, _now: Millis) -> Vec<Effect> {
        if self.situation == Situation::Refused {
            return Vec::new();
        }
        if self.running {
            self.again = true;
            return Vec::new();
        }
        self.running = true;
        self.again = false;
        self.next = None;
        vec![Effect::StartRound]
    }

    fn wake(&mut self, now: Millis, after: Millis) -> Vec<Effect> {
        if self.running {
            self.again = true;
            return Vec::new();
        }
        let at = now
            + if self.situation == Situation::Well {
                after
            } else {
                self.pause
            };
        match self.next {
            Some(next) if next <= at => Vec::new(),
            // While the server is out of reach or busy an edit does not shorten the pause: it would only cost battery.
            Some(_) if self.situation != Situation::Well => Vec::new(),
            _ => {
                self.next = Some(at);
                vec![Effect::WakeAt(at)]
            }
        }
    }

    fn tick(&mut self, now: Millis) -> Vec<Effect> {
        match self.next {
            // A moment further off than any pause means that the clock was set back: waiting for it could take days.
            Some(next) if next > now && next - now <= BY_ITSELF => vec![Effect::WakeAt(next)],
            Some(_) => self.start(now),
            None => Vec::new(),
        }
    }

    fn finished(&mut self, now: Millis) -> Vec<Effect> {
        self.running = false;
        self.situation = Situation::Well;
        self.pause = FIRST_PAUSE;
        let mut effects = Vec::new();
        if !self.stream {
            self.stream = true;
            effects.push(Effect::OpenStream);
        }
        if self.again {
            effects.extend(self.start(now));
        } else {
            self.next = Some(now + BY_ITSELF);
            effects.push(Effect::WakeAt(now + BY_ITSELF));
        }
        effects
    }

    fn failed(&mut self, now: Millis, failure: Failure) -> Vec<Effect> {
        self.running = false;
        self.again = false;
        let since = match self.situation {
            Situation::Offline { since } | Situation::Troubled { since } => since,
            Situation::Well | Situation::Refused => now,
        };
        self.situation = match failure {
            Failure::Offline => Situation::Offline { since },
            Failure::Server | Failure::Busy { .. } => Situation::Troubled { since },
            Failure::Refused => Situation::Refused,
        };
        if self.situation == Situation::Refused {
            return Vec::new();
        }
        let wanted = match failure {
            // However long it wants: an app that looks for work by itself does so this often.
            Failure::Busy { seconds } => (Millis::from(seconds) * 1_000).min(BY_ITSELF),
            Failure::Offline | Failure::Server | Failure::Refused => 0,
        };
        let at = now + self.pause.max(wanted);
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        self.next = Some(at);
        vec![Effect::WakeAt(at)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_of_edits_is_one_round() {
        let mut pace = Pace::new();
        assert_eq!(pace.handle(0, Event::Edited), [Effect::WakeAt(AFTER_EDIT)]);
        assert_eq!(pace.handle(100, Event::Edited), []);
        assert_eq!(pace.handle(AFTER_EDIT, Event::Tick), [Effect::StartRound]);
    }

    #[test]
    fn an_edit_during_a_round_is_not_forgotten() {
        let mut pace = Pace::new();
        assert_eq!(pace.handle(0, Event::Started), [Effect::StartRound]);
        assert_eq!(pace.handle(1, Event::Edited), []);
        let effects = pace.handle(2, Event::Finished);
        assert!(effects.contains(&Effect::StartRound), "{effects:?}");
    }

    #[test]
    fn pauses_grow_while_there_is_no_connection_and_tell_since_when() {
        let mut pace = Pace::new();
        pace.handle(0, Event::Started);
        let mut now = 10;
        let mut pauses = Vec::new();
        for _ in 0..7 {
            let effects = pace.handle(now, Event::Failed(Failure::Offline));
            let [Effect::WakeAt(at)] = effects[..] else {
                panic!("{effects:?}")
            };
            pauses.push(at - now);
            now = at;
            assert_eq!(pace.handle(now, Event::Tick), [Effect::StartRound]);
        }
        assert_eq!(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
        assert_eq!(pace.situation(), Situation::Offline { since: 10 });
    }

    #[test]
    fn a_server_that_is_busy_is_left_alone_as_long_as_it_asks() {
        let mut pace = Pace::new();
        pace.handle(0, Event::Started);
        let busy = |seconds| Event::Failed(Failure::Busy { seconds });
        assert_eq!(pace.handle(0, busy(5)), [Effect::WakeAt(5_000)]);
        assert_eq!(pace.handle(100, Event::Edited), []);
        assert_eq!(pace.handle(5_000, Event::Tick), [Effect::StartRound]);
        assert_eq!(pace.situation(), Situation::Troubled { since: 0 });
        // A pause of its own that is longer stays, and no word keeps a note here for hours.
        assert_eq!(pace.handle(5_000, busy(1)), [Effect::WakeAt(7_000)]);
        assert_eq!(pace.handle(7_000, Event::Asked), [Effect::StartRound]);
        assert_eq!(
            pace.handle(7_000, busy(86_400)),
            [Effect::WakeAt(7_000 + BY_ITSELF)]
        );
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_stop_the_tries() {
        let mut pace = Pace::new();
        let future = 200_000_000;
        pace.handle(future, Event::Started);
        pace.handle(future, Event::Failed(Failure::Offline));
        assert_eq!(pace.handle(10, Event::Tick), [Effect::StartRound]);
    }

    #[test]
    fn asking_tries_at_once_whatever_the_pause() {
        let mut pace = Pace::new();
        pace.handle(0, Event::Started);
        pace.handle(1, Event::Failed(Failure::Offline));
        assert_eq!(pace.handle(2, Event::Asked), [Effect::StartRound]);
    }

    #[test]
    fn a_device_that_was_put_out_stops_trying() {
        let mut pace = Pace::new();
        pace.handle(0, Event::Started);
        assert_eq!(pace.handle(1, Event::Failed(Failure::Refused)), []);
        assert_eq!(pace.handle(2, Event::Edited).len(), 1);
        assert_eq!(pace.handle(100_000, Event::Tick), []);
    }

    #[test]
    fn the_event_stream_is_opened_once_the_server_can_be_reached() {
        let mut pace = Pace::new();
        pace.handle(0, Event::Started);
        assert!(
            pace.handle(1, Event::Finished)
                .contains(&Effect::OpenStream)
        );
        pace.handle(2, Event::ServerSpoke);
        assert!(
            !pace
                .handle(3, Event::Finished)
                .contains(&Effect::OpenStream)
        );
        pace.handle(4, Event::StreamEnded);
        pace.handle(2_000, Event::Tick);
        assert!(
            pace.handle(2_001, Event::Finished)
                .contains(&Effect::OpenStream)
        );
    }

    #[test]
    fn a_stream_that_never_lasts_is_opened_less_and_less_often() {
        let mut pace = Pace::new();
        let mut now = 0;
        pace.handle(now, Event::Started);
        pace.handle(now, Event::Finished);
        let mut waited = Vec::new();
        // Until it is not at all sooner than the next round that comes by itself.
        while let [Effect::WakeAt(at)] = pace.handle(now, Event::StreamEnded).as_slice() {
            waited.push(at - now);
            now = *at;
            assert_eq!(pace.handle(now, Event::Tick), [Effect::StartRound]);
            let done = pace.handle(now, Event::Finished);
            assert!(done.contains(&Effect::OpenStream));
        }
        let doubled = |pair: &[Millis]| pair[1] == pair[0] * 2;
        assert!(
            waited.len() > 3 && waited.windows(2).all(doubled),
            "{waited:?}"
        );
        assert_eq!(waited[0], FIRST_PAUSE);
        pace.handle(now, Event::ServerSpoke);
        pace.handle(now, Event::Finished);
        assert_eq!(
            pace.handle(now, Event::StreamEnded),
            [Effect::WakeAt(now + FIRST_PAUSE)]
        );
    }
}
