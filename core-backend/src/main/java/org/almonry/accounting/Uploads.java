package org.almonry.accounting;

import org.almonry.error.v1.Reason;
import org.almonry.jobs.Jobs;
import org.almonry.providers.CsvMapping;
import org.almonry.providers.StatementRefused;
import org.almonry.wire.Failure;
import org.almonry.wire.IdSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/// Statement files that a person uploads: taken in pieces, checked whole, shown, and
/// imported when the person says yes. Kept in the spool folder for a day.
public final class Uploads {
    /// As for every statement file.
    public static final long SIZE_MAX = 256L * 1024 * 1024;

    /// Long enough to look at a preview, ask somebody and come back.
    private static final Duration KEPT = Duration.ofHours(24);

    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private final UploadStore store;
    private final Importer importer;
    private final Path folder;
    private final IdSource ids;
    private final Clock clock;

    /// Wires the uploads.
    public Uploads(Jdbi accounting, Importer importer, Path spool, IdSource ids, Clock clock) {
        this.store = new UploadStore(accounting);
        this.importer = importer;
        this.folder = spool.resolve("uploads");
        this.ids = ids;
        this.clock = clock;
    }

    /// What the check of an upload came to.
    public sealed interface Outcome {
        /// It can be imported.
        record Preview(String uploadId, ImportReport report) implements Outcome {}

        /// It is refused whole; nothing was kept.
        ///
        /// @param line from 1, or 0 when unknown
        /// @param offset in bytes, or 0 when unknown
        record Refused(String reason, long line, long offset) implements Outcome {}
    }

    /// Begins to take a file. The caller writes pieces and ends with [Receiving#finish] or
    /// [Receiving#close].
    public Receiving receive(String filename, @Nullable CsvMapping mapping, String actor) {
        return new Receiving(ids.next("upl"), filename, mapping, actor);
    }

    /// A file on its way in. Closed without being finished, it is forgotten.
    public final class Receiving implements AutoCloseable {
        private final String id;
        private final String filename;
        private final @Nullable CsvMapping mapping;
        private final String actor;
        private final Path file;
        private final OutputStream out;
        private long size;
        private boolean kept;

        private Receiving(String id, String filename, @Nullable CsvMapping mapping, String actor) {
            this.id = id;
            this.filename = filename;
            this.mapping = mapping;
            this.actor = actor;
            this.file = path(id);
            try {
                Files.createDirectories(folder);
                this.out = Files.newOutputStream(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Takes the next piece.
        public void write(byte[] piece) {
            size += piece.length;
            if (size > SIZE_MAX) {
                close();
                throw new Failure(Reason.LIMIT_REACHED, "The file is larger than 256 MiB.");
            }
            try {
                out.write(piece);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Checks the whole file.
        public Outcome finish() {
            try {
                out.close();
                var report = importer.check(file, mapping);
                store.insert(new UploadStore.Upload(id, filename, mapping, actor, clock.instant()));
                kept = true;
                return new Outcome.Preview(id, report);
            } catch (StatementRefused e) {
                return new Outcome.Refused(
                        e.reason(), Math.max(0, e.line()), Math.max(0, e.offset()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                close();
            }
        }

        @Override
        public void close() {
            try {
                out.close();
                if (!kept) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Imports an upload. Again, it adds nothing.
    public ImportReport confirm(String uploadId) {
        var upload = store.find(uploadId)
                .filter(found -> Files.exists(path(found.id())))
                .orElseThrow(() -> new Failure(
                        Reason.NOT_FOUND, "There is no such upload; it is kept for 24 hours."));
        try {
            return importer.importFile(
                    path(upload.id()),
                    upload.mapping(),
                    "upload " + upload.filename(),
                    counts -> {});
        } catch (StatementRefused e) {
            throw new Failure(
                    Reason.WRONG_STATE,
                    "The file was good when it was uploaded and no longer is: " + e.reason());
        }
    }

    /// Registers the job that forgets old uploads.
    public void registerWith(Jobs jobs) {
        jobs.recurring("accounting.uploads-sweep", SWEEP_EVERY, this::sweep);
    }

    /// Forgets uploads that were kept long enough.
    void sweep() {
        for (String id : store.deleteBefore(clock.instant().minus(KEPT))) {
            try {
                Files.deleteIfExists(path(id));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Path path(String id) {
        return folder.resolve(id);
    }
}
