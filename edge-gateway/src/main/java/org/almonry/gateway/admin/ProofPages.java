package org.almonry.gateway.admin;

import io.grpc.StatusRuntimeException;
import io.helidon.webserver.http.HttpRouting;

import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.ledger.v1.Checkpoint;
import org.almonry.ledger.v1.CreateCheckpointRequest;
import org.almonry.ledger.v1.GetCheckStateRequest;
import org.almonry.ledger.v1.GetCheckpointRequest;
import org.almonry.ledger.v1.GetConsistencyProofRequest;
import org.almonry.ledger.v1.GetInclusionProofRequest;
import org.almonry.ledger.v1.GetLedgerStateRequest;
import org.almonry.ledger.v1.LiftHaltRequest;
import org.almonry.ledger.v1.ListCheckpointsRequest;
import org.almonry.ledger.v1.RunCheckRequest;
import org.almonry.webkit.Problem;
import org.almonry.wire.Failure;

import java.util.List;
import java.util.Set;

/// How far the books are proven: the signed checkpoints, and for one transaction all that an
/// outsider needs to check that it is in them. Nothing is checked here for the reader: a
/// proof that its own keeper calls right proves nothing.
public final class ProofPages {

    private static final Set<Reason> TOLD = Set.of(Reason.NOT_FOUND, Reason.WRONG_STATE);

    private ProofPages() {}

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        desk.get(routes, "/proof", visit -> Answer.page("admin/proof", page(visit, none())));
        desk.post(routes, "/proof/checkpoints", "checkpoint", ProofPages::sign);
        desk.get(routes, "/proof/checkpoints/{size}", ProofPages::checkpoint);
        desk.post(routes, "/proof/check", "check", ProofPages::check);
        desk.get(routes, "/proof/lift", visit -> Answer.page("admin/lift", lifting(visit, none())));
        desk.post(routes, "/proof/lift", "lift", ProofPages::lift);
        desk.get(routes, "/transactions/{id}/proof", ProofPages::inclusion);
    }

    private static FormState none() {
        return new FormState();
    }

    private static ProofPage page(Visit visit, FormState form) {
        var proof = visit.core().ledgerProof();
        var checkpoints = proof.listCheckpoints(
                ListCheckpointsRequest.newBuilder().setPage(visit.page()).build());
        String key = checkpoints.getCheckpointsCount() == 0
                ? ""
                : proof.getCheckpoint(GetCheckpointRequest.getDefaultInstance()).getVerifierKey();
        return new ProofPage(
                visit.core().ledger().getLedgerState(GetLedgerStateRequest.getDefaultInstance()),
                visit.core().ledgerCheck().getCheckState(GetCheckStateRequest.getDefaultInstance()),
                checkpoints.getCheckpointsList(),
                key,
                form,
                visit.next(checkpoints.getPage()),
                visit.first());
    }

    /// A form: it reads the books, and halts them if they are wrong.
    private static Answer check(Visit visit) {
        var form = none();
        return Typed.submit(
                visit,
                form,
                () -> {
                    var _ = visit.core()
                            .ledgerCheck()
                            .runCheck(RunCheckRequest.getDefaultInstance());
                },
                () -> Answer.seeOther("/proof?done=checked"),
                () -> Answer.refused("admin/proof", page(visit, form)));
    }

    private static LiftPage lifting(Visit visit, FormState form) {
        return new LiftPage(
                visit.core().ledgerCheck().getCheckState(GetCheckStateRequest.getDefaultInstance()),
                form);
    }

    private static Answer lift(Visit visit) {
        var form = FormState.of(visit.form(), "why", "accept").need(visit.view(), "why");
        return Typed.submit(
                visit,
                form,
                () -> {
                    var _ = visit.core()
                            .ledgerCheck()
                            .liftHalt(LiftHaltRequest.newBuilder()
                                    .setWhy(form.value("why"))
                                    .setAcceptFaults(form.value("accept").equals("yes"))
                                    .build());
                },
                () -> Answer.seeOther("/proof?done=lifted"),
                () -> Answer.refused("admin/lift", lifting(visit, form)));
    }

    /// The core repeats nothing: without a new commit the newest checkpoint is the answer.
    private static Answer sign(Visit visit) {
        String transaction = visit.form().text("transaction");
        var form = none();
        return Typed.submit(
                visit,
                form,
                () -> {},
                () -> {
                    Checkpoint made = visit.core()
                            .ledgerProof()
                            .createCheckpoint(CreateCheckpointRequest.getDefaultInstance())
                            .getCheckpoint();
                    return Answer.seeOther(
                            transaction.matches("txn_[0-9]{1,18}")
                                    ? "/transactions/" + transaction + "/proof?done=checkpoint"
                                    : "/proof/checkpoints/" + made.getSize() + "?done=checkpoint");
                },
                () -> Answer.refused("admin/proof", page(visit, form)));
    }

    private static Answer checkpoint(Visit visit) {
        String size = visit.path("size");
        if (!size.matches("[1-9][0-9]{0,17}")) {
            throw Problem.notFound();
        }
        var proof = visit.core().ledgerProof();
        var found = proof.getCheckpoint(
                GetCheckpointRequest.newBuilder().setSize(Long.parseLong(size)).build());
        var newest =
                proof.getCheckpoint(GetCheckpointRequest.getDefaultInstance()).getCheckpoint();
        if (newest.getSize() == found.getCheckpoint().getSize()) {
            return Answer.page(
                    "admin/checkpoint", new CheckpointPage(found, newest, List.of(), ""));
        }
        try {
            var path = proof.getConsistencyProof(GetConsistencyProofRequest.newBuilder()
                            .setFromSize(found.getCheckpoint().getSize())
                            .build())
                    .getPathList();
            return Answer.page(
                    "admin/checkpoint", new CheckpointPage(found, newest, ProofText.hex(path), ""));
        } catch (StatusRuntimeException thrown) {
            return Answer.page(
                    "admin/checkpoint", new CheckpointPage(found, newest, List.of(), told(thrown)));
        }
    }

    private static Answer inclusion(Visit visit) {
        String id = visit.path("id");
        try {
            var proof = visit.core()
                    .ledgerProof()
                    .getInclusionProof(GetInclusionProofRequest.newBuilder()
                            .setTransactionId(id)
                            .build());
            return Answer.page(
                    "admin/inclusion", new InclusionPage(id, ProofText.of(id, proof), proof, ""));
        } catch (StatusRuntimeException thrown) {
            return new Answer.Page(
                    404, "admin/inclusion", new InclusionPage(id, "", null, told(thrown)));
        }
    }

    /// Why there is no proof, if the reader can do something about it.
    private static String told(StatusRuntimeException thrown) {
        var failure = Failure.from(thrown);
        if (!TOLD.contains(failure.reason())) {
            throw failure;
        }
        return failure.safeText();
    }
}
