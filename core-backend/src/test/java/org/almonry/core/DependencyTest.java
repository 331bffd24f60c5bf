package org.almonry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The dependency rule is the block in docs/ARCHITECTURE.md; the code must follow it, and
/// the block must name every package there is.
class DependencyTest {

    private static final Pattern ROW = Pattern.compile("^([a-z]+)\\s*->\\s*(.*)$");
    private static final Pattern FEATURE = Pattern.compile("^org\\.almonry\\.([a-z]+)(\\..*)?$");

    /// To read them takes longer than both tests.
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.almonry");

    /// Open to all: the wire runtime, certificates are for tools, and generated messages.
    private static final Set<String> OPEN = Set.of("wire");

    @Test
    void packagesImportOnlyWhatTheArchitectureLists() throws IOException {
        var rule = readRule();
        assertTrue(CLASSES.size() > 50, "too few classes were read: " + CLASSES.size());
        var unlisted = new TreeSet<String>();
        for (JavaClass from : CLASSES) {
            var feature = feature(from);
            if (feature.isEmpty() || OPEN.contains(feature)) {
                continue;
            }
            var allowed = rule.get(feature);
            if (allowed == null) {
                unlisted.add("no row for package " + feature);
                continue;
            }
            for (var dependency : from.getDirectDependenciesFromSelf()) {
                var to = feature(dependency.getTargetClass());
                if (!to.isEmpty()
                        && !to.equals(feature)
                        && !OPEN.contains(to)
                        && !allowed.contains("*")
                        && !allowed.contains(to)) {
                    unlisted.add("%s -> %s: %s uses %s"
                            .formatted(
                                    feature,
                                    to,
                                    from.getName(),
                                    dependency.getTargetClass().getName()));
                }
            }
        }
        assertEquals(Set.of(), unlisted);
    }

    /// Generated types may appear in adapters only: nothing else may know the wire's
    /// messages.
    @Test
    void generatedTypesStayInAdapters() {
        var strays = new TreeSet<String>();
        for (JavaClass from : CLASSES) {
            var feature = feature(from);
            if (feature.isEmpty() || OPEN.contains(feature) || feature.equals("core")) {
                continue;
            }
            var name = outermost(from);
            if (name.endsWith("Rpc") || name.endsWith("Codec")) {
                continue;
            }
            for (var dependency : from.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass().getPackageName();
                if (target.matches("org\\.almonry\\..*\\.v1")
                        && !target.equals("org.almonry.error.v1")) {
                    strays.add(from.getName() + " uses "
                            + dependency.getTargetClass().getName());
                }
            }
        }
        assertEquals(Set.of(), strays);
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
    }

    private static String feature(JavaClass type) {
        var name = type.getPackageName();
        var match = FEATURE.matcher(name);
        if (!match.matches() || name.endsWith(".v1") || name.equals("org.almonry.certs")) {
            return "";
        }
        return match.group(1);
    }

    private static Map<String, Set<String>> readRule() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "ARCHITECTURE.md"));
        int start = lines.indexOf("```dependencies");
        assertTrue(start > 0, "docs/ARCHITECTURE.md has no dependencies block");
        var rule = new LinkedHashMap<String, Set<String>>();
        for (var line : lines.subList(start + 1, lines.size())) {
            if (line.equals("```")) {
                break;
            }
            var row = ROW.matcher(line);
            assertTrue(row.matches(), "not a row: " + line);
            rule.put(
                    row.group(1),
                    Arrays.stream(row.group(2).split(","))
                            .map(String::strip)
                            .filter(s -> !s.isEmpty())
                            .collect(Collectors.toSet()));
        }
        return rule;
    }
}
