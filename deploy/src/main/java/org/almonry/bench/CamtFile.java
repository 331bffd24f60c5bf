package org.almonry.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.List;

/// Writes a large camt.053.001.08 file as a bank would: one statement, each entry with its
/// own reference.
public final class CamtFile {

    private CamtFile() {}

    /// A file with that many gifts, the codes taken in turn.
    public static void write(Path file, String iban, List<String> codes, int entries, LocalDate day)
            throws IOException {
        long sum = sum(entries);
        var draft = file.resolveSibling(file.getFileName() + ".part");
        try (Writer out = Files.newBufferedWriter(draft)) {
            out.write(head(iban, day, sum));
            for (int i = 0; i < entries; i++) {
                out.write(entry(i, codes.get(i % codes.size()), day));
            }
            out.write("</Stmt></BkToCstmrStmt></Document>\n");
        }
        // A folder leaves files alone that may still be written; this one is whole.
        Files.setLastModifiedTime(draft, FileTime.fromMillis(0));
        Files.move(draft, file);
    }

    /// What so many gifts add up to, in minor units.
    public static long sum(int entries) {
        long sum = 0;
        for (int i = 0; i < entries; i++) {
            sum += minor(i);
        }
        return sum;
    }

    private static long minor(int i) {
        return 500 + (i * 37L) % 20_000;
    }

    private static String decimal(long minor) {
        return "%d.%02d".formatted(minor / 100, minor % 100);
    }

    private static String head(String iban, LocalDate day, long sum) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
                <GrpHdr><MsgId>BENCH-1</MsgId><CreDtTm>%1$sT22:00:00Z</CreDtTm></GrpHdr>
                <Stmt><Id>BENCH-1-1</Id><ElctrncSeqNb>1</ElctrncSeqNb>
                <CreDtTm>%1$sT22:00:00Z</CreDtTm>
                <Acct><Id><IBAN>%2$s</IBAN></Id><Ccy>EUR</Ccy></Acct>
                <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt>
                <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>%1$s</Dt></Dt></Bal>
                <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">%3$s</Amt>
                <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>%1$s</Dt></Dt></Bal>
                """.formatted(day, iban, decimal(sum));
    }

    private static String entry(int i, String code, LocalDate day) {
        return """
                <Ntry><Amt Ccy="EUR">%1$s</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
                <BookgDt><Dt>%2$s</Dt></BookgDt><ValDt><Dt>%2$s</Dt></ValDt>
                <AcctSvcrRef>BENCH%3$08d</AcctSvcrRef>
                <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
                <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
                <RltdPties><Dbtr><Pty><Nm>Giver %3$d of Example</Nm></Pty></Dbtr>
                <DbtrAcct><Id><Othr><Id>%4$020d</Id></Othr></Id></DbtrAcct></RltdPties>
                <RmtInf><Ustrd>Donation %5$s with thanks</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
                """.formatted(decimal(minor(i)), day, i, i % 5_000, code);
    }
}
