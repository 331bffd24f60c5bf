package org.almonry.giving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.almonry.directory.CreditorReference;
import org.almonry.directory.DonationCode;
import org.almonry.money.Allocation;
import org.almonry.money.Currency;
import org.almonry.money.Money;
import org.almonry.providers.Account;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

class EpcPayloadTest {
    private static final CreditorReference REFERENCE =
            DonationCode.withCheckDigit("12345678").reference();

    /// C-040
    @Test
    void thePayloadFollowsTheGuidelineLineByLine() {
        assertEquals(
                List.of(
                        "BCD",
                        "002",
                        "1",
                        "SCT",
                        "BYLADEM1001",
                        "Hoster e.V.",
                        "DE02120300000000202051",
                        "EUR25.00",
                        "",
                        REFERENCE.value()),
                payload("Hoster e.V.", Money.of(2_500, "EUR")).lines().toList());
    }

    /// C-040
    @ParameterizedTest
    @ValueSource(strings = {"x", "Ä", "山", "𝔘", "e\u0301"})
    void thePayloadNeverHasMoreThan331Bytes(String letter) {
        String payload = payload(letter.repeat(200), Money.of(99_999_999_999L, "EUR"));
        assertTrue(payload.getBytes(UTF_8).length <= EpcPayload.BYTES_MAX);
        var lines = payload.lines().toList();
        assertTrue(lines.get(5).codePointCount(0, lines.get(5).length()) <= 70);
        assertEquals("EUR999999999.99", lines.get(7));
        assertEquals(REFERENCE.value(), lines.get(9));
    }

    @Test
    void aNameCannotAddLines() {
        assertEquals(
                "Hoster  IBAN",
                payload("Hoster\r\nIBAN", Money.of(1, "EUR")).lines().toList().get(5));
    }

    @Test
    void thereIsNoneOutsideTheScheme() {
        assertEquals("", payload("Hoster", Money.of(1, "USD")));
        assertEquals("", payload("Hoster", Money.of(0, "EUR")));
        assertEquals("", payload("Hoster", Money.of(100_000_000_000L, "EUR")));
        var account = account("12345678", "Hoster");
        assertEquals("", EpcPayload.of(account, Money.of(1, "EUR"), REFERENCE));
    }

    /// C-034
    @Test
    void aBasketSplitsWhateverComesToTheCent() {
        long seed = 34;
        System.err.println("seed " + seed);
        Random random = new Random(seed);
        for (int n = 0; n < 2_000; n++) {
            int count = 1 + random.nextInt(Giving.ITEMS_MAX);
            var items = new java.util.ArrayList<Basket.Item>();
            for (int i = 0; i < count; i++) {
                items.add(new Basket.Item(
                        "prj_" + i, "", Money.of(1 + random.nextLong(1_000_000), "EUR")));
            }
            Money received = Money.of(1 + random.nextLong(10_000_000), "EUR");
            var parts = new Basket(items).split(received);
            assertEquals(
                    received,
                    parts.stream().map(Basket.Item::amount).reduce(Money::plus).orElseThrow());
            assertTrue(parts.stream().allMatch(part -> part.amount().isPositive()));
        }
        var odd = new Basket(List.of(
                        new Basket.Item("prj_1", "", Money.of(100, "EUR")),
                        new Basket.Item("prj_2", "", Money.of(100, "EUR"))))
                .split(Money.of(101, "EUR"));
        assertEquals(
                List.of(51L, 50L),
                odd.stream().map(part -> part.amount().minor()).toList());
        assertEquals(
                Allocation.split(Money.of(101, "EUR"), List.of(100L, 100L)),
                odd.stream().map(Basket.Item::amount).toList());
    }

    private static String payload(String holder, Money amount) {
        return EpcPayload.of(account("DE02120300000000202051", holder), amount, REFERENCE);
    }

    private static Account account(String identification, String holder) {
        return new Account(
                "acc_1",
                "bank",
                identification,
                "BYLADEM1001",
                holder,
                Currency.of("EUR"),
                1,
                2,
                3);
    }
}
