package org.almonry.accounting;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.almonry.money.Currency;
import org.almonry.money.Money;

import java.util.List;

/// What a booking's process remembers: enough to show it and to take it back to the cent,
/// however the project's overhead share may have changed since.
///
/// @param outgoing whether the lines are money that left
/// @param why the clues, or what a person noted
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record BookingDetails(
        List<String> incoming,
        String account,
        String currency,
        List<Share> shares,
        String pledge,
        boolean outgoing,
        String why) {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    BookingDetails {
        incoming = incoming == null ? List.of() : List.copyOf(incoming);
        shares = shares == null ? List.of() : List.copyOf(shares);
        account = account == null ? "" : account;
        pledge = pledge == null ? "" : pledge;
        why = why == null ? "" : why;
    }

    /// A part with the overhead that was taken from it.
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Share(String project, String milestone, long minor, long overhead) {
        Share {
            milestone = milestone == null ? "" : milestone;
        }
    }

    List<Part> parts() {
        var money = Currency.of(currency);
        return shares.stream()
                .map(share -> new Part(
                        share.project(), share.milestone(), new Money(share.minor(), money)))
                .toList();
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("booking details cannot be written", e);
        }
    }

    static BookingDetails of(String json) {
        try {
            return JSON.readValue(json, BookingDetails.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("booking details cannot be read", e);
        }
    }
}
