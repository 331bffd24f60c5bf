package org.almonry.gateway.admin;

import org.almonry.gateway.FormState;

/// Asks for a whole process to be taken back.
public record ReversePage(String process, FormState form) {}
