//! Several repositories and the map that says which of them are asked (TAP 4).

macro_rules! repositories {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
            LastMappingFirst "last-mapping-first" breaks "tap4.mapping.first-match":
                "Tries the entries of a map from the last to the first."
            MostSpecificMappingFirst "most-specific-mapping-first" breaks "tap4.mapping.first-match":
                "Tries the entry of a map with the longest pattern first."
            RefreshEveryRepository "refresh-every-repository" breaks "tap4.mapping.first-match":
                "Brings all repositories of a map up to date before it looks which of them it has to ask."
            AnyRepositoryAsLastResort "any-repository-as-last-resort" breaks "tap4.mapping.mechanism":
                "Asks all repositories of a map if it leads nowhere."
            MapFromRepository "map-from-repository" breaks "tap4.map-file.local-only":
                "Takes the map from a repository that offers one."
            LastRepositoryFirst "last-repository-first" breaks "tap4.repositories.order":
                "Asks the repositories of an entry of a map from the last to the first."
            AskEveryRepository "ask-every-repository" breaks "tap4.repositories.order":
                "Asks all repositories of an entry of a map, though enough of them agree already."
            FailingRepositoryEndsSearch "failing-repository-ends-search" breaks "tap4.repositories.order":
                "Ends the search if one repository fails, though enough of the others agree."
            FirstRepositoryDecides "first-repository-decides" breaks "tap4.threshold.length-and-hash-agreement":
                "Takes what the first of several repositories says of a target, whatever the threshold."
            AllRepositoriesHaveToAgree "all-repositories-have-to-agree"
                breaks "tap4.threshold.length-and-hash-agreement":
                "Wants all repositories of an entry of a map to agree, whatever the threshold."
            MostRepositoriesDecide "most-repositories-decide" breaks "tap4.threshold.length-and-hash-agreement":
                "Takes what more than half of the repositories say of a target, whatever the threshold."
            CountRepositoryTwice "count-repository-twice" breaks "tap4.threshold.length-and-hash-agreement":
                "Counts a repository that is listed twice in an entry of a map as two that agree."
            SilentRepositoriesAgree "silent-repositories-agree" breaks "tap4.threshold.length-and-hash-agreement":
                "Counts a repository that does not have the target, or fails, among those that agree."
            RepositoriesAgreeOnLength "repositories-agree-on-length" breaks "tap4.threshold.length-and-hash-agreement":
                "Compares only the lengths of what several repositories describe."
            RepositoriesAgreeOnHashes "repositories-agree-on-hashes" breaks "tap4.threshold.length-and-hash-agreement":
                "Compares only the hashes of what several repositories describe."
            RepositoriesAgreeOnOneHash "repositories-agree-on-one-hash"
                breaks "tap4.threshold.length-and-hash-agreement":
                "Lets one common hash be enough for several repositories to agree."
            RepositoriesAgreeOnCustomData "repositories-agree-on-custom-data" breaks "tap4.threshold.custom-may-differ":
                "Compares the custom data of what several repositories describe as well."
            IgnoreTerminatingMapping "ignore-terminating-mapping" breaks "tap4.terminating":
                "Goes on with the next entry of a map after a terminating one without a result."
            MappingTerminatesWithoutMatch "mapping-terminates-without-match" breaks "tap4.mapping.first-match":
                "Ends the search at a terminating entry of a map that is not for the target."
            EveryMappingTerminates "every-mapping-terminates" breaks "tap4.non-terminating.continues":
                "Ends the search at the first entry of a map that is for the target."
            BorrowRootOfRepository "borrow-root-of-repository" breaks "tap4.repositories.own-trust"
                and "bootstrap.trusted-root.per-repository" and "multirepo.no-mixing":
                "Tries the root of another repository if metadata does not fit the own one."
            OneStoreForAllRepositories "one-store-for-all-repositories" breaks "tap4.metadata.separate-storage"
                and "multirepo.no-mixing":
                "Keeps the metadata of all repositories in the same folder."
            RepositoryNameIgnoresCase "repository-name-ignores-case" breaks "tap4.metadata.separate-storage":
                "Keeps the metadata of two repositories in one folder if their names differ in nothing but upper case."
            RepositoryNameAsPath "repository-name-as-path" breaks "tap4.repository-name.safe-storage":
                "Takes the name of a repository for a path, which may lead out of its store."
        }
    };
}
