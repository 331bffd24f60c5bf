package org.almonry.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

/// C-031, C-038
class DonationCodeTest {
    private static final int CODES = 2_000;

    @Test
    void theCheckDigitIsDamms() {
        // The worked example of Damm's thesis: 572 has check digit 4.
        assertEquals("0005724", DonationCode.withCheckDigit("000572").digits());
    }

    @Test
    void aCodePrintsWithPrefixAndDash() {
        assertEquals("CCT-0005724", DonationCode.withCheckDigit("000572").printed("CCT"));
    }

    /// C-038
    @Test
    void oneWrongDigitNeverMakesAnotherCode() {
        long seed = 0xC038;
        System.err.println("seed " + seed);
        Random random = new Random(seed);
        for (int n = 0; n < CODES; n++) {
            String digits = randomCode(random, n % 2 == 0 ? 6 : 8);
            for (int i = 0; i < digits.length(); i++) {
                for (char other = '0'; other <= '9'; other++) {
                    if (other != digits.charAt(i)) {
                        String typed = digits.substring(0, i) + other + digits.substring(i + 1);
                        assertTrue(DonationCode.of(typed).isEmpty(), digits + " as " + typed);
                    }
                }
            }
        }
    }

    /// C-038
    @Test
    void twoSwappedNeighboursNeverMakeAnotherCode() {
        long seed = 0xC039;
        System.err.println("seed " + seed);
        Random random = new Random(seed);
        for (int n = 0; n < CODES; n++) {
            String digits = randomCode(random, n % 2 == 0 ? 6 : 8);
            for (int i = 1; i < digits.length(); i++) {
                if (digits.charAt(i) != digits.charAt(i - 1)) {
                    String typed = digits.substring(0, i - 1)
                            + digits.charAt(i)
                            + digits.charAt(i - 1)
                            + digits.substring(i + 1);
                    assertTrue(DonationCode.of(typed).isEmpty(), digits + " as " + typed);
                }
            }
        }
    }

    /// C-038
    @Test
    void aDigitLostOrDoubledNeverMakesACodeOfTheOtherKind() {
        Random random = new Random(38);
        for (int n = 0; n < CODES; n++) {
            String digits = randomCode(random, n % 2 == 0 ? 6 : 8);
            for (int i = 0; i < digits.length(); i++) {
                assertTrue(DonationCode.of(digits.substring(0, i) + digits.substring(i + 1))
                        .isEmpty());
                assertTrue(DonationCode.of(digits.substring(0, i)
                                + digits.substring(i, i + 1)
                                + digits.substring(i))
                        .isEmpty());
            }
        }
    }

    @Test
    void theLengthTellsPledgesFromProjects() {
        assertTrue(DonationCode.withCheckDigit("12345678").isPledge());
        assertFalse(DonationCode.withCheckDigit("123456").isPledge());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0005725", "005724", "00005724", "000572x", "٠٠٠٥", "0005724 "})
    void whatIsNotACodeIsRefused(String digits) {
        assertTrue(DonationCode.of(digits).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> new DonationCode(digits));
    }

    /// Published examples of ISO 11649 guides.
    @ParameterizedTest
    @CsvSource({
        "539007547034, RF18539007547034",
        "2348236, RF332348236",
        "000000000539007547034, RF18000000000539007547034"
    })
    void creditorReferencesMatchPublishedOnes(String body, String reference) {
        assertEquals(reference, CreditorReference.of(body).value());
        assertEquals(body, CreditorReference.parse(reference).orElseThrow().body());
    }

    @Test
    void creditorReferencesAreReadWithBlanksAndInLowerCase() {
        CreditorReference reference =
                CreditorReference.parse("rf18 5390 0754 7034").orElseThrow();
        assertEquals("RF18539007547034", reference.value());
        assertEquals("RF18 5390 0754 7034", reference.grouped());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RF19539007547034",
                "RF18539007547043",
                "RF18",
                "RF185390075470340000000000",
                "DE18539007547034"
            })
    void wrongCreditorReferencesAreRefused(String text) {
        assertTrue(CreditorReference.parse(text).isEmpty());
    }

    /// C-038
    @Test
    void aMistypedReferenceNeverLeadsToAnotherCode() {
        Random random = new Random(11649);
        for (int n = 0; n < 500; n++) {
            String value = new DonationCode(randomCode(random, 8)).reference().value();
            for (int i = 2; i < value.length(); i++) {
                for (char other = '0'; other <= '9'; other++) {
                    if (other != value.charAt(i)) {
                        String typed = value.substring(0, i) + other + value.substring(i + 1);
                        assertTrue(
                                CreditorReference.parse(typed).isEmpty(), value + " as " + typed);
                    }
                }
            }
        }
    }

    private static String randomCode(Random random, int digits) {
        StringBuilder payload = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            payload.append((char) ('0' + random.nextInt(10)));
        }
        return DonationCode.withCheckDigit(payload.toString()).digits();
    }
}
