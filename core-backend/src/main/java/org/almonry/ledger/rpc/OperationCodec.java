package org.almonry.ledger.rpc;

import org.almonry.ledger.CoinKind;
import org.almonry.ledger.NewCoin;
import org.almonry.ledger.Operation;
import org.almonry.ledger.v1.Authorization;
import org.almonry.ledger.v1.Correction;
import org.almonry.ledger.v1.Move;
import org.almonry.ledger.v1.Posting;
import org.almonry.ledger.v1.Split;
import org.almonry.money.Currency;
import org.almonry.type.v1.Money;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Operations from the wire. Ids that have another form than ours become one that
/// names nothing: the books then say that there is no such coin, hold or transaction.
final class OperationCodec {
    /// Of a split off a coin that does not exist; the books refuse it before they look.
    private static final CoinFacts.Fact NOBODY =
            new CoinFacts.Fact(0, new Currency("NONE", 0), CoinKind.PROJECT);

    private static final long NOTHING = -1;

    private OperationCodec() {}

    /// The coins and holds whose currencies are to be compared.
    static void collect(Posting posting, List<Long> coins, List<Long> holds) {
        for (var each : posting.getOperationsList()) {
            switch (each.getKindCase()) {
                case CAPTURE -> holds.add(hold(each.getCapture().getHoldId()));
                case REVERSE, MERGE, KIND_NOT_SET -> {}
                case CORRECTION -> {
                    coins.add(source(each));
                    coins.add(coin(each.getCorrection().getDestinationCoinId()));
                }
                default -> coins.add(source(each));
            }
        }
    }

    /// Whether every amount is in the currency of its coin, as far as the coin exists.
    static boolean isInCurrencies(Posting posting, CoinFacts facts) {
        for (var each : posting.getOperationsList()) {
            var amount = amount(each);
            if (amount == null) {
                continue;
            }
            var fact = each.hasCapture()
                    ? facts.hold(hold(each.getCapture().getHoldId()))
                    : facts.coin(source(each));
            if (fact != null && !fact.currency().code().equals(amount.getCurrency())) {
                return false;
            }
        }
        return true;
    }

    static List<Operation> operations(Posting posting, CoinFacts facts) {
        var result = new ArrayList<Operation>(posting.getOperationsCount());
        for (var each : posting.getOperationsList()) {
            result.add(operation(each, facts));
        }
        return result;
    }

    private static Operation operation(org.almonry.ledger.v1.Operation it, CoinFacts facts) {
        return switch (it.getKindCase()) {
            case ISSUE -> {
                var move = it.getIssue();
                yield new Operation.Issue(source(move), destination(move), minor(move));
            }
            case REDEEM -> {
                var move = it.getRedeem();
                yield new Operation.Redeem(source(move), destination(move), minor(move));
            }
            case TRANSFER -> {
                var move = it.getTransfer();
                yield new Operation.Transfer(source(move), destination(move), minor(move));
            }
            case COMMISSION -> {
                var move = it.getCommission();
                yield new Operation.Commission(source(move), destination(move), minor(move));
            }
            case CORRECTION -> correction(it.getCorrection(), facts);
            case SPLIT -> split(it.getSplit(), facts);
            case MERGE -> {
                var merge = it.getMerge();
                yield new Operation.Merge(
                        coin(merge.getSourceCoinId()), coin(merge.getDestinationCoinId()));
            }
            case BALANCE -> {
                var check = it.getBalance();
                yield new Operation.Balance(
                        coin(check.getCoinId()), check.getExpected().getMinor());
            }
            case AUTHORIZE -> {
                var hold = it.getAuthorize();
                yield new Operation.Authorize(
                        coin(hold.getSourceCoinId()),
                        coin(hold.getDestinationCoinId()),
                        hold.getAmount().getMinor(),
                        expiry(hold));
            }
            case AUTHORIZE_COMMISSION -> {
                var hold = it.getAuthorizeCommission();
                yield new Operation.AuthorizeCommission(
                        coin(hold.getSourceCoinId()),
                        coin(hold.getDestinationCoinId()),
                        hold.getAmount().getMinor(),
                        expiry(hold));
            }
            case CAPTURE -> {
                var capture = it.getCapture();
                yield new Operation.Capture(
                        hold(capture.getHoldId()),
                        coin(capture.getDestinationCoinId()),
                        capture.getAmount().getMinor(),
                        capture.getKeepRest());
            }
            case REVERSE -> new Operation.Reverse(hold(it.getReverse().getHoldId()));
            case HOLD ->
                new Operation.Hold(
                        coin(it.getHold().getCoinId()), it.getHold().getAmount().getMinor());
            case KIND_NOT_SET -> throw LedgerCodec.invalid("operations", "says nothing", null);
        };
    }

