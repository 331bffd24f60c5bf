package org.almonry.webkit;

import static java.util.Objects.requireNonNull;

import org.almonry.error.v1.Reason;
import org.almonry.wire.Failure;

/// An answer that is not what was asked for: a status, and the key of the sentence that
/// explains it. Thrown by pages and rendered by [ProblemPages].
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String key;
    private final String detail;

    private Problem(int status, String key, String detail) {
        super(status + " " + key, null, false, false);
        this.status = status;
        this.key = requireNonNull(key, "key is null");
        this.detail = requireNonNull(detail, "detail is null");
    }

    /// A problem with a sentence of the catalogue `webkit` (`problem.<key>`).
    public static Problem of(int status, String key) {
        return new Problem(status, key, "");
    }

    /// There is no such page, or not for this reader.
    public static Problem notFound() {
        return of(404, "not-found");
    }

    /// The request does not make sense.
    public static Problem badRequest() {
        return of(400, "bad-request");
    }

    /// The core said no, for this reason. Its own text stays in the log: it is English, and
    /// the page speaks the reader's language.
    public static Problem of(Failure failure) {
        Reason reason = failure.reason();
        return new Problem(statusOf(reason), keyOf(reason), "");
    }

    /// The same problem with a sentence that is safe to show and in the reader's language.
    public Problem withDetail(String sentence) {
        return new Problem(status, key, sentence);
    }

    /// The HTTP status of a reason; the one place where the two meet.
    public static int statusOf(Reason reason) {
        return switch (reason) {
            case INVALID_ARGUMENT -> 400;
            case SIGN_IN_NEEDED -> 401;
            case NOT_ALLOWED -> 403;
            case NOT_FOUND -> 404;
            case IDEMPOTENCY_CONFLICT, STALE, WRONG_STATE -> 409;
            case LIMIT_REACHED -> 429;
            case UNAVAILABLE, TOO_LATE -> 503;
            case INTERNAL, REASON_UNSPECIFIED, UNRECOGNIZED -> 500;
        };
    }

    private static String keyOf(Reason reason) {
        return switch (reason) {
            case INVALID_ARGUMENT -> "bad-request";
            case SIGN_IN_NEEDED -> "sign-in-needed";
            case NOT_ALLOWED -> "not-allowed";
            case NOT_FOUND -> "not-found";
            case IDEMPOTENCY_CONFLICT -> "used-before";
            case STALE -> "stale";
            case WRONG_STATE -> "wrong-state";
            case LIMIT_REACHED -> "limit-reached";
            case UNAVAILABLE, TOO_LATE -> "unavailable";
            case INTERNAL, REASON_UNSPECIFIED, UNRECOGNIZED -> "internal";
        };
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// The end of the catalogue key.
    public String key() {
        return key;
    }

    /// A further sentence to show, or nothing.
    public String detail() {
        return detail;
    }
}
