package org.funkstille.lab.facade.pf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Host;

/** The states of pf, which are the connections that the kernel tracks in the router's namespace. */
public final class PfStates {

    private static final long OUT = 1L << 32;

    private final Host router;
    private final List<PfInterface> interfaces;
    private final IntFunction<Optional<LoadedRule>> rules;

    /** @param rules by their serials */
    PfStates(Host router, List<PfInterface> interfaces, IntFunction<Optional<LoadedRule>> rules) {
        this.router = router;
        this.interfaces = interfaces;
        this.rules = rules;
    }

    /** All of them, both ends of forwarded flows. */
    public List<PfState> list() throws IOException, InterruptedException {
        List<PfState> result = new ArrayList<>();
        for (TrackedFlow flow : flows()) {
            result.addAll(ends(flow));
        }
        return result;
    }

    /**
     * Ends flows, both ends of each.
     *
     * @return how many states that were
     */
    public int kill(Predicate<PfState> condition) throws IOException, InterruptedException {
        int killed = 0;
        for (TrackedFlow flow : flows()) {
            List<PfState> ends = ends(flow);
            if (ends.stream().anyMatch(condition) && delete(flow)) {
                killed += ends.size();
            }
        }
        return killed;
    }

    /** {@code pfctl -k SOURCE}: compares with who began the flow, on the wire where it came in. */
    public int killFrom(Prefix source) throws IOException, InterruptedException {
        return kill(state -> source.contains(state.source().getAddress()));
    }

    /** {@code pfctl -k SOURCE -k DESTINATION}. */
    public int killBetween(Prefix source, Prefix destination) throws IOException, InterruptedException {
        return kill(state -> source.contains(state.source().getAddress())
                && destination.contains(state.destination().getAddress()));
    }

    /** {@code pfctl -k label -k LABEL}. */
    public int killLabelled(String label) throws IOException, InterruptedException {
        return kill(state -> state.rule()
                .filter(rule -> rule.rule().options().labels().contains(label))
                .isPresent());
    }

    /** {@code pfctl -F states}. */
    public void flush() throws IOException, InterruptedException {
        router.run(Command.of("conntrack", "-F"));
    }

    private List<TrackedFlow> flows() throws IOException, InterruptedException {
        List<TrackedFlow> result = new ArrayList<>();
        for (String family : List.of("ipv4", "ipv6")) {
            String lines = router.run(Command.of("conntrack", "-L", "-f", family, "-o", "id,extended"));
            lines.lines().map(TrackedFlow::parse).flatMap(Optional::stream).forEach(result::add);
        }
        return result;
    }

    private boolean delete(TrackedFlow flow) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("conntrack", "-D"));
        argv.addAll(flow.deletion());
        return router.here(Command.of(argv)).run().ok();
    }

    private List<PfState> ends(TrackedFlow flow) {
        List<PfState> result = new ArrayList<>();
        boolean begunHere = isOwn(flow.original().source().getAddress());
        InetSocketAddress destination = flow.reply().source();
        boolean endsHere = isOwn(destination.getAddress()) || isForMany(destination.getAddress());
        if (!begunHere) {
            result.add(end(
                    flow,
                    PfRule.Direction.IN,
                    flow.original().source(),
                    flow.original().destination(),
                    Optional.empty()));
        }
        if (!endsHere) {
            InetSocketAddress source = flow.reply().destination();
            boolean translated = !source.equals(flow.original().source());
            result.add(end(
                    flow,
                    PfRule.Direction.OUT,
                    source,
                    destination,
                    translated ? Optional.of(flow.original().source()) : Optional.empty()));
        }
        return result;
    }

    private PfState end(
            TrackedFlow flow,
            PfRule.Direction direction,
            InetSocketAddress source,
            InetSocketAddress destination,
            Optional<InetSocketAddress> original) {
        boolean in = direction == PfRule.Direction.IN;
        int serial = in ? flow.mark() & 0xffff : flow.mark() >>> 16;
        Map.Entry<String, String> states = flow.pfStates();
        return new PfState(
                flow.id() | (in ? 0 : OUT),
                interfaceTowards((in ? source : destination).getAddress()),
                flow.protocol(),
                direction,
                source,
                destination,
                original,
                states.getKey(),
                states.getValue(),
                flow.age(),
                flow.expires(),
                flow.original().traffic(),
                flow.reply().traffic(),
                rules.apply(serial));
    }

    private boolean isOwn(InetAddress address) {
        return interfaces.stream()
                .flatMap(one -> one.addresses().stream())
                .anyMatch(own -> own.address().equals(address));
    }

    /** The router forwards neither multicast nor broadcast. */
    private static boolean isForMany(InetAddress address) {
        return address.isMulticastAddress() || Addresses.text(address).equals("255.255.255.255");
    }

    private String interfaceTowards(InetAddress address) {
        return interfaces.stream()
                .filter(one ->
                        one.addresses().stream().anyMatch(own -> own.network().contains(address)))
                .map(PfInterface::name)
                .findFirst()
                .orElse("wan0");
    }
}
