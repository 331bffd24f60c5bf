package org.almonry.gateway.admin;

/// A decision before it is made.
///
/// @param action "approve", "decline", "reject" or "repeat"
public record DecidePage(RequestPage of, String action) {}
