package org.funkstille.discovery.devices;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name under which a miIO device asks for an address and announces itself: {@code lumi-gateway-v3_miio45832013}, its
 * model with hyphens for dots, and its number (aholstenson/miio, infoFromHostname.js).
 *
 * @param model absent where that part is no model id
 * @param did the number
 */
record MiioName(Optional<String> model, long did) {

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{1,63})_miio([0-9]{1,18})(?:\\..*)?");
    private static final Pattern MODEL = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z0-9_]+){1,4}");

    static Optional<MiioName> of(String name) {
        Matcher matcher = FORM.matcher(name);
        if (name.length() > 255 || !matcher.matches()) {
            return Optional.empty();
        }
        String model = matcher.group(1).toLowerCase(Locale.ROOT).replace('-', '.');
        return Optional.of(new MiioName(
                Optional.of(model).filter(text -> MODEL.matcher(text).matches()), Long.parseLong(matcher.group(2))));
    }
}
