package org.almonry.providers.bank;

import com.prowidesoftware.swift.model.field.Field28C;
import com.prowidesoftware.swift.model.field.Field34F;
import com.prowidesoftware.swift.model.field.Field60F;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.providers.StatementFooter;
import org.almonry.providers.StatementHeader;
import org.almonry.providers.StatementSink;
import org.jspecify.annotations.Nullable;

/// One statement of an MT940 or MT942 while its fields come in.
final class MtStatement {
    private final StatementSink sink;
    private final MtReader.Outlook outlook;
    private final String place;
    private String id = "";
    private String account = "";
    private String number = "";
    private String opening = "";
    private String closing = "";
    private String floor = "";
    private @Nullable StatementHeader header;
    private boolean left;
    private MtFields.@Nullable Field movement;
    private long lines;
    private long pending;

    MtStatement(StatementSink sink, MtReader.Outlook outlook, int ordinal, long line) {
        this.sink = sink;
        this.outlook = outlook;
        this.place = "statement " + ordinal + " (line " + line + ")";
    }

    void take(MtFields.Field field) {
        switch (field.tag()) {
            case "20" -> id = field.value().strip();
            // 25P adds the BIC of the servicing bank on a second line.
            case "25", "25P" ->
                account = field.value().lines().findFirst().orElse("").strip();
            // What Hungarian and Belgian banks say between a movement and its details.
            case "NS" -> {}
            case "28", "28C" -> number = field.value().strip();
            case "34F" -> floor = floor.isEmpty() ? field.value() : floor;
            case "60F", "60M" -> opening = field.value();
            case "61" -> {
                flush(null);
                begin();
                movement = field;
            }
            case "86" -> flush(field);
            case "62F", "62M" -> {
                flush(null);
                closing = field.value();
            }
            default -> flush(null);
        }
    }

    void finish() {
        flush(null);
        begin();
        if (header == null) {
            return;
        }
        Money balance = null;
        if (!closing.isEmpty()) {
            try {
                balance = balance(closing, header.currency());
            } catch (IllegalArgumentException e) {
                sink.broken(place, "closing balance: " + e.getMessage());
            }
        }
        sink.end(new StatementFooter(balance, lines, pending));
    }

    private void begin() {
        if (header != null || left) {
            return;
        }
        try {
            header = header();
            sink.begin(header);
        } catch (IllegalArgumentException e) {
            left = true;
            sink.broken(place, "left out: " + e.getMessage());
        }
    }

    private StatementHeader header() {
        if (account.isEmpty()) {
            throw new IllegalArgumentException("it names no account");
        }
        boolean booked = !opening.isEmpty();
        var first = new Field60F(opening);
        var code = booked ? first.getCurrency() : new Field34F(floor).getCurrency();
        var currency = Texts.currency(code == null ? "" : code);
        var to = MtLine.date(outlook.to());
        var from = booked ? MtLine.date(first.getDate()) : to;
        var sequence = new Field28C(number);
        return new StatementHeader(
                booked ? "MT940" : "MT942",
                Texts.account(account),
                currency,
                Texts.clip(
                        number.isEmpty() ? id : id + " " + sequence.getComponent1(),
                        Texts.REFERENCE_MAX),
                page(sequence.getComponent2()),
                outlook.last(),
                from,
                to.isBefore(from) ? from : to,
                booked ? balance(opening, currency) : null,
                booked ? StatementHeader.Kind.BOOKED : StatementHeader.Kind.INTRADAY);
    }

    private void flush(MtFields.@Nullable Field details) {
        var field = movement;
        var statement = header;
        movement = null;
        if (field == null || statement == null) {
            return;
        }
        try {
            var line = new MtLine(field, details);
            if (line.isExpected()) {
                pending++;
            } else {
                sink.line(line.line(statement.currency(), lines + 1));
                lines++;
            }
        } catch (IllegalArgumentException e) {
            sink.broken(
                    "statement " + statement.statementId() + ", line " + field.line(),
                    "left out: " + e.getMessage());
        }
    }

    private static Money balance(String value, Currency currency) {
        var field = new Field60F(value);
        var amount = field.getAmount();
        if (amount == null || !currency.code().equals(field.getCurrency())) {
            throw new IllegalArgumentException(
                    "\"" + Texts.clip(value, 40) + "\" is no balance in " + currency.code());
        }
        var money = Texts.amount(amount.replace(',', '.'), currency);
        return "D".equals(field.getDCMark()) ? money.negate() : money;
    }

    private static int page(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,5}") ? Math.max(Integer.parseInt(text), 1) : 1;
    }
}
