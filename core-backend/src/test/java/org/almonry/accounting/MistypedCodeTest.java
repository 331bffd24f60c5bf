package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.almonry.accounting.Matcher.Reading;
import org.almonry.directory.CodeFinder;
import org.almonry.directory.DonationCode;
import org.almonry.money.Money;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// C-038 at its worst: every code that can exist belongs to somebody. One wrong digit, or
/// two swapped ones, in any code, wherever the bank breaks the line, never books to
/// somebody else.
class MistypedCodeTest {
    private final CodeFinder finder = new CodeFinder("CCT");

    @Test
    void oneSlipNeverLandsElsewhere() {
        long seed = System.nanoTime();
        System.err.println("MistypedCodeTest seed " + seed);
        var random = new SplittableRandom(seed);
        var landed = new ArrayList<String>();
        for (int i = 0; i < 80; i++) {
            var project =
                    DonationCode.withCheckDigit(String.valueOf(random.nextInt(100_000, 1_000_000)));
            var pledge = DonationCode.withCheckDigit(
                    String.valueOf(random.nextInt(10_000_000, 100_000_000)));
            for (DonationCode code : List.of(project, pledge)) {
                for (String slip : slips(code.digits())) {
                    var printed = "CCT-" + slip;
                    var reference = code.reference().value().substring(0, 4) + slip;
                    for (String text : List.of(printed, reference, broken(printed, random))) {
                        if (isBooked(text)) {
                            landed.add(code + " as " + text.replace("\n", "\\n"));
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), landed);
    }

    /// A gap at a random place, as banks make them at the end of a line.
    private static String broken(String text, SplittableRandom random) {
        int at = random.nextInt(4, text.length());
        return text.substring(0, at) + (random.nextBoolean() ? "\n" : " ") + text.substring(at);
    }

    private static List<String> slips(String digits) {
        var slips = new ArrayList<String>();
        for (int i = 0; i < digits.length(); i++) {
            for (char other = '0'; other <= '9'; other++) {
                if (other != digits.charAt(i)) {
                    slips.add(digits.substring(0, i) + other + digits.substring(i + 1));
                }
            }
            if (i > 0 && digits.charAt(i) != digits.charAt(i - 1)) {
                slips.add(digits.substring(0, i - 1)
                        + digits.charAt(i)
                        + digits.charAt(i - 1)
                        + digits.substring(i + 1));
            }
        }
        return slips;
    }

    private boolean isBooked(String text) {
        var line = new Incoming(
                "inc_1",
                "acc_1",
                "prc_1",
                1,
                1,
                LocalDate.EPOCH,
                null,
                Money.of(100, "EUR"),
                "",
                "",
                text,
                "",
                "",
                "",
                "",
                Instant.EPOCH);
        var readings = finder.find(text).stream()
                .map(hit -> new Reading(
                        hit.seen(),
                        hit.exact(),
                        List.of(new Target.Whole("prj_" + hit.code().digits(), "", true))))
                .toList();
        return Matcher.certain(line, readings).isPresent();
    }
}
