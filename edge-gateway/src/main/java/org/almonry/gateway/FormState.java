package org.almonry.gateway;

import org.almonry.webkit.Forms;
import org.almonry.wire.Failure;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What stands in a form: the values as typed, and what is wrong with them. A form that is
/// refused comes back with everything that was typed (WCAG 3.3.7).
public final class FormState {

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();

    /// A field and what is wrong with it; the field is empty when the whole form is meant.
    public record FieldError(String field, String text) {}

    /// A form with the values of a posted one.
    public static FormState of(Forms posted, String... fields) {
        return of(posted::text, fields);
    }

    /// A form with values from elsewhere, such as the query.
    public static FormState of(Function<String, String> source, String... fields) {
        var form = new FormState();
        for (String field : fields) {
            form.values.put(field, source.apply(field));
        }
        return form;
    }

    /// Sets a value.
    public FormState with(String field, String value) {
        values.put(field, value);
        return this;
    }

    /// The value of a field; empty when it has none.
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /// Notes what is wrong with a field; the first finding stays.
    public FormState wrong(String field, String text) {
        errors.putIfAbsent(field, text);
        return this;
    }

    /// Notes that a field is empty that must not be.
    public FormState need(View view, String... fields) {
        for (String field : fields) {
            if (value(field).isBlank()) {
                wrong(field, view.t("error.needed"));
            }
        }
        return this;
    }

    /// Takes over what the core found. A field that this form does not show is told for the
    /// form as a whole.
    public FormState take(View view, Failure failure) {
        if (failure.violations().isEmpty()) {
            return wrong("", failure.safeText());
        }
        for (var violation : failure.violations()) {
            String path = violation.field();
            String last = path.substring(path.lastIndexOf('.') + 1);
            String first = path.split("[.\\[]", 2)[0];
            String field = values.containsKey(first) ? first : values.containsKey(last) ? last : "";
            String why = view.t("error.refused", "why", violation.text());
            wrong(field, field.isEmpty() ? path + ": " + why : why);
        }
        return this;
    }

    /// Whether anything is wrong.
    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /// What is wrong with a field; empty when nothing is.
    public String error(String field) {
        return errors.getOrDefault(field, "");
    }

    /// All that is wrong, in the order of finding.
    public List<FieldError> errors() {
        var all = new ArrayList<FieldError>();
        errors.forEach((field, text) -> all.add(new FieldError(field, text)));
        return all;
    }

    /// The value of `aria-describedby`, or null for none.
    public @Nullable String describedBy(String field, boolean hinted) {
        String hint = hinted ? field + "-hint" : "";
        String error = errors.containsKey(field) ? field + "-error" : "";
        String both = (hint + " " + error).strip();
        return both.isEmpty() ? null : both;
    }
}
