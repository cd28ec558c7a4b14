//! What keeps a test target from playing anything.

/// Why nothing can be played. Nothing is known about the client then.
#[derive(Debug, thiserror::Error)]
#[error("{message}{}", .help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default())]
pub struct SetupError {
    message: String,
    help: Option<String>,
}

impl SetupError {
    /// An error for which there is no general remedy.
    pub fn plain(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// An error with a remedy.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: Some(help.into()) }
    }
}
