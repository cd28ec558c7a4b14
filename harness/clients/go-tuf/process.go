package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

// The exit status of the command-line protocol, beside 0.
const refused, usage, broken = 1, 2, 3

// process does what the arguments say, as the command-line protocol has it, and exits: with status 0 if the client did
// it; 1 if it refused; 2 for wrong arguments; 3 if a file or folder of its own could not be read or written.
func process(arguments []string) {
	p := params{Now: time.Now()}
	flag.StringVar(&p.MetadataDir, "metadata-dir", "", "where metadata is stored")
	flag.StringVar(&p.MetadataURL, "metadata-url", "", "where the repository has its metadata")
	flag.StringVar(&p.TargetsURL, "target-base-url", "", "where the repository has its target files")
	flag.StringVar(&p.TargetsDir, "target-dir", "", "where target files are stored")
	flag.Func("target-name", "the path of a target file; may be repeated", func(name string) error {
		p.Targets = append(p.Targets, name)
		return nil
	})
	// Wrong options end the program with status 2.
	_ = flag.CommandLine.Parse(arguments)

	words := flag.Args()
	is := func(command string, count int) bool {
		return p.MetadataDir != "" && len(words) == count && words[0] == command
	}
	hasFolder := p.TargetsDir != ""
	if !hasFolder {
		// It has to exist, also if nothing is put into it.
		p.TargetsDir = p.MetadataDir
	}
	method := ""
	switch {
	case is("init", 2):
		// go-tuf wants an address, but does not use it here.
		method, p.Root, p.MetadataURL = "trust", words[1], "http://127.0.0.1/"
	case is("refresh", 1) && p.MetadataURL != "":
		method, p.Targets = "refresh", nil
	case is("download", 1) && p.MetadataURL != "" && len(p.Targets) > 0 && p.TargetsURL != "" && hasFolder:
		method = "download"
	default:
		fmt.Fprintln(os.Stderr, "expected the arguments of the protocol: init, refresh or download, with their options")
		flag.Usage()
		os.Exit(usage)
	}
	told := outcome(run(method, p))
	if message, failed := told["message"]; failed {
		fmt.Fprintln(os.Stderr, message)
	}
	os.Exit(map[string]int{"accepted": 0, "rejected": refused, "error": broken}[told["outcome"]])
}
