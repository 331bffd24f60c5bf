package org.almonry.providers.bank;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.almonry.providers.CsvMapping;
import org.almonry.providers.Cursor;
import org.almonry.providers.FetchPage;
import org.almonry.providers.FetchesStatements;
import org.almonry.providers.ProviderFailure;
import org.almonry.wire.Config;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A bank that speaks by files: a folder that a banking program or an admin drops
/// statements into.
///
/// A file goes from the folder into `taken`, and from there into `processed` once it is
/// imported, or into `refused` with the reason beside it. Each step is one atomic move, so
/// that a crash leaves a file in exactly one place; what it leaves in `taken` is offered
/// again. The cursor is not used: the folder itself remembers.
public final class BankProvider implements FetchesStatements {
    /// The `kind` in the configuration.
    public static final String KIND = "bank";

    /// Files of one page. More are offered with the next, so that progress shows.
    private static final int FILES_MAX = 50;

    /// A file that was changed less long ago may still be being written.
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final String name;
    private final Path folder;
    private final @Nullable CsvMapping csv;
    private final Clock clock;

    public BankProvider(String name, Path folder, @Nullable CsvMapping csv, Clock clock) {
        this.name = requireNonNull(name, "name is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.csv = csv;
        this.clock = requireNonNull(clock, "clock is null");
    }

    /// From the keys `drop-folder` and, for CSV files, `csv.*`.
    public static BankProvider configured(String name, Config keys, Clock clock) {
        var csv = keys.has("csv") ? CsvKeys.mapping(keys.section("csv")) : null;
        return new BankProvider(name, keys.path("drop-folder"), csv, clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<String> capabilities() {
        return Set.of("reads-files");
    }

    @Override
    public Optional<CsvMapping> csvMapping() {
        return Optional.ofNullable(csv);
    }

    @Override
    public FetchPage fetch(Cursor cursor, Path spool) throws ProviderFailure {
        try {
            for (var part : List.of("taken", "processed", "refused")) {
                Files.createDirectories(folder.resolve(part));
            }
            take();
            var taken = list(folder.resolve("taken"));
            var files = new ArrayList<Path>();
            for (var file : taken.subList(0, Math.min(FILES_MAX, taken.size()))) {
                var copy = spool.resolve(fileName(file));
                if (hand(file, copy)) {
                    files.add(copy);
                } else {
                    refused(file, "the file is larger than 256 MiB");
                }
            }
            return new FetchPage(files, cursor.value(), taken.size() > FILES_MAX);
        } catch (IOException e) {
            throw new ProviderFailure(
                    true,
                    "The drop folder of " + name
                            + " cannot be read; check that it exists and whose it is.",
                    e);
        }
    }

    @Override
    public void imported(Path file) throws ProviderFailure {
        leave(file, "processed");
    }

    @Override
    public void refused(Path file, String reason) throws ProviderFailure {
        var left = leave(file, "refused");
        if (left == null) {
            return;
        }
        try {
            Files.writeString(
                    left.resolveSibling(fileName(left) + ".why.txt"), reason + "\n", UTF_8);
        } catch (IOException e) {
            throw new ProviderFailure(
                    true, "The reason for refusing a file of " + name + " cannot be written.", e);
        }
    }

    /// Moves what has settled out of the folder, so that a later file of the same name is
    /// another one.
    private void take() throws IOException {
        var settled = clock.instant().minus(SETTLED);
        for (var file : list(folder)) {
            if (Files.getLastModifiedTime(file).toInstant().isAfter(settled)) {
                continue;
            }
            move(file, free(folder.resolve("taken"), fileName(file)));
        }
    }

    /// Puts a file into the spool folder: as a second name where the file systems are one,
    /// else as a copy, which is not worth its while for what will be refused anyway.
    private static boolean hand(Path file, Path copy) throws IOException {
        try {
            Files.createLink(copy, file);
            return true;
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (Files.size(file) > StatementFile.SIZE_MAX) {
                return false;
            }
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            return true;
        }
    }

    private @Nullable Path leave(Path file, String where) throws ProviderFailure {
        try {
            var target = free(folder.resolve(where), fileName(file));
            move(folder.resolve("taken").resolve(fileName(file)), target);
            return target;
        } catch (NoSuchFileException e) {
            // Moved by an earlier call, before a crash that the caller did not survive.
            return null;
        } catch (IOException e) {
            throw new ProviderFailure(
                    true, "A file of " + name + " cannot be moved to " + where + ".", e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new FileAlreadyExistsException(
                    to.toString(), null, "the drop folder spans two file systems");
        }
    }

    private Path free(Path directory, String wanted) {
        var target = directory.resolve(wanted);
        for (int i = 1; Files.exists(target, LinkOption.NOFOLLOW_LINKS); i++) {
            target = directory.resolve(clock.instant().getEpochSecond() + "-" + i + "-" + wanted);
        }
        return target;
    }

    /// Plain files by name. Links are left alone, since they can lead anywhere; so are
    /// names that mean "not yet".
    private static List<Path> list(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> {
                        var lower = fileName(file).toLowerCase(Locale.ROOT);
                        return !lower.startsWith(".")
                                && !lower.endsWith(".part")
                                && !lower.endsWith(".tmp")
                                && !lower.endsWith("~");
                    })
                    .sorted()
                    .toList();
        }
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }
}
