package org.almonry.accounting;

import static java.util.Objects.requireNonNull;

import org.almonry.audit.AuditEntry;
import org.almonry.audit.AuditLog;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.PostRequest;
import org.almonry.ledger.PostResult;
import org.almonry.wire.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/// Books new lines at once where one exact code leaves no doubt (C-031), batch by batch:
/// codes are looked up set-wise and bookings handed to the ledger together.
///
/// Request and process ids follow from the line. So a crash between matching and booking is
/// settled by considering the same lines again: what was booked answers as a replay, what a
/// person has decided meanwhile is rejected by its state, and nothing is booked twice.
public final class Matching implements NewLines {
    static final String ACTOR = "job:matching";

    /// As many as the ledger's writer takes in one commit.
    private static final int BATCH = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(Matching.class);

    private final Targets targets;
    private final Booker booker;
    private final Ledger ledger;
    private final AuditLog audit;

    Matching(Targets targets, Booker booker, Ledger ledger, AuditLog audit) {
        this.targets = requireNonNull(targets, "targets is null");
        this.booker = requireNonNull(booker, "booker is null");
        this.ledger = requireNonNull(ledger, "ledger is null");
        this.audit = requireNonNull(audit, "audit is null");
    }

    @Override
    public int consider(List<Incoming> lines) {
        int booked = 0;
        for (int from = 0; from < lines.size(); from += BATCH) {
            booked += batch(lines.subList(from, Math.min(lines.size(), from + BATCH)));
        }
        if (booked > 0) {
            audit.append(new AuditEntry(
                    ACTOR,
                    "",
                    "book",
                    lines.getFirst().accountId(),
                    "ok",
                    booked + " of " + lines.size() + " new lines had an exact code"));
        }
        return booked;
    }

    private int batch(List<Incoming> lines) {
        var credits = lines.stream().filter(Incoming::isCredit).toList();
        var known = targets.read(credits);
        var requests = new ArrayList<PostRequest>();
        for (Incoming line : credits) {
            Matcher.certain(line, known.of(line))
                    .ifPresent(found -> requests.add(request(line, found, known)));
        }
        if (requests.isEmpty()) {
            return 0;
        }
        int booked = 0;
        var results = ledger.postAll(requests);
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).isInTheBooks()) {
                booked++;
            } else {
                tell(requests.get(i), results.get(i));
            }
        }
        return booked;
    }

    private PostRequest request(Incoming line, Suggestion found, Targets.Known known) {
        var pledgeId = found.target() instanceof Target.Pledged pledge ? pledge.id() : "";
        var order = new Booker.Order(
                Ids.derive(line.id(), "booking"),
                Ids.text("prc", Ids.derive(line.id(), "booking process")),
                ACTOR,
                String.join(", ", found.reasons()));
        var decision = new Booker.Decision(List.of(line), found.parts(), pledgeId);
        return booker.booking(order, decision, known.directory().projects(), List.of());
    }

    /// The line waits in the inbox with its suggestion; nothing is lost.
    private static void tell(PostRequest request, PostResult result) {
        if (result instanceof PostResult.Rejected rejected) {
            LOG.info("not booked at once: {} {}", request.processId(), rejected.text());
        } else {
            LOG.warn("not booked at once: {} {}", request.processId(), result);
        }
    }
}
