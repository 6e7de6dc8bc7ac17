package org.funkstille.core.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.core.model.Via;
import org.jspecify.annotations.Nullable;

/** Reads {@code local}, {@code netns:NAME}, {@code https://host:port} and {@code ssh://user@host:port}. */
final class Vias {

    private static final Pattern NAMESPACE = Pattern.compile("netns:([A-Za-z0-9_][A-Za-z0-9._-]{0,63})");
    private static final Pattern SSH =
            Pattern.compile("ssh://(?:([A-Za-z0-9._-]+)@)?([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?/?");

    private static final Pattern HTTPS =
            Pattern.compile("https://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?/?");

    private static final Pattern PASSWORD =
            Pattern.compile("[a-z][a-z0-9+.:-]*://[^/@:]*:[^@]*@.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Vias() {}

    static Optional<Via> tryParse(String text) {
        if (text.equals("local")) {
            return Optional.of(new Via.Local());
        }
        Matcher namespace = NAMESPACE.matcher(text);
        if (namespace.matches()) {
            return Optional.of(new Via.Namespace(namespace.group(1)));
        }
        Matcher https = HTTPS.matcher(text);
        if (https.matches()) {
            return port(https.group(2), 443).map(port -> new Via.Https(https.group(1), port));
        }
        Matcher ssh = SSH.matcher(text);
        if (!ssh.matches()) {
            return Optional.empty();
        }
        String user = ssh.group(1) == null ? "root" : ssh.group(1);
        return port(ssh.group(3), 22).map(port -> new Via.Ssh(user, ssh.group(2), port));
    }

    private static Optional<Integer> port(@Nullable String digits, int usual) {
        int port = digits == null ? usual : Integer.parseInt(digits);
        return port < 1 || port > 65535 ? Optional.empty() : Optional.of(port);
    }

    /** True of {@code ssh://root:password@host}, also where the password has a slash or an at sign of its own. */
    static boolean holdsPassword(String text) {
        return PASSWORD.matcher(text).matches();
    }
}
