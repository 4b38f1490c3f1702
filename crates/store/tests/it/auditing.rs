//! The audit is added to, sent and bounded, and never changed.

use domain::ids::{MemberId, RecordId};
use store::AuditRow;
use uuid::Uuid;

use crate::device::{Device, SPACE};

const MINUTE: i64 = 60_000;

fn row(number: u128, action: &str, at: i64) -> AuditRow {
    AuditRow {
        id: Uuid::from_u128(number),
        space: SPACE,
        action: action.to_owned(),
        record: Some(RecordId(Uuid::from_u128(0xc0))),
        member: Some(MemberId(Uuid::from_u128(0xe0))),
        at,
        heard: None,
        subject: None,
        role: None,
    }
}

#[test]
fn the_same_page_within_minutes_is_one_visit() {
    let device = Device::new(1);
    let open = |number, at| {
        let row = row(number, "opened", at);
        device.store.audit(&row, 10 * MINUTE).unwrap()
    };
    assert!(open(1, 0));
    assert!(!open(2, 9 * MINUTE));
    assert!(open(3, 10 * MINUTE));
    assert!(
        device
            .store
            .audit(&row(4, "exported", 10 * MINUTE), 0)
            .unwrap()
    );
    let (total, rows) = device.store.audit_list(None, 0, 10).unwrap();
    let actions: Vec<_> = rows.iter().map(|row| row.action.as_str()).collect();
    assert_eq!((total, actions), (3, vec!["exported", "opened", "opened"]));
}

#[test]
fn what_is_sent_is_not_sent_again_and_stays_readable() {
    let device = Device::new(1);
    let (first, second) = (row(1, "opened", 0), row(2, "exported", MINUTE));
    for row in [&first, &second] {
        device.store.audit(row, 0).unwrap();
    }
    device.store.audit_sent(&[first.id]).unwrap();
    assert_eq!(
        device.store.unsent_audit(10).unwrap(),
        std::slice::from_ref(&second)
    );
    let (_, rows) = device.store.audit_list(first.record, 0, 10).unwrap();
    assert_eq!(rows, [second, first]);
}

#[test]
fn what_the_server_tells_again_is_not_there_twice() {
    let device = Device::new(1);
    let (own, other) = (row(1, "opened", 0), row(2, "opened", MINUTE));
    device.store.audit(&own, 0).unwrap();
    device.store.take_audit(&[own, other.clone()]).unwrap();
    device.store.take_audit(&[other]).unwrap();
    assert_eq!(device.store.audit_list(None, 0, 10).unwrap().0, 2);
    assert!(device.store.unsent_audit(10).unwrap().is_empty());
}

#[test]
fn nobody_changes_or_erases_a_line() {
    let device = Device::new(1);
    device.store.audit(&row(1, "exported", 0), 0).unwrap();
    let sql = device.sql();
    for forbidden in [
        "UPDATE audit SET action = 'opened'",
        "UPDATE audit SET member = NULL",
        "UPDATE audit SET at = 5",
        "DELETE FROM audit",
    ] {
        let refused = sql.execute(forbidden, []).unwrap_err().to_string();
        assert!(
            refused.contains("the audit is not"),
            "{forbidden}: {refused}"
        );
    }
    assert_eq!(device.store.audit_list(None, 0, 10).unwrap().0, 1);
}

#[test]
fn the_oldest_lines_go_when_there_are_too_many() {
    let device = Device::new(1);
    let sql = device.sql();
    sql.execute_batch(
        "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
         INSERT INTO audit (id, space, action, at, sent)
         SELECT unhex(printf('%032x', i)), unhex(printf('%032x', 7)), 'opened', i, i > 10 FROM n",
    )
    .unwrap();
    device
        .store
        .audit(&row(1 << 64, "exported", 1 << 40), 0)
        .unwrap();
    let (total, newest) = device.store.audit_list(None, 0, 1).unwrap();
    assert_eq!((total, newest[0].action.as_str()), (20_000, "exported"));
    // What the server has goes before what only this device knows.
    assert_eq!(device.store.unsent_audit(100).unwrap().len(), 11);
}
