package org.almonry.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Empty;

import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;

import org.almonry.accounting.v1.AccountingServiceGrpc;
import org.almonry.accounting.v1.ProjectServiceGrpc;
import org.almonry.audit.v1.AuditServiceGrpc;
import org.almonry.directory.v1.DirectoryServiceGrpc;
import org.almonry.identity.v1.SignInServiceGrpc;
import org.almonry.identity.v1.UserServiceGrpc;
import org.almonry.ledger.v1.LedgerPeriodServiceGrpc;
import org.almonry.ledger.v1.LedgerProofReaderServiceGrpc;
import org.almonry.ledger.v1.LedgerProofServiceGrpc;
import org.almonry.ledger.v1.LedgerReadServiceGrpc;
import org.almonry.ledger.v1.LedgerReaderServiceGrpc;
import org.almonry.ledger.v1.LedgerServiceGrpc;
import org.almonry.process.v1.CommissionServiceGrpc;
import org.almonry.process.v1.RequestServiceGrpc;
import org.almonry.rule.v1.Auth;
import org.almonry.rule.v1.FieldRule;
import org.almonry.rule.v1.MethodRule;
import org.almonry.rule.v1.Rule;
import org.almonry.widgets.v1.WidgetServiceGrpc;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The contract itself: every method has an enforceable rule, and a server does not start
/// on one that has not.
class ContractTest {
    private static final List<ServiceDescriptor> SERVICES = List.of(
            AccountingServiceGrpc.getServiceDescriptor(),
            ProjectServiceGrpc.getServiceDescriptor(),
            AuditServiceGrpc.getServiceDescriptor(),
            DirectoryServiceGrpc.getServiceDescriptor(),
            SignInServiceGrpc.getServiceDescriptor(),
            UserServiceGrpc.getServiceDescriptor(),
            LedgerPeriodServiceGrpc.getServiceDescriptor(),
            LedgerProofReaderServiceGrpc.getServiceDescriptor(),
            LedgerProofServiceGrpc.getServiceDescriptor(),
            LedgerReadServiceGrpc.getServiceDescriptor(),
            LedgerReaderServiceGrpc.getServiceDescriptor(),
            LedgerServiceGrpc.getServiceDescriptor(),
            CommissionServiceGrpc.getServiceDescriptor(),
            RequestServiceGrpc.getServiceDescriptor(),
            WidgetServiceGrpc.getServiceDescriptor());

    private static final MethodRule GOOD = MethodRule.newBuilder()
            .addAllow("admin/admin")
            .setAuth(Auth.AUTH_SESSION)
            .setPermission("ledger.read")
            .setMaxRequestBytes(1024)
            .setDeadlineMs(1000)
            .build();

    @Test
    void everyRuleOfTheContractCanBeEnforced() {
        MethodRules.of(SERVICES);
    }

    @Test
    void noRequestNamesItsActor() {
        var named = new ArrayList<String>();
        for (var method : methods()) {
            collect(method.getInputType(), new HashSet<>(), named);
        }
        assertEquals(List.of(), named, "who acts comes from certificate and session only");
    }

