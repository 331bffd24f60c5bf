package org.almonry.gateway.admin;

import io.helidon.webserver.http.HttpRouting;

import org.almonry.accounting.v1.Account;
import org.almonry.accounting.v1.ListProvidersRequest;
import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Choice;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.ledger.v1.Coin;
import org.almonry.process.v1.CalculateRequestRequest;
import org.almonry.process.v1.CalculateRequestResponse;
import org.almonry.process.v1.CreateRequestRequest;
import org.almonry.process.v1.GetLimitUseRequest;
import org.almonry.process.v1.GetLimitUseResponse;
import org.almonry.process.v1.RequestKind;
import org.almonry.type.v1.Money;
import org.almonry.webkit.Problem;
import org.almonry.wire.Failure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Making a request: the form, then a page that says in words and to the cent what it comes to
/// and what the limits say, then the request itself. The key is made with the form and goes
/// through all of it, so that sending twice makes one request; the price that was shown is
/// sent along, so that nobody pays another one.
public final class AskPages {

    private static final Map<Reason, String> TOLD = Map.of(
            Reason.INVALID_ARGUMENT,
            "",
            Reason.WRONG_STATE,
            "",
            Reason.STALE,
            "",
            Reason.LIMIT_REACHED,
            "amount",
            Reason.NOT_ALLOWED,
            "");

    private static final String NEW = "/requests/new";

    private AskPages() {}

