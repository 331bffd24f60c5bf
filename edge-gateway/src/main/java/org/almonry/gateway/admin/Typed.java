package org.almonry.gateway.admin;

import io.grpc.StatusRuntimeException;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.type.v1.Money;
import org.almonry.webkit.AmountInput;
import org.almonry.webkit.AmountInput.Parsed;
import org.almonry.webkit.Format;
import org.almonry.wire.Failure;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What people type into forms, and the way of a form: checked here for its shape, sent,
/// and shown again with what the core found.
final class Typed {

    /// What the person can mend in the form itself; everything else is a page of its own.
    private static final Set<Reason> TOLD_IN_FORM =
            Set.of(Reason.INVALID_ARGUMENT, Reason.WRONG_STATE);

    private static final int PERCENT_SCALE = 2;
    private static final int ALL = 10_000;
    private static final int SHARE_SCALE = 4;
    private static final int WHOLE = 1_000_000;

    private Typed() {}

    /// An amount above zero, or nothing when nothing was typed.
    static Optional<Money> amount(View view, FormState form, String field, String currency) {
        return switch (AmountInput.parse(form.value(field), Format.scale(currency))) {
            case Parsed.Missing _ -> Optional.empty();
            case Parsed.Amount amount
            when amount.minor() > 0 ->
                Optional.of(Money.newBuilder()
                        .setCurrency(currency)
                        .setMinor(amount.minor())
                        .build());
            case Parsed.TooPrecise precise -> {
                form.wrong(field, view.n("error.decimals", precise.decimals()));
                yield Optional.empty();
            }
            case Parsed.Amount _, Parsed.Negative _, Parsed.Unreadable _ -> {
                form.wrong(field, view.t("error.amount"));
                yield Optional.empty();
            }
        };
    }

    /// A percentage with at most two decimals as hundredths of a percent.
    static int basisPoints(View view, FormState form, String field) {
        String typed = form.value(field).replace("%", "");
        if (AmountInput.parse(typed, PERCENT_SCALE) instanceof Parsed.Amount amount
                && amount.minor() <= ALL) {
            return Math.toIntExact(amount.minor());
        }
        form.wrong(field, view.t("error.percent"));
        return 0;
    }

    /// Minor units, also none at all; nothing when nothing was typed.
    static OptionalLong minor(View view, FormState form, String field, String currency) {
        return switch (AmountInput.parse(form.value(field), Format.scale(currency))) {
            case Parsed.Missing _ -> OptionalLong.empty();
            case Parsed.Amount amount -> OptionalLong.of(amount.minor());
            case Parsed.TooPrecise precise -> {
                form.wrong(field, view.n("error.decimals", precise.decimals()));
                yield OptionalLong.empty();
            }
            case Parsed.Negative _, Parsed.Unreadable _ -> {
                form.wrong(field, view.t("error.not-negative"));
                yield OptionalLong.empty();
            }
        };
    }

    /// A percentage with at most four decimals in millionths; nothing when nothing was typed.
    static OptionalInt millionths(View view, FormState form, String field) {
        String typed = form.value(field).replace("%", "");
        return switch (AmountInput.parse(typed, SHARE_SCALE)) {
            case Parsed.Missing _ -> OptionalInt.empty();
            case Parsed.Amount amount
            when amount.minor() <= WHOLE -> OptionalInt.of(Math.toIntExact(amount.minor()));
            case Parsed.Amount _, Parsed.TooPrecise _, Parsed.Negative _, Parsed.Unreadable _ -> {
                form.wrong(field, view.t("error.share"));
                yield OptionalInt.empty();
            }
        };
    }

    /// A day, or nothing when nothing was typed.
    static Optional<LocalDate> day(View view, FormState form, String field) {
        String typed = form.value(field);
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(typed));
        } catch (DateTimeException unreadable) {
            form.wrong(field, view.t("error.date"));
            return Optional.empty();
        }
    }

    /// A share as one types it.
    static String percent(View view, int basisPoints) {
        return view.percent(basisPoints).replace("\u00a0%", "");
    }

    /// Sends a form that has no errors yet.
    static Answer submit(
            Visit visit,
            FormState form,
            Runnable call,
            Supplier<Answer> done,
            Supplier<Answer> refused) {
        return submit(
                visit,
                form,
                TOLD_IN_FORM,
                () -> {
                    call.run();
                    return done.get();
                },
                refused);
    }

    /// The same, where the form also tells of other failures.
    static Answer submit(
            Visit visit,
            FormState form,
            Set<Reason> told,
            Supplier<Answer> done,
            Supplier<Answer> refused) {
        return submit(
                visit,
                form,
                told.stream().collect(Collectors.toMap(Function.identity(), _ -> "")),
                done,
                refused);
    }

    /// The same, where a reason that names no field is told beside the one that it stands
    /// for.
    static Answer submit(
            Visit visit,
            FormState form,
            Map<Reason, String> told,
            Supplier<Answer> done,
            Supplier<Answer> refused) {
        if (!form.hasErrors()) {
            try {
                return done.get();
            } catch (StatusRuntimeException thrown) {
                var failure = Failure.from(thrown);
                String field = told.get(failure.reason());
                if (field == null) {
                    throw failure;
                }
                if (failure.violations().isEmpty()) {
                    form.wrong(field, failure.safeText());
                } else {
                    form.take(visit.view(), failure);
                }
            }
        }
        return refused.get();
    }
}
