package org.almonry.bench.ledger;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// A window as the table shows it.
///
/// @param wal what the write-ahead log grew by, per transfer
record Sample(double perSecond, double p50, double p99, double wal) {

    private static final double MEDIAN = 0.50;
    private static final double TAIL = 0.99;

    static Sample of(Run run, long wal) {
        return new Sample(
                run.perSecond(), run.millis(MEDIAN), run.millis(TAIL), (double) wal / run.posted());
    }

    /// Each figure's own median.
    static Sample median(List<Sample> samples) {
        return new Sample(
                median(samples, Sample::perSecond),
                median(samples, Sample::p50),
                median(samples, Sample::p99),
                median(samples, Sample::wal));
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        var sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