    /// Adds the pages; before those of one request, whose address they would fit.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(
                routes,
                NEW,
                visit -> Answer.page(
                        "admin/ask-kind",
                        new AskKindPage(visit.query("coin"), kinds(visit.view()))));
        desk.get(routes, NEW + "/{kind}", AskPages::ask);
        desk.post(routes, NEW + "/{kind}", "ask", AskPages::go);
    }

    private static List<Choice> kinds(View view) {
        return PriceWords.kinds(view, false);
    }

    private static RequestKind kind(Visit visit) {
        var kind = PriceWords.kind(visit.path("kind"));
        if (!PriceWords.ASKED.contains(kind)) {
            throw Problem.notFound();
        }
        return kind;
    }

    private static Answer ask(Visit visit) {
        var kind = kind(visit);
        var form = new FormState()
                .with("key", visit.view().newKey())
                .with(AskForm.coinFields(kind).getFirst(), visit.query("coin"));
        return Answer.page("admin/ask", page(visit, kind, form));
    }

    private static AskPage page(Visit visit, RequestKind kind, FormState form) {
        var coins = new ArrayList<Choice>();
        for (Coin each : Owners.coins(visit, "")) {
            String available = visit.view().money(each.getAvailable());
            coins.add(new Choice(each.getId(), each.getName() + ", " + available));
        }
        return new AskPage(kind, form, coins, accounts(visit, kind));
    }

    private static List<Choice> accounts(Visit visit, RequestKind kind) {
        var accounts = new ArrayList<Choice>();
        accounts.add(new Choice("", visit.view().t("choose")));
        if (AskForm.hasAccount(kind) && visit.view().may("accounting.read")) {
            visit.core()
                    .accounting()
                    .listProviders(ListProvidersRequest.getDefaultInstance())
                    .getProvidersList()
                    .forEach(provider -> provider.getAccountsList()
                            .forEach(each -> accounts.add(choice(visit.view(), each))));
        }
        return accounts;
    }

    private static Choice choice(View view, Account account) {
        return new Choice(
                account.getId(),
                view.iban(account.getIdentification())
                        + ", "
                        + account.getCurrency()
                        + ", "
                        + account.getProvider());
    }

    /// One form, three buttons: look at what it comes to, go back and change it, send it.
    private static Answer go(Visit visit) {
        var asked = AskForm.read(visit, kind(visit));
        return switch (visit.form().text("do")) {
            case "change" -> Answer.page("admin/ask", page(visit, asked.kind(), typed(asked)));
            case "send" -> send(visit, asked);
            default -> quote(visit, asked, false);
        };
    }

    /// What was typed, without what is wrong with it.
    private static FormState typed(AskForm asked) {
        return FormState.of(
                        asked.form()::value, AskForm.fields(asked.kind()).toArray(String[]::new))
                .with("key", asked.form().value("key"));
    }

    private static Answer quote(Visit visit, AskForm asked, boolean isAnew) {
        return Typed.submit(
                visit,
                asked.form(),
                TOLD,
                () -> {
                    Money amount = asked.amount().orElseThrow();
                    var found = visit.core()
                            .requests()
                            .calculateRequest(CalculateRequestRequest.newBuilder()
                                    .setDetails(asked.details())
                                    .setAmount(amount)
                                    .build());
                    long taken = found.getCalculation().getTakenFromSender().getMinor();
                    asked.form().with("taken", Long.toString(taken));
                    if (isAnew) {
                        asked.form().wrong("", visit.view().t("ask.price-changed"));
                    }
                    var page = quoted(visit, asked, found);
                    return isAnew
                            ? Answer.refused("admin/quote", page)
                            : Answer.page("admin/quote", page);
                },
                () -> refused(visit, asked));
    }

    private static Answer refused(Visit visit, AskForm asked) {
        return Answer.refused("admin/ask", page(visit, asked.kind(), asked.form()));
    }

    private static QuotePage quoted(Visit visit, AskForm asked, CalculateRequestResponse found) {
        var limits = visit.view().may("commission.read")
                ? visit.core()
                        .commissions()
                        .getLimitUse(GetLimitUseRequest.newBuilder()
                                .setOwner(asked.payer().map(Coin::getOwner).orElse(""))
                                .build())
                : GetLimitUseResponse.getDefaultInstance();
        String currency = found.getCalculation().getAmount().getCurrency();
        return new QuotePage(
                RequestPage.planned(visit.view(), asked, found.getCalculation()),
                found.getExceededLimit(),
                found.getConsequence(),
                limits.getUsesList().stream()
                        .filter(each -> each.getLimit().getKind() == asked.kind())
                        .filter(each -> each.getLimit().getCurrency().equals(currency))
                        .toList(),
                limits.getProfilesList());
    }

    private static Answer send(Visit visit, AskForm asked) {
        var form = asked.form();
        if (form.hasErrors() || !form.value("taken").matches("[0-9]{1,18}")) {
            return quote(visit, asked, false);
        }
        Money amount = asked.amount().orElseThrow();
        Money taken =
                amount.toBuilder().setMinor(Long.parseLong(form.value("taken"))).build();
        try {
            return Typed.submit(
                    visit,
                    form,
                    without(TOLD, Reason.STALE),
                    () -> {
                        var made = visit.core()
                                .requests()
                                .createRequest(CreateRequestRequest.newBuilder()
                                        .setIdempotencyKey(form.value("key"))
                                        .setDetails(asked.details())
                                        .setAmount(amount)
                                        .setWhy(form.value("why"))
                                        .setExpectedTaken(taken)
                                        .build())
                                .getRequest();
                        return Answer.seeOther("/requests/" + made.getId() + "?done=request-made");
                    },
                    () -> refused(visit, asked));
        } catch (Failure failed) {
            return switch (failed.reason()) {
                case STALE -> quote(visit, asked, true);
                // The key was used for something else: what is sent next is on purpose.
                case IDEMPOTENCY_CONFLICT -> {
                    form.with("key", visit.view().newKey())
                            .wrong("", visit.view().t("ask.sent-before"));
                    yield refused(visit, asked);
                }
                default -> throw failed;
            };
        }
    }

    private static Map<Reason, String> without(Map<Reason, String> told, Reason reason) {
        var rest = new EnumMap<Reason, String>(told);
        rest.remove(reason);
        return rest;
    }
}
