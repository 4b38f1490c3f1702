//! Follow-ups as iCalendar, for the calendar a broker already looks at.
//!
//! A promise would be a `VTODO`, but the calendars that people use show only events: Google Calendar passes over
//! `VTODO` when it reads a file, so does Outlook, and on a phone no calendar shows them. So a follow-up is a `VEVENT`:
//! the whole day, without making the day busy, or half an hour when it has a time.
//!
//! `calcard`, which the cards need anyway, also writes iCalendar, folds at 75 octets without cutting letters, and is
//! kept up by the makers of a mail server. The `icalendar` crate was considered and left out: it would be a second
//! writer for one format family, and it names a time zone without describing it, which RFC 5545 (3.6.5) demands.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarClassification, ICalendarComponent, ICalendarComponentType,
    ICalendarDuration, ICalendarParameter, ICalendarProperty, ICalendarStatus,
    ICalendarTransparency, ICalendarValueType,
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use domain::FollowUpState;
use domain::kinds::FollowUp;

/// The calendar before its events, with the one time zone people here live in (rules since 1996, IANA tz database).
const HEAD: &str = "BEGIN:VCALENDAR\r\n\
    VERSION:2.0\r\n\
    PRODID:-//Buurtboek//Buurtboek//NL\r\n\
    CALSCALE:GREGORIAN\r\n\
    METHOD:PUBLISH\r\n\
    BEGIN:VTIMEZONE\r\n\
    TZID:Europe/Amsterdam\r\n\
    BEGIN:DAYLIGHT\r\n\
    DTSTART:19960331T020000\r\n\
    TZOFFSETFROM:+0100\r\n\
    TZOFFSETTO:+0200\r\n\
    TZNAME:CEST\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
    END:DAYLIGHT\r\n\
    BEGIN:STANDARD\r\n\
    DTSTART:19961027T030000\r\n\
    TZOFFSETFROM:+0200\r\n\
    TZOFFSETTO:+0100\r\n\
    TZNAME:CET\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n\
    END:STANDARD\r\n\
    END:VTIMEZONE\r\n\
    END:VCALENDAR\r\n";

const ZONE: &str = "Europe/Amsterdam";
/// How long a follow-up with a time takes in the calendar.
const MINUTES: u32 = 30;

/// A follow-up and what the calendar shows with it.
#[derive(Debug, Clone)]
pub struct FollowUpEvent {
    /// The id of the follow-up; the same in every file, so that a calendar replaces what it had.
    pub id: String,
    /// The follow-up. One without a date is left out: a calendar has no place for it.
    pub follow_up: FollowUp,
    /// Names of the people and organisations it is about.
    pub about: Vec<String>,
}

/// Writes follow-ups as one iCalendar file (RFC 5545). `stamp` is the moment of writing.
pub fn write_icalendar(
    follow_ups: impl Iterator<Item = FollowUpEvent>,
    stamp: DateTime<Utc>,
) -> String {
    let mut calendar = ICalendar::parse(HEAD).unwrap_or_default();
    for event in follow_ups.filter_map(|follow_up| event(&follow_up, stamp)) {
        let number = u32::try_from(calendar.components.len()).unwrap_or(u32::MAX);
        calendar.components.push(event);
        if let Some(root) = calendar.components.first_mut() {
            root.component_ids.push(number);
        }
    }
    let mut out = String::new();
    let written = calendar.write_to(&mut out);
    debug_assert!(written.is_ok(), "a String takes everything");
    out
}

fn event(event: &FollowUpEvent, stamp: DateTime<Utc>) -> Option<ICalendarComponent> {
    let follow_up = &event.follow_up;
    let due = follow_up.due?;
    let state = follow_up.state.unwrap_or(FollowUpState::Open);
    let mut component = ICalendarComponent::new(ICalendarComponentType::VEvent);
    component.add_uid(&event.id);
    component.add_dtstamp(moment(stamp.date_naive(), stamp.time(), true));
    add_start(&mut component, due, &follow_up.time);
    let done = if state == FollowUpState::Done {
        "✓ "
    } else {
        ""
    };
    component.add_property(
        ICalendarProperty::Summary,
        format!("{done}{}", follow_up.what),
    );
    let description = description(event);
    if !description.is_empty() {
        component.add_property(ICalendarProperty::Description, description);
    }
    let status = match state {
        FollowUpState::Open | FollowUpState::Done => ICalendarStatus::Confirmed,
        FollowUpState::Dropped => ICalendarStatus::Cancelled,
    };
    component.add_property(ICalendarProperty::Status, status);
    // Who shares their calendar shares that they are busy, not with whom.
    component.add_property(ICalendarProperty::Class, ICalendarClassification::Private);
    Some(component)
}

