package org.funkstille.discovery.routers;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.funkstille.discovery.network.PlainText;

/**
 * What a server showed of itself.
 *
 * @param fingerprint {@code sha256:} and the digest of the certificate in hexadecimal
 * @param subject made harmless
 */
record ServerCertificate(String fingerprint, String subject) {

    private static final int LONGEST_SUBJECT = 200;

    static ServerCertificate of(X509Certificate certificate) throws CertificateEncodingException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new ServerCertificate(
                    "sha256:" + HexFormat.of().formatHex(digest),
                    PlainText.of(certificate.getSubjectX500Principal().getName(), LONGEST_SUBJECT));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
