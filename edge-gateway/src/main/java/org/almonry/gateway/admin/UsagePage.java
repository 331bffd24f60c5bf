package org.almonry.gateway.admin;

import org.almonry.gateway.Choice;
import org.almonry.gateway.FormState;
import org.almonry.process.v1.GetLimitUseResponse;
import org.almonry.process.v1.LimitMeasure;
import org.almonry.process.v1.LimitUse;
import org.almonry.process.v1.Request;
import org.almonry.type.v1.Money;
import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a client has used of the limits that hold for them, and what was stopped by one.
///
/// @param name of the client; empty where it is not known
/// @param found null before a client was named
/// @param stopped the newest requests of the client's coins in the state LIMITED
public record UsagePage(
        FormState form,
        List<Choice> owners,
        String name,
        @Nullable GetLimitUseResponse found,
        List<Request> stopped) {
    public UsagePage {
        owners = List.copyOf(owners);
        stopped = List.copyOf(stopped);
    }

    /// What was used, in the measure of the limit.
    public static long used(LimitUse use) {
        return use.getLimit().getMeasure() == LimitMeasure.LIMIT_MEASURE_NUMBER
                ? use.getNumber()
                : use.getUsed().getMinor();
    }

    /// What is left until the limit.
    public static long left(LimitUse use) {
        return Math.max(0, use.getLimit().getMaximum() - used(use));
    }

    /// Whether one more of this amount is too much. Only for showing: the core decides.
    public static boolean isOver(LimitUse use, Money adding) {
        return use.getLimit().getMeasure() == LimitMeasure.LIMIT_MEASURE_NUMBER
                ? left(use) < 1
                : left(use) < adding.getMinor();
    }
}
