//! The audit, from one device through the real server to those who may read it.

use app::App;
use app::api::{
    AuditHeard, AuditOf, AuditQuery, AuditView, ConsentRecord, Erase, PersonFileAsk, RecordId,
};
use chrono::Duration;
use domain::Consent;
use protocol::Role;
use serde_json::{Value, json};

use crate::device::{Device, code};
use crate::pages::{stands_everywhere, stands_nowhere};
use crate::team::{Team, sync_all};

fn hear(device: &Device, record: Option<&str>) -> AuditHeard {
    let record = record.map(str::to_owned);
    device.app.audit_hear(AuditOf { record }).unwrap()
}

fn lines(device: &Device, record: Option<&str>) -> Vec<AuditView> {
    let query = AuditQuery {
        record: record.map(str::to_owned),
        offset: 0,
        limit: 200,
    };
    device.app.audit_list(query).unwrap().rows
}

/// Who did what with records. Sorted: the clock of the server is a real one.
fn told(device: &Device, record: Option<&str>) -> Vec<(String, String)> {
    let lines = lines(device, record).into_iter();
    let mut told: Vec<_> = lines
        .filter(|line| line.record.is_some() || line.gone)
        .map(|line| (line.person, line.action))
        .collect();
    told.sort();
    told
}

fn said(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    let lines = lines.iter();
    lines
        .map(|(who, what)| ((*who).to_owned(), (*what).to_owned()))
        .collect()
}

fn open(device: &Device, id: &str) {
    let id = id.to_owned();
    device.app.contact_get(RecordId { id }).unwrap();
}

fn consent(device: &Device, id: &str) {
    let record = ConsentRecord {
        id: id.to_owned(),
        consent: Some(Consent::Given),
        basis: None,
        on: None,
    };
    device.app.consent_record(record).unwrap();
}

#[test]
fn taking_consent_back_is_written_down_like_giving_it() {
    let device = Device::of("Noor");
    let fatima = device.put("contact", json!({ "name": "Fatima el Amrani" }));
    let record = ConsentRecord {
        id: fatima.clone(),
        consent: Some(Consent::Given),
        basis: None,
        on: None,
    };
    let given = device.app.consent_record(record).unwrap();
    let consents = || {
        let mut told = told(&device, Some(&fatima));
        told.retain(|(_, what)| what == "consent");
        told
    };
    let lines = |many| vec![("Noor".to_owned(), "consent".to_owned()); many];
    assert_eq!(consents(), lines(1));
    device.hands.pass(Duration::minutes(1));
    let undone = device.undo(&given);
    assert_eq!(device.fields(&fatima).get("consent"), None);
    assert_eq!(consents(), lines(2));
    device.hands.pass(Duration::minutes(1));
    device.undo(&undone);
    assert_eq!(consents(), lines(3));
    // What else is taken back is no line here.
    let edited = device.edit(&fatima, json!({ "town": "Utrecht" }));
    device.undo(&edited);
    assert_eq!(consents(), lines(3));
}

fn erase(device: &Device, id: &str) -> app::Result<app::api::Erased> {
    device.app.erase_apply(Erase {
        id: id.to_owned(),
        also: Vec::new(),
        mentions: Vec::new(),
        private: Vec::new(),
        instead: String::new(),
    })
}

struct Trio {
    team: Team,
    noor: Device,
    samir: Device,
    ans: Device,
    fatima: String,
}

/// Two brokers and a manager, with one person whom all know.
fn trio() -> Trio {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let ans = Device::of("Ans");
    ans.join(&team.invite(Role::Manager)).unwrap();
    let fatima = noor.put("contact", json!({ "name": "Fatima el Amrani" }));
    sync_all(&[&noor, &samir, &ans]);
    Trio {
        team,
        noor,
        samir,
        ans,
        fatima,
    }
}

