package org.almonry.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.MessageOrBuilder;

import org.almonry.rule.v1.FieldRule;
import org.almonry.rule.v1.Rule;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/// Checks a request against the rules on its fields, nested messages included. The house
/// limits hold for every field, also for those without a rule: a request has no unbounded
/// part. A message may have thousands of parts, so what is to be checked of a type is read
/// from the contract once.
final class FieldRules {
    /// Code points of a text, or bytes of bytes, for which the contract says nothing else.
    static final int LENGTH_MAX = 1000;

    /// Items of a list for which the contract says nothing else.
    static final int ITEMS_MAX = 100;

    /// Violations that are worth telling; more would not fit into the trailers of a call
    /// either.
    static final int VIOLATIONS_MAX = 20;

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private static final Map<Descriptor, List<Step>> STEPS = new ConcurrentHashMap<>();

    /// The index of what is not in a list.
    private static final int SINGLE = -1;

    private FieldRules() {}

    /// What is wrong with this request; empty if nothing is.
    static List<Failure.Violation> check(MessageOrBuilder message) {
        var violations = new ArrayList<Failure.Violation>();
        check(message, null, violations);
        return violations;
    }

    /// Rules of this message type, or of those inside it, that say nothing or cannot be
    /// followed.
    static List<String> problems(Descriptor type) {
        var problems = new ArrayList<String>();
        problems(type, new HashSet<>(), problems);
        return problems;
    }

    /// Where a message is in the request; becomes text only for what is wrong.
    private record Path(@Nullable Path parent, String name, int index) {
        String text() {
            var self = index < 0 ? name : name + "[" + index + "]";
            return parent == null ? self : parent.text() + "." + self;
        }
    }

    private static void check(
            MessageOrBuilder message, @Nullable Path path, List<Failure.Violation> violations) {
        for (var step : STEPS.computeIfAbsent(message.getDescriptorForType(), FieldRules::steps)) {
            if (violations.size() >= VIOLATIONS_MAX) {
                return;
            }
            var field = step.in(message);
            if (field != null) {
                check(message, field, path, violations);
            }
        }
    }

    private static void check(
            MessageOrBuilder message,
            Ruled it,
            @Nullable Path path,
            List<Failure.Violation> violations) {
        var field = it.field();
        if (field.isRepeated()) {
            checkList(message, it, path, violations);
        } else if (field.hasPresence() && !message.hasField(field)) {
            if (it.rule().getRequired()) {
                add(violations, path, it, SINGLE, "is missing");
            }
        } else {
            checkValue(message.getField(field), it, path, SINGLE, violations);
        }
    }

    private static void checkList(
            MessageOrBuilder message,
            Ruled it,
            @Nullable Path path,
            List<Failure.Violation> violations) {
        int count = message.getRepeatedFieldCount(it.field());
        int most = it.rule().getMaxItems() == 0 ? ITEMS_MAX : it.rule().getMaxItems();
        if (count == 0 && it.rule().getRequired()) {
            add(violations, path, it, SINGLE, "is missing");
        }
        if (count > most) {
            add(violations, path, it, SINGLE, "has more than " + most + " items");
            return;
        }
        for (int i = 0; i < count && violations.size() < VIOLATIONS_MAX; i++) {
            checkValue(message.getRepeatedField(it.field(), i), it, path, i, violations);
        }
    }

    private static void checkValue(
            Object value,
            Ruled it,
            @Nullable Path path,
            int index,
            List<Failure.Violation> violations) {
        var rule = it.rule();
        var text = switch (value) {
            case String string -> checkText(string, rule);
            case ByteString bytes -> checkLength(bytes.size(), rule, "bytes");
            case EnumValueDescriptor constant -> checkEnum(constant, it.field(), rule);
            case Integer number -> checkNumber(number, rule);
            case Long number -> checkNumber(number, rule);
            default -> "";
        };
        if (!text.isEmpty()) {
            add(violations, path, it, index, text);
        }
        if (value instanceof MessageOrBuilder inner) {
            check(inner, new Path(path, it.field().getName(), index), violations);
        }
    }

    private static void add(
            List<Failure.Violation> violations,
            @Nullable Path path,
            Ruled it,
            int index,
            String text) {
        var name = new Path(path, it.field().getName(), index).text();
        violations.add(new Failure.Violation(name, text));
    }

    /// A field and its rule, read from the contract once; or the fields of which a message
    /// has one.
    private sealed interface Step {
        /// The field of this step in a message, if there is one.
        @Nullable
        Ruled in(MessageOrBuilder message);
    }

    private record Ruled(FieldDescriptor field, FieldRule rule) implements Step {
        @Override
        public Ruled in(MessageOrBuilder message) {
            return this;
        }
    }

    private record OneOf(OneofDescriptor oneof, Map<FieldDescriptor, Ruled> fields)
            implements Step {
        @Override
        public @Nullable Ruled in(MessageOrBuilder message) {
            var field = message.getOneofFieldDescriptor(oneof);
            return field == null ? null : fields.get(field);
        }
    }

    /// What is to be checked of a message type, in the order of its fields. A truth value
    /// and a number without a rule are never wrong.
    private static List<Step> steps(Descriptor type) {
        var steps = new ArrayList<Step>();
        var seen = new HashSet<OneofDescriptor>();
        for (var field : type.getFields()) {
            var oneof = field.getRealContainingOneof();
            if (oneof != null) {
                if (seen.add(oneof)) {
                    steps.add(new OneOf(
                            oneof,
                            oneof.getFields().stream()
                                    .collect(Collectors.toMap(each -> each, FieldRules::ruled))));
                }
                continue;
            }
            var ruled = ruled(field);
            var java = field.getJavaType();
            boolean canBeWrong = switch (java) {
                case BOOLEAN, INT, LONG, FLOAT, DOUBLE ->
                    field.isRepeated() || !ruled.rule().equals(FieldRule.getDefaultInstance());
                case STRING, BYTE_STRING, ENUM, MESSAGE -> true;
            };
            if (canBeWrong) {
                steps.add(ruled);
            }
        }
        return List.copyOf(steps);
    }

    private static Ruled ruled(FieldDescriptor field) {
        return new Ruled(field, field.getOptions().getExtension(Rule.field));
    }

    private static String checkText(String text, FieldRule rule) {
        if (text.isEmpty()) {
            return rule.getRequired() ? "is missing" : "";
        }
        if (text.indexOf('\0') >= 0) {
            return "holds a character that is no text";
        }
        // A text has at most as many code points as it has characters.
        if (rule.getMinLength() > 0 || text.length() > lengthMax(rule)) {
            var length = checkLength(text.codePointCount(0, text.length()), rule, "characters");
            if (!length.isEmpty()) {
                return length;
            }
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
        int most = lengthMax(rule);
        if (length > most) {
            return "is longer than " + most + " " + unit;
        }
        if (length < rule.getMinLength()) {
            return "is shorter than " + rule.getMinLength() + " " + unit;
        }
        return "";
    }

    private static int lengthMax(FieldRule rule) {
        return rule.getMaxLength() == 0 ? LENGTH_MAX : rule.getMaxLength();
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
