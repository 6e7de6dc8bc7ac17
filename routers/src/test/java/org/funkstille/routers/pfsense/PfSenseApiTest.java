package org.funkstille.routers.pfsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.avaje.json.node.JsonObject;
import java.util.Map;
import org.funkstille.routers.RouterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PfSenseApiTest {

    private StubPfSense router;
    private PfSenseApi api;

    @BeforeEach
    void start() throws Exception {
        router = new StubPfSense();
        api = router.api();
    }

    @AfterEach
    void stop() {
        router.close();
    }

    private void answers(StubPfSense.Answer answer) {
        router.answerOnce("GET firewall/rules", answer.status(), answer.body());
    }

    @Test
    void aRefusedLogin_isNeverTriedAgain_andNoSecretIsTold() {
        answers(StubPfSense.error(401, "AUTH_AUTHENTICATION_FAILED", "Authentication failed"));

        assertThatThrownBy(() -> api.list("firewall/rules"))
                .isInstanceOf(RouterException.NotPermitted.class)
                .hasMessageContaining("does not accept the API key")
                .hasMessageContaining("AUTH_AUTHENTICATION_FAILED")
                .hasMessageNotContaining("topsecret");
        assertThatThrownBy(() -> api.list("firewall/aliases")).isInstanceOf(RouterException.NotPermitted.class);
        assertThat(router.requests).hasSize(1);
    }

    @Test
    void aMissingPrivilege_isNamed_andTheAccessListIsToldApart() {
        router.answerOnce(
                "POST firewall/rule",
                403,
                StubPfSense.error(403, "AUTH_FORBIDDEN", "no").body());
        assertThatThrownBy(() -> api.post("firewall/rule", JsonObject.create()))
                .isInstanceOf(RouterException.NotPermitted.class)
                .hasMessageContaining("lacks the privilege api-v2-firewall-rule-post");

        answers(StubPfSense.error(403, "ENDPOINT_CLIENT_NOT_ALLOWED_BY_ACL", "no"));
        assertThatThrownBy(() -> api.list("firewall/rules")).hasMessageContaining("Access List");
    }

    @Test
    void withoutThePackage_itSaysWhatToInstallForWhichVersion() {
        answers(new StubPfSense.Answer(404, "<html>404 Not Found</html>"));

        assertThatThrownBy(() -> api.list("firewall/rules"))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining("pkg-static add")
                .hasMessageContaining("CE 2.7.2: release v2.4.3");
    }

    @Test
    void aRefusal_hasTheRoutersWordsAndTheirStableName() {
        answers(StubPfSense.error(400, "FIELD_INVALID_CHOICE", "Field `type` must be one of"));

        assertThatThrownBy(() -> api.list("firewall/rules"))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining("HTTP 400, FIELD_INVALID_CHOICE: Field `type` must be one of");
    }

    @Test
    void anAnswerThatIsNotOfTheApi_isNoAnswer() {
        answers(new StubPfSense.Answer(200, "{\"code\":200,\"data\":[{\"id\""));

        assertThatThrownBy(() -> api.list("firewall/rules")).isInstanceOf(RouterException.Unreachable.class);
    }

    @Test
    void aDeletionOfEverything_isNeverSent() {
        assertThatThrownBy(() -> api.delete("firewall/rules", Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> api.delete("firewall/rules", Map.of("descr", "")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(router.requests).isEmpty();
    }
}
