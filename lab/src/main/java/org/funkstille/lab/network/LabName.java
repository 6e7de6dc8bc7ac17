package org.funkstille.lab.network;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.funkstille.kernel.NetworkNamespace;

/**
 * The name of a virtual home. All that the home leaves on this machine is found by it alone, so that a home whose
 * process died can still be taken away.
 *
 * @param text lower-case letters, digits and hyphens
 */
public record LabName(String text) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
    private static final Path DIRECTORIES = Path.of("/run/funkstille/labs");
    private static final Path NAMESPACE_CONFIGURATIONS = Path.of("/etc/netns");

    public LabName {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "not a lab name: '" + text + "'; use up to 40 lower-case letters, digits and hyphens");
        }
    }

    /** The directory above the state directories of all labs. */
    public static Path directories() {
        return DIRECTORIES;
    }

    /** The state directory. */
    public Path directory() {
        return DIRECTORIES.resolve(text);
    }

    /** Where the router's files are. */
    public Path routerRoot() {
        return directory().resolve(HostName.ROUTER.text());
    }

    public String namespaceName(HostName host) {
        return text + "-" + host.text();
    }

    public NetworkNamespace namespace(HostName host) {
        return NetworkNamespace.named(namespaceName(host));
    }

    /** Files here stand in for those in {@code /etc} for programs started with {@code ip netns exec} (ip-netns(8)). */
    public Path configuration(HostName host) {
        return NAMESPACE_CONFIGURATIONS.resolve(namespaceName(host));
    }

    /** The resolvers that a host uses. */
    public Path resolverFile(HostName host) {
        return configuration(host).resolve("resolv.conf");
    }

    @Override
    public String toString() {
        return text;
    }
}
