package org.almonry.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;

/// The fields of a transaction's leaf, in their order.
enum Field {
    ID(Form.NUMBER),
    REQUEST_ID(Form.BYTES),
    PROCESS_ID(Form.BYTES),
    TYPE(Form.NUMBER),
    ISSUER_ID(Form.NUMBER),
    CURRENCY(Form.TEXT),
    CURRENCY_SCALE(Form.NUMBER),
    SOURCE_ID(Form.NUMBER),
    SOURCE_KIND(Form.TEXT),
    SOURCE_OWNER(Form.TEXT),
    SOURCE_SEQ(Form.NUMBER),
    SOURCE_AFTER(Form.NUMBER),
    DESTINATION_ID(Form.NUMBER),
    DESTINATION_KIND(Form.TEXT),
    DESTINATION_OWNER(Form.TEXT),
    DESTINATION_SEQ(Form.NUMBER),
    DESTINATION_AFTER(Form.NUMBER),
    AMOUNT_MINOR(Form.NUMBER),
    HELD_CHANGE(Form.NUMBER),
    HOLD_ID(Form.NUMBER),
    CORRECTS(Form.NUMBER),
    EXPIRES_AT(Form.MOMENT),
    EFFECTIVE_ON(Form.DAY),
    RECORDED_AT(Form.MOMENT);

    /// How the bytes of a field are meant.
    private enum Form {
        NUMBER,
        TEXT,
        BYTES,
        DAY,
        MOMENT
    }

    private final Form form;

    Field(Form form) {
        this.form = form;
    }

    int place() {
        return ordinal();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String show(byte[] bytes) {
        if (bytes.length == 0) {
            return "none";
        }
        return switch (form) {
            case NUMBER -> Long.toString(Leaves.value(bytes));
            case TEXT -> new String(bytes, UTF_8);
            case BYTES -> uuid(bytes);
            case DAY -> day(Leaves.value(bytes));
            case MOMENT -> moment(Leaves.value(bytes));
        };
    }

    static String day(long days) {
        try {
            return LocalDate.ofEpochDay(days).toString();
        } catch (DateTimeException e) {
            return "day " + days;
        }
    }

    static String moment(long micros) {
        try {
            return micros == Row.NONE
                    ? "none"
                    : Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
        } catch (DateTimeException | ArithmeticException e) {
            return "moment " + micros;
        }
    }

    static String uuid(byte[] bytes) {
        return HexFormat.of()
                .formatHex(bytes)
                .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }
}
