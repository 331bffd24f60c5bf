package org.almonry.providers.bank;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A small piece of an XML file in memory: names without namespace, text, children.
final class XmlElement {
    private final String name;
    private final String currency;
    private List<XmlElement> children = List.of();
    private String text = "";

    XmlElement(String name, String currency) {
        this.name = name;
        this.currency = currency;
    }

    String name() {
        return name;
    }

    /// The attribute `Ccy`, the only one that statements have; empty where there is none.
    String currency() {
        return currency;
    }

    void add(XmlElement child) {
        // Most elements are leaves; a large file has millions of them.
        if (children.isEmpty()) {
            children = new ArrayList<>(4);
        }
        children.add(child);
    }

    void text(String value) {
        text = value;
    }

    /// The text inside, without space around it.
    String text() {
        return text;
    }

    /// The first element at a path, or null.
    @Nullable
    XmlElement at(String... path) {
        XmlElement found = this;
        for (var step : path) {
            found = found.child(step);
            if (found == null) {
                return null;
            }
        }
        return found;
    }

    /// The text at a path; empty where there is none.
    String textAt(String... path) {
        var found = at(path);
        return found == null ? "" : found.text;
    }

    /// All children of this name.
    List<XmlElement> all(String wanted) {
        var result = new ArrayList<XmlElement>();
        for (var child : children) {
            if (child.name.equals(wanted)) {
                result.add(child);
            }
        }
        return result;
    }

    private @Nullable XmlElement child(String wanted) {
        for (var child : children) {
            if (child.name.equals(wanted)) {
                return child;
            }
        }
        return null;
    }
}
