package org.funkstille.routers.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The certificates of routers, as they were when first seen. Most routers sign their own, so the first use is taken on
 * trust, and shown; any later change stops the driver. The file has a line {@code host:port sha256:fingerprint} for each.
 */
public final class PinnedCertificates {

    private final Path file;
    private final Optional<String> configured;
    private final Consumer<String> notices;

    /**
     * @param configured what the owner says the fingerprint is; then the file is not asked
     * @param notices told of a certificate that is pinned now
     */
    public PinnedCertificates(Path file, Optional<String> configured, Consumer<String> notices) {
        this.file = file;
        this.configured = configured.map(text -> text.toLowerCase(Locale.ROOT));
        this.notices = notices;
    }

    /** Not the certificate that was pinned. */
    static final class Changed extends IOException {

        private static final long serialVersionUID = 1L;

        Changed(String message) {
            super(message);
        }
    }

    /** {@code sha256:} and 64 hex digits: the digest of the whole certificate, as browsers show it. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            // Every Java has SHA-256, and a certificate that was read has an encoding.
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Takes the certificate if it is the pinned one, or the first.
     *
     * @param place {@code host:port}
     */
    synchronized void check(String place, String fingerprint) throws IOException {
        Optional<String> expected = configured.isPresent() ? configured : pinned(place);
        if (expected.isEmpty()) {
            pin(place, fingerprint);
            notices.accept("the certificate of " + place + " is taken on trust the first time: " + fingerprint
                    + "; compare it with what the router shows");
        } else if (!expected.get().equals(fingerprint)) {
            throw new Changed("the certificate of " + place + " is not the one that was there before: it was "
                    + expected.get() + " and is " + fingerprint + ". If you replaced it yourself, "
                    + (configured.isPresent()
                            ? "write the new one into the configuration (certificate:)"
                            : "take its line out of " + file)
                    + "; if not, somebody may stand between Funkstille and the router");
        }
    }

    private Optional<String> pinned(String place) throws IOException {
        return lines().stream()
                .filter(line -> line.startsWith(place + " "))
                .map(line -> line.substring(place.length() + 1).strip())
                .findFirst();
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
    }

    private void pin(String place, String fingerprint) throws IOException {
        List<String> lines = new ArrayList<>(lines());
        lines.add(place + " " + fingerprint);
        Path folder = file.toAbsolutePath().resolve("..").normalize();
        Files.createDirectories(folder);
        Path next = Files.createTempFile(
                folder,
                "certificates",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(next, lines);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
