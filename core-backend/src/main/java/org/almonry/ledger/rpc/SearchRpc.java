package org.almonry.ledger.rpc;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.metadata.Metadata;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.ledger.read.Transaction;
import org.almonry.ledger.v1.FindTransactionsRequest;
import org.almonry.ledger.v1.FindTransactionsResponse;
import org.almonry.money.Money;
import org.almonry.wire.Ids;
import org.almonry.wire.MoneyCodec;
import org.almonry.wire.TimeCodec;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds transactions by id, amount or reference. An id and a reference lead to few rows,
/// which are filtered here; an amount alone is looked for in the journal, piece by piece.
final class SearchRpc {
    private final LedgerReads reads;
    private final Metadata metadata;
    private final ProcessesRpc processes;
    private final Lookup lookup;

    SearchRpc(LedgerReads reads, Metadata metadata, ProcessesRpc processes) {
        this.reads = reads;
        this.metadata = metadata;
        this.processes = processes;
        this.lookup = new Lookup(reads);
    }

    FindTransactionsResponse find(FindTransactionsRequest request) {
        var amount = request.hasAmount() ? MoneyCodec.fromProto(request.getAmount()) : null;
        boolean isByAmount = request.getId().isEmpty() && request.getReference().isEmpty();
        if (isByAmount && amount == null) {
            throw LedgerCodec.invalid("id", "is missing, as are amount and reference", null);
        }
        long coin = request.getCoinId().isEmpty()
                ? 0
                : lookup.coin(request.getCoinId()).id();
        int size = ReadsRpc.size(request.getPage());
        long before = ReadsRpc.before(LedgerCodec.TRANSACTION, request.getPage());
        return isByAmount && amount != null
                ? byAmount(amount, coin, before, size)
                : page(named(request, amount, coin, before), size);
    }

    private FindTransactionsResponse byAmount(Money amount, long coin, long before, int size) {
        var response = FindTransactionsResponse.newBuilder();
        if (coin != 0 && !reads.coin(coin).orElseThrow().currency().equals(amount.currency())) {
            return response.build();
        }
        var found = reads.findByAmount(amount, coin, before, size);
        response.addAllTransactions(messages(found.transactions()));
        if (!found.isComplete()) {
            response.setPage(ReadsRpc.next(LedgerCodec.TRANSACTION + found.searchedFrom()));
            reads.recordedAt(found.searchedFrom())
                    .ifPresent(at -> response.setSearchedBackTo(TimeCodec.toProto(at)));
        }
        return response.build();
    }

    private List<Transaction> named(
            FindTransactionsRequest request, @Nullable Money amount, long coin, long before) {
        Predicate<Transaction> fits = each -> each.id() < before
                && (coin == 0 || each.source() == coin || each.destination() == coin)
                && (amount == null || each.minor() == amount.minor());
        var rows = request.getId().isEmpty() ? about(request.getReference()) : byId(request);
        var found = rows.stream().filter(fits).distinct().toList();
        if (amount == null) {
            return found;
        }
        var coins =
                reads.coins(found.stream().map(Transaction::source).distinct().toList());
        return found.stream()
                .filter(each -> {
                    var source = coins.get(each.source());
                    return source != null && source.currency().equals(amount.currency());
                })
                .toList();
    }

    private List<Transaction> byId(FindTransactionsRequest request) {
        var rows = byId(request.getId().strip());
        if (request.getReference().isEmpty()) {
            return rows;
        }
        var named = about(request.getReference()).stream().map(Transaction::id).toList();
        return rows.stream().filter(each -> named.contains(each.id())).toList();
    }

    private List<Transaction> byId(String id) {
        if (id.startsWith("prc_") || id.startsWith("req_")) {
            try {
                return id.startsWith("prc_")
                        ? reads.transactionsOf(id)
                        : reads.transactionsOfRequest(Ids.uuid(id));
            } catch (IllegalArgumentException e) {
                // What has no such form names nothing.
                return List.of();
            }
        }
        if (id.startsWith(LedgerCodec.HOLD)) {
            return reads.transactionsOfHold(LedgerCodec.number(LedgerCodec.HOLD, id));
        }
        var number = id.startsWith(LedgerCodec.TRANSACTION)
                ? LedgerCodec.number(LedgerCodec.TRANSACTION, id)
                : LedgerCodec.number("", id);
        return reads.transactions(List.of(number));
    }

    private List<Transaction> about(String reference) {
        var result = new ArrayList<Transaction>();
        for (var process : processes.about(reference)) {
            result.addAll(reads.transactionsOf(process));
            if (result.size() >= LedgerReads.LIST_MAX) {
                break;
            }
        }
        var targets = metadata.targetsOf(reference, LedgerCodec.TRANSACTION, LedgerReads.LIST_MAX);
        result.addAll(reads.transactions(targets.stream()
                .map(each -> LedgerCodec.number(LedgerCodec.TRANSACTION, each))
                .toList()));
        return result;
    }

    /// Transactions with their coins.
    List<org.almonry.ledger.v1.Transaction> messages(List<Transaction> rows) {
        var ids = rows.stream()
                .flatMap(each -> Stream.of(each.source(), each.destination()))
                .distinct()
                .toList();
        var coins = reads.coins(ids);
        var issuers = reads.issuersById();
        return rows.stream()
                .map(each -> LedgerCodec.transaction(
                        each,
                        requireNonNull(coins.get(each.source())),
                        coins.get(each.destination()),
                        issuers))
                .toList();
    }

    private FindTransactionsResponse page(List<Transaction> found, int size) {
        var rows = found.stream()
                .sorted(Comparator.comparingLong(Transaction::id).reversed())
                .limit(size)
                .toList();
        var response = FindTransactionsResponse.newBuilder().addAllTransactions(messages(rows));
        if (rows.size() < found.size()) {
            response.setPage(
                    ReadsRpc.next(LedgerCodec.TRANSACTION + rows.getLast().id()));
        }
        return response.build();
    }
}
