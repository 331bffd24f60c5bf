package org.almonry.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalDouble;

class GoalTest {
    @Test
    void aRatioIsJudgedByFloorAndGoal() {
        assertEquals("**miss**", atLeast(OptionalDouble.of(2.49)).verdict());
        assertEquals("pass", atLeast(OptionalDouble.of(2.5)).verdict());
        assertEquals("pass, goal reached", atLeast(OptionalDouble.of(4)).verdict());
        assertEquals("not run", atLeast(OptionalDouble.empty()).verdict());
        assertEquals(
                "**miss**", Goal.atMost("x", 0.5, "", OptionalDouble.of(0.51)).verdict());
        assertEquals(
                "| x | ≥ 2.50 | 4.00 | 2.49 | **miss** |",
                atLeast(OptionalDouble.of(2.49)).row());
    }

    @Test
    void eachFigureHasItsOwnMedian() {
        var median = Sample.median(
                List.of(new Sample(1, 30, 5, 7), new Sample(3, 10, 6, 9), new Sample(2, 20, 4, 8)));
        assertEquals(new Sample(2, 20, 5, 8), median);
    }

    private static Goal atLeast(OptionalDouble measured) {
        return Goal.atLeast("x", 2.5, 4, measured);
    }
}
