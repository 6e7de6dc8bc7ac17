package org.funkstille.lab.facade.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/**
 * A key and a certificate that signs itself, as routers make them when they are set up: for a name of their own, not
 * for the address that people reach them at. RFC 5280 4.1, RFC 5758 3.2 (ECDSA with SHA-256).
 */
public final class ServerIdentity {

    private static final Duration VALID = Duration.ofDays(398);
    private static final String ECDSA_WITH_SHA256 = "2a8648ce3d040302";
    private static final String SUBJECT_ALTERNATIVE_NAME = "551d11";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final SSLContext context;

    private ServerIdentity(X509Certificate certificate, SSLContext context) {
        this.certificate = certificate;
        this.context = context;
    }

    /** @param name a DNS name, the certificate's common name */
    public static ServerIdentity selfSigned(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X509Certificate certificate = certificate(name, keys);
            return new ServerIdentity(certificate, context(certificate, keys));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("making a certificate", impossible);
        }
    }

    private static X509Certificate certificate(String name, KeyPair keys) throws GeneralSecurityException {
        byte[] algorithm = Der.sequence(Der.identifier(ECDSA_WITH_SHA256));
        byte[] who = new X500Principal("CN=" + name).getEncoded();
        Instant from = Instant.now().minus(Duration.ofDays(1));
        byte[] names = Der.sequence(Der.value(0x82, name.getBytes(StandardCharsets.US_ASCII)));
        byte[] content = Der.sequence(
                Der.value(0xa0, Der.integer((byte) 2)),
                Der.integer(new BigInteger(63, RANDOM).toByteArray()),
                algorithm,
                who,
                Der.sequence(Der.time(from), Der.time(from.plus(VALID))),
                who,
                keys.getPublic().getEncoded(),
                Der.value(
                        0xa3,
                        Der.sequence(Der.sequence(Der.identifier(SUBJECT_ALTERNATIVE_NAME), Der.octetString(names)))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        byte[] whole = Der.sequence(content, algorithm, Der.bitString(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static SSLContext context(X509Certificate certificate, KeyPair keys)
            throws GeneralSecurityException, IOException {
        char[] password = "none".toCharArray(); // of a key store that never leaves this method
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("server", keys.getPrivate(), password, new Certificate[] {certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** SHA-256 of the whole certificate, 64 lower-case hexadecimal digits. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    SSLContext context() {
        return context;
    }
}
