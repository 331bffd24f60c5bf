package org.almonry.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

/// C-031, C-037
class CodeFinderTest {
    private static final DonationCode PROJECT = DonationCode.withCheckDigit("123456");

    private static final DonationCode PLEDGE = DonationCode.withCheckDigit("12345678");
    private final CodeFinder finder = new CodeFinder("CCT");

    /// C-037: 1234567 stands for the code, split as banks and donors do.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CCT-1234567",
                "Otter rescue CCT-1234567",
                "CCT-1234567 Otter rescue",
                "CCT-1234567Otter rescue",
                "OTTERRESCUECCT-1234567",
                "CCT1234567",
                "CCT 1234567",
                "cct-1234567",
                "Cct 123 45 67",
                "C C T - 1 2 3 4 5 6 7",
                "CC\nT-1234567",
                "CCT-\n1234567",
                "CCT-123\n4567",
                "CCT-123\r\n4567",
                "Otter rescue CCT-123\n4567 thank you",
                "CCT\u20131234567",
                "CCT\u22121234567",
                "CCT\u00a01234567",
                "CCT-123\u00ad4567",
                "CCT\u200b-1234567",
                "\uff23\uff23\uff34-\uff11\uff12\uff13\uff14\uff15\uff16\uff17",
                "CCT/1234567",
                "CCT:1234567",
                "CCT_1234567.",
                "Spende 2026 CCT-1234567 2026",
                "CCT-1234567 12.10.2026",
                "(CCT-1234567)",
                "/CCT-1234567/",
                "donation,CCT-1234567,otters",
                "My CCT is CCT-1234567"
            })
    void mangledCodesAreStillExact(String mangled) {
        assertExact(PROJECT, withDigits(mangled));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CCT-%s", "otters cct %s", "CCT%s", "CCT - %s otters"})
    void pledgesAreFoundTheSameWay(String form) {
        assertExact(PLEDGE, form.formatted(PLEDGE.digits()));
        assertExact(
                PLEDGE,
                form.formatted(
                        PLEDGE.digits().substring(0, 4) + "\n" + PLEDGE.digits().substring(4)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "Ref. %s", "otters %s thank you", "otters%s"})
    void creditorReferencesAreExactToo(String form) {
        String value = PLEDGE.reference().value();
        assertExact(PLEDGE, form.formatted(value));
        assertExact(PLEDGE, form.formatted(PLEDGE.reference().grouped()));
        assertExact(PLEDGE, form.formatted(value.toLowerCase()));
        assertExact(PLEDGE, form.formatted(value.substring(0, 6) + "\n" + value.substring(6)));
        assertExact(PROJECT, form.formatted(PROJECT.reference().value()));
    }

    @Test
    void codeAndReferenceOfOnePledgeAreOneHit() {
        String text = PLEDGE.reference().value() + " " + PLEDGE.printed("CCT");
        assertEquals(List.of(PLEDGE), exact(text));
    }

    @Test
    void twoCodesAreTwoHits() {
        String text = PROJECT.printed("CCT") + " and "
                + DonationCode.withCheckDigit("999999").printed("CCT");
        assertEquals(2, exact(text).size());
    }

    /// C-038
    @Test
    void lettersForDigitsAreOnlyDamagedHits() {
        DonationCode code = DonationCode.withCheckDigit("100010");
        for (String typed : List.of(
                "CCT-" + code.digits().replace('0', 'O'),
                "CCT-" + code.digits().replace('1', 'I'),
                "CCT-" + code.digits().replace('1', 'l').replace('0', 'o') + " otters")) {
            assertTrue(exact(typed).isEmpty(), typed);
            assertTrue(damaged(typed).contains(code), typed);
        }
    }

    /// C-038
    @Test
    void oneSlipIsNeverExactAndAlwaysSuggestsTheRightCode() {
        Random random = new Random(37);
        for (int n = 0; n < 300; n++) {
            DonationCode code = DonationCode.withCheckDigit(String.valueOf(
                    n % 2 == 0
                            ? 100_000 + random.nextInt(900_000)
                            : 10_000_000 + random.nextInt(90_000_000)));
            int at = random.nextInt(code.digits().length());
            char other =
                    (char) ('0' + (code.digits().charAt(at) - '0' + 1 + random.nextInt(9)) % 10);
            String typed = "CCT-" + code.digits().substring(0, at) + other
                    + code.digits().substring(at + 1);
            assertTrue(exact(typed).isEmpty(), typed);
            assertTrue(damaged(typed).contains(code), code + " as " + typed);
        }
    }

    @Test
    void aDamagedReferenceIsOnlySuggested() {
        String value = PLEDGE.reference().value();
        String typed = value.substring(0, 8)
                + (char) ('0' + (value.charAt(8) - '0' + 1) % 10)
                + value.substring(9);
        assertTrue(exact(typed).isEmpty());
        assertTrue(damaged(typed).contains(PLEDGE));
    }

    @Test
    void digitsWithoutPrefixAreOnlySuggested() {
        assertTrue(exact("otters " + PROJECT.digits()).isEmpty());
        assertEquals(List.of(PROJECT), damaged("otters " + PROJECT.digits()));
    }

    @Test
    void digitsGluedToOthersAreNeverExact() {
        assertTrue(exact("CCT-" + PROJECT.digits() + "20261012").isEmpty());
    }

    @Test
    void anotherWordThatEndsLikeThePrefixIsNotExact() {
        assertTrue(exact("ACCT " + PROJECT.digits()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CCT",
                "CCT-",
                "CCT-12",
                "thank you",
                "RF",
                "RF18 5390 0754 7034",
                "DE02120300000000202051"
            })
    void whatHoldsNoCodeGivesNoHit(String text) {
        assertEquals(List.of(), finder.find(text));
    }

    @Test
    void anotherPrefixIsHonoured() {
        assertFalse(new CodeFinder("GIV").find("giv " + PROJECT.digits()).isEmpty());
    }

    @Test
    void hostileTextEndsSoon() {
        String text = "C C T ".repeat(50_000) + "CCT-1 2 3".repeat(50_000);
        assertTrue(finder.find(text).size() <= CodeFinder.HITS_MAX);
    }

    private void assertExact(DonationCode code, String text) {
        assertEquals(List.of(code), exact(text), () -> "in: " + text);
    }

    /// The tables spell 1234567 for readability; the seventh digit of the real code
    /// differs.
    private static String withDigits(String text) {
        String plain = PROJECT.digits();
        StringBuilder out = new StringBuilder();
        int last = lastSeventh(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i == last) {
                out.append(
                        c > '\uff00' ? (char) (plain.charAt(6) - '0' + '\uff10') : plain.charAt(6));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static int lastSeventh(String text) {
        return Math.max(text.lastIndexOf('7'), text.lastIndexOf('\uff17'));
    }

    private List<DonationCode> exact(String text) {
        return finder.find(text).stream()
                .filter(CodeFinder.Hit::exact)
                .map(CodeFinder.Hit::code)
                .toList();
    }

    private List<DonationCode> damaged(String text) {
        return finder.find(text).stream()
                .filter(hit -> !hit.exact())
                .map(CodeFinder.Hit::code)
                .toList();
    }
}
