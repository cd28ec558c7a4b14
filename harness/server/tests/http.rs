//! The server as a client sees it: over a TCP connection.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use server::{Halted, Mount, Server, Site};
use suite::observation::{Area, Request};
use suite::{Files, Serving};

fn site(files: &[(&str, &str)]) -> Arc<Site> {
    let metadata = files.iter().map(|(name, text)| ((*name).to_owned(), text.to_string().into())).collect();
    let site = Site::default();
    site.show(Arc::new(Files { metadata, ..Files::default() }));
    Arc::new(site)
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(10)))
        .build()
        .into()
}

fn get(url: &str) -> (u16, String) {
    let mut answer = agent().get(url).call().unwrap();
    (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
}

/// Sends bytes as they are and returns all that comes back until the server closes the connection.
fn raw(mount: &Mount, request: &str) -> String {
    let url = mount.metadata_url();
    let host = url.trim_start_matches("http://").split('/').next().unwrap().to_owned();
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(request.replace("BASE", &url[url.rfind("/r").unwrap()..]).as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn logged(area: Area, path: &str, status: u16, bytes: u64) -> Request {
    Request { area, path: path.to_owned(), status, bytes }
}

#[test]
fn each_of_several_repositories_has_a_url_of_its_own() {
    let site = site(&[("timestamp.json", "main"), ("left/timestamp.json", "left"), ("a/b/timestamp.json", "a/b")]);
    let server = Server::start().unwrap();
    let mount = server.mount(Arc::clone(&site));
    let base = mount.base_url();
    for (url, content) in [("", "main"), ("/left", "left"), ("/a%2Fb", "a/b")] {
        assert_eq!(get(&format!("{base}{url}/metadata/timestamp.json")), (200, content.to_owned()));
    }
    assert_eq!(get(&format!("{base}/left/targets/timestamp.json")).0, 404);
    assert_eq!(get(&format!("{base}/left/timestamp.json")).0, 404);
    let paths: Vec<_> = site.take_log().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["timestamp.json", "left/timestamp.json", "a/b/timestamp.json", "left/timestamp.json"]);
}

#[test]
fn a_file_is_served_with_its_length_and_logged() {
    let (server, site) = (Server::start().unwrap(), site(&[("timestamp.json", "{\"a\":1}")]));
    let mount = server.mount(Arc::clone(&site));
    assert!(mount.metadata_url().starts_with("http://127.0.0.1:"));
    let mut answer = agent().get(format!("{}/timestamp.json", mount.metadata_url())).call().unwrap();
    assert_eq!(answer.headers()["content-length"], "7");
    assert_eq!(answer.body_mut().read_to_string().unwrap(), "{\"a\":1}");
    assert_eq!(get(&format!("{}/timestamp.json", mount.targets_url())), (404, String::new()));
    assert_eq!(
        site.take_log(),
        [logged(Area::Metadata, "timestamp.json", 200, 7), logged(Area::Targets, "timestamp.json", 404, 0)]
    );
}

#[test]
fn a_name_is_percent_decoded_and_a_query_is_not_part_of_it() {
    let (server, site) = (Server::start().unwrap(), site(&[("1.a/b c.json", "x")]));
    let mount = server.mount(Arc::clone(&site));
    assert_eq!(get(&format!("{}/1.a%2Fb%20c.json?fresh=1", mount.metadata_url())), (200, "x".to_owned()));
    assert_eq!(site.take_log(), [logged(Area::Metadata, "1.a/b c.json", 200, 1)]);
}

#[test]
fn a_path_that_leaves_its_area_is_only_a_name_that_is_not_found() {
    let (server, site) = (Server::start().unwrap(), site(&[("root.json", "x")]));
    let mount = server.mount(Arc::clone(&site));
    for path in ["../metadata/root.json", "..%2f..%2Fetc/passwd", "/etc/passwd", "./root.json", ""] {
        let answer = raw(&mount, &format!("GET BASE/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        assert!(answer.starts_with("HTTP/1.1 404 "), "{path}: {answer}");
    }
    let paths: Vec<_> = site.take_log().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["../metadata/root.json", "../../etc/passwd", "/etc/passwd", "./root.json", ""]);
}

#[test]
fn head_tells_the_length_and_sends_nothing() {
    let (server, site) = (Server::start().unwrap(), site(&[("root.json", "12345")]));
    let mount = server.mount(Arc::clone(&site));
    let answer = raw(&mount, "HEAD BASE/root.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.to_lowercase().contains("content-length: 5\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    assert_eq!(site.take_log(), [logged(Area::Metadata, "root.json", 200, 0)]);
}

#[test]
fn other_methods_are_refused_and_not_logged() {
    let (server, site) = (Server::start().unwrap(), site(&[("root.json", "x")]));
    let mount = server.mount(Arc::clone(&site));
    let answer = agent().put(format!("{}/root.json", mount.metadata_url())).send("y").unwrap();
    assert_eq!(answer.status(), 405);
    assert_eq!(answer.headers()["allow"], "GET, HEAD");
    assert_eq!(site.take_log(), []);
}

#[test]
fn an_unknown_area_or_prefix_and_a_dropped_mount_are_not_found() {
    let (server, site) = (Server::start().unwrap(), site(&[("root.json", "x")]));
    let mount = server.mount(Arc::clone(&site));
    let url = format!("{}/root.json", mount.metadata_url());
    assert_eq!(get(&url).0, 200);
    assert_eq!(get(&url.replace("/metadata/", "/other/")).0, 404);
    assert_eq!(get(&url.replace("/r0/", "/r1/")).0, 404);
    drop(mount);
    assert_eq!(get(&url).0, 404);
    assert_eq!(site.take_log().len(), 1);
}

#[test]
fn a_path_without_end_is_refused() {
    let (server, site) = (Server::start().unwrap(), site(&[]));
    let mount = server.mount(Arc::clone(&site));
    let name = "a".repeat(9000);
    let answer = raw(&mount, &format!("GET BASE/{name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    assert!(answer.starts_with("HTTP/1.1 414 "), "{answer}");
    let answer = raw(&mount, &format!("GET BASE/{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(70_000)));
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert_eq!(site.take_log(), []);
}

#[test]
fn one_connection_carries_several_requests() {
    let (server, site) = (Server::start().unwrap(), site(&[("a", "1"), ("b", "2")]));
    let mount = server.mount(Arc::clone(&site));
    let answer = raw(
        &mount,
        "GET BASE/a HTTP/1.1\r\nHost: x\r\n\r\nGET BASE/b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 2, "{answer}");
    assert_eq!(site.take_log().len(), 2);
}

#[test]
fn sites_are_served_in_parallel_and_keep_apart() {
    let server = Server::start().unwrap();
    thread::scope(|scope| {
        for number in 0..16 {
            let server = &server;
            scope.spawn(move || {
                let text = format!("site {number}");
                let site = site(&[("root.json", &text)]);
                let mount = server.mount(Arc::clone(&site));
                let agent = agent();
                for _ in 0..20 {
                    let mut answer = agent.get(format!("{}/root.json", mount.metadata_url())).call().unwrap();
                    assert_eq!(answer.body_mut().read_to_string().unwrap(), text);
                }
                let expected = logged(Area::Metadata, "root.json", 200, text.len() as u64);
                assert_eq!(site.take_log(), vec![expected; 20]);
            });
        }
    });
}

#[test]
fn a_crowd_of_idle_connections_does_not_block_the_server_for_good() {
    let (server, site) = (Server::start().unwrap(), site(&[("root.json", "x")]));
    let mount = server.mount(site);
    let url = mount.metadata_url();
    let host = url.trim_start_matches("http://").split('/').next().unwrap();
    let crowd: Vec<_> = (0..300).map(|_| TcpStream::connect(host).unwrap()).collect();
    let waiting = thread::spawn({
        let url = format!("{url}/root.json");
        move || get(&url)
    });
    thread::sleep(Duration::from_millis(100));
    assert!(!waiting.is_finished());
    drop(crowd);
    assert_eq!(waiting.join().unwrap(), (200, "x".to_owned()));
}

#[test]
fn connections_that_came_for_a_site_which_is_gone_make_room_for_others() {
    let (server, gone) = (Server::start().unwrap(), site(&[]));
    let mount = server.mount(gone);
    let url = mount.metadata_url();
    let host = url.trim_start_matches("http://").split('/').next().unwrap();
    let request = format!("GET {}/x HTTP/1.1\r\nHost: x\r\n\r\n", &url[url.rfind("/r").unwrap()..]);
    let crowd: Vec<_> = (0..300)
        .map(|_| {
            let mut stream = TcpStream::connect(host).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            stream
        })
        .collect();
    let next = server.mount(site(&[("root.json", "x")]));
    let waiting = thread::spawn({
        let url = format!("{}/root.json", next.metadata_url());
        move || get(&url)
    });
    thread::sleep(Duration::from_millis(100));
    assert!(!waiting.is_finished());
    drop(mount);
    assert_eq!(waiting.join().unwrap(), (200, "x".to_owned()));
    drop(crowd);
}

#[test]
fn a_dropped_server_no_longer_answers() {
    let server = Server::start().unwrap();
    let mount = server.mount(site(&[("root.json", "x")]));
    let url = format!("{}/root.json", mount.metadata_url());
    assert_eq!(get(&url).0, 200);
    drop(server);
    thread::sleep(Duration::from_millis(100));
    assert!(agent().get(&url).call().is_err());
}

/// A site that answers for `x.json` in this way.
fn serving(answer: Serving) -> (Server, Arc<Site>, Mount) {
    let files = [("x.json".to_owned(), "0123456789".into()), ("y.json".to_owned(), "other".into())];
    let answers = [((Area::Metadata, "x.json".to_owned()), vec![answer])];
    let (server, site) = (Server::start().unwrap(), Arc::new(Site::default()));
    site.show(Arc::new(Files { metadata: files.into(), answers: answers.into(), ..Files::default() }));
    let mount = server.mount(Arc::clone(&site));
    (server, site, mount)
}

fn asked(answer: Serving, headers: &str) -> String {
    let (_server, _site, mount) = serving(answer);
    raw(&mount, &format!("GET BASE/x.json HTTP/1.1\r\nHost: x\r\n{headers}Connection: close\r\n\r\n"))
}

#[test]
fn a_connection_is_cut_where_it_should() {
    assert_eq!(asked(Serving::Cut(0), ""), "");
    for (answer, length, body) in
        [(Serving::Cut(3), "10", "012"), (Serving::Length(99), "99", "0123456789"), (Serving::Length(4), "4", "0123")]
    {
        let answer = asked(answer, "").to_lowercase();
        assert!(answer.contains(&format!("content-length: {length}\r\n")), "{answer}");
        assert!(answer.ends_with(&format!("\r\n\r\n{body}")), "{answer}");
    }
}

#[test]
fn a_redirect_leads_to_a_file_of_the_same_site_on_this_host_or_another() {
    for (answer, host) in [
        (Serving::Redirect("metadata/y.json".to_owned()), "http://127.0.0.1:"),
        (Serving::RedirectAway("metadata/y.json".to_owned()), "http://localhost:"),
    ] {
        let answer = asked(answer, "");
        assert!(answer.starts_with("HTTP/1.1 302 "), "{answer}");
        assert!(answer.contains(&format!("location: {host}")) && answer.contains("/metadata/y.json\r\n"), "{answer}");
    }
    let (_server, _site, mount) = serving(Serving::Redirect("metadata/y.json".to_owned()));
    assert_eq!(get(&format!("{}/x.json", mount.metadata_url())), (200, "other".to_owned()));
}

#[test]
fn a_file_is_compressed_for_who_asks_for_it_and_a_bomb_for_everybody() {
    let is_compressed = |answer: &str| answer.contains("content-encoding: gzip");
    let raw_answer = |answer: Serving, headers: &str| {
        let (_server, _site, mount) = serving(answer);
        let url = format!("{}/x.json", mount.metadata_url());
        let mut request = agent().get(&url);
        for name in headers.split_whitespace() {
            request = request.header("accept-encoding", name);
        }
        format!("{:?}", request.call().unwrap().headers()).replace('"', "")
    };
    assert!(is_compressed(&raw_answer(Serving::Gzip, "gzip")));
    assert!(!is_compressed(&raw_answer(Serving::Gzip, "identity")));
    assert!(is_compressed(&raw_answer(Serving::GzipBomb(1 << 20), "identity")));
}

#[test]
fn of_an_endless_answer_no_more_is_made_than_is_taken() {
    let (_server, site, mount) = serving(Serving::Endless);
    let mut body = agent().get(format!("{}/x.json", mount.metadata_url())).call().unwrap().into_body().into_reader();
    let mut start = [0; 1000];
    body.read_exact(&mut start).unwrap();
    assert!(start.starts_with(b"0123456789   "));
    drop(body);
    // What is on the way by now is taken for taken.
    thread::sleep(Duration::from_millis(300));
    let taken = site.take_log()[0].bytes;
    assert!((1000..32 << 20).contains(&taken), "{taken}");
}

#[test]
fn a_request_at_which_the_site_halts_waits_or_is_turned_away() {
    let (_server, site, mount) = serving(Serving::Ordinary);
    site.halt_at(1, Halted::Closes);
    assert_eq!(raw(&mount, "GET BASE/y.json HTTP/1.1\r\nHost: x\r\n\r\n"), "");
    assert!(site.resume());
    site.halt_at(1, Halted::Waits);
    let waiting = thread::scope(|scope| {
        let request = scope.spawn(|| raw(&mount, "GET BASE/y.json HTTP/1.1\r\nHost: x\r\n\r\n"));
        thread::sleep(Duration::from_millis(200));
        let is_waiting = !request.is_finished() && site.is_halted();
        site.resume();
        request.join().unwrap();
        is_waiting
    });
    assert!(waiting);
}
