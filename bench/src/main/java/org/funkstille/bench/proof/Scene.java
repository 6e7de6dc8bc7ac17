package org.funkstille.bench.proof;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.prover.Prover;
import org.funkstille.proof.prover.Subject;
import org.funkstille.proof.question.Addressing;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;
import org.funkstille.proof.read.iptables.IptablesReader;
import org.funkstille.proof.read.nft.NftReader;
import org.funkstille.proof.sets.ValueSet;

/** A house with one network and its router. */
final class Scene {

    static final House HOUSE = new House(
            List.of(new House.Leg(
                    "things", HomeRules.INSIDE, List.of(Prefix.parse("192.168.0.0/16"), Prefix.parse("fd00:20::/64")))),
            List.of(HomeRules.OUTSIDE));

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    private Scene() {}

    static RuleSetReading iptables(List<SourceText> texts, Optional<PrefixTable> prefixes) throws ReadingException {
        List<SourceText> ipsets = prefixes.map(PrefixTable::ipset).stream().toList();
        return new IptablesReader()
                .read(texts, new Surroundings(HOUSE, AT, Optional.empty(), List.of(), ipsets, List.of()));
    }

    static RuleSetReading nft(SourceText text) throws ReadingException {
        return new NftReader().read(List.of(text), Surroundings.of(HOUSE, AT));
    }

    static List<org.funkstille.proof.prover.Answer> prove(RuleSetReading reading, List<Subject> subjects) {
        return new Prover(reading, AT, new Prover.Rigour(false, true)).prove(subjects);
    }

    static List<Subject> subjects(int devices) throws UnknownHostException {
        List<Subject> subjects = new ArrayList<>();
        for (int device = 0; device < devices; device++) {
            subjects.add(new Subject(
                    "device-" + device,
                    HomeRules.INSIDE,
                    List.of(Mac.parse(HomeRules.mac(device))),
                    List.of(InetAddress.getByName(HomeRules.address(device))),
                    new Policy.Silent(Answer.DROP)));
        }
        return subjects;
    }

    /** What the prover asks first about the subject, for each family. */
    static List<Question> questions(Subject subject) {
        ValueSet mac = Field.ETHER_SOURCE.only(subject.macs().getFirst().bits());
        ValueSet held = AddressSets.of(new Prefix(subject.addresses().getFirst(), 32));
        ValueSet own = AddressSets.of(Prefix.parse("fd00:20::/64")).union(Addressing.linkLocal(Family.IPV6));
        return List.of(question(mac, Family.IPV4, held), question(mac, Family.IPV6, own));
    }

    private static Question question(ValueSet mac, Family family, ValueSet sources) {
        return new Question(HomeRules.INSIDE, mac, family, sources, HOUSE, true, AT);
    }
}
