package org.almonry.gateway;

import org.almonry.webkit.Messages;

import java.util.Locale;

/// The texts of a role: its own catalogue first, then the one that both roles share.
final class Texts {

    private final Messages own;
    private final Messages shared;

    private Texts(Messages own, Messages shared) {
        this.own = own;
        this.shared = shared;
    }

    static Texts of(Role role, Locale locale) {
        return new Texts(Messages.of(role.area(), locale), Messages.of("gateway", locale));
    }

    String text(String key, Object... pairs) {
        return (own.has(key) ? own : shared).text(key, pairs);
    }

    String count(String key, long count, Object... pairs) {
        return (own.has(key + ".other") ? own : shared).count(key, count, pairs);
    }

    boolean has(String key) {
        return own.has(key) || shared.has(key);
    }

    String language() {
        return own.lang();
    }

    String direction() {
        return own.dir();
    }
}
