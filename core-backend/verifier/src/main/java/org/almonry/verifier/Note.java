package org.almonry.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A checkpoint as it stands in a signed note.
///
/// @param problem why it proves nothing; empty if it does
record Note(String origin, long size, byte[] root, String problem) {
    private static final String SIGNATURE = "\u2014 ";
    private static final int LINE_MAX = 4_096;
    private static final int LINES_MAX = 100;

    /// Reads a file of notes, with an empty line between each two.
    static List<Note> read(Path file, List<NoteKey> keys) {
        var notes = new ArrayList<Note>();
        var body = new ArrayList<String>();
        var signatures = new ArrayList<String>();
        boolean isBody = true;
        try (var lines = Files.newBufferedReader(file, UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.length() > LINE_MAX || body.size() + signatures.size() > LINES_MAX) {
                    throw new Unusable("has a note that is too long: " + file);
                }
                if (!line.isEmpty()) {
                    (isBody ? body : signatures).add(line);
                } else if (isBody && !body.isEmpty()) {
                    isBody = false;
                } else if (!signatures.isEmpty()) {
                    notes.add(of(body, signatures, keys));
                    body.clear();
                    signatures.clear();
                    isBody = true;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new Unusable("cannot be read: " + file, e);
        }
        if (!body.isEmpty()) {
            notes.add(of(body, signatures, keys));
        }
        return notes;
    }

    boolean isGood() {
        return problem.isEmpty();
    }

    private static Note of(List<String> body, List<String> signatures, List<NoteKey> keys) {
        var text = String.join("\n", body) + "\n";
        var origin = body.getFirst();
        if (body.size() < 3 || !body.get(1).matches("0|[1-9][0-9]{0,17}")) {
            return new Note(origin, -1, new byte[0], "is no checkpoint");
        }
        long size = Long.parseLong(body.get(1));
        byte[] root;
        try {
            root = Base64.getDecoder().decode(body.get(2));
        } catch (IllegalArgumentException e) {
            return new Note(origin, size, new byte[0], "has no root");
        }
        return new Note(origin, size, root, problem(origin, text, signatures, keys));
    }

    private static String problem(
            String origin, String text, List<String> signatures, List<NoteKey> keys) {
        boolean isSigned = false;
        for (var line : signatures) {
            var parts = line.split(" ", -1);
            if (!line.startsWith(SIGNATURE) || parts.length != 3) {
                return "has a line that is no signature";
            }
            byte[] signed;
            try {
                signed = Base64.getDecoder().decode(parts[2]);
            } catch (IllegalArgumentException e) {
                return "has a line that is no signature";
            }
            for (var key : keys) {
                if (key.isOf(parts[1], signed)) {
                    if (!key.verifies(text, signed)) {
                        return "was changed after it was signed: the signature of " + key.name()
                                + " does not fit";
                    }
                    isSigned |= key.name().equals(origin);
                }
            }
        }
        return isSigned ? "" : "is not signed by a key that was given";
    }
}
