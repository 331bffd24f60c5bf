package org.almonry.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.almonry.ledger.Operation.Authorize;
import org.almonry.ledger.Operation.Balance;
import org.almonry.ledger.Operation.Capture;
import org.almonry.ledger.Operation.Commission;
import org.almonry.ledger.Operation.Correction;
import org.almonry.ledger.Operation.Issue;
import org.almonry.ledger.Operation.Merge;
import org.almonry.ledger.Operation.Redeem;
import org.almonry.ledger.Operation.Reverse;
import org.almonry.ledger.Operation.Split;
import org.almonry.ledger.Operation.Transfer;
import org.almonry.testing.InstalledPostgres;
import org.almonry.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The ledger on every other PostgreSQL from 15 on that this machine has installed; the
/// embedded one carries all other tests. K-010 to K-023.
class PostgresVersionsTest {
    /// Where Debian keeps the versions, each in a directory of its number.
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private static final int OLDEST = 15;
    private static final int MANY = 5_000;

    @Test
    void theLedgerWorksOnEveryInstalledVersion() throws Exception {
        var versions = versions();
        assumeTrue(!versions.isEmpty(), "no PostgreSQL below " + INSTALLED);
        for (var version : versions) {
            try (var cluster = new InstalledPostgres(version)) {
                TestDatabase.prepare(cluster.port());
                try (var books = new Books(TestDatabase.fresh(cluster.port()))) {
                    everyTypeOnce(books);
                    many(books);
                }
            }
        }
    }

    private static List<Path> versions() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return List.of();
        }
        try (var found = Files.list(INSTALLED)) {
            return found.filter(each -> each.getFileName().toString().matches("[0-9]+"))
                    .filter(each -> Integer.parseInt(each.getFileName().toString()) >= OLDEST)
                    .filter(each -> Files.isExecutable(each.resolve("bin/initdb")))
                    .sorted()
                    .toList();
        }
    }

    private static void everyTypeOnce(Books books) {
        long project = books.project;
        long transfer = post(
                        books,
                        new Issue(books.bank, project, 1000),
                        new Transfer(project, books.other, 100))
                .get(1);
        post(books, new Correction(new Transfer(books.other, project, 100), transfer));
        post(books, new Commission(project, books.overhead, 10));
        var pot = new NewCoin(books.issuer, books.eur, CoinKind.POT, "pot", "pot");
        post(books, new Split(project, pot, 90));
        post(books, new Merge(books.ledger.openCoin(pot).id(), project));
        post(books, new Balance(project, 990));
        long hold = post(books, new Authorize(project, books.other, 300, null)).getFirst();
        post(books, new Capture(hold, 0, 100, true));
        post(books, new Reverse(hold));
        long frozen = post(books, new Operation.Hold(project, 5)).getFirst();
        post(books, new Reverse(frozen));
        post(books, new Redeem(project, books.bank, 890));
        assertEquals(0, books.balance(project));
        assertEquals(100, books.balance(books.other));
    }

    /// More rows at once than plans that suit a few would survive.
    private static void many(Books books) {
        var requests = new ArrayList<PostRequest>();
        for (int i = 0; i < MANY; i++) {
            requests.add(books.request(new Issue(books.bank, books.incoming, 1 + i % 7)));
        }
        books.ledger.postAll(requests);
        assertEquals(MANY, books.state(books.incoming).sequence());
    }

    private static List<Long> post(Books books, Operation... operations) {
        return assertInstanceOf(PostResult.Posted.class, books.post(operations)).transactionIds();
    }
}
