package org.almonry.gateway.admin;

import io.grpc.StatusRuntimeException;
import io.helidon.webserver.http.HttpRouting;

import org.almonry.accounting.v1.ConfirmImportRequest;
import org.almonry.accounting.v1.CsvMapping;
import org.almonry.accounting.v1.FileRefused;
import org.almonry.accounting.v1.UploadHeader;
import org.almonry.accounting.v1.UploadStatementResponse;
import org.almonry.error.v1.Reason;
import org.almonry.gateway.Answer;
import org.almonry.gateway.Desk;
import org.almonry.gateway.FormState;
import org.almonry.gateway.Visit;
import org.almonry.webkit.Problem;
import org.almonry.wire.Failure;

import java.io.IOException;
import java.util.Optional;

/// Statement files by upload: the file streams through to the core, which checks all of it;
/// a preview; then the import. Preview and result are shown as answers to the form itself,
/// because the gateway keeps nothing that a second address could show; reloading sends the
/// same key again, which adds nothing.
public final class ImportPages {

    private static final String[] FIELDS = {
        "key",
        "account",
        "currency",
        "booking_date",
        "date_pattern",
        "amount",
        "decimal_sign",
        "counterparty_name",
        "counterparty_account",
        "remittance",
        "reference",
        "balance",
        "separator",
        "charset"
    };

    private final Desk desk;

    private ImportPages(Desk desk) {
        this.desk = desk;
    }

    /// Adds the pages.
    public static void route(Desk desk, HttpRouting.Builder routes) {
        var pages = new ImportPages(desk);
        desk.get(routes, "/imports", ImportPages::form);
        desk.upload(routes, "/imports", pages::upload);
        desk.post(routes, "/imports/confirm", "confirm", ImportPages::confirm);
    }

    private static Answer form(Visit visit) {
        var form = new FormState()
                .with("key", visit.view().newKey())
                .with("currency", visit.view().currency())
                .with("decimal_sign", ",");
        return Answer.page("admin/imports", page(visit, form));
    }

    private static ImportPage page(Visit visit, FormState form) {
        return ImportPage.of(visit.view(), IncomingPages.accountsOf(visit), form);
    }

    private Answer upload(Visit visit) {
        try {
            var body = Multipart.of(visit.request());
            Optional<Multipart.Upload> file = body.readToFile();
            desk.checkForm(visit.request(), "import", body.text("csrf"));
            var form = FormState.of(body::text, FIELDS);
            if (file.isEmpty()) {
                form.wrong("file", visit.view().t("imports.no-file"));
                return refused(visit, form);
            }
            return send(visit, form, file.get());
        } catch (IOException broken) {
            // The browser went away, or what came is no form.
            throw Problem.badRequest();
        }
    }

    private static Answer send(Visit visit, FormState form, Multipart.Upload file)
            throws IOException {
        try {
            UploadStatementResponse found = StatementUpload.send(
                    visit.core().accountingStreams(), header(form, file.filename()), file.bytes());
            return switch (found.getOutcomeCase()) {
                case PREVIEW ->
                    Answer.page(
                            "admin/preview", new PreviewPage(file.filename(), found.getPreview()));
                case REFUSED ->
                    refused(visit, form.wrong("file", words(visit, found.getRefused())));
                case OUTCOME_NOT_SET -> throw new Failure(Reason.INTERNAL, "no outcome");
            };
        } catch (StatementUpload.TooLarge tooLarge) {
            return refused(visit, form.wrong("file", visit.view().t("imports.too-large")));
        } catch (StatusRuntimeException thrown) {
            var failure = Failure.from(thrown);
            if (failure.reason() != Reason.INVALID_ARGUMENT) {
                throw failure;
            }
            return refused(visit, form.take(visit.view(), failure));
        }
    }

    /// With a new key: the old one belongs to the file that was refused.
    private static Answer refused(Visit visit, FormState form) {
        form.with("key", visit.view().newKey());
        return Answer.refused("admin/imports", page(visit, form));
    }

    private static String words(Visit visit, FileRefused refused) {
        var view = visit.view();
        if (refused.getLine() > 0) {
            return view.t(
                    "imports.refused-line", "why", refused.getReason(), "line", refused.getLine());
        }
        if (refused.getOffset() > 0) {
            return view.t(
                    "imports.refused-offset",
                    "why",
                    refused.getReason(),
                    "offset",
                    refused.getOffset());
        }
        return view.t("imports.refused", "why", refused.getReason());
    }

    private static UploadHeader header(FormState form, String filename) {
        var header = UploadHeader.newBuilder()
                .setIdempotencyKey(form.value("key"))
                .setFilename(filename);
        if (!form.value("booking_date").isEmpty()) {
            header.setCsv(CsvMapping.newBuilder()
                    .setAccount(form.value("account"))
                    .setCurrency(form.value("currency"))
                    .setBookingDate(form.value("booking_date"))
                    .setDatePattern(form.value("date_pattern"))
                    .setAmount(form.value("amount"))
                    .setDecimalSign(form.value("decimal_sign"))
                    .setCounterpartyName(form.value("counterparty_name"))
                    .setCounterpartyAccount(form.value("counterparty_account"))
                    .setRemittance(form.value("remittance"))
                    .setReference(form.value("reference"))
                    .setBalance(form.value("balance"))
                    .setSeparator(form.value("separator"))
                    .setCharset(form.value("charset")));
        }
        return header.build();
    }

    private static Answer confirm(Visit visit) {
        var done = visit.core()
                .accounting()
                .confirmImport(ConfirmImportRequest.newBuilder()
                        .setIdempotencyKey(visit.form().text("key"))
                        .setUploadId(visit.form().text("upload_id"))
                        .build());
        return Answer.page("admin/imported", done);
    }
}
