package org.almonry.gateway.admin;

import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.ledger.v1.Coin;
import org.almonry.process.v1.BankRedeem;
import org.almonry.process.v1.BankTopUp;
import org.almonry.process.v1.ClientIssue;
import org.almonry.process.v1.ClientTransfer;
import org.almonry.process.v1.Redeem;
import org.almonry.process.v1.RequestDetails;
import org.almonry.process.v1.RequestKind;
import org.almonry.type.v1.Money;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What somebody typed for a request. Fields are named as in the contract, so that what the
/// core finds is told beside them.
///
/// @param from the coin that pays, or null
/// @param to the coin that receives, or null
/// @param amount empty where something is wrong
record AskForm(
        RequestKind kind,
        FormState form,
        @Nullable Coin from,
        @Nullable Coin to,
        Optional<Money> amount) {

    /// What the person notes must fit the core's field.
    private static final int WHY_MAX = 300;

    /// The core looks for no more.
    private static final int NAME_MAX = 100;

    private static final String REFERENCE = "[A-Za-z0-9 /.-]{1,35}";

    static List<String> coinFields(RequestKind kind) {
        return kind == RequestKind.REQUEST_KIND_CLIENT_TRANSFER
                ? List.of("from_coin_id", "to_coin_id")
                : List.of("coin_id");
    }

    static boolean hasAccount(RequestKind kind) {
        return kind == RequestKind.REQUEST_KIND_BANK_TOP_UP
                || kind == RequestKind.REQUEST_KIND_BANK_REDEEM;
    }

    /// All that is typed.
    static List<String> fields(RequestKind kind) {
        var fields = new ArrayList<>(coinFields(kind));
        fields.add("amount");
        if (hasAccount(kind)) {
            fields.add("account_id");
            fields.add("reference");
        }
        fields.add("why");
        return fields;
    }

    /// Reads a posted form. A coin that was named by its name is found here.
    static AskForm read(Visit visit, RequestKind kind) {
        View view = visit.view();
        var fields = new ArrayList<>(fields(kind));
        fields.add("key");
        fields.add("taken");
        var form = FormState.of(visit.form(), fields.toArray(String[]::new))
                .need(view, coinFields(kind).toArray(String[]::new))
                .need(view, "amount");
        if (form.value("why").length() > WHY_MAX) {
            form.wrong("why", view.t("ask.why-long"));
        }
        if (hasAccount(kind)) {
            form.need(view, "account_id", "reference");
            if (!form.value("reference").matches(REFERENCE)) {
                form.wrong("reference", view.t("ask.reference-wrong"));
            }
        }
        var coins = coinFields(kind).stream()
                .map(field -> coin(visit, form, field))
                .flatMap(Optional::stream)
                .toList();
        if (coins.size() < coinFields(kind).size()) {
            // So that all that is wrong is told at once.
            var _ = Typed.amount(view, form, "amount", view.currency());
            return new AskForm(kind, form, null, null, Optional.empty());
        }
        Coin first = coins.getFirst();
        boolean enters = kind == RequestKind.REQUEST_KIND_CLIENT_ISSUE
                || kind == RequestKind.REQUEST_KIND_BANK_TOP_UP;
        Coin from = enters ? null : first;
        Coin to = enters ? first : coins.size() == 2 ? coins.getLast() : null;
        if (from != null && to != null && from.getId().equals(to.getId())) {
            form.wrong("to_coin_id", view.t("ask.same-coin"));
        }
        var amount = Typed.amount(view, form, "amount", first.getBalance().getCurrency());
        return new AskForm(kind, form, from, to, amount);
    }

    /// The coin that is meant: by its id, or as the only one that the words fit.
    private static Optional<Coin> coin(Visit visit, FormState form, String field) {
        View view = visit.view();
        String typed = form.value(field);
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        if (typed.matches("coin_[0-9]{1,18}")) {
            var coin = RequestPage.coin(visit, typed);
            if (coin != null && coin.hasBalance()) {
                return Optional.of(coin);
            }
            form.wrong(field, view.t("ask.no-coin"));
            return Optional.empty();
        }
        var found = typed.length() > NAME_MAX ? List.<Coin>of() : Owners.coins(visit, typed);
        var exact = found.stream().filter(each -> each.getName().equals(typed)).toList();
        var meant = exact.isEmpty() ? found : exact;
        if (meant.isEmpty()) {
            form.wrong(field, view.t("ask.no-coin"));
            return Optional.empty();
        }
        if (meant.size() > 1) {
            form.wrong(field, view.n("ask.many-coins", meant.size(), "some", some(meant)));
            return Optional.empty();
        }
        form.with(field, meant.getFirst().getId());
        return Optional.of(meant.getFirst());
    }

    private static String some(List<Coin> coins) {
        return coins.stream()
                .limit(5)
                .map(each -> each.getName() + " (" + each.getId() + ")")
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    /// Whose limits and prices hold: the payer's, or the receiver's of what comes in.
    Optional<Coin> payer() {
        return Optional.ofNullable(from == null ? to : from);
    }

    RequestDetails details() {
        var details = RequestDetails.newBuilder();
        String coin = payer().map(Coin::getId).orElse("");
        String account = form.value("account_id");
        String reference = form.value("reference");
        switch (kind) {
            case REQUEST_KIND_CLIENT_ISSUE ->
                details.setClientIssue(ClientIssue.newBuilder().setCoinId(coin));
            case REQUEST_KIND_CLIENT_TRANSFER ->
                details.setClientTransfer(ClientTransfer.newBuilder()
                        .setFromCoinId(coin)
                        .setToCoinId(to == null ? "" : to.getId()));
            case REQUEST_KIND_REDEEM -> details.setRedeem(Redeem.newBuilder().setCoinId(coin));
            case REQUEST_KIND_BANK_TOP_UP ->
                details.setBankTopUp(BankTopUp.newBuilder()
                        .setCoinId(coin)
                        .setAccountId(account)
                        .setReference(reference));
            case REQUEST_KIND_BANK_REDEEM ->
                details.setBankRedeem(BankRedeem.newBuilder()
                        .setCoinId(coin)
                        .setAccountId(account)
                        .setReference(reference));
            case REQUEST_KIND_CONTRACT_FEE,
                    REQUEST_KIND_REVERSAL,
                    REQUEST_KIND_UNSPECIFIED,
                    UNRECOGNIZED -> throw new IllegalStateException("nobody asks for " + kind);
        }
        return details.build();
    }
}
