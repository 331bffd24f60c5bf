package org.almonry.wire;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The identity of a process: the one SPIFFE URI in its certificate,
/// `spiffe://almonry.demo/edge/public`.
///
/// A certificate with two URIs is refused, even if both are good: the moment one of several
/// may match, adding a name adds a right. Compared are the parsed parts, never a prefix of
/// the text.
public record Identity(String trustDomain, String path) {
    public static final String CORE = "core/core";
    public static final String EDGE_PUBLIC = "edge/public";
    public static final String EDGE_WIDGETS = "edge/widgets";
    public static final String EDGE_HOOK = "edge/hook";
    public static final String ADMIN = "admin/admin";
    public static final String SIGN = "sign/sign";

    /// Processes of the inner zone that post to the ledger, and those that only read it.
    public static final String LEDGER_WRITER = "ledger/writer";

    public static final String LEDGER_READER = "ledger/reader";

    /// All processes there are. A name outside this list is a spelling mistake in a rule,
    /// or a stranger.
    public static final Set<String> KNOWN = Set.of(
            CORE, EDGE_PUBLIC, EDGE_WIDGETS, EDGE_HOOK, ADMIN, SIGN, LEDGER_WRITER, LEDGER_READER);

    /// `GeneralName` of RFC 5280: uniformResourceIdentifier.
    private static final int SAN_URI = 6;

    private static final Pattern PATH = Pattern.compile("[a-z0-9-]{1,40}/[a-z0-9-]{1,40}");
    private static final Pattern TRUST_DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");
    private static final ECParameterSpec P256 = p256();

    public Identity {
        requireNonNull(trustDomain, "trustDomain is null");
        requireNonNull(path, "path is null");
        if (!TRUST_DOMAIN.matcher(trustDomain).matches()) {
            throw new IllegalArgumentException("not a trust domain: " + trustDomain);
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("not an identity such as edge/public: " + path);
        }
    }

    /// The URI that stands in the certificate.
    public URI uri() {
        return URI.create("spiffe://" + trustDomain + "/" + path);
    }

    @Override
    public String toString() {
        return path;
    }

    /// The identity in a leaf whose chain has been verified already.
    public static Identity of(X509Certificate leaf) throws CertificateException {
        if (leaf.getBasicConstraints() >= 0) {
            throw new CertificateException("an authority is no process");
        }
        if (!(leaf.getPublicKey() instanceof ECPublicKey key) || !isP256(key.getParams())) {
            throw new CertificateException("the key is not on the curve P-256");
        }
        var names = leaf.getSubjectAlternativeNames();
        var uris = new ArrayList<String>();
        for (var name : names == null ? List.<List<?>>of() : names) {
            if (name.get(0) instanceof Integer type && type == SAN_URI) {
                uris.add(String.valueOf(name.get(1)));
            }
        }
        if (uris.size() != 1) {
            throw new CertificateException(
                    "a certificate carries one URI, this one has " + uris.size());
        }
        return parse(uris.getFirst());
    }

    private static Identity parse(String text) throws CertificateException {
        try {
            var uri = new URI(text);
            var path = uri.getRawPath();
            if (!"spiffe".equals(uri.getScheme())
                    || uri.getHost() == null
                    || !uri.getHost().equals(uri.getRawAuthority())
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null
                    || !path.startsWith("/")) {
                throw new CertificateException("not a SPIFFE identity");
            }
            return new Identity(uri.getHost(), path.substring(1));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new CertificateException("not a SPIFFE identity", e);
        }
    }

    private static boolean isP256(ECParameterSpec spec) {
        return spec.getCurve().equals(P256.getCurve())
                && spec.getGenerator().equals(P256.getGenerator())
                && spec.getOrder().equals(P256.getOrder());
    }

    private static ECParameterSpec p256() {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
