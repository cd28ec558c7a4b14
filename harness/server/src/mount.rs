//! Which site answers under which part of the server's address.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use crate::Site;

/// The sites that a server shows at the moment, by the first segment of their URLs.
#[derive(Debug, Default)]
pub(crate) struct Mounts {
    sites: RwLock<HashMap<String, Arc<Site>>>,
    count: AtomicU64,
}

impl Mounts {
    /// Shows a site under a prefix that no other site of this server has or had.
    pub(crate) fn add(self: &Arc<Self>, address: SocketAddr, site: Arc<Site>) -> Mount {
        let prefix = format!("r{}", self.count.fetch_add(1, Ordering::Relaxed));
        self.sites.write().unwrap_or_else(PoisonError::into_inner).insert(prefix.clone(), site);
        Mount { mounts: Arc::clone(self), base_url: format!("http://{address}/{prefix}"), prefix }
    }

    /// The site under a prefix.
    pub(crate) fn find(&self, prefix: &str) -> Option<Arc<Site>> {
        self.sites.read().unwrap_or_else(PoisonError::into_inner).get(prefix).cloned()
    }
}

/// A site that can be reached over HTTP for as long as this value lives.
#[derive(Debug)]
#[must_use = "the site is taken down when the mount is dropped"]
pub struct Mount {
    mounts: Arc<Mounts>,
    base_url: String,
    prefix: String,
}

impl Mount {
    /// The base URL of the repository, without a slash at the end. That of another one whose files are in a folder of
    /// its name is the same with this name behind it.
    pub fn base_url(&self) -> String {
        self.base_url.clone()
    }

    /// The base URL of the metadata files, without a slash at the end.
    pub fn metadata_url(&self) -> String {
        format!("{}/metadata", self.base_url)
    }

    /// The base URL of the target files, without a slash at the end.
    pub fn targets_url(&self) -> String {
        format!("{}/targets", self.base_url)
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        self.mounts.sites.write().unwrap_or_else(PoisonError::into_inner).remove(&self.prefix);
    }
}
