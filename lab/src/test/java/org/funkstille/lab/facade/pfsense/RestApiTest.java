package org.funkstille.lab.facade.pfsense;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.funkstille.lab.facade.http.Bytes;
import org.funkstille.lab.facade.http.Parameters;
import org.funkstille.lab.facade.http.WebAnswer;
import org.funkstille.lab.facade.http.WebRequest;
import org.funkstille.lab.facade.pf.BoxClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is let in, by what the pfSense is set to. */
class RestApiTest {

    private static final PfSenseFacade.Options USUAL = PfSenseFacade.Options.usual();

    private final BoxClock clock = new BoxClock(ZoneId.of("UTC"));
    private final BoxTime time = new BoxTime(clock);
    private final List<InetAddress> attackers = new ArrayList<>();
    private Access access = new Access(USUAL, time);

    @AfterEach
    void stopTheClock() {
        clock.close();
    }

    @Test
    void aPrivilegeThatIsMissingIsForbiddenAndNothingElse() {
        RestApi api = api(USUAL.withoutCommandPrompt());
        assertThat(ask(api, "POST", "diagnostics/command_prompt").status()).isEqualTo(403);
        assertThat(ask(api, "GET", "system/version").status()).isEqualTo(200);
    }

    @Test
    void aKeyIsWorthNothingWhereKeysAreNotEnabled() {
        assertThat(ask(api(USUAL), "GET", "system/version").status()).isEqualTo(200);
        assertThat(ask(api(USUAL.withKeyAuth(false)), "GET", "system/version").status())
                .isEqualTo(401);
    }

    @Test
    void withoutThePackageTheWebServerKnowsNoneOfIt() {
        WebAnswer answer = ask(api(USUAL.withoutPackage()), "GET", "system/version");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().text()).startsWith("<html>").contains("nginx");
    }

    @Test
    void whoIsWrongThreeTimesIsReportedAsAnAttacker() {
        RestApi api = api(USUAL);
        access = new Access(USUAL, time); // another key
        assertThat(ask(api, "GET", "system/version").status()).isEqualTo(401);
        assertThat(ask(api, "GET", "system/version").status()).isEqualTo(401);
        assertThat(attackers).isEmpty();
        assertThat(ask(api, "GET", "system/version").status()).isEqualTo(401);
        assertThat(attackers).containsExactly(InetAddress.getLoopbackAddress());
    }

    @Test
    void aMethodThatAnAddressDoesNotHaveIsRefused() {
        assertThat(ask(api(USUAL), "PUT", "system/version").body().text())
                .startsWith("{\"code\":405,\"status\":\"method not allowed\",")
                .contains("\"response_id\":\"ENDPOINT_METHOD_NOT_ALLOWED\"", "\"data\":[]");
    }

    private RestApi api(PfSenseFacade.Options options) {
        access = new Access(options, time);
        Map<String, Call.Endpoint> endpoints = Map.of(
                "system/version", new Call.Endpoint(Map.of("GET", _ -> Json.fields("version", "2.8.1-RELEASE"))),
                "diagnostics/command_prompt", new Call.Endpoint(Map.of("POST", _ -> Json.fields("output", ""))));
        return new RestApi(
                options, access, new Configuration(time), endpoints, _ -> false, attackers::add, new Object());
    }

    private WebAnswer ask(RestApi api, String method, String path) {
        return api.answer(new WebRequest(
                method,
                "/api/v2/" + path,
                Parameters.parse(""),
                Map.of("x-api-key", access.apiKey()),
                Bytes.NONE,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000)));
    }
}
