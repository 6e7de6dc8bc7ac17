package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.lab.facade.fritzbox.tr064.Digest;
import org.funkstille.lab.facade.fritzbox.tr064.Resources;
import org.funkstille.lab.facade.fritzbox.tr064.Service;
import org.funkstille.lab.facade.fritzbox.tr064.SoapAnswer;
import org.funkstille.lab.facade.fritzbox.tr064.SoapFault;
import org.funkstille.lab.facade.fritzbox.tr064.SoapRequest;
import org.funkstille.lab.facade.http.WebAnswer;
import org.funkstille.lab.facade.http.WebRequest;

/** What the ports 49000 and 49443 answer: descriptions, actions, the list of hosts. */
final class Tr064 {

    private static final String XML = "text/xml; charset=\"utf-8\"";

    private final Box box;
    private final List<Service> services;
    private final String description;
    private final Map<String, Actions> actions = new HashMap<>();

    Tr064(Box box) throws IOException {
        this.box = box;
        this.services = Resources.services();
        this.description = DeviceDescription.of(box.options().release(), services);
        BoxActions own = new BoxActions(box);
        actions.put("Hosts", HostActions.of(box, scpd("hosts")));
        actions.put("X_AVM-DE_HostFilter", HostFilterActions.of(box, scpd("x_hostfilter")));
        actions.put("DeviceInfo", own.deviceInfo(scpd("deviceinfo")));
        actions.put("LANHostConfigManagement", own.lan(scpd("lanhostconfigmgm")));
        actions.put("LANConfigSecurity", own.security(scpd("lanconfigsecurity")));
        actions.put("X_AVM-DE_Auth", own.secondFactor(scpd("x_auth")));
        actions.put("WANIPConnection", own.wan(scpd("wanipconn")));
    }

    private static String scpd(String name) throws IOException {
        return Resources.scpd("/" + name + "SCPD.xml").orElseThrow();
    }

    WebAnswer answer(WebRequest request) throws IOException, InterruptedException {
        return switch (request.method()) {
            case "GET" -> document(request);
            case "POST" -> action(request);
            default -> WebAnswer.of(501);
        };
    }

    private WebAnswer document(WebRequest request) throws IOException, InterruptedException {
        if (request.path().equals("/tr64desc.xml")) {
            return WebAnswer.of(200, XML, description);
        }
        if (request.path().equals(HostActions.HOST_LIST)) {
            return box.documentSessions().isOpen(request.query().first("sid"))
                    ? WebAnswer.of(200, XML, HostListDocument.of(box))
                    : WebAnswer.of(403);
        }
        return services.stream()
                .filter(service -> service.scpdPath().equals(request.path()))
                .flatMap(service -> Optional.ofNullable(actions.get(service.name())).stream())
                .findFirst()
                .map(found -> WebAnswer.of(200, XML, found.scpd().text()))
                .orElse(WebAnswer.of(404));
    }

    private WebAnswer action(WebRequest request) throws IOException, InterruptedException {
        try {
            SoapRequest.Name name = SoapRequest.Name.of(request);
            Actions service = called(request, name);
            Needed needed = service.needed(name.action()).orElseThrow(SoapFault::invalidAction);
            Optional<WebAnswer> refused = needed == Needed.NOTHING ? Optional.empty() : refused(request);
            if (refused.isPresent()) {
                return refused.get();
            }
            if (!needed.metBy(!box.options().has(Quirk.NO_SETTINGS_RIGHT))) {
                throw SoapFault.notAuthorized();
            }
            SoapRequest soap = SoapRequest.parse(request);
            return SoapAnswer.of(soap, service.run(new Actions.Call(soap, request)));
        } catch (SoapFault fault) {
            return SoapAnswer.of(fault);
        }
    }

    private Actions called(WebRequest request, SoapRequest.Name name) throws SoapFault {
        if (box.options().has(Quirk.NO_TR064)) {
            throw SoapFault.invalidAction();
        }
        return services.stream()
                .filter(service -> service.controlPath().equals(request.path())
                        && service.type().equals(name.serviceType()))
                .flatMap(service -> Optional.ofNullable(actions.get(service.name())).stream())
                .findFirst()
                .orElseThrow(SoapFault::invalidAction);
    }

    /** Empty where the login is right and nobody is locked out. */
    private Optional<WebAnswer> refused(WebRequest request) {
        Digest.Verdict verdict = box.digest().check(request);
        boolean blocked = box.logins().blocked();
        if (verdict == Digest.Verdict.WRONG) {
            box.logins().failed();
        }
        if (blocked && box.options().has(Quirk.BLOCKED_IS_UNAVAILABLE)) {
            return Optional.of(WebAnswer.of(503));
        }
        if (verdict == Digest.Verdict.RIGHT && !blocked) {
            box.logins().succeeded();
            return Optional.empty();
        }
        String challenge = box.digest().challenge(verdict == Digest.Verdict.STALE);
        return Optional.of(WebAnswer.html(401, """
                        <HTML><HEAD><TITLE>401 Unauthorized (ERR_NONE)</TITLE></HEAD>\
                        <BODY><H1>401 Unauthorized</H1><BR>ERR_NONE<HR><B>Webserver</B></BODY></HTML>
                        """).withHeader("WWW-Authenticate", challenge));
    }
}
