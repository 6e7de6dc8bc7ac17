package org.funkstille.discovery.routers;

/** Where routers are asked. Tests on loopback have ports of their own. */
public record Ports(int https, int http, int tr064, int tr064Tls, int ipfire, int ssh) {

    /**
     * FRITZ!Box: 49000 and, with TLS, 49443 (fritzconnection/core). IPFire's web interface: 444 (ipfire-2.x,
     * httpd configuration). The others as IANA has them.
     */
    public static final Ports USUAL = new Ports(443, 80, 49_000, 49_443, 444, 22);
}
