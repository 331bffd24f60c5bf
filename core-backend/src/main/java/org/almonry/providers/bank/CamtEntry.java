package org.almonry.providers.bank;

import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.providers.StatementLine;
import org.almonry.providers.StatementRefused;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// One `Ntry` of a camt statement, and the lines that it becomes.
///
/// A batch whose parts add up to its amount becomes one line per part, since each part is
/// another donor's. Any other entry stays one line: money is never divided by guess.
final class CamtEntry {
    /// Parts of a batch that are kept in memory. Collective bookings of banks have up to
    /// some thousand; a larger one stays a single line, right in its amount.
    static final int DETAILS_MAX = 10_000;

    private final XmlElement head;
    private final String ownAccount;
    private final List<CamtPart> details = new ArrayList<>();
    private final StringBuilder raw = new StringBuilder();
    private long detailCount;
    private String headRaw = "";

    private CamtEntry(XmlElement head, String ownAccount) {
        this.head = head;
        this.ownAccount = ownAccount;
    }

    /// Reads the entry that the parser has just entered.
    static CamtEntry read(XmlPull xml, String ownAccount) throws StatementRefused {
        var entry = new CamtEntry(new XmlElement("Ntry", ""), ownAccount);
        entry.read(xml);
        return entry;
    }

    private void read(XmlPull xml) throws StatementRefused {
        long start = xml.tagStart();
        int children = 0;
        while (xml.nextPart(start)) {
            if (++children > XmlPull.ELEMENTS_MAX) {
                throw xml.refused("one entry has too many elements");
            }
            if (!xml.name().equals("NtryDtls")) {
                head.add(xml.tree());
                continue;
            }
            keep(xml, start, xml.tagStart());
            start = readDetails(xml);
        }
        keep(xml, start, xml.offset());
    }

    /// Reads the parts, and returns where the text goes on that has not been kept yet.
    private long readDetails(XmlPull xml) throws StatementRefused {
        long start = xml.tagStart();
        while (xml.nextPart(start)) {
            if (!xml.name().equals("TxDtls")) {
                xml.tree();
                continue;
            }
            long at = xml.tagStart();
            keep(xml, start, at);
            var tree = xml.tree();
            start = xml.offset();
            var text = xml.raw(at, start);
            if (raw.length() < Texts.RAW_MAX) {
                raw.append(Texts.raw(text));
            }
            if (++detailCount <= DETAILS_MAX) {
                details.add(CamtPart.of(tree, head, ownAccount, text));
            } else {
                details.clear();
            }
        }
        return start;
    }

    private void keep(XmlPull xml, long from, long to) {
        if (raw.length() < Texts.RAW_MAX) {
            raw.append(Texts.raw(xml.raw(from, to)));
        }
        if (detailCount == 0 && headRaw.isEmpty()) {
            headRaw = Texts.raw(xml.raw(from, to));
        }
    }

    /// Only booked entries are money; pending and informational ones come again or never.
    boolean isBooked() {
        var code = head.textAt("Sts", "Cd");
        var status = code.isEmpty() ? head.textAt("Sts") : code;
        return status.isEmpty() || status.equals("BOOK");
    }

    /// The currency code of the amount; empty where there is none.
    String currency() {
        var amount = head.at("Amt");
        return amount == null ? "" : amount.currency();
    }

    /// The lines of this entry, numbered from a position.
    List<StatementLine> lines(Currency currency, long position) {
        if (!currency().isEmpty() && !currency().equals(currency.code())) {
            throw new IllegalArgumentException("it is in " + Texts.currency(currency())
                    + ", the account in " + currency.code());
        }
        var amount = signed(currency);
        var parts = parts(amount);
        if (parts.isEmpty()) {
            return List.of(single(amount, position));
        }
        var own = ownReferences(parts);
        var result = new ArrayList<StatementLine>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            var reference = own ? parts.get(i).reference() : suffixed(i + 1);
            var part = parts.get(i);
            result.add(line(part, part.amount(currency), reference, position + i));
        }
        return result;
    }

    private Money signed(Currency currency) {
        var amount = head.at("Amt");
        if (amount == null) {
            throw new IllegalArgumentException("it has no amount");
        }
        var value = Texts.amount(amount.text(), currency);
        if (value.isNegative()) {
            throw new IllegalArgumentException(
                    "its amount is negative; the direction has an element of its own");
        }
        return switch (head.textAt("CdtDbtInd")) {
            case "CRDT" -> value;
            // A reversal too says here which way the money went this time; RvslInd only
            // tells why.
            case "DBIT" -> value.negate();
            default ->
                throw new IllegalArgumentException("it does not say whether money came or went");
        };
    }

    /// The parts of a batch, if there are several and they add up; else none.
    private List<CamtPart> parts(Money amount) {
        if (details.size() < 2) {
            return List.of();
        }
        var sum = Money.zero(amount.currency());
        for (var part : details) {
            if (!part.tells(amount.currency())) {
                return List.of();
            }
            sum = sum.plus(part.amount(amount.currency()));
        }
        return sum.equals(amount) ? details : List.of();
    }

    private StatementLine single(Money amount, long position) {
        var information = head.textAt("AddtlNtryInf");
        var reference = Texts.reference(head.textAt("AcctSvcrRef"));
        if (detailCount != 1) {
            // What is written inside the parts of a batch that does not add up is not the
            // text of
            // the whole.
            return line(
                    CamtPart.of(MtDetails.parse(information)),
                    amount,
                    reference,
                    position,
                    raw.toString());
        }
        var part = details.getFirst();
        var text = part.remittance().isEmpty()
                ? part.withRemittance(Texts.remittance(List.of(information)))
                : part;
        return line(
                text,
                amount,
                reference.isEmpty() ? part.reference() : reference,
                position,
                raw.toString());
    }

    private StatementLine line(CamtPart part, Money amount, String reference, long position) {
        return line(part, amount, reference, position, Texts.raw(headRaw + "\n" + part.raw()));
    }

    private StatementLine line(
            CamtPart part, Money amount, String reference, long position, String text) {
        var booked = date("BookgDt");
        var value = date("ValDt");
        if (booked.isEmpty() && value.isEmpty()) {
            throw new IllegalArgumentException("it has no date");
        }
        return new StatementLine(
                Texts.date(booked.isEmpty() ? value : booked),
                value.isEmpty() ? null : Texts.date(value),
                amount,
                part.name(),
                part.account(),
                part.remittance(),
                reference,
                part.endToEndId(),
                part.bankCode().isEmpty() ? CamtPart.bankCode(head) : part.bankCode(),
                null,
                Texts.raw(text),
                position);
    }

    private String date(String name) {
        var day = head.textAt(name, "Dt");
        return day.isEmpty() ? head.textAt(name, "DtTm") : day;
    }

    private String suffixed(int ordinal) {
        var reference = Texts.reference(head.textAt("AcctSvcrRef"));
        return reference.isEmpty() ? "" : reference + "/" + ordinal;
    }

    /// Whether every part has a reference of its own. `NtryRef` is never used: some banks
    /// count in it from 1 in each statement, Swiss ones put the payee's account there.
    private static boolean ownReferences(List<CamtPart> parts) {
        var seen = new HashSet<String>();
        for (var part : parts) {
            if (part.reference().isEmpty() || !seen.add(part.reference())) {
                return false;
            }
        }
        return true;
    }
}