#[test]
fn a_manager_reads_what_everybody_did_and_others_only_what_was_done_with_one_person() {
    let Trio {
        team: _running,
        noor,
        samir,
        ans,
        fatima,
    } = trio();
    open(&noor, &fatima);
    consent(&noor, &fatima);
    noor.sync();
    let heard = hear(&ans, None);
    assert_eq!(
        (heard.spaces, heard.reached),
        (vec!["Buurtteam".to_owned()], true)
    );
    assert_eq!(
        told(&ans, None),
        said(&[("Noor", "consent"), ("Noor", "opened")])
    );
    // Asking again adds nothing.
    hear(&ans, None);
    assert_eq!(told(&ans, None).len(), 2);

    assert_eq!(hear(&samir, None).spaces, Vec::<String>::new());
    assert_eq!(told(&samir, None), said(&[]));
    assert!(hear(&samir, Some(&fatima)).reached);
    assert_eq!(told(&samir, Some(&fatima)).len(), 2);
}

#[test]
fn a_round_asks_nothing_extra_when_there_is_nothing_to_report() {
    let Trio {
        team: _running,
        noor,
        fatima,
        ..
    } = trio();
    noor.sync();
    assert_eq!(noor.sync().requests, 1);
    open(&noor, &fatima);
    assert_eq!(noor.sync().requests, 2);
    let quiet = noor.sync();
    assert_eq!(quiet.requests, 1);
    assert!(quiet.bytes_up + quiet.bytes_down <= 1_000);
}

#[test]
fn what_was_done_without_a_connection_is_reported_afterwards() {
    let Trio {
        mut team,
        noor,
        ans,
        fatima,
        ..
    } = trio();
    team.stop();
    open(&noor, &fatima);
    assert!(!hear(&noor, Some(&fatima)).reached);
    let noor = noor.reopened();
    team.start();
    noor.sync();
    hear(&ans, None);
    assert_eq!(told(&ans, Some(&fatima)), said(&[("Noor", "opened")]));
}

#[test]
fn the_line_of_an_erasure_outlives_what_was_erased_and_holds_no_word_of_it() {
    let Trio {
        team,
        noor,
        ans,
        fatima,
        ..
    } = trio();
    open(&noor, &fatima);
    sync_all(&[&noor, &ans]);
    stands_everywhere("Fatima", &team, &[&noor, &ans]);
    erase(&noor, &fatima).unwrap();
    sync_all(&[&noor, &ans]);
    hear(&ans, None);
    assert_eq!(
        told(&ans, Some(&fatima)),
        said(&[("Noor", "erased"), ("Noor", "opened")])
    );
    let lines = lines(&ans, Some(&fatima));
    assert!(lines.iter().all(|line| line.gone && line.record.is_none()));
    stands_nowhere("Fatima", &team, &[&noor, &ans]);
}

#[test]
fn what_is_refused_leaves_no_line() {
    let Trio { samir, fatima, .. } = trio();
    assert_eq!(code(erase(&samir, &fatima)), "erase_no_right");
    assert_eq!(told(&samir, Some(&fatima)), said(&[]));
    let refused = samir.app.consent_record(ConsentRecord {
        id: fatima.clone(),
        consent: None,
        basis: Some(domain::LegalBasis::Consent),
        on: None,
    });
    assert_eq!(code(refused), "basis_without_consent");
    assert_eq!(told(&samir, Some(&fatima)), said(&[]));
}

#[test]
fn a_manager_sees_which_rights_were_given() {
    let Trio { team, ans, .. } = trio();
    team.give(team.space, "Samir", Some(Role::Reader));
    hear(&ans, None);
    let given = lines(&ans, None);
    let given = given.iter().find(|line| line.action == "role_changed");
    let given = given.unwrap();
    assert_eq!(
        (
            given.subject.as_str(),
            given.role.as_deref(),
            given.person.as_str()
        ),
        ("Samir", Some("reader"), "")
    );
}

#[test]
fn who_manages_no_more_keeps_only_what_they_did_themselves() {
    let Trio {
        team,
        noor,
        ans,
        fatima,
        ..
    } = trio();
    team.device("Els");
    team.give(team.space, "Els", Some(Role::Manager));
    open(&noor, &fatima);
    open(&ans, &fatima);
    sync_all(&[&noor, &ans]);
    hear(&ans, None);
    assert_eq!(told(&ans, Some(&fatima)).len(), 2);
    team.give(team.space, "Ans", Some(Role::Writer));
    ans.sync();
    assert_eq!(told(&ans, None), said(&[("Ans", "opened")]));
    team.give(team.space, "Ans", Some(Role::Manager));
    ans.sync();
    hear(&ans, None);
    assert_eq!(told(&ans, Some(&fatima)).len(), 2);
}

