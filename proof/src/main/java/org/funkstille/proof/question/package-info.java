/**
 * What is asked: which packets a device may send, how they travel through a router, and what counts as out. Every
 * engine answers the same question about the same packets.
 */
@NullMarked
package org.funkstille.proof.question;

import org.jspecify.annotations.NullMarked;
