package org.almonry.certs;

import static java.util.Objects.requireNonNull;

import org.almonry.wire.Identity;
import org.almonry.wire.TlsFiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Makes and renews certificates. Every step can be repeated: what exists and is young
/// enough stays as it is.
public final class CertificateTool {
    private static final Duration ROOT_LIFE = Duration.ofDays(3650);
    private static final Duration INTERMEDIATE_LIFE = Duration.ofDays(365);
    private static final Duration LEAF_LIFE = Duration.ofDays(7);

    /// Certificates start this much in the past, for peers whose clock is a little slow.
    private static final Duration CLOCK_SLACK = Duration.ofMinutes(5);

    private static final int SAN_DNS = 2;
    private static final int SAN_ADDRESS = 7;

    private final String trustDomain;
    private final X509Certificate root;
    private final Signer intermediate;
    private final Clock clock;

    private CertificateTool(
            String trustDomain, X509Certificate root, Signer intermediate, Clock clock) {
        this.trustDomain = trustDomain;
        this.root = root;
        this.intermediate = intermediate;
        this.clock = clock;
    }

    /// Makes the authority in this directory, or opens the one that is there. Past half of
    /// its life the intermediate is made anew if the root's key is at hand; leaves of the
    /// old one stay good until they end.
    public static CertificateTool init(Path directory, String trustDomain, Clock clock) {
        requireNonNull(clock, "clock is null");
        var name = directory.resolve("trust-domain");
        if (Files.exists(name)) {
            if (!read(name).equals(trustDomain)) {
                throw new IllegalArgumentException(
                        "this authority is of the trust domain " + read(name));
            }
        } else {
            // Also checks the name; an identity cannot be built on a bad one.
            Pem.writeText(name, new Identity(trustDomain, Identity.CORE).trustDomain());
        }
        var now = clock.instant();
        var rootFile = directory.resolve("root.crt");
        if (!Files.exists(rootFile)) {
            var made = Signer.root(trustDomain, now.minus(CLOCK_SLACK), now.plus(ROOT_LIFE));
            Pem.writeKey(directory.resolve("root.key"), made.key());
            Pem.writeCertificates(rootFile, List.of(made.certificate()));
        }
        var middle = directory.resolve("intermediate.crt");
        boolean hasRootKey = Files.exists(directory.resolve("root.key"));
        if (!Files.exists(middle)
                || (hasRootKey && isPastHalf(Pem.certificates(middle).getFirst(), now))) {
            var signer = new Signer(
                    Pem.certificates(rootFile).getFirst(), Pem.key(directory.resolve("root.key")));
            var made = signer.intermediate(
                    trustDomain, now.minus(CLOCK_SLACK), now.plus(INTERMEDIATE_LIFE));
            Pem.writeKey(directory.resolve("intermediate.key"), made.key());
            Pem.writeCertificates(middle, List.of(made.certificate()));
        }
        return open(directory, clock);
    }

    /// Opens an authority that is there.
    public static CertificateTool open(Path directory, Clock clock) {
        var intermediate = new Signer(
                Pem.certificates(directory.resolve("intermediate.crt")).getFirst(),
                Pem.key(directory.resolve("intermediate.key")));
        return new CertificateTool(
                read(directory.resolve("trust-domain")),
                Pem.certificates(directory.resolve("root.crt")).getFirst(),
                intermediate,
                clock);
    }

    /// The certificate, key and trust of one process: `edge-public.crt`, `edge-public.key`,
    /// `trust.crt`. Servers give the host names (or addresses) that clients dial; they
    /// prove where, never who. What is there already, fits and has not lived half its life
    /// is kept.
    public TlsFiles issue(String identity, List<String> hosts, Path out) {
        var name = new Identity(trustDomain, identity);
        var files = files(identity, out);
        var now = clock.instant();
        if (!isCurrent(files, name, hosts, now)) {
            var keys = Signer.newKeys();
            var until = now.plus(LEAF_LIFE);
            var last = intermediate.certificate().getNotAfter().toInstant();
            var leaf = intermediate.leaf(
                    identity,
                    keys.getPublic(),
                    List.of(name.uri().toString()),
                    hosts,
                    now.minus(CLOCK_SLACK),
                    until.isBefore(last) ? until : last);
            Pem.writeKey(files.key(), keys.getPrivate());
            Pem.writeCertificates(files.certificate(), List.of(leaf, intermediate.certificate()));
        }
        if (!Files.exists(files.trust()) || !Pem.certificates(files.trust()).contains(root)) {
            Pem.writeCertificates(files.trust(), List.of(root));
        }
        return files;
    }

    /// Renews every certificate in the directory that has lived half its life, with the
    /// names that it has. Returns the identities that were renewed.
    public List<String> renew(Path out) {
        var renewed = new ArrayList<String>();
        for (var file : leaves(out)) {
            var before = Pem.certificates(file).getFirst();
            try {
                var identity = Identity.of(before);
                var after = issue(identity.path(), hosts(before), out);
                if (!Pem.certificates(after.certificate()).getFirst().equals(before)) {
                    renewed.add(identity.path());
                }
            } catch (CertificateException e) {
                throw new IllegalStateException("no certificate of a process: " + file, e);
            }
        }
        return renewed;
    }

    /// One line about each certificate in a file.
    public static List<String> show(Path file) {
        var lines = new ArrayList<String>();
        for (var certificate : Pem.certificates(file)) {
            String who;
            try {
                who = Identity.of(certificate).uri() + " " + hosts(certificate);
            } catch (CertificateException _) {
                who = certificate.getSubjectX500Principal().getName();
            }
            lines.add(who + " from " + certificate.getNotBefore().toInstant() + " until "
                    + certificate.getNotAfter().toInstant());
        }
        return lines;
    }

    private boolean isCurrent(TlsFiles files, Identity identity, List<String> hosts, Instant now) {
        if (!Files.exists(files.certificate()) || !Files.exists(files.key())) {
            return false;
        }
        var leaf = Pem.certificates(files.certificate()).getFirst();
        try {
            leaf.verify(intermediate.certificate().getPublicKey());
            return Identity.of(leaf).equals(identity)
                    && new TreeSet<>(hosts(leaf)).equals(new TreeSet<>(hosts))
                    && !isPastHalf(leaf, now);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static TlsFiles files(String identity, Path out) {
        var stem = identity.replace('/', '-');
        return new TlsFiles(
                out.resolve(stem + ".crt"), out.resolve(stem + ".key"), out.resolve("trust.crt"));
    }

    private static List<Path> leaves(Path out) {
        try (var files = Files.list(out)) {
            return files.filter(file -> file.toString().endsWith(".crt"))
                    .filter(file -> !file.endsWith("trust.crt"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> hosts(X509Certificate leaf) throws CertificateException {
        var names = leaf.getSubjectAlternativeNames();
        var hosts = new ArrayList<String>();
        for (var name : names == null ? List.<List<?>>of() : names) {
            if (name.get(0) instanceof Integer type && (type == SAN_DNS || type == SAN_ADDRESS)) {
                hosts.add(String.valueOf(name.get(1)));
            }
        }
        return hosts;
    }

    private static boolean isPastHalf(X509Certificate certificate, Instant now) {
        var from = certificate.getNotBefore().toInstant();
        var until = certificate.getNotAfter().toInstant();
        return now.isAfter(from.plus(Duration.between(from, until).dividedBy(2)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
