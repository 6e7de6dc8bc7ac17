package org.funkstille.core.model;

/** How Funkstille gets at a router. */
public sealed interface Via {

    /** Funkstille runs on the router itself. */
    record Local() implements Via {

        @Override
        public String toString() {
            return "local";
        }
    }

    /** The router is a network namespace of this machine: the lab, a container host. */
    record Namespace(String name) implements Via {

        @Override
        public String toString() {
            return "netns:" + name;
        }
    }

    /** The router's own interface for programs, over TLS. */
    record Https(String host, int port) implements Via {

        @Override
        public String toString() {
            return "https://" + host + (port == 443 ? "" : ":" + port);
        }
    }

    /** Secure shell, with the keys and known hosts of the user that runs Funkstille. */
    record Ssh(String user, String host, int port) implements Via {

        @Override
        public String toString() {
            return "ssh://" + user + "@" + host + (port == 22 ? "" : ":" + port);
        }
    }
}
