//! A targets role that the client was told to start from (TAP 13).

macro_rules! mapping {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
            IgnoreTargetsMapping "ignore-targets-mapping" breaks "tap13.targets-role.replaced":
                "Starts from the targets role that root lists though it was told another one."
            MapNameOnly "map-name-only" breaks "tap13.targets-role.replaced":
                "Starts from the targets role that it was told and verifies it with the keys that root lists."
            IgnoreMappedThreshold "ignore-mapped-threshold" breaks "tap13.targets-role.replaced":
                "Takes one signature for enough on the targets role that it was told to start from."
            FallBackToListedTargets "fall-back-to-listed-targets" breaks "tap13.targets-role.replaced":
                "Searches what root lists if the targets role that it was told to start from leads nowhere."
            MappingWithoutKeys "mapping-without-keys" breaks "tap13.name-and-keys-both":
                "Uses the keys that root lists if it was told a targets role without keys."
            MappingWithoutName "mapping-without-name" breaks "tap13.name-and-keys-both":
                "Takes keys without the name of a targets role for those of the one that root lists."
            UncheckedMappedRole "unchecked-mapped-role" breaks "tap13.targets-role.snapshot-protected":
                "Does not look at which version of the targets role that it was told the snapshot lists."
        }
    };
}