    @Test
    void everyAskThatChangesSomethingOfASessionCarriesAnIdempotencyKey() {
        var missing = new ArrayList<String>();
        for (var method : methods()) {
            // To sign again what is signed changes nothing.
            boolean reads = method.getName()
                    .matches("(Get|List|Find|Explain|Calculate|Watch|Verify|Export|WhoAmI"
                            + "|EndSession|CreateCheckpoint).*");
            var rule = method.getOptions().getExtension(Rule.method);
            boolean isStreamed = method.isClientStreaming();
            if (!reads
                    && !isStreamed
                    && rule.getAuth() == Auth.AUTH_SESSION
                    && method.getInputType().findFieldByName("idempotency_key") == null) {
                missing.add(method.getFullName());
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void aServerRefusesAMethodWithoutRule() {
        assertRefused(service(MethodOptions.getDefaultInstance()), "has no rule");
        var bare = ServiceDescriptor.newBuilder("almonry.test.v1.BareService")
                .addMethod(MethodDescriptor.<Empty, Empty>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("almonry.test.v1.BareService/Do")
                        .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                        .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                        .build())
                .build();
        assertRefused(bare, "has no rule");
    }

    @Test
    void aServerRefusesARuleWithAHole() {
        assertRefused(rule(MethodRule.Builder::clearAllow), "allows nobody");
        assertRefused(rule(rule -> rule.addAllow("admin/admim")), "unknown identity");
        assertRefused(
                rule(MethodRule.Builder::clearAuth), "does not say whether it needs a session");
        assertRefused(rule(MethodRule.Builder::clearPermission), "for no permission");
        assertRefused(
                rule(rule -> rule.setAuth(Auth.AUTH_NONE)), "permission that nobody is asked for");
        assertRefused(rule(MethodRule.Builder::clearMaxRequestBytes), "max_request_bytes");
        assertRefused(rule(rule -> rule.setMaxRequestBytes(-1)), "max_request_bytes");
        assertRefused(rule(MethodRule.Builder::clearDeadlineMs), "deadline_ms");
        assertRefused(rule(rule -> rule.setDeadlineMs(3_600_000)), "deadline_ms");
        MethodRules.of(List.of(rule(UnaryOperator.identity())));
    }

    @Test
    void aServerRefusesAFieldRuleThatCannotApply() {
        assertRefused(
                field(
                        FieldDescriptorProto.Type.TYPE_STRING,
                        FieldRule.newBuilder().setMax(3)),
                "no number");
        assertRefused(
                field(
                        FieldDescriptorProto.Type.TYPE_STRING,
                        FieldRule.newBuilder().setPattern("(")),
                "broken pattern");
        assertRefused(
                field(
                        FieldDescriptorProto.Type.TYPE_INT64,
                        FieldRule.newBuilder().setMaxLength(3)),
                "no length");
        assertRefused(
                field(
                        FieldDescriptorProto.Type.TYPE_INT64,
                        FieldRule.newBuilder().setPattern("a")),
                "no text");
        assertRefused(
                field(
                        FieldDescriptorProto.Type.TYPE_BOOL,
                        FieldRule.newBuilder().setRequired(true)),
                "truth value");
        assertRefused(
                field(
                        FieldDescriptorProto.Type.TYPE_STRING,
                        FieldRule.newBuilder().setMaxItems(3)),
                "no list");
    }

    private static List<Descriptors.MethodDescriptor> methods() {
        var methods = new ArrayList<Descriptors.MethodDescriptor>();
        for (var service : SERVICES) {
            for (var method : service.getMethods()) {
                methods.add(((ProtoMethodDescriptorSupplier) method.getSchemaDescriptor())
                        .getMethodDescriptor());
            }
        }
        assertTrue(methods.size() > 40, "the contract has more methods than " + methods.size());
        return methods;
    }

    private static void collect(Descriptor type, Set<String> seen, List<String> named) {
        if (!seen.add(type.getFullName())) {
            return;
        }
        for (var field : type.getFields()) {
            if (field.getName()
                    .matches("user_id|user|actor|on_behalf_of|acting_.*|caller|session(_id)?")) {
                named.add(field.getFullName());
            }
            if (field.getJavaType() == Descriptors.FieldDescriptor.JavaType.MESSAGE) {
                collect(field.getMessageType(), seen, named);
            }
        }
    }

    private static void assertRefused(ServiceDescriptor service, String why) {
        var refused =
                assertThrows(IllegalStateException.class, () -> MethodRules.of(List.of(service)));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    private static ServiceDescriptor rule(UnaryOperator<MethodRule.Builder> change) {
        var options = MethodOptions.newBuilder()
                .setExtension(Rule.method, change.apply(GOOD.toBuilder()).build());
        return service(options.build());
    }

    private static ServiceDescriptor field(FieldDescriptorProto.Type type, FieldRule.Builder rule) {
        var field = FieldDescriptorProto.newBuilder()
                .setName("value")
                .setNumber(1)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .setOptions(FieldOptions.newBuilder().setExtension(Rule.field, rule.build()));
        return service(
                MethodOptions.newBuilder().setExtension(Rule.method, GOOD).build(), field);
    }

    private static ServiceDescriptor service(
            MethodOptions options, FieldDescriptorProto.Builder... fields) {
        var request = DescriptorProto.newBuilder().setName("DoRequest");
        for (var field : fields) {
            request.addField(field);
        }
        var file = FileDescriptorProto.newBuilder()
                .setName("almonry/test/v1/test_service.proto")
                .setPackage("almonry.test.v1")
                .setSyntax("proto3")
                .addMessageType(request)
                .addService(ServiceDescriptorProto.newBuilder()
                        .setName("TestService")
                        .addMethod(MethodDescriptorProto.newBuilder()
                                .setName("Do")
                                .setInputType(".almonry.test.v1.DoRequest")
                                .setOutputType(".almonry.test.v1.DoRequest")
                                .setOptions(options)))
                .build();
        Descriptors.MethodDescriptor method;
        try {
            method = FileDescriptor.buildFrom(file, new FileDescriptor[] {Rule.getDescriptor()})
                    .getServices()
                    .getFirst()
                    .getMethods()
                    .getFirst();
        } catch (Descriptors.DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
        return ServiceDescriptor.newBuilder("almonry.test.v1.TestService")
                .addMethod(MethodDescriptor.<Empty, Empty>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("almonry.test.v1.TestService/Do")
                        .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                        .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                        .setSchemaDescriptor(new Schema(method))
                        .build())
                .build();
    }

    private record Schema(Descriptors.MethodDescriptor method)
            implements ProtoMethodDescriptorSupplier {
        @Override
        public Descriptors.MethodDescriptor getMethodDescriptor() {
            return method;
        }

        @Override
        public Descriptors.ServiceDescriptor getServiceDescriptor() {
            return method.getService();
        }

        @Override
        public FileDescriptor getFileDescriptor() {
            return method.getFile();
        }
    }
}
