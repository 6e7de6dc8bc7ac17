package org.funkstille.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.routers.SavedRules;

/**
 * A rule set by which it can be recognised: without counters and without the times that remain, which differ each time
 * that it is read.
 */
record RuleSetText(String digest) {

    /** As nft prints them in JSON, iptables-save and pfctl; a quotation mark in a comment has a backslash before it. */
    private static final Pattern PASSING = Pattern.compile(
            "(?<!\\\\)\"(packets|bytes|expires|used)\": ?\\d+|\\[\\d+:\\d+]|(?m)^#.*$|^ *\\[ (Evaluations|Inserted): .*$");

    private static final String HASH = "SHA-256";

    static RuleSetText of(SavedRules rules) {
        MessageDigest digest = newDigest();
        for (SavedRules.Part part : rules.parts()) {
            add(digest, part.format());
            part.texts().forEach(text -> add(digest, text));
        }
        add(digest, "tables");
        rules.tables().forEach(text -> add(digest, text));
        add(digest, "ipsets");
        rules.ipsets().forEach(text -> add(digest, text));
        add(digest, "sysctl");
        rules.sysctl().forEach(text -> add(digest, text));
        add(digest, "zone");
        add(digest, rules.zone().map(Object::toString).orElse(""));
        rules.doubts().forEach(doubt -> add(digest, doubt));
        return new RuleSetText(HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, SavedRules.Text text) {
        add(digest, text.name());
        Matcher passing = PASSING.matcher(text.content());
        int end = 0;
        while (passing.find()) {
            digest.update(text.content().substring(end, passing.start()).getBytes(StandardCharsets.UTF_8));
            end = passing.end();
        }
        add(digest, text.content().substring(end));
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(HASH);
        } catch (NoSuchAlgorithmException missing) {
            // Every Java has it: java.security.MessageDigest says so.
            throw new IllegalStateException(missing);
        }
    }
}
