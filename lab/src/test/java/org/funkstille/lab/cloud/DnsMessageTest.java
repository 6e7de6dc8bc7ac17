package org.funkstille.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.junit.jupiter.api.Test;

class DnsMessageTest {

    @Test
    void aQuestionIsEncodedAsTheStandardSays() {
        byte[] octets = DnsMessage.question(0x1234, "ot.io.mi.com", Family.IPV4).encode();
        assertThat(HexFormat.of().formatHex(octets))
                .isEqualTo("123401000001000000000000" + "026f7402696f026d6903636f6d00" + "00010001");
    }

    @Test
    void anAnswerIsReadBackWithItsAddresses() {
        DnsMessage answer = DnsMessage.question(7, "ot.io.mi.com", Family.IPV6)
                .answered(0, List.of(Addresses.parse("2001:db8:c10d::10")));
        assertThat(DnsMessage.decode(ByteBuffer.wrap(answer.encode()))).contains(answer);
    }

    @Test
    void aDatagramThatIsNoMessageIsNone() {
        assertThat(DnsMessage.decode(ByteBuffer.allocate(5))).isEmpty();
        assertThat(DnsMessage.decode(ByteBuffer.allocate(40))).isEmpty();
    }
}
