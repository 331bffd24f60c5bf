package org.almonry.process;

import com.google.protobuf.Timestamp;

import org.almonry.ledger.Coin;
import org.almonry.ledger.Entry;
import org.almonry.ledger.Transaction;
import org.almonry.ledger.v1.TimelineItem;
import org.almonry.money.Money;
import org.almonry.wire.MoneyCodec;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// Ledger and processes as messages of almonry.ledger.v1.
final class LedgerCodec {
    private LedgerCodec() {}

    static org.almonry.ledger.v1.Coin coin(Coin coin, Map<Long, String> issuers) {
        return org.almonry.ledger.v1.Coin.newBuilder()
                .setId("coin_" + coin.id())
                .setName(coin.name())
                .setKind(coin.kind().name().toLowerCase(Locale.ROOT))
                .setIssuer(issuers.getOrDefault(coin.issuerId(), ""))
                .setBalance(MoneyCodec.toProto(coin.money()))
                .setHeld(MoneyCodec.toProto(new Money(coin.held(), coin.currency())))
                .setSequence(coin.sequence())
                .setOwner(coin.owner())
                .build();
    }

    static org.almonry.ledger.v1.Entry entry(Entry entry) {
        return org.almonry.ledger.v1.Entry.newBuilder()
                .setTransactionId("txn_" + entry.transactionId())
                .setType(entry.type().word())
                .setOtherCoinId("coin_" + entry.otherCoinId())
                .setOtherCoinName(entry.otherCoinName())
                .setAmount(MoneyCodec.toProto(entry.amount()))
                .setBalanceAfter(MoneyCodec.toProto(entry.balanceAfter()))
                .setSequence(entry.sequence())
                .setProcessId(entry.processId())
                .setRecordedAt(timestamp(entry.recordedAt()))
                .setEffectiveOn(entry.effectiveOn().toString())
                .build();
    }

    static org.almonry.ledger.v1.Transaction transaction(
            Transaction transaction, Coin source, Coin destination, Map<Long, String> issuers) {
        return org.almonry.ledger.v1.Transaction.newBuilder()
                .setId("txn_" + transaction.id())
                .setType(transaction.type().word())
                .setSource(coin(source, issuers))
                .setDestination(coin(destination, issuers))
                .setAmount(MoneyCodec.toProto(new Money(transaction.minor(), source.currency())))
                .setProcessId(transaction.processId())
                .setRecordedAt(timestamp(transaction.recordedAt()))
                .setEffectiveOn(transaction.effectiveOn().toString())
                .setRequestId(transaction.requestId().toString())
                .build();
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

    private static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