    /// The type follows from the coins: what was issued is taken back, what was taken back
    /// is issued, and all else, a commission too, is transferred back.
    private static Operation correction(Correction it, CoinFacts facts) {
        long source = coin(it.getSourceCoinId());
        long destination = coin(it.getDestinationCoinId());
        long minor = it.getAmount().getMinor();
        Operation.Move move;
        if (isIssuing(facts.coin(source))) {
            move = new Operation.Issue(source, destination, minor);
        } else if (isIssuing(facts.coin(destination))) {
            move = new Operation.Redeem(source, destination, minor);
        } else {
            move = new Operation.Transfer(source, destination, minor);
        }
        return new Operation.Correction(
                move, named(LedgerCodec.number("txn_", it.getCorrectsTransactionId())));
    }

    private static boolean isIssuing(CoinFacts.@Nullable Fact fact) {
        return fact != null && fact.kind() == CoinKind.ISSUING;
    }

    private static Operation split(Split it, CoinFacts facts) {
        var fact = facts.coin(coin(it.getSourceCoinId()));
        var of = fact == null ? NOBODY : fact;
        return new Operation.Split(
                coin(it.getSourceCoinId()),
                new NewCoin(
                        of.issuerId(),
                        of.currency(),
                        PostingCodec.kind(it.getKind()),
                        it.getName(),
                        it.getOwner(),
                        it.getLabel()),
                it.getAmount().getMinor());
    }

    private static @Nullable Money amount(org.almonry.ledger.v1.Operation it) {
        return switch (it.getKindCase()) {
            case ISSUE -> it.getIssue().getAmount();
            case REDEEM -> it.getRedeem().getAmount();
            case TRANSFER -> it.getTransfer().getAmount();
            case COMMISSION -> it.getCommission().getAmount();
            case CORRECTION -> it.getCorrection().getAmount();
            case SPLIT -> it.getSplit().getAmount();
            case BALANCE -> it.getBalance().getExpected();
            case AUTHORIZE -> it.getAuthorize().getAmount();
            case AUTHORIZE_COMMISSION -> it.getAuthorizeCommission().getAmount();
            case CAPTURE -> it.getCapture().getAmount();
            case HOLD -> it.getHold().getAmount();
            case MERGE, REVERSE, KIND_NOT_SET -> null;
        };
    }

    private static long source(org.almonry.ledger.v1.Operation it) {
        return switch (it.getKindCase()) {
            case ISSUE -> source(it.getIssue());
            case REDEEM -> source(it.getRedeem());
            case TRANSFER -> source(it.getTransfer());
            case COMMISSION -> source(it.getCommission());
            case CORRECTION -> coin(it.getCorrection().getSourceCoinId());
            case SPLIT -> coin(it.getSplit().getSourceCoinId());
            case BALANCE -> coin(it.getBalance().getCoinId());
            case AUTHORIZE -> coin(it.getAuthorize().getSourceCoinId());
            case AUTHORIZE_COMMISSION -> coin(it.getAuthorizeCommission().getSourceCoinId());
            case HOLD -> coin(it.getHold().getCoinId());
            case MERGE, CAPTURE, REVERSE, KIND_NOT_SET -> 0;
        };
    }

    private static long source(Move move) {
        return coin(move.getSourceCoinId());
    }

    private static long destination(Move move) {
        return coin(move.getDestinationCoinId());
    }

    private static long minor(Move move) {
        return move.getAmount().getMinor();
    }

    private static @Nullable Instant expiry(Authorization hold) {
        return hold.hasExpiresAt() ? LedgerCodec.instant(hold.getExpiresAt(), "expires_at") : null;
    }

    /// 0 for none, where none may be given.
    private static long coin(String id) {
        return id.isEmpty() ? 0 : named(LedgerCodec.number(LedgerCodec.COIN, id));
    }

    private static long hold(String id) {
        return named(LedgerCodec.number(LedgerCodec.HOLD, id));
    }

    private static long named(long number) {
        return number == 0 ? NOTHING : number;
    }
}
