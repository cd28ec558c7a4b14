import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import com.google.gson.*;
import dev.sigstore.buildinfo.BuildInfo;
import dev.sigstore.tuf.*;
import java.io.*;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.*;
import java.util.*;

/**
 * A client under test: the session protocol on top of the public {@code Updater} of sigstore-java. An {@code Error} of
 * Java, such as a stack overflow, ends the program: a crash must never look like a refusal.
 */
public final class Client {
  private static final Gson JSON = new GsonBuilder().setStrictness(Strictness.STRICT).create();

  private static final String INTRODUCTION =
      """
      {"protocol": 1, "name": "sigstore-java", "version": "%s", "language": "Java", "clock": true,
       "homepage": "https://github.com/sigstore/sigstore-java", "dialect": "default",
       "issue_tracker": "https://github.com/sigstore/sigstore-java/issues",
       "features": ["artifact-cache", "consistent-snapshots", "hash:sha512", "metapath-hashes", "threshold"],
       "key_types": ["ecdsa", "ed25519", "rsa"]}
      """;

  /** The reasons that the class of a refusal tells. */
  private static final Map<Class<?>, String> REASONS =
      Map.ofEntries(
          entry(SignatureVerificationException.class, "signature"), entry(RollbackVersionException.class, "version"),
          entry(SnapshotVersionMismatchException.class, "version"),
          entry(SnapshotTargetVersionException.class, "version"),
          entry(SnapshotTargetMissingException.class, "version"), entry(RoleExpiredException.class, "expired"),
          entry(InvalidHashesException.class, "hash"), entry(FileExceedsMaxLengthException.class, "length"),
          entry(dev.sigstore.json.JsonParseException.class, "format"),
          entry(dev.sigstore.tuf.FileNotFoundException.class, "not-found"),
          entry(TargetMetadataMissingException.class, "unknown-target"));

  /** A repository without any file. */
  private record Nothing(String getSource) implements Fetcher {
    public byte[] fetchResource(String name, int limit) {
      return null;
    }
  }

  /** What a request asks for. The root is null unless it is to be trusted. */
  private record Work(
      Instant now, Path metadata, Path targets, URI metadataUrl, URI targetsUrl, Path root, String[] names) {

    /** Reads the params of a method. Anything wrong with them is a {@code RuntimeException}. */
    static Work read(String method, JsonObject params) {
      String[] names = {"now", "metadata_dir", "targets_dir", "metadata_url", "targets_url"};
      var p = Arrays.stream(names).map(name -> params.get(name).getAsString()).toArray(String[]::new);
      return new Work(Instant.parse(p[0]), Path.of(p[1]), Path.of(p[2]), URI.create(p[3]), URI.create(p[4]),
          method.equals("trust") ? Path.of(params.get("root").getAsString()) : null,
          method.equals("download") ? JSON.fromJson(params.get("targets").toString(), String[].class) : new String[0]);
    }

    void run() throws Exception {
      var store = FileSystemTufStore.newFileSystemStore(metadata, targets);
      var cache = PassthroughCacheMetaStore.newPassthroughMetaCache(store);
      var repository = root == null ? HttpFetcher.newFetcher(metadataUrl) : new Nothing("nowhere");
      var updater =
          Updater.builder()
              // An expired root is a good one to start from.
              .setClock(Clock.fixed(root == null ? now : Instant.EPOCH, ZoneOffset.UTC))
              .setTrustedRootPath(RootProvider.fromFile(root == null ? metadata.resolve("root.json") : root))
              .setTrustedMetaStore(TrustedMetaStore.newTrustedMetaStore(cache))
              .setTargetStore(store)
              .setMetaFetcher(MetaFetcher.newFetcher(repository))
              .setTargetFetcher(HttpFetcher.newFetcher(targetsUrl))
              .build();
      try {
        updater.updateMeta();
      } catch (dev.sigstore.tuf.FileNotFoundException e) {
        // What comes after the root is missing. So the root to start from is checked and stored, without a repository.
        if (root == null) throw e;
      }
      for (var name : names) updater.downloadTarget(name);
    }
  }

  private static Map<String, String> outcome(Work work) {
    try {
      work.run();
      return Map.of("outcome", "accepted");
    } catch (Exception e) {
      e.printStackTrace();
      // Trouble with its own files has a class of its own; every other IOException comes from the repository.
      var isRefusal = e instanceof TufException || e instanceof dev.sigstore.json.JsonParseException
          || e instanceof IOException && !(e instanceof FileSystemException);
      var told = new HashMap<>(Map.of("outcome", isRefusal ? "rejected" : "error", "message", e.toString()));
      if (REASONS.containsKey(e.getClass())) told.put("reason", REASONS.get(e.getClass()));
      return told;
    }
  }

  /** Answers a line. If something is wrong with it, {@code code} says how far it was read. */
  private static JsonObject answer(byte[] line) {
    var answer = JSON.fromJson("{\"jsonrpc\": \"2.0\", \"id\": null}", JsonObject.class);
    var code = -32700;
    try {
      var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      var any = Objects.requireNonNull(JSON.fromJson(text, JsonElement.class));
      code = -32600;
      var request = any.getAsJsonObject();
      var method = request.get("method").getAsString();
      if (!request.get("jsonrpc").getAsString().equals("2.0")) throw new IllegalArgumentException();
      answer.add("id", request.getAsJsonPrimitive("id").deepCopy());
      code = List.of("initialize", "trust", "refresh", "download", "shutdown").contains(method) ? -32602 : -32601;
      var params = Objects.requireNonNull(request.getAsJsonObject("params"));
      answer.add("result", switch (method) {
        case "initialize" -> {
          if (params.get("protocol").getAsInt() != 1) throw new IllegalArgumentException("protocol");
          yield JSON.fromJson(INTRODUCTION.formatted(BuildInfo.VERSION), JsonObject.class);
        }
        case "trust", "refresh", "download" -> JSON.toJsonTree(outcome(Work.read(method, params)));
        case "shutdown" -> new JsonObject();
        default -> throw new NoSuchElementException(method);
      });
    } catch (RuntimeException | CharacterCodingException e) {
      answer.add("error", JSON.toJsonTree(Map.of("code", code, "message", "wrong request: " + e)));
    }
    return answer;
  }

  public static void main(String[] arguments) throws IOException {
    var answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    System.setOut(System.err); // What a library prints must not get between the answers.
    var lines = new BufferedReader(new InputStreamReader(System.in, ISO_8859_1));
    for (String line; (line = lines.readLine()) != null; ) {
      var answer = answer(line.getBytes(ISO_8859_1));
      answers.println(answer);
      // Only that of `shutdown` is empty.
      if (answer.has("result") && answer.getAsJsonObject("result").isEmpty()) return;
    }
  }
}
