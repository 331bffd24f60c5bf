package org.almonry.verifier;

import static org.almonry.verifier.Finding.Kind.CHECKPOINT;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Compares the log with what was signed: the checkpoints of the export, and those that an
/// outsider kept, which nobody with a hand on the database can take away.
final class Notes {
    private final List<Note> notes = new ArrayList<>();
    private final Findings findings;
    private int next;
    private long confirmed;
    private long deniedSize = -1;

    Notes(Export export, List<Path> kept, List<NoteKey> keys, Findings findings) {
        this.findings = findings;
        var exported = Note.read(export.file("checkpoints.txt"), keys);
        if (exported.size() != export.rows("checkpoints.txt")) {
            throw new Unusable(
                    "checkpoints.txt has another number of notes than the manifest says");
        }
        for (var note : exported) {
            if (note.isGood()) {
                notes.add(note);
            } else {
                findings.add(CHECKPOINT, place(note), note.problem());
            }
        }
        for (var file : kept) {
            var outside = Note.read(file, keys);
            if (outside.isEmpty()) {
                throw new Unusable("has no checkpoint: " + file);
            }
            for (var note : outside) {
                if (!note.isGood()) {
                    throw new Unusable(
                            "the kept checkpoint of size " + note.size() + " " + note.problem());
                }
                keep(note);
            }
        }
        notes.sort(Comparator.comparingLong(Note::size));
    }

    private void keep(Note note) {
        boolean isThere = notes.stream()
                .anyMatch(each ->
                        each.size() == note.size() && ChainCheck.same(each.root(), note.root()));
        if (!isThere) {
            findings.add(CHECKPOINT, place(note), "was kept outside, but is not in the export");
            notes.add(note);
        }
    }

    /// Good checkpoints there are.
    int count() {
        return notes.size();
    }

    /// Batches that a checkpoint confirms.
    long confirmed() {
        return confirmed;
    }

    /// The log has grown to its size; `isWhole` if no batch before is missing.
    void reached(Log log, boolean isWhole) {
        while (next < notes.size() && notes.get(next).size() == log.size()) {
            var note = notes.get(next++);
            if (!isWhole) {
                deny(note, "cannot be confirmed: batches before it are missing");
            } else if (ChainCheck.same(note.root(), log.root())) {
                confirmed = note.size();
            } else {
                deny(
                        note,
                        ("signed the root %s, the batches give %s: history was rewritten"
                                        + " at or after batch %d and up to batch %d")
                                .formatted(
                                        ChainCheck.hex(note.root()),
                                        ChainCheck.hex(log.root()),
                                        confirmed + 1,
                                        note.size()));
            }
        }
    }

    /// After the last batch.
    void end(Log log) {
        while (next < notes.size()) {
            var note = notes.get(next++);
            deny(
                    note,
                    "covers %d batches, but there are only %d: %d are missing at the end"
                            .formatted(note.size(), log.size(), note.size() - log.size()));
        }
        if (notes.isEmpty() && log.size() > 0) {
            findings.add(
                    CHECKPOINT,
                    "log",
                    "no checkpoint of a key that was given confirms its " + log.size()
                            + " batches");
        }
    }

    /// The first that does not fit tells where; those after it say no more.
    private void deny(Note note, String text) {
        if (deniedSize < 0) {
            deniedSize = note.size();
            findings.add(CHECKPOINT, place(note), text);
        }
    }

    private static String place(Note note) {
        return "checkpoint of size " + note.size();
    }
}
