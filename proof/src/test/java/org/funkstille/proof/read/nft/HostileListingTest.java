package org.funkstille.proof.read.nft;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.funkstille.proof.read.ReadingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostileListingTest {

    private static final String TABLE = "{'nftables':[{'table':{'family':'inet','name':'t'}},\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'nftables':                           | rules:1:13 | cut off
            {'nftables': 5}                        | rules:1:1  | not a listing
            {'nftables': [5]}                      | rules:1:15 | not an object
            {'nftables': [{'table':{'name':'t'}}]} | rules:1:24 | "family" is missing
            {'nftables': [{'a':1,}]}               | rules:1:22 | a member's name
            {'nftables': [nil]}                    | rules:1:15 | not a value
            {'nftables': []} x                     | rules:1:18 | behind the end
            {'nftables': ['\\u12']}                | rules:1:18 | four hexadecimal
            {'nftables': ['abc                     | rules:1:19 | cut off
            {'nftables': [{'flush':{'ruleset':1}}]}| rules:1:24 | a command
            """)
    void textThatIsNoListing_isRefusedWhereItGoesWrong(String text, String place, String problem) {
        assertThatThrownBy(() -> Listings.read(text.strip(), Optional.empty()))
                .isInstanceOf(ReadingException.class)
                .hasMessageStartingWith(place)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'rule':{'family':'inet','table':'t','chain':'c','expr':[]}}       | rules:2:9  | does not exist
            {'chain':{'family':'inet','table':'t','name':5}}                   | rules:2:10 | no string
            {'chain':{'family':'inet','table':'u','name':'c'}}                 | rules:2:10 | does not exist
            {'chain':{'family':'ipx','table':'t','name':'c'}}                  | rules:2:10 | no such family
            {'chain':{'family':'inet','table':'t','name':'c','hook':'roof','prio':0}}     | rules:2:10 | no such hook
            {'chain':{'family':'inet','table':'t','name':'c','hook':'input','prio':'x'}}  | rules:2:10 | priority
            {'chain':{'family':'inet','table':'t','name':'c'}},{'rule':{'family':'inet','table':'t','chain':'c','expr':7}}   | rules:2:108 | not an array
            {'chain':{'family':'inet','table':'t','name':'c'}},{'rule':{'family':'inet','table':'t','chain':'c','expr':[7]}} | rules:2:109 | not an object
            """)
    void wrongTypes_areRefusedWhereTheyStand(String object, String place, String problem) {
        assertThatThrownBy(() -> Listings.read(TABLE + object.strip() + "]}", Optional.empty()))
                .isInstanceOf(ReadingException.class)
                .hasMessageStartingWith(place)
                .hasMessageContaining(problem);
    }

    @Test
    void nesting_isBounded() {
        assertThatThrownBy(() -> Listings.read("[".repeat(100_000), Optional.empty()))
                .isInstanceOf(ReadingException.class)
                .hasMessage("rules:1:129: nested deeper than 128 levels");
        assertThatThrownBy(() -> Listings.read("{'a':".repeat(100_000), Optional.empty()))
                .isInstanceOf(ReadingException.class)
                .hasMessageContaining("nested deeper");
    }

    @Test
    void size_isBounded() {
        assertThatThrownBy(() -> Listings.read(" ".repeat(100 << 20), Optional.empty()))
                .isInstanceOf(ReadingException.class)
                .hasMessageContaining("longer than");
        assertThatThrownBy(() -> Listings.read("[" + "0,".repeat(7_000_000), Optional.empty()))
                .isInstanceOf(ReadingException.class)
                .hasMessageContaining("more than 6000000 values");
    }

    @Test
    void jumpsInACircle_areRefused() {
        String chain = "{'chain':{'family':'inet','table':'t','name':'c'}},";
        assertThatThrownBy(() -> Listings.read(
                        TABLE + chain + Listings.rule("c", "{'jump':{'target':'c'}}") + "]}", Optional.empty()))
                .isInstanceOf(ReadingException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void rulesThatTheKernelWouldNotTake_areRefused() {
        String turn = "{'mangle':{'key':{'meta':{'key':'mark'}},'value':1}},"
                + Listings.match(Listings.meta("mark"), "==", "1") + ",";
        String rule = Listings.rule("c", turn.repeat(20_000) + "{'accept':null}");
        assertThatThrownBy(() -> Listings.read(TABLE + Listings.chain("c") + "," + rule + "]}", Optional.empty()))
                .isInstanceOf(ReadingException.class)
                .hasMessageContaining("more than 128 statements");
    }
}
