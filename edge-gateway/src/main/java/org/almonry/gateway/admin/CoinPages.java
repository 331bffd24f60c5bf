package org.almonry.gateway.admin;

import com.google.protobuf.Timestamp;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.gateway.Answer;
import org.almonry.gateway.Choice;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.ledger.v1.Coin;
import org.almonry.ledger.v1.DateBasis;
import org.almonry.ledger.v1.ExplainBalanceRequest;
import org.almonry.ledger.v1.ExplainBalanceResponse;
import org.almonry.ledger.v1.GetBalanceRequest;
import org.almonry.ledger.v1.GetCoinRequest;
import org.almonry.ledger.v1.HoldState;
import org.almonry.ledger.v1.ListEntriesRequest;
import org.almonry.ledger.v1.ListHoldsRequest;
import org.almonry.type.v1.PageRequest;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// One coin: what is on it, how that came about, and what it was on another day. The core
/// counts days of recording in UTC, so the pages say so.
public final class CoinPages {

    static final String RECORDED = "recorded";
    static final String EFFECTIVE = "effective";

    private static final int HISTORY_DAYS = 90;

    /// Open holds on the coin's own page; the others are one link away.
    private static final int HOLDS_SHOWN = 10;

    private final Clock clock;

    private CoinPages(Clock clock) {
        this.clock = clock;
    }

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes, Clock clock) {
        var pages = new CoinPages(clock);
        desk.get(routes, "/coins/{id}", pages::coin);
        desk.get(routes, "/coins/{id}/balance", CoinPages::balance);
        desk.get(routes, "/coins/{id}/explain", pages::explain);
        desk.get(routes, "/coins/{id}/statement", CoinPages::statement);
    }

    static List<Choice> bases(View view) {
        return List.of(
                new Choice(RECORDED, view.t("basis." + RECORDED)),
                new Choice(EFFECTIVE, view.t("basis." + EFFECTIVE)));
    }

    static DateBasis basis(FormState form) {
        return form.value("basis").equals(EFFECTIVE)
                ? DateBasis.DATE_BASIS_EFFECTIVE
                : DateBasis.DATE_BASIS_RECORDED;
    }

    private Answer coin(Visit visit) {
        String id = visit.path("id");
        var found = visit.core()
                .ledger()
                .getCoin(GetCoinRequest.newBuilder()
                        .setCoinId(id)
                        .setPage(visit.page())
                        .build());
        // Older pages are read for their entries alone.
        boolean isFirst = visit.first().isEmpty();
        var holds = visit.core()
                .ledger()
                .listHolds(ListHoldsRequest.newBuilder()
                        .setCoinId(id)
                        .setState(HoldState.HOLD_STATE_OPEN)
                        .setPage(PageRequest.newBuilder().setSize(HOLDS_SHOWN))
                        .build());
        LocalDate today = LocalDate.now(clock);
        var period = new FormState()
                .with("from", today.minusDays(HISTORY_DAYS - 1).toString())
                .with("to", today.toString());
        return Answer.page(
                "admin/coin",
                new CoinPage(
                        found.getCoin(),
                        found.getEntriesList(),
                        holds.getHoldsList(),
                        !holds.getPage().getNextToken().isEmpty(),
                        isFirst ? explained(visit, id, period) : null,
                        period,
                        visit.next(found.getPage()),
                        visit.first()));
    }

    private static ExplainBalanceResponse explained(Visit visit, String id, FormState period) {
        return visit.core()
                .ledger()
                .explainBalance(ExplainBalanceRequest.newBuilder()
                        .setCoinId(id)
                        .setFrom(period.value("from"))
                        .setTo(period.value("to"))
                        .setBasis(basis(period))
                        .build());
    }

    /// The bare coin, for pages that show something else of it.
    private static Coin bare(Visit visit) {
        return visit.core()
                .ledger()
                .getCoin(GetCoinRequest.newBuilder()
                        .setCoinId(visit.path("id"))
                        .setPage(PageRequest.newBuilder().setSize(1))
                        .build())
                .getCoin();
    }

    /// With one day it is what the coin had; with both, what the books knew of one day when
    /// they stood at another.
    private static Answer balance(Visit visit) {
        var view = visit.view();
        var form = FormState.of(visit::query, "recorded", "effective");
        var recorded = Typed.day(view, form, "recorded");
        var effective = Typed.day(view, form, "effective");
        if (recorded.isEmpty() && effective.isEmpty() && !form.hasErrors()) {
            form.wrong("recorded", view.t("as-of.needed"));
        }
        Coin coin = bare(visit);
        if (form.hasErrors()) {
            return Answer.refused("admin/balance", new BalancePage(coin, form, null));
        }
        var request = GetBalanceRequest.newBuilder().setCoinId(coin.getId());
        recorded.ifPresent(day -> request.setRecordedAt(endOf(day)));
        effective.ifPresent(day -> request.setEffectiveOn(day.toString()));
        return Answer.page(
                "admin/balance",
                new BalancePage(coin, form, visit.core().ledger().getBalance(request.build())));
    }

    /// The last microsecond of a day.
    private static Timestamp endOf(LocalDate day) {
        var next = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return Timestamp.newBuilder()
                .setSeconds(next.getEpochSecond() - 1)
                .setNanos(999_999_000)
                .build();
    }

    private Answer explain(Visit visit) {
        var form = FormState.of(visit::query, "from", "to", "basis");
        LocalDate today = LocalDate.now(clock);
        if (form.value("to").isEmpty()) {
            form.with("to", today.toString());
        }
        if (form.value("from").isEmpty()) {
            form.with("from", today.withDayOfYear(1).toString());
        }
        Coin coin = bare(visit);
        period(visit.view(), form);
        var bases = bases(visit.view());
        return Typed.submit(
                visit,
                form,
                () -> {},
                () -> Answer.page(
                        "admin/explain",
                        new ExplainPage(coin, form, bases, explained(visit, coin.getId(), form))),
                () -> Answer.refused("admin/explain", new ExplainPage(coin, form, bases, null)));
    }

    static void period(View view, FormState form) {
        var from = Typed.day(view, form, "from");
        var to = Typed.day(view, form, "to");
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            form.wrong("to", view.t("error.backwards"));
        }
    }

    private static Answer statement(Visit visit) {
        var form = FormState.of(
                visit::query, "from", "to", "basis", "type", "process_kind", "other_coin_id");
        Coin coin = bare(visit);
        period(visit.view(), form);
        var bases = bases(visit.view());
        if (form.hasErrors()) {
            return Answer.refused(
                    "admin/statement", new StatementPage(coin, form, bases, List.of(), "", ""));
        }
        var found = visit.core()
                .ledger()
                .listEntries(ListEntriesRequest.newBuilder()
                        .setCoinId(coin.getId())
                        .setBasis(basis(form))
                        .setFrom(form.value("from"))
                        .setTo(form.value("to"))
                        .setType(form.value("type"))
                        .setProcessKind(form.value("process_kind"))
                        .setOtherCoinId(form.value("other_coin_id"))
                        .setPage(visit.page())
                        .build());
        return Answer.page(
                "admin/statement",
                new StatementPage(
                        coin,
                        form,
                        bases,
                        found.getEntriesList(),
                        visit.next(found.getPage()),
                        visit.first()));
    }
}
