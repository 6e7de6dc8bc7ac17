package org.funkstille.discovery.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.funkstille.core.net.Mac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MdnsTest {

    private static final List<String> TYPE = List.of("_miio", "_udp", "local");
    private static final List<String> INSTANCE = List.of("lumi-gateway-v3_miio12345678", "_miio", "_udp", "local");

    @ParameterizedTest
    @ValueSource(strings = {"mac=34ce00889149", "epoch=1:mac=34ce00889149", "MAC=34:CE:00:88:91:49"})
    void services_ofAGateway_areItsNameAndItsMac(String text) {
        byte[] message = Wire.answer(2)
                .record(TYPE, Wire.PTR, Wire.nameOf(INSTANCE))
                .record(INSTANCE, Wire.TXT, Wire.strings("epoch=1", text))
                .octets();

        assertThat(services(message))
                .containsExactly(new MdnsService(
                        "_miio._udp", "lumi-gateway-v3_miio12345678", Optional.of(Mac.parse("34:ce:00:88:91:49"))));
    }

    @Test
    void services_ofTheListOfTypes_haveNoName() {
        byte[] message = Wire.answer(1)
                .record(
                        List.of("_services", "_dns-sd", "_udp", "local"),
                        Wire.PTR,
                        Wire.nameOf(List.of("_hap", "_tcp", "local")))
                .octets();

        assertThat(services(message)).containsExactly(new MdnsService("_hap._tcp", "", Optional.empty()));
    }

    @Test
    void services_withAnInstanceThatATerminalObeys_areHarmless() {
        List<String> evil = List.of("x\u001b]0;owned\u0007\n", "_miio", "_udp", "local");
        byte[] message =
                Wire.answer(1).record(TYPE, Wire.PTR, Wire.nameOf(evil)).octets();

        assertThat(services(message)).extracting(MdnsService::instance).containsExactly("x?]0;owned??");
    }

    @Test
    void services_ofSomebodyElsesType_areNotOurs() {
        byte[] message = Wire.answer(2)
                .record(List.of("_ipp", "_tcp", "local"), Wire.PTR, Wire.nameOf(INSTANCE))
                .record(TYPE, Wire.PTR, Wire.nameOf(List.of("evil", "example", "com")))
                .octets();

        assertThat(services(message)).isEmpty();
    }

    @Test
    void services_moreThanAnyDeviceHas_areCut() {
        Wire wire = Wire.answer(200);
        for (int index = 0; index < 200; index++) {
            wire.record(TYPE, Wire.PTR, Wire.nameOf(List.of("x" + index, "_miio", "_udp", "local")));
        }

        assertThat(services(wire.octets())).hasSize(64);
    }

    @Test
    @Timeout(5)
    void decode_namesThatPointInCircles_ends() {
        byte[] toItself = Wire.answer(1).raw(0xc0, 12).u16(Wire.PTR).octets();
        byte[] forwards = Wire.answer(1).raw(0xc0, 14, 0xc0, 12).u16(Wire.PTR).octets();
        byte[] beyond = Wire.answer(1).raw(0xff, 0xff).octets();

        for (byte[] message : List.of(toItself, forwards, beyond)) {
            assertThat(MdnsMessage.decode(message).orElseThrow().pointers()).isEmpty();
        }
    }

    @Test
    void decode_aRecordThatIsCutOff_keepsThoseBefore() {
        byte[] message = Wire.answer(3)
                .record(TYPE, Wire.PTR, Wire.nameOf(INSTANCE))
                .name(TYPE)
                .u16(Wire.PTR)
                .u16(1)
                .u16(0)
                .u16(120)
                .u16(60_000)
                .octets();

        assertThat(services(message)).hasSize(1);
    }

    @Test
    void decode_aQuestion_isNoAnswer() {
        assertThat(MdnsMessage.decode(MdnsMessage.question(List.of("_miio._udp.local"))))
                .isEmpty();
    }

    @Test
    @Timeout(20)
    void decode_whateverComes_neverThrows() {
        Random chance = new Random(20_261_123);
        byte[] good = Wire.answer(2)
                .record(TYPE, Wire.PTR, Wire.nameOf(INSTANCE))
                .record(INSTANCE, Wire.TXT, Wire.strings("mac=34ce00889149"))
                .octets();
        assertThatCode(() -> {
                    for (int time = 0; time < 20_000; time++) {
                        byte[] message = good.clone();
                        for (int change = chance.nextInt(1, 6); change > 0; change--) {
                            message[chance.nextInt(2, message.length)] = (byte) chance.nextInt();
                        }
                        MdnsMessage.decode(message).ifPresent(decoded -> MdnsQuery.add(decoded, new LinkedHashSet<>()));
                    }
                })
                .doesNotThrowAnyException();
    }

    private static Set<MdnsService> services(byte[] message) {
        Set<MdnsService> services = new LinkedHashSet<>();
        MdnsQuery.add(MdnsMessage.decode(message).orElseThrow(), services);
        return services;
    }
}
