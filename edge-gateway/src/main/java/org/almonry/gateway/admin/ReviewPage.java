package org.almonry.gateway.admin;

import org.almonry.type.v1.Money;

import java.util.List;

/// What a booking will do, in words, before it is done.
public record ReviewPage(List<Line> lines, Money sum, List<Part> parts, String note, String back) {
    public ReviewPage {
        lines = List.copyOf(lines);
        parts = List.copyOf(parts);
    }
}
