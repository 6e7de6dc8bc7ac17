package org.funkstille.routers.fritzbox.tr064;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoapTextTest {

    private static String envelope(String body) {
        return "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                + body + "</s:Body></s:Envelope>";
    }

    @Test
    void valuesAreReadAlsoEmptyOnesAndThoseWithMarkupInThem() throws Exception {
        SoapAnswer answer = SoapText.answer("GetInfo", envelope("""
                <u:GetInfoResponse xmlns:u="urn:x"><NewA>1</NewA><NewB/><NewC>&lt;x&gt;a &amp; b&lt;/x&gt;</NewC>\
                </u:GetInfoResponse>"""));

        assertThat(answer).isEqualTo(new SoapAnswer.Values(Map.of("NewA", "1", "NewB", "", "NewC", "<x>a & b</x>")));
    }

    @Test
    void aFaultIsReadWithItsNumber() throws Exception {
        SoapAnswer answer = SoapText.answer("X", envelope("""
                <s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>\
                <UPnPError xmlns="urn:dslforum-org:control-1-0"><errorCode>606</errorCode>\
                <errorDescription>Action Not Authorized</errorDescription></UPnPError></detail></s:Fault>"""));

        assertThat(answer).isEqualTo(new SoapAnswer.Fault(606, "Action Not Authorized"));
    }

    @Test
    void whatIsSentIsEscaped() throws Exception {
        String text =
                SoapText.call(Service.HOSTS, "Set", Map.of("NewName", "</NewName><Evil>&\"'"), Optional.of("<t>"));

        XmlElement sent = XmlElement.parse(text);
        assertThat(sent.find("NewName").map(XmlElement::text)).contains("</NewName><Evil>&\"'");
        assertThat(sent.find("Evil")).isEmpty();
        assertThat(sent.find("token").map(XmlElement::text)).contains("<t>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<a><b></a>",
                "<s:Envelope xmlns:s='x'><s:Body><u:GetInfoResponse xmlns:u='y'><NewA>1",
                "<a/>",
                "<!DOCTYPE a [<!ENTITY x 'y'>]><GetInfoResponse><NewA>&x;</NewA></GetInfoResponse>",
                "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>",
                "<a><Fault><UPnPError><errorCode>a lot</errorCode></UPnPError></Fault></a>"
            })
    void whatIsNoAnswerIsRefused(String document) {
        assertThatThrownBy(() -> SoapText.answer("GetInfo", document)).isInstanceOf(XmlElement.Unreadable.class);
    }

    @Test
    void filesOfThisMachineAreNotReadForARouter(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "the password");
        String document = "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><a>&x;</a>";

        assertThatThrownBy(() -> XmlElement.parse(document))
                .isInstanceOf(XmlElement.Unreadable.class)
                .hasMessageNotContaining("the password");
    }

    @Test
    void whatIsTooDeepOrTooLongIsRefusedWithoutEatingTheStack() {
        assertThatThrownBy(() -> XmlElement.parse("<a>".repeat(100_000))).isInstanceOf(XmlElement.Unreadable.class);
        assertThatThrownBy(() -> XmlElement.parse("<a>" + "<b/>".repeat(100_001) + "</a>"))
                .isInstanceOf(XmlElement.Unreadable.class);
    }

    @Test
    void aUserWithoutTheRightForSettingsMayNotChangeThemAndOneOfWhomNothingIsToldMayTry() {
        assertThat(UserRights.read("<rights><path>BoxAdmin</path><access>none</access><path>Phone</path>"
                                + "<access>readwrite</access></rights>")
                        .mayChangeSettings())
                .isFalse();
        assertThat(UserRights.read("<rights><path>Phone</path><access>none</access><path>BoxAdmin</path>"
                                + "<access>readwrite</access></rights>")
                        .mayChangeSettings())
                .isTrue();
        assertThat(UserRights.read("").mayChangeSettings()).isTrue();
    }
}
