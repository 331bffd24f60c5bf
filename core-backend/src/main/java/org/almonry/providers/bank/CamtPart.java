package org.almonry.providers.bank;

import org.almonry.money.Currency;
import org.almonry.money.Money;

import java.util.ArrayList;
import java.util.List;

/// One `TxDtls` of an entry: who paid how much, and with which words.
///
/// `credit` says whether the money of this part came in. The amount is kept as text, since
/// only the whole entry knows whether it is needed.
record CamtPart(
        String amountText,
        String currencyText,
        boolean credit,
        String name,
        String account,
        String remittance,
        String reference,
        String endToEndId,
        String bankCode,
        String raw) {
    private static final List<String> PAYER = List.of("Dbtr", "UltmtDbtr");
    private static final List<String> PAYEE = List.of("Cdtr", "UltmtCdtr");

    /// Reads a part; `entry` is what stands before it in its entry.
    static CamtPart of(XmlElement part, XmlElement entry, String ownAccount, String raw) {
        var direction = part.textAt("CdtDbtInd");
        boolean credit =
                (direction.isEmpty() ? entry.textAt("CdtDbtInd") : direction).equals("CRDT");
        var amount = amountOf(part);
        var party = party(part, credit != isReversal(entry), ownAccount);
        return new CamtPart(
                amount.text(),
                amount.currency(),
                credit,
                party.name(),
                party.account(),
                remittance(part),
                Texts.reference(part.textAt("Refs", "AcctSvcrRef")),
                Texts.reference(part.textAt("Refs", "EndToEndId")),
                bankCode(part),
                Texts.raw(raw));
    }

    /// From the free text of an entry that has no parts.
    static CamtPart of(MtDetails told) {
        return new CamtPart(
                "",
                "",
                true,
                told.name(),
                told.account(),
                told.remittance(),
                "",
                told.endToEndId(),
                "",
                "");
    }

    CamtPart withRemittance(String other) {
        return new CamtPart(
                amountText,
                currencyText,
                credit,
                name,
                account,
                other,
                reference,
                endToEndId,
                bankCode,
                raw);
    }

    /// Whether the part states an amount of this currency.
    boolean tells(Currency currency) {
        return !amountText.isEmpty()
                && (currencyText.isEmpty() || currencyText.equals(currency.code()));
    }

    Money amount(Currency currency) {
        var value = Texts.amount(amountText, currency);
        return credit ? value : value.negate();
    }

    /// "PMNT-RCDT-ESCT" by ISO, else the bank's own code.
    static String bankCode(XmlElement from) {
        var domain = from.at("BkTxCd", "Domn");
        var code = domain == null
                ? from.textAt("BkTxCd", "Prtry", "Cd")
                : domain.textAt("Cd") + "-" + domain.textAt("Fmly", "Cd") + "-"
                        + domain.textAt("Fmly", "SubFmlyCd");
        return Texts.clip(code, Texts.REFERENCE_MAX);
    }

    /// Since version 03 a part has an amount of its own; before, only its details tell one.
    private static XmlElement amountOf(XmlElement part) {
        for (var path : List.of(
                new String[] {"Amt"},
                new String[] {"AmtDtls", "TxAmt", "Amt"},
                new String[] {"AmtDtls", "InstdAmt", "Amt"})) {
            var found = part.at(path);
            if (found != null) {
                return found;
            }
        }
        return new XmlElement("Amt", "");
    }

    private static boolean isReversal(XmlElement entry) {
        var text = entry.textAt("RvslInd");
        return text.equals("true") || text.equals("1");
    }

    /// The other side. In a reversal the roles are those of the payment that is reversed,
    /// and in some returns we find ourselves where the other should stand.
    private static Party party(XmlElement part, boolean payer, String ownAccount) {
        var wanted = find(part, payer ? PAYER : PAYEE);
        if (wanted.isOther(ownAccount)) {
            return wanted;
        }
        var opposite = find(part, payer ? PAYEE : PAYER);
        return opposite.isOther(ownAccount) ? opposite : wanted;
    }

    private static Party find(XmlElement part, List<String> roles) {
        var parties = part.at("RltdPties");
        if (parties == null) {
            return new Party("", "");
        }
        var name = "";
        for (var role : roles) {
            for (var path : List.of(
                    new String[] {role, "Nm"},
                    new String[] {role, "Pty", "Nm"},
                    new String[] {role, "Agt", "FinInstnId", "Nm"})) {
                name = name.isEmpty() ? Texts.name(parties.textAt(path)) : name;
            }
        }
        var account = roles.getFirst() + "Acct";
        var iban = parties.textAt(account, "Id", "IBAN");
        return new Party(
                name,
                Texts.account(iban.isEmpty() ? parties.textAt(account, "Id", "Othr", "Id") : iban));
    }

    /// Structured references first: they are what a machine wrote.
    private static String remittance(XmlElement part) {
        var lines = new ArrayList<String>();
        var information = part.at("RmtInf");
        if (information != null) {
            for (var structured : information.all("Strd")) {
                lines.add(structured.textAt("CdtrRefInf", "Ref"));
            }
            for (var text : information.all("Ustrd")) {
                lines.add(text.text());
            }
            for (var structured : information.all("Strd")) {
                for (var text : structured.all("AddtlRmtInf")) {
                    lines.add(text.text());
                }
            }
        }
        var result = Texts.remittance(lines);
        return result.isEmpty() ? Texts.remittance(List.of(part.textAt("AddtlTxInf"))) : result;
    }

    private record Party(String name, String account) {
        boolean isOther(String ownAccount) {
            return account.isEmpty() ? !name.isEmpty() : !account.equals(ownAccount);
        }
    }
}
