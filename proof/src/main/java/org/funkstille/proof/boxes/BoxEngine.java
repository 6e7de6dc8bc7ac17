package org.funkstille.proof.boxes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.house.House;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.ValueSet;

/** Answers questions about one rule set and one house. */
public final class BoxEngine {

    private final Prepared prepared;
    private final Interfaces interfaces;
    private final long steps;

    public BoxEngine(RuleSet rules, House house) {
        this(rules, house, Budget.STEPS);
    }

    /** @param steps after how many a question is given up; a step takes some tens of nanoseconds */
    public BoxEngine(RuleSet rules, House house, long steps) {
        this.interfaces = new Interfaces(house.interfaces());
        this.prepared = new Prepared(rules, interfaces);
        this.steps = steps;
    }

    /**
     * @param escapes every kind of packet that may get out; empty: none does
     * @param nextChange when a time that mattered may say something else; absent: never
     */
    public record Escapes(List<Escape> escapes, Optional<Instant> nextChange) {
        public Escapes {
            escapes = List.copyOf(escapes);
        }
    }

    /** @throws TooLarge where that would take too many steps */
    public Escapes ask(Question question) throws TooLarge {
        Space space = new Space(question, prepared.rules().platform());
        Journey journey = journey(question.at(), space.sent());
        List<Box> sent = space.sent();
        List<Stream> routed = journey.incoming(journey.blurred(sent, space));
        List<Escape> escapes = new ArrayList<>();
        ValueSet local = Field.DESTINATION_TYPE
                .only(Field.TYPE_LOCAL)
                .union(Field.DESTINATION_TYPE.only(Field.TYPE_BROADCAST))
                .union(Field.DESTINATION_TYPE.only(Field.TYPE_MULTICAST));
        List<Stream> toRouter = new ArrayList<>();
        List<Stream> onward = new ArrayList<>();
        for (Stream stream : routed) {
            Split sentAway =
                    journey.splitter().in(Field.OUT_INTERFACE, Field.OUT_INTERFACE.only(Interfaces.NONE), stream);
            onward.addAll(sentAway.rest());
            for (Stream byTable : sentAway.matched()) {
                Split atRouter = journey.splitter().in(Field.DESTINATION_TYPE, local, byTable);
                toRouter.addAll(atRouter.matched());
                for (Stream other : atRouter.rest()) {
                    onward.addAll(journey.routed(other, space));
                }
            }
        }
        // Also where services do not count: a rule there may do something not understood, which leads out.
        List<Stream> delivered = journey.through(Hook.INPUT, toRouter);
        if (question.services()) {
            for (Stream stream : delivered) {
                for (Stream one : journey.splitter()
                        .split(Space.harmlessAtRouter(), stream)
                        .rest()) {
                    escapes.add(new Escape(one.sent(), one.now(), Escape.Way.ROUTER, one.unknowns()));
                }
            }
        }
        List<Stream> leaving = new ArrayList<>();
        for (Stream stream : onward) {
            leaving.addAll(journey.splitter()
                    .in(Field.OUT_INTERFACE, space.outside(), stream)
                    .matched());
        }
        for (Stream stream : journey.outgoing(journey.forwarded(leaving, space))) {
            escapes.add(new Escape(stream.sent(), stream.now(), Escape.Way.OUTSIDE, stream.unknowns()));
        }
        escapes.addAll(journey.lost());
        List<Escape> sharp = new ArrayList<>();
        for (Escape escape : escapes.stream().distinct().toList()) {
            for (Box box : Relevance.sharp(escape.sent(), sent)) {
                sharp.add(new Escape(box, escape.now(), escape.way(), escape.unknowns()));
            }
        }
        return new Escapes(sharp, journey.splitter().nextChange());
    }

    /**
     * @param arrived what came to the interface
     * @param accepting rules that let something pass on the way; of one packet: those that decided
     */
    public record Arrivals(List<Escape> arrived, List<Rule> accepting) {
        public Arrivals {
            arrived = List.copyOf(arrived);
            accepting = List.copyOf(accepting);
        }
    }

    /**
     * Sends packets all the way through to one interface, whatever routing says of them, and gives back what arrives.
     *
     * @param boxes as they come in
     * @param reached of those that passed prerouting, the ones that routing takes to that interface
     * @throws TooLarge where that would take too many steps
     */
    public Arrivals carry(Instant at, List<Box> boxes, Box reached, String toInterface) throws TooLarge {
        Journey journey = journey(at, boxes);
        List<Stream> onward = new ArrayList<>();
        for (Stream stream : journey.incoming(boxes)) {
            Box there = stream.now().intersect(reached);
            if (!there.isEmpty()) {
                onward.add(stream.with(there)
                        .assign(Field.OUT_INTERFACE, Field.OUT_INTERFACE.only(interfaces.number(toInterface))));
            }
        }
        List<Escape> arrived = new ArrayList<>(journey.lost());
        for (Stream stream : journey.outgoing(onward)) {
            arrived.add(new Escape(stream.sent(), stream.now(), Escape.Way.OUTSIDE, stream.unknowns()));
        }
        return new Arrivals(arrived, journey.accepting());
    }

    private Journey journey(Instant at, List<Box> boxes) {
        return new Journey(prepared, interfaces, at, envelope(boxes), new Budget(steps));
    }

