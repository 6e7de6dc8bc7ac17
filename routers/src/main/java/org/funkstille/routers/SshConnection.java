package org.funkstille.routers;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import com.jcraft.jsch.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.funkstille.core.model.Via;
import org.funkstille.kernel.Command;

/**
 * A router reached by secure shell. Hosts are known by {@code ~/.ssh/known_hosts}, as with ssh(1); a changed or unknown
 * key stops the driver. One session for all programs; it is opened again when it was lost.
 */
public final class SshConnection implements RouterConnection {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int ALIVE_MILLIS = 15_000;

    private final Via.Ssh target;
    private final Optional<String> password;
    private final String root;
    private final Path sshFolder;
    private Session session;

    private SshConnection(Via.Ssh target, Optional<String> password, String root, Path sshFolder)
            throws RouterException {
        this.target = target;
        this.password = password;
        this.root = root;
        this.sshFolder = sshFolder;
        this.session = connect();
    }

    public static SshConnection open(Via.Ssh target, Optional<String> password, String root) throws RouterException {
        return open(target, password, root, Path.of(System.getProperty("user.home"), ".ssh"));
    }

    /** @param sshFolder holds known_hosts and the private keys */
    public static SshConnection open(Via.Ssh target, Optional<String> password, String root, Path sshFolder)
            throws RouterException {
        return new SshConnection(target, password, root, sshFolder);
    }

    private Session connect() throws RouterException {
        try {
            JSch ssh = new JSch();
            ssh.setKnownHosts(sshFolder.resolve("known_hosts").toString());
            for (String key : List.of("id_ed25519", "id_ecdsa", "id_rsa")) {
                if (Files.isReadable(sshFolder.resolve(key))) {
                    ssh.addIdentity(sshFolder.resolve(key).toString());
                }
            }
            String host = target.host().replace("[", "").replace("]", "");
            Session fresh = ssh.getSession(target.user(), host, target.port());
            fresh.setConfig("StrictHostKeyChecking", "yes");
            fresh.setConfig("PreferredAuthentications", "publickey,password");
            fresh.setServerAliveInterval(ALIVE_MILLIS);
            password.ifPresent(text -> fresh.setPassword(text.getBytes(StandardCharsets.UTF_8)));
            fresh.connect(CONNECT_MILLIS);
            return fresh;
        } catch (JSchUnknownHostKeyException unknown) {
            throw new RouterException.Unreachable(
                    target + ": its host key is not known here; look at it once with \"ssh -p " + target.port() + " "
                            + target.user() + "@" + target.host() + "\" and accept it",
                    unknown);
        } catch (JSchException failed) {
            throw new RouterException.Unreachable(
                    target + ": " + failed.getMessage() + "; does \"ssh -p " + target.port() + " " + target.user() + "@"
                            + target.host() + "\" work, without asking?",
                    failed);
        }
    }

    @Override
    public Command.Result run(List<String> argv, String input) throws RouterException {
        String line = line(argv);
        try {
            ChannelExec channel = open(line);
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            channel.setErrStream(errors);
            channel.setInputStream(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            InputStream out = channel.getInputStream();
            channel.connect(CONNECT_MILLIS);
            try {
                String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                int exit = exitOf(channel);
                return new Command.Result(exit, text, errors.toString(StandardCharsets.UTF_8));
            } finally {
                channel.disconnect();
            }
        } catch (JSchException | IOException failed) {
            throw new RouterException.Unreachable(
                    target + ": running " + argv.getFirst() + ": " + failed.getMessage(), failed);
        }
    }

    /** The exit code comes after the end of the output, in a message of its own. */
    private int exitOf(ChannelExec channel) throws RouterException {
        long limit = System.nanoTime() + USUAL_LIMIT.toNanos();
        while (!channel.isClosed()) {
            if (System.nanoTime() > limit || !session.isConnected()) {
                throw new RouterException.Unreachable(target + ": the connection was lost while a program ran");
            }
            LockSupport.parkNanos(1_000_000);
        }
        return channel.getExitStatus();
    }

    @Override
    public InputStream start(List<String> argv) throws RouterException {
        try {
            ChannelExec channel = open("exec " + line(argv));
            InputStream out = channel.getInputStream();
            channel.connect(CONNECT_MILLIS);
            return new FilterInputStream(out) {
                @Override
                public void close() throws IOException {
                    try {
                        channel.sendSignal("KILL");
                    } catch (Exception connectionIsGone) {
                        // then the program is, too
                    }
                    channel.disconnect();
                    super.close();
                }
            };
        } catch (JSchException | IOException failed) {
            throw new RouterException.Unreachable(
                    target + ": starting " + argv.getFirst() + ": " + failed.getMessage(), failed);
        }
    }

    private ChannelExec open(String line) throws JSchException, RouterException {
        if (!session.isConnected()) {
            session = connect();
        }
        ChannelExec channel = (ChannelExec) session.openChannel("exec");
        channel.setCommand(line);
        return channel;
    }

    /** Every argument in single quotes: the shell at the other end must find no meaning in it. */
    static String line(List<String> argv) {
        return argv.stream().map(SshConnection::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String argument) {
        return "'" + argument.replace("'", "'\\''") + "'";
    }

    @Override
    public Optional<String> readFile(String path) throws RouterException {
        Command.Result result = run("cat", realPath(path));
        if (result.ok()) {
            return Optional.of(result.out());
        }
        if (result.err().contains("No such file")) {
            return Optional.empty();
        }
        throw new RouterException.Refused(
                "cannot read " + path + " on the router: " + result.err().strip());
    }

    @Override
    public void writeFile(String path, String content) throws RouterException {
        String target = realPath(path);
        String folder = target.substring(0, target.lastIndexOf('/'));
        String fresh = folder + "/." + target.substring(target.lastIndexOf('/') + 1) + ".new";
        String script = "mkdir -p \"$1\" && cat > \"$2\" && mv -f \"$2\" \"$3\"";
        Command.Result result = run(List.of("sh", "-c", script, "sh", folder, fresh, target), content);
        if (!result.ok()) {
            throw new RouterException.Refused(
                    "cannot write " + path + " on the router: " + result.err().strip());
        }
    }

    @Override
    public boolean deleteFile(String path) throws RouterException {
        Command.Result there = run("test", "-e", realPath(path));
        Command.Result link = run("test", "-L", realPath(path));
        if (!there.ok() && !link.ok()) {
            return false;
        }
        Command.Result result = run("rm", "-f", realPath(path));
        if (!result.ok()) {
            throw new RouterException.Refused(
                    "cannot delete " + path + " on the router: " + result.err().strip());
        }
        return true;
    }

    @Override
    public List<String> listFolder(String path) throws RouterException {
        Command.Result result = run("ls", "-1Ap", realPath(path));
        return result.ok() ? result.out().lines().sorted().toList() : List.of();
    }

    @Override
    public Optional<ZoneId> zone() throws RouterException {
        return offset(run("date", "+%z").out());
    }

    /** {@code +0100}; a clock is set to another offset twice a year, so it is asked for each time. */
    static Optional<ZoneId> offset(String text) {
        try {
            return Optional.of(ZoneOffset.of(text.strip()));
        } catch (DateTimeException notAnOffset) {
            return Optional.empty();
        }
    }

    @Override
    public String realPath(String path) {
        return root.equals("/") || path.startsWith(root + "/") ? path : root + path;
    }

    @Override
    public void close() {
        session.disconnect();
    }
}
