package org.almonry.ledger;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.Journal.Fault;
import org.almonry.ledger.process.ProcessChange;
import org.almonry.wire.Failure;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/// Books in memory which refuse what the database refuses: a foreign epoch, an id that
/// exists, a posting that does not follow from its coins.
final class MemoryStore implements SimulatedStore {
    private static final byte[] CHAIN = new byte[32];

    private final MemoryCoins coins = new MemoryCoins();
    private final Map<Long, Hold> holds = new HashMap<>();
    private final Map<Long, Posting> rows = new HashMap<>();
    private final Map<Long, LocalDate> days = new HashMap<>();
    private final Map<UUID, Journal.Known> requests = new HashMap<>();
    private final Map<String, String> processes = new HashMap<>();
    private final Set<Long> corrected = new HashSet<>();
    private long nextCoin = 1;
    private long nextIssuer = 1;
    private String owner = "";
    private boolean isSilent = true;
    private Journal.Head head = new Journal.Head(0, 0, 0, Instant.EPOCH, CHAIN);

    @Override
    public Journal connect() {
        return new Connection();
    }

    @Override
    public Ledger register() {
        return new Entrance();
    }

    @Override
    public void ownerIsSilent() {
        isSilent = true;
    }

    @Override
    public List<Coin> coins(Collection<Long> ids) {
        return ids.stream().map(coins::get).filter(Objects::nonNull).toList();
    }

    @Override
    public long find(NewCoin name) {
        return coins.find(name.key());
    }

    @Override
    public List<Hold> holds(Collection<Long> ids) {
        return ids.stream().filter(holds::containsKey).map(holds::get).toList();
    }

    @Override
    public Set<UUID> present(Collection<UUID> ids) {
        var present = new HashSet<>(ids);
        present.retainAll(requests.keySet());
        return present;
    }

    @Override
    public Map<String, String> processes(Collection<String> ids) {
        var known = new HashMap<>(processes);
        known.keySet().retainAll(ids);
        return known;
    }

    @Override
    public long lastTransaction() {
        return head.lastTransaction();
    }

    @Override
    public Instant time() {
        return head.recordedAt();
    }

    @Override
    public LocalDate effectiveOn(long transaction) {
        return days.get(transaction);
    }

    private final class Connection implements Journal {
        @Override
        public Optional<Head> takeOver(String name) {
            if (!owner.equals(name) && !isSilent) {
                return Optional.empty();
            }
            owner = name;
            return Optional.of(nextEpoch());
        }

        @Override
        public Head resolve(String name) {
            if (!owner.equals(name)) {
                throw fault(Fault.Kind.REPLACED);
            }
            return nextEpoch();
        }

        private Head nextEpoch() {
            isSilent = false;
            head = new Head(
                    head.epoch() + 1,
                    head.batch(),
                    head.lastTransaction(),
                    head.recordedAt(),
                    CHAIN);
            return head;
        }

        @Override
        public void release(Head known) {
            isSilent |= known.epoch() == head.epoch();
        }

        @Override
        public Map<UUID, Known> requests(Set<UUID> ids) {
            return those(ids, requests);
        }

        @Override
        public Map<Long, Coin> coins(Set<Long> ids) {
            var found = new HashMap<Long, Coin>();
            MemoryStore.this.coins(ids).forEach(coin -> found.put(coin.id(), coin));
            return found;
        }

        @Override
        public Map<Long, Hold> holds(Set<Long> ids) {
            return those(ids, holds);
        }

        @Override
        public Map<Long, Past> pasts(Set<Long> ids) {
            var found = new HashMap<Long, Past>();
            those(ids, rows).forEach((id, row) -> {
                if (row.destination() != null) {
                    boolean isCorrected = corrected.contains(id);
                    long source = row.source().id();
                    long destination = row.destination().id();
                    found.put(id, new Past(source, destination, row.minor(), isCorrected));
                }
            });
            return found;
        }

        @Override
        public Map<NewCoin.Key, Long> coinIds(Set<NewCoin.Key> keys) {
            var found = new HashMap<NewCoin.Key, Long>();
            for (var key : keys) {
                long id = coins.find(key);
                found.put(key, id == 0 ? nextCoin++ : id);
            }
            return found;
        }

        @Override
        public Map<String, String> processStates(Set<String> ids) {
            return those(ids, processes);
        }

