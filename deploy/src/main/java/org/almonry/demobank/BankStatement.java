package org.almonry.demobank;

import org.almonry.money.Money;

import java.time.Instant;
import java.util.List;

/// Writes a part of an account's entries as camt.053.001.08, with the balances around that
/// part.
final class BankStatement {

    private BankStatement() {}

    /// Entries from (inclusive) to (exclusive) of an account, at least one.
    static String xml(
            List<Payment> entries, int from, int to, String bic, String holder, Instant now) {
        long opening = 0;
        for (var before : entries.subList(0, from)) {
            opening = Math.addExact(opening, before.minor());
        }
        long closing = opening;
        var part = entries.subList(from, to);
        for (var entry : part) {
            closing = Math.addExact(closing, entry.minor());
        }
        var first = part.getFirst();
        var last = part.getLast();
        var out = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
                <BkToCstmrStmt>
                <GrpHdr><MsgId>%1$s-%2$d-%3$d</MsgId><CreDtTm>%4$s</CreDtTm></GrpHdr>
                <Stmt><Id>%1$s-%2$d-%3$d</Id>
                <StmtPgntn><PgNb>%5$d</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>
                <ElctrncSeqNb>%5$d</ElctrncSeqNb><CreDtTm>%4$s</CreDtTm>
                <FrToDt><FrDtTm>%6$sT00:00:00Z</FrDtTm><ToDtTm>%7$sT23:59:59Z</ToDtTm></FrToDt>
                <Acct><Id><IBAN>%8$s</IBAN></Id><Ccy>%9$s</Ccy><Ownr><Nm>%10$s</Nm></Ownr>
                <Svcr><FinInstnId><BICFI>%11$s</BICFI></FinInstnId></Svcr></Acct>
                """.formatted(
                        first.iban().substring(first.iban().length() - 6),
                        from,
                        to,
                        now,
                        from + 1,
                        first.date(),
                        last.date(),
                        first.iban(),
                        first.currency(),
                        escape(holder),
                        bic));
        balance(out, "OPBD", opening, first.currency(), first.date());
        balance(out, "CLBD", closing, first.currency(), last.date());
        part.forEach(entry -> entry(out, entry));
        return out.append("</Stmt></BkToCstmrStmt></Document>\n").toString();
    }

    private static void balance(
            StringBuilder out, String type, long minor, String currency, String date) {
        out.append("""
                <Bal><Tp><CdOrPrtry><Cd>%s</Cd></CdOrPrtry></Tp><Amt Ccy="%s">%s</Amt>\
                <CdtDbtInd>%s</CdtDbtInd><Dt><Dt>%s</Dt></Dt></Bal>
                """.formatted(
                        type, currency, decimal(minor, currency), direction(minor >= 0), date));
    }

    private static void entry(StringBuilder out, Payment entry) {
        var party = entry.isCredit() ? "Dbtr" : "Cdtr";
        out.append(
                "<Ntry><Amt Ccy=\"%s\">%s</Amt><CdtDbtInd>%s</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\n"
                        .formatted(
                                entry.currency(),
                                decimal(entry.minor(), entry.currency()),
                                direction(entry.isCredit())));
        out.append("<BookgDt><Dt>%1$s</Dt></BookgDt><ValDt><Dt>%1$s</Dt></ValDt>\n"
                .formatted(entry.date()));
        if (!entry.reference().isEmpty()) {
            out.append("<AcctSvcrRef>%s</AcctSvcrRef>\n".formatted(entry.reference()));
        }
        out.append("""
                <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>%s</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
                <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
                <RltdPties><%s><Pty><Nm>%s</Nm></Pty></%s></RltdPties>
                <RmtInf><Ustrd>%s</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
                """.formatted(
                        entry.isCredit() ? "RCDT" : "ICDT",
                        party,
                        escape(entry.name()),
                        party,
                        escape(entry.text())));
    }

    private static String decimal(long minor, String currency) {
        var text = Money.of(Math.abs(minor), currency).toString();
        return text.substring(0, text.indexOf(' '));
    }

    private static String direction(boolean credit) {
        return credit ? "CRDT" : "DBIT";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
