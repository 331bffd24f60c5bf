package org.almonry.demobank;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// An entry of the demo bank: signed minor units on one of its accounts. An entry without a
/// reference of its own is one that the bank reports as banks do that have none.
record Payment(
        String iban,
        String currency,
        long minor,
        String name,
        String text,
        String date,
        String reference) {

    static final String FAIL_ONCE = "FAIL-ONCE";
    static final String TIMEOUT_ONCE = "TIMEOUT-ONCE";
    static final String PARTIAL = "PARTIAL";
    static final String REPEAT = "REPEAT";
    static final String OVERLAP = "OVERLAP";
    static final String TWICE = "TWICE";

    Payment {
        requireNonNull(iban, "iban is null");
        requireNonNull(currency, "currency is null");
        requireNonNull(name, "name is null");
        requireNonNull(text, "text is null");
        requireNonNull(date, "date is null");
        requireNonNull(reference, "reference is null");
    }

    boolean asksFor(String magic) {
        return text.contains(magic);
    }

    @JsonIgnore
    boolean isCredit() {
        return minor > 0;
    }
}
