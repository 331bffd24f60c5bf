package org.almonry.identity;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/// Where sign-in links lead, by the gateway that they were asked from.
///
/// @param baseByGateway address of each gateway, such as "https://my.example.org"
/// @param instance name or host of the instance, for the subject of the mail
public record SignInLinks(Map<String, String> baseByGateway, String instance) {
    /// Refuses missing parts.
    public SignInLinks {
        baseByGateway = Map.copyOf(baseByGateway);
        requireNonNull(instance, "instance is null");
    }

    /// Links of the public and the admin gateway.
    public static SignInLinks of(String publicBase, String adminBase, String instance) {
        return new SignInLinks(
                Map.of(Role.PUBLIC_GATEWAY, publicBase, Role.ADMIN_GATEWAY, adminBase), instance);
    }

    String link(String gateway, Token token) {
        String base = baseByGateway.get(gateway);
        if (base == null) {
            throw new IllegalStateException("no links are configured for " + gateway);
        }
        return base + "/sign-in/link?token=" + token.reveal();
    }
}
