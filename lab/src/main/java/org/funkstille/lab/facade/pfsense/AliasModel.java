package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;

/** Aliases: RESTAPI/Models/FirewallAlias.inc. */
final class AliasModel {

    private static final String DOMAIN = "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}";

    private AliasModel() {}

    /** @param aliases that there are */
    static Model of(Supplier<List<Json.Fields>> aliases, BoxTime time) {
        return Model.of(
                        "Firewall Alias",
                        List.of(
                                Field.string("name")
                                        .mustBeGiven()
                                        .onlyOnce()
                                        .fixed()
                                        .upTo(31)
                                        .checked(AliasModel::name),
                                Field.string("type").mustBeGiven().oneOf("host", "network", "port"),
                                Field.string("descr"),
                                Field.string("address").list(),
                                Field.string("detail").list()))
                .completedBy((_, now) -> detailed(now, time))
                .checkedBy(alias -> check(alias, aliases.get()));
    }

    private static String name(String name) {
        if (!name.matches("[A-Za-z0-9_]{1,31}") || name.matches("[0-9]+")) {
            throw ApiError.invalid("INVALID_FIREWALL_ALIAS_NAME", "Invalid firewall alias name '" + name + "'.");
        }
        return name;
    }

    /** Entries without a description get one. */
    private static Json.Fields detailed(Json.Fields alias, BoxTime time) {
        List<String> addresses = alias.get("address").plainItems();
        List<String> details = new ArrayList<>(alias.get("detail").plainItems());
        if (details.size() > addresses.size()) {
            throw ApiError.invalid(
                    "TOO_MANY_ALIAS_DETAILS", "Aliases cannot contain more 'detail' items than 'address' items.");
        }
        while (details.size() < addresses.size()) {
            details.add("Entry added " + time.rfc2822());
        }
        return alias.with("detail", Json.texts(details));
    }

    private static void check(Json.Fields alias, List<Json.Fields> others) {
        String type = alias.get("type").plain();
        for (String address : alias.get("address").plainItems()) {
            boolean isAlias = others.stream()
                    .filter(other -> other.get("type").plain().equals("port") == type.equals("port"))
                    .anyMatch(other -> other.get("name").plain().equals(address));
            boolean fits = switch (type) {
                case "host" -> Addresses.tryParse(address).isPresent() || address.matches(DOMAIN);
                case "network" -> Prefix.tryParse(address).isPresent() || address.matches(DOMAIN);
                default -> address.matches("[0-9]{1,5}(:[0-9]{1,5})?");
            };
            if (!isAlias && !fits) {
                throw ApiError.invalid(
                        "INVALID_" + type.toUpperCase(Locale.ROOT) + "_ALIAS_ADDRESS",
                        "Alias 'address' value '" + address + "' is not valid.");
            }
        }
    }
}
