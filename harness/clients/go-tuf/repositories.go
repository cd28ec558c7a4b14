package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/theupdateframework/go-tuf/v2/metadata/multirepo"
)

// runSeveral does what a method asks for with the repositories of a map (TAP 4). go-tuf keeps the metadata of each in a
// folder of its name, and takes the address of the metadata for that of the repository.
func runSeveral(method string, p params) error {
	var told multirepo.MultiRepoMapType
	if err := json.Unmarshal(p.Map, &told); err != nil {
		return err
	}
	if method == "trust" {
		// It starts from one root at a time, and asks for those of all repositories that it is told of.
		told = multirepo.MultiRepoMapType{Repositories: map[string][]string{p.Repository: told.Repositories[p.Repository]}}
	}
	targetsURLs, roots := map[string]string{}, map[string][]byte{}
	for name, urls := range told.Repositories {
		if method != "trust" {
			p.Root = filepath.Join(p.MetadataDir, name, "root.json")
		}
		root, err := os.ReadFile(p.Root)
		if err != nil {
			return err
		}
		roots[name], targetsURLs[name] = root, urls[0]+"/targets"
		told.Repositories[name] = []string{urls[0] + "/metadata"}
	}
	file, err := json.Marshal(told)
	if err != nil {
		return err
	}
	set, err := multirepo.NewConfig(file, roots)
	if err != nil {
		return err
	}
	set.LocalMetadataDir, set.LocalTargetsDir = p.MetadataDir, p.TargetsDir
	client, err := multirepo.New(set) // It checks and stores the roots, and fetches nothing.
	if err != nil || method == "trust" {
		return err
	}
	for _, one := range client.TUFClients {
		one.UnsafeSetRefTime(p.Now)
	}
	if method == "refresh" {
		return client.Refresh()
	}
	for _, path := range p.Targets {
		if err := fetch(client, targetsURLs, path); err != nil {
			return err
		}
	}
	return nil
}

// fetch downloads a target from the first of the repositories that agree on it and from which that goes well, as
// DownloadTarget would do it if all had the same address.
func fetch(client *multirepo.MultiRepoClient, targetsURLs map[string]string, path string) error {
	target, names, err := client.GetTargetInfo(path)
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, _, err = client.DownloadTarget([]string{name}, target, "", targetsURLs[name]); err == nil {
			break
		}
	}
	return err
}
