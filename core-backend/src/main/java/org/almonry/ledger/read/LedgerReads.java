package org.almonry.ledger.read;

import static java.util.Objects.requireNonNull;

import org.almonry.ledger.Coin;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Hold;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.postgres.CoinRows;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The façade of all that reads the books. Blocking; answers are as of the last commit.
public final class LedgerReads {
    /// A page is read by a person.
    public static final int PAGE_MAX = 200;

    /// Above every transaction id: the cursor of the first page.
    public static final long NEWEST = Long.MAX_VALUE;

    /// A process or a request with more transactions than this is a batch job; a person
    /// reads no more of it.
    public static final int LIST_MAX = 1_000;

    /// Transactions among which one call looks for an amount: some tenths of a second.
    static final long SEARCH_WINDOW = 1_000_000;

    /// The same for the transactions of one coin, which its index leads to.
    static final long SEARCH_WINDOW_OF_COIN = 20_000_000;

    /// Later than any date of effect.
    private static final LocalDate END_OF_DAYS = LocalDate.of(10_000, 1, 1);

    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 2);

    private final Jdbi accounting;

    public LedgerReads(Jdbi accounting) {
        this.accounting = requireNonNull(accounting, "accounting is null");
    }

    /// A coin as of its last commit.
    public Optional<Coin> coin(long id) {
        return Optional.ofNullable(coins(List.of(id)).get(id));
    }

    /// The coins of these ids that exist.
    public Map<Long, Coin> coins(Collection<Long> ids) {
        return accounting.withHandle(handle -> CoinRows.find(handle, ids)).stream()
                .collect(Collectors.toMap(Coin::id, Function.identity()));
    }

    /// The main coin of an owner, of this kind and currency.
    public Optional<Coin> findCoin(long issuerId, Currency currency, CoinKind kind, String owner) {
        return accounting.withHandle(handle ->
                CoinRows.find(handle, new NewCoin.Key(issuerId, currency.code(), kind, owner, "")));
    }

    public List<Coin> coinsOf(String owner) {
        return accounting.withHandle(handle -> CoinStore.coinsOf(handle, owner));
    }

    /// Coins by kind and name, those that follow the coin `after` (0: from the first),
    /// whose name or owner contains the text or whose id it is; all when the text is empty.
    public List<Coin> searchCoins(String text, long after, int size) {
        return accounting.withHandle(handle -> CoinStore.search(handle, text, after, rows(size)));
    }

    /// By key.
    public List<Issuer> issuers() {
        return accounting.withHandle(CoinStore::issuers);
    }

    public Map<Long, Issuer> issuersById() {
        return issuers().stream().collect(Collectors.toMap(Issuer::id, Function.identity()));
    }

    /// Entries of a coin newest first, of transactions below the id `before`.
    public List<Entry> entries(long coinId, long before, int size) {
        return accounting.withHandle(
                handle -> StatementStore.byRecorded(handle, coinId, 0, before, rows(size)));
    }

    /// A page of a statement: newest first, before the place that a former page ended at
    /// (empty: from the end of the period), bounds included; null leaves a side open.
    public Statement statement(
            long coinId,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Basis basis,
            String place,
            int size) {
        return snapshot(handle -> statement(handle, coinId, from, to, basis, place, rows(size)));
    }

    /// The same for a part of the entries. A page looks at a bounded part of the statement:
    /// it may hold few entries, or none, and still name a next one.
    public Statement statement(
            long coinId,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Basis basis,
            StatementPart part,
            String place,
            int size) {
        return snapshot(handle -> part.page(
                handle,
                each -> statement(handle, coinId, from, to, basis, each, PAGE_MAX),
                place,
                basis,
                rows(size)));
    }

    private static Statement statement(
            Handle handle,
            long coinId,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Basis basis,
            String place,
            int size) {
        return switch (basis) {
            case RECORDED -> {
                long before = place.isEmpty()
                        ? to == null ? NEWEST : BalanceStore.lastOf(handle, to) + 1
                        : Statement.id(place);
                long first = from == null ? 0 : BalanceStore.lastOf(handle, from.minusDays(1)) + 1;
                var entries = StatementStore.byRecorded(handle, coinId, first, before, size);
                yield Statement.of(entries, basis, size);
            }
            case EFFECTIVE -> {
                var before = place.isEmpty()
                        ? new StatementStore.Place(to == null ? END_OF_DAYS : to.plusDays(1), 0)
                        : Statement.place(place);
                var first = from == null ? FIRST_DAY : from;
                var entries = StatementStore.byEffective(handle, coinId, first, before, size);
                yield Statement.of(entries, basis, size);
            }
        };
    }

    /// The balance of a coin by what was recorded up to an instant and had taken effect up
    /// to a day, both included; null asks for no such bound. Zero for a coin that did not
    /// exist then.
    public BalanceAsOf balance(
            long coinId, @Nullable Instant recordedAt, @Nullable LocalDate effectiveOn) {
        return snapshot(handle -> {
            long known = recordedAt == null
                    ? JournalStore.newest(handle)
                    : BalanceStore.lastUpTo(handle, recordedAt);
            long balance = effectiveOn == null
                    ? BalanceStore.recorded(handle, coinId, known)
                    : BalanceStore.effective(handle, coinId, effectiveOn, known);
            return new BalanceAsOf(balance, known);
        });
    }

    /// A balance, and the newest transaction that was looked at for it.
    public record BalanceAsOf(long minor, long asOf) {}

    /// How the balance of a coin came about in a period, both days included.
    public Explanation explain(Coin coin, LocalDate from, LocalDate to, Basis basis) {
        return snapshot(handle ->
                ExplainStore.explain(handle, coin.id(), coin.currency(), from, to, basis));
    }

    /// All balances by issuer, currency and kind, now.
    public List<TrialRow> trialBalance() {
        return accounting.withHandle(BalanceStore::trial);
    }

    /// The same as of the end of a day.
    public List<TrialRow> trialBalance(LocalDate day, Basis basis) {
        return snapshot(handle -> BalanceStore.trial(handle, day, basis));
    }

    public Optional<Transaction> transaction(long id) {
        return transactions(List.of(id)).stream().findFirst();
    }

    /// The transactions of these ids that exist, in their order.
    public List<Transaction> transactions(Collection<Long> ids) {
        return accounting.withHandle(handle -> JournalStore.byIds(handle, ids));
    }

    /// Transactions of a process in their order.
    public List<Transaction> transactionsOf(String processId) {
        return accounting.withHandle(handle -> JournalStore.ofProcess(handle, processId));
    }

    /// What reserved, captured and gave back a hold, in order.
    public List<Transaction> transactionsOfHold(long hold) {
        return accounting.withHandle(handle -> JournalStore.ofHold(handle, hold));
    }

    /// What was posted under a request id, in order.
    public List<Transaction> transactionsOfRequest(UUID request) {
        return accounting.withHandle(handle -> JournalStore.ofRequest(handle, request));
    }

    /// What an amount search found, and from which transaction on it has looked.
    public record Found(List<Transaction> transactions, long searchedFrom) {
        public Found {
            transactions = List.copyOf(transactions);
        }

        /// Whether the beginning of the journal is reached.
        public boolean isComplete() {
            return searchedFrom <= 1;
        }
    }

    /// Transactions of exactly this amount, newest first, below the id `before`; of one
    /// coin, unless that is 0. Looks at a bounded part of the journal.
    public Found findByAmount(Money amount, long coinId, long before, int size) {
        return accounting.withHandle(handle -> {
            long end = Math.min(before, JournalStore.newest(handle) + 1);
            long window = coinId == 0 ? SEARCH_WINDOW : SEARCH_WINDOW_OF_COIN;
            long start = Math.max(1, end - window);
            var found = coinId == 0
                    ? JournalStore.byAmount(
                            handle,
                            amount.currency().code(),
                            amount.minor(),
                            start,
                            end,
                            rows(size))
                    : JournalStore.byAmountOfCoin(
                            handle, coinId, amount.minor(), start, end, rows(size));
            boolean isFull = found.size() == rows(size);
            return new Found(found, isFull ? found.getLast().id() : start);
        });
    }

    public Optional<HeldAmount> hold(long id) {
        return accounting.withHandle(handle -> HoldStore.find(handle, id));
    }

    /// Holds newest first, of ids below `before`; of one coin, unless that is 0, and in one
    /// state, unless that is null.
    public List<HeldAmount> holds(long coinId, Hold.@Nullable State state, long before, int size) {
        return accounting.withHandle(
                handle -> HoldStore.page(handle, coinId, state, before, rows(size)));
    }

    /// The coins that these holds are on, by hold; of those that exist.
    public Map<Long, Long> coinsOfHolds(Collection<Long> ids) {
        return accounting.withHandle(handle -> HoldStore.coins(handle, ids));
    }

    /// How far the books have come.
    public Head head() {
        return accounting.withHandle(JournalStore::head);
    }

    /// When a transaction was recorded, if there is one.
    public Optional<Instant> recordedAt(long id) {
        return accounting.withHandle(handle -> JournalStore.recordedAt(handle, id));
    }

    /// What came into a coin from coins of a kind, less what went back to them.
    public Money netBetween(long coinId, CoinKind otherKind) {
        return accounting.withHandle(handle -> BalanceStore.netBetween(handle, coinId, otherKind));
    }

    /// The same per day, by the date of effect, from a day on; days without any are left
    /// out.
    public SortedMap<LocalDate, Money> netPerDay(long coinId, CoinKind otherKind, LocalDate from) {
        return accounting.withHandle(
                handle -> BalanceStore.netPerDay(handle, coinId, otherKind, from));
    }

    /// Several queries on one state of the books.
    private <T> T snapshot(Function<Handle, T> read) {
        return accounting.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, read::apply);
    }

    private static int rows(int size) {
        return Math.clamp(size, 1, PAGE_MAX);
    }
}
