package org.funkstille.routers.fritzbox.tr064;

import org.funkstille.routers.RouterException;

/** Says what a fault means, and what to do. Codes: fritzconnection/core/exceptions.py, AVM's "TR-064 First Steps" 6.1. */
final class FaultWords {

    private FaultWords() {}

    /** @param where router, place and action */
    static RouterException of(String where, SoapAnswer.Fault fault) {
        return switch (fault.code()) {
            case SoapAnswer.Fault.INVALID_ACTION ->
                new RouterException.Refused(where + "the FRITZ!Box knows no such action (" + fault
                        + "). Most likely it lets no applications in: switch on \"Permit access for apps\""
                        + " (\"Zugriff für Anwendungen zulassen\") under Home Network > Network > Network Settings >"
                        + " Access Settings in the Home Network");
            case SoapAnswer.Fault.NOT_AUTHORIZED ->
                new RouterException.NotPermitted(
                        where + "the user may log in, but not do this (" + fault + "). " + MISSING_RIGHT);
            case SoapAnswer.Fault.CONFIRMATION_NEEDED ->
                new RouterException.NotPermitted(where + "the FRITZ!Box wants this confirmed (" + fault
                        + "): press a button on the box, then try again");
            case SoapAnswer.Fault.CONFIRMATION_BLOCKED ->
                new RouterException.NotPermitted(where + "too many confirmations failed, and the FRITZ!Box takes none"
                        + " for a while (" + fault + "); try again in an hour");
            case SoapAnswer.Fault.CONFIRMATION_BUSY ->
                new RouterException.NotPermitted(where + "the FRITZ!Box waits for somebody else's confirmation at this"
                        + " moment (" + fault + "); finish or cancel that one, then try again");
            case SoapAnswer.Fault.NO_SUCH_INDEX, SoapAnswer.Fault.NO_SUCH_ENTRY ->
                new RouterException.Refused(where + "the FRITZ!Box knows no such device (" + fault
                        + "). Switch the device on, so that it stands under Home Network > Network, then try again");
            case SoapAnswer.Fault.ACTION_FAILED, 820 ->
                new RouterException.Refused(
                        where + "the FRITZ!Box could not do it (" + fault + "); if this goes on, restart the box");
            default -> new RouterException.Refused(where + "the FRITZ!Box said no: " + fault);
        };
    }

    /** Where the right is given that a user of ours needs. */
    static final String MISSING_RIGHT = "Give it the right \"FRITZ!Box Settings\" (\"FRITZ!Box Einstellungen\") under"
            + " System > FRITZ!Box Users > Users > Edit";
}