    /** A box that holds all of them, in the fields that rules are found by. */
    private static Box envelope(List<Box> boxes) {
        Box envelope = Box.all();
        for (Field field : List.of(Field.FAMILY, Field.IN_INTERFACE, Field.ETHER_SOURCE, Field.SOURCE)) {
            ValueSet all = field.none();
            for (Box box : boxes) {
                all = all.union(box.get(field));
            }
            envelope = envelope.with(field, all);
        }
        return envelope;
    }

    /** One question's way through the hooks. */
    private static final class Journey {

        private final Prepared prepared;
        private final Splitter splitter;
        private final Passage passage;
        private final Budget budget;
        private final List<Escape> lost = new ArrayList<>();

        Journey(Prepared prepared, Interfaces interfaces, Instant at, Box envelope, Budget budget) {
            this.prepared = prepared;
            this.budget = budget;
            this.splitter = new Splitter(interfaces, at, budget);
            Effects effects = new Effects(
                    interfaces,
                    stream -> lost.add(new Escape(stream.sent(), stream.now(), Escape.Way.OUTSIDE, stream.unknowns())));
            this.passage = new Passage(prepared, envelope, splitter, effects, budget);
        }

        Splitter splitter() {
            return splitter;
        }

        List<Rule> accepting() {
            return passage.accepting();
        }

        List<Escape> lost() {
            return lost;
        }

        /** The packets in as few boxes as the rules that may hold for them need. */
        List<Box> blurred(List<Box> boxes, Space space) throws TooLarge {
            Relevance relevance = new Relevance();
            relevance.add(space.forwarded());
            relevance.add(Space.harmlessAtRouter());
            relevance.add(Field.DESTINATION_TYPE);
            relevance.add(Field.OUT_INTERFACE);
            for (Chain chain : prepared.rules().chains().values()) {
                passage.rules(chain.name()).forEach(relevance::add);
            }
            for (BaseChain base : prepared.rules().bases()) {
                relevance.add(base.guard());
                if (base.translation()) {
                    relevance.add(Field.STATE);
                    relevance.add(Field.DIRECTION);
                    relevance.add(Field.FLOW_STATUS);
                }
            }
            return relevance.blurred(boxes, budget);
        }

        /** Up to the routing decision. */
        List<Stream> incoming(List<Box> boxes) throws TooLarge {
            List<Stream> streams = new ArrayList<>();
            boxes.forEach(box -> streams.add(Stream.of(box)));
            boolean netfilter = prepared.rules().platform() == RuleSet.Platform.NETFILTER;
            return netfilter ? incomingTracked(streams) : through(Hook.PREROUTING, through(Hook.INGRESS, streams));
        }

        private List<Stream> incomingTracked(List<Stream> sent) throws TooLarge {
            List<BaseChain> early = new ArrayList<>(prepared.at(Hook.INGRESS));
            List<BaseChain> late = new ArrayList<>();
            for (BaseChain base : prepared.at(Hook.PREROUTING)) {
                (base.priority() < BaseChain.CONNECTION_TRACKING ? early : late).add(base);
            }
            List<Stream> streams = sent;
            if (!early.isEmpty()) {
                streams = streams.stream()
                        .map(stream -> stream.assign(Field.STATE, Field.STATE.only(Field.STATE_INVALID)))
                        .toList();
                streams = through(early, streams);
                streams = streams.stream().map(Tracking::of).toList();
            }
            return through(late, streams);
        }

        /** Those that a router forwards, with one taken off their hop limit (ip_forward, ip6_forward). */
        List<Stream> forwarded(List<Stream> streams, Space space) throws TooLarge {
            List<Stream> forwarded = new ArrayList<>();
            for (Stream stream : streams) {
                for (Stream one : splitter.split(space.forwarded(), stream).matched()) {
                    forwarded.add(one.onward());
                }
            }
            return forwarded;
        }

        List<Stream> outgoing(List<Stream> streams) throws TooLarge {
            return through(Hook.EGRESS, through(Hook.POSTROUTING, through(Hook.FORWARD, streams)));
        }

        List<Stream> through(Hook hook, List<Stream> streams) throws TooLarge {
            return through(prepared.at(hook), streams);
        }

        private List<Stream> through(List<BaseChain> bases, List<Stream> streams) throws TooLarge {
            List<Stream> left = Compaction.of(streams, budget);
            for (BaseChain base : bases) {
                left = passage.through(base, left);
            }
            return left;
        }

        /** Where the routing table sends them: out, once for each interface that leads there; or it keeps them. */
        List<Stream> routed(Stream stream, Space space) throws TooLarge {
            List<Stream> out = new ArrayList<>();
            for (Stream unicast : splitter.in(
                            Field.DESTINATION_TYPE, Field.DESTINATION_TYPE.only(Field.TYPE_UNICAST), stream)
                    .matched()) {
                for (Stream leaving :
                        splitter.in(Field.DESTINATION, space.inside(), unicast).rest()) {
                    for (var range : space.outside().ranges()) {
                        for (long number = range.first().low();
                                number <= range.last().low();
                                number++) {
                            out.add(leaving.assign(Field.OUT_INTERFACE, Field.OUT_INTERFACE.only(number)));
                        }
                    }
                }
            }
            return out;
        }
    }
}
