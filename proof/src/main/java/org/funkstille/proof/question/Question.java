package org.funkstille.proof.question;

import java.time.Instant;
import org.funkstille.core.net.Family;
import org.funkstille.proof.house.House;
import org.funkstille.proof.sets.ValueSet;

/**
 * Can a packet of this kind leave the house, or reach a service of the router?
 *
 * @param interfaceName the router's interface that the device's packets come in by
 * @param macs hardware addresses that it sends from
 * @param sources addresses of the family that it sends from
 * @param services true where services of the router count as ways out
 * @param at the moment that rules with a time are looked at for
 */
public record Question(
        String interfaceName,
        ValueSet macs,
        Family family,
        ValueSet sources,
        House house,
        boolean services,
        Instant at) {}
