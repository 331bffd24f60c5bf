package org.almonry.demo;

import org.almonry.wire.Identity;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Scripts that run the examples of `docs/examples` against the demo: how a program of the
/// inner zone posts to the ledger and reads it, each with a certificate of its own.
final class DemoLedgerClients {
    /// The classes made from the protos, and gRPC, lie beside the core's jar.
    private static final String JAVA = """
            #!/bin/sh
            # Posts to the ledger of this demo, and reads it, by the Java example.
            set -eu
            cd '%1$s'
            exec '%2$s/bin/java' --enable-native-access=ALL-UNNAMED -cp 'core-backend/target/lib/*' \\
                docs/examples/ledger-java/LedgerExample.java \\
            %3$s
            """;

    private static final String PYTHON = """
            #!/bin/sh
            # Posts to the ledger of this demo, and reads it, by the Python example.
            set -eu
            needed='protobuf-compiler-grpc libprotobuf-dev python3-grpcio python3-protobuf'
            if ! { command -v protoc && command -v grpc_python_plugin &&
                    python3 -c 'import grpc, google.protobuf'; } >/dev/null 2>&1; then
                echo "This needs the Debian packages: $needed" >&2
                exit 1
            fi
            cd '%1$s'
            stubs='%2$s'
            mkdir -p "$stubs"
            protoc -I proto/src/main/protobuf --python_out="$stubs" --grpc_out="$stubs" \\
                --plugin=protoc-gen-grpc="$(command -v grpc_python_plugin)" \\
                $(cd proto/src/main/protobuf && find almonry/ledger almonry/type almonry/rule -name '*.proto')
            PYTHONPATH=$stubs exec python3 docs/examples/ledger-python/ledger_example.py \\
            %3$s
            """;

    private DemoLedgerClients() {}

    static void write(DemoLayout layout) throws IOException {
        var arguments = arguments(layout);
        var repository = layout.repository();
        var stubs = layout.folder().resolve("ledger-python-stubs");
        Files.writeString(
                layout.ledgerClient("java"),
                JAVA.formatted(repository, System.getProperty("java.home"), arguments));
        Files.writeString(
                layout.ledgerClient("python"), PYTHON.formatted(repository, stubs, arguments));
    }

    private static String arguments(DemoLayout layout) {
        var words = new ArrayList<>(List.of(
                DemoLayout.LOOPBACK + ":" + layout.corePort(),
                "localhost",
                DemoCertificates.trust(layout).toString()));
        for (var identity : List.of(Identity.LEDGER_WRITER, Identity.LEDGER_READER)) {
            words.add(DemoCertificates.certificate(layout, identity).toString());
            words.add(DemoCertificates.key(layout, identity).toString());
        }
        return "    '" + String.join("' \\\n    '", words) + "'";
    }
}