        @Override
        public Head write(Batch batch, Head before) {
            if (before.epoch() != head.epoch()
                    || before.batch() != head.batch()
                    || before.lastTransaction() != head.lastTransaction()) {
                throw fault(Fault.Kind.REPLACED);
            }
            if (batch.accepted().isEmpty()) {
                return head;
            }
            if (batch.at().isBefore(head.recordedAt())) {
                throw new AssertionError("time went back");
            }
            for (var each : batch.accepted()) {
                if (requests.containsKey(each.request().requestId())) {
                    throw fault(Fault.Kind.REPEATED_REQUEST);
                }
            }
            var trial = coins.copy();
            for (var each : batch.accepted()) {
                for (var posting : each.postings()) {
                    if (posting.type() == TransactionType.SPLIT) {
                        open(posting.destination(), trial);
                    }
                }
            }
            var once = new HashSet<>(corrected);
            for (var each : batch.accepted()) {
                for (var posting : each.postings()) {
                    if (!trial.accept(posting, each.effectiveOn())
                            || (posting.corrects() != 0 && !once.add(posting.corrects()))) {
                        throw fault(Fault.Kind.OLD_PICTURE);
                    }
                }
            }
            coins.putAll(trial);
            corrected.addAll(once);
            batch.accepted().forEach(this::keep);
            head = new Head(
                    head.epoch(),
                    head.batch() + 1,
                    head.lastTransaction() + batch.size(),
                    batch.at(),
                    CHAIN);
            return head;
        }

        private void open(Coin split, MemoryCoins trial) {
            var name = new NewCoin(
                    split.issuerId(),
                    split.currency(),
                    split.kind(),
                    split.name(),
                    split.owner(),
                    split.label());
            if (coins.find(name.key()) != 0) {
                throw fault(Fault.Kind.OLD_PICTURE);
            }
            trial.put(Coin.opened(split.id(), name, null));
        }

        private void keep(Batch.Accepted each) {
            long id = each.firstId();
            for (var posting : each.postings()) {
                rows.put(id, posting);
                days.put(id++, each.effectiveOn());
                if (posting.hold() != null) {
                    holds.put(posting.hold().id(), posting.hold());
                }
            }
            for (var change : each.request().processes()) {
                switch (change) {
                    case ProcessChange.Open it -> processes.put(it.id(), it.state());
                    case ProcessChange.Advance it -> processes.put(it.id(), it.newState());
                }
            }
            var ids = LongStream.range(each.firstId(), id).boxed().toList();
            requests.put(each.request().requestId(), new Known(each.digest(), ids));
        }

        @Override
        public void close() {}
    }

    private static <K, V> Map<K, V> those(Set<K> keys, Map<K, V> all) {
        var found = new HashMap<>(all);
        found.keySet().retainAll(keys);
        return found;
    }

    private static Fault fault(Fault.Kind kind) {
        return new Fault(kind, "simulated", null);
    }

    private final class Entrance implements Ledger {
        @Override
        public void start() {}

        @Override
        public void close() {}

        @Override
        public List<PostResult> postAll(List<PostRequest> requests) {
            throw new UnsupportedOperationException("the simulation drives its writers itself");
        }

        @Override
        public long openIssuer(String key, String name) {
            return nextIssuer++;
        }

        @Override
        public Coin openCoin(NewCoin name) {
            long id = find(name);
            if (id == 0) {
                id = nextCoin++;
                coins.put(Coin.opened(id, name, null));
            }
            return coins.get(id);
        }

        @Override
        public boolean closeCoin(long id) {
            var coin = coins.get(id);
            if (coin == null || coin.closed() || coin.balance() != 0 || coin.held() != 0) {
                return false;
            }
            coins.put(MemoryCoins.with(coin, true, coin.frozen(), coin.creditLimit()));
            return true;
        }

        @Override
        public boolean freeze(long id, boolean frozen) {
            var coin = coins.get(id);
            if (coin == null || coin.closed()) {
                return false;
            }
            coins.put(MemoryCoins.with(coin, false, frozen, coin.creditLimit()));
            return true;
        }

        @Override
        public boolean setCreditLimit(long id, long minor) {
            var coin = coins.get(id);
            if (coin == null
                    || coin.closed()
                    || coin.balance() > Long.MAX_VALUE - minor
                    || (!coin.kind().mayOverdraw() && coin.balance() - coin.held() < -minor)) {
                return false;
            }
            coins.put(MemoryCoins.with(coin, false, coin.frozen(), minor));
            return true;
        }

        @Override
        public void closePeriod(long issuerId, LocalDate to, String by) {
            var before = coins.closedTo(issuerId);
            if (before != null && before.isAfter(to)) {
                throw new Failure(Reason.WRONG_STATE, "closed already");
            }
            coins.close(issuerId, to);
        }
    }
}
