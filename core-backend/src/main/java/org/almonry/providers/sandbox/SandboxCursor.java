package org.almonry.providers.sandbox;

import org.almonry.providers.Cursor;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One cursor of the bank per account, as "IBAN=cursor;IBAN=cursor".
record SandboxCursor(Map<String, String> byAccount) {
    SandboxCursor {
        byAccount = Map.copyOf(byAccount);
    }

    static SandboxCursor parse(Cursor cursor) {
        var result = new TreeMap<String, String>();
        for (var part : cursor.value().split(";", -1)) {
            int at = part.indexOf('=');
            if (at > 0) {
                result.put(part.substring(0, at), part.substring(at + 1));
            }
        }
        return new SandboxCursor(result);
    }

    String of(String account) {
        return byAccount.getOrDefault(account, "");
    }

    SandboxCursor with(String account, String value) {
        var result = new TreeMap<>(byAccount);
        result.put(account, value);
        return new SandboxCursor(result);
    }

    Cursor toCursor() {
        return new Cursor(new TreeMap<>(byAccount)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(";")));
    }
}
