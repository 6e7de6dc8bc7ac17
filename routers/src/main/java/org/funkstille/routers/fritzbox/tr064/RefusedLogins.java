package org.funkstille.routers.fritzbox.tr064;

import io.avaje.json.JsonException;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.KeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.memory.DurableFile;

/**
 * The login that the box refused last, so that no later process tries it again: each wrong try locks everybody out for
 * longer. The password itself is not kept, only a slow hash of it.
 */
public final class RefusedLogins {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();
    private static final int ROUNDS = 200_000;
    private static final int BITS = 256;

    private final DurableFile file;

    public RefusedLogins(Path path) {
        this.file = new DurableFile(path);
    }

    public Path path() {
        return file.path();
    }

    /** When this very login was refused; nothing where it was not. */
    public Optional<Instant> refused(Credentials credentials) throws RouterException {
        try {
            Optional<String> text = file.read();
            if (text.isEmpty()) {
                return Optional.empty();
            }
            JsonObject kept = JSON.fromJsonObject(text.get());
            byte[] salt = HexFormat.of().parseHex(kept.extract("salt"));
            byte[] hash = HexFormat.of().parseHex(kept.extract("hash"));
            Instant at = Instant.parse(kept.extract("at"));
            return MessageDigest.isEqual(hash, hash(credentials, salt)) ? Optional.of(at) : Optional.empty();
        } catch (IOException | JsonException | DateTimeException | IllegalArgumentException unreadable) {
            throw new RouterException.Refused("cannot read " + path() + ", where it stands which login the FRITZ!Box"
                    + " refused (" + unreadable.getClass().getSimpleName()
                    + "); if the password is right, delete that file");
        }
    }

    public void remember(Credentials credentials, Instant at) throws IOException {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        file.write(JSON.toJson(JsonObject.create()
                .add("at", at.toString())
                .add("salt", HexFormat.of().formatHex(salt))
                .add("hash", HexFormat.of().formatHex(hash(credentials, salt)))));
    }

    /** A login was right: whatever was refused before is of no interest. */
    public void forget() {
        try {
            file.delete();
        } catch (IOException ignored) {
            // It names another password, and so does no harm.
        }
    }

    private static byte[] hash(Credentials credentials, byte[] salt) {
        KeySpec key =
                new PBEKeySpec((credentials.user() + "\n" + credentials.password()).toCharArray(), salt, ROUNDS, BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
