//! Who may do what in a space.

use std::collections::BTreeMap;

use protocol::{MemberList, MemberName, Role, RoleChange, SpaceKind, SpaceState};
use store::Space;
use uuid::Uuid;

use super::{Talk, role};
use crate::api::{DeviceStatus, Member, MemberPut, MemberRemove, Nothing, SpaceMembers};
use crate::edit::parse_id;
use crate::following::take_own_space;
use crate::sync_loop::Word;
use crate::wire::Method;
use crate::{App, Error, Result};

impl App {
    /// Who may do what, in every space of this person that others see too.
    ///
    /// # Errors
    /// `alone`, `needs_connection`, or what the server says.
    pub fn member_list(&self, _: Nothing) -> Result<Vec<SpaceMembers>> {
        self.talk()?.members()
    }

    /// Gives somebody a role in a space; they are known from one of this person's spaces.
    ///
    /// # Errors
    /// `managers_only`, `last_manager`, `role_unknown`, `gone_meanwhile`, `needs_connection`.
    pub fn member_put(&self, put: MemberPut) -> Result<Vec<SpaceMembers>> {
        let talk = self.talk()?;
        let role = role(&put.role)?;
        let path = place(&put.space, &put.member)?;
        talk.send::<()>(Method::Put, &path, &RoleChange { role })?;
        talk.members()
    }

    /// Takes a space away from somebody.
    ///
    /// # Errors
    /// `managers_only`, `last_manager`, `gone_meanwhile`, `needs_connection`.
    pub fn member_remove(&self, remove: MemberRemove) -> Result<Vec<SpaceMembers>> {
        let talk = self.talk()?;
        let path = place(&remove.space, &remove.member)?;
        talk.ask::<()>(Method::Delete, &path, None)?;
        talk.members()
    }
}

impl App {
    /// This person's own space, which nobody else sees: made when it is asked for the first time, the same on all their
    /// devices.
    ///
    /// # Errors
    /// `alone`, `needs_connection`, or what the server says; nothing has changed then.
    pub fn space_personal(&self, _: Nothing) -> Result<DeviceStatus> {
        let talk = self.talk()?;
        let state: SpaceState = talk.ask(Method::Post, "/v1/spaces/personal", None)?;
        if state.kind != Some(SpaceKind::Personal) {
            return Err(Error::new(
                "answer_unreadable",
                "The server named a space that is not your own. Nothing was changed.",
            ));
        }
        take_own_space(talk.device(), &state)?;
        self.sync_word(Word::Asked);
        self.tell_device()
    }
}

impl Talk<'_> {
    fn members(&self) -> Result<Vec<SpaceMembers>> {
        let shared = |space: &&Space| space.is_shared() && space.kind != "personal";
        let spaces: Vec<&Space> = self.spaces.iter().filter(shared).collect();
        let mut lists = Vec::with_capacity(spaces.len());
        let mut managed = BTreeMap::new();
        for space in spaces {
            let list: MemberList = self.get(&format!("/v1/spaces/{}/members", space.id))?;
            // Whom the server lets one add: not people whom one only works with somewhere.
            let mine = list.members.iter().find(|member| member.id == self.me);
            let manages = mine.is_some_and(|me| me.role == Role::Manager);
            if manages && matches!(space.kind.as_str(), "team" | "organisation") {
                for member in &list.members {
                    managed.insert(member.id, member.name.clone());
                }
            }
            lists.push((space, list.members));
        }
        let lists = lists.into_iter();
        Ok(lists
            .map(|(space, members)| self.members_of(space, members, &managed))
            .collect())
    }

    fn members_of(
        &self,
        space: &Space,
        members: Vec<protocol::MemberInfo>,
        managed: &BTreeMap<Uuid, String>,
    ) -> SpaceMembers {
        let mine = members.iter().find(|member| member.id == self.me);
        let mine = mine.map_or(space.role.as_str(), |member| member.role.as_str());
        let is_in = |id: &Uuid| members.iter().any(|member| member.id == *id);
        let mut others: Vec<_> = managed
            .iter()
            .filter(|(id, _)| mine == "manager" && !is_in(id))
            .map(|(id, name)| {
                self.person(MemberName {
                    id: *id,
                    name: name.clone(),
                })
            })
            .collect();
        others.sort_by(|one, other| one.name.cmp(&other.name));
        SpaceMembers {
            space: self.space(space.id.0),
            role: mine.to_owned(),
            others,
            members: members
                .into_iter()
                .map(|member| Member {
                    role: member.role.as_str().to_owned(),
                    person: self.person(MemberName {
                        id: member.id,
                        name: member.name,
                    }),
                })
                .collect(),
        }
    }
}

fn place(space: &str, member: &str) -> Result<String> {
    let (space, member) = (parse_id::<Uuid>(space)?, parse_id::<Uuid>(member)?);
    Ok(format!("/v1/spaces/{space}/members/{member}"))
}
