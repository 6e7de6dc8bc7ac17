package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.util.Optional;
import org.funkstille.lab.facade.http.WebAnswer;
import org.funkstille.lab.facade.http.WebRequest;

/** What the ports 80 and 443 answer: the pages that people see in a browser, and what they are made of. */
final class WebInterface {

    private final Box box;
    private final WebLogin login;
    private final DataPages pages;
    private final LandeviceApi api;

    WebInterface(Box box) {
        this.box = box;
        this.login = new WebLogin(box);
        DeviceChanges changes = new DeviceChanges(box);
        this.pages = new DataPages(box, changes);
        this.api = new LandeviceApi(box, changes);
    }

    WebAnswer answer(WebRequest request) throws IOException, InterruptedException {
        String path = request.path();
        if (path.startsWith(LandeviceApi.PREFIX) && box.options().release().hasRest()) {
            return mayRead(LandeviceApi.sid(request)) ? api.answer(request) : WebAnswer.of(403);
        }
        return switch (path) {
            case "/" -> WebAnswer.html(200, "<!DOCTYPE html>\n<html><head><title>FRITZ!Box</title></head></html>\n");
            case "/jason_boxinfo.xml" -> WebAnswer.of(200, "text/xml", boxInfo());
            case "/login_sid.lua" -> login.answer(request);
            case "/data.lua" ->
                mayRead(DataPages.parameter(request, "sid")) ? pages.answer(request) : WebAnswer.of(403);
            case "/query.lua" -> mayRead(DataPages.parameter(request, "sid")) ? api.query(request) : WebAnswer.of(403);
            default -> WebAnswer.of(404);
        };
    }

    private boolean mayRead(Optional<String> sid) {
        return box.webSessions().isOpen(sid) && !box.options().has(Quirk.NO_SETTINGS_RIGHT);
    }

    /** Everybody may read it. */
    private String boxInfo() {
        return """
                <j:BoxInfo xmlns:j="http://jason.avm.de/updatecheck/">
                <j:Name>FRITZ!Box 7590</j:Name>
                <j:HW>226</j:HW>
                <j:Version>%s</j:Version>
                <j:Revision>%d</j:Revision>
                <j:Serial>%s</j:Serial>
                <j:OEM>avm</j:OEM>
                <j:Lang>de</j:Lang>
                <j:Annex>B</j:Annex>
                <j:Lab></j:Lab>
                <j:Country>049</j:Country>
                </j:BoxInfo>
                """.formatted(
                box.options().release().display(), box.options().release().build(), DeviceDescription.SERIAL);
    }

    void restart() {
        login.restart();
    }
}
