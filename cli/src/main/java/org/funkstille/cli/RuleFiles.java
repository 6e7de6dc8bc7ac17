package org.funkstille.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.read.SourceText;

/** Reads saved rule sets. */
final class RuleFiles {

    /** A table of 100,000 prefixes has some 5 MB as JSON. */
    private static final int LARGEST = 64 * 1024 * 1024;

    private RuleFiles() {}

    /** @throws Failure where one cannot be read, is no text, or is too large */
    static List<SourceText> read(List<Path> files) {
        List<SourceText> texts = new ArrayList<>();
        files.forEach(file -> texts.add(new SourceText(file.toString(), text(file))));
        return texts;
    }

    private static String text(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] octets = stream.readNBytes(LARGEST + 1);
            if (octets.length > LARGEST) {
                throw new Failure(file + ":1:1: the file is larger than " + LARGEST / (1024 * 1024)
                        + " MB; no router's rule set is. Is it the right file?");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new Failure(file + ":1:1: the file is not text in UTF-8", notText);
        } catch (AccessDeniedException denied) {
            throw new Failure(file + ": may not be read by this user; look at its permissions: ls -l " + file, denied);
        } catch (IOException unreadable) {
            String why = Files.exists(file) ? unreadable.toString() : "there is no such file";
            throw new Failure(file + ": cannot be read: " + why, unreadable);
        }
    }
}
