package org.almonry.accounting;

import org.almonry.accounting.v1.Account;
import org.almonry.accounting.v1.FileRefused;
import org.almonry.accounting.v1.Provider;
import org.almonry.accounting.v1.StatementPreview;
import org.almonry.accounting.v1.StatementSummary;
import org.almonry.accounting.v1.UploadStatementResponse;
import org.almonry.providers.CsvFormat;
import org.almonry.providers.CsvMapping;
import org.almonry.wire.MoneyCodec;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Runs, accounts and statement files as the contract writes them.
final class FetchCodec {
    private FetchCodec() {}

    static Provider encode(Fetcher.Standing standing, List<Reconciliation.Standing> accounts) {
        var encoded = Provider.newBuilder()
                .setName(standing.provider().name())
                .setKind(standing.provider().kind())
                .addAllCapabilities(
                        standing.provider().capabilities().stream().sorted().toList())
                .setAlarm(standing.alarm());
        accounts.stream()
                .filter(each ->
                        each.account().provider().equals(standing.provider().name()))
                .forEach(each -> encoded.addAccounts(account(each)));
        if (standing.lastRun() != null) {
            encoded.setLastRun(encode(standing.lastRun()));
        }
        if (standing.lastSuccessAt() != null) {
            encoded.setLastSuccessAt(AccountingCodec.timestamp(standing.lastSuccessAt()));
        }
        if (standing.nextRunAt() != null) {
            encoded.setNextRunAt(AccountingCodec.timestamp(standing.nextRunAt()));
        }
        return encoded.build();
    }

    static Account account(Reconciliation.Standing standing) {
        var account = standing.account();
        var encoded = Account.newBuilder()
                .setId(account.id())
                .setProvider(account.provider())
                .setIdentification(account.identification())
                .setBic(account.bic())
                .setHolder(account.holder())
                .setCurrency(account.currency().code())
                .setCoinId("coin_" + account.issuingCoin())
                .setLedger(MoneyCodec.toProto(standing.held()))
                .setDrift(MoneyCodec.toProto(standing.drift()));
        if (standing.reported() != null) {
            encoded.setReported(MoneyCodec.toProto(standing.reported()));
        }
        if (standing.reportedOn() != null) {
            encoded.setReportedOn(standing.reportedOn().toString());
        }
        return encoded.build();
    }

    static org.almonry.accounting.v1.FetchRun encode(FetchRun run) {
        var encoded = org.almonry.accounting.v1.FetchRun.newBuilder()
                .setId(run.id())
                .setProvider(run.provider())
                .setPages(run.pages())
                .setEntries(run.counts().entries())
                .setAdded(run.counts().added())
                .setDuplicates(run.counts().duplicates())
                .setBooked(run.counts().booked())
                .setStartedAt(AccountingCodec.timestamp(run.startedAt()))
                .setTrigger(
                        switch (run.trigger()) {
                            case SCHEDULE -> "schedule";
                            case RETRY -> "retry";
                            case PERSON -> "person";
                        })
                .addAllBreaks(run.breaks());
        switch (run.state()) {
            case FetchState.Queued _ ->
                encoded.setState(org.almonry.accounting.v1.FetchState.FETCH_STATE_QUEUED);
            case FetchState.Running _ ->
                encoded.setState(org.almonry.accounting.v1.FetchState.FETCH_STATE_RUNNING);
            case FetchState.Succeeded ended ->
                encoded.setState(org.almonry.accounting.v1.FetchState.FETCH_STATE_SUCCEEDED)
                        .setFinishedAt(AccountingCodec.timestamp(ended.finishedAt()));
            case FetchState.Failed ended -> {
                encoded.setState(org.almonry.accounting.v1.FetchState.FETCH_STATE_FAILED)
                        .setFinishedAt(AccountingCodec.timestamp(ended.finishedAt()))
                        .setCause(ended.cause());
                if (ended.nextRetryAt() != null) {
                    encoded.setNextRetryAt(AccountingCodec.timestamp(ended.nextRetryAt()));
                }
            }
        }
        return encoded.build();
    }

    static UploadStatementResponse encode(Uploads.Outcome outcome) {
        return switch (outcome) {
            case Uploads.Outcome.Preview preview ->
                UploadStatementResponse.newBuilder()
                        .setPreview(preview(preview.uploadId(), preview.report()))
                        .build();
            case Uploads.Outcome.Refused refused ->
                UploadStatementResponse.newBuilder()
                        .setRefused(FileRefused.newBuilder()
                                .setReason(refused.reason())
                                .setLine(refused.line())
                                .setOffset(refused.offset()))
                        .build();
        };
    }

    private static StatementPreview preview(String uploadId, ImportReport report) {
        var encoded = StatementPreview.newBuilder()
                .setUploadId(uploadId)
                .setFormat(report.format())
                .setStatementCount(report.statementCount())
                .setEntryCount(report.counts().entries());
        report.statements().forEach(each -> encoded.addStatements(encode(each)));
        report.sample().forEach(line -> encoded.addSample(AccountingCodec.sample(line)));
        return encoded.build();
    }

    static StatementSummary encode(StatementReport report) {
        var encoded = StatementSummary.newBuilder()
                .setAccount(report.account())
                .setStatementId(report.statementId())
                .setEntries(report.entries())
                .addAllBreaks(report.breaks())
                .setAdded(report.added())
                .setDuplicates(report.duplicates());
        if (report.opening() != null) {
            encoded.setOpening(MoneyCodec.toProto(report.opening()));
        }
        if (report.closing() != null) {
            encoded.setClosing(MoneyCodec.toProto(report.closing()));
        }
        return encoded.build();
    }

    static CsvMapping decode(org.almonry.accounting.v1.CsvMapping csv) {
        Map<CsvMapping.Column, String> columns = new EnumMap<>(CsvMapping.Column.class);
        name(columns, CsvMapping.Column.BOOKING_DATE, csv.getBookingDate());
        name(columns, CsvMapping.Column.AMOUNT, csv.getAmount());
        name(columns, CsvMapping.Column.COUNTERPARTY_NAME, csv.getCounterpartyName());
        name(columns, CsvMapping.Column.COUNTERPARTY_ACCOUNT, csv.getCounterpartyAccount());
        name(columns, CsvMapping.Column.REMITTANCE, csv.getRemittance());
        name(columns, CsvMapping.Column.REFERENCE, csv.getReference());
        name(columns, CsvMapping.Column.BALANCE, csv.getBalance());
        return new CsvMapping(
                csv.getAccount(),
                csv.getCurrency(),
                columns,
                new CsvFormat(
                        csv.getDatePattern(),
                        csv.getDecimalSign(),
                        csv.getSeparator(),
                        csv.getCharset()));
    }

    private static void name(
            Map<CsvMapping.Column, String> columns, CsvMapping.Column column, String name) {
        if (!name.isBlank()) {
            columns.put(column, name);
        }
    }
}
