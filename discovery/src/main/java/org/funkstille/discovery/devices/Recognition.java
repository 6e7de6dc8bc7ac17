package org.funkstille.discovery.devices;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Mac;
import org.funkstille.discovery.network.PlainText;

/**
 * Says what a device is, by all its signs together. A model is claimed only where a name says it, and not where the signs
 * contradict each other: anyone may choose a name.
 */
final class Recognition {

    /** Bit 1 of the first octet: an address that nobody's registry knows, as telephones make them up (IEEE 802c). */
    private static final long MADE_UP = 1L << 41;

    private static final int LONGEST_NAME = 64;

    private final Vendors vendors;

    Recognition(Vendors vendors) {
        this.vendors = vendors;
    }

    FoundDevice of(Signs signs) {
        Findings findings = new Findings(signs);
        return new FoundDevice(
                signs.mac(),
                signs.addresses(),
                signs.leased(),
                signs.hostName().map(name -> PlainText.of(name, LONGEST_NAME)),
                findings.contradiction ? Optional.empty() : findings.onlyModel(),
                signs.greeted().or(findings::onlyDid),
                findings.confidence(),
                findings.evidence);
    }

    /** What the signs of one device come to. */
    private final class Findings {

        private final Signs signs;
        private final List<String> evidence = new ArrayList<>();
        private final Set<String> models = new LinkedHashSet<>();
        private final Set<Long> dids = new LinkedHashSet<>();
        private boolean contradiction;
        private boolean agreement;
        private boolean family;
        private boolean hint;

        Findings(Signs signs) {
            this.signs = signs;
            signs.hostName().ifPresent(this::hostName);
            signs.services().forEach(this::service);
            signs.greeted().ifPresent(this::greeted);
            vendors.of(signs.mac()).ifPresent(this::vendor);
            if (models.size() > 1 || dids.size() > 1) {
                contradiction = true;
                evidence.add("its names contradict each other");
            }
            if ((signs.mac().bits() & MADE_UP) != 0) {
                evidence.add("its MAC address is made up, as telephones and laptops do it");
            }
        }

        private void hostName(String hostName) {
            String name = PlainText.of(hostName, LONGEST_NAME);
            Optional<MiioName> miio = MiioName.of(hostName);
            if (miio.isPresent()) {
                named(miio.get(), "it asked for its address as " + name);
            } else if (hostName.equals("rockrobo")) {
                hint = true;
                evidence.add("it asked for its address as rockrobo, as early Xiaomi vacuums do");
            }
        }

        private void named(MiioName name, String how) {
            family = true;
            dids.add(name.did());
            name.model().ifPresent(models::add);
            evidence.add(
                    how + name.model().map(model -> ", which is model " + model).orElse(""));
        }

        private void service(MdnsService service) {
            if (service.instance().isEmpty()) {
                evidence.add("it offers the service " + service.type());
            } else {
                String how = "it announces " + service.type() + " as " + PlainText.of(service.instance(), LONGEST_NAME);
                MiioName.of(service.instance())
                        .filter(name -> service.type().equals("_miio._udp"))
                        .ifPresentOrElse(name -> named(name, how), () -> evidence.add(how));
            }
            family |= service.type().startsWith("_mi");
            service.mac().ifPresent(this::announcedMac);
        }

        private void announcedMac(Mac announced) {
            if (announced.equals(signs.mac())) {
                agreement = true;
                evidence.add("the MAC address that it announces is its own");
            } else {
                contradiction = true;
                evidence.add("it announces a MAC address that is not its own: " + announced);
            }
        }

        private void greeted(long did) {
            family = true;
            evidence.add("it answered the miIO greeting as number " + did);
            if (dids.contains(did)) {
                agreement = true;
                evidence.add("that is the number in its name");
            } else if (!dids.isEmpty()) {
                contradiction = true;
                evidence.add("its name has another number");
            }
        }

        private void vendor(String vendor) {
            hint = true;
            evidence.add("its MAC address belongs to " + vendor
                    + (family ? "" : ": maybe a Xiaomi device, maybe a telephone"));
        }

        Optional<String> onlyModel() {
            return models.size() == 1 ? models.stream().findFirst() : Optional.empty();
        }

        Optional<Long> onlyDid() {
            return dids.size() == 1 ? dids.stream().findFirst() : Optional.empty();
        }

        Confidence confidence() {
            if (contradiction) {
                return Confidence.MAYBE;
            }
            if (onlyModel().isPresent()) {
                return agreement ? Confidence.SURE : Confidence.LIKELY;
            }
            if (family) {
                return Confidence.FAMILY;
            }
            return hint ? Confidence.MAYBE : Confidence.UNKNOWN;
        }
    }
}
