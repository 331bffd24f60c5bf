package org.almonry.gateway.admin;

import org.almonry.gateway.View;
import org.almonry.process.v1.CommissionPrice;
import org.almonry.type.v1.Money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The commission over the amount, as a line in a picture of [#WIDTH] by [#HEIGHT] and as the
/// rows of the table beside it. Whole numbers throughout.
///
/// @param xLabels amounts at the left, middle and right edge
/// @param yLabels commissions from the top edge down to nothing
/// @param line the line as a path of SVG
/// @param hasGaps whether some amounts have no price
public record Plot(
        List<String> xLabels, List<String> yLabels, String line, boolean hasGaps, List<Row> rows) {
    public static final int WIDTH = 1000;
    public static final int HEIGHT = 400;

    /// Even steps of the line; with the edges of its ranges it stays within one call.
    private static final int STEPS = 40;

    private static final int POINTS_MAX = 200;

    /// Spaces between the lines of the grid.
    private static final int GRID = 4;

    public Plot {
        xLabels = List.copyOf(xLabels);
        yLabels = List.copyOf(yLabels);
        rows = List.copyOf(rows);
    }

    /// A point.
    public record Row(Money amount, Money commission) {}

    /// The amounts to ask for: up to twice the one in question, and both sides of each edge
    /// where another range begins.
    static List<Long> amounts(long amount, List<Long> edges) {
        long last = amount > Long.MAX_VALUE / 2 ? amount : 2 * amount;
        var all = new TreeSet<Long>();
        for (int i = 1; i <= STEPS; i++) {
            all.add(Math.max(1, part(last, i, STEPS)));
        }
        for (long edge : edges) {
            if (edge <= last && all.size() + 2 <= POINTS_MAX) {
                all.add(edge);
                all.add(Math.max(1, edge - 1));
            }
        }
        return List.copyOf(all);
    }

    static Plot of(View view, String currency, List<CommissionPrice> prices) {
        long last = prices.getLast().getAmountMinor();
        long most = prices.stream()
                .mapToLong(each -> each.getCalculation().getCommission().getMinor())
                .max()
                .orElse(0);
        long step = step(most);
        var xs = List.of(
                view.money(PriceWords.money(currency, 0)),
                view.money(PriceWords.money(currency, part(last, 1, 2))),
                view.money(PriceWords.money(currency, last)));
        var ys = new ArrayList<String>();
        for (int i = GRID; i >= 0; i--) {
            ys.add(view.money(PriceWords.money(currency, i * step)));
        }
        var line = new StringBuilder();
        var rows = new ArrayList<Row>();
        boolean isGap = true;
        for (var price : prices) {
            if (!price.hasCalculation()) {
                isGap = true;
                continue;
            }
            Money commission = price.getCalculation().getCommission();
            line.append(isGap ? 'M' : 'L')
                    .append(part(WIDTH, price.getAmountMinor(), last))
                    .append(' ')
                    .append(HEIGHT - part(HEIGHT, commission.getMinor(), GRID * step));
            isGap = false;
            rows.add(new Row(PriceWords.money(currency, price.getAmountMinor()), commission));
        }
        return new Plot(xs, ys, line.toString(), rows.size() < prices.size(), rows);
    }

    /// A round distance of the lines of the grid that lets the most fit under the last one.
    private static long step(long most) {
        long unit = 1;
        while (true) {
            for (long round : new long[] {unit, 2 * unit, 5 * unit}) {
                if (round > Long.MAX_VALUE / GRID / 10 || GRID * round >= most) {
                    return round;
                }
            }
            unit *= 10;
        }
    }

    /// So many parts of a whole, rounded down; no product of longs leaves its range.
    private static long part(long whole, long some, long all) {
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(some))
                .divide(BigInteger.valueOf(all))
                .longValueExact();
    }
}
