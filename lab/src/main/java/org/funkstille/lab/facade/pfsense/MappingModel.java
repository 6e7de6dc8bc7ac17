package org.funkstille.lab.facade.pfsense;

import java.util.Comparator;
import java.util.List;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.lab.network.Segment;

/** DHCP static mappings of an interface: RESTAPI/Models/DHCPServerStaticMapping.inc. */
final class MappingModel {

    private MappingModel() {}

    static Model of(Segment segment) {
        return Model.of(
                        "DHCP Server Static Mapping",
                        List.of(
                                Field.string("mac").mustBeGiven().onlyOnce().checked(MappingModel::mac),
                                Field.string("ipaddr").orNull().checked(text -> address(text, segment)),
                                Field.string("cid").orNull(),
                                Field.string("hostname").orNull(),
                                Field.string("domain").upTo(255),
                                Field.string("domainsearchlist").list().upTo(255),
                                Field.integer("defaultleasetime").otherwise(Json.of(7200)),
                                Field.integer("maxleasetime").otherwise(Json.of(86400)),
                                Field.string("gateway").upTo(15),
                                Field.string("dnsserver").list().upTo(15),
                                Field.string("winsserver").list().upTo(15),
                                Field.string("ntpserver").list().upTo(256),
                                Field.bool("arp_table_static_entry"),
                                Field.string("descr").upTo(255)))
                .sortedBy(Comparator.comparing(MappingModel::sortKey));
    }

    /** As a natural sort has it: numbers by their value. */
    private static String sortKey(Json.Fields mapping) {
        StringBuilder key = new StringBuilder();
        for (String part : mapping.get("ipaddr").plain().split("\\.")) {
            key.append("%3s".formatted(part));
        }
        return key.toString();
    }

    private static String mac(String text) {
        if (!text.matches("(?i)[0-9a-f]{2}(:[0-9a-f]{2}){5}")) {
            throw ApiError.invalid("MAC_ADDRESS_VALIDATOR_FAILED", "Field `mac` must be a valid MAC address.");
        }
        return text;
    }

    private static String address(String text, Segment segment) {
        boolean four = Addresses.tryParse(text)
                .filter(address -> Family.of(address) == Family.IPV4)
                .isPresent();
        if (text.isEmpty()) {
            return text;
        }
        if (!four) {
            throw ApiError.invalid("IP_ADDRESS_VALIDATOR_FAILED", "Field `ipaddr` must be a valid IPv4 address.");
        }
        if (number(text) >= number(segment.poolStart()) && number(text) <= number(segment.poolEnd())) {
            throw new ApiError(
                    409,
                    "DHCP_SERVER_STATIC_MAPPING_IPADDR_OVERLAPS_EXISTING_OBJECT",
                    "Field `ipaddr` overlaps existing DHCP Server Static Mapping with ID ``.");
        }
        if (!Prefix.parse(segment.ipv4Prefix()).contains(Addresses.parse(text))) {
            throw ApiError.invalid(
                    "DHCP_SERVER_STATIC_MAPPING_IPADDR_NOT_WITHIN_SUBNET",
                    "Field `ipaddr` must be within the interface's subnet.");
        }
        return text;
    }

    private static long number(String address) {
        long number = 0;
        for (String part : address.split("\\.")) {
            number = number << 8 | Long.parseLong(part);
        }
        return number;
    }
}
