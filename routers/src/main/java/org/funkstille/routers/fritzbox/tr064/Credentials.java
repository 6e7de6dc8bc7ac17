package org.funkstille.routers.fritzbox.tr064;

/** Who logs in. Never printed. */
public record Credentials(String user, String password) {

    @Override
    public String toString() {
        return "the credentials of " + user;
    }
}
