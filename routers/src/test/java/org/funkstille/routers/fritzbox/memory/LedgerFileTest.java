package org.funkstille.routers.fritzbox.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.RouterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFileTest {

    private static final Mac MAC = Mac.parse("78:11:dc:00:00:01");
    private static final InetAddress ADDRESS = Addresses.parse("192.168.178.40");
    private static final InetAddress OTHER = Addresses.parse("192.168.178.41");

    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("fritzbox-box.json");
    }

    @Test
    void whatIsWrittenIsWhatTheNextProcessReads() throws Exception {
        Ledger whole = new LedgerFile(path())
                .change(before -> before.withPort(49443)
                        .withConfirmation(Optional.of("token"))
                        .with(new Ledger.Lock("gateway", MAC, ADDRESS))
                        .with(new Ledger.Window("gateway", Instant.parse("2026-11-23T10:22:00.5Z"), Set.of(OTHER)))
                        .with(new Ledger.Pin(new Reservation("gateway", MAC, ADDRESS), Optional.of(OTHER)))
                        .with(new Ledger.Awake(
                                Instant.parse("2026-11-23T10:00:00Z"), Set.of("tcp 192.0.2.1:80"), true)));

        assertThat(new LedgerFile(path()).read()).isEqualTo(whole);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
        assertThat(folder.toFile().list()).containsExactly("fritzbox-box.json");
    }

    @Test
    void ofOneThingThereIsOneNote() {
        Ledger ledger = Ledger.EMPTY
                .with(new Ledger.Lock("gateway", MAC, ADDRESS))
                .with(new Ledger.Lock("vacuum", MAC, ADDRESS))
                .with(new Ledger.Window("gateway", Instant.EPOCH, Set.of()))
                .with(new Ledger.Window("gateway", Instant.EPOCH.plusSeconds(1), Set.of()));

        assertThat(ledger.locks()).containsExactly(new Ledger.Lock("vacuum", MAC, ADDRESS));
        assertThat(ledger.windowOf("gateway").map(Ledger.Window::until)).contains(Instant.EPOCH.plusSeconds(1));
    }

    @Test
    void aDamagedLedgerIsSetAsideAndSaidSo() throws Exception {
        Files.writeString(path(), "{\"locks\":[{\"holder\":\"gateway\",\"mac\":\"78:11:dc:0");
        LedgerFile file = new LedgerFile(path());

        assertThat(file.read()).isEqualTo(Ledger.EMPTY);
        assertThat(file.damaged())
                .hasValueSatisfying(aside -> assertThat(aside).content().startsWith("{\"locks\""));
        assertThat(path()).doesNotExist();
    }

    @Test
    void aTextWithoutItsListsIsNoLedger() throws Exception {
        Files.writeString(path(), "{}");
        LedgerFile file = new LedgerFile(path());

        assertThat(file.read()).isEqualTo(Ledger.EMPTY);
        assertThat(file.damaged()).isPresent();
    }

    @Test
    void whereItCannotBeWrittenTheOldOneStays() throws Exception {
        LedgerFile file = new LedgerFile(folder.resolve("file").resolve("ledger.json"));
        Files.writeString(folder.resolve("file"), "in the way");

        assertThatThrownBy(() -> file.change(before -> before.withPort(1)))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining("ledger.json");
    }
}
