package org.almonry.gateway.admin;

import com.google.protobuf.ByteString;

import org.almonry.ledger.v1.GetInclusionProofResponse;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Proofs as text that people can copy and programs can read: JSON with the names of the
/// contract, bytes in hexadecimal digits.
public final class ProofText {

    private static final HexFormat HEX = HexFormat.of();

    private ProofText() {}

    /// Bytes in hexadecimal digits.
    public static String hex(ByteString bytes) {
        return HEX.formatHex(bytes.toByteArray());
    }

    static List<String> hex(List<ByteString> hashes) {
        return hashes.stream().map(ProofText::hex).toList();
    }

    /// All of an inclusion proof.
    static String of(String id, GetInclusionProofResponse proof) {
        var batch = proof.getBatch();
        var at = Instant.ofEpochSecond(
                batch.getRecordedAt().getSeconds(), batch.getRecordedAt().getNanos());
        return """
                {
                  "transaction": %s,
                  "leaf": "%s",
                  "index": %d,
                  "batch": {
                    "shard": %d,
                    "number": %d,
                    "epoch": %d,
                    "first_transaction": %d,
                    "transactions": %d,
                    "requests": %d,
                    "recorded_at": "%s",
                    "root": "%s",
                    "request_root": "%s",
                    "previous_chain": "%s"
                  },
                  "batch_path": %s,
                  "log_path": %s,
                  "checkpoint": %s
                }
                """.formatted(
                        quoted(id),
                        hex(proof.getLeaf()),
                        proof.getIndex(),
                        batch.getShard(),
                        batch.getNumber(),
                        batch.getEpoch(),
                        batch.getFirstTransaction(),
                        batch.getTransactions(),
                        batch.getRequests(),
                        at,
                        hex(batch.getRoot()),
                        hex(batch.getRequestRoot()),
                        hex(batch.getPreviousChain()),
                        list(proof.getBatchPathList()),
                        list(proof.getLogPathList()),
                        quoted(proof.getCheckpoint().getNote()));
    }

    private static String list(List<ByteString> hashes) {
        return hex(hashes).stream()
                .map(each -> "\n    \"" + each + "\"")
                .collect(Collectors.joining(",", "[", hashes.isEmpty() ? "]" : "\n  ]"));
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(each -> {
            switch (each) {
                case '"', '\\' -> out.append('\\').append((char) each);
                case '\n' -> out.append("\\n");
                default -> {
                    if (each < ' ') {
                        out.append("\\u%04x".formatted(each));
                    } else {
                        out.append((char) each);
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