#[test]
fn a_persons_file_tells_what_was_done_on_every_device() {
    let Trio {
        mut team,
        noor,
        samir,
        fatima,
        ..
    } = trio();
    open(&noor, &fatima);
    noor.sync();
    let file = |device: &Device| -> Value {
        let ask = PersonFileAsk {
            id: fatima.clone(),
            format: "json".to_owned(),
            with_names: false,
        };
        serde_json::from_slice(&device.app.person_file(&ask).unwrap().0).unwrap()
    };
    let whole = file(&samir);
    assert_eq!(whole["audit_of_all_devices"], true);
    let by: Vec<_> = whole["audit"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["by"])
        .collect();
    assert!(
        by.contains(&&json!("Noor")) && by.contains(&&json!("Samir")),
        "{by:?}"
    );
    // Who may only read is told nothing of what others did.
    team.give(team.space, "Samir", Some(Role::Reader));
    samir.sync();
    assert_eq!(file(&samir)["audit_of_all_devices"], false);
    team.stop();
    assert_eq!(file(&noor)["audit_of_all_devices"], false);
}

#[test]
fn every_door_to_what_is_kept_of_a_person_leaves_a_line_and_a_name_leaves_none() {
    let noor = Device::of("Noor");
    let doors: [fn(&App, RecordId); 3] = [
        |app, id| drop(app.contact_get(id).unwrap()),
        |app, id| drop(app.record_get(id).unwrap()),
        |app, id| drop(app.record_history(id).unwrap()),
    ];
    for look in doors {
        let id = noor.put("contact", json!({ "name": "Fatima el Amrani" }));
        look(&noor.app, RecordId { id: id.clone() });
        assert_eq!(told(&noor, Some(&id)).len(), 1);
    }
    let id = noor.put("contact", json!({ "name": "Kees" }));
    let name = noor.app.record_name(RecordId { id: id.clone() }).unwrap();
    assert_eq!(
        (name.kind.as_str(), name.title.as_str()),
        ("contact", "Kees")
    );
    assert!(told(&noor, Some(&id)).is_empty());
}

#[test]
fn a_server_that_was_put_back_hears_again_what_was_done_since_its_backup_once() {
    let Trio {
        mut team,
        noor,
        samir,
        ans,
        fatima,
    } = trio();
    open(&noor, &fatima);
    noor.sync();
    let outside = tempfile::tempdir().unwrap();
    let backup = outside.path().join("backup.sqlite");
    sync_server::log::Log::back_up(team.folder(), &backup).unwrap();
    consent(&noor, &fatima);
    open(&samir, &fatima);
    sync_all(&[&noor, &samir]);
    team.put_back(&backup);
    // The person who writes on does not have to do anything, and neither does a restart stand in the way.
    let noor = noor.reopened();
    sync_all(&[&noor, &samir, &ans]);
    let of_server = |team: &Team| {
        let query = sync_server::log::AuditQuery {
            space: team.space,
            after: 0,
            record: Some(fatima.parse().unwrap()),
            limit: 100,
        };
        let lines = team.log.audit(&query).unwrap().lines;
        let mut words: Vec<_> = lines
            .into_iter()
            .map(|line| (line.member.unwrap().name, line.action))
            .collect();
        words.sort();
        words
    };
    let done = said(&[("Noor", "consent"), ("Noor", "opened"), ("Samir", "opened")]);
    assert_eq!(of_server(&team), done);
    hear(&ans, None);
    assert_eq!(told(&ans, Some(&fatima)), done);
    // And that is the end of it.
    assert_eq!(noor.sync().requests, 1);
    assert_eq!(samir.sync().requests, 1);
    assert_eq!(of_server(&team), done);
}
