package org.funkstille.routers.fritzbox.tr064;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.memory.LedgerFile;
import org.funkstille.routers.http.HttpAnswer;
import org.funkstille.routers.http.HttpCall;
import org.funkstille.routers.http.RouterHttp;

/** Calls actions of a FRITZ!Box. */
public final class Tr064 {

    /** Where every box speaks TR-064 without TLS. */
    public static final int PLAIN_PORT = 49000;

    /** Where it speaks it with TLS, if it does not say otherwise (FRITZ_TLS_PORT of fritzconnection). */
    public static final int USUAL_TLS_PORT = 49443;

    private static final String TYPE = "text/xml; charset=\"utf-8\"";
    private static final int INTERNAL_ERROR = 500;

    private final String router;
    private final RouterHttp http;
    private final BoxLogin login;
    private final LedgerFile ledger;

    private boolean mayChange;

    /** @param http to the port that speaks TR-064 over TLS */
    public Tr064(String router, RouterHttp http, BoxLogin login, LedgerFile ledger) {
        this.router = router;
        this.http = http;
        this.login = login;
        this.ledger = ledger;
    }

    /**
     * Where the box speaks TLS. It is asked without a login and without TLS, so the answer may be anybody's: it says
     * where to knock, and the certificate there says who opens.
     */
    public static int askForTlsPort(RouterHttp plain) throws RouterException {
        HttpCall call = call(Service.DEVICE_INFO, "GetSecurityPort", Map.of(), Optional.empty());
        SoapAnswer answer = answer(plain, call, "GetSecurityPort", plain.send(call));
        return switch (answer) {
            case SoapAnswer.Values values ->
                values.value("NewSecurityPort")
                        .filter(text -> text.matches("[0-9]{1,5}"))
                        .map(Integer::parseInt)
                        .filter(port -> port > 0 && port < 65536)
                        .orElse(USUAL_TLS_PORT);
            case SoapAnswer.Fault fault -> throw FaultWords.of(plain.about(call), fault);
        };
    }

    /** @throws RouterException where there is no answer, or it is a fault; the message says what to do */
    public SoapAnswer.Values ask(Service service, String action, String... arguments) throws RouterException {
        return switch (call(service, action, arguments)) {
            case SoapAnswer.Values values -> values;
            case SoapAnswer.Fault fault -> throw inWords(action, fault);
        };
    }

    /**
     * The answer as it is, for those who know what some faults mean.
     *
     * @param arguments names and values in turn
     */
    public SoapAnswer call(Service service, String action, String... arguments) throws RouterException {
        Map<String, String> named = new LinkedHashMap<>();
        for (int index = 0; index + 1 < arguments.length; index += 2) {
            named.put(arguments[index], arguments[index + 1]);
        }
        HttpCall call = call(service, action, named, ledger.read().confirmation());
        return answer(http, call, action, login.send(http, call));
    }

    public RouterException inWords(String action, SoapAnswer.Fault fault) {
        String where = "router " + router + ", " + action + ": ";
        return fault.code() == SoapAnswer.Fault.CONFIRMATION_NEEDED
                ? confirmation(where, fault)
                : FaultWords.of(where, fault);
    }

    /**
     * Has the box wait for a confirmation; what it is known by goes with every later call (AVM, "TR-064
     * Authentication").
     */
    private RouterException confirmation(String where, SoapAnswer.Fault fault) {
        try {
            if (call(Service.SECOND_FACTOR, "SetConfig", "NewAction", "start") instanceof SoapAnswer.Values begun) {
                Optional<String> token = begun.value("NewToken");
                ledger.change(before -> before.withConfirmation(token));
                String ways =
                        begun.value("NewMethods").map(text -> " (" + text + ")").orElse("");
                return new RouterException.NotPermitted(where + "the FRITZ!Box wants this confirmed (" + fault
                        + ") and is waiting for it now: press a button on the box" + ways + ", then try again");
            }
        } catch (RouterException failed) {
            // The plain instruction is all there is then.
        }
        return FaultWords.of(where, fault);
    }

    /** A document of the box: a list that an action named, with a session in its path. */
    public HttpAnswer document(String path) throws RouterException {
        return login.send(http, HttpCall.get(path));
    }

    /**
     * @throws RouterException.NotPermitted where the user lacks the right to change anything; the message says where to
     *     give it to him
     */
    public void requireMayChange() throws RouterException {
        if (mayChange) {
            return;
        }
        if (call(Service.SECURITY, "X_AVM-DE_GetCurrentUser") instanceof SoapAnswer.Values user
                && !UserRights.read(user.text("NewX_AVM-DE_CurrentUserRights")).mayChangeSettings()) {
            throw new RouterException.NotPermitted("router " + router + ": user \""
                    + user.value("NewX_AVM-DE_CurrentUsername")
                            .orElse(login.credentials().user())
                    + "\" lacks the right to change settings, so nothing was changed. " + FaultWords.MISSING_RIGHT);
        }
        mayChange = true;
    }

    public RouterHttp http() {
        return http;
    }

    private static HttpCall call(
            Service service, String action, Map<String, String> arguments, Optional<String> token) {
        return HttpCall.of("POST", service.path(), TYPE, SoapText.call(service, action, arguments, token))
                .with("SOAPAction", service.type() + "#" + action);
    }

    private static SoapAnswer answer(RouterHttp http, HttpCall call, String action, HttpAnswer answer)
            throws RouterException {
        if (answer.status() == 403) {
            throw new RouterException.NotPermitted(
                    http.about(call) + "HTTP 403, the user may not do this. " + FaultWords.MISSING_RIGHT);
        }
        if (!answer.ok() && answer.status() != INTERNAL_ERROR) {
            throw new RouterException.Refused(
                    http.about(call) + "HTTP " + answer.status() + " to " + action + "; is this a FRITZ!Box?");
        }
        try {
            return SoapText.answer(action, answer.text());
        } catch (XmlElement.Unreadable unreadable) {
            String what = http.about(call) + action + " was answered with HTTP " + answer.status()
                    + " and something that is no SOAP message: " + unreadable.getMessage();
            throw answer.ok() ? new RouterException.Unreachable(what) : new RouterException.Refused(what);
        }
    }
}
