package org.almonry.gateway.testing;

import static org.almonry.gateway.testing.Money.eur;

import org.almonry.accounting.v1.Account;
import org.almonry.accounting.v1.Allocation;
import org.almonry.accounting.v1.FetchRun;
import org.almonry.accounting.v1.FetchState;
import org.almonry.accounting.v1.FileRefused;
import org.almonry.accounting.v1.Incoming;
import org.almonry.accounting.v1.IncomingState;
import org.almonry.accounting.v1.MemberSuggestion;
import org.almonry.accounting.v1.Provider;
import org.almonry.accounting.v1.StatementPreview;
import org.almonry.accounting.v1.StatementSummary;
import org.almonry.accounting.v1.Suggestion;
import org.almonry.accounting.v1.UploadStatementResponse;
import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;

import java.util.List;

/// Lines, runs and providers as a core would answer them. Names are made to be dangerous in
/// markup.
public final class Samples {

    static final long VERSION = 3;

    /// A name that must come out escaped.
    public static final String DONOR = "M. Kowalska <b>& Söhne</b>";

    private Samples() {}

    static List<Provider> providers() {
        var account = Account.newBuilder()
                .setId("acc_1")
                .setProvider("demo-bank")
                .setIdentification("DE02120300000000202051")
                .setBic("BYLADEM1001")
                .setHolder("River Trust e.V.")
                .setCurrency("EUR")
                .setCoinId("coin_2")
                .setReported(eur(1_824_011))
                .setReportedOn("2026-11-20")
                .setLedger(eur(1_824_011))
                .setDrift(eur(0));
        return List.of(
                Provider.newBuilder()
                        .setName("demo-bank")
                        .setKind("sandbox")
                        .addCapabilities("fetches-statements")
                        .addAccounts(account)
                        .setLastRun(run(FetchState.FETCH_STATE_SUCCEEDED))
                        .setLastSuccessAt(FakeAccounting.at())
                        .setNextRunAt(FakeAccounting.at())
                        .build(),
                Provider.newBuilder()
                        .setName("bank")
                        .setKind("bank")
                        .addCapabilities("reads-files")
                        .addCapabilities("fetches-statements")
                        .addAccounts(account.clone()
                                .setId("acc_2")
                                .setIdentification("DE89370400440532013000")
                                .setDrift(eur(-2500)))
                        .setLastRun(run(FetchState.FETCH_STATE_FAILED))
                        .setAlarm(true)
                        .build());
    }

    /// A run in a state.
    public static FetchRun run(FetchState state) {
        var run = FetchRun.newBuilder()
                .setId("run_01")
                .setProvider("demo-bank")
                .setState(state)
                .setPages(3)
                .setEntries(212)
                .setAdded(4)
                .setDuplicates(208)
                .setBooked(3)
                .setTrigger("person")
                .setStartedAt(FakeAccounting.at());
        if (state == FetchState.FETCH_STATE_SUCCEEDED || state == FetchState.FETCH_STATE_FAILED) {
            run.setFinishedAt(FakeAccounting.at().toBuilder().setSeconds(1_795_000_012));
        }
        if (state == FetchState.FETCH_STATE_FAILED) {
            run.setCause("The bank did not answer within 30 s. Nothing was lost; it is tried"
                            + " again.")
                    .setNextRetryAt(FakeAccounting.at())
                    .addBreaks("Statement 4711: 3 entries are missing.");
        }
        return run.build();
    }

    static List<Incoming> lines() {
        return List.of(line("inc_01"), line("inc_02"), line("inc_03"));
    }

    static Incoming line(String id) {
        var otters = Allocation.newBuilder()
                .setProjectId("prj_1")
                .setAmount(eur(5000))
                .setLabel("Otter rescue");
        return switch (id) {
            case "inc_01" ->
                base(id, 5000)
                        .setCounterpartyName(DONOR)
                        .setCounterpartyAccount("DE75512108001245126199")
                        .setRemittance("Otter RF18 5390 0754 7034\nThank you")
                        .addSuggestions(Suggestion.newBuilder()
                                .setKind("pledge")
                                .setTargetId("pld_1")
                                .setLabel("Pledge of 50.00 EUR for Otter rescue")
                                .setScore(98)
                                .addReasons("reference RF18 5390 0754 7034 equal")
                                .addReasons("amount equal")
                                .addAllocations(otters))
                        .addMemberSuggestions(MemberSuggestion.newBuilder()
                                .setProjectId("prj_1")
                                .setProjectName("Otter rescue")
                                .setByUserRef("usr_3")
                                .setComment("Was meant for the nets")
                                .setAt(FakeAccounting.at()))
                        .setRaw("<Ntry><Amt Ccy=\"EUR\">50.00</Amt></Ntry>")
                        .setRateNote("1 EUR = 1.1300 USD, ECB, 2026-11-20")
                        .build();
            case "inc_02" -> base(id, 2001).setRemittance("donation").build();
            case "inc_03" -> base(id, -1250).setCounterpartyName("Bank fees").build();
            case "inc_04" ->
                base(id, 5000)
                        .setState(IncomingState.INCOMING_STATE_BOOKED)
                        .addAllocations(otters)
                        .build();
            default -> throw new Failure(Reason.NOT_FOUND, "There is no such line.");
        };
    }

    private static Incoming.Builder base(String id, long minor) {
        return Incoming.newBuilder()
                .setId(id)
                .setAccountId("acc_1")
                .setBookingDate("2026-11-20")
                .setValueDate("2026-11-20")
                .setAmount(eur(minor))
                .setProviderReference("2026112000" + id.substring(4))
                .setState(IncomingState.INCOMING_STATE_WAITING)
                .setProcessId("prc_0196")
                .setVersion(VERSION)
                .setFetchedAt(FakeAccounting.at());
    }

    static StatementSummary statement() {
        return StatementSummary.newBuilder()
                .setAccount("DE02120300000000202051")
                .setStatementId("2026-224")
                .setOpening(eur(100_000))
                .setClosing(eur(107_500))
                .setEntries(4)
                .addBreaks("The statement before it is missing.")
                .build();
    }

    static UploadStatementResponse preview() {
        return UploadStatementResponse.newBuilder()
                .setPreview(StatementPreview.newBuilder()
                        .setUploadId("upl_1")
                        .setFormat("camt.053.001.08")
                        .addStatements(statement())
                        .addSample(line("inc_01"))
                        .setStatementCount(1)
                        .setEntryCount(4))
                .build();
    }

    static UploadStatementResponse refused() {
        return UploadStatementResponse.newBuilder()
                .setRefused(FileRefused.newBuilder()
                        .setReason("the file ends inside an element")
                        .setLine(17))
                .build();
    }
}
