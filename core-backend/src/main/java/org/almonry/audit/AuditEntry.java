package org.almonry.audit;

/// Who did what, about what, and how it ended. Holds ids and words, never personal data.
///
/// @param actor usr_…, "job:…" or "service:…"
/// @param service the process identity that the call came through, such as "admin/admin";
///     may be empty
/// @param action a method or a step, such as "BookIncoming"
/// @param outcome "ok", or a reason
public record AuditEntry(
        String actor,
        String service,
        String action,
        String subject,
        String outcome,
        String detail) {
    /// An audit row is a line; details belong to the process that it names.
    public static final int TEXT_MAX = 2000;

    public AuditEntry {
        if (actor.isEmpty() || action.isEmpty() || outcome.isEmpty()) {
            throw new IllegalArgumentException("an audit row needs actor, action and outcome");
        }
        check(actor);
        check(service);
        check(action);
        check(subject);
        check(outcome);
        check(detail);
    }

    private static void check(String text) {
        if (text.length() > TEXT_MAX || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "a text of an audit row is longer than " + TEXT_MAX + " or has a NUL");
        }
    }
}
