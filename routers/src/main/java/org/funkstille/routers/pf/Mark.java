package org.funkstille.routers.pf;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The description by which we know what is ours: {@code funkstille:<owner> <purpose>}.
 *
 * @param owner a device, or one of the shared owners, which begin with an underscore as no device's name does
 * @param purpose what the object is for, unique for its owner; may be empty
 */
public record Mark(String owner, String purpose) {

    public static final String PREFIX = "funkstille:";

    private static final Pattern FORM = Pattern.compile(PREFIX + "([A-Za-z0-9_][A-Za-z0-9._-]*)(?: (.*))?");
    private static final String SHARED = "_";

    /** What all devices of the house share. */
    public static Mark shared(String purpose) {
        return new Mark(SHARED + "house", purpose);
    }

    /** Nothing where the description is not one of ours. */
    public static Optional<Mark> tryParse(String description) {
        Matcher form = FORM.matcher(description);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new Mark(form.group(1), Optional.ofNullable(form.group(2)).orElse("")));
    }

    public boolean isShared() {
        return owner.startsWith(SHARED);
    }

    /** The description as it stands on the router. */
    @Override
    public String toString() {
        return PREFIX + owner + (purpose.isEmpty() ? "" : " " + purpose);
    }
}
