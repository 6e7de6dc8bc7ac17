package org.funkstille.routers.http;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a certificate because it is the one that was there before. Being of the extended kind, it also answers for the
 * host name, which certificates that routers sign themselves do not carry.
 */
final class PinningTrust extends X509ExtendedTrustManager {

    private final String place;
    private final PinnedCertificates pinned;

    PinningTrust(String place, PinnedCertificates pinned) {
        this.place = place;
        this.pinned = pinned;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        try {
            pinned.check(place, PinnedCertificates.fingerprint(chain[0]));
        } catch (IOException refused) {
            throw new CertificateException(refused.getMessage(), refused);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("we are no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("we are no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("we are no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
