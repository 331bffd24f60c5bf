package org.almonry.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.MessageOrBuilder;

import org.almonry.rule.v1.FieldRule;
import org.almonry.rule.v1.Rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Checks a request against the rules on its fields, nested messages included. The house
/// limits hold for every field, also for those without a rule: a request has no unbounded
/// part.
final class FieldRules {
    /// Code points of a text, or bytes of bytes, for which the contract says nothing else.
    static final int LENGTH_MAX = 1000;

    /// Items of a list for which the contract says nothing else.
    static final int ITEMS_MAX = 100;

    /// Violations that are worth telling; more would not fit into the trailers of a call
    /// either.
    static final int VIOLATIONS_MAX = 20;

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private FieldRules() {}

    /// What is wrong with this request; empty if nothing is.
    static List<Failure.Violation> check(MessageOrBuilder message) {
        var violations = new ArrayList<Failure.Violation>();
        check(message, "", violations);
        return violations;
    }

    /// Rules of this message type, or of those inside it, that say nothing or cannot be
    /// followed.
    static List<String> problems(Descriptor type) {
        var problems = new ArrayList<String>();
        problems(type, new HashSet<>(), problems);
        return problems;
    }

    private static void check(
            MessageOrBuilder message, String path, List<Failure.Violation> violations) {
        for (var field : message.getDescriptorForType().getFields()) {
            if (violations.size() >= VIOLATIONS_MAX) {
                return;
            }
            var rule = field.getOptions().getExtension(Rule.field);
            var name = path + field.getName();
            if (field.isRepeated()) {
                checkList(message, field, rule, name, violations);
            } else if (field.hasPresence() && !message.hasField(field)) {
                if (rule.getRequired()) {
                    violations.add(new Failure.Violation(name, "is missing"));
                }
            } else {
                checkValue(message.getField(field), field, rule, name, violations);
            }
        }
    }

    private static void checkList(
            MessageOrBuilder message,
            FieldDescriptor field,
            FieldRule rule,
            String name,
            List<Failure.Violation> violations) {
        int count = message.getRepeatedFieldCount(field);
        int most = rule.getMaxItems() == 0 ? ITEMS_MAX : rule.getMaxItems();
        if (count == 0 && rule.getRequired()) {
            violations.add(new Failure.Violation(name, "is missing"));
        }
        if (count > most) {
            violations.add(new Failure.Violation(name, "has more than " + most + " items"));
            return;
        }
        for (int i = 0; i < count && violations.size() < VIOLATIONS_MAX; i++) {
            checkValue(
                    message.getRepeatedField(field, i),
                    field,
                    rule,
                    name + "[" + i + "]",
                    violations);
        }
    }

    private static void checkValue(
            Object value,
            FieldDescriptor field,
            FieldRule rule,
            String name,
            List<Failure.Violation> violations) {
        var text = switch (value) {
            case String string -> checkText(string, rule);
            case ByteString bytes -> checkLength(bytes.size(), rule, "bytes");
            case EnumValueDescriptor constant -> checkEnum(constant, field, rule);
            case Integer number -> checkNumber(number, rule);
            case Long number -> checkNumber(number, rule);
            default -> "";
        };
        if (!text.isEmpty()) {
            violations.add(new Failure.Violation(name, text));
        }
        if (value instanceof MessageOrBuilder inner) {
            check(inner, name + ".", violations);
        }
    }

    private static String checkText(String text, FieldRule rule) {
        if (text.isEmpty()) {
            return rule.getRequired() ? "is missing" : "";
        }
        if (text.indexOf('\0') >= 0) {
            return "holds a character that is no text";
        }
        var length = checkLength(text.codePointCount(0, text.length()), rule, "characters");
        if (!length.isEmpty()) {
            return length;
        }
        // Length first: a pattern never sees more text than the contract allows.
        if (!rule.getPattern().isEmpty() && !pattern(rule).matcher(text).matches()) {
            return "does not have the expected form";
        }
        return "";
    }

    private static String checkLength(int length, FieldRule rule, String unit) {
        if (length == 0) {
            return rule.getRequired() ? "is missing" : "";
        }
        int most = rule.getMaxLength() == 0 ? LENGTH_MAX : rule.getMaxLength();
        if (length > most) {
            return "is longer than " + most + " " + unit;
        }
        if (length < rule.getMinLength()) {
            return "is shorter than " + rule.getMinLength() + " " + unit;
        }
        return "";
    }

    private static String checkEnum(
            EnumValueDescriptor constant, FieldDescriptor field, FieldRule rule) {
        if (field.getEnumType().findValueByNumber(constant.getNumber()) == null) {
            return "is not a known value";
        }
        return rule.getRequired() && constant.getNumber() == 0 ? "is missing" : "";
    }

    private static String checkNumber(long number, FieldRule rule) {
        if (rule.getRequired() && number == 0) {
            return "is missing";
        }
        if (rule.hasMin() && number < rule.getMin()) {
            return "is less than " + rule.getMin();
        }
        if (rule.hasMax() && number > rule.getMax()) {
            return "is more than " + rule.getMax();
        }
        return "";
    }

    private static Pattern pattern(FieldRule rule) {
        return PATTERNS.computeIfAbsent(rule.getPattern(), Pattern::compile);
    }

    private static void problems(Descriptor type, Set<String> seen, List<String> problems) {
        if (!seen.add(type.getFullName())) {
            return;
        }
        for (var field : type.getFields()) {
            var rule = field.getOptions().getExtension(Rule.field);
            var java = field.getJavaType();
            boolean isText = java == JavaType.STRING;
            boolean hasLength = isText || java == JavaType.BYTE_STRING;
            boolean isNumber = java == JavaType.INT || java == JavaType.LONG;
            if (!isText && !rule.getPattern().isEmpty()) {
                problems.add(field.getFullName() + " has a pattern but is no text");
            }
            if (!hasLength && (rule.getMinLength() != 0 || rule.getMaxLength() != 0)) {
                problems.add(field.getFullName() + " has a length rule but no length");
            }
            if (!isNumber && (rule.hasMin() || rule.hasMax())) {
                problems.add(field.getFullName() + " has a range but is no number");
            }
            if (!field.isRepeated() && rule.getMaxItems() != 0) {
                problems.add(field.getFullName() + " has max_items but is no list");
            }
            if (rule.getRequired() && java == JavaType.BOOLEAN && !field.hasPresence()) {
                problems.add(field.getFullName() + " is required, which a truth value always is");
            }
            try {
                pattern(rule);
            } catch (PatternSyntaxException e) {
                problems.add(field.getFullName() + " has a broken pattern");
            }
            if (java == JavaType.MESSAGE) {
                problems(field.getMessageType(), seen, problems);
            }
        }
    }
}
