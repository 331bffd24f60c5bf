package org.almonry.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// What an attempt to judge requests came to: what is to be written, from its first id on,
/// and what everybody is answered once it is.
public record Batch(long firstId, Instant at, List<Accepted> accepted, List<Answer> answers) {
    /// A request that fits, with the place of its postings in the batch.
    public record Accepted(
            PostRequest request,
            byte[] digest,
            LocalDate effectiveOn,
            long firstId,
            List<Posting> postings) {}

    record Answer(Intake.Ticket ticket, PostResult result) {}

    Batch(long firstId, Instant at) {
        this(firstId, at, new ArrayList<>(), new ArrayList<>());
    }

    /// The id of what is posted next.
    long nextId() {
        return accepted.isEmpty()
                ? firstId
                : accepted.getLast().firstId() + accepted.getLast().postings().size();
    }

    /// How many transactions it writes.
    public int size() {
        return (int) (nextId() - firstId);
    }

    /// Answers everybody; only after the commit.
    void answer() {
        answers.forEach(each -> each.ticket.answer().complete(each.result));
    }
}
