package org.funkstille.routers;

/**
 * What a router is.
 *
 * @param system what it runs, with versions: "Linux 6.12, nftables 1.1.1, dnsmasq 2.91"
 * @param windows what closes a window when Funkstille is dead: "the kernel, by a set element's timeout"
 * @param closesWindows false where nothing but Funkstille closes one
 */
public record RouterIdentity(String name, String system, String windows, boolean closesWindows) {

    /** Of a router that closes windows itself. */
    public RouterIdentity(String name, String system, String windows) {
        this(name, system, windows, true);
    }
}
