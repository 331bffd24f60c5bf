package org.almonry.gateway.admin;

import io.grpc.StatusRuntimeException;
import io.helidon.webserver.http.HttpRouting;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Choice;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.gateway.admin.FindPage.Group;
import org.almonry.ledger.v1.FindTransactionsRequest;
import org.almonry.ledger.v1.FindTransactionsResponse;
import org.almonry.ledger.v1.GetHoldRequest;
import org.almonry.ledger.v1.HoldState;
import org.almonry.ledger.v1.ListCoinsRequest;
import org.almonry.ledger.v1.ListHoldsRequest;
import org.almonry.type.v1.Money;
import org.almonry.type.v1.PageRequest;
import org.almonry.webkit.AmountInput;
import org.almonry.webkit.AmountInput.Parsed;
import org.almonry.webkit.Format;
import org.almonry.wire.Failure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// One box for everything that one may have in hand: an id, a number, an amount, a
/// reference, a name. What it could mean is looked up in each way, and the finds are shown
/// by the way in which they were found. Beside it, what is reserved.
public final class FindPages {

    private static final List<String> STATES =
            List.of("open", "captured", "reversed", "expired", "all");

    private static final int QUERY_MAX = 100;

    /// Enough of each group to see whether it is the right one; all of it is one link away.
    private static final int GROUP_SIZE = 10;

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}" + "-[0-9a-fA-F]{12}");

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern FOUND_BY_ID = Pattern.compile("(req|prc|hold|txn)_[0-9a-f]{1,40}");
    private static final Pattern PERMALINK =
            Pattern.compile("(coin|txn|hold|prc|inc|run|prj)_[0-9a-f]{1,40}");

    /// A code before or after the amount, as in "25.00 USD".
    private static final Pattern CODE =
            Pattern.compile("^([A-Za-z]{3})\\s*\\d.*|.*\\d\\s*([A-Za-z]{3})$");

    private FindPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/find", FindPages::find);
        desk.get(routes, "/holds", FindPages::holds);
        desk.get(routes, "/holds/{id}", FindPages::hold);
    }

    private static Answer find(Visit visit) {
        String query = visit.query("q");
        var form = new FormState().with("q", query);
        if (query.length() > QUERY_MAX) {
            form.wrong("q", visit.view().t("find.too-long"));
            return Answer.refused("admin/find", new FindPage(form, false, List.of(), List.of()));
        }
        if (query.isEmpty()) {
            return Answer.page("admin/find", new FindPage(form, false, List.of(), List.of()));
        }
        if (PERMALINK.matcher(query).matches()) {
            return Answer.seeOther(visit.view().link(query));
        }
        String by = visit.query("by");
        var groups = new ArrayList<Group>();
        id(query).ifPresent(id -> add(visit, groups, by, Group.ID, byId(id)));
        amount(visit.view(), query)
                .ifPresent(amount -> add(visit, groups, by, Group.AMOUNT, byAmount(amount)));
        add(visit, groups, by, Group.REFERENCE, byReference(query));
        var coins = by.isEmpty()
                ? visit.core()
                        .ledger()
                        .listCoins(ListCoinsRequest.newBuilder()
                                .setSearch(query)
                                .setPage(PageRequest.newBuilder().setSize(GROUP_SIZE))
                                .build())
                        .getCoinsList()
                : List.<org.almonry.ledger.v1.Coin>of();
        return Answer.page("admin/find", new FindPage(form, true, groups, coins));
    }

    /// The id that the query may be, as the core writes it.
    private static Optional<String> id(String query) {
        if (UUID.matcher(query).matches()) {
            return Optional.of("req_" + query.replace("-", "").toLowerCase(Locale.ROOT));
        }
        return NUMBER.matcher(query).matches() || FOUND_BY_ID.matcher(query).matches()
                ? Optional.of(query)
                : Optional.empty();
    }

    /// The amount that the query may be, in the currency that it names or the usual one.
    private static Optional<Money> amount(View view, String query) {
        var code = CODE.matcher(query);
        String currency = !code.matches()
                ? view.currency()
                : (code.group(1) == null ? code.group(2) : code.group(1)).toUpperCase(Locale.ROOT);
        return AmountInput.parse(query, Format.scale(currency)) instanceof Parsed.Amount amount
                        && amount.minor() > 0
                ? Optional.of(Money.newBuilder()
                        .setCurrency(currency)
                        .setMinor(amount.minor())
                        .build())
                : Optional.empty();
    }

    private static FindTransactionsRequest.Builder byId(String id) {
        return FindTransactionsRequest.newBuilder().setId(id);
    }

    private static FindTransactionsRequest.Builder byAmount(Money amount) {
        return FindTransactionsRequest.newBuilder().setAmount(amount);
    }

    private static FindTransactionsRequest.Builder byReference(String reference) {
        return FindTransactionsRequest.newBuilder().setReference(reference);
    }

    /// Looks in one way; a page of one group shows that group alone.
    private static void add(
            Visit visit,
            List<Group> groups,
            String by,
            String way,
            FindTransactionsRequest.Builder request) {
        if (!by.isEmpty() && !by.equals(way)) {
            return;
        }
        if (by.isEmpty()) {
            request.setPage(PageRequest.newBuilder().setSize(GROUP_SIZE));
        } else {
            request.setPage(visit.page());
        }
        var found = orNothing(visit, request.build());
        String token = found.getPage().getNextToken();
        String more = token.isEmpty()
                ? ""
                : "/find?q=" + Visit.encode(visit.query("q")) + "&by=" + way + "&page="
                        + Visit.encode(token);
        if (found.getTransactionsCount() > 0 || !more.isEmpty() || by.equals(way)) {
            groups.add(new Group(
                    way,
                    request.getAmount(),
                    found.getTransactionsList(),
                    found.hasSearchedBackTo() ? found.getSearchedBackTo() : null,
                    more));
        }
    }

    /// A number that no transaction has is nothing found, not a page that is missing.
    private static FindTransactionsResponse orNothing(
            Visit visit, FindTransactionsRequest request) {
        try {
            return visit.core().ledger().findTransactions(request);
        } catch (StatusRuntimeException thrown) {
            var failure = Failure.from(thrown);
            if (failure.reason() != Reason.NOT_FOUND
                    && failure.reason() != Reason.INVALID_ARGUMENT) {
                throw failure;
            }
            return FindTransactionsResponse.getDefaultInstance();
        }
    }

    private static Answer holds(Visit visit) {
        var form = FormState.of(visit::query, "coin", "state");
        if (!STATES.contains(form.value("state"))) {
            form.with("state", "open");
        }
        var found = visit.core()
                .ledger()
                .listHolds(ListHoldsRequest.newBuilder()
                        .setCoinId(form.value("coin"))
                        .setState(state(form.value("state")))
                        .setPage(visit.page())
                        .build());
        var states = new ArrayList<Choice>();
        for (String each : STATES) {
            states.add(new Choice(each, visit.view().t("hold.state." + each)));
        }
        return Answer.page(
                "admin/holds",
                new HoldsPage(
                        form,
                        states,
                        found.getHoldsList(),
                        visit.next(found.getPage()),
                        visit.first()));
    }

    private static HoldState state(String word) {
        return switch (word) {
            case "open" -> HoldState.HOLD_STATE_OPEN;
            case "captured" -> HoldState.HOLD_STATE_CAPTURED;
            case "reversed" -> HoldState.HOLD_STATE_REVERSED;
            case "expired" -> HoldState.HOLD_STATE_EXPIRED;
            default -> HoldState.HOLD_STATE_UNSPECIFIED;
        };
    }

    private static Answer hold(Visit visit) {
        String id = visit.path("id");
        var hold = visit.core()
                .ledger()
                .getHold(GetHoldRequest.newBuilder().setHoldId(id).build())
                .getHold();
        var found = visit.core()
                .ledger()
                .findTransactions(byId(id).setPage(visit.page()).build());
        return Answer.page(
                "admin/hold",
                new HoldPage(
                        hold,
                        found.getTransactionsList(),
                        visit.next(found.getPage()),
                        visit.first()));
    }
}
