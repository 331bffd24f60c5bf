package org.almonry.ledger.rpc;

import static org.almonry.ledger.rpc.Integrator.issue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.StatusRuntimeException;

import org.almonry.error.v1.Reason;
import org.almonry.ledger.v1.CloseBooksRequest;
import org.almonry.ledger.v1.CoinKind;
import org.almonry.ledger.v1.LedgerPeriodServiceGrpc;
import org.almonry.ledger.v1.LedgerPeriodServiceGrpc.LedgerPeriodServiceBlockingStub;
import org.almonry.ledger.v1.ListPeriodsRequest;
import org.almonry.ledger.v1.Rejection;
import org.almonry.testing.SignedIn;
import org.almonry.testing.TestCore;
import org.almonry.wire.Failure;
import org.almonry.wire.Identity;
import org.almonry.wire.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/// Closing the books at the back office.
class PeriodServiceTest {
    @Test
    void booksAreClosedForDaysThatAreOverAndNeverOpenedAgain(@TempDir Path directory) {
        try (var core = TestCore.start(directory, Map.of())) {
            var shop = new Integrator(core);
            var admin = WireClient.withSession(
                    LedgerPeriodServiceGrpc.newBlockingStub(core.channel(Identity.ADMIN)),
                    SignedIn.at(core, Identity.ADMIN, TestCore.ADMIN));
            assertEquals("2026-03-31", close(admin, "shop", "2026-03-31"));
            assertEquals("2026-03-31", close(admin, "shop", "2026-02-28"));
            assertEquals("2026-03-31", close(admin, "shop", "2026-03-31"));
            var listed = admin.listPeriods(ListPeriodsRequest.getDefaultInstance());
            assertEquals(
                    "2026-03-31",
                    listed.getIssuersList().stream()
                            .filter(each -> each.getKey().equals("shop"))
                            .findFirst()
                            .orElseThrow()
                            .getClosedTo());

            var today = LocalDate.now(ZoneOffset.UTC);
            refused(Reason.INVALID_ARGUMENT, admin, "shop", today.toString());
            refused(Reason.INVALID_ARGUMENT, admin, "shop", today.plusYears(1).toString());
            refused(Reason.INVALID_ARGUMENT, admin, "shop", "2026-02-30");
            refused(Reason.NOT_FOUND, admin, "nobody", "2026-03-31");

            var bank = shop.coin(CoinKind.COIN_KIND_ISSUING, "bank");
            var project = shop.coin(CoinKind.COIN_KIND_PROJECT, "prj_1");
            var late =
                    shop.post(shop.posting(issue(bank, project, 100)).setEffectiveOn("2026-03-31"));
            assertEquals(Rejection.REJECTION_PERIOD_CLOSED, late.getRejected().getReason());
        }
    }

    private static void refused(
            Reason reason, LedgerPeriodServiceBlockingStub admin, String issuer, String day) {
        var thrown = assertThrows(StatusRuntimeException.class, () -> close(admin, issuer, day));
        assertEquals(reason, Failure.from(thrown).reason(), day);
    }

    private static String close(LedgerPeriodServiceBlockingStub admin, String issuer, String day) {
        return admin.closeBooks(CloseBooksRequest.newBuilder()
                        .setIdempotencyKey("close " + issuer + day)
                        .setIssuerKey(issuer)
                        .setClosedTo(day)
                        .build())
                .getIssuer()
                .getClosedTo();
    }
}
