//! The network: how much is taken, how long it takes, where it comes from, what a failure means.

macro_rules! network {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
            // How much is taken.
            RootWithoutLimit "root-without-limit" breaks "root.request.size-limit":
                "Takes a root of any length."
            TimestampWithoutLimit "timestamp-without-limit" breaks "timestamp.request.size-limit":
                "Takes a timestamp of any length."
            SnapshotWithoutLimit "snapshot-without-limit" breaks "snapshot.request.default-limit":
                "Takes a snapshot of any length if none is listed."
            TargetsWithoutLimit "targets-without-limit"
                breaks "targets.request.default-limit" and "snapshot.meta.length-absent.default-limit":
                "Takes a top-level targets file of any length if none is listed."
            DelegatedWithoutLimit "delegated-without-limit" breaks "delegated.request.default-limit":
                "Takes a delegated file of any length if none is listed."
            ReadBeyondListedLength "read-beyond-listed-length" breaks "targets.request.length-limit":
                "Takes all of a metadata file before it compares the listed length."
            ReadBeyondTargetLength "read-beyond-target-length" breaks "fetch.length-limit":
                "Takes all of a target file before it compares the stated length."
            LimitByStatedLength "limit-by-stated-length" breaks "timestamp.request.size-limit":
                "Compares the length that the server states with the limit, and not what it sends."
            ReadErrorPages "read-error-pages" breaks "root.request.size-limit":
                "Takes all of what the server sends in place of a file that it does not have."
            DecodeWithoutLimit "decode-without-limit" breaks "net.compression.presentation-layer-only":
                "Compares the length of compressed data with the limit, and not what it unpacks to."
            IgnoreEncoding "ignore-encoding" breaks "net.compression.presentation-layer-only":
                "Takes compressed data for the file."
            // How long it takes.
            WaitWithoutEnd "wait-without-end" breaks "net.slow-retrieval":
                "Waits for a file however slowly it comes."
            NoPatience "no-patience" breaks "net.slow-retrieval":
                "Gives up when a file takes longer than a tenth of a second."
            RetryWithoutEnd "retry-without-end" breaks "general.failure.detected":
                "Asks again and again for a file that the server does not send."
            ClockGoesOn "clock-goes-on" breaks "time.fixed-at-start":
                "Compares each expiry with the time of the comparison, not with that of the start."
            // Where it comes from.
            SpaceAsPlus "space-as-plus" breaks "layout.targets.arbitrary-names":
                "Asks for a target file with a plus sign in place of each space, as in a form and not in a path."
            DelegatedInFolder "delegated-in-folder" breaks "layout.metadata.delegated-names":
                "Asks for delegated files in a folder with the name of the top-level role, as early versions had it."
            FollowRedirectsWithoutEnd "follow-redirects-without-end" breaks "net.redirects":
                "Follows redirects in a circle."
            RedirectedWithoutLimit "redirected-without-limit" breaks "net.redirects":
                "Takes a file of any length from where it is redirected to."
            // What a failure means.
            ServerErrorMeansLatest "server-error-means-latest" breaks "root.request.other-errors":
                "Takes its root for the latest when the server fails to answer for the next."
            BrokenRootMeansLatest "broken-root-means-latest" breaks "root.request.other-errors":
                "Takes its root for the latest when the connection breaks while the next one comes."
            LongRootMeansLatest "long-root-means-latest" breaks "root.request.size-limit":
                "Takes its root for the latest when the next one is too long."
            ForbiddenRootIsFatal "forbidden-root-is-fatal" breaks "root.request.unavailable-means-latest":
                "Refuses to go on when the server forbids to ask for the next root, as some do that do not have it."
            MissingTimestampMeansNoNews "missing-timestamp-means-no-news"
                breaks "general.failure.detected" and "general.failure.reported-to-application":
                "Reports success with the stored timestamp when the server has none."
            ServerErrorMeansNoNews "server-error-means-no-news"
                breaks "general.failure.detected" and "general.failure.reported-to-application":
                "Reports success with the stored timestamp when the server fails to answer for it."
            BrokenTimestampMeansNoNews "broken-timestamp-means-no-news"
                breaks "general.failure.detected" and "general.failure.reported-to-application":
                "Reports success with the stored timestamp when the connection breaks while a new one comes."
            GoneMeansUnchanged "gone-means-unchanged" breaks "general.failure.detected":
                "Goes on with its stored file when the server says that the new one is gone or asked for too often."
            LeaveTargetForLater "leave-target-for-later" breaks "general.failure.detected":
                "Reports success when the server is too busy to send a target file."
            FallBackToStoredMetadata "fall-back-to-stored-metadata"
                breaks "general.targets.only-from-timely-signed-metadata":
                "Downloads target files by the metadata that it has stored, expired or not, when there is no newer that is good."
            KeepPartialTargets "keep-partial-targets" breaks "general.targets.withheld-until-verified":
                "Stores what came of a target file before the connection broke."
        }
    };
}
