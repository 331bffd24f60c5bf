package org.almonry.ledger.proof;

import static org.almonry.ledger.proof.TamperedRows.id;
import static org.almonry.ledger.proof.TamperedRows.text;

import org.almonry.ledger.proof.TamperedRows.Tamper;
import org.jdbi.v3.core.Handle;

import java.util.List;

/// What a superuser may do to coins, holds, corrections, dates and periods.
final class TamperedTables {
    private static final String BUSY_COIN = """
            select id from ledger.coin
             where kind = 'PROJECT' and seq > 20 and closed_at is null and currency = 'EUR' and balance > 0
             order by id limit 1
            """;

    private TamperedTables() {}

    static List<Tamper> all() {
        return List.of(
                new Tamper("balance of a coin", handle -> {
                    long coin = id(handle, BUSY_COIN);
                    handle.execute(
                            "update ledger.coin set balance = balance + 250 where id = ?", coin);
                    return List.of(
                            "COIN coin " + coin + ": its row says balance",
                            "a difference of +250 minor units of EUR",
                            "in EUR: its coins sum to +250 instead of zero");
                }),
                new Tamper("held of a coin", handle -> {
                    long coin = id(handle, BUSY_COIN);
                    handle.execute("update ledger.coin set held = held + 1 where id = ?", coin);
                    return List.of(
                            "COIN coin " + coin + ": its row says held",
                            "a difference of +1 minor units of EUR");
                }),
                new Tamper("sequence of a coin", handle -> {
                    long coin = id(handle, BUSY_COIN);
                    handle.execute("update ledger.coin set seq = seq - 1 where id = ?", coin);
                    return List.of("COIN coin " + coin + ": has ");
                }),
                new Tamper("owner of a coin", handle -> {
                    long coin = id(handle, BUSY_COIN);
                    handle.execute("update ledger.coin set owner = 'mallory' where id = ?", coin);
                    return List.of(
                            "COIN coin " + coin
                                    + ": every batch with an entry of it does not fit its seal, and no other batch",
                            "owner (now mallory)");
                }),
                new Tamper("owners of two coins exchanged", handle -> {
                    long coin = id(handle, BUSY_COIN);
                    var owner = text(handle, "select owner from ledger.coin where id = " + coin);
                    handle.execute("update ledger.coin set owner = 'own_45' where id = ?", coin);
                    handle.execute("update ledger.coin set owner = ? where id = 45", owner);
                    return List.of("EXPLAINED coin %d: owner was changed from %s to own_45"
                            .formatted(coin, owner));
                }),
                new Tamper("kind of a coin", handle -> {
                    long coin = id(handle, BUSY_COIN);
                    handle.execute("update ledger.coin set kind = 'MEMBER' where id = ?", coin);
                    return List.of(
                            "EXPLAINED coin " + coin + ": kind was changed from PROJECT to MEMBER");
                }),
                new Tamper("currency of a coin", handle -> {
                    long coin = id(handle, BUSY_COIN);
                    handle.execute("update ledger.coin set currency = 'JPY' where id = ?", coin);
                    return List.of("moves between two issuers or currencies");
                }),
                new Tamper("issuer of a coin", handle -> {
                    long coin = id(handle, BUSY_COIN);
                    handle.execute(
                            "update ledger.coin set issuer_id = 3 - issuer_id where id = ?", coin);
                    return List.of("moves between two issuers or currencies");
                }),
                new Tamper("currency of a whole book", handle -> {
                    handle.execute(
                            "update ledger.coin set currency = 'USD' where currency = 'EUR'");
                    return List.of("SEAL batch 1: its transactions");
                }),
                new Tamper("coin deleted", handle -> {
                    long coin = id(handle, BUSY_COIN);
                    handle.execute("delete from ledger.coin where id = ?", coin);
                    return List.of("moves coin " + coin + ", which does not exist");
                }),
                new Tamper("coin closed in the past", handle -> {
                    long coin = id(handle, BUSY_COIN);
                    handle.execute(
                            "update ledger.coin set balance = 0, held = 0, closed_at = timestamptz '2026-01-01' where id = ?",
                            coin);
                    return List.of("COIN coin " + coin + ": is closed since 2026-01-01");
                }),
                new Tamper("remaining of a hold", handle -> {
                    long hold = id(
                            handle,
                            "select min(id) from ledger.hold where state = 'OPEN' and remaining_minor > 1");
                    handle.execute(
                            "update ledger.hold set remaining_minor = remaining_minor - 1 where id = ?",
                            hold);
                    return List.of(
                            "HOLD hold " + hold + ": its row says remaining_minor",
                            "a difference of -1");
                }),
                new Tamper("captured of a hold", handle -> {
                    long hold =
                            id(handle, "select min(id) from ledger.hold where state = 'CAPTURED'");
                    handle.execute("update ledger.hold set captured_minor = 0 where id = ?", hold);
                    return List.of("HOLD hold " + hold + ": its row says captured_minor 0");
                }),
                new Tamper("state of a hold", handle -> {
                    long hold =
                            id(handle, "select min(id) from ledger.hold where state = 'CAPTURED'");
                    handle.execute("update ledger.hold set state = 'REVERSED' where id = ?", hold);
                    return List.of("HOLD hold " + hold
                            + ": its row says state REVERSED, the journal says CAPTURED");
                }),
                new Tamper("expiry of a hold", handle -> {
                    long hold = id(handle, "select min(id) from ledger.hold where state = 'OPEN'");
                    handle.execute(
                            "update ledger.hold set expires_at = timestamptz '2031-01-01' where id = ?",
                            hold);
                    return List.of("HOLD hold " + hold
                            + ": its row says expires_at 2031-01-01T00:00:00Z, the journal says");
                }),
                new Tamper("coin of a hold", handle -> {
                    long hold = id(handle, "select min(id) from ledger.hold where state = 'OPEN'");
                    handle.execute(
                            "update ledger.hold set coin_id = coin_id + 1 where id = ?", hold);
                    return List.of("HOLD hold " + hold + ": its row says coin_id");
                }),
                new Tamper("hold deleted", handle -> {
                    long hold = id(handle, "select min(id) from ledger.hold where state = 'OPEN'");
                    long left = id(
                            handle, "select remaining_minor from ledger.hold where id = " + hold);
                    handle.execute("delete from ledger.hold where id = ?", hold);
                    return List.of("HOLD hold %d: of transaction %d has no row; %+d minor units"
                            .formatted(hold, hold, left));
                }),
                new Tamper("hold inserted", handle -> {
                    handle.execute("""
                            insert into ledger.hold (id, coin_id, type, amount_minor, remaining_minor, state, opened_at)
                            values (1, 3, 8, 50, 50, 'OPEN', now())
                            """);
                    return List.of(
                            "HOLD hold 1: was opened by no transaction; its row holds +50 minor units on coin 3");
                }),
                new Tamper("correction removed", handle -> {
                    long id = id(handle, "select min(transaction_id) from ledger.correction");
                    handle.execute("delete from ledger.correction where transaction_id = ?", id);
                    return List.of("CORRECTION transaction " + id + ": corrects transaction");
                }),
                new Tamper("correction inserted", handle -> {
                    handle.execute("insert into ledger.correction values (1, 5)");
                    return List.of(
                            "CORRECTION transaction 1: is said to be corrected by transaction 5");
                }),
                new Tamper("correction of another", handle -> {
                    long id = id(handle, "select min(corrected_id) from ledger.correction");
                    handle.execute(
                            "update ledger.correction set corrected_id = corrected_id - 1 where corrected_id = ?",
                            id);
                    return List.of("corrects transaction " + id
                            + ", but the table of corrections does not say so");
                }),
                new Tamper("backdated removed", handle -> {
                    long id = id(handle, "select min(transaction_id) from ledger.backdated");
                    handle.execute("delete from ledger.backdated where transaction_id = ?", id);
                    return List.of(
                            "ROWS transaction " + id + ": takes effect on", "are missing there");
                }),
                new Tamper("backdated changed", handle -> {
                    long id = id(handle, "select min(transaction_id) from ledger.backdated");
                    handle.execute(
                            "update ledger.backdated set change_minor = change_minor + 5 where transaction_id = ?",
                            id);
                    return List.of("ROWS transaction " + id + ": is backdated on coin");
                }),
                new Tamper("backdated inserted", handle -> {
                    handle.execute(
                            "insert into ledger.backdated values (3, 1, '2025-01-01', '2026-01-05', 77)");
                    return List.of(
                            "ROWS transaction 1: is backdated on coin 3 by +77, but was not");
                }),
                new Tamper("period closed in the past", handle -> {
                    handle.execute(
                            "insert into ledger.period values (1, '2026-01-31', '2026-01-05T12:00:00Z', 'x')");
                    return List.of(
                            "PERIOD transaction ",
                            "up to 2026-01-31 the books were closed at 2026-01-05T12:00:00Z, before it was recorded");
                }),
                new Tamper("period moved back", TamperedTables::movedBack));
    }

    private static List<String> movedBack(Handle handle) {
        var last =
                text(handle, "select max(closed_to)::text from ledger.period where issuer_id = 1");
        handle.execute(
                "insert into ledger.period select issuer_id, closed_to + 1, closed_at + interval '1 day', closed_by from ledger.period where issuer_id = 1 and closed_to = ?::date",
                last);
        handle.execute(
                "update ledger.period set closed_to = date '2020-01-01' where issuer_id = 1 and closed_to > ?::date",
                last);
        return List.of("PERIOD issuer 1: closed its books up to 2020-01-01 at ");
    }
}
