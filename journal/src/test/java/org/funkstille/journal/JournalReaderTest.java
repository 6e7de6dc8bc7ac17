package org.funkstille.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.funkstille.journal.Sample.NOON;
import static org.funkstille.journal.Sample.attempt;
import static org.funkstille.journal.Sample.endpoint;
import static org.funkstille.journal.Sample.flow;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {

    private static final Optional<String> ALL = Optional.empty();

    private final Journal journal;
    private final JournalReader reader;

    JournalReaderTest(@TempDir Path directory) {
        journal = Sample.journal(directory);
        reader = journal.reader();
    }

    @BeforeEach
    void nothingYet() {
        assertThat(reader.newestAttempt()).isZero();
        assertThat(reader.attempts(Instant.EPOCH, ALL, Order.NEWEST_FIRST, 10)).isEmpty();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void attempts_ofOneDevice_comeNewestFirst() {
        Attempt first = attempt(NOON, "gateway", 1);
        Attempt second = attempt(NOON.plusMillis(1), "gateway", 2);
        journal.append(List.of(first, attempt(NOON, "vacuum", 1), second));

        assertThat(Sample.plain(reader.attempts(NOON, Optional.of("gateway"), Order.NEWEST_FIRST, 10)))
                .containsExactly(second, first);
        assertThat(Sample.plain(reader.attempts(NOON, Optional.of("gateway"), Order.OLDEST_FIRST, 1)))
                .containsExactly(first);
        assertThat(reader.attempts(NOON, Optional.of("nobody"), Order.NEWEST_FIRST, 10))
                .isEmpty();
        assertThat(Sample.plain(reader.attempts(NOON.plusMillis(1), ALL, Order.NEWEST_FIRST, 10)))
                .containsExactly(second);
    }

    @Test
    void attempt_withNameProtocolAndAddressOfEitherFamily_comesBackAsItWas() {
        List<Attempt> written = List.of(
                new Attempt(
                        NOON,
                        "gateway",
                        new Endpoint(Addresses.parse("2001:db8::1"), Protocol.TCP, 443),
                        Optional.of("ot.io.example"),
                        17),
                new Attempt(
                        NOON,
                        "gateway",
                        new Endpoint(Addresses.parse("192.0.2.1"), Protocol.ICMP, 0),
                        Optional.empty(),
                        Long.MAX_VALUE));
        journal.append(written);

        assertThat(Sample.plain(reader.attempts(NOON, ALL, Order.OLDEST_FIRST, 10)))
                .isEqualTo(written);
    }

    @Test
    void attemptsAfter_anIdThatIsKnown_givesWhatWasWrittenLaterEvenIfItsTimeIsEarlier() {
        journal.append(List.of(attempt(NOON, "gateway", 1)));
        long known = reader.newestAttempt();
        Attempt late = attempt(NOON.minusSeconds(3600), "gateway", 2);
        journal.append(List.of(late));

        assertThat(Sample.plain(reader.attemptsAfter(known, ALL, 10))).containsExactly(late);
        assertThat(reader.attemptsAfter(reader.newestAttempt(), ALL, 10)).isEmpty();
    }

    @Test
    void spans_keepToTheTimeOfTheEvent_notOfItsWriting() {
        journal.append(List.of(attempt(NOON, "gateway", 1)));
        journal.append(List.of(attempt(NOON.minusSeconds(3600), "gateway", 2)));

        assertThat(reader.attempts(NOON.minusSeconds(60), ALL, Order.OLDEST_FIRST, 10))
                .hasSize(1);
        assertThat(reader.topDestinations(NOON.minusSeconds(3601), NOON.minusSeconds(3599), ALL, 5))
                .containsExactly(new DestinationTotal("gateway", Optional.of(endpoint(2)), Optional.empty(), 1));
        assertThat(reader.attemptTotals(NOON.minusSeconds(60))).containsExactly(entry("gateway", 1L));
    }

    @Test
    void timesThatMakeNoSense_areBroughtIntoRange_andKeepTheJournalWorking() {
        journal.append(List.of(
                attempt(Instant.MAX, "gateway", 1), attempt(Instant.MIN, "gateway", 2), attempt(NOON, "gateway", 3)));

        assertThat(reader.attempts(NOON, ALL, Order.OLDEST_FIRST, 10)).hasSize(2);
        assertThat(reader.topDestinations(Instant.MIN, Instant.MAX, ALL, 10)).hasSize(2);
    }

    @Test
    void moreThanAMillionAttemptsInOneMillisecond_runOverIntoTheNext() {
        long last = TimedId.first(5) + (1 << 20) - 1;

        assertThat(TimedId.millis(TimedId.next(last, 5))).isEqualTo(6);
        assertThat(TimedId.next(last, 5)).isGreaterThan(last);
    }

    @Test
    void topDestinations_areThoseOfEachDeviceWithMostPackets() {
        journal.append(List.of(
                attempt(NOON, "vacuum", 9, 1),
                attempt(NOON, "gateway", 1, 5),
                attempt(NOON, "gateway", 2, 7),
                attempt(NOON, "gateway", 3, 1),
                attempt(NOON.plusSeconds(1), "gateway", 1, 5)));

        assertThat(reader.topDestinations(NOON, NOON.plusSeconds(60), ALL, 2))
                .containsExactly(
                        new DestinationTotal("gateway", Optional.of(endpoint(1)), Optional.empty(), 10),
                        new DestinationTotal("gateway", Optional.of(endpoint(2)), Optional.empty(), 7),
                        new DestinationTotal("vacuum", Optional.of(endpoint(9)), Optional.empty(), 1));
        assertThat(reader.topDestinations(NOON, NOON.plusSeconds(1), Optional.of("gateway"), 1))
                .containsExactly(new DestinationTotal("gateway", Optional.of(endpoint(2)), Optional.empty(), 7));
        assertThat(reader.topDestinations(NOON, NOON.plusSeconds(1), Optional.of("nobody"), 1))
                .isEmpty();
        assertThat(reader.attemptTotals(NOON)).containsExactly(entry("gateway", 18L), entry("vacuum", 1L));
    }

    @Test
    void flow_isThereWhenItBegins_andCompleteWhenItEnds() {
        Flow open = flow(NOON, Optional.empty(), true, Traffic.NONE);
        Flow ended = flow(NOON, Optional.of(NOON.plusSeconds(9)), true, new Traffic(1, 2, 3, 4));
        journal.write(List.of(), List.of(new FlowBegan(77, open)));
        assertThat(reader.flows("vacuum", NOON, NOON.plusSeconds(60), true, 10)).containsExactly(open);

        journal.write(List.of(), List.of(new FlowEnded(77, ended)));
        assertThat(reader.flows("vacuum", NOON, NOON.plusSeconds(60), true, 10)).containsExactly(ended);
    }

    @Test
    void flow_whoseKeyComesAgain_leavesTheEarlierOneAsItIs() {
        Flow stale = flow(NOON, Optional.empty(), true, Traffic.NONE);
        Flow open = flow(NOON.plusSeconds(5), Optional.empty(), true, Traffic.NONE);
        Flow ended = flow(NOON.plusSeconds(5), Optional.of(NOON.plusSeconds(9)), true, new Traffic(1, 2, 3, 4));
        journal.write(List.of(), List.of(new FlowBegan(1, stale), new FlowBegan(1, open), new FlowEnded(1, ended)));

        assertThat(reader.flows("vacuum", NOON, NOON.plusSeconds(60), false, 10))
                .containsExactly(stale, ended);
    }

    @Test
    void flow_whoseBeginningWasNotSeen_isWrittenWhole() {
        Flow ended = flow(NOON, Optional.of(NOON.plusSeconds(9)), false, new Traffic(1, 2, 3, 4));
        journal.write(List.of(), List.of(new FlowEnded(5, ended)));

        assertThat(reader.flows("vacuum", NOON, NOON.plusSeconds(60), false, 10))
                .containsExactly(ended);
    }

    @Test
    void flows_areThoseOpenInTheSpan_optionallyOnlyThoseThatLeftTheHouse() {
        Flow over = flow(NOON, Optional.of(NOON.plusSeconds(1)), true, Traffic.NONE);
        Flow inside = flow(NOON, Optional.of(NOON.plusSeconds(100)), false, Traffic.NONE);
        Flow within = flow(NOON.plusSeconds(60), Optional.of(NOON.plusSeconds(61)), true, Traffic.NONE);
        Flow after = flow(NOON.plusSeconds(90), Optional.empty(), true, Traffic.NONE);
        journal.write(
                List.of(),
                List.of(
                        new FlowEnded(1, over),
                        new FlowEnded(2, inside),
                        new FlowEnded(3, within),
                        new FlowBegan(4, after)));

        assertThat(reader.flows("vacuum", NOON.plusSeconds(50), NOON.plusSeconds(90), false, 10))
                .containsExactly(inside, within);
        assertThat(reader.flows("vacuum", NOON.plusSeconds(50), NOON.plusSeconds(90), true, 10))
                .containsExactly(within);
        assertThatThrownBy(() -> new FlowEnded(4, after)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lastVerdict_isTheOneWrittenLast() {
        StoredVerdict old = new StoredVerdict(NOON, "gateway", "leaking", "proved", "{}");
        StoredVerdict last = new StoredVerdict(NOON.plusSeconds(1), "gateway", "silent", "proved", "{\"a\":1}");
        StoredVerdict other = new StoredVerdict(NOON, "vacuum", "unproven", "observed", "{}");
        journal.write(List.of(), List.of(old, other, last));

        assertThat(reader.lastVerdict("gateway")).contains(last);
        assertThat(reader.lastVerdict("nobody")).isEmpty();
        assertThat(reader.lastVerdicts()).containsExactly(last, other);
    }

    @Test
    void window_isNumbered_andClosedUnderItsNumber() {
        WindowRecord first = journal.openWindow("gateway", NOON, NOON.plusSeconds(900), "update");
        WindowRecord second = journal.openWindow("vacuum", NOON, NOON.plusSeconds(60), "");
        WindowRecord closed = new WindowRecord(
                first.id(),
                "gateway",
                NOON,
                NOON.plusSeconds(900),
                "update",
                Optional.of(NOON.plusSeconds(5)),
                Optional.of("owner"));
        journal.write(List.of(), List.of(closed));

        assertThat(first.id()).isEqualTo(1);
        assertThat(reader.windows(10)).containsExactly(second, closed);
        assertThat(reader.window(1)).contains(closed);
        assertThat(reader.window(3)).isEmpty();
    }

    @Test
    void changesLossesAndCanaries_comeBack() {
        Change ofDevice = new Change(NOON, Optional.of("gateway"), "address-changed", "from .50 to .51");
        Change ofRouter = new Change(NOON.plusSeconds(1), Optional.empty(), "router-restarted", "");
        Loss loss = new Loss(NOON, EvidenceSource.FLOWS, 12);
        CanaryResult canary = new CanaryResult(NOON.plusSeconds(1), true, "seen after 3 ms");
        journal.write(List.of(), List.of(ofDevice, ofRouter, loss, new CanaryResult(NOON, false, "not seen"), canary));

        assertThat(reader.changes(NOON, 10)).containsExactly(ofRouter, ofDevice);
        assertThat(reader.changes(NOON.plusSeconds(1), 10)).containsExactly(ofRouter);
        assertThat(reader.losses(NOON)).containsExactly(loss);
        assertThat(reader.lastCanary()).contains(canary);
    }

    @Test
    void coverage_isExtendedInPlace_andBeginsAnewAfterAGap() {
        Coverage extended = new Coverage(EvidenceSource.REFUSALS, NOON, NOON.plusSeconds(10), 3);
        Coverage again = new Coverage(EvidenceSource.REFUSALS, NOON.plusSeconds(60), NOON.plusSeconds(61), 0);
        journal.write(
                List.of(),
                List.of(new Coverage(EvidenceSource.REFUSALS, NOON, NOON.plusSeconds(5), 0), extended, again));

        assertThat(reader.coverage(NOON)).containsExactly(extended, again);
        assertThat(reader.coverage(NOON.plusSeconds(11))).containsExactly(again);
    }

    @Test
    void name_isTheLatestOfTheAddress() {
        InetAddress address = Addresses.parse("192.0.2.9");
        journal.write(
                List.of(),
                List.of(
                        new NameSeen(NOON, address, "new.example"),
                        new NameSeen(NOON.minusSeconds(9), address, "old.example")));

        assertThat(reader.name(address)).contains("new.example");
        assertThat(reader.name(Addresses.parse("192.0.2.8"))).isEmpty();
    }
}
