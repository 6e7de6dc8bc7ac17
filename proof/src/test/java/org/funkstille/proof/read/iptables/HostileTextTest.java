package org.funkstille.proof.read.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.funkstille.proof.read.ReadingException;
import org.junit.jupiter.api.Test;

final class HostileTextTest {

    private static final String RULES = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -j DNAT --to-destination 1.2.3.4-1.2.3.9:5-6/7 --random
            -A PREROUTING -p udp -j REDIRECT --to-ports 5-6
            -A PREROUTING -j NETMAP --to 10.0.0.0/8
            -A POSTROUTING -p tcp -j MASQUERADE --to-ports 5-6
            COMMIT
            *mangle
            :FORWARD ACCEPT [0:0]
            -A FORWARD -j MARK --set-xmark 0x5/0x7
            -A FORWARD -j CONNMARK --restore-mark --nfmask 0xff --ctmask 0xff
            -A FORWARD -j TOS --set-tos 0x10/0xff
            -A FORWARD -m mark ! --mark 0x5/0x5 -j TTL --ttl-set 64
            COMMIT
            *filter
            :FORWARD DROP [0:0]
            :UC - [0:0]
            [1:2] -A FORWARD -s 10.0.0.0/255.0.255.0 -m set ! --match-set a dst,src -j UC
            -A FORWARD -m time --timestart 21:00:00 --timestop 06:00:00 --weekdays Mon,Tue --datestop 2038-01-19T03:14:07
            -A FORWARD -p icmp -m icmp ! --icmp-type 3/1 -g UC
            -A FORWARD -m conntrack --ctstate NEW,DNAT --ctorigsrc 1.2.3.0/24 --ctorigdstport 5:6 --ctdir REPLY
            -A FORWARD -m length ! --length 5:6 -m ttl --ttl-gt 5 -m tos --tos 0x10/0xff -m comment --comment "x \\" y"
            -A FORWARD -p tcp -m multiport --dports 1,2:3 -m tcp --tcp-flags SYN,ACK SYN -j SYNPROXY
            COMMIT
            """;

    private static final String SETS = """
            create a hash:net,port family inet timeout 600
            add a 1.2.3.0/24,tcp:80-81 timeout 5
            add a 1.2.0.0/16,icmp:8/0 timeout 7 nomatch
            """;

    private static final String CHARACTERS = "!-:/,.[]\"' *#\n0129afxAZ+";

    @Test
    void damagedTexts_areReadOrRefused_butNeverBreakTheReader() {
        Random random = new Random(7);
        int read = 0;
        int refused = 0;
        for (int round = 0; round < 1_500; round++) {
            try {
                Saved.read(damaged(SETS, random), damaged(RULES, random));
                read++;
            } catch (ReadingException _) {
                refused++;
            }
        }
        assertThat(read).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int times = random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(damaged.length());
            char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
            switch (random.nextInt(4)) {
                case 0 -> damaged.setCharAt(at, character);
                case 1 -> damaged.insert(at, character);
                case 2 -> damaged.deleteCharAt(at);
                default -> damaged.insert(at, damaged.substring(at, Math.min(damaged.length(), at + 9)));
            }
        }
        return damaged.toString();
    }

    @Test
    void largeText_isReadLineByLine() throws ReadingException {
        StringBuilder text = new StringBuilder("*filter\n:FORWARD ACCEPT [0:0]\n");
        for (int rule = 0; rule < 100_000; rule++) {
            text.append("-A FORWARD -s 10.").append(rule >> 8 & 255).append('.').append(rule & 255);
            text.append(".1/32 -p tcp -m tcp --dport 80 -j DROP\n");
        }
        assertThat(Saved.read("", text + "COMMIT\n").rules().size()).isEqualTo(100_001 + 1);
    }
}
