package org.almonry.gateway.admin;

import org.almonry.accounting.v1.StatementPreview;

/// What the first pass over an uploaded file found.
public record PreviewPage(String filename, StatementPreview preview) {}
