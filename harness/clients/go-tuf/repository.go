package main

import (
	"os"

	"github.com/theupdateframework/go-tuf/v2/metadata"
	"github.com/theupdateframework/go-tuf/v2/metadata/config"
	"github.com/theupdateframework/go-tuf/v2/metadata/updater"
)

// run does what a method asks for, with an updater that goes on from what is stored.
func run(method string, p params) error {
	if p.Map != nil {
		return runSeveral(method, p)
	}
	if method != "trust" {
		p.Root = p.MetadataDir + "/root.json"
	}
	root, err := os.ReadFile(p.Root)
	if err != nil {
		return err
	}
	set, err := config.New(p.MetadataURL, root)
	if err != nil {
		return err
	}
	set.LocalMetadataDir, set.LocalTargetsDir, set.RemoteTargetsURL = p.MetadataDir, p.TargetsDir, p.TargetsURL
	client, err := updater.New(set) // It checks and stores the root, and fetches nothing.
	if err != nil || method == "trust" {
		return err
	}
	client.UnsafeSetRefTime(p.Now)
	err = client.Refresh()
	for i := 0; err == nil && i < len(p.Targets); i++ {
		var target *metadata.TargetFiles
		if target, err = client.GetTargetInfo(p.Targets[i]); err != nil {
			break
		}
		if cached, _, _ := client.FindCachedTarget(target, ""); cached == "" {
			_, _, err = client.DownloadTarget(target, "", "")
		}
	}
	return err
}
