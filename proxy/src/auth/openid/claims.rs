//! Who somebody is, and what they may do, by what the provider says of them.

use super::{problem::Problem, settings::OpenIdSettings, token::Claims};
use crate::auth::{Name, People};
use perch_shared::api::Role;
use serde_json::Value;

/// Whom the provider has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    /// The name.
    pub(super) name: Name,
    /// The role that the provider gives them; `None`: the list of users gives one.
    pub(super) role: Option<Role>,
}

/// Whether everything that is asked for is in the claims.
pub(super) fn is_complete(claims: &Claims, settings: &OpenIdSettings) -> bool {
    let wanted = [Some(&settings.user_claim), settings.role_claim.as_ref()];
    wanted.into_iter().flatten().all(|name| find(claims, name).is_some())
}

/// Reads who it is. The list of users goes before what the provider says about roles.
///
/// # Errors
/// When they have no name, or no role.
pub(super) fn person(claims: &Claims, settings: &OpenIdSettings, people: &People) -> Result<Person, Problem> {
    let claim = &settings.user_claim;
    let text = find(claims, claim).and_then(Value::as_str).ok_or_else(|| Problem::Nameless(claim.clone()))?;
    let name: Name = text.parse().map_err(|_| Problem::BadName(short(text)))?;
    if claim == "email" && find(claims, "email_verified") == Some(&Value::Bool(false)) {
        return Err(Problem::Unproved);
    }
    if people.user(name.as_str()).is_some() {
        return Ok(Person { name, role: None });
    }
    match role(claims, settings) {
        Some(role) => Ok(Person { name, role: Some(role) }),
        None => Err(Problem::NoRole(name.to_string())),
    }
}

/// The strongest role that a value of the claim gives, or everybody's.
fn role(claims: &Claims, settings: &OpenIdSettings) -> Option<Role> {
    let held: Vec<&str> = match settings.role_claim.as_ref().and_then(|claim| find(claims, claim)) {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let gives = |values: &[String]| values.iter().any(|value| held.contains(&value.as_str()));
    let given = settings.roles.iter().filter(|(_, values)| gives(values)).map(|(role, _)| *role).max();
    given.or(settings.role)
}

/// A claim by its name, or by a path such as `realm_access.roles`.
fn find<'a>(claims: &'a Claims, name: &str) -> Option<&'a Value> {
    if let Some(value) = claims.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    find(claims.get(first)?.as_object()?, rest)
}

fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() && *letter != '`').take(80).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::auth::User;
    use serde_json::json;

    pub(in super::super) fn settings() -> OpenIdSettings {
        OpenIdSettings {
            issuer: "https://login.example.org".into(),
            client_id: "perch".into(),
            client_secret: None,
            name: "Example".into(),
            public_url: "https://perch.example.org".parse().unwrap(),
            scopes: vec!["profile".into()],
            user_claim: "preferred_username".into(),
            role_claim: Some("groups".into()),
            roles: vec![
                (Role::Administrator, vec!["dhcp-admins".into()]),
                (Role::Operator, vec!["noc".into(), "dhcp".into()]),
                (Role::Viewer, vec!["staff".into()]),
            ],
            role: None,
            trust_anchor: None,
        }
    }

    fn read(
        claims: Value,
        settings: &OpenIdSettings,
        people: &People,
    ) -> Result<(String, Option<Role>), String> {
        let person = person(claims.as_object().unwrap(), settings, people);
        person.map(|person| (person.name.to_string(), person.role)).map_err(|problem| problem.to_string())
    }

    #[test]
    fn the_strongest_role_counts() {
        let (settings, people) = (settings(), People::default());
        for (groups, role) in [
            (json!(["staff"]), Some(Role::Viewer)),
            (json!(["staff", "noc"]), Some(Role::Operator)),
            (json!(["dhcp-admins", "staff"]), Some(Role::Administrator)),
            (json!("dhcp"), Some(Role::Operator)),
            (json!(["Staff", "staff "]), None),
            (json!({"staff": true}), None),
            (json!([["staff"]]), None),
        ] {
            let said = read(json!({"preferred_username": "ada", "groups": groups}), &settings, &people);
            assert_eq!(said.clone().ok(), role.map(|role| ("ada".to_owned(), Some(role))), "{groups}");
            assert!(role.is_some() || said.unwrap_err().contains("`ada`"));
        }
        let everybody = OpenIdSettings { role: Some(Role::Viewer), ..settings };
        assert_eq!(
            read(json!({"preferred_username": "ada"}), &everybody, &people).unwrap().1,
            Some(Role::Viewer)
        );
    }

    #[test]
    fn the_list_of_users_goes_first() {
        let mut people = People::default();
        people.users.push(User {
            name: "ada".parse().unwrap(),
            role: Role::Viewer,
            servers: None,
            password: None,
        });
        let claims = json!({"preferred_username": "ada", "groups": ["dhcp-admins"]});
        assert_eq!(read(claims, &settings(), &people), Ok(("ada".to_owned(), None)));
    }

    #[test]
    fn a_name_must_be_one() {
        let (settings, people) = (settings(), People::default());
        for name in [json!("a b"), json!(""), json!("é"), json!("x".repeat(65))] {
            let said = read(json!({"preferred_username": name, "groups": "staff"}), &settings, &people);
            assert!(said.unwrap_err().contains("no name for Perch"), "{name}");
        }
        for name in [json!(5), json!(["ada"]), json!(null)] {
            let said = read(json!({"preferred_username": name, "groups": "staff"}), &settings, &people);
            assert!(said.unwrap_err().contains("preferred_username"), "{name}");
        }
        let by_mail = OpenIdSettings { user_claim: "email".into(), ..settings };
        let claims =
            |proved: Value| json!({"email": "ada@example.org", "email_verified": proved, "groups": "staff"});
        assert!(read(claims(json!(true)), &by_mail, &people).is_ok());
        assert!(read(claims(json!(false)), &by_mail, &people).unwrap_err().contains("not proved"));
    }

    #[test]
    fn a_claim_may_lie_deeper() {
        let nested = OpenIdSettings { role_claim: Some("realm_access.roles".into()), ..settings() };
        let claims = json!({"preferred_username": "ada", "realm_access": {"roles": ["noc"]}});
        assert!(is_complete(claims.as_object().unwrap(), &nested));
        assert_eq!(read(claims, &nested, &People::default()).unwrap().1, Some(Role::Operator));
    }
}
