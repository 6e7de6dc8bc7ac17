package org.funkstille.cli;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonDouble;
import io.avaje.json.node.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.verdict.Grade;
import org.funkstille.core.verdict.Status;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.prover.Answer;
import org.funkstille.proof.prover.Residual;

/**
 * One device's answer as it is told.
 *
 * @param repairs which rules would have to change, and how
 * @param rules how many were looked at
 * @param milliseconds how long it took; of devices that were answered together, its part
 */
record Proof(Device device, Answer answer, List<String> repairs, Further further, int rules, double milliseconds) {

    /** What was asked for beside the verdict. */
    record Further(Optional<List<String>> differences, Optional<List<String>> destinations) {}

    boolean asWanted() {
        return answer.standing() == Answer.Standing.AS_WANTED;
    }

    private Status status() {
        return switch (answer.standing()) {
            case LEAKING -> Status.LEAKING;
            case UNPROVEN -> Status.UNPROVEN;
            case AS_WANTED ->
                switch (device.policy()) {
                    case Policy.Silent _ -> Status.SILENT;
                    case Policy.AllowList _ -> Status.ALLOW_LIST;
                    case Policy.Online _ -> Status.ONLINE;
                };
        };
    }

    /** Of a device that may go out nothing is proved. */
    private Grade grade() {
        return device.restricted() ? Grade.PROVED : Grade.DECLARED;
    }

    /** The names of members are a contract. */
    JsonObject document() {
        JsonObject json = JsonObject.create()
                .add("device", answer.device())
                .add("status", status().word())
                .add("grade", grade().word());
        answer.strength()
                .ifPresent(strength -> json.add("strength", strength.name().toLowerCase(Locale.ROOT)));
        answer.witness().ifPresent(witness -> json.add("witness", document(witness)));
        answer.rule().ifPresent(rule -> json.add("rule", rule.toString()).add("place", rule.place()));
        json.add("path", array(answer.path())).add("because", array(answer.because()));
        JsonArray residual = JsonArray.create();
        answer.residual().forEach(way -> residual.add(document(way)));
        json.add("residual", residual);
        if (!allRepairs().isEmpty()) {
            json.add("repairs", array(allRepairs()));
        }
        further.differences().ifPresent(texts -> json.add("differences", array(texts)));
        further.destinations().ifPresent(texts -> json.add("destinations", array(texts)));
        answer.holdsUntil().ifPresent(until -> json.add("holdsUntil", until.toString()));
        return json.add("rules", rules).add("ms", JsonDouble.of(Math.round(milliseconds * 1000) / 1000.0));
    }

    private List<String> allRepairs() {
        return Stream.concat(repairs.stream(), answer.repairs().stream()).toList();
    }

    private static JsonObject document(Residual way) {
        return JsonObject.create()
                .add("kind", way.kind().word())
                .add("rule", way.rule().toString())
                .add("close", way.close());
    }

    private static JsonObject document(Answer.Witness witness) {
        Packet packet = witness.sent();
        Family family = packet.number(Field.FAMILY) == Field.IPV4 ? Family.IPV4 : Family.IPV6;
        Protocol protocol = new Protocol((int) packet.number(Field.PROTOCOL));
        JsonObject json = JsonObject.create()
                .add("family", family.word())
                .add("source", Addresses.text(AddressSets.address(packet.get(Field.SOURCE), family)))
                .add("destination", Addresses.text(AddressSets.address(packet.get(Field.DESTINATION), family)))
                .add("protocol", protocol.toString());
        if (protocol.hasPorts()) {
            json.add("sourcePort", packet.number(Field.SOURCE_PORT))
                    .add("destinationPort", packet.number(Field.DESTINATION_PORT));
        }
        if (protocol.equals(Protocol.ICMP) || protocol.equals(Protocol.ICMPV6)) {
            json.add("icmpType", packet.number(Field.ICMP_TYPE)).add("icmpCode", packet.number(Field.ICMP_CODE));
        }
        json.add("inInterface", witness.inInterface());
        witness.outInterface().ifPresent(name -> json.add("outInterface", name));
        return json;
    }

    private static JsonArray array(List<String> texts) {
        JsonArray array = JsonArray.create();
        texts.forEach(array::add);
        return array;
    }

    /** For people: the verdict, then what it rests on. */
    List<String> lines(Output output) {
        List<String> lines = new ArrayList<>();
        String word = switch (answer.standing()) {
            case AS_WANTED -> output.good(status().word());
            case LEAKING -> output.bad(status().word());
            case UNPROVEN -> output.doubtful(status().word());
        };
        lines.add(output.strong(answer.device()) + "  " + word
                + answer.strength().map(Proof::words).orElse(""));
        answer.because().forEach(reason -> lines.add("    " + reason));
        if (!answer.path().isEmpty()) {
            lines.add("    path: " + String.join(" > ", answer.path()));
        }
        for (Residual way : answer.residual()) {
            lines.add("    residual way, " + way.kind().word() + ": " + way.rule());
            lines.add("        " + way.close());
        }
        allRepairs().forEach(repair -> lines.add("    to close it: " + repair));
        further.differences().ifPresent(texts -> {
            texts.forEach(text -> lines.add("    differs: " + text));
            if (texts.isEmpty()) {
                lines.add("    both rule sets let out the same packets");
            }
        });
        further.destinations().ifPresent(texts -> texts.forEach(text -> lines.add("    gets out: " + text)));
        answer.holdsUntil().ifPresent(until -> lines.add("    holds until " + until));
        return lines;
    }

    private static String words(Answer.Strength strength) {
        return switch (strength) {
            case NETWORK -> ", whatever the device does";
            case MAC -> ", unless it takes another MAC address";
            case ADDRESS -> ", unless it takes another IP address";
        };
    }
}
