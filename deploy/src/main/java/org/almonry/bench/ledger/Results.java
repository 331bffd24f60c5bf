package org.almonry.bench.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// All windows of a run, by contender and cell.
final class Results {

    private final Map<String, Map<Cell, List<Sample>>> samples = new LinkedHashMap<>();
    private final Map<String, Long> transfers = new LinkedHashMap<>();
    private final Map<String, Double> stored = new LinkedHashMap<>();

    void add(String contender, Cell cell, Run run, Sample sample) {
        transfers.merge(contender, run.posted(), Long::sum);
        samples.computeIfAbsent(contender, key -> new LinkedHashMap<>())
                .computeIfAbsent(cell, key -> new ArrayList<>())
                .add(sample);
    }

    /// What the tables and indexes of a contender grew by, per transfer, over all windows.
    void stored(String contender, long bytes, List<String> sharing) {
        long posted = sharing.stream()
                .mapToLong(each -> transfers.getOrDefault(each, 0L))
                .sum();
        stored.put(contender, (double) bytes / posted);
    }

    OptionalDouble stored(String contender) {
        var bytes = stored.get(contender);
        return bytes == null ? OptionalDouble.empty() : OptionalDouble.of(bytes);
    }

    /// Of every round; empty if it did not run.
    List<Sample> of(String contender, Cell cell) {
        return samples.getOrDefault(contender, Map.of()).getOrDefault(cell, List.of());
    }

    /// A figure of the median; empty if the cell did not run.
    OptionalDouble median(String contender, Cell cell, ToDoubleFunction<Sample> figure) {
        var all = of(contender, cell);
        return all.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(figure.applyAsDouble(Sample.median(all)));
    }
}
