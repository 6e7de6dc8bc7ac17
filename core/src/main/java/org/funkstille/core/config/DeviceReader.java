package org.funkstille.core.config;

import java.util.List;
import java.util.Optional;
import org.funkstille.core.config.Entry.Located;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Destination;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Policy;
import org.funkstille.core.model.Profile;
import org.funkstille.core.net.Mac;

/** Reads one device. */
final class DeviceReader {

    private final String file;
    private final List<Fault> faults;
    private final Profiles profiles;

    DeviceReader(String file, List<Fault> faults, Profiles profiles) {
        this.file = file;
        this.faults = faults;
        this.profiles = profiles;
    }

    /** Nothing where too little of it can be understood to go on; the faults say why. */
    Optional<Device> read(Entry entry) {
        Optional<String> name = entry.name("name").map(Located::value);
        List<Mac> macs = entry.values("mac", Mac::tryParse).stream()
                .map(Located::value)
                .distinct()
                .toList();
        Optional<String> network = entry.name("network").map(Located::value);
        Optional<Profile> profile = entry.name("profile").flatMap(this::profile);
        Optional<Policy> policy = entry.text("policy").flatMap(word -> policy(entry, word, profile));
        if (name.isEmpty() || macs.isEmpty() || network.isEmpty() || policy.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Device(
                name.get(),
                macs,
                entry.value("address", HomeShape::address4).map(Located::value),
                entry.values("address6", HomeShape::address6).stream()
                        .map(Located::value)
                        .toList(),
                network.get(),
                profile,
                policy.get(),
                entry.values("reach", HomeShape::name).stream()
                        .map(Located::value)
                        .toList()));
    }

    private Optional<Profile> profile(Located<String> model) {
        Optional<Profile> found = profiles.find().apply(model.value());
        if (found.isEmpty()) {
            faults.add(YamlText.at(
                    file,
                    model.mark(),
                    "profile \"" + model.value() + "\" is not known; leave it out, or add a file of that name to the"
                            + " profiles",
                    Nearest.to(model.value(), profiles.models())));
        }
        return found;
    }

    private Optional<Policy> policy(Entry entry, Located<String> word, Optional<Profile> profile) {
        Answer answer = entry.text("answer")
                .map(text -> text.value().equals("drop") ? Answer.DROP : Answer.REJECT)
                .or(() -> profile.map(Profile::answer))
                .orElse(Answer.REJECT);
        List<Destination> allowed = entry.values("allow", Destinations::tryParse).stream()
                .map(Located::value)
                .toList();
        if (word.value().matches("silent|online")) {
            entry.values("allow", Optional::of).stream()
                    .findFirst()
                    .ifPresent(first -> faults.add(YamlText.at(
                            file, first.mark(), "\"allow\" belongs to policy: allow-list, not to " + word.value())));
        } else if (word.value().equals("allow-list")
                && entry.values("allow", Optional::of).isEmpty()) {
            faults.add(
                    YamlText.at(file, word.mark(), "policy allow-list needs \"allow\" with at least one destination"));
        }
        return switch (word.value()) {
            case "silent" -> Optional.of(new Policy.Silent(answer));
            case "allow-list" -> Optional.of(new Policy.AllowList(answer, allowed));
            case "online" -> Optional.of(new Policy.Online());
            default -> Optional.empty();
        };
    }
}
