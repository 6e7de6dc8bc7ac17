package org.funkstille.lab.facade.fritzbox.tr064;

/**
 * A refusal in TR-064's own words. The codes below 700 are UPnP's (UPnP Device Architecture 1.0, 3.2.2), those for the
 * second factor are of AVM's "TR-064 First Steps", chapter 6.1.
 */
public final class SoapFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;

    private SoapFault(int code, String description) {
        super(description);
        this.code = code;
    }

    /** No such action; also what a box says to everything where applications have no access. */
    public static SoapFault invalidAction() {
        return new SoapFault(401, "Invalid Action");
    }

    /** An argument is missing, or one too many was sent. */
    public static SoapFault invalidArguments() {
        return new SoapFault(402, "Invalid Args");
    }

    public static SoapFault actionFailed() {
        return new SoapFault(501, "Action Failed");
    }

    public static SoapFault invalidValue() {
        return new SoapFault(600, "Argument Value Invalid");
    }

    /** The login is right, but its user lacks the right. */
    public static SoapFault notAuthorized() {
        return new SoapFault(606, "Action Not Authorized");
    }

    public static SoapFault invalidIndex() {
        return new SoapFault(713, "SpecifiedArrayIndexInvalid");
    }

    public static SoapFault noSuchEntry() {
        return new SoapFault(714, "NoSuchEntryInArray");
    }

    public static SoapFault secondFactorRequired() {
        return new SoapFault(866, "second factor authentication required");
    }

    public static SoapFault secondFactorBlocked() {
        return new SoapFault(867, "second factor authentication blocked");
    }

    public static SoapFault secondFactorBusy() {
        return new SoapFault(868, "second factor authentication busy");
    }

    public int code() {
        return code;
    }

    public String description() {
        return String.valueOf(getMessage());
    }
}
