// A client under test: the command-line protocol on top of the public updater of go-tuf.
//
// Exit status: 0 if the client did what it was told; 1 if it refused; 2 for wrong arguments, and for a panic, as Go has
// it; 3 if a file or folder of its own could not be read or written. A crash must never look like a refusal.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/theupdateframework/go-tuf/v2/metadata"
	"github.com/theupdateframework/go-tuf/v2/metadata/config"
	"github.com/theupdateframework/go-tuf/v2/metadata/updater"
)

const refused, usage, broken = 1, 2, 3

// options are those of the protocol.
type options struct {
	metadataDir, metadataURL, targetBaseURL, targetDir string
	targetNames                                        []string
}

// initialise trusts a root. Making an updater checks and stores it; nothing is fetched.
func initialise(o options, trustedRoot string) error {
	o.metadataURL = "http://127.0.0.1/"
	_, err := newUpdater(o, trustedRoot)
	return err
}

// refresh brings the top-level metadata up to date.
func refresh(o options) (*updater.Updater, error) {
	client, err := newUpdater(o, filepath.Join(o.metadataDir, "root.json"))
	if err != nil {
		return nil, err
	}
	return client, client.Refresh()
}

// download fetches target files, in order and with one updater, unless they are there already.
func download(o options) error {
	client, err := refresh(o)
	if err != nil {
		return err
	}
	for _, name := range o.targetNames {
		target, err := client.GetTargetInfo(name)
		if err != nil {
			return err
		}
		cached, _, err := client.FindCachedTarget(target, "")
		if err != nil {
			return err
		}
		if cached != "" {
			continue
		}
		if _, _, err := client.DownloadTarget(target, "", ""); err != nil {
			return err
		}
	}
	return nil
}

// newUpdater goes on from the root in a file, and from what is stored beside it.
func newUpdater(o options, root string) (*updater.Updater, error) {
	trusted, err := os.ReadFile(root)
	if err != nil {
		return nil, err
	}
	settings, err := config.New(o.metadataURL, trusted)
	if err != nil {
		return nil, err
	}
	settings.LocalMetadataDir = o.metadataDir
	settings.LocalTargetsDir = o.targetDir
	if o.targetDir == "" {
		// It has to exist, also if nothing is put into it.
		settings.LocalTargetsDir = o.metadataDir
	}
	settings.RemoteTargetsURL = o.targetBaseURL
	return updater.New(settings)
}

// logger passes the messages of go-tuf on to the standard logger.
type logger struct{}

func (logger) Info(message string, pairs ...any) { slog.Info(message, pairs...) }

func (logger) Error(err error, message string, pairs ...any) {
	slog.Error(message, append(pairs, "error", err)...)
}

// status tells a refusal, which is every error of go-tuf, from trouble with the client's own files.
func status(err error) int {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &path), errors.As(err, &link):
		return broken
	default:
		return refused
	}
}

func main() {
	var o options
	flag.StringVar(&o.metadataDir, "metadata-dir", "", "where metadata is stored")
	flag.StringVar(&o.metadataURL, "metadata-url", "", "where the repository has its metadata")
	flag.StringVar(&o.targetBaseURL, "target-base-url", "", "where the repository has its target files")
	flag.StringVar(&o.targetDir, "target-dir", "", "where target files are stored")
	flag.Func("target-name", "the path of a target file; may be repeated", func(name string) error {
		o.targetNames = append(o.targetNames, name)
		return nil
	})
	flag.Parse()
	metadata.SetLogger(logger{})

	var err error
	switch words := flag.Args(); {
	case o.metadataDir != "" && len(words) == 2 && words[0] == "init":
		err = initialise(o, words[1])
	case o.metadataDir != "" && o.metadataURL != "" && len(words) == 1 && words[0] == "refresh":
		_, err = refresh(o)
	case o.metadataDir != "" && o.metadataURL != "" && len(words) == 1 && words[0] == "download" &&
		len(o.targetNames) > 0 && o.targetBaseURL != "" && o.targetDir != "":
		err = download(o)
	default:
		fmt.Fprintln(os.Stderr, "expected the arguments of the protocol: init, refresh or download, with their options")
		flag.Usage()
		os.Exit(usage)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(status(err))
}
