package org.funkstille.routers.pf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of aliases. pf takes 31 characters for a table's name, the routers only letters, digits and underscores; a
 * device's name may be longer and hold others, so a piece of a hash keeps names apart that look the same without.
 */
public final class AliasName {

    private static final int LONGEST = 31;
    private static final int HASH_DIGITS = 6;
    private static final String PREFIX = "fs_";

    private AliasName() {}

    /** Of the marked thing: always the same, another for every mark. */
    public static String of(Mark mark) {
        String hash = hash(mark.toString());
        String owner = mark.owner() + (mark.purpose().isEmpty() ? "" : "_" + mark.purpose());
        String readable = owner.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
        int room = LONGEST - PREFIX.length() - 1 - HASH_DIGITS;
        return PREFIX + readable.substring(0, Math.min(room, readable.length())) + "_" + hash;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException missing) {
            // Every Java has it: java.security.MessageDigest says so.
            throw new IllegalStateException(missing);
        }
    }
}
