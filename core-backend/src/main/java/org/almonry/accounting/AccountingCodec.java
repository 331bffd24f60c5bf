package org.almonry.accounting;

import com.google.protobuf.Timestamp;

import org.almonry.accounting.v1.Allocation;
import org.almonry.accounting.v1.IncomingState;
import org.almonry.accounting.v1.MemberSuggestion;
import org.almonry.error.v1.Reason;
import org.almonry.money.Currency;
import org.almonry.wire.Failure;
import org.almonry.wire.MoneyCodec;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/// Lines, suggestions and rates as the contract writes them.
final class AccountingCodec {
    private static final Map<String, IncomingState> STATES = Map.of(
            Booker.WAITING, IncomingState.INCOMING_STATE_WAITING,
            Booker.BOOKED, IncomingState.INCOMING_STATE_BOOKED,
            Booker.IGNORED, IncomingState.INCOMING_STATE_IGNORED);

    private AccountingCodec() {}

    static org.almonry.accounting.v1.Incoming encode(Inbox.View view, Targets.Directory directory) {
        var encoded = line(view.line())
                .setState(state(view.standing().state()))
                .setProcessId(view.standing().processId())
                .setVersion(view.standing().version())
                .setNote(view.standing().detail())
                .setRateNote(view.rateNote());
        view.suggestions().forEach(each -> encoded.addSuggestions(suggestion(each, directory)));
        view.booked().forEach(part -> encoded.addAllocations(allocation(part, directory)));
        view.byMembers()
                .forEach(each -> encoded.addMemberSuggestions(MemberSuggestion.newBuilder()
                        .setProjectId(each.projectId())
                        .setProjectName(directory.label(each.projectId(), ""))
                        .setByUserRef(each.userRef())
                        .setComment(each.comment())
                        .setAt(timestamp(each.at()))));
        return encoded.build();
    }

    /// A line of a file that is only looked at: it has no id and no state.
    static org.almonry.accounting.v1.Incoming sample(Incoming line) {
        return line(line).setId("").build();
    }

    private static org.almonry.accounting.v1.Incoming.Builder line(Incoming line) {
        var encoded = org.almonry.accounting.v1.Incoming.newBuilder()
                .setId(line.id())
                .setAccountId(line.accountId())
                .setBookingDate(line.bookingDate().toString())
                .setAmount(MoneyCodec.toProto(line.amount()))
                .setCounterpartyName(line.counterpartyName())
                .setCounterpartyAccount(line.counterpartyAccount())
                .setRemittance(line.remittance())
                .setProviderReference(line.entryReference())
                .setRaw(line.raw())
                .setFetchedAt(timestamp(line.fetchedAt()));
        if (line.valueDate() != null) {
            encoded.setValueDate(line.valueDate().toString());
        }
        return encoded;
    }

    private static org.almonry.accounting.v1.Suggestion suggestion(
            Suggestion suggestion, Targets.Directory directory) {
        var target = suggestion.target();
        var encoded = org.almonry.accounting.v1.Suggestion.newBuilder()
                .setKind(
                        switch (target) {
                            case Target.Pledged _ -> "pledge";
                            case Target.Whole _ -> "project";
                            case Target.Step _ -> "milestone";
                        })
                .setTargetId(target.id())
                .setLabel(target.label())
                .setScore(suggestion.score())
                .addAllReasons(suggestion.reasons());
        suggestion.parts().forEach(part -> encoded.addAllocations(allocation(part, directory)));
        return encoded.build();
    }

    private static Allocation allocation(Part part, Targets.Directory directory) {
        return Allocation.newBuilder()
                .setProjectId(part.projectId())
                .setMilestoneId(part.milestoneId())
                .setAmount(MoneyCodec.toProto(part.amount()))
                .setLabel(directory.label(part.projectId(), part.milestoneId()))
                .build();
    }

    static List<Part> parts(List<Allocation> allocations) {
        return allocations.stream()
                .map(each -> new Part(
                        each.getProjectId(),
                        each.getMilestoneId(),
                        MoneyCodec.fromProto(each.getAmount())))
                .toList();
    }

    static org.almonry.accounting.v1.ExchangeRate encode(ExchangeRate rate) {
        return org.almonry.accounting.v1.ExchangeRate.newBuilder()
                .setBase(rate.base().code())
                .setQuote(rate.quote().code())
                .setRate(rate.rate().toPlainString())
                .setSource(rate.source())
                .setDate(rate.date().toString())
                .build();
    }

    static ExchangeRate decode(org.almonry.accounting.v1.ExchangeRate rate) {
        if (!rate.getRate().matches("[0-9]{1,12}(\\.[0-9]{1,12})?")) {
            throw invalid("rate.rate", "is a decimal number such as 1.1300");
        }
        try {
            return new ExchangeRate(
                    Currency.of(rate.getBase()),
                    Currency.of(rate.getQuote()),
                    new BigDecimal(rate.getRate()),
                    rate.getSource().strip(),
                    LocalDate.parse(rate.getDate()));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            var failure = invalid(
                    "rate", "needs two known currencies, a rate above zero, source and day");
            failure.initCause(e);
            throw failure;
        }
    }

    /// The store's word; empty for all.
    static String stateText(IncomingState state) {
        return switch (state) {
            case INCOMING_STATE_WAITING -> Booker.WAITING;
            case INCOMING_STATE_BOOKED -> Booker.BOOKED;
            case INCOMING_STATE_IGNORED -> Booker.IGNORED;
            case INCOMING_STATE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    static LocalDate date(String field, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            var failure = invalid(field, "is a day such as 2026-11-21");
            failure.initCause(e);
            throw failure;
        }
    }

    static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }

    static Failure invalid(String field, String text) {
        return new Failure(
                Reason.INVALID_ARGUMENT,
                "Please check what was entered.",
                List.of(new Failure.Violation(field, text)));
    }

    private static IncomingState state(String text) {
        var state = STATES.get(text);
        if (state == null) {
            throw new IllegalStateException("a line in an unknown state: " + text);
        }
        return state;
    }
}
