package org.funkstille.routers.opnsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.avaje.json.node.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.funkstille.routers.RouterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers as seen on 25.1.12, 25.7.11, 26.1.11 and 26.7.2. */
final class OpnSenseApiTest {

    private final StubRouter router = new StubRouter();
    private final OpnSenseApi api = router.api();

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void sendsTheKeyAndABodyWithEveryWrite() throws RouterException {
        router.answers("firewall/filter/apply", "{\"status\":\"OK\\n\\n\"}");

        api.reload("firewall/filter/apply");

        StubRouter.Asked asked = router.asked().getFirst();
        assertThat(asked.authorization()).hasValue("Basic a2V5OnNlY3JldA==");
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.body()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"status\":401,\"message\":\"Authentication Failed\"} | NotPermitted | key or secret are wrong",
                "302 | '' | NotPermitted | login page",
                "403 | {\"status\":403,\"message\":\"Forbidden\"} | NotPermitted | page-firewall-alias-edit",
                "404 | {\"errorMessage\":\"Endpoint not found\"} | Refused | 25.1 or later",
                "500 | {\"errorMessage\":\"Cannot delete alias\",\"errorTitle\":\"Alias in use\"} | Refused | Alias in use: Cannot delete alias",
                "200 | {\"rows\":[{\"uuid\" | Unreachable | cut off",
                "200 | <html></html> | Unreachable | no JSON",
                "502 | bad gateway | Unreachable | HTTP 502",
            })
    void everyRefusalIsToldInPlainWords(int status, String body, String kind, String words) {
        router.answers("firewall/alias/search_item", status, body);

        assertThatThrownBy(() -> api.get("firewall/alias/search_item"))
                .isInstanceOf(RouterException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("secret\"")
                .extracting(thrown -> thrown.getClass().getSimpleName())
                .isEqualTo(kind);
        assertThat(router.asked()).as("is not tried again").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"result\":\"failed\",\"validations\":{\"rule.source_net\":\"no such alias\"}} | rule.source_net: no such alias",
                "{\"result\":\"failed\",\"validations\":{\"rule.action\":[\"Option [] not in list.\",\"or\"]}} | rule.action: Option [] not in list.; or",
                "{\"result\":\"failed\"} | gave no reason",
                "[] | nothing that says whether it was done",
            })
    void whatIsNotSavedIsRefusedThoughTheAnswerIs200(String body, String words) {
        router.answers("firewall/filter/add_rule", body);

        assertThatThrownBy(() -> api.save("firewall/filter/add_rule", "rule", Map.of("action", "block")))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining(words);
    }

    @Test
    void savedObjectsTellTheirId() throws RouterException {
        router.answers("firewall/filter/add_rule", "{\"result\":\"saved\",\"uuid\":\"u-1\"}");

        assertThat(api.save("firewall/filter/add_rule", "rule", Map.of("action", "block")))
                .hasValue("u-1");
        assertThat(router.asked().getFirst().body()).isEqualTo("{\"rule\":{\"action\":\"block\"}}");
    }

    @Test
    void whatIsGoneAlreadyNeedsNoDeleting() throws RouterException {
        router.answers("firewall/filter/del_rule/gone", "{\"result\":\"not found\"}");
        router.answers("firewall/filter/del_rule/there", "{\"result\":\"deleted\"}");

        assertThat(api.delete("firewall/filter/del_rule/gone")).isFalse();
        assertThat(api.delete("firewall/filter/del_rule/there")).isTrue();
    }

    @Test
    void aRouteThatThisVersionLacksIsNoFailureWhereItMayBeLacking() throws RouterException {
        assertThat(api.ifOffered("interfaces/assignment/search_item")).isEmpty();
        assertThat(api.postIfOffered("firewall/filter/flush_inspect_cache", JsonObject.create()))
                .isEqualTo(Optional.empty());
    }
}
