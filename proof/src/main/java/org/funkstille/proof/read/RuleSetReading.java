package org.funkstille.proof.read;

import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.house.House;

/**
 * What was read.
 *
 * @param house the house, with prefixes that the rule set itself tells and its owner did not
 * @param ipv6 false where the system passes no IPv6 at all, by its own settings
 */
public record RuleSetReading(RuleSet rules, House house, boolean ipv6) {}
