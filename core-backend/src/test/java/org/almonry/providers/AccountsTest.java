package org.almonry.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.audit.AuditLog;
import org.almonry.events.Outbox;
import org.almonry.ledger.CoinKind;
import org.almonry.ledger.Ledger;
import org.almonry.ledger.postgres.PostgresLedger;
import org.almonry.ledger.read.LedgerReads;
import org.almonry.money.Currency;
import org.almonry.process.BusinessProcesses;
import org.almonry.testing.TestDatabase;
import org.almonry.wire.Config;
import org.almonry.wire.ConfigRefused;
import org.almonry.wire.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The register of our accounts. C-013.
class AccountsTest {
    private static final Currency EUR = Currency.of("EUR");
    private static final String IBAN = "DE27999000030000471100";

    private TestDatabase database;
    private Ledger ledger;
    private LedgerReads reads;
    private Accounts accounts;
    private long issuer;

    @BeforeEach
    void open() {
        var clock = Clock.systemUTC();
        database = TestDatabase.fresh();
        var accounting = database.accounting();
        ledger = PostgresLedger.ledger(
                accounting,
                BusinessProcesses.journal(),
                new Outbox(accounting, clock),
                new AuditLog(accounting, clock),
                clock);
        reads = new LedgerReads(accounting);
        ledger.start();
        issuer = ledger.openIssuer("hoster", "Hoster");
        accounts = new Accounts(accounting, ledger, new Ids(clock), clock);
    }

    @AfterEach
    void close() {
        ledger.close();
        database.close();
    }

    @Test
    void anAccountGetsItsTwoCoinsOnce() {
        var first = accounts.ensure(account(IBAN, "Old Name", "EUR"), issuer);
        var again =
                accounts.ensure(account("de27 9990 0003 0000 4711 00", "New Name", "EUR"), issuer);
        assertEquals(first.id(), again.id());
        assertEquals(first.incomingCoin(), again.incomingCoin());
        assertEquals("New Name", again.holder());
        assertEquals(
                CoinKind.ISSUING, reads.coin(first.issuingCoin()).orElseThrow().kind());
        assertEquals(
                CoinKind.INCOMING,
                reads.coin(first.incomingCoin()).orElseThrow().kind());
        assertEquals(first.id(), reads.coin(first.issuingCoin()).orElseThrow().owner());
    }

    @Test
    void oneNumberInTwoCurrenciesIsTwoAccounts() {
        var euro = accounts.ensure(account(IBAN, "Holder", "EUR"), issuer);
        var dollar = accounts.ensure(account(IBAN, "Holder", "USD"), issuer);
        assertEquals(List.of(euro, dollar), accounts.all());
        assertEquals(euro, accounts.byIdentification(IBAN, EUR).orElseThrow());
        assertEquals(dollar, accounts.byId(dollar.id()).orElseThrow());
        assertTrue(accounts.byIdentification("DE00", EUR).isEmpty());
    }

    @Test
    void donorsPayIntoTheFirstAccountOfTheirCurrency() {
        var first = accounts.ensure(account(IBAN, "Holder", "EUR"), issuer);
        accounts.ensure(account("DE97999000040000081500", "Holder", "EUR"), issuer);
        assertEquals(first, accounts.forCurrency(issuer, EUR).orElseThrow());
        assertTrue(accounts.forCurrency(issuer, Currency.of("CHF")).isEmpty());
    }

    @Test
    void anAccountCannotMoveToAnotherIssuer() {
        accounts.ensure(account(IBAN, "Holder", "EUR"), issuer);
        long other = ledger.openIssuer("other", "Other");
        assertThrows(
                IllegalArgumentException.class,
                () -> accounts.ensure(account(IBAN, "Holder", "EUR"), other));
    }

    @Test
    void accountsComeFromTheConfigurationAndMistakesAreNamed() {
        var keys = new TreeMap<>(Map.of(
                "providers", "bank",
                "providers.bank.kind", "bank",
                "providers.bank.drop-folder", "drop",
                "providers.bank.accounts.main.iban", "DE27 9990 0003 0000 4711 00",
                "providers.bank.accounts.main.holder", "Holder",
                "providers.bank.accounts.main.currency", "EUR"));
        assertEquals(
                List.of(new NewAccount("bank", IBAN, "", "Holder", EUR, "hoster")),
                NewAccount.configured(Config.of(keys)));
        assertEquals(
                "bank",
                Providers.configured(Config.of(keys), Clock.systemUTC())
                        .all()
                        .getFirst()
                        .name());
        refused(keys, "providers.bank.accounts.main.currency", "EURO");
        refused(keys, "providers.bank.accounts.main.holder", "x".repeat(71));
        refused(keys, "providers.bank.kind", "magic");
        refused(keys, "providers", "bank,missing");
        refused(keys, "providers", "bank,bank");
    }

    private static void refused(Map<String, String> keys, String key, String value) {
        var wrong = new TreeMap<>(keys);
        wrong.put(key, value);
        var failure = assertThrows(
                ConfigRefused.class,
                () -> Providers.configured(Config.of(wrong), Clock.systemUTC()));
        assertTrue(String.valueOf(failure.getMessage()).contains("providers"), failure::getMessage);
    }

    private static NewAccount account(String number, String holder, String currency) {
        return new NewAccount("bank", number, "TESTDEFF", holder, Currency.of(currency), "hoster");
    }
}
