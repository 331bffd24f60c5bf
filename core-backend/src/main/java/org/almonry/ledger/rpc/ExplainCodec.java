package org.almonry.ledger.rpc;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.read.Basis;
import org.almonry.ledger.read.Explanation;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.read.TrialRow;
import org.almonry.ledger.v1.BalanceDay;
import org.almonry.ledger.v1.BalancePart;
import org.almonry.ledger.v1.ExplainBalanceRequest;
import org.almonry.ledger.v1.ExplainBalanceResponse;
import org.almonry.ledger.v1.GetTrialBalanceRequest;
import org.almonry.ledger.v1.GetTrialBalanceResponse;
import org.almonry.ledger.v1.TrialBalanceRow;
import org.almonry.ledger.v1.TrialBalanceTotal;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.wire.MoneyCodec;

import java.util.LinkedHashMap;
import java.util.Locale;

/// Explanations and trial balances as messages.
final class ExplainCodec {
    /// Three years and some: a plot of more has no readable days.
    static final int DAYS_MAX = 1_100;

    private final LedgerReads reads;
    private final Lookup lookup;

    ExplainCodec(LedgerReads reads) {
        this.reads = requireNonNull(reads, "reads is null");
        this.lookup = new Lookup(reads);
    }

    ExplainBalanceResponse explain(ExplainBalanceRequest request) {
        var coin = lookup.coin(request.getCoinId());
        var from = requireNonNull(LedgerCodec.day(request.getFrom(), "from"));
        var to = requireNonNull(LedgerCodec.day(request.getTo(), "to"));
        if (to.isBefore(from) || from.plusDays(DAYS_MAX).isBefore(to)) {
            throw LedgerCodec.invalid(
                    "to", "is before from, or more than " + DAYS_MAX + " days after it", null);
        }
        var found = reads.explain(coin, from, to, LedgerCodec.basis(request.getBasis()));
        var response = ExplainBalanceResponse.newBuilder()
                .setCoin(LedgerCodec.coin(coin, reads.issuersById()))
                .setOpening(MoneyCodec.toProto(found.opening()))
                .setCameIn(MoneyCodec.toProto(found.cameIn()))
                .setWentOut(MoneyCodec.toProto(found.wentOut()))
                .setClosing(MoneyCodec.toProto(found.closing()));
        found.parts().forEach(each -> response.addParts(part(each)));
        found.days().forEach(each -> response.addDays(day(each)));
        return response.build();
    }

    GetTrialBalanceResponse trial(GetTrialBalanceRequest request) {
        var day = LedgerCodec.day(request.getAsOf(), "as_of");
        Basis basis = LedgerCodec.basis(request.getBasis());
        var rows = day == null ? reads.trialBalance() : reads.trialBalance(day, basis);
        var issuers = reads.issuersById();
        var response = GetTrialBalanceResponse.newBuilder();
        var totals = new LinkedHashMap<Key, Sum>();
        for (var row : rows) {
            var issuer = requireNonNull(issuers.get(row.issuerId())).name();
            response.addRows(TrialBalanceRow.newBuilder()
                    .setIssuer(issuer)
                    .setKind(row.kind().name().toLowerCase(Locale.ROOT))
                    .setCoins(row.coins())
                    .setDebit(MoneyCodec.toProto(row.debit()))
                    .setCredit(MoneyCodec.toProto(row.credit()))
                    .setBalance(MoneyCodec.toProto(row.balance())));
            totals.merge(
                    new Key(issuer, row.issuerId(), row.debit().currency()),
                    Sum.of(row),
                    Sum::plus);
        }
        totals.forEach((key, sum) -> response.addTotals(TrialBalanceTotal.newBuilder()
                .setIssuer(key.issuer())
                .setDebit(MoneyCodec.toProto(sum.debit()))
                .setCredit(MoneyCodec.toProto(sum.credit()))
                .setBalance(MoneyCodec.toProto(sum.credit().minus(sum.debit())))));
        return response.build();
    }

    private record Key(String issuer, long issuerId, Currency currency) {}

    private record Sum(Money debit, Money credit) {
        static Sum of(TrialRow row) {
            return new Sum(row.debit(), row.credit());
        }

        Sum plus(Sum other) {
            return new Sum(debit.plus(other.debit), credit.plus(other.credit));
        }
    }

    private static BalancePart part(Explanation.Part it) {
        var part = BalancePart.newBuilder()
                .setEntries(it.entries())
                .setCameIn(MoneyCodec.toProto(it.cameIn()))
                .setWentOut(MoneyCodec.toProto(it.wentOut()));
        var heading = it.heading();
        if (heading != null) {
            part.setType(LedgerCodec.type(heading.type()))
                    .setProcessKind(heading.processKind())
                    .setOtherCoinId(LedgerCodec.COIN + heading.otherCoin())
                    .setOtherCoinName(heading.otherName())
                    .setOtherCoinKind(heading.otherKind().name().toLowerCase(Locale.ROOT));
        }
        return part.build();
    }

    private static BalanceDay day(Explanation.Day it) {
        return BalanceDay.newBuilder()
                .setDay(it.day().toString())
                .setCameIn(MoneyCodec.toProto(it.cameIn()))
                .setWentOut(MoneyCodec.toProto(it.wentOut()))
                .setBalance(MoneyCodec.toProto(it.balance()))
                .build();
    }
}
