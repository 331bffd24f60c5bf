package org.almonry.ledger.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almonry.verifier.Finding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// X-010, K-037, I07: whatever a superuser changes behind the back of the core, the
/// verifier finds, and says what and where.
class TamperTest {
    @TempDir
    static Path folder;

    private static TamperedBooks books;
    private static Path kept;

    @BeforeAll
    static void build() throws Exception {
        books = new TamperedBooks(folder, 5_000, 16);
        kept = books.keepNotes();
    }

    @AfterAll
    static void close() {
        books.close();
    }

    @TestFactory
    Stream<DynamicTest> everyChangeIsFound() {
        var all = Stream.of(TamperedRows.all(), TamperedTables.all(), TamperedSeals.all())
                .flatMap(List::stream)
                .toList();
        assertTrue(all.size() >= 60, "only " + all.size());
        return all.stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
    }

    private static void check(TamperedRows.Tamper tamper) {
        var into = books.next();
        var expected = books.tampered(tamper.change(), into);
        var kept = tamper.needsKept() ? List.of(TamperTest.kept) : List.<Path>of();
        var report = books.verify(into, kept, null);
        for (var each : expected) {
            assertTrue(
                    report.findings().stream()
                            .anyMatch(found -> found.toString().contains(each)),
                    () -> "not found: " + each + "\nbut " + report.count() + ":\n"
                            + String.join(
                                    "\n",
                                    report.findings().stream()
                                            .limit(12)
                                            .map(Finding::toString)
                                            .toList()));
        }
    }

    /// A run that trusts an earlier one finds what a full one finds.
    @Test
    void incrementalAgreesWithFull() {
        var state = folder.resolve("state");
        assertEquals(List.of(), books.verify(books.export(), List.of(), state).findings());
        for (var tamper : TamperedRows.all()) {
            var into = books.next();
            books.tampered(tamper.change(), into);
            assertEquals(
                    books.verify(into, List.of(), null).findings(),
                    books.verify(into, List.of(), state).findings(),
                    tamper.name());
        }
    }

    /// Periods are sealed nowhere; a verifier that was there before remembers them.
    @Test
    void aPeriodMovedBackIsRemembered() {
        var state = folder.resolve("state-of-periods");
        assertEquals(List.of(), books.verify(books.export(), List.of(), state).findings());
        var into = books.next();
        var period = books.tampered(
                handle -> {
                    var closed = TamperedRows.text(
                            handle, "select min(closed_to)::text from ledger.period");
                    handle.execute(
                            "update ledger.period set closed_to = closed_to - 9 where closed_to = ?::date",
                            closed);
                    return closed;
                },
                into);
        var found = books.verify(into, List.of(), state).findings();
        assertTrue(
                found.stream()
                        .anyMatch(each -> each.toString().contains("up to " + period)
                                && each.text().contains("was closed when it was last verified")),
                found::toString);
    }
}
