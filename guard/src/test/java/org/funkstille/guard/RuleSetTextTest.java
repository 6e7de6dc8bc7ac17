package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.funkstille.routers.SavedRules;
import org.junit.jupiter.api.Test;

final class RuleSetTextTest {

    private static final String LISTING = """
            {"nftables": [{"rule": {"handle": 4, "expr": [{"match": {"right": 443}},\
             {"counter": {"packets": 17, "bytes": 900}}, {"accept": null}]}},\
             {"set": {"name": "window", "elem": [{"elem": {"val": "78:11:dc:12:34:56", "expires": 299}}]}}]}""";

    @Test
    void countersAndTimesThatRemain_makeNoDifference() {
        assertThat(text(LISTING.replace("17", "4711").replace("900", "1").replace("299", "12")))
                .isEqualTo(text(LISTING));
        String saved = "# Generated on Mon Nov 23\n:FORWARD ACCEPT [17:900]\n-A FORWARD -j DROP\n";
        assertThat(text(saved.replace("[17:900]", "[0:0]").replace("23", "24"))).isEqualTo(text(saved));
    }

    @Test
    void everythingElse_makesADifference() {
        assertThat(text(LISTING.replace("443", "80"))).isNotEqualTo(text(LISTING));
        assertThat(text(LISTING.replace("12:34:56", "12:34:57"))).isNotEqualTo(text(LISTING));
        assertThat(text(LISTING.replace("accept", "drop"))).isNotEqualTo(text(LISTING));
        assertThat(text(LISTING.replace("window", "packets"))).isNotEqualTo(text(LISTING));
    }

    @Test
    void wordsInAComment_areNoCounters() {
        String commented = "{\"comment\": \"say \\\"packets\\\": 17\"}";
        assertThat(text(commented.replace("17", "18"))).isNotEqualTo(text(commented));
    }

    @Test
    void settingsZoneAndDoubts_belongToIt() {
        SavedRules.Text rules = new SavedRules.Text("nft", LISTING);
        SavedRules.Text off = new SavedRules.Text("sysctl", "net.ipv6.conf.all.disable_ipv6 = 1");
        List<SavedRules.Part> parts = List.of(new SavedRules.Part("nft-json", List.of(rules)));
        List<RuleSetText> different = List.of(
                text(LISTING),
                RuleSetText.of(
                        new SavedRules(parts, List.of(), List.of(off), Instant.EPOCH, Optional.empty(), List.of())),
                RuleSetText.of(
                        new SavedRules(parts, List.of(off), List.of(), Instant.EPOCH, Optional.empty(), List.of())),
                RuleSetText.of(new SavedRules(
                        parts, List.of(), List.of(), Instant.EPOCH, Optional.of(ZoneOffset.UTC), List.of())),
                RuleSetText.of(new SavedRules(
                        parts, List.of(), List.of(), Instant.EPOCH, Optional.empty(), List.of("unread"))));
        assertThat(different).doesNotHaveDuplicates();
    }

    private static RuleSetText text(String listing) {
        return RuleSetText.of(new SavedRules(
                List.of(new SavedRules.Part("nft-json", List.of(new SavedRules.Text("nft", listing)))),
                List.of(),
                List.of(),
                Instant.EPOCH,
                Optional.empty(),
                List.of()));
    }
}
