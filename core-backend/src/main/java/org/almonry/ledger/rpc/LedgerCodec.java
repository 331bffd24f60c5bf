package org.almonry.ledger.rpc;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Timestamp;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.Coin;
import org.almonry.ledger.TransactionType;
import org.almonry.ledger.metadata.MetadataItem;
import org.almonry.ledger.read.Basis;
import org.almonry.ledger.read.Entry;
import org.almonry.ledger.read.HeldAmount;
import org.almonry.ledger.read.Issuer;
import org.almonry.ledger.read.Transaction;
import org.almonry.ledger.v1.DateBasis;
import org.almonry.ledger.v1.HoldState;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.wire.Failure;
import org.almonry.wire.Ids;
import org.almonry.wire.MoneyCodec;
import org.almonry.wire.TimeCodec;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Values of the ledger as messages of almonry.ledger.v1.
public final class LedgerCodec {
    static final String COIN = "coin_";
    static final String TRANSACTION = "txn_";
    static final String HOLD = "hold_";

    /// More digits are no id of ours.
    private static final int DIGITS_MAX = 18;

    /// The end of the year 9999.
    private static final long SECONDS_MAX = 253_402_300_799L;

    private static final int NANOS_END = 1_000_000_000;

    /// Texts of dates have four digits for the year.
    private static final int YEAR_MAX = 9_999;

    private static final LocalDate BEFORE_DAYS = LocalDate.of(1, 1, 1);

    private LedgerCodec() {}

    static org.almonry.ledger.v1.Coin coin(Coin coin, Map<Long, Issuer> issuers) {
        var issuer = requireNonNull(issuers.get(coin.issuerId()), "a coin has an issuer");
        var currency = coin.currency();
        return org.almonry.ledger.v1.Coin.newBuilder()
                .setId(COIN + coin.id())
                .setName(coin.name())
                .setKind(coin.kind().name().toLowerCase(Locale.ROOT))
                .setIssuer(issuer.name())
                .setBalance(money(coin.balance(), currency))
                .setHeld(money(coin.held(), currency))
                .setSequence(coin.sequence())
                .setOwner(coin.owner())
                .setAvailable(money(coin.available(), currency))
                .setCreditLimit(money(coin.creditLimit(), currency))
                .setLabel(coin.label())
                .setClosed(coin.closed())
                .setFrozen(coin.frozen())
                .setClosedTo(coin.closedTo() == null ? "" : coin.closedTo().toString())
                .setIssuerKey(issuer.key())
                .setScale(currency.scale())
                .build();
    }

