package org.funkstille.discovery.routers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.funkstille.core.net.Addresses;
import org.funkstille.discovery.network.Deadline;
import org.funkstille.kernel.NetworkNamespace;

/**
 * Looks at web pages of routers from a namespace. Any certificate is taken, for it is only looked at: nothing secret is
 * sent, and nothing that comes back is believed beyond "it looks like". Redirects are not followed. HTTP/1.0, so that no
 * server sends its answer in chunks (RFC 9112 7.1).
 */
final class WebClient {

    private static final int LARGEST_ANSWER = 256 * 1024;
    private static final int LONGEST_LINE = 255;
    private static final Pattern LENGTH =
            Pattern.compile("\r\nContent-Length:[ \t]*([0-9]{1,8})[ \t]*\r\n", Pattern.CASE_INSENSITIVE);

    private final NetworkNamespace namespace;
    private final SSLSocketFactory tls;

    WebClient(NetworkNamespace namespace) {
        this.namespace = namespace;
        this.tls = lookingOnly();
    }

    /** Nothing where there is no such server, or it gave no answer that is HTTP in time. */
    Optional<WebAnswer> get(InetSocketAddress server, boolean encrypted, String path, Deadline deadline)
            throws InterruptedException {
        return ask(server, encrypted, "GET", path, "", deadline);
    }

    /** A question in JSON. */
    Optional<WebAnswer> post(InetSocketAddress server, boolean encrypted, String path, String json, Deadline deadline)
            throws InterruptedException {
        return ask(server, encrypted, "POST", path, json, deadline);
    }

    private Optional<WebAnswer> ask(
            InetSocketAddress server, boolean encrypted, String method, String path, String json, Deadline deadline)
            throws InterruptedException {
        try (Connection connection = connect(server, encrypted, deadline)) {
            connection.send(method + " " + path + " HTTP/1.0\r\nHost: " + hostHeader(server, encrypted)
                    + "\r\nUser-Agent: funkstille\r\nAccept: */*\r\nConnection: close\r\n"
                    + (json.isEmpty()
                            ? ""
                            : "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n")
                    + "\r\n" + json);
            return parse(connection.receive(deadline), connection.certificate());
        } catch (IOException | GeneralSecurityException noAnswer) {
            return Optional.empty();
        }
    }

    /** The first line that a server says by itself, like that of ssh (RFC 4253 4.2). */
    Optional<String> greeting(InetSocketAddress server, Deadline deadline) throws InterruptedException {
        try (Connection connection = connect(server, false, deadline)) {
            return connection.line(deadline).lines().findFirst().filter(line -> !line.isBlank());
        } catch (IOException | GeneralSecurityException noAnswer) {
            return Optional.empty();
        }
    }

    /** What a server shows of itself when it is asked for TLS, without asking for anything more. */
    Optional<ServerCertificate> certificate(InetSocketAddress server, Deadline deadline) throws InterruptedException {
        try (Connection connection = connect(server, true, deadline)) {
            return connection.certificate();
        } catch (IOException | GeneralSecurityException noAnswer) {
            return Optional.empty();
        }
    }

    private static String hostHeader(InetSocketAddress server, boolean encrypted) {
        String text = Addresses.text(server.getAddress());
        String host = text.indexOf(':') >= 0 ? "[" + text + "]" : text;
        return server.getPort() == (encrypted ? 443 : 80) ? host : host + ":" + server.getPort();
    }

    private Connection connect(InetSocketAddress server, boolean encrypted, Deadline deadline)
            throws IOException, InterruptedException, GeneralSecurityException {
        SocketChannel channel = open();
        try {
            Socket plain = channel.socket();
            plain.connect(server, deadline.millisecondsAtLeastOne());
            plain.setSoTimeout(deadline.millisecondsAtLeastOne());
            if (!encrypted) {
                return new Connection(plain, Optional.empty());
            }
            SSLSocket socket =
                    (SSLSocket) tls.createSocket(plain, Addresses.text(server.getAddress()), server.getPort(), true);
            socket.startHandshake();
            Optional<ServerCertificate> shown =
                    socket.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                            ? Optional.of(ServerCertificate.of(certificate))
                            : Optional.empty();
            return new Connection(socket, shown);
        } catch (IOException | GeneralSecurityException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private SocketChannel open() throws IOException, InterruptedException {
        try {
            return namespace.call(SocketChannel::open);
        } catch (IOException | InterruptedException | RuntimeException expected) {
            throw expected;
        } catch (Exception other) {
            throw new IOException(other);
        }
    }

    private record Connection(Socket socket, Optional<ServerCertificate> certificate) implements AutoCloseable {

        void send(String request) throws IOException {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }

        /** Until the answer is whole, the other side ends, the deadline passes, or there is more than anybody needs. */
        String receive(Deadline deadline) throws IOException {
            return read(LARGEST_ANSWER, WebClient::isWhole, deadline);
        }

        String line(Deadline deadline) throws IOException {
            return read(LONGEST_LINE, text -> text.contains("\n"), deadline);
        }

        private String read(int most, Predicate<String> enough, Deadline deadline) throws IOException {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[Math.min(most, 8192)];
            try {
                while (answer.size() < most && !deadline.passed()) {
                    socket.setSoTimeout(deadline.millisecondsAtLeastOne());
                    int read = in.read(buffer, 0, Math.min(buffer.length, most - answer.size()));
                    if (read < 0) {
                        break;
                    }
                    answer.write(buffer, 0, read);
                    if (in.available() == 0 && enough.test(answer.toString(StandardCharsets.ISO_8859_1))) {
                        break;
                    }
                }
            } catch (IOException endsBadly) {
                // what came so far says enough, or nothing
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Some servers say how long their answer is, and then keep the connection for the next question. */
    private static boolean isWhole(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(answer).region(0, end + 2);
        return length.find() && answer.length() - end - 4 >= Integer.parseInt(length.group(1));
    }

    static Optional<WebAnswer> parse(String answer, Optional<ServerCertificate> certificate) {
        int end = answer.indexOf("\r\n\r\n");
        String head = end < 0 ? answer : answer.substring(0, end);
        String[] lines = head.split("\r\n", 201);
        if (!lines[0].matches("HTTP/1\\.[01] [1-5][0-9]{2}(?: .{0,200})?")) {
            return Optional.empty();
        }
        Map<String, String> headers = new HashMap<>();
        for (int index = 1; index < Math.min(lines.length, 200); index++) {
            int colon = lines[index].indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        lines[index].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[index].substring(colon + 1).strip());
            }
        }
        return Optional.of(new WebAnswer(
                Integer.parseInt(lines[0].substring(9, 12)),
                headers,
                end < 0 ? "" : answer.substring(end + 4),
                certificate));
    }

    private static SSLSocketFactory lookingOnly() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
            return context.getSocketFactory();
        } catch (GeneralSecurityException everyJdkCan) {
            throw new IllegalStateException(everyJdkCan);
        }
    }
}
