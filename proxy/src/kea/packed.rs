//! A configuration that is only kept: its JSON, compressed. Text takes ten times as much memory, a tree a hundred times.

use super::Printed;
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use perch_shared::{Family, config::Config};
use serde::de::DeserializeOwned;
use std::{
    io::{self, Read as _},
    sync::Arc,
};

/// A daemon's configuration, compressed. A clone is cheap.
#[derive(Debug, Clone, PartialEq)]
pub struct Packed {
    family: Family,
    /// How many bytes its JSON takes.
    length: usize,
    deflated: Arc<[u8]>,
}

/// A configuration that was kept in memory cannot be read again.
#[derive(Debug, thiserror::Error)]
#[error("a configuration that was kept in memory cannot be read: {0}")]
pub struct PackError(#[from] io::Error);

impl Packed {
    /// Packs a configuration.
    ///
    /// # Errors
    /// Never, as far as is known.
    pub fn of(config: &Config) -> Result<Self, PackError> {
        Self::pack(config.family, |to| Ok(serde_json::to_writer(to, &config.root)?))
    }

    /// Packs what Kea printed.
    ///
    /// # Errors
    /// Never, as far as is known.
    pub fn of_printed(printed: &Printed) -> Result<Self, PackError> {
        Self::pack(printed.family, |mut to| printed.write(&mut to))
    }

    fn pack(
        family: Family,
        write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> Result<Self, PackError> {
        let mut text = io::BufWriter::new(DeflateEncoder::new(Vec::new(), Compression::fast()));
        write(&mut text)?;
        let mut encoder = text.into_inner().map_err(io::IntoInnerError::into_error)?;
        encoder.try_finish()?;
        let length = usize::try_from(encoder.total_in()).map_err(io::Error::other)?;
        Ok(Self { family, length, deflated: encoder.finish()?.into() })
    }

    /// How many bytes its JSON takes.
    pub fn length(&self) -> usize {
        self.length
    }

    /// The whole tree.
    ///
    /// # Errors
    /// Never, as far as is known.
    pub fn tree(&self) -> Result<Config, PackError> {
        let root = serde_json::from_slice(&self.json()?).map_err(io::Error::from)?;
        Ok(Config { family: self.family, root })
    }

    /// The map below `Dhcp4` or `Dhcp6` as JSON.
    ///
    /// # Errors
    /// Never, as far as is known.
    pub fn json(&self) -> Result<Vec<u8>, PackError> {
        let mut json = Vec::with_capacity(self.length);
        self.append_to(&mut json)?;
        Ok(json)
    }

    /// The bytes of a command that has the configuration as its argument, such as `config-set`; `name` is put in as it is.
    pub(super) fn command(&self, name: &str) -> Result<Vec<u8>, PackError> {
        let (service, key) = (self.family.service(), self.family.root_key());
        let head = format!(r#"{{"command":"{name}","service":["{service}"],"arguments":{{"{key}":"#);
        let mut command = Vec::with_capacity(head.len() + self.length + 2);
        command.extend_from_slice(head.as_bytes());
        self.append_to(&mut command)?;
        command.extend_from_slice(b"}}");
        Ok(command)
    }

    fn append_to(&self, bytes: &mut Vec<u8>) -> Result<(), PackError> {
        DeflateDecoder::new(&*self.deflated).read_to_end(bytes)?;
        Ok(())
    }

    /// What `T` takes of the map below `Dhcp4` or `Dhcp6`; the rest is passed over, and never in memory as a whole.
    ///
    /// # Errors
    /// When it has another form than `T`.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, PackError> {
        let text = io::BufReader::new(DeflateDecoder::new(&*self.deflated));
        Ok(serde_json::from_reader(text).map_err(io::Error::from)?)
    }

    /// How many bytes it takes.
    pub fn size(&self) -> usize {
        self.deflated.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perch_shared::command::Command;
    use serde_json::json;

    #[test]
    fn gives_back_what_was_packed() {
        let root =
            json!({"comment": "zoë \u{1}", "subnet4": [{"id": 1, "valid-lifetime": 4_294_967_295_u32}]});
        let config = Config { family: Family::V4, root };
        let packed = Packed::of(&config).unwrap();
        assert_eq!(packed.tree().unwrap(), config);
        assert_eq!(packed.json().unwrap(), serde_json::to_vec(&config.root).unwrap());
        let command: Command = serde_json::from_slice(&packed.command("config-test").unwrap()).unwrap();
        assert_eq!(command, Command::new("config-test").with(config.to_arguments()).to(Family::V4));
    }
}
