package org.funkstille.discovery.routers;

import java.net.InetAddress;
import java.util.Optional;
import org.funkstille.core.net.Mac;

/**
 * What one address gave away when it was looked at.
 *
 * @param gateway true where this machine's default route leads there
 * @param announced true where it answered SSDP
 * @param page its front page with TLS
 * @param plainPage its front page without
 * @param description what it says of itself by UPnP or TR-064
 * @param controlCertificate what the TLS port of TR-064 showed
 * @param restApi how it answers an unnamed guest at pfSense's REST API
 * @param coreApi how it answers one at OPNsense's
 * @param ubus how it answers one at OpenWrt's
 * @param ipfirePage what stands on port 444
 * @param ssh the first line of its ssh server
 */
record RouterClues(
        InetAddress address,
        Optional<Mac> mac,
        boolean gateway,
        boolean announced,
        Optional<WebAnswer> page,
        Optional<WebAnswer> plainPage,
        Optional<DeviceDescription> description,
        Optional<ServerCertificate> controlCertificate,
        Optional<WebAnswer> restApi,
        Optional<WebAnswer> coreApi,
        Optional<WebAnswer> ubus,
        Optional<WebAnswer> ipfirePage,
        Optional<String> ssh) {

    static RouterClues none(InetAddress address) {
        return new RouterClues(
                address,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
