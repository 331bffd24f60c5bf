package org.almonry.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a verifier remembers of its last clean run, so that the next one need not hash all
/// of history again: how far the books were, the root of the log, and one hash over the
/// beginning of each file that only grows.
///
/// If these beginnings are the same bytes, their rows are the ones that were verified. If
/// not, everything is verified anew; so both ways find the same.
final class Memory {
    private static final String FORMAT = "almonry-verifier-1";
    private static final List<String> GROWING =
            List.of("transactions.csv", "requests.csv", "batches.csv");
    private static final int FILE_BYTES_MAX = 1 << 24;
    private static final int BUFFER = 1 << 18;

    private final Map<String, String> values = new TreeMap<>();
    private final List<String> periods = new ArrayList<>();

    private Memory() {}

    /// What a file remembers; nothing if there is none yet.
    static @Nullable Memory read(Path file) {
        if (!Files.exists(file)) {
            return null;
        }
        var memory = new Memory();
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new Unusable("is no state of a verifier: " + file);
            }
            for (var line : Files.readString(file, UTF_8).split("\n", -1)) {
                int split = line.indexOf('=');
                if (line.startsWith("period=")) {
                    memory.periods.add(line.substring(split + 1));
                } else if (split > 0) {
                    memory.values.put(line.substring(0, split), line.substring(split + 1));
                }
            }
        } catch (IOException e) {
            throw new Unusable("cannot be read: " + file, e);
        }
        if (!FORMAT.equals(memory.values.get("format"))
                || memory.number("batches") < 0
                || memory.number("coins") < 0
                || !memory.text("root").matches("[0-9a-f]{64}")) {
            throw new Unusable("is no state of a verifier: " + file);
        }
        return memory;
    }

    long batches() {
        return number("batches");
    }

    /// Root of the log at that size.
    String root() {
        return text("root");
    }

    /// Whether the rows of that time are the same bytes still.
    boolean holds(Export export, Tables tables) {
        for (var name : GROWING) {
            long length = number(name + ".bytes");
            if (!hash(export.file(name), length).equals(text(name + ".sha256"))) {
                return false;
            }
        }
        return coins(tables, number("coins")).equals(text("coins.sha256"));
    }

    /// Periods that were closed then and are not any more.
    List<String> lostPeriods(Tables tables) {
        var now = periods(tables.periodList);
        return periods.stream().filter(each -> !now.contains(each)).toList();
    }

    static void write(Path file, Export export, Tables tables, Log log) {
        var text = new StringBuilder("format=" + FORMAT + "\n");
        text.append("batches=").append(log.size()).append('\n');
        text.append("root=").append(ChainCheck.hex(log.root())).append('\n');
        long last = tables.coinList.isEmpty() ? 0 : tables.coinList.getLast().id;
        text.append("coins=").append(last).append('\n');
        text.append("coins.sha256=").append(coins(tables, last)).append('\n');
        try {
            for (var name : GROWING) {
                long length = Files.size(export.file(name));
                text.append(name).append(".bytes=").append(length).append('\n');
                text.append(name)
                        .append(".sha256=")
                        .append(hash(export.file(name), length))
                        .append('\n');
            }
            periods(tables.periodList)
                    .forEach(each -> text.append("period=").append(each).append('\n'));
            var temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(temporary, text, UTF_8);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Unusable("cannot be written: " + file, e);
        }
    }

    private static List<String> periods(Collection<Tables.Period> periods) {
        return periods.stream()
                .map(each -> "issuer %d up to %s, closed at %s"
                        .formatted(
                                each.issuer(),
                                Field.day(each.closedTo()),
                                Field.moment(each.closedAt())))
                .toList();
    }

    /// What leaves hold of the coins up to this id.
    private static String coins(Tables tables, long last) {
        var sha = Sha.digest();
        for (var coin : tables.coinList) {
            if (coin.id <= last) {
                sha.update(Leaves.bytes(coin.id));
                sha.update(coin.sealedBook);
                sha.update(coin.sealedOwner);
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static String hash(Path file, long length) {
        var sha = Sha.digest();
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[BUFFER];
            long left = length;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    return "shorter";
                }
                sha.update(buffer, 0, read);
                left -= read;
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (IOException e) {
            throw new Unusable("cannot be read: " + file, e);
        }
    }

    private String text(String name) {
        return values.getOrDefault(name, "");
    }

    private long number(String name) {
        var text = text(name);
        if (!text.matches("[0-9]{1,18}")) {
            throw new Unusable("the state lacks " + name);
        }
        return Long.parseLong(text);
    }
}
