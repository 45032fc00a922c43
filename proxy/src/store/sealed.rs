//! Edits without their secrets: as they are kept, and as people see them.

use super::{archive::Archive, durable::KeepError, intent::EditList, vault::Vault};
use perch_shared::{change::Edit, config::is_secret};
use serde_json::Value;

impl Archive {
    /// A list of edits as it is kept: in words, and with its secrets in the vault.
    ///
    /// # Errors
    /// When the secrets cannot be written.
    pub fn seal(&self, edits: &[Edit]) -> Result<EditList, KeepError> {
        let sentences = edits.iter().map(Edit::describe).collect();
        let mut touches: Vec<String> = edits.iter().flat_map(Edit::touches).collect();
        touches.dedup();
        let mut json = self.json(edits)?;
        for edit in &mut json {
            each_value(edit, |key, value| self.vault.seal(key, value))?;
        }
        Ok(EditList { sentences, touches, edits: json })
    }

    /// The edits of a list, with their secrets. Must not leave the proxy.
    ///
    /// # Errors
    /// When a secret is missing, or the edits are of another Perch's making.
    pub fn unseal(&self, list: &EditList) -> Result<Vec<Edit>, KeepError> {
        self.unsealed(&list.edits)
    }

    /// Edits as the page sends them: where it left a secret's name in place, the secret is put back.
    ///
    /// # Errors
    /// When there is no such secret.
    pub fn with_secrets(&self, edits: &[Edit]) -> Result<Vec<Edit>, KeepError> {
        self.unsealed(&self.json(edits)?)
    }

    /// Edits as the page may have them: with names in place of secrets, which [`Self::with_secrets`] understands.
    ///
    /// # Errors
    /// When the secrets cannot be written.
    pub fn without_secrets(&self, edits: &[Edit]) -> Result<Vec<Edit>, KeepError> {
        let sealed = self.seal(edits)?.edits;
        sealed.into_iter().map(|edit| self.edit(edit)).collect()
    }

    pub(crate) fn unsealed(&self, edits: &[Value]) -> Result<Vec<Edit>, KeepError> {
        let open = |edit: &Value| {
            let mut edit = edit.clone();
            each_value(&mut edit, |key, value| self.vault.unseal(key, value))?;
            self.edit(edit)
        };
        edits.iter().map(open).collect()
    }

    fn json(&self, edits: &[Edit]) -> Result<Vec<Value>, KeepError> {
        let json = edits.iter().map(serde_json::to_value).collect::<Result<_, _>>();
        json.map_err(|error| self.broken(error.into()))
    }

    fn edit(&self, edit: Value) -> Result<Edit, KeepError> {
        serde_json::from_value(edit).map_err(|error| self.broken(error.into()))
    }
}

/// An edit for people: with `••••` in place of each secret.
pub(crate) fn masked(mut edit: Value) -> Value {
    let hide = |key: &str, value: &mut Value| -> Result<(), std::convert::Infallible> {
        *value = Vault::masked(key, value);
        Ok(())
    };
    let Ok(()) = each_value(&mut edit, hide);
    edit
}

/// What an edit expects to find and what it leaves, each with the key that it stands below.
fn each_value<E>(
    edit: &mut Value,
    mut visit: impl FnMut(&str, &mut Value) -> Result<(), E>,
) -> Result<(), E> {
    let steps = edit.get("place").and_then(Value::as_array).into_iter().flatten();
    let mut keys = steps.filter_map(|step| step.get("key")?.as_str());
    let key = keys.rfind(|key| is_secret(key)).unwrap_or_default().to_owned();
    for part in ["before", "after"] {
        if let Some(value) = edit.get_mut(part) {
            visit(&key, value)?;
        }
    }
    Ok(())
}