    /// As "commission_capture".
    static String type(TransactionType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    static org.almonry.ledger.v1.Entry entry(Entry entry) {
        var result = org.almonry.ledger.v1.Entry.newBuilder()
                .setTransactionId(TRANSACTION + entry.transactionId())
                .setType(type(entry.type()))
                .setOtherCoinId(id(COIN, entry.otherCoinId()))
                .setOtherCoinName(entry.otherCoinName())
                .setAmount(MoneyCodec.toProto(entry.amount()))
                .setBalanceAfter(MoneyCodec.toProto(entry.balanceAfter()))
                .setSequence(entry.sequence())
                .setRecordedAt(TimeCodec.toProto(entry.recordedAt()))
                .setEffectiveOn(entry.effectiveOn().toString())
                .setHeldChange(MoneyCodec.toProto(entry.heldChange()))
                .setHoldId(id(HOLD, entry.hold()))
                .setCorrectsTransactionId(id(TRANSACTION, entry.corrects()))
                .setRequestId(Ids.text("req", entry.requestId()));
        if (entry.processId() != null) {
            result.setProcessId(entry.processId());
        }
        return result.build();
    }

    public static org.almonry.ledger.v1.Transaction transaction(
            Transaction it, Coin source, @Nullable Coin destination, Map<Long, Issuer> issuers) {
        var currency = source.currency();
        var result = org.almonry.ledger.v1.Transaction.newBuilder()
                .setId(TRANSACTION + it.id())
                .setType(type(it.type()))
                .setSource(coin(source, issuers))
                .setAmount(money(it.minor(), currency))
                .setRecordedAt(TimeCodec.toProto(it.recordedAt()))
                .setEffectiveOn(it.effectiveOn().toString())
                .setRequestId(Ids.text("req", it.requestId()))
                .setHeldChange(money(it.heldChange(), currency))
                .setHoldId(id(HOLD, it.hold()))
                .setCorrectsTransactionId(id(TRANSACTION, it.corrects()))
                .setCorrectedByTransactionId(id(TRANSACTION, it.correctedBy()))
                .setSourceAfter(money(it.sourceAfter(), currency));
        if (destination != null) {
            result.setDestination(coin(destination, issuers))
                    .setDestinationAfter(money(it.destinationAfter(), currency));
        }
        if (it.processId() != null) {
            result.setProcessId(it.processId());
        }
        if (it.expiresAt() != null) {
            result.setExpiresAt(TimeCodec.toProto(it.expiresAt()));
        }
        return result.build();
    }

    static org.almonry.ledger.v1.Hold hold(HeldAmount it) {
        var result = org.almonry.ledger.v1.Hold.newBuilder()
                .setId(HOLD + it.id())
                .setCoinId(COIN + it.coin())
                .setCoinName(it.coinName())
                .setType(type(it.type()))
                .setAmount(MoneyCodec.toProto(it.amount()))
                .setRemaining(MoneyCodec.toProto(it.remaining()))
                .setCaptured(MoneyCodec.toProto(it.captured()))
                .setState(HoldState.valueOf("HOLD_STATE_" + it.state().name()))
                .setOpenedAt(TimeCodec.toProto(it.openedAt()))
                .setDestinationCoinId(id(COIN, it.destination()))
                .setDestinationCoinName(it.destinationName());
        if (it.expiresAt() != null) {
            result.setExpiresAt(TimeCodec.toProto(it.expiresAt()));
        }
        if (it.resolvedAt() != null) {
            result.setResolvedAt(TimeCodec.toProto(it.resolvedAt()));
        }
        if (it.processId() != null) {
            result.setProcessId(it.processId());
        }
        return result.build();
    }

    static org.almonry.ledger.v1.Issuer issuer(Issuer it) {
        return org.almonry.ledger.v1.Issuer.newBuilder()
                .setKey(it.key())
                .setName(it.name())
                .setClosedTo(it.closedTo() == null ? "" : it.closedTo().toString())
                .build();
    }

    static org.almonry.ledger.v1.MetadataItem item(MetadataItem it) {
        return org.almonry.ledger.v1.MetadataItem.newBuilder()
                .setKey(it.key())
                .setValue(it.value())
                .setAt(TimeCodec.toProto(it.at()))
                .setBy(it.by())
                .build();
    }

    static Basis basis(DateBasis basis) {
        return basis == DateBasis.DATE_BASIS_EFFECTIVE ? Basis.EFFECTIVE : Basis.RECORDED;
    }

    /// The day of a text, or null for none.
    static @Nullable LocalDate day(String text, String field) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            var day = LocalDate.parse(text);
            if (day.isAfter(BEFORE_DAYS) && day.getYear() <= YEAR_MAX) {
                return day;
            }
        } catch (DateTimeParseException e) {
            throw invalid(field, "is no date", e);
        }
        throw invalid(field, "is no date of our era", null);
    }

    /// The moment of a timestamp, in the microseconds that the books know.
    static Instant instant(Timestamp at, String field) {
        if (at.getSeconds() < 0
                || at.getSeconds() > SECONDS_MAX
                || at.getNanos() < 0
                || at.getNanos() >= NANOS_END) {
            throw invalid(field, "is no moment of our time", null);
        }
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos()).truncatedTo(ChronoUnit.MICROS);
    }

    /// The number in an id of the ledger; 0 for what has another form and names nothing.
    static long number(String prefix, String id) {
        int start = prefix.length();
        int length = id.length();
        if (length == start || length > start + DIGITS_MAX || !id.startsWith(prefix)) {
            return 0;
        }
        long number = 0;
        for (int i = start; i < length; i++) {
            int digit = id.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    static Failure invalid(String field, String text, @Nullable Throwable cause) {
        var failure = new Failure(
                Reason.INVALID_ARGUMENT,
                "The request is not valid.",
                List.of(new Failure.Violation(field, text)));
        failure.initCause(cause);
        return failure;
    }

    static org.almonry.type.v1.Money money(long minor, Currency currency) {
        return MoneyCodec.toProto(new Money(minor, currency));
    }

    /// Empty for a number that stands for nothing.
    static String id(String prefix, long number) {
        return number == 0 ? "" : prefix + number;
    }
}
