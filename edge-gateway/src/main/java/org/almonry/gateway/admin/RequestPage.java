package org.almonry.gateway.admin;

import io.grpc.StatusRuntimeException;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.FormState;
import org.almonry.gateway.View;
import org.almonry.gateway.Visit;
import org.almonry.ledger.v1.Coin;
import org.almonry.ledger.v1.GetCoinRequest;
import org.almonry.process.v1.Calculation;
import org.almonry.process.v1.GetRequestResponse;
import org.almonry.process.v1.ProcessState;
import org.almonry.process.v1.Request;
import org.almonry.process.v1.RequestAction;
import org.almonry.process.v1.RequestDetails;
import org.almonry.process.v1.RequestStep;
import org.almonry.type.v1.Money;
import org.almonry.type.v1.PageRequest;
import org.almonry.wire.Failure;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A request: what it does in one sentence, what it changes to the cent, and what was done
/// with it.
///
/// @param effects what each side gains or loses, in the order of the money
/// @param isOwn whether the reader asked for it
public record RequestPage(
        Request request,
        String words,
        List<Effect> effects,
        List<RequestStep> steps,
        boolean isOwn,
        FormState form) {
    public RequestPage {
        effects = List.copyOf(effects);
        steps = List.copyOf(steps);
    }

    /// What changes for one side.
    ///
    /// @param role "sender", "receiver", "system" or "provider"
    /// @param coin null where it is not named, or not for the reader to see
    /// @param after the balance with the change; null when nothing is to come any more
    public record Effect(
            String role,
            @Nullable Coin coin,
            Money change,
            @Nullable Money after) {}

    static RequestPage of(Visit visit, GetRequestResponse found, FormState form) {
        var request = found.getRequest();
        Coin from = coin(visit, sender(request.getDetails()));
        Coin to = coin(visit, receiver(request.getDetails()));
        return new RequestPage(
                request,
                words(visit.view(), request, from, to),
                effects(request, from, to),
                found.getStepsList(),
                request.getAskedBy().equals(visit.view().userId()),
                form);
    }

    /// A request as it would be if it were sent now.
    static RequestPage planned(View view, AskForm asked, Calculation calculation) {
        var request = Request.newBuilder()
                .setKind(asked.kind())
                .setDetails(asked.details())
                .setCalculation(calculation)
                .setProcessState(ProcessState.PROCESS_STATE_WAITING_FOR_APPROVAL)
                .setAskedBy(view.userId())
                .build();
        return new RequestPage(
                request,
                words(view, request, asked.from(), asked.to()),
                effects(request, asked.from(), asked.to()),
                List.of(),
                true,
                asked.form());
    }

    /// Whether the reader would have to decide, had somebody else asked.
    public boolean needsAnother() {
        return isOwn
                && !request.getActionsList().contains(RequestAction.REQUEST_ACTION_APPROVE)
                && isUndecided(request);
    }

    private static boolean isUndecided(Request request) {
        return request.getProcessState() == ProcessState.PROCESS_STATE_WAITING_FOR_APPROVAL
                || request.getProcessState() == ProcessState.PROCESS_STATE_LIMITED
                || request.getProcessState() == ProcessState.PROCESS_STATE_PENDING;
    }

    private static String sender(RequestDetails details) {
        return switch (details.getKindCase()) {
            case CLIENT_TRANSFER -> details.getClientTransfer().getFromCoinId();
            case REDEEM -> details.getRedeem().getCoinId();
            case BANK_REDEEM -> details.getBankRedeem().getCoinId();
            case CONTRACT_FEE -> details.getContractFee().getCoinId();
            case CLIENT_ISSUE, BANK_TOP_UP, KIND_NOT_SET -> "";
        };
    }

    private static String receiver(RequestDetails details) {
        return switch (details.getKindCase()) {
            case CLIENT_ISSUE -> details.getClientIssue().getCoinId();
            case CLIENT_TRANSFER -> details.getClientTransfer().getToCoinId();
            case BANK_TOP_UP -> details.getBankTopUp().getCoinId();
            case REDEEM, BANK_REDEEM, CONTRACT_FEE, KIND_NOT_SET -> "";
        };
    }

    /// A coin by its id; with nothing but that where the reader may not see it, or it is not
    /// there. Null for none.
    static @Nullable Coin coin(Visit visit, String id) {
        if (id.isEmpty() || !visit.view().may("ledger.read")) {
            return id.isEmpty() ? null : Coin.newBuilder().setId(id).setName(id).build();
        }
        try {
            return visit.core()
                    .ledger()
                    .getCoin(GetCoinRequest.newBuilder()
                            .setCoinId(id)
                            .setPage(PageRequest.newBuilder().setSize(1))
                            .build())
                    .getCoin();
        } catch (StatusRuntimeException thrown) {
            var failure = Failure.from(thrown);
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return Coin.newBuilder().setId(id).setName(id).build();
        }
    }

    private static String words(
            View view, Request request, @Nullable Coin from, @Nullable Coin to) {
        var details = request.getDetails();
        String account = details.hasBankTopUp()
                ? details.getBankTopUp().getAccountId()
                : details.getBankRedeem().getAccountId();
        String reference = details.hasBankTopUp()
                ? details.getBankTopUp().getReference()
                : details.getBankRedeem().getReference();
        return view.t(
                "request.words." + RequestsPage.word(request.getKind()),
                "amount",
                request.hasCalculation() ? view.money(request.getCalculation().getAmount()) : "",
                "from",
                from == null ? "" : from.getName(),
                "to",
                to == null ? "" : to.getName(),
                "account",
                account,
                "reference",
                reference,
                "month",
                details.getContractFee().getMonth(),
                "corrects",
                request.getCorrects());
    }

    private static List<Effect> effects(Request request, @Nullable Coin from, @Nullable Coin to) {
        var effects = new ArrayList<Effect>();
        if (!request.hasCalculation()) {
            return effects;
        }
        var sums = request.getCalculation();
        boolean isOpen = isUndecided(request);
        if (from != null) {
            effects.add(effect("sender", from, negative(sums.getTakenFromSender()), isOpen));
        }
        if (to != null) {
            effects.add(effect("receiver", to, sums.getGivenToReceiver(), isOpen));
        }
        if (sums.getCommissionOfSystem().getMinor() != 0) {
            effects.add(effect("system", null, sums.getCommissionOfSystem(), isOpen));
        }
        if (sums.getCommissionOfProvider().getMinor() != 0) {
            effects.add(effect("provider", null, sums.getCommissionOfProvider(), isOpen));
        }
        return effects;
    }

    private static Effect effect(String role, @Nullable Coin coin, Money change, boolean isOpen) {
        if (coin == null || !coin.hasBalance() || !isOpen) {
            return new Effect(role, coin, change, null);
        }
        long after = Math.addExact(coin.getBalance().getMinor(), change.getMinor());
        return new Effect(role, coin, change, change.toBuilder().setMinor(after).build());
    }

    private static Money negative(Money amount) {
        return amount.toBuilder().setMinor(Math.negateExact(amount.getMinor())).build();
    }
}
