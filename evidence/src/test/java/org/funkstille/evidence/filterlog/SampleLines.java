package org.funkstille.evidence.filterlog;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lines that routers wrote, from public reports, and what they say. */
final class SampleLines {

    static final String PFSENSE_TRACKER = "1000103483";
    static final String DEFAULT_DENY = "02f4bab031b57d1e30553ce08e0ec131";

    /** Rule, action, protocol, source, source port, destination, destination port. */
    record Sample(
            String line,
            String rule,
            int protocol,
            String source,
            int sourcePort,
            String destination,
            int destinationPort) {

        byte[] octets() {
            return line.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    static final Sample ECHO_REQUEST = new Sample(
            "Dec  5 09:53:08 pfsense filterlog: 5,,,1000103483,vtnet1,match,block,in,4,0x0,,64,48961,0,DF,1,icmp,84,"
                    + "192.168.3.1,192.168.3.201,request,5113,6664",
            PFSENSE_TRACKER,
            1,
            "192.168.3.1",
            0,
            "192.168.3.201",
            0);
    static final Sample TCP = new Sample(
            "Dec  5 10:29:11 pfsense filterlog: 5,,,1000103483,vtnet1,match,block,in,4,0x0,,63,17522,0,DF,6,tcp,60,"
                    + "192.168.4.158,192.168.3.201,35682,5963,0,S,1960648610,,64240,,mss;sackOK;TS;nop;wscale",
            PFSENSE_TRACKER,
            6,
            "192.168.4.158",
            35682,
            "192.168.3.201",
            5963);
    static final Sample IGMP = new Sample(
            "Aug 22 18:05:32 pfsense filterlog[73973]: 71,,,12004,igb0,match,block,in,4,0xc0,,1,29888,0,DF,2,igmp,36,"
                    + "192.168.1.254,224.0.0.1,datalength=12",
            "12004",
            2,
            "192.168.1.254",
            0,
            "224.0.0.1",
            0);
    static final Sample TCP6_WITHOUT_HOST = new Sample(
            "<134>Jun 18 19:36:03 filterlog[8265]: 6,,,1000000105,em1,match,block,in,6,0x00,0x6cfd7,64,TCP,6,40,"
                    + "fe80::a00:27ff:fede:8853,2620:2d:4000:1010::117,59018,443,0,S,8772409,,64800,,"
                    + "mss;sackOK;TS;nop;wscale",
            "1000000105",
            6,
            "fe80::a00:27ff:fede:8853",
            59018,
            "2620:2d:4000:1010::117",
            443);
    static final Sample ICMP6_OLD_SUBRULE = new Sample(
            "filterlog: 5,16777216,,1000000003,igb1,match,block,in,6,0x00,0x00000,255,ICMPv6,58,32,"
                    + "2605:6000:c00:96::1,ff02::1:ffac:f98,",
            "1000000003",
            58,
            "2605:6000:c00:96::1",
            0,
            "ff02::1:ffac:f98",
            0);
    static final Sample OPNSENSE_TCP = new Sample(
            "<134>May 13 11:06:14 fw.example filterlog[70387]: 26,,,02f4bab031b57d1e30553ce08e0ec131,vlan0.116,match,"
                    + "block,in,4,0x0,,64,0,0,DF,6,tcp,64,10.1.16.19,17.253.53.204,57374,443,0,S,695714130,,65535,,"
                    + "mss;nop;wscale;nop;nop;TS;sackOK;eol",
            DEFAULT_DENY,
            6,
            "10.1.16.19",
            57374,
            "17.253.53.204",
            443);
    static final Sample OPNSENSE_UDP = new Sample(
            "<134>1 2024-05-13T11:06:14+02:00 fw.example filterlog 70387 - [meta sequenceId=\"12\"] "
                    + "0,,,02f4bab031b57d1e30553ce08e0ec131,vtnet0,match,block,in,4,0x0,,255,20794,0,DF,17,udp,458,"
                    + "192.168.3.14,224.0.0.251,5353,5353,438",
            DEFAULT_DENY,
            17,
            "192.168.3.14",
            5353,
            "224.0.0.251",
            5353);
    static final Sample ICMP6_BARE = new Sample(
            "10,,,0,vtnet1,match,block,in,6,0x00,0x00000,255,ipv6-icmp,58,32,fe80::1,ff02::1,datalength=72",
            "0",
            58,
            "fe80::1",
            0,
            "ff02::1",
            0);
    static final Sample OUT_OF_STATE = new Sample(
            "4,,,02f4bab031b57d1e30553ce08e0ec131,em2,match,block,in,4,0x0,,64,34116,0,none,6,tcp,52,192.168.47.29,"
                    + "142.250.189.163,23724,443,0,FA,3413329432,512495170,4096,,nop;nop;TS",
            DEFAULT_DENY,
            6,
            "192.168.47.29",
            23724,
            "142.250.189.163",
            443);

    static final List<Sample> ALL = List.of(
            ECHO_REQUEST,
            TCP,
            IGMP,
            TCP6_WITHOUT_HOST,
            ICMP6_OLD_SUBRULE,
            OPNSENSE_TCP,
            OPNSENSE_UDP,
            ICMP6_BARE,
            OUT_OF_STATE);

    private SampleLines() {}
}
