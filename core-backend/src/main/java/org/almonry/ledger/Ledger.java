package org.almonry.ledger;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditLog;
import org.almonry.events.Outbox;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// The façade of the ledger: open coins, post, read, verify. Blocking; made for virtual
/// threads.
///
/// Never post from inside a database transaction: the writer may need a lock that the
/// transaction holds.
public final class Ledger implements AutoCloseable {
    /// A page is read by a person.
    public static final int PAGE_MAX = 200;

    /// Above every transaction id: the cursor of the first page.
    public static final long NEWEST = Long.MAX_VALUE;

    private final Jdbi accounting;
    private final Clock clock;
    private final Writer writer;

    public Ledger(
            Jdbi accounting, ProcessJournal processes, Outbox outbox, AuditLog audit, Clock clock) {
        this.accounting = requireNonNull(accounting, "accounting is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.writer = new Writer(accounting, new Companions(processes, outbox, audit), clock);
    }

    /// Takes over the books and starts to write. Another process that wrote before can no
    /// longer commit.
    public void start() {
        writer.start();
    }

    /// Writes what is queued and stops. What comes later is refused.
    @Override
    public void close() {
        writer.close();
    }

    /// The issuer of this key, opened if it is new.
    public long openIssuer(String key, String name) {
        return accounting.inTransaction(
                handle -> LedgerStore.openIssuer(handle, key, name, clock.instant()));
    }

    /// The coin of this issuer, currency, kind and owner, opened if it is new.
    public Coin openCoin(NewCoin coin) {
        return accounting.inTransaction(
                handle -> LedgerStore.openCoin(handle, coin, clock.instant()));
    }

    /// Closes a coin for ever. Its balance must be zero, and nothing may be held; else
    /// nothing happens and the answer is false.
    public boolean closeCoin(long id) {
        return accounting.inTransaction(
                handle -> LedgerStore.closeCoin(handle, id, clock.instant()));
    }

    /// Posts one request and waits for its answer. Fails with UNAVAILABLE when the answer
    /// is not known in time; the same request may then be sent again.
    public PostResult post(PostRequest request) {
        return postAll(List.of(request)).getFirst();
    }

    /// Posts many, each judged alone and in their order, in as few commits as fit.
    public List<PostResult> postAll(List<PostRequest> requests) {
        return writer.post(requests);
    }

    /// A coin as of its last commit.
    public Optional<Coin> coin(long id) {
        return Optional.ofNullable(coins(List.of(id)).get(id));
    }

    /// The coins of these ids that exist.
    public Map<Long, Coin> coins(Collection<Long> ids) {
        return accounting.withHandle(handle -> LedgerStore.coins(handle, ids));
    }

    public Optional<Coin> findCoin(long issuerId, Currency currency, CoinKind kind, String owner) {
        return accounting.withHandle(
                handle -> LedgerStore.findCoin(handle, issuerId, currency, kind, owner));
    }

    public List<Coin> coinsOf(String owner) {
        return accounting.withHandle(handle -> LedgerStore.coinsOf(handle, owner));
    }

    /// Coins by kind and name, those that follow the coin `after` (0: from the first),
    /// whose name or owner contains the text or whose id it is; all when the text is empty.
    public List<Coin> searchCoins(String text, long after, int size) {
        int rows = Math.clamp(size, 1, PAGE_MAX);
        return accounting.withHandle(handle -> LedgerStore.search(handle, text, after, rows));
    }

    /// Names of issuers by id.
    public Map<Long, String> issuerNames() {
        return accounting.withHandle(LedgerStore::issuerNames);
    }

    /// Entries of a coin newest first, of transactions below the id `before`.
    public List<Entry> entries(long coinId, long before, int size) {
        int rows = Math.clamp(size, 1, PAGE_MAX);
        return accounting.withHandle(handle -> LedgerStore.entries(handle, coinId, before, rows));
    }

    public Optional<Transaction> transaction(long id) {
        return accounting.withHandle(handle -> LedgerStore.transaction(handle, id));
    }

    /// Transactions of a process in their order.
    public List<Transaction> transactionsOf(String processId) {
        return accounting.withHandle(handle -> LedgerStore.transactionsOf(handle, processId));
    }

    /// What came into a coin from coins of a kind, less what went back to them.
    public Money netBetween(long coinId, CoinKind otherKind) {
        return accounting.withHandle(handle -> LedgerStore.netBetween(handle, coinId, otherKind));
    }

    /// The same per day, by the date of effect, from a day on; days without any are left
    /// out.
    public SortedMap<LocalDate, Money> netPerDay(long coinId, CoinKind otherKind, LocalDate from) {
        return accounting.withHandle(
                handle -> LedgerStore.netPerDay(handle, coinId, otherKind, from));
    }

    /// Recomputes every balance from the transactions, on one snapshot and without holding
    /// up the writer.
    public Verification verify() {
        return accounting.withHandle(VerificationStore::verify);
    }
}
