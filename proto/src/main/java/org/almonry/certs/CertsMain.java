package org.almonry.certs;

import org.almonry.wire.Identity;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;

/// The authority on the command line: `init`, `issue`, `renew`, `show`.
public final class CertsMain {
    private static final String USAGE = """
            usage: init  AUTHORITY TRUST-DOMAIN          make the authority, or open the one that is there
                   issue AUTHORITY IDENTITY OUT [HOST..]  certificate, key and trust of one process
                   renew AUTHORITY OUT                    renew what has lived half its life
                   show  FILE                             who, from when, until when
            """;

    private CertsMain() {}

    public static void main(String[] args) {
        var out = new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(args), Clock.systemUTC(), out));
    }

    static int run(List<String> args, Clock clock, PrintStream out) {
        try {
            var command = args.isEmpty() ? "" : args.getFirst();
            if (command.equals("init") && args.size() == 3) {
                CertificateTool.init(Path.of(args.get(1)), args.get(2), clock);
                out.println("authority of " + args.get(2) + " in " + args.get(1)
                        + "; move root.key to a safe place, leaves do not need it");
            } else if (command.equals("issue") && args.size() >= 4) {
                refuseStranger(args.get(2));
                var tool = CertificateTool.open(Path.of(args.get(1)), clock);
                var files =
                        tool.issue(args.get(2), args.subList(4, args.size()), Path.of(args.get(3)));
                CertificateTool.show(files.certificate()).forEach(out::println);
            } else if (command.equals("renew") && args.size() == 3) {
                var renewed = CertificateTool.open(Path.of(args.get(1)), clock)
                        .renew(Path.of(args.get(2)));
                out.println(
                        renewed.isEmpty()
                                ? "nothing is due"
                                : "renewed " + String.join(", ", renewed));
            } else if (command.equals("show") && args.size() == 2) {
                CertificateTool.show(Path.of(args.get(1))).forEach(out::println);
            } else {
                out.print(USAGE);
                return 2;
            }
            return 0;
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            out.println("refused: " + e.getMessage());
            return 1;
        }
    }

    /// No core lets a name in that it does not know, so a certificate for it is a spelling
    /// mistake that would show much later.
    private static void refuseStranger(String identity) {
        if (!Identity.KNOWN.contains(identity)) {
            throw new IllegalArgumentException("no process is called %s; there are %s"
                    .formatted(identity, String.join(", ", new TreeSet<>(Identity.KNOWN))));
        }
    }
}
