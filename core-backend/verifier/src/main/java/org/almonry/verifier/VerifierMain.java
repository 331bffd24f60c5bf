package org.almonry.verifier;

import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// `almonry-verifier EXPORT --key VKEY... [--checkpoints FILE...] [--state FILE]`.
///
/// Exits with 0 if nothing is wrong, 1 with findings, 2 if what was given cannot be
/// verified at all.
public final class VerifierMain {
    /// Nothing is wrong.
    public static final int CLEAN = 0;

    /// Something is wrong.
    public static final int FINDINGS = 1;

    /// No verdict.
    public static final int UNUSABLE = 2;

    private static final String USAGE = """
            usage: almonry-verifier EXPORT --key VKEY... [--checkpoints FILE...] [--state FILE]
              EXPORT         folder that export-ledger has written
              --key          public key of the checkpoints, name+hash+base64
              --checkpoints  signed notes that were kept outside of the instance
              --state        where to remember what was found clean, to be faster next time
            """;

    private VerifierMain() {}

    @SuppressWarnings("SystemOut") // A command talks to the person at the terminal.
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /// As the command, but gives the exit code back.
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            var report = verify(new ArrayDeque<>(arguments));
            report.findings().forEach(out::println);
            if (report.count() > report.findings().size()) {
                out.println("and " + (report.count() - report.findings().size()) + " more");
            }
            out.println(("%d batches, %d transactions, %d coins, %d checkpoints;"
                            + " %d batches are confirmed by a signature, %d were known")
                    .formatted(
                            report.batches(),
                            report.transactions(),
                            report.coins(),
                            report.checkpoints(),
                            report.confirmed(),
                            report.trusted()));
            out.println(report.isClean() ? "clean" : report.count() + " findings");
            return report.isClean() ? CLEAN : FINDINGS;
        } catch (Unusable e) {
            err.println("cannot verify: " + e.getMessage());
            return UNUSABLE;
        } catch (RuntimeException e) {
            err.println("cannot verify, a fault of the verifier: " + e);
            return UNUSABLE;
        }
    }

    private static Report verify(ArrayDeque<String> rest) {
        Path export = null;
        Path state = null;
        var keys = new ArrayList<NoteKey>();
        var kept = new ArrayList<Path>();
        while (!rest.isEmpty()) {
            var word = rest.pop();
            if (word.startsWith("--") && rest.isEmpty()) {
                throw new Unusable(word + " needs a value\n" + USAGE);
            }
            switch (word) {
                case "--key" -> keys.add(NoteKey.parse(rest.pop()));
                case "--checkpoints" -> kept.add(path(rest.pop()));
                case "--state" -> state = path(rest.pop());
                default -> {
                    if (export != null || word.startsWith("--")) {
                        throw new Unusable("unknown: " + word + "\n" + USAGE);
                    }
                    export = path(word);
                }
            }
        }
        if (export == null || keys.isEmpty()) {
            throw new Unusable("an export and a key are needed\n" + USAGE);
        }
        return Verifier.verify(export, keys, kept, state);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Unusable("is no path: " + text, e);
        }
    }
}
