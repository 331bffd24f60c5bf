package org.almonry.providers.bank;

import org.almonry.providers.StatementFooter;
import org.almonry.providers.StatementHeader;
import org.almonry.providers.StatementRefused;
import org.almonry.providers.StatementSink;
import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/// Reads camt.052, camt.053 and camt.054, versions 02 to 08, one entry at a time.
///
/// The three messages are one structure under different names, and the versions differ in
/// few places, which [CamtEntry] and [CamtHead] look at in turn. Elements are found by
/// name, so that what a bank adds does no harm.
final class CamtReader {
    private static final Pattern NAMESPACE =
            Pattern.compile("urn:iso:std:iso:20022:tech:xsd:(camt\\.05[234]\\.001\\.0[2-8])");

    private final XmlPull xml;
    private final StatementSink sink;
    private String format = "";
    private int statements;

    private CamtReader(XmlPull xml, StatementSink sink) {
        this.xml = xml;
        this.sink = sink;
    }

    static void read(StatementFile file, StatementSink sink) throws StatementRefused {
        try (var xml = XmlPull.open(file)) {
            new CamtReader(xml, sink).readFile();
        }
    }

    private void readFile() throws StatementRefused {
        xml.root();
        if (xml.name().equals("Document")) {
            readDocument();
        } else {
            // An envelope, as SWIFT and some portals put around it: header first, then the
            // document.
            var root = xml.name();
            boolean found = false;
            while (xml.nextChild()) {
                if (xml.name().equals("Document")) {
                    readDocument();
                    found = true;
                } else {
                    xml.skip();
                }
            }
            if (!found) {
                throw xml.refused("the XML is no bank statement: its root is \""
                        + Texts.clip(root, 60) + "\"");
            }
        }
        if (xml.nextChild()) {
            throw xml.refused("the file goes on behind its end");
        }
    }

    private void readDocument() throws StatementRefused {
        var matcher = NAMESPACE.matcher(xml.namespace());
        if (!matcher.matches()) {
            throw xml.refused(
                    "the XML is none of camt.052, camt.053 and camt.054 in versions 02 to 08; its"
                            + " namespace is \""
                            + Texts.clip(xml.namespace(), 80)
                            + "\"");
        }
        format = matcher.group(1);
        while (xml.nextChild()) {
            switch (xml.name()) {
                case "BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn" -> readMessage();
                default ->
                    throw xml.refused("unexpected element \"" + Texts.clip(xml.name(), 60) + "\"");
            }
        }
    }

    private void readMessage() throws StatementRefused {
        XmlElement group = new XmlElement("GrpHdr", "");
        while (xml.nextChild()) {
            switch (xml.name()) {
                case "GrpHdr" -> group = xml.tree();
                case "Stmt", "Rpt", "Ntfctn" -> new Statement(new CamtHead(format, group)).read();
                default -> xml.skip();
            }
        }
    }

    /// One statement while it is read.
    private final class Statement {
        private final CamtHead head;
        private final String where;
        private @Nullable StatementHeader header;
        private boolean left;
        private long entries;
        private long lines;
        private long pending;

        Statement(CamtHead head) {
            this.head = head;
            this.where = "statement " + ++statements + " (line " + xml.line() + ")";
        }

        void read() throws StatementRefused {
            while (xml.nextChild()) {
                switch (xml.name()) {
                    case "Ntry" -> readEntry();
                    case "TxsSummry", "SplmtryData" -> xml.skip();
                    default -> head.add(xml.tree());
                }
            }
            begin("");
            if (header != null) {
                sink.end(new StatementFooter(head.closing(header), lines, pending));
            }
        }

        private void begin(String entryCurrency) {
            if (header != null || left) {
                return;
            }
            try {
                header = head.header(entryCurrency);
                sink.begin(header);
            } catch (IllegalArgumentException | ArithmeticException e) {
                left = true;
                sink.broken(where, "left out: " + e.getMessage());
            }
        }

        private void readEntry() throws StatementRefused {
            entries++;
            long line = xml.line();
            var read = CamtEntry.read(xml, head.account());
            begin(read.currency());
            var statement = header;
            if (statement == null) {
                return;
            }
            if (!read.isBooked()) {
                pending++;
                return;
            }
            try {
                for (var each : read.lines(statement.currency(), lines + 1)) {
                    sink.line(each);
                    lines++;
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                sink.broken(
                        "statement " + statement.statementId() + ", entry " + entries + " (line "
                                + line + ")",
                        "left out: " + e.getMessage());
            }
        }
    }
}
