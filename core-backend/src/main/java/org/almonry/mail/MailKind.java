package org.almonry.mail;

/// What a mail is about.
public enum MailKind {
    /// A one-time link.
    SIGN_IN("sign-in"),
    /// Thanks to a giver.
    THANK_YOU("thank-you"),
    /// What a fetch brought (C-020).
    FETCH_REPORT("fetch-report"),
    /// A provider is silent (C-015).
    ALARM("alarm");

    private final String text;

    MailKind(String text) {
        this.text = text;
    }

    /// The name in database, texts and contract.
    public String text() {
        return text;
    }
}
