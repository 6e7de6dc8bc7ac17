package org.funkstille.discovery.draft;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.funkstille.core.config.Profiles;
import org.funkstille.core.model.Profile;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.discovery.devices.FoundDevice;

/** Writes devices. */
record DeviceDraft(List<DraftNetwork> networks, Profiles profiles, DraftNames names, DraftAddresses addresses) {

    /** True where rules for it can be written: its model is known, and the network that it lives in. */
    boolean canBeSilent(FoundDevice device) {
        return device.recognised() && networkOf(device).isPresent();
    }

    void silent(Yaml out, FoundDevice device) {
        DraftNetwork network = networkOf(device).orElseThrow();
        String model = device.model().orElseThrow();
        Optional<Profile> profile = profiles.find().apply(model);
        out.comment(
                "  ",
                profile.map(Profile::title).orElse("Model " + model + ", of which no profile is known") + ". "
                        + sureness(device));
        device.evidence().forEach(reason -> out.comment("  ", "  " + reason));
        out.line("  - name: " + Yaml.value(names.unique(model)));
        out.line("    mac: \"" + device.mac() + "\"");
        addresses.propose(device, network).ifPresent(proposal -> {
            out.comment("    ", proposal.reason());
            out.line("    address: " + Addresses.text(proposal.address()));
        });
        out.line("    network: " + Yaml.value(network.name()));
        profile.ifPresent(known -> out.line("    profile: " + Yaml.value(known.model())));
        out.line("    policy: silent");
        profile.ifPresent(known -> {
            known.phonesHome().forEach(line -> out.comment("    ", "phones " + line));
            known.advice().forEach(line -> out.comment("    ", line));
            out.comment("    ", "what harms this model least, by its profile");
            out.line("    answer: " + known.answer().word());
        });
    }

    private static String sureness(FoundDevice device) {
        return switch (device.confidence()) {
            case SURE -> "Sure:";
            case LIKELY -> "Likely:";
            case FAMILY, MAYBE, UNKNOWN -> "Perhaps:";
        };
    }

    /** For the owner to decide; a comment so far. */
    void undecided(Yaml out, FoundDevice device) {
        // Two marks: a comment it stays when its owner takes one of them away.
        device.evidence().forEach(reason -> out.comment("  #", reason));
        if (!device.addresses().isEmpty()) {
            out.comment("  #", "it has " + Addresses.text(device.addresses().getFirst()));
        }
        String networkName = networkOf(device).map(DraftNetwork::name).orElse("SAY-WHICH");
        out.line("  # - name: " + Yaml.value(names.unique(nameOf(device))));
        out.line("  #   mac: \"" + device.mac() + "\"");
        out.line("  #   network: " + Yaml.value(networkName));
        out.line("  #   policy: " + (device.model().isPresent() ? "silent" : "online"));
    }

    private static String nameOf(FoundDevice device) {
        return device.model()
                .or(device::hostName)
                .filter(text -> text.chars().anyMatch(Character::isLetterOrDigit))
                .orElseGet(() -> "device-" + lastOctets(device.mac()));
    }

    private static String lastOctets(Mac mac) {
        return String.format(Locale.ROOT, "%06x", mac.bits() & 0xffffff);
    }

    private Optional<DraftNetwork> networkOf(FoundDevice device) {
        return device.leased().stream()
                .flatMap(address -> networks.stream().filter(network -> network.contains(address)))
                .findFirst()
                .or(() -> networks.stream()
                        .filter(network -> device.addresses().stream().anyMatch(network::contains))
                        .findFirst());
    }
}
