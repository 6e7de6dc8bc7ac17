package org.funkstille.proof.diagrams;

import java.util.List;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Packet;

/** The packets of a question that escape, as they are sent: those that do surely, and those that may. */
public final class Escapes {

    private final Problem problem;
    private final Budget budget;
    private final int sent;
    private final int surely;
    private final int possibly;

    private Escapes(Problem problem, Budget budget, int sent, int surely, int possibly) {
        this.problem = problem;
        this.budget = budget;
        this.sent = sent;
        this.surely = surely;
        this.possibly = possibly;
    }

    static Escapes of(Problem problem, Budget budget) throws TooLarge {
        Diagrams diagrams = problem.diagrams();
        int sent = FieldDiagrams.exactly(diagrams, problem.space().sent());
        int possibly = diagrams.and(sent, new Backwards(problem, new Outlook.Possibly(diagrams)).sent(true, true));
        int surely = possibly == Diagrams.FALSE
                ? Diagrams.FALSE
                : diagrams.and(sent, new Backwards(problem, new Outlook.Surely(diagrams)).sent(true, true));
        return new Escapes(problem, budget, sent, surely, possibly);
    }

    /** Whether a packet of the question escapes whatever is unknown. */
    public boolean surely(Packet packet) {
        return contains(surely, packet);
    }

    /** Whether a packet of the question escapes, or may. */
    public boolean possibly(Packet packet) {
        return contains(possibly, packet);
    }

    /** Whether the question is about the packet at all. */
    public boolean isSent(Packet packet) {
        return contains(sent, packet);
    }

    private boolean contains(int diagram, Packet packet) {
        return problem.diagrams().contains(diagram, Layout.values(packet, Layout.PACKET));
    }

    public Finding finding() throws TooLarge {
        return finding(List.of());
    }

    /** The same without the packets of these boxes, as they are sent: those that may escape. */
    public Finding finding(List<Box> allowed) throws TooLarge {
        Diagrams diagrams = problem.diagrams();
        int counted = diagrams.not(FieldDiagrams.exactly(diagrams, allowed));
        int leaking = diagrams.and(surely, counted);
        if (leaking != Diagrams.FALSE) {
            return leaking(leaking);
        }
        int unproven = diagrams.and(possibly, counted);
        return unproven == Diagrams.FALSE ? new Finding.Silent() : unproven(unproven);
    }

    /** Rather one that leaves the house, whatever is unknown. */
    private Finding leaking(int leaking) throws TooLarge {
        Diagrams diagrams = problem.diagrams();
        Outlook outlook = new Outlook.Surely(diagrams);
        int outside = diagrams.and(leaking, new Backwards(problem, outlook).sent(true, false));
        if (outside != Diagrams.FALSE) {
            return new Finding.Leaking(witness(outside), Way.OUTSIDE);
        }
        int router = diagrams.and(leaking, new Backwards(problem, outlook).sent(false, true));
        return router != Diagrams.FALSE
                ? new Finding.Leaking(witness(router), Way.ROUTER)
                : new Finding.Leaking(witness(leaking), Way.OUTSIDE);
    }

    private Finding unproven(int unproven) throws TooLarge {
        Diagrams diagrams = problem.diagrams();
        Outlook outlook = new Outlook.Possibly(diagrams);
        int outside = diagrams.and(unproven, new Backwards(problem, outlook).sent(true, false));
        Packet packet = witness(outside != Diagrams.FALSE ? outside : unproven);
        Way way = outside != Diagrams.FALSE ? Way.OUTSIDE : Way.ROUTER;
        return new Finding.Unproven(packet, way, unknowns(packet));
    }

    /** The unknowns on which it depends whether this one packet escapes: asked again of it alone. */
    private List<String> unknowns(Packet packet) throws TooLarge {
        Diagrams diagrams = new Diagrams(Layout.PACKET + Outlook.Named.MOST, budget);
        Problem alone = Problem.of(diagrams, problem.rules(), problem.question(), List.of(packet.box()));
        Outlook.Named outlook = new Outlook.Named(diagrams);
        int escapes = new Backwards(alone, outlook).sent(true, true);
        boolean[] bits = Layout.values(packet, Layout.PACKET);
        Substitution settled = diagrams.substitution();
        for (int variable = 0; variable < Layout.PACKET; variable++) {
            settled.put(variable, bits[variable] ? Diagrams.TRUE : Diagrams.FALSE);
        }
        return outlook.names(diagrams.substitute(escapes, settled));
    }

    private Packet witness(int diagram) throws TooLarge {
        return Witness.of(problem.diagrams(), diagram);
    }

    /** Where packets that may escape are addressed to; at most so many boxes. */
    public Destinations destinations(int most) throws TooLarge {
        return Destinations.of(problem.diagrams(), possibly, most);
    }

    int sent() {
        return sent;
    }

    int surely() {
        return surely;
    }

    int possibly() {
        return possibly;
    }
}
