package org.funkstille.lab.facade.fritzbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.funkstille.lab.facade.fritzbox.tr064.Xml;
import org.funkstille.lab.facade.http.WebAnswer;
import org.funkstille.lab.facade.http.WebRequest;

/** The page {@code login_sid.lua}: a challenge, its answer, a session (AVM, "Session-IDs"). */
final class WebLogin {

    private static final int MOST_OPEN = 20;

    private final Box box;
    private final Deque<LoginChallenge> open = new ArrayDeque<>();

    WebLogin(Box box) {
        this.box = box;
    }

    WebAnswer answer(WebRequest request) {
        String sid = DataPages.parameter(request, "response").isPresent() ? login(request) : kept(request);
        boolean version2 = DataPages.parameter(request, "version").equals(Optional.of("2"));
        return WebAnswer.of(200, "text/xml; charset=utf-8", document(sid, version2));
    }

    private String kept(WebRequest request) {
        Optional<String> sid = DataPages.parameter(request, "sid");
        if (!box.webSessions().isOpen(sid)) {
            return Sessions.NONE;
        }
        if (DataPages.parameter(request, "logout").isPresent()) {
            box.webSessions().end(sid.orElseThrow());
            return Sessions.NONE;
        }
        return sid.orElseThrow();
    }

    private String login(WebRequest request) {
        boolean user = DataPages.parameter(request, "username")
                .equals(Optional.of(box.options().user()));
        boolean right = user && isRight(DataPages.parameter(request, "response").orElse(""));
        if (!right) {
            box.logins().failed();
            return Sessions.NONE;
        }
        if (box.logins().blocked()) {
            return Sessions.NONE;
        }
        box.logins().succeeded();
        return box.webSessions().open();
    }

    /** Each challenge is good for one answer. */
    private boolean isRight(String response) {
        return open.removeIf(challenge -> MessageDigest.isEqual(
                challenge.answer().getBytes(StandardCharsets.UTF_8), response.getBytes(StandardCharsets.UTF_8)));
    }

    private String document(String sid, boolean version2) {
        String password = box.options().password();
        LoginChallenge challenge = version2 && !box.options().has(Quirk.MD5_LOGIN)
                ? LoginChallenge.pbkdf2(password)
                : LoginChallenge.md5(password);
        open.addLast(challenge);
        if (open.size() > MOST_OPEN) {
            open.removeFirst();
        }
        return """
                <?xml version="1.0" encoding="utf-8"?><SessionInfo><SID>%s</SID><Challenge>%s</Challenge>\
                <BlockTime>%d</BlockTime><Rights>%s</Rights><Users><User last="1">%s</User></Users></SessionInfo>
                """.formatted(
                        sid,
                        challenge.text(),
                        box.logins().blockSeconds(),
                        sid.equals(Sessions.NONE) ? "" : rights(),
                        Xml.escaped(box.options().user()));
    }

    /** 2: may read and write. */
    private String rights() {
        String phone = "<Name>Dial</Name><Access>2</Access><Name>Phone</Name><Access>2</Access>";
        return box.options().has(Quirk.NO_SETTINGS_RIGHT)
                ? phone
                : phone + "<Name>NAS</Name><Access>2</Access><Name>App</Name><Access>2</Access>"
                        + "<Name>HomeAuto</Name><Access>2</Access><Name>BoxAdmin</Name><Access>2</Access>";
    }

    void restart() {
        open.clear();
    }
}
