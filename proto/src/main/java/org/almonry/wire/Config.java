package org.almonry.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/// The configuration of one process: a properties file with dashed lower-case keys.
///
/// Defaults stand in code, secrets are paths of files, relative paths count from the
/// directory of the file. Each key that is asked for is remembered; [#refuseUnknown] then
/// finds the key that nobody asked for, which is nearly always a misspelt one that somebody
/// relies on.
public final class Config {
    private final String name;
    private final Path directory;
    private final Map<String, String> values;
    private final Set<String> asked;
    private final String prefix;

    private Config(
            String name,
            Path directory,
            Map<String, String> values,
            Set<String> asked,
            String prefix) {
        this.name = name;
        this.directory = directory;
        this.values = values;
        this.asked = asked;
        this.prefix = prefix;
    }

    /// Reads a file.
    public static Config load(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigRefused("configuration cannot be read: " + file, e);
        }
        var values = new TreeMap<String, String>();
        for (var key : properties.stringPropertyNames()) {
            values.put(key, properties.getProperty(key).strip());
        }
        var directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new ConfigRefused("configuration is no file: " + file);
        }
        return new Config(file.toString(), directory, values, new ConcurrentSkipListSet<>(), "");
    }

    /// From given values; relative paths count from the working directory.
    public static Config of(Map<String, String> values) {
        return new Config(
                "configuration",
                Path.of("").toAbsolutePath(),
                Map.copyOf(values),
                new ConcurrentSkipListSet<>(),
                "");
    }

    /// The text of a key that must be there.
    public String text(String key) {
        var value = find(key);
        if (value == null || value.isEmpty()) {
            throw refused(key, "is missing");
        }
        return value;
    }

    public String text(String key, String fallback) {
        var value = find(key);
        return value == null || value.isEmpty() ? fallback : value;
    }

    /// Whether a key, or any key below it, is set.
    public boolean has(String key) {
        var full = prefix + key;
        return values.keySet().stream()
                .anyMatch(each -> each.equals(full) || each.startsWith(full + "."));
    }

    public int number(String key) {
        return toNumber(key, text(key));
    }

    public int number(String key, int fallback) {
        var value = text(key, "");
        return value.isEmpty() ? fallback : toNumber(key, value);
    }

    public Path path(String key) {
        return directory.resolve(text(key)).normalize();
    }

    /// The secret in the file that the key names.
    public Secret secret(String key) {
        return Secret.read(path(key));
    }

    /// "500ms", "30s", "15m", "24h" or "7d".
    public Duration duration(String key, Duration fallback) {
        var value = text(key, "");
        if (value.isEmpty()) {
            return fallback;
        }
        if (!value.matches("[0-9]{1,9}(ms|s|m|h|d)")) {
            throw refused(key, "is no duration such as 30s, 15m or 24h");
        }
        long count = Long.parseLong(value.replaceAll("[a-z]", ""));
        return switch (value.replaceAll("[0-9]", "")) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    public boolean flag(String key, boolean fallback) {
        return switch (text(key, "")) {
            case "" -> fallback;
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(key, "is neither true nor false");
        };
    }

    /// Values between commas; none when the key is missing.
    public List<String> list(String key) {
        var result = new ArrayList<String>();
        for (var part : text(key, "").split(",", -1)) {
            if (!part.isBlank()) {
                result.add(part.strip());
            }
        }
        return List.copyOf(result);
    }

    /// The keys below a prefix, without it: in `section("smtp")`, `host` is `smtp.host`.
    public Config section(String key) {
        return new Config(name, directory, values, asked, prefix + key + ".");
    }

    /// The next parts of the keys below: `providers.bank.kind` makes "bank" a child of
    /// "providers".
    public Set<String> children(String key) {
        var start = prefix + key + ".";
        var result = new TreeSet<String>();
        for (var each : values.keySet()) {
            if (each.startsWith(start)) {
                var rest = each.substring(start.length());
                int dot = rest.indexOf('.');
                result.add(dot < 0 ? rest : rest.substring(0, dot));
            }
        }
        return result;
    }

    /// Refuses keys that nothing has asked for. To be called once all parts have read
    /// theirs.
    public void refuseUnknown() {
        for (var key : values.keySet()) {
            if (!asked.contains(key)) {
                throw new ConfigRefused(name + ": unknown key " + key);
            }
        }
    }

    /// A refusal that names this file and key, for checks that only the part that reads it
    /// can make.
    public ConfigRefused refused(String key, String why) {
        return new ConfigRefused(name + ": " + prefix + key + " " + why);
    }

    private int toNumber(String key, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new ConfigRefused(name + ": " + prefix + key + " is no whole number", e);
        }
    }

    private @Nullable String find(String key) {
        asked.add(prefix + key);
        return values.get(prefix + key);
    }
}
