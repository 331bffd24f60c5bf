package org.almonry.wire;

import com.google.protobuf.Descriptors;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;

import org.almonry.rule.v1.Auth;
import org.almonry.rule.v1.MethodRule;
import org.almonry.rule.v1.Rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rules of all methods that a server serves, read from the contract and checked before
/// it starts.
final class MethodRules {
    /// Longest time that any rule may give. A connection lives this long beyond its age to
    /// let calls finish.
    static final Duration DEADLINE_MAX = Duration.ofMinutes(10);

    /// Largest message that any rule may allow: longer content is streamed in chunks.
    static final int REQUEST_BYTES_MAX = 1024 * 1024;

    /// Health is asked by whoever connects and answers with no data. Ten minutes are for
    /// Watch.
    private static final MethodRule HEALTH = MethodRule.newBuilder()
            .addAllAllow(Identity.KNOWN)
            .setAuth(Auth.AUTH_NONE)
            .setMaxRequestBytes(1024)
            .setDeadlineMs((int) DEADLINE_MAX.toMillis())
            .build();

    private final Map<String, MethodRule> rules;

    private MethodRules(Map<String, MethodRule> rules) {
        this.rules = Map.copyOf(rules);
    }

    /// Collects the rules of these services; throws with the list of all that is wrong.
    static MethodRules of(Collection<ServiceDescriptor> services) {
        var rules = new HashMap<String, MethodRule>();
        var wrong = new ArrayList<String>();
        for (var service : services) {
            for (var method : service.getMethods()) {
                var rule = find(method);
                if (rule.isEmpty()) {
                    wrong.add(method.getFullMethodName() + " has no rule");
                } else {
                    for (var problem : problems(rule.get())) {
                        wrong.add(method.getFullMethodName() + " " + problem);
                    }
                    rules.put(method.getFullMethodName(), rule.get());
                }
                descriptor(method)
                        .ifPresent(
                                found -> wrong.addAll(FieldRules.problems(found.getInputType())));
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(
                    "the contract is not enforceable: " + String.join("; ", wrong));
        }
        return new MethodRules(rules);
    }

    /// The rule of a method; there is one for every method that is served.
    MethodRule of(MethodDescriptor<?, ?> method) {
        var rule = rules.get(method.getFullMethodName());
        if (rule == null) {
            throw new IllegalStateException("no rule for " + method.getFullMethodName());
        }
        return rule;
    }

    /// The largest message that any method takes; the transport reads no further.
    int requestBytesMax() {
        return rules.values().stream()
                .mapToInt(MethodRule::getMaxRequestBytes)
                .max()
                .orElse(0);
    }

    /// The rule in the options of a method.
    static Optional<MethodRule> find(MethodDescriptor<?, ?> method) {
        if (HealthGrpc.SERVICE_NAME.equals(method.getServiceName())) {
            return Optional.of(HEALTH);
        }
        return descriptor(method)
                .filter(found -> found.getOptions().hasExtension(Rule.method))
                .map(found -> found.getOptions().getExtension(Rule.method));
    }

    private static Optional<Descriptors.MethodDescriptor> descriptor(
            MethodDescriptor<?, ?> method) {
        return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier
                ? Optional.of(supplier.getMethodDescriptor())
                : Optional.empty();
    }

    private static List<String> problems(MethodRule rule) {
        var problems = new ArrayList<String>();
        if (rule.getAllowCount() == 0) {
            problems.add("allows nobody");
        }
        for (var identity : rule.getAllowList()) {
            if (!Identity.KNOWN.contains(identity)) {
                problems.add("allows an unknown identity: " + identity);
            }
        }
        switch (rule.getAuth()) {
            case AUTH_SESSION -> {
                if (rule.getPermission().isEmpty()) {
                    problems.add("asks for a session but for no permission");
                }
            }
            case AUTH_NONE -> {
                if (!rule.getPermission().isEmpty()) {
                    problems.add("names a permission that nobody is asked for");
                }
            }
            case AUTH_UNSPECIFIED, UNRECOGNIZED ->
                problems.add("does not say whether it needs a session");
        }
        // Read as signed, so that a number beyond the int range is out of range too.
        if (rule.getMaxRequestBytes() <= 0 || rule.getMaxRequestBytes() > REQUEST_BYTES_MAX) {
            problems.add("has no usable max_request_bytes");
        }
        if (rule.getDeadlineMs() <= 0 || rule.getDeadlineMs() > DEADLINE_MAX.toMillis()) {
            problems.add("has no usable deadline_ms");
        }
        return problems;
    }
}
