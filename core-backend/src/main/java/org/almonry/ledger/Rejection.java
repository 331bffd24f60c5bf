package org.almonry.ledger;

/// Why a request was not posted, in order of precedence: operations are judged one after
/// the other, the first that fails decides, and of its reasons the first of this list is
/// the answer; then the request as a whole is judged (from `CYCLE` on). A rejection leaves
/// no trace, and the request id may be tried again.
public enum Rejection {
    AMOUNT_NOT_POSITIVE("The amount is not positive"),
    SAME_COIN("Source and destination are the same coin"),
    HOLD_UNKNOWN("There is no such hold"),
    COIN_UNKNOWN("There is no such coin"),
    COIN_CLOSED("The coin is closed"),
    COIN_FROZEN("The coin is frozen"),
    /// K-005.
    ISSUER_MISMATCH("The coins have different issuers"),
    CURRENCY_MISMATCH("The coins have different currencies"),
    /// Only issuing coins issue and take back; only coins for commissions take one (K-016).
    TYPE_NOT_ALLOWED("The kinds of the coins do not allow this type of transaction"),
    /// K-012.
    COIN_EXISTS("The coin to be split off exists already"),
    HOLD_SPENT("The hold was captured or given back before"),
    HOLD_EXPIRED("The hold has expired and can only be given back"),
    HOLD_TOO_SMALL("Less than this amount is held"),
    /// K-013.
    COIN_HAS_HOLDS("Something is held on the coin, so it cannot be merged"),
    BALANCE_DIFFERS("The balance is not the expected one"),
    TRANSACTION_UNKNOWN("There is no such transaction to correct"),
    CORRECTION_DIFFERS("The correction is not the opposite of what it corrects"),
    ALREADY_CORRECTED("The transaction was corrected before"),
    OVERFLOW("The amount is too large"),
    /// Available is balance - held + credit limit (K-024).
    INSUFFICIENT_FUNDS("Less than this amount is available"),
    CYCLE("The operations lead value back to a coin that it came from"),
    PERIOD_CLOSED("The books are closed for the date of effect, and open from"),
    /// One to open exists already, or one to advance is not in the state that is expected.
    STALE_PROCESS("The process has changed meanwhile");

    private final String text;

    Rejection(String text) {
        this.text = text;
    }

    /// Why, in words that are safe to show.
    public String text() {
        return text;
    }
}
