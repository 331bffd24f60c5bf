package org.almonry.accounting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// C-036: names as banks write them are a clue, never more.
class NameLikenessTest {
    @ParameterizedTest
    @CsvSource({
        "Maria Kowalska, Maria Kowalska, 100",
        "Maria Kowalska, KOWALSKA MARIA, 100",
        "Jürgen Müller, Juergen Mueller, 100",
        "Jürgen Müller, JURGEN MULLER, 100",
        "José Núñez, Jose Nunez, 100",
        "Dr. Eva Groß, GROSS EVA, 100",
        "John Smith, J. SMITH, 80",
        "Maria Anna Kowalska, Maria Kowalska, 85",
        "Maria Kowalska, Maria Kowalsky, 85",
    })
    void namesThatAreOnePersonLookAlike(String one, String other, int atLeast) {
        int percent = NameLikeness.percent(one, other);
        assertTrue(percent >= atLeast, one + " / " + other + ": " + percent);
        assertEquals(percent, NameLikeness.percent(other, one));
    }

    @ParameterizedTest
    @CsvSource({
        "Maria Kowalska, John Smith",
        "Maria Kowalska, Maria Schneider",
        "Otto Meier, Anna Meier",
        "'', Maria Kowalska",
        "'.,-', '.,-'",
        "Herr, Frau",
    })
    void namesOfTwoPeopleDoNot(String one, String other) {
        assertTrue(NameLikeness.percent(one, other) < 65, one + " / " + other);
    }

    @Test
    void anEndlessNameEndsQuickly() {
        assertTrue(NameLikeness.percent("x ".repeat(100_000), "y ".repeat(100_000)) < 65);
    }
}
