package org.funkstille.lab.facade.pfsense;

import java.util.List;

/** What the router says of itself. */
record SystemInformation(BoxTime time, PfSenseFacade.Options options) {

    static final String VERSION = "2.8.1-RELEASE";
    static final String HOST = "pfSense";
    static final String DOMAIN = "home.arpa";

    /** {@code system/version}: RESTAPI/Models/SystemVersion.inc. */
    Json.Fields version() {
        return Json.fields(
                "version",
                VERSION,
                "base",
                VERSION.substring(0, VERSION.indexOf('-')),
                "patch",
                "0",
                "buildtime",
                "Thu Sep  4 16:27:00 UTC 2025");
    }

    /** {@code system/restapi/version}. */
    Json.Fields apiVersion() {
        return Json.fields(
                "current_version", options.apiVersion(),
                "latest_version", options.apiVersion(),
                "latest_version_release_date", "2026-08-02T00:00:00Z",
                "update_available", false,
                "available_versions", Json.texts(List.of(options.apiVersion())));
    }

    /** {@code system/timezone}: RESTAPI/Models/SystemTimezone.inc. */
    Json.Fields timezone() {
        return Json.fields("timezone", time.clock().zone().getId());
    }

    /** {@code system/hostname}. */
    Json.Fields hostname() {
        return Json.fields("hostname", HOST, "domain", DOMAIN);
    }

    /** {@code status/system}. */
    Json.Fields status() {
        return Json.fields(
                "platform",
                "Netgate pfSense CE",
                "serial",
                "",
                "netgate_id",
                "0a1b2c3d4e5f60718293",
                "uptime",
                "2 Hours 03 Minutes 11 Seconds",
                "cpu_count",
                2,
                "mbuf_usage",
                1,
                "mem_usage",
                12,
                "disk_usage",
                4);
    }
}
