package org.funkstille.lab.facade.pf;

import java.net.InetSocketAddress;

/**
 * Where a router sends its log.
 *
 * @param tcp over TCP, a line for each message; else over UDP
 * @param format of each message
 */
public record SyslogDestination(InetSocketAddress server, boolean tcp, SyslogFormat format) {}
