package org.funkstille.proof.random;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Questions about devices in small houses. The same seed gives the same questions. */
public final class RandomQuestions {

    private static final Instant SOME_DAY = Instant.parse("2026-03-01T00:00:00Z");

    private final Random random;

    public RandomQuestions(long seed) {
        this.random = new Random(seed);
    }

    public Question next() {
        House house = house();
        House.Leg leg = house.inside().get(random.nextInt(house.inside().size()));
        Family family = random.nextInt(3) == 0 ? Family.IPV6 : Family.IPV4;
        return new Question(
                leg.interfaceName(),
                macs(),
                family,
                sources(leg, family),
                house,
                random.nextInt(4) > 0,
                SOME_DAY.plus(Duration.ofMinutes(random.nextInt(100_000))));
    }

    private House house() {
        List<House.Leg> inside = new ArrayList<>();
        for (int number = 1 + random.nextInt(3); number > 0; number--) {
            inside.add(new House.Leg("net" + number, "br" + number, prefixes(number)));
        }
        return new House(
                inside,
                switch (random.nextInt(8)) {
                    case 0 -> List.of();
                    case 1, 2 -> List.of("wan", "wwan");
                    default -> List.of("wan");
                });
    }

    private List<Prefix> prefixes(int number) {
        Prefix ipv4 = Prefix.parse("192.168." + number + ".0/" + (24 + random.nextInt(3)));
        return random.nextInt(4) == 0 ? List.of(ipv4) : List.of(ipv4, Prefix.parse("fd00:0:0:" + number + "::/64"));
    }

    private ValueSet macs() {
        long mac = 0x02_00_00_00_00_10L;
        return random.nextInt(6) == 0 ? ValueSet.all(48) : ValueSet.of(48, Range.of(mac, mac + random.nextInt(2)));
    }

    private ValueSet sources(House.Leg leg, Family family) {
        ValueSet own = AddressSets.of(family, leg.prefixes());
        if (own.isEmpty() || random.nextInt(6) == 0) {
            return AddressSets.all(family);
        }
        return random.nextInt(3) == 0
                ? own
                : ValueSet.of(AddressSets.BITS, own.first().orElseThrow().next());
    }
}
