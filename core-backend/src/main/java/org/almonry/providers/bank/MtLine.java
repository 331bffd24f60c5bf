package org.almonry.providers.bank;

import com.prowidesoftware.swift.model.field.Field61;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.providers.StatementLine;
import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/// A movement of an MT940 or MT942: field 61, and the field 86 that follows it.
final class MtLine {
    /// Years are two digits; from here on they belong to the last century.
    private static final int CENTURY_TURN = 80;

    /// Words that Dutch banks write for "see field 86".
    private static final List<String> POINTERS =
            List.of("EREF", "MARF", "PREF", "NONREF", "NOREF", "KREF", "KREF+", "POS");

    /// Rabobank's older files: a reference of 16 characters, filled up, and the other
    /// party's name.
    private static final Pattern REFERENCE_AND_NAME =
            Pattern.compile("(\\S*) {2,}(\\S.*)|(\\S{16})(\\D.*)");

    private final String raw;
    private final Field61 movement;
    private final MtDetails details;
    private final String reference;

    MtLine(MtFields.Field movement, MtFields.@Nullable Field details) {
        this.movement = new Field61(movement.value());
        var text = details == null ? "" : details.value();
        var owner = text(this.movement.getReferenceForTheAccountOwner()).strip();
        this.reference = owner;
        this.details = Texts.isIban(owner) || owner.matches("[0-9]{10}")
                ? MtDetails.ofAccount(owner, text)
                : MtDetails.parse(text);
        this.raw = details == null ? movement.raw() : movement.raw() + "\n" + details.raw();
    }

    /// Whether the bank only expects this movement (EC, ED).
    boolean isExpected() {
        return text(movement.getDebitCreditMark()).startsWith("E");
    }

    StatementLine line(Currency currency, long position) {
        var value = date(movement.getValueDate());
        var supplement = text(movement.getSupplementaryDetails()).strip();
        var account = details.account();
        if (account.isEmpty() && Texts.isIban(supplement)) {
            account = supplement;
        }
        return new StatementLine(
                booked(value),
                value,
                amount(currency),
                name(),
                account,
                details.remittance().isEmpty() && account.isEmpty()
                        ? supplement
                        : details.remittance(),
                Texts.reference(text(movement.getReferenceOfTheAccountServicingInstitution())),
                endToEnd(account),
                code(),
                null,
                Texts.raw(raw),
                position);
    }

    private String name() {
        var both = REFERENCE_AND_NAME.matcher(reference);
        return details.name().isEmpty() && both.matches()
                ? Texts.name(both.group(2) == null ? both.group(4) : both.group(2))
                : details.name();
    }

    private String endToEnd(String account) {
        if (!details.endToEndId().isEmpty()) {
            return details.endToEndId();
        }
        var both = REFERENCE_AND_NAME.matcher(reference);
        var own = both.matches()
                ? text(both.group(1) == null ? both.group(3) : both.group(1))
                : reference;
        return POINTERS.contains(own) || own.equals(account) ? "" : Texts.reference(own);
    }

    /// "140102" as a date.
    static LocalDate date(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{6}")) {
            throw new IllegalArgumentException("\"" + Texts.clip(text(text), 40) + "\" is no date");
        }
        int year = Integer.parseInt(text.substring(0, 2));
        return date(
                year < CENTURY_TURN ? 2000 + year : 1900 + year,
                Integer.parseInt(text.substring(2, 4)),
                Integer.parseInt(text.substring(4)));
    }

    private static LocalDate date(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "%04d-%02d-%02d is no date".formatted(year, month, day), e);
        }
    }

    /// The booking date has no year; it is the one that brings it closest to the value
    /// date.
    private LocalDate booked(LocalDate value) {
        var text = text(movement.getEntryDate());
        if (text.isEmpty()) {
            return value;
        }
        if (!text.matches("[0-9]{4}")) {
            throw new IllegalArgumentException("\"" + Texts.clip(text, 40) + "\" is no date");
        }
        int month = Integer.parseInt(text.substring(0, 2));
        int distance = month - value.getMonthValue();
        int year = value.getYear() + (distance > 6 ? -1 : distance < -6 ? 1 : 0);
        return date(year, month, Integer.parseInt(text.substring(2)));
    }

    private Money amount(Currency currency) {
        var amount = text(movement.getAmount());
        if (!amount.matches("[0-9]{1,15}([,.][0-9]*)?")) {
            throw new IllegalArgumentException("\"" + Texts.clip(amount, 40) + "\" is no amount");
        }
        var money = Texts.amount(amount.replace(',', '.'), currency);
        return switch (text(movement.getDebitCreditMark())) {
            case "C", "RD" -> money;
            case "D", "RC" -> money.negate();
            default ->
                throw new IllegalArgumentException("it does not say whether money came or went");
        };
    }

    private String code() {
        var type = text(movement.getTransactionType()) + text(movement.getIdentificationCode());
        type = type.strip();
        return details.code().isEmpty() ? type : type + "+" + details.code();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