/// A whole day, or half an hour at a time of the clock in the Netherlands.
fn add_start(component: &mut ICalendarComponent, due: NaiveDate, time: &str) {
    match NaiveTime::parse_from_str(time, "%H:%M") {
        Ok(time) => {
            let zone = ICalendarParameter::tzid(ZONE.to_owned());
            let start = moment(due, time, false);
            component.add_property_with_params(ICalendarProperty::Dtstart, [zone], start);
            let length = ICalendarDuration {
                minutes: MINUTES,
                ..ICalendarDuration::default()
            };
            component.add_property(ICalendarProperty::Duration, length);
        }
        Err(_) => {
            let kind = ICalendarParameter::value(ICalendarValueType::Date);
            component.add_property_with_params(ICalendarProperty::Dtstart, [kind], day(due));
            component.add_property(
                ICalendarProperty::Transp,
                ICalendarTransparency::Transparent,
            );
        }
    }
}

fn description(event: &FollowUpEvent) -> String {
    let follow_up = &event.follow_up;
    let names = event.about.join(", ");
    let lines = [
        &names,
        &follow_up.waiting_for,
        &follow_up.reason,
        &follow_up.outcome.0,
    ];
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

fn day(date: NaiveDate) -> PartialDateTime {
    PartialDateTime {
        year: u16::try_from(date.year()).ok(),
        month: u8::try_from(date.month()).ok(),
        day: u8::try_from(date.day()).ok(),
        ..PartialDateTime::default()
    }
}

fn moment(date: NaiveDate, time: NaiveTime, is_utc: bool) -> PartialDateTime {
    PartialDateTime {
        hour: u8::try_from(time.hour()).ok(),
        minute: u8::try_from(time.minute()).ok(),
        second: u8::try_from(time.second()).ok(),
        tz_hour: is_utc.then_some(0),
        tz_minute: is_utc.then_some(0),
        ..day(date)
    }
}

#[cfg(test)]
mod tests {
    use calcard::icalendar::ICalendar;
    use chrono::{DateTime, NaiveDate, Utc};
    use domain::FollowUpState;
    use domain::kinds::FollowUp;
    use domain::record::LongText;

    use super::{FollowUpEvent, write_icalendar};

    fn follow_up(what: &str, time: &str) -> FollowUpEvent {
        FollowUpEvent {
            id: "0190b6a0-0000-7000-8000-000000000001".to_owned(),
            follow_up: FollowUp {
                what: what.to_owned(),
                due: NaiveDate::from_ymd_opt(2026, 3, 28),
                time: time.to_owned(),
                ..FollowUp::default()
            },
            about: vec!["Fatima el Amrani".to_owned(), "De Schakel".to_owned()],
        }
    }

    fn written(event: FollowUpEvent) -> String {
        let stamp: DateTime<Utc> = "2026-03-01T08:05:00Z".parse().unwrap();
        let text = write_icalendar([event].into_iter(), stamp);
        assert!(ICalendar::parse(&text).is_ok(), "{text}");
        let (head, events) = text.split_once("END:VTIMEZONE\r\n").unwrap();
        assert!(
            head.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"),
            "{head}"
        );
        assert!(
            head.contains("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n"),
            "{head}"
        );
        events.to_owned()
    }

    #[test]
    fn a_follow_up_without_a_time_is_a_whole_day_that_stays_free() {
        let wanted = "BEGIN:VEVENT\r\n\
            UID:0190b6a0-0000-7000-8000-000000000001\r\n\
            DTSTAMP:20260301T080500Z\r\n\
            DTSTART;VALUE=DATE:20260328\r\n\
            TRANSP:TRANSPARENT\r\n\
            SUMMARY:Bellen\\, over de oversteek\r\n\
            DESCRIPTION:Fatima el Amrani\\, De Schakel\r\n\
            STATUS:CONFIRMED\r\n\
            CLASS:PRIVATE\r\n\
            END:VEVENT\r\n\
            END:VCALENDAR\r\n";
        assert_eq!(written(follow_up("Bellen, over de oversteek", "")), wanted);
    }

    #[test]
    fn a_time_is_the_time_on_the_clock_in_the_netherlands() {
        let text = written(follow_up("Bellen", "14:30"));
        assert!(
            text.contains("DTSTART;TZID=Europe/Amsterdam:20260328T143000\r\n"),
            "{text}"
        );
        assert!(text.contains("DURATION:PT30M\r\n"), "{text}");
        assert!(!text.contains("TRANSP"), "{text}");
    }

    #[test]
    fn done_and_dropped_can_be_seen() {
        let mut event = follow_up("Bellen", "");
        event.follow_up.state = Some(FollowUpState::Done);
        event.follow_up.outcome = LongText("Komt dinsdag\nmet haar zus".to_owned());
        let text = written(event.clone());
        assert!(text.contains("SUMMARY:✓ Bellen\r\n"), "{text}");
        assert!(text.contains("\\nKomt dinsdag\\nmet haar zus"), "{text}");
        event.follow_up.state = Some(FollowUpState::Dropped);
        assert!(written(event).contains("STATUS:CANCELLED\r\n"));
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_letter_is_cut() {
        let text = written(follow_up(&"één lange belofte ".repeat(40), "09:00"));
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        assert!(
            text.replace("\r\n ", "")
                .contains(&"één lange belofte ".repeat(40))
        );
    }

    #[test]
    fn what_has_no_date_has_no_place_in_a_calendar() {
        let mut event = follow_up("Ooit", "");
        event.follow_up.due = None;
        assert_eq!(written(event), "END:VCALENDAR\r\n");
    }
}
