package org.almonry.ledger;

/// Why a request was not posted, in order of precedence: operations are judged one after
/// the other, the first that fails decides, and of its reasons the first of this list is
/// the answer. A rejection leaves no trace, and the request id may be tried again.
public enum Rejection {
    /// The amount of an operation is zero or negative.
    AMOUNT_NOT_POSITIVE,
    /// Source and destination are the same coin.
    SAME_COIN,
    /// There is no such coin.
    COIN_UNKNOWN,
    /// The coin is closed.
    COIN_CLOSED,
    /// The two coins have different issuers (K-005).
    ISSUER_MISMATCH,
    /// The two coins have different currencies.
    CURRENCY_MISMATCH,
    /// The kinds of the coins do not allow this type: only issuing coins issue and take
    /// back (K-016: only an overhead coin takes a commission).
    TYPE_NOT_ALLOWED,
    /// A balance would leave the range of a 64-bit number.
    OVERFLOW,
    /// The source has less than the amount available: balance - held + credit limit
    /// (K-024).
    INSUFFICIENT_FUNDS,
    /// A process to open exists already, or one to advance is not in the state that the
    /// caller expects.
    STALE_PROCESS
}
