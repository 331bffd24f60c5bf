package org.almonry.gateway;

import org.almonry.webkit.SessionCookie.SameSite;
import org.almonry.wire.Config;

import java.util.Locale;

/// What a gateway process is for.
public enum Role {
    /// Members of projects, from the internet.
    PUBLIC("account", "/projects", SameSite.LAX),

    /// Accountants and platform admins, from inside.
    ADMIN("admin", "/", SameSite.STRICT);

    private final String area;
    private final String home;
    private final SameSite sameSite;

    Role(String area, String home, SameSite sameSite) {
        this.area = area;
        this.home = home;
        this.sameSite = sameSite;
    }

    /// Reads the key `role`.
    static Role from(Config config) {
        return switch (config.text("role")) {
            case "public" -> PUBLIC;
            case "admin" -> ADMIN;
            case "hook", "sign" ->
                throw config.refused("role", "names a role that this release does not have yet");
            default -> throw config.refused("role", "is neither public nor admin");
        };
    }

    /// The catalogue of texts.
    public String area() {
        return area;
    }

    /// Where a person starts.
    public String home() {
        return home;
    }

    SameSite sameSite() {
        return sameSite;
    }

    /// As in the configuration.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
