package org.almonry.giving;

import org.almonry.directory.DonationCode;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// SQL of the pledges.
final class GivingStore {
    private static final String INSERT = """
        insert into giving.pledge
            (id, request_key, request_digest, token_hash, nonprofit_id, account_id, currency,
             amount_minor, code, supporter_ref, created_at)
        values (:id, :key, :digest, :token, :nonprofit, :account, :currency, :amount, :code,
                :supporter, :at)
        on conflict (request_key) do nothing
        """;

    private static final String INSERT_ITEM = """
        insert into giving.pledge_item
            (pledge_id, position, project_id, milestone_id, amount_minor)
        values (:pledge, :position, :project, :milestone, :amount)
        """;

    private static final String ID_BY_KEY = """
        select id, request_digest
          from giving.pledge
         where request_key = :key
        """;

    private static final String ID_BY_TOKEN = """
        select id
          from giving.pledge
         where token_hash = :token
        """;

    private static final String FIND = """
        select p.id, p.nonprofit_id, p.account_id, p.currency, p.code, p.supporter_ref,
               p.created_at, i.project_id, i.milestone_id, i.amount_minor
          from giving.pledge p
          join giving.pledge_item i on i.pledge_id = p.id
         where p.id = any (:ids)
         order by p.id, i.position
        """;

    private static final String WAITING = """
        select p.id
          from giving.pledge p
         where p.currency = :currency
           and not exists (select 1
                             from giving.pledge_booking b
                            where b.pledge_id = p.id
                              and not exists (select 1
                                                from giving.pledge_undoing u
                                               where u.undone_process_id = b.process_id))
         order by p.id desc
         limit :size
        """;

    private static final String HAS_SUPPORTER = """
        select exists (select 1 from giving.pledge where supporter_ref = :supporter)
        """;

    private static final String INSERT_BOOKING = """
        insert into giving.pledge_booking (process_id, pledge_id, currency, amount_minor, booked_at)
        select :process, p.id, :currency, :amount, :at
          from giving.pledge p
         where p.id = :pledge
        on conflict do nothing
        """;

    private static final String INSERT_UNDOING = """
        insert into giving.pledge_undoing (undone_process_id, process_id, undone_at)
        values (:undone, :process, :at)
        on conflict do nothing
        """;

    private static final String BOOKED = """
        select b.currency, sum(b.amount_minor) as minor
          from giving.pledge_booking b
         where b.pledge_id = :pledge
           and not exists (select 1
                             from giving.pledge_undoing u
                            where u.undone_process_id = b.process_id)
         group by b.currency
         order by b.currency
        """;

    private final Jdbi accounting;

    GivingStore(Jdbi accounting) {
        this.accounting = accounting;
    }

    /// False when the key has its pledge.
    boolean insert(Handle handle, Pledge pledge, String key, String digest, byte[] tokenHash) {
        Money total = pledge.basket().total();
        boolean inserted = handle.createUpdate(INSERT)
                        .bind("id", pledge.id())
                        .bind("key", key)
                        .bind("digest", digest)
                        .bind("token", tokenHash)
                        .bind("nonprofit", pledge.nonprofitId())
                        .bind("account", pledge.accountId())
                        .bind("currency", total.currency().code())
                        .bind("amount", total.minor())
                        .bind("code", pledge.code().digits())
                        .bind("supporter", pledge.supporterRef())
                        .bind("at", pledge.createdAt())
                        .execute()
                == 1;
        if (inserted) {
            int position = 1;
            for (Basket.Item item : pledge.basket().items()) {
                handle.createUpdate(INSERT_ITEM)
                        .bind("pledge", pledge.id())
                        .bind("position", position++)
                        .bind("project", item.projectId())
                        .bind("milestone", item.milestoneId())
                        .bind("amount", item.amount().minor())
                        .execute();
            }
        }
        return inserted;
    }

    Optional<Known> byKey(String key) {
        return accounting.withHandle(handle -> handle.createQuery(ID_BY_KEY)
                .bind("key", key)
                .map((row, context) ->
                        new Known(row.getString("id"), row.getString("request_digest")))
                .findOne());
    }

    Optional<String> byToken(byte[] tokenHash) {
        return accounting.withHandle(handle -> handle.createQuery(ID_BY_TOKEN)
                .bind("token", tokenHash)
                .mapTo(String.class)
                .findOne());
    }

    Map<String, Pledge> find(Collection<String> ids) {
        Map<String, List<Row>> rows = new HashMap<>();
        accounting.useHandle(handle -> handle.createQuery(FIND)
                .bind("ids", ids.toArray(String[]::new))
                .map(GivingStore::row)
                .forEach(row -> rows.computeIfAbsent(row.pledge().id(), id -> new ArrayList<>())
                        .add(row)));
        Map<String, Pledge> pledges = new HashMap<>();
        rows.forEach((id, items) -> pledges.put(id, pledge(items)));
        return pledges;
    }

    /// Newest first.
    List<String> waiting(String currency, int size) {
        return accounting.withHandle(handle -> handle.createQuery(WAITING)
                .bind("currency", currency)
                .bind("size", size)
                .mapTo(String.class)
                .list());
    }

    boolean hasSupporter(String supporterRef) {
        return accounting.withHandle(handle -> handle.createQuery(HAS_SUPPORTER)
                .bind("supporter", supporterRef)
                .mapTo(boolean.class)
                .one());
    }

    void insertBooking(String processId, String pledgeId, Money amount, Instant at) {
        accounting.useHandle(handle -> handle.createUpdate(INSERT_BOOKING)
                .bind("process", processId)
                .bind("pledge", pledgeId)
                .bind("currency", amount.currency().code())
                .bind("amount", amount.minor())
                .bind("at", at)
                .execute());
    }

    void insertUndoing(String undoneProcessId, String processId, Instant at) {
        accounting.useHandle(handle -> handle.createUpdate(INSERT_UNDOING)
                .bind("undone", undoneProcessId)
                .bind("process", processId)
                .bind("at", at)
                .execute());
    }

    List<Money> booked(String pledgeId) {
        return accounting.withHandle(handle -> handle.createQuery(BOOKED)
                .bind("pledge", pledgeId)
                .map((row, context) -> new Money(
                        row.getBigDecimal("minor").longValueExact(),
                        Currency.of(row.getString("currency"))))
                .list());
    }

    private static Pledge pledge(List<Row> rows) {
        Pledge first = rows.getFirst().pledge();
        return new Pledge(
                first.id(),
                first.nonprofitId(),
                first.accountId(),
                new Basket(rows.stream().map(Row::item).toList()),
                first.code(),
                first.supporterRef(),
                first.createdAt());
    }

    private static Row row(ResultSet row, StatementContext context) throws SQLException {
        Basket.Item item = new Basket.Item(
                row.getString("project_id"),
                row.getString("milestone_id"),
                new Money(row.getLong("amount_minor"), Currency.of(row.getString("currency"))));
        return new Row(
                new Pledge(
                        row.getString("id"),
                        row.getString("nonprofit_id"),
                        row.getString("account_id"),
                        new Basket(List.of(item)),
                        new DonationCode(row.getString("code")),
                        row.getString("supporter_ref"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()),
                item);
    }

    /// A pledge that was made before, and the digest of the request for it.
    record Known(String id, String digest) {}

    /// A pledge with one of its items.
    private record Row(Pledge pledge, Basket.Item item) {}
}
