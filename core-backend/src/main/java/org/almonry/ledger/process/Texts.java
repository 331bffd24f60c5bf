package org.almonry.ledger.process;

import org.almonry.wire.Ids;

/// Checks texts at the door: what PostgreSQL would refuse (a NUL) must not reach a batch
/// that others share.
public final class Texts {
    private Texts() {}

    public static void id(String text, String what) {
        if (!text.equals(text.strip()) || Ids.uuid(text) == null) {
            throw new IllegalArgumentException(what + " is no id");
        }
    }

    public static void word(String text, String what, int lengthMax) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        checked(text, what, lengthMax);
    }

    public static void checked(String text, String what, int lengthMax) {
        if (text.length() > lengthMax) {
            throw new IllegalArgumentException(what + " is longer than " + lengthMax);
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " has a NUL character");
        }
    }
}
