package org.funkstille.evidence;

import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceEvent.RulesChanged;
import org.funkstille.core.evidence.EvidenceSource;

/**
 * Reads what {@code nft monitor} prints (nft(8), version 1.0.6). It ends every change with a line that names the new
 * generation of the rule set. With {@code -j} it does not, so the plain form is wanted here.
 */
public final class RuleChangeTextReader {

    private final LineReader reader;
    private final Outlet outlet;

    public RuleChangeTextReader(Consumer<? super EvidenceEvent> consumer, InstantSource clock) {
        outlet = new Outlet(EvidenceSource.RULES, consumer);
        reader = new LineReader(outlet, RuleChangeTextReader::decode, clock);
    }

    /** Reads until the stream ends; the last event is {@link EvidenceEvent.Ended}. */
    public void read(InputStream stream) {
        reader.read(stream);
    }

    public EvidenceCounts counts() {
        return outlet.counts();
    }

    static Decoded decode(String line, Instant now) {
        return line.startsWith("# new generation") ? Decoded.of(new RulesChanged(now)) : Decoded.NOTHING;
    }
}
