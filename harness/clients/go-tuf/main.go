// A client under test, on top of the public updater of go-tuf: the session protocol, or the command-line protocol if the
// first argument is `process`. A panic ends the program with status 2, as Go has it: it must never look like a refusal.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"runtime/debug"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/theupdateframework/go-tuf/v2/metadata"
)

// params are those of all methods.
type params struct {
	Protocol    int
	Now         time.Time
	MetadataDir string `json:"metadata_dir"`
	TargetsDir  string `json:"targets_dir"`
	MetadataURL string `json:"metadata_url"`
	TargetsURL  string `json:"targets_url"`
	Root        string
	Targets     []string
	Map         json.RawMessage
	Repository  string
}

// logger passes the messages of go-tuf on to the standard logger, which writes to standard error.
type logger struct{ *slog.Logger }

func (l logger) Error(err error, text string, more ...any) {
	l.Logger.Error(text, append(more, "error", err)...)
}

// outcome tells trouble with the client's own files from a refusal, which is every other error of go-tuf.
func outcome(err error) map[string]string {
	if err == nil {
		return map[string]string{"outcome": "accepted"}
	}
	told := map[string]string{"outcome": "rejected", "message": err.Error()}
	var path *os.PathError
	var link *os.LinkError
	if errors.As(err, &path) || errors.As(err, &link) {
		told["outcome"] = "error"
	}
	for reason, class := range map[string]error{
		"signature": &metadata.ErrUnsignedMetadata{}, "version": &metadata.ErrBadVersionNumber{},
		"expired": &metadata.ErrExpiredMetadata{}, "length": &metadata.ErrDownloadLengthMismatch{},
	} {
		if errors.Is(err, class) {
			told["reason"] = reason
		}
	}
	return told
}

// serve answers a request: with its result, or with the code of a JSON-RPC error.
func serve(method string, given json.RawMessage) (result any, code int) {
	var p params
	err := json.Unmarshal(given, &p)
	isObject := err == nil && given[0] == '{'
	place := []string{p.MetadataDir, p.TargetsDir, p.MetadataURL, p.TargetsURL}
	isPlaced := isObject && !p.Now.IsZero() && !slices.Contains(place, "")
	switch {
	case method == "initialize" && isObject && p.Protocol == 1:
		info, _ := debug.ReadBuildInfo()
		is := func(module *debug.Module) bool { return module.Path == "github.com/theupdateframework/go-tuf/v2" }
		version := info.Deps[slices.IndexFunc(info.Deps, is)].Version[1:]
		also := `"multi-repository","tap12","tap4",`
		if slices.Contains([]string{"2.0.0", "2.0.1", "2.3.0", "2.3.1"}, version) {
			also = "" // Nobody looked at several repositories, and it counted a key once for each of its identifiers.
		}
		return json.RawMessage(`{"protocol":1,"name":"go-tuf","version":"` + version + `","language":"Go",
			"homepage":"https://github.com/theupdateframework/go-tuf",
			"issue_tracker":"https://github.com/theupdateframework/go-tuf/issues","clock":true,"dialect":"default",
			"features":["artifact-cache","consistent-snapshots","consistent-snapshots:off","delegations","hash:sha512",
			"hashed-bins","metapath-hashes",` + also + `"tap15","threshold"],"key_types":["ecdsa","ed25519","rsa"]}`), 0
	case method == "trust" && isPlaced && p.Root != "", method == "refresh" && isPlaced,
		method == "download" && isPlaced && p.Targets != nil:
		return outcome(run(method, p)), 0
	case method == "shutdown" && isObject:
		return struct{}{}, 0
	case slices.Contains([]string{"initialize", "trust", "refresh", "download", "shutdown"}, method):
		return nil, -32602
	}
	return nil, -32601
}

func main() {
	metadata.SetLogger(logger{slog.Default()})
	if len(os.Args) > 1 && os.Args[1] == "process" {
		process(os.Args[2:])
	}
	answers, lines := json.NewEncoder(os.Stdout), bufio.NewScanner(os.Stdin)
	for lines.Buffer(nil, 1<<20); lines.Scan(); {
		var r struct {
			JSONRPC, Method string
			ID, Params      json.RawMessage
		}
		answer, code := map[string]any{"jsonrpc": "2.0", "id": nil}, -32600
		err := json.Unmarshal(lines.Bytes(), &r)
		if !json.Valid(lines.Bytes()) || !utf8.Valid(lines.Bytes()) {
			code = -32700
		} else if err == nil && r.JSONRPC == "2.0" && r.Method != "" && len(r.ID) > 0 && r.ID[0] <= '9' {
			answer["id"] = r.ID
			answer["result"], code = serve(r.Method, r.Params)
		}
		if code != 0 {
			delete(answer, "result")
			answer["error"] = map[string]any{"code": code, "message": "wrong request"}
		}
		if answers.Encode(answer) != nil || r.Method == "shutdown" && code == 0 {
			break
		}
	}
}
