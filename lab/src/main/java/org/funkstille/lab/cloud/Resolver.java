package org.funkstille.lab.cloud;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.funkstille.lab.network.UdpServer;

/** Answers for the names of the cloud, and keeps what was asked. */
final class Resolver implements UdpServer.Service {

    private static final int KEPT = 10_000;

    private final Deque<Query> queries = new ArrayDeque<>();

    @Override
    public Optional<ByteBuffer> answer(InetSocketAddress client, InetAddress asked, ByteBuffer datagram) {
        return DnsMessage.decode(datagram)
                .filter(message -> !message.response())
                .map(question -> {
                    question.family()
                            .ifPresent(family -> keep(
                                    new Query(Instant.now(), client.getAddress(), asked, question.name(), family)));
                    return ByteBuffer.wrap(answer(question).encode());
                });
    }

    private static DnsMessage answer(DnsMessage question) {
        if (!CloudNames.exists(question.name())) {
            return question.answered(DnsMessage.NO_SUCH_NAME, List.of());
        }
        return question.answered(
                0,
                question.family()
                        .map(family -> CloudNames.resolve(question.name(), family))
                        .orElse(List.of()));
    }

    private void keep(Query query) {
        synchronized (queries) {
            queries.addLast(query);
            if (queries.size() > KEPT) {
                queries.removeFirst();
            }
        }
    }

    List<Query> queries() {
        synchronized (queries) {
            return List.copyOf(queries);
        }
    }

    void clear() {
        synchronized (queries) {
            queries.clear();
        }
    }
}
