package org.almonry.ledger.rpc;

import org.almonry.ledger.v1.AdministrativeHold;
import org.almonry.ledger.v1.Authorization;
import org.almonry.ledger.v1.BalanceCheck;
import org.almonry.ledger.v1.Capture;
import org.almonry.ledger.v1.CoinKind;
import org.almonry.ledger.v1.Correction;
import org.almonry.ledger.v1.GetCoinRequest;
import org.almonry.ledger.v1.LedgerReaderServiceGrpc;
import org.almonry.ledger.v1.LedgerReaderServiceGrpc.LedgerReaderServiceBlockingStub;
import org.almonry.ledger.v1.LedgerServiceGrpc;
import org.almonry.ledger.v1.LedgerServiceGrpc.LedgerServiceBlockingStub;
import org.almonry.ledger.v1.Merge;
import org.almonry.ledger.v1.Move;
import org.almonry.ledger.v1.OpenCoinRequest;
import org.almonry.ledger.v1.OpenIssuerRequest;
import org.almonry.ledger.v1.Operation;
import org.almonry.ledger.v1.PostRequest;
import org.almonry.ledger.v1.Posting;
import org.almonry.ledger.v1.PostingResult;
import org.almonry.ledger.v1.Reversal;
import org.almonry.ledger.v1.Split;
import org.almonry.testing.TestCore;
import org.almonry.type.v1.Money;
import org.almonry.wire.Identity;
import org.almonry.wire.Ids;

import java.time.Clock;

/// A process of somebody who uses the ledger through its contract alone, over mutual TLS.
final class Integrator {
    static final String DAY = "2026-03-01";

    final Ids ids = new Ids(Clock.systemUTC());
    final LedgerServiceBlockingStub ledger;
    final LedgerReaderServiceBlockingStub reader;

    Integrator(TestCore core) {
        var channel = core.channel(Identity.LEDGER_WRITER);
        ledger = LedgerServiceGrpc.newBlockingStub(channel);
        reader = LedgerReaderServiceGrpc.newBlockingStub(channel);
        issuer("shop");
    }

    void issuer(String key) {
        ledger.openIssuer(
                OpenIssuerRequest.newBuilder().setIssuerKey(key).setName(key).build());
    }

    String coin(CoinKind kind, String owner) {
        return coin("shop", "EUR", kind, owner);
    }

    String coin(String issuer, String currency, CoinKind kind, String owner) {
        return ledger.openCoin(OpenCoinRequest.newBuilder()
                        .setIssuerKey(issuer)
                        .setCurrency(currency)
                        .setKind(kind)
                        .setName("Coin of " + owner)
                        .setOwner(owner)
                        .build())
                .getCoin()
                .getId();
    }

    org.almonry.ledger.v1.Coin state(String coin) {
        return reader.getCoin(GetCoinRequest.newBuilder().setCoinId(coin).build())
                .getCoin();
    }

    long balance(String coin) {
        return state(coin).getBalance().getMinor();
    }

    PostingResult post(Operation... operations) {
        return post(posting(operations));
    }

    PostingResult post(Posting.Builder posting) {
        return ledger.post(PostRequest.newBuilder().setPosting(posting).build()).getResult();
    }

    Posting.Builder posting(Operation... operations) {
        return Posting.newBuilder()
                .setRequestId(ids.next("req"))
                .setEffectiveOn(DAY)
                .addAllOperations(java.util.List.of(operations));
    }

    static Money eur(long minor) {
        return Money.newBuilder().setCurrency("EUR").setMinor(minor).build();
    }

    static Operation issue(String from, String to, long minor) {
        return Operation.newBuilder().setIssue(move(from, to, minor)).build();
    }

    static Operation redeem(String from, String to, long minor) {
        return Operation.newBuilder().setRedeem(move(from, to, minor)).build();
    }

    static Operation transfer(String from, String to, long minor) {
        return Operation.newBuilder().setTransfer(move(from, to, minor)).build();
    }

    static Operation commission(String from, String to, long minor) {
        return Operation.newBuilder().setCommission(move(from, to, minor)).build();
    }

    static Operation correction(String transaction, String from, String to, long minor) {
        return Operation.newBuilder()
                .setCorrection(Correction.newBuilder()
                        .setCorrectsTransactionId(transaction)
                        .setSourceCoinId(from)
                        .setDestinationCoinId(to)
                        .setAmount(eur(minor)))
                .build();
    }

    static Operation split(String from, String owner, long minor) {
        return Operation.newBuilder()
                .setSplit(Split.newBuilder()
                        .setSourceCoinId(from)
                        .setKind(CoinKind.COIN_KIND_POT)
                        .setName("Pot of " + owner)
                        .setOwner(owner)
                        .setAmount(eur(minor)))
                .build();
    }

    static Operation merge(String from, String to) {
        return Operation.newBuilder()
                .setMerge(Merge.newBuilder().setSourceCoinId(from).setDestinationCoinId(to))
                .build();
    }

    static Operation balanceIs(String coin, long minor) {
        return Operation.newBuilder()
                .setBalance(BalanceCheck.newBuilder().setCoinId(coin).setExpected(eur(minor)))
                .build();
    }

    static Operation authorize(String coin, long minor) {
        return Operation.newBuilder().setAuthorize(authorization(coin, minor)).build();
    }

    static Authorization.Builder authorization(String coin, long minor) {
        return Authorization.newBuilder().setSourceCoinId(coin).setAmount(eur(minor));
    }

    static Operation hold(String coin, long minor) {
        return Operation.newBuilder()
                .setHold(AdministrativeHold.newBuilder().setCoinId(coin).setAmount(eur(minor)))
                .build();
    }

    static Operation capture(String hold, String to, long minor) {
        return Operation.newBuilder()
                .setCapture(Capture.newBuilder()
                        .setHoldId(hold)
                        .setDestinationCoinId(to)
                        .setAmount(eur(minor)))
                .build();
    }

    static Operation reverse(String hold) {
        return Operation.newBuilder()
                .setReverse(Reversal.newBuilder().setHoldId(hold))
                .build();
    }

    /// The hold that the first operation of a posted request has reserved.
    static String holdOf(PostingResult result) {
        return result.getPosted().getTransactionIds(0).replace("txn_", "hold_");
    }

    private static Move move(String from, String to, long minor) {
        return Move.newBuilder()
                .setSourceCoinId(from)
                .setDestinationCoinId(to)
                .setAmount(eur(minor))
                .build();
    }
}
