package org.almonry.gateway;

import java.util.List;

/// Why a page or a form did not work, for people.
///
/// @param incident finds the fault in the log; empty when the fault is not ours
/// @param back where to go on
public record ProblemPage(
        String heading, String text, List<String> details, String incident, String back) {
    public ProblemPage {
        details = List.copyOf(details);
    }
}
