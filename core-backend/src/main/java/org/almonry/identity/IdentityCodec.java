package org.almonry.identity;

import com.google.protobuf.Timestamp;

import java.time.Instant;

/// Identity's values on the wire.
final class IdentityCodec {
    private IdentityCodec() {}

    static org.almonry.identity.v1.User user(User user) {
        return org.almonry.identity.v1.User.newBuilder()
                .setId(user.id())
                .setEmail(user.email())
                .setDisplayName(user.displayName())
                .setRole(role(user.role()))
                .setDisabled(user.disabled())
                .setCreatedAt(timestamp(user.createdAt()))
                .build();
    }

    static Role role(org.almonry.identity.v1.Role role) {
        return switch (role) {
            case ROLE_USER -> Role.USER;
            case ROLE_ACCOUNTANT -> Role.ACCOUNTANT;
            case ROLE_PLATFORM_ADMIN -> Role.PLATFORM_ADMIN;
            case ROLE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("a role that the field rule refuses");
        };
    }

    static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static org.almonry.identity.v1.Role role(Role role) {
        return switch (role) {
            case USER -> org.almonry.identity.v1.Role.ROLE_USER;
            case ACCOUNTANT -> org.almonry.identity.v1.Role.ROLE_ACCOUNTANT;
            case PLATFORM_ADMIN -> org.almonry.identity.v1.Role.ROLE_PLATFORM_ADMIN;
        };
    }
}
