package org.funkstille.routers.fritzbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The expected answers were computed with Python's hashlib; the first and the last are AVM's own examples. */
class LoginPageTest {

    @Test
    void aChallengeOfVersion2IsAnsweredWithPbkdf2Twice() {
        assertThat(LoginPage.response("2$10000$5A1711$2000$5A1722", "1example!"))
                .isEqualTo("5A1722$1798a1672bca7c6463d6b245f82b53703b0f50813401b03e4045a5861e689adb");
        assertThat(LoginPage.response("2$300$c3a1f09b55d2e874$7$00ff10ab99", "gurke-ünd-salat €"))
                .isEqualTo("00ff10ab99$7f839425e0f9e1ad5dfee2078bf30c1075e07e5ed0f2eb2c6259a39277b73a1b");
    }

    @Test
    void anyOtherChallengeIsAnsweredWithMd5OfUtf16() {
        assertThat(LoginPage.response("1234567z", "äbc")).isEqualTo("1234567z-9e224a41eeefa284df7bb0f26c2913e2");
    }

    @Test
    void aBlockIsRead() throws Exception {
        LoginPage page = LoginPage.parse("<?xml version=\"1.0\"?><SessionInfo><SID>0000000000000000</SID>"
                + "<Challenge>2$1$00$1$00</Challenge><BlockTime>64</BlockTime><Rights></Rights></SessionInfo>");

        assertThat(page).isEqualTo(new LoginPage("0000000000000000", "2$1$00$1$00", Duration.ofSeconds(64)));
        assertThat(page.in()).isFalse();
    }
}
