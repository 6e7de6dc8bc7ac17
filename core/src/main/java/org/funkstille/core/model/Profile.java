package org.funkstille.core.model;

import java.util.List;

/**
 * What is known of a device model.
 *
 * @param model the vendor's model id, {@code lumi.gateway.v3}
 * @param title for people
 * @param answer the answer to refused packets that harms this model least
 * @param echo true where it wants the router to answer pings, else it thinks the network is down
 * @param phonesHome where it is known to phone, for people: {@code ot.io.mi.com udp 8053}
 * @param advice what its owner should know before silencing it
 * @param sources where these facts come from
 */
public record Profile(
        String model,
        String title,
        Answer answer,
        boolean echo,
        List<String> phonesHome,
        List<String> advice,
        List<String> sources) {

    public Profile {
        phonesHome = List.copyOf(phonesHome);
        advice = List.copyOf(advice);
        sources = List.copyOf(sources);
    }
}
