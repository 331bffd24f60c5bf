package org.almonry.providers.bank;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.providers.StatementHeader;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// What stands in a camt statement before its entries: account, dates, page, balances.
final class CamtHead {
    /// A statement lists a handful of balances; more elements than this are kept from
    /// filling the memory.
    private static final int ELEMENTS_MAX = 500;

    private final String format;
    private final XmlElement group;
    private final XmlElement statement = new XmlElement("Stmt", "");
    private int elements;

    CamtHead(String format, XmlElement group) {
        this.format = format;
        this.group = group;
    }

    void add(XmlElement element) {
        if (++elements <= ELEMENTS_MAX) {
            statement.add(element);
        }
    }

    /// The account that the statement is about; empty where it names none.
    String account() {
        var iban = statement.textAt("Acct", "Id", "IBAN");
        return Texts.account(iban.isEmpty() ? statement.textAt("Acct", "Id", "Othr", "Id") : iban);
    }

    /// The header, once the elements before the first entry are here. Refuses what makes no
    /// sense.
    StatementHeader header(String entryCurrency) {
        var account = account();
        if (account.isEmpty()) {
            throw new IllegalArgumentException("it names no account");
        }
        var currency = currency(entryCurrency);
        var pages = pages();
        int page = number(pages == null ? "" : pages.textAt("PgNb"));
        var last = pages == null ? "" : pages.textAt("LastPgInd");
        var opening = opening(page);
        var closing = closingElement(page);
        var from = firstDate(
                statement.textAt("FrToDt", "FrDtTm"),
                statement.textAt("FrToDt", "FrDt"),
                opening == null ? "" : balanceDate(opening),
                statement.textAt("CreDtTm"),
                group.textAt("CreDtTm"));
        var to = firstDate(
                statement.textAt("FrToDt", "ToDtTm"),
                statement.textAt("FrToDt", "ToDt"),
                closing == null ? "" : balanceDate(closing),
                from.toString());
        return new StatementHeader(
                format,
                account,
                currency,
                Texts.clip(statement.textAt("Id"), Texts.REFERENCE_MAX),
                page,
                !last.equals("false") && !last.equals("0"),
                from,
                to.isBefore(from) ? from : to,
                opening == null ? null : balance(opening, currency),
                kind());
    }

    /// The booked balance after the last entry, or null where the statement tells none.
    @Nullable
    Money closing(StatementHeader header) {
        var closing = closingElement(header.page());
        return closing == null ? null : balance(closing, header.currency());
    }

    private StatementHeader.Kind kind() {
        return switch (format.substring(0, "camt.053".length())) {
            case "camt.053" -> StatementHeader.Kind.BOOKED;
            case "camt.052" -> StatementHeader.Kind.INTRADAY;
            default -> StatementHeader.Kind.NOTIFICATION;
        };
    }

    /// Since version 04 a statement counts its own pages; before, only the message did.
    private @Nullable XmlElement pages() {
        for (var name : List.of("StmtPgntn", "RptPgntn", "NtfctnPgntn")) {
            var found = statement.at(name);
            if (found != null) {
                return found;
            }
        }
        return group.at("MsgPgntn");
    }

    private Currency currency(String entryCurrency) {
        var own = statement.textAt("Acct", "Ccy");
        if (!own.isEmpty()) {
            return Texts.currency(own);
        }
        for (var each : statement.all("Bal")) {
            var amount = each.at("Amt");
            if (amount != null && !amount.currency().isEmpty()) {
                return Texts.currency(amount.currency());
            }
        }
        if (entryCurrency.isEmpty()) {
            throw new IllegalArgumentException("it tells no currency");
        }
        return Texts.currency(entryCurrency);
    }

    /// OPBD, or PRCD as German and Nordic banks write it. On later pages an interim balance
    /// (ITBD) opens, and on pages before the last one an interim balance closes.
    private @Nullable XmlElement opening(int page) {
        var own = first(balances("OPBD"), balances("PRCD"));
        if (own != null) {
            return own;
        }
        var interim = balances("ITBD");
        return page > 1 || interim.size() > 1 ? first(interim) : null;
    }

    private @Nullable XmlElement closingElement(int page) {
        var own = first(balances("CLBD"));
        if (own != null) {
            return own;
        }
        var interim = balances("ITBD");
        var opening = opening(page);
        interim.remove(opening);
        return interim.isEmpty() ? null : interim.getLast();
    }

    private List<XmlElement> balances(String code) {
        var result = new ArrayList<XmlElement>();
        for (var each : statement.all("Bal")) {
            if (each.textAt("Tp", "CdOrPrtry", "Cd").equals(code)
                    || each.textAt("Tp", "CdOrPrtry", "Prtry").equals(code)) {
                result.add(each);
            }
        }
        return result;
    }

    @SafeVarargs
    private static @Nullable XmlElement first(List<XmlElement>... lists) {
        for (var list : lists) {
            if (!list.isEmpty()) {
                return list.getFirst();
            }
        }
        return null;
    }

    private static Money balance(XmlElement balance, Currency currency) {
        var amount = balance.at("Amt");
        if (amount == null) {
            throw new IllegalArgumentException("a balance has no amount");
        }
        if (!amount.currency().isEmpty() && !amount.currency().equals(currency.code())) {
            throw new IllegalArgumentException("a balance is in "
                    + Texts.clip(amount.currency(), 10) + ", the account in " + currency.code());
        }
        var value = Texts.amount(amount.text(), currency);
        return balance.textAt("CdtDbtInd").equals("DBIT") ? value.negate() : value;
    }

    private static String balanceDate(XmlElement balance) {
        var date = balance.textAt("Dt", "Dt");
        return date.isEmpty() ? balance.textAt("Dt", "DtTm") : date;
    }

    private static LocalDate firstDate(String... texts) {
        for (var text : texts) {
            if (!text.isEmpty()) {
                return Texts.date(text);
            }
        }
        throw new IllegalArgumentException("it tells no date");
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,5}") ? Math.max(Integer.parseInt(text), 1) : 1;
    }
}
