package org.almonry.certs;

import static java.util.Objects.requireNonNull;

import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

import javax.security.auth.x500.X500Principal;

/// Somebody who signs certificates: the root or an intermediate.
record Signer(X509Certificate certificate, PrivateKey key) {
    /// RFC 5280 allows 20 bytes; 127 random bits never repeat and stay positive.
    private static final int SERIAL_BITS = 127;

    private static final SecureRandom RANDOM = new SecureRandom();

    Signer {
        requireNonNull(certificate, "certificate is null");
        requireNonNull(key, "key is null");
    }

    static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    static Signer root(String trustDomain, Instant from, Instant until) {
        var keys = newKeys();
        var name = new X500Principal("O=Almonry, CN=" + trustDomain + " root");
        try {
            var builder = builder(name, name, keys.getPublic(), from, until);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(1));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new Signer(sign(builder, keys.getPrivate()), keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the root cannot be made", e);
        }
    }

    /// An authority below this one. The name constraint is critical: whoever cannot follow
    /// it must refuse the chain.
    Signer intermediate(String trustDomain, Instant from, Instant until) {
        var keys = newKeys();
        var name = new X500Principal("O=Almonry, CN=" + trustDomain + " services");
        try {
            var builder = builder(
                    certificate.getSubjectX500Principal(), name, keys.getPublic(), from, until);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            var permitted = new GeneralSubtree(
                    new GeneralName(GeneralName.uniformResourceIdentifier, trustDomain));
            builder.addExtension(
                    Extension.nameConstraints,
                    true,
                    new NameConstraints(new GeneralSubtree[] {permitted}, null));
            addAuthority(builder);
            return new Signer(sign(builder, key), keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the intermediate cannot be made", e);
        }
    }

    /// The certificate of a process: what it is called by URI, and by which host names it
    /// is found.
    X509Certificate leaf(
            String commonName,
            PublicKey holder,
            List<String> uris,
            List<String> hosts,
            Instant from,
            Instant until) {
        var name = new X500Principal("O=Almonry, CN=" + commonName);
        var names = new ArrayList<GeneralName>();
        uris.forEach(uri -> names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
        for (var host : hosts) {
            boolean isAddress = host.matches("[0-9.]+") || host.contains(":");
            names.add(
                    new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, host));
        }
        try {
            var builder = builder(certificate.getSubjectX500Principal(), name, holder, from, until);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    }));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            addAuthority(builder);
            return sign(builder, key);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(
                    "the certificate of " + commonName + " cannot be made", e);
        }
    }

    private void addAuthority(JcaX509v3CertificateBuilder builder)
            throws IOException, GeneralSecurityException {
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Principal issuer,
            X500Principal subject,
            PublicKey holder,
            Instant from,
            Instant until)
            throws IOException, GeneralSecurityException {
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
                Date.from(from),
                Date.from(until),
                subject,
                holder);
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(holder));
        return builder;
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
