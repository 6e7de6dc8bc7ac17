package org.funkstille.routers.opnsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.funkstille.routers.RouterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OfferingTest {

    private static final String DASHBOARD = "diagnostics/system/system_information";
    private static final String FIRMWARE = "core/firmware/status";
    private static final String FORBIDDEN = "{\"status\":403,\"message\":\"Forbidden\"}";

    private final StubRouter router = new StubRouter();

    @BeforeEach
    void templates() {
        router.answers("firewall/filter/get_rule", "{\"rule\":{\"enabled\":\"1\",\"icmptype\":{}}}");
        router.answers("firewall/alias/get_item", "{\"alias\":{\"name\":\"\",\"expire\":\"\"}}");
    }

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void theDashboardTellsTheVersion() throws RouterException {
        router.answers(
                DASHBOARD,
                "{\"name\":\"fw\",\"versions\":[\"OPNsense 25.7.11_2-amd64\",\"FreeBSD 14.3-RELEASE-p7\",\"OpenSSL 3.0\"]}");

        Offering offering = Offering.read(router.api());

        assertThat(offering.version()).hasValue(new Version(25, 7, 11));
        assertThat(offering.system()).isEqualTo("OPNsense 25.7.11_2, FreeBSD 14.3-RELEASE-p7");
        assertThat(offering.expires()).isTrue();
        assertThat(offering.ruleFields()).contains("icmptype");
    }

    @Test
    void withoutTheDashboardTheFirmwarePageIsAsked() throws RouterException {
        router.answers(DASHBOARD, 403, FORBIDDEN);
        router.answers(FIRMWARE, "{\"product\":{\"product_version\":\"26.7.2\"}}");

        assertThat(Offering.read(router.api()).version()).hasValue(new Version(26, 7, 2));
    }

    @Test
    void aKeyThatMaySeeNeitherStillDrives() throws RouterException {
        router.answers(DASHBOARD, 403, FORBIDDEN);
        router.answers(FIRMWARE, 403, FORBIDDEN);
        router.answers("firewall/alias/get_item", "{\"alias\":{\"name\":\"\"}}");

        Offering offering = Offering.read(router.api());

        assertThat(offering.version()).isEmpty();
        assertThat(offering.system()).contains("Lobby: Dashboard");
        assertThat(offering.expires()).isFalse();
        assertThat(offering.listsAllRules()).isFalse();
    }

    @Test
    void aWrongKeyIsNotTriedASecondTime() {
        router.answers(DASHBOARD, 401, "{}");

        assertThatThrownBy(() -> Offering.read(router.api())).isInstanceOf(RouterException.NotPermitted.class);
        assertThat(router.paths()).containsExactly(DASHBOARD);
    }

    @Test
    void versionsBefore251AreRefused() {
        router.answers(DASHBOARD, "{\"versions\":[\"OPNsense 24.7.12-amd64\"]}");

        assertThatThrownBy(() -> Offering.read(router.api()))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining("24.7.12")
                .hasMessageContaining("update it");
    }
}
