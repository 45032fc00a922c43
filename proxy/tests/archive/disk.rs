//! Disks that are full, and directories that cannot be written.

use crate::lab::{config, edit, lines, open, packed, plan};
use perch::{
    error::ApiError,
    store::{Audit, Phase, Step},
};
use perch_shared::api::{ErrorCode, Outcome};
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A file system of one megabyte that goes with this value.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None` where only the superuser may mount one.
    fn mount(at: &Path) -> Option<Self> {
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=1m,mode=0700", "perch-test"])
            .arg(at)
            .stderr(Stdio::null())
            .status();
        mount.is_ok_and(|status| status.success()).then(|| Self(at.to_owned()))
    }

    fn fill(&self) {
        let mut file = File::create(self.0.join("filler")).unwrap();
        for size in [4096, 1] {
            while file.write_all(&vec![1; size]).is_ok() {}
        }
    }

    fn free(&self) {
        fs::remove_file(self.0.join("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[tokio::test]
async fn a_full_disk_stops_a_change_before_it_begins_and_not_one_that_has_begun() {
    let dir = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(dir.path()) else {
        eprintln!("skipped: mounting a small file system needs the superuser");
        return;
    };
    let archive = open(dir.path());
    let list = archive.seal(&[edit("x")]).unwrap();
    let id = archive.begin(plan(list.clone(), &["a"])).await.unwrap();
    disk.fill();

    for number in 0..200 {
        let step = Step::new(0, Phase::Setting).text(format!("step {number}: {}", "x".repeat(200)));
        archive.intents.step(&id, step).await.unwrap();
    }
    archive.finish(&id, Outcome::Applied).await.unwrap();
    assert_eq!(Audit::verify(dir.path()).unwrap().breaks, []);
    assert_eq!(lines(dir.path()).len(), 1);
    assert!(archive.intents.open().is_empty());

    disk.fill();
    let error = archive.begin(plan(list.clone(), &["a"])).await.unwrap_err();
    assert!(error.is_full(), "{error}");
    let error = ApiError::from(error);
    assert_eq!(error.body().code, ErrorCode::Storage);
    assert!(error.body().help.as_ref().unwrap().contains("Make room"), "{error}");
    let mut large = config(1);
    large.root["filler"] = "x".repeat(1 << 20).into();
    assert!(archive.snapshots.keep(&packed(&large), None).await.unwrap_err().is_full());
    assert_eq!(archive.intents.open().len(), 0, "nothing is left of what did not begin");

    disk.free();
    let id = archive.begin(plan(list, &["a"])).await.unwrap();
    archive.finish(&id, Outcome::Applied).await.unwrap();
    drop(archive);
    assert_eq!(Audit::verify(dir.path()).unwrap().breaks, []);
    assert_eq!(open(dir.path()).audit.len(), 2);
}

#[tokio::test]
async fn a_directory_that_cannot_be_written_stops_a_change_before_it_begins() {
    let dir = tempfile::tempdir().unwrap();
    let archive = open(dir.path());
    let list = archive.seal(&[edit("x")]).unwrap();
    // Permissions do not stop the superuser; a directory that is not there stops everybody.
    for name in ["intents", "snapshots"] {
        fs::remove_dir(dir.path().join(name)).unwrap();
    }
    let error = ApiError::from(archive.begin(plan(list, &["a"])).await.unwrap_err());
    assert_eq!(error.body().code, ErrorCode::Storage);
    assert!(error.body().message.contains("intents/"), "{error}");
    assert!(archive.snapshots.keep(&packed(&config(1)), None).await.is_err());
    assert!(archive.intents.open().is_empty());
}
