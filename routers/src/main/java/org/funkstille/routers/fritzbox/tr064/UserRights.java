package org.funkstille.routers.fritzbox.tr064;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a user may do: a document in which a {@code path} and an {@code access} follow each other, as
 * {@code X_AVM-DE_GetCurrentUser} gives it.
 *
 * @param access {@code none}, {@code readonly} or {@code readwrite}, by path
 */
record UserRights(Map<String, String> access) {

    /** "FRITZ!Box Einstellungen". */
    private static final String SETTINGS = "BoxAdmin";

    UserRights {
        access = Map.copyOf(access);
    }

    static UserRights read(String document) {
        Map<String, String> access = new HashMap<>();
        try {
            List<XmlElement> parts = XmlElement.parse(document).children();
            for (int index = 0; index + 1 < parts.size(); index++) {
                if (parts.get(index).name().equals("path")) {
                    access.put(parts.get(index).text(), parts.get(index + 1).text());
                }
            }
        } catch (XmlElement.Unreadable unknown) {
            // A box that does not tell will refuse by itself what it does not allow.
        }
        return new UserRights(access);
    }

    /** So too where the box does not tell. */
    boolean mayChangeSettings() {
        return access.getOrDefault(SETTINGS, "readwrite").equals("readwrite");
    }
}
