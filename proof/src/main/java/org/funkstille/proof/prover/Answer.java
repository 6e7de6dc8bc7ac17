package org.funkstille.proof.prover;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Source;

/**
 * What is proved of one device.
 *
 * @param strength of a silent one: what the device would have to change to get out
 * @param witness of a leaking one: a packet, as the device sends it, that gets out
 * @param rule the rule that lets the witness pass, in the router's own words
 * @param path the chains that the witness comes through
 * @param because why it is leaking or unproven; of a silent one: what was taken for granted
 * @param residual ways out that do not count
 * @param repairs what would have to change to make it silent
 * @param holdsUntil when a rule with a time may change the answer; absent: never
 */
public record Answer(
        String device,
        Standing standing,
        Optional<Strength> strength,
        Optional<Witness> witness,
        Optional<Source> rule,
        List<String> path,
        List<String> because,
        List<Residual> residual,
        List<String> repairs,
        Optional<Instant> holdsUntil) {

    public Answer {
        path = List.copyOf(path);
        because = List.copyOf(because);
        residual = List.copyOf(residual);
        repairs = List.copyOf(repairs);
    }

    /** What holds. */
    public enum Standing {
        /** No packet gets out, or only to where its policy lets it. */
        AS_WANTED,
        /** This packet gets out. */
        LEAKING,
        /** It is not known. */
        UNPROVEN
    }

    /** What the device would have to change to get out. */
    public enum Strength {
        /** Nothing helps it. */
        NETWORK,
        /** Another hardware address. */
        MAC,
        /** Another IP address. */
        ADDRESS
    }

    /**
     * @param sent the packet as it comes in; its interfaces are numbers
     * @param inInterface the name of the interface that it comes in by
     * @param outInterface by which it leaves; absent: it reaches the router itself
     */
    public record Witness(Packet sent, String inInterface, Optional<String> outInterface) {}
}
