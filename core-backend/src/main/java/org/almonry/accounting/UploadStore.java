package org.almonry.accounting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.almonry.providers.CsvMapping;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Uploads that wait for a yes.
final class UploadStore {
    private static final String INSERT = """
            insert into accounting.upload (id, filename, mapping, uploaded_by, uploaded_at)
            values (:id, :filename, :mapping, :by, :at)
            """;

    private static final String ONE = """
            select id, filename, mapping, uploaded_by, uploaded_at
              from accounting.upload
             where id = :id
            """;

    private static final String DELETE_BEFORE = """
            delete from accounting.upload where uploaded_at < :before returning id
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Jdbi jdbi;

    UploadStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// A file that was checked and can be imported.
    record Upload(
            String id, String filename, @Nullable CsvMapping mapping, String by, Instant at) {}

    void insert(Upload upload) {
        jdbi.useHandle(handle -> handle.createUpdate(INSERT)
                .bind("id", upload.id())
                .bind("filename", upload.filename())
                .bind("mapping", json(upload.mapping()))
                .bind("by", upload.by())
                .bind("at", upload.at().atOffset(ZoneOffset.UTC))
                .execute());
    }

    Optional<Upload> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery(ONE)
                .bind("id", id)
                .map((row, context) -> upload(row))
                .findOne());
    }

    /// Forgets old uploads and gives their ids.
    List<String> deleteBefore(Instant before) {
        return jdbi.withHandle(handle -> handle.createQuery(DELETE_BEFORE)
                .bind("before", before.atOffset(ZoneOffset.UTC))
                .mapTo(String.class)
                .list());
    }

    private static Upload upload(ResultSet row) throws SQLException {
        return new Upload(
                row.getString("id"),
                row.getString("filename"),
                mapping(row.getString("mapping")),
                row.getString("uploaded_by"),
                row.getObject("uploaded_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable String json(@Nullable CsvMapping mapping) {
        try {
            return mapping == null ? null : JSON.writeValueAsString(mapping);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts is always JSON", e);
        }
    }

    private static @Nullable CsvMapping mapping(@Nullable String json) {
        try {
            return json == null ? null : JSON.readValue(json, CsvMapping.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored mapping cannot be read", e);
        }
    }
}
