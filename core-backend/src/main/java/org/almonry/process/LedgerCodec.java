package org.almonry.process;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Timestamp;

import org.almonry.ledger.Coin;
import org.almonry.ledger.read.Entry;
import org.almonry.ledger.read.Issuer;
import org.almonry.ledger.read.Transaction;
import org.almonry.ledger.v1.TimelineItem;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.wire.Ids;
import org.almonry.wire.MoneyCodec;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// Ledger and processes as messages of almonry.ledger.v1.
final class LedgerCodec {
    private LedgerCodec() {}

    static org.almonry.ledger.v1.Coin coin(Coin coin, Map<Long, Issuer> issuers) {
        var issuer = requireNonNull(issuers.get(coin.issuerId()), "a coin has an issuer");
        var currency = coin.currency();
        return org.almonry.ledger.v1.Coin.newBuilder()
                .setId("coin_" + coin.id())
                .setName(coin.name())
                .setKind(coin.kind().name().toLowerCase(Locale.ROOT))
                .setIssuer(issuer.name())
                .setBalance(MoneyCodec.toProto(coin.money()))
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

    static org.almonry.ledger.v1.Entry entry(Entry entry) {
        var result = org.almonry.ledger.v1.Entry.newBuilder()
                .setTransactionId("txn_" + entry.transactionId())
                .setType(entry.type().word())
                .setOtherCoinId(id("coin_", entry.otherCoinId()))
                .setOtherCoinName(entry.otherCoinName())
                .setAmount(MoneyCodec.toProto(entry.amount()))
                .setBalanceAfter(MoneyCodec.toProto(entry.balanceAfter()))
                .setSequence(entry.sequence())
                .setRecordedAt(timestamp(entry.recordedAt()))
                .setEffectiveOn(entry.effectiveOn().toString())
                .setHeldChange(MoneyCodec.toProto(entry.heldChange()))
                .setHoldId(id("hold_", entry.hold()))
                .setCorrectsTransactionId(id("txn_", entry.corrects()))
                .setRequestId(Ids.text("req", entry.requestId()));
        if (entry.processId() != null) {
            result.setProcessId(entry.processId());
        }
        return result.build();
    }

    static org.almonry.ledger.v1.Transaction transaction(
            Transaction it,
            Coin source,
            @Nullable Coin destination,
            Map<Long, Issuer> issuers) {
        var currency = source.currency();
        var result = org.almonry.ledger.v1.Transaction.newBuilder()
                .setId("txn_" + it.id())
                .setType(it.type().word())
                .setSource(coin(source, issuers))
                .setAmount(money(it.minor(), currency))
                .setRecordedAt(timestamp(it.recordedAt()))
                .setEffectiveOn(it.effectiveOn().toString())
                .setRequestId(Ids.text("req", it.requestId()))
                .setHeldChange(money(it.heldChange(), currency))
                .setHoldId(id("hold_", it.hold()))
                .setCorrectsTransactionId(id("txn_", it.corrects()))
                .setCorrectedByTransactionId(id("txn_", it.correctedBy()))
                .setSourceAfter(money(it.sourceAfter(), currency));
        if (destination != null) {
            result.setDestination(coin(destination, issuers))
                    .setDestinationAfter(money(it.destinationAfter(), currency));
        }
        if (it.processId() != null) {
            result.setProcessId(it.processId());
        }
        if (it.expiresAt() != null) {
            result.setExpiresAt(timestamp(it.expiresAt()));
        }
        return result.build();
    }

    static org.almonry.ledger.v1.BusinessProcess process(BusinessProcess process) {
        return org.almonry.ledger.v1.BusinessProcess.newBuilder()
                .setId(process.id())
                .setKind(process.kind())
                .setState(process.state())
                .setSubject(process.subject())
                .setOpenedBy(process.openedBy())
                .setOpenedAt(timestamp(process.openedAt()))
                .build();
    }

    static TimelineItem item(Timeline.Item item) {
        return TimelineItem.newBuilder()
                .setAt(timestamp(item.at()))
                .setKind(item.kind().name().toLowerCase(Locale.ROOT))
                .setText(item.text())
                .setRef(item.ref())
                .setActor(item.actor())
                .build();
    }

    private static org.almonry.type.v1.Money money(long minor, Currency currency) {
        return MoneyCodec.toProto(new Money(minor, currency));
    }

    /// Empty for a number that stands for nothing.
    private static String id(String prefix, long number) {
        return number == 0 ? "" : prefix + number;
    }

    private static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
