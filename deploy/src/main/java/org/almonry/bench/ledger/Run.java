package org.almonry.bench.ledger;

import java.util.Arrays;

/// What one cell did in one window.
///
/// @param transfers what ended within the window
/// @param posted all that was written meanwhile, before and after the window too
/// @param nanos how long each transfer took, in order of length
record Run(long transfers, long posted, double seconds, long[] nanos) {

    static Run of(long transfers, double seconds, long[] nanos) {
        return of(transfers, transfers, seconds, nanos);
    }

    static Run of(long transfers, long posted, double seconds, long[] nanos) {
        if (transfers == 0 || nanos.length == 0) {
            throw new IllegalStateException("nothing was posted");
        }
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Run(transfers, posted, seconds, sorted);
    }

    double perSecond() {
        return transfers / seconds;
    }

    double millis(double quantile) {
        return nanos[(int) (nanos.length * quantile)] / 1e6;
    }
}
