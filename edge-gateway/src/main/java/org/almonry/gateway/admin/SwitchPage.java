package org.almonry.gateway.admin;

import org.almonry.identity.v1.User;

/// Asks before a user is switched off or on.
///
/// @param to "off" or "on"
public record SwitchPage(User user, String to) {}
