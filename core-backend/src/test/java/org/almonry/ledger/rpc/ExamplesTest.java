package org.almonry.ledger.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.almonry.ledger.v1.Coin;
import org.almonry.ledger.v1.LedgerReaderServiceGrpc;
import org.almonry.ledger.v1.ListCoinsRequest;
import org.almonry.testing.TestCore;
import org.almonry.wire.Identity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import javax.tools.ToolProvider;

/// The clients in docs/examples, against a core over mutual TLS. They use the published
/// protos alone; what they did is looked up afterwards.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "docs", "examples");
    private static final Path PROTOS = Path.of("..", "proto", "src", "main", "protobuf");

    @TempDir
    Path directory;

    private TestCore core;

    @BeforeEach
    void start() {
        core = TestCore.start(directory, Map.of());
    }

    @AfterEach
    void close() {
        core.close();
    }

    @Test
    void theJavaExampleCompilesAndRuns() throws Exception {
        var classes = Files.createDirectory(directory.resolve("classes"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertEquals(
                0,
                compiler.run(
                        null,
                        null,
                        null,
                        "-Xlint:all,-path",
                        "-Werror",
                        "-proc:none",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        EXAMPLES.resolve("ledger-java/LedgerExample.java").toString()));
        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass("LedgerExample")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments().toArray(String[]::new));
        }
        assertBooks("java-example");
    }

    @Test
    void thePythonExampleRuns() throws Exception {
        for (var program : List.of("protoc", "grpc_python_plugin", "python3")) {
            assumeTrue(find(program) != null, program + " is not installed");
        }
        assumeTrue(
                run(Map.of(), List.of("python3", "-c", "import grpc, google.protobuf"))
                        .isEmpty(),
                "python3-grpcio or python3-protobuf is not installed");
        var stubs = Files.createDirectory(directory.resolve("stubs"));
        var generate = new ArrayList<>(List.of(
                "protoc",
                "-I",
                PROTOS.toString(),
                "--python_out=" + stubs,
                "--grpc_out=" + stubs,
                "--plugin=protoc-gen-grpc=" + find("grpc_python_plugin")));
        generate.addAll(protos());
        var said = run(Map.of(), generate);
        assumeTrue(
                !said.contains("google/protobuf/timestamp.proto: File not found"),
                "libprotobuf-dev is not installed");
        assertEquals("", said);
        var example = new ArrayList<>(List.of(
                "python3", EXAMPLES.resolve("ledger-python/ledger_example.py").toString()));
        example.addAll(arguments());
        var told = run(Map.of("PYTHONPATH", stubs.toString()), example);
        assertTrue(told.contains("streamed: 1000"), told);
        assertTrue(told.contains("a writer reads: 3750 available"), told);
        assertTrue(told.contains("a reader that posts: PERMISSION_DENIED"), told);
        assertBooks("python-example");
    }

    /// 50.00 came in, 12.50 were captured, 10.00 were streamed.
    private void assertBooks(String issuer) {
        var ledger = LedgerReaderServiceGrpc.newBlockingStub(core.channel(Identity.LEDGER_READER));
        var balances =
                ledger.listCoins(ListCoinsRequest.getDefaultInstance()).getCoinsList().stream()
                        .filter(each -> each.getIssuerKey().equals(issuer))
                        .collect(Collectors.toMap(
                                Coin::getOwner, each -> each.getBalance().getMinor()));
        assertEquals(Map.of("bank", -5_000L, "usr_ada", 2_750L, "usr_shop", 2_250L), balances);
    }

    private List<String> arguments() {
        var writer = core.files(Identity.LEDGER_WRITER);
        var reader = core.files(Identity.LEDGER_READER);
        return List.of(
                "127.0.0.1:" + core.core().port(),
                TestCore.SERVER_NAME,
                writer.trust().toString(),
                writer.certificate().toString(),
                writer.key().toString(),
                reader.certificate().toString(),
                reader.key().toString());
    }

    private static List<String> protos() throws IOException {
        try (var all = Files.walk(PROTOS.resolve("almonry"))) {
            return all.filter(
                            each -> each.toString().matches(".*/(ledger|type|rule)/v1/.*\\.proto"))
                    .map(each -> PROTOS.relativize(each).toString())
                    .sorted()
                    .toList();
        }
    }

    /// What a program says when it works without a word about trouble; else what it says.
    private static String run(Map<String, String> environment, List<String> words)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        environment.forEach((name, value) -> builder.environment()
                .merge(name, value, (old, more) -> more + File.pathSeparator + old));
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return process.exitValue() == 0 ? said : "exit " + process.exitValue() + ": " + said;
    }

    private static @Nullable Path find(String program) {
        for (var folder : System.getenv("PATH").split(File.pathSeparator)) {
            var file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }
}
